#include "geo/base/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool folder_takes(const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == path ? strdup("/")
                   : slash       ? strndup(path, (size_t)(slash - path))
                                 : strdup(".");
    struct stat status = {0};
    bool ok = false;
    if (!folder)
        return err_no_memory(err);
    if (stat(folder, &status) != 0 && errno == ENOENT)
        err_set(err, ERR_INPUT, "no existe la carpeta «%s»", folder);
    else if (!S_ISDIR(status.st_mode))
        err_set(err, ERR_INPUT, "«%s» no es una carpeta", folder);
    else if (access(folder, W_OK) != 0)
        err_set(err, ERR_INPUT,
                errno == EROFS ? "la carpeta «%s» es de solo lectura"
                               : "no hay permiso para escribir en la carpeta «%s»",
                folder);
    else
        ok = true;
    free(folder);
    return ok;
}

bool folder_write(const char *path, const void *bytes, size_t len, struct err *err)
{
    size_t room = strlen(path) + sizeof ".nuevo";
    char *partial = malloc(room);
    if (!partial)
        return err_no_memory(err);
    snprintf(partial, room, "%s.nuevo", path);
    FILE *file = fopen(partial, "wb");
    bool ok = file && fwrite(bytes, 1, len, file) == len;
    int reason = errno;
    if (file && fclose(file) != 0 && ok) {
        ok = false;
        reason = errno;
    }
    if (ok && rename(partial, path) != 0) {
        ok = false;
        reason = errno;
    }
    if (!ok) {
        if (file)
            unlink(partial);
        err_set(err, ERR_INPUT, "no se puede escribir «%s»: %s", path, err_reason(reason));
    }
    free(partial);
    return ok;
}
