/* source_unzip.c - finds one file in a zip. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/files/source_zip.h"
#include "geo/source/source_members.h"
#include "geo/source/source_path_internal.h"

/* True for a folder of the zip, which need not be listed itself. */
static bool is_folder_of(const struct source_zip *zip, const char *name, bool *there)
{
    size_t len = strlen(name);
    bool is_folder = len == 0;
    *there = is_folder;
    for (size_t i = 0; i < zip->n; i++)
        if (strncmp(zip->names[i], name, len) == 0 &&
            (!zip->names[i][len] || zip->names[i][len] == '/')) {
            *there = true;
            is_folder = is_folder || zip->names[i][len] == '/';
        }
    return is_folder;
}

/* The start of a name in the zip, as long as it has the folders and the file of the one that is
 * shown. */
static size_t same_depth(const char *name, const char *shown)
{
    size_t at = strcspn(name, "/");
    for (const char *slash = strchr(shown, '/'); slash && name[at]; slash = strchr(slash + 1, '/'))
        at += 1 + strcspn(name + at + 1, "/");
    return at;
}

/* The user names a file or a folder as it is shown; takes the name that it has in the zip. */
static bool take_shown(struct source_path *path, const struct source_zip *zip, struct err *err)
{
    size_t wanted = strlen(path->inside);
    while (wanted && path->inside[wanted - 1] == '/')
        path->inside[--wanted] = '\0';
    for (size_t i = 0; wanted && i < zip->n; i++) {
        const char *name = zip->names[i];
        char *shown = source_zip_shown(name), *taken = NULL;
        bool ok = shown != NULL;
        bool same = ok && same_depth(shown, path->inside) == wanted &&
                    strncmp(shown, path->inside, wanted) == 0;
        free(shown);
        if (same)
            ok = (taken = strndup(name, same_depth(name, path->inside))) != NULL;
        if (!ok)
            return err_no_memory(err);
        if (same) {
            free(path->inside);
            path->inside = taken;
            return true;
        }
    }
    return true;
}

bool source_path_name_inside(struct source_path *path, const struct geo_source_limits *limits,
                             struct err *err)
{
    struct source_zip zip;
    if (!path->inside || !path->format || path->format->inside != INSIDE_ARCHIVE)
        return true;
    if (!source_zip_list(path->whole, limits, &zip, err))
        return false;
    bool ok = take_shown(path, &zip, err);
    source_zip_free(&zip);
    return ok;
}

bool source_path_unzip(struct source_path *path, const struct geo_source_limits *limits,
                       struct err *err)
{
    struct source_zip zip;
    bool there, ok = true;
    if (!path->inside) /* its files were to be listed (geo/source/source_reader.c) */
        return err_set(err, ERR_INPUT, "hay un zip dentro de la fuente: descomprímalo");
    if (!source_zip_list(path->whole, limits, &zip, err))
        return false;
    bool is_folder = is_folder_of(&zip, path->inside, &there);
    if (!there)
        ok = err_set(err, ERR_NOT_FOUND, "no existe «%s»", path->named);
    else if (asprintf(&path->open, "/vsizip/{%s}/%s", path->whole, path->inside) < 0) {
        path->open = NULL;
        ok = err_no_memory(err);
    } else if (is_folder) {
        path->format = source_format_of_folder(path->inside);
        path->drivers = path->format->drivers;
    } else
        ok = source_path_look(path, path->open, err);
    source_zip_free(&zip);
    return ok;
}
