/* output.c - files that a command writes are neither its database nor its source. */
#include "server/cli/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/folder.h"

bool output_takes(const char *option, const char *path, const char *db_path, struct err *err)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char own[4096];
        snprintf(own, sizeof own, "%s%s", db_path, ends[i]);
        if (folder_is_same(path, own))
            return err_set(err, ERR_USAGE, "%s: «%s» es la base de datos", option, path);
    }
    return folder_takes(path, err);
}

/* Both resolved. */
static bool is_in(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

bool output_spares_source(const char *option, const char *path, const char *source, struct err *err)
{
    if (folder_is_device(path))
        return true;
    char *place = folder_resolve(path), *from = realpath(source, NULL);
    bool inside = place && from && is_in(place, from), same = folder_is_same(path, source);
    free(place);
    free(from);
    if (same)
        return err_set(err, ERR_USAGE, "%s: «%s» es la fuente; dele otro nombre", option, path);
    return !inside || err_set(err, ERR_USAGE,
                              "%s: «%s» está dentro de la fuente; dele otra carpeta", option, path);
}
