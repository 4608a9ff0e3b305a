/* source_unzip.c - finds the file in a zip that is the source. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/import/source_members.h"
#include "geo/import/source_path_internal.h"
#include "geo/import/source_zip.h"

enum { NAMED_MOST = 20 };

/* Of "capas/a.shp" 5, of "a.shp" 0. */
static size_t folder_len(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash ? (size_t)(slash - name) : 0;
}

/* The only member that can be read; NULL: there are several. *folder: they are Shapefiles of
 * one folder, in which GDAL takes each for a layer. */
static const struct source_member *only_one(const struct source_members *members, bool *folder)
{
    const struct source_member *first = NULL;
    *folder = true;
    for (size_t i = 0; i < members->n; i++) {
        const struct source_member *one = &members->list[i];
        if (one->why_not)
            continue;
        first = first ? first : one;
        *folder = *folder && source_has_extension(one->name, ".shp") &&
                  folder_len(one->name) == folder_len(first->name) &&
                  strncmp(one->name, first->name, folder_len(one->name)) == 0;
    }
    return members->readable == 1 || *folder ? first : NULL;
}

/* "a.csv, b.csv" of those that can be read; of the others "a.pdf (es un PDF…)". */
static void put_members(struct buf *out, const struct source_members *members, bool readable)
{
    size_t named = 0;
    for (size_t i = 0; i < members->n; i++) {
        const struct source_member *one = &members->list[i];
        if (!one->why_not != readable || named++ >= NAMED_MOST)
            continue;
        buf_printf(out, "%s%s", named > 1 ? ", " : "", one->name);
        if (!readable)
            buf_printf(out, " (%s)", one->why_not);
    }
    if (named > NAMED_MOST)
        buf_printf(out, "… y %zu más", named - NAMED_MOST);
}

static bool none_or_many(const struct source_path *path, const struct source_members *members,
                         struct err *err)
{
    struct buf names;
    const char *first = NULL;
    for (size_t i = members->n; i-- > 0;)
        first = members->list[i].why_not ? first : members->list[i].name;
    buf_init(&names);
    put_members(&names, members, members->readable > 0);
    const char *all = names.len ? names.data : "";
    if (members->readable > 1)
        err_set(err, ERR_INPUT,
                "el zip «%s» tiene %zu archivos de datos (%s); nombre uno: /vsizip/%s/%s",
                path->named, members->readable, all, path->named, first);
    else
        err_set(err, ERR_INPUT, "el zip «%s» no tiene ningún archivo de datos conocido%s%s",
                path->named, all[0] ? ": " : "", all);
    buf_free(&names);
    return false;
}

/* Tells what of the zip is left out. */
static bool note_rest(struct source_path *path, const struct source_members *members,
                      struct err *err)
{
    struct buf words;
    buf_init(&words);
    buf_puts(&words, "del zip no se leen: ");
    size_t empty = words.len;
    put_members(&words, members, false);
    bool ok = !buf_failed(&words) || err_no_memory(err);
    if (ok && words.len > empty)
        source_path_note(path, words.data);
    buf_free(&words);
    return ok;
}

static bool choose(struct source_path *path, const struct geo_source_limits *limits,
                   struct err *err)
{
    struct source_members members;
    bool folder = false;
    if (!source_members_list(path->whole, limits, &members, err))
        return false;
    const struct source_member *one = members.readable ? only_one(&members, &folder) : NULL;
    bool ok = one ? note_rest(path, &members, err) : none_or_many(path, &members, err);
    if (ok) {
        size_t len = members.readable == 1 ? strlen(one->name) : folder_len(one->name);
        path->inside = strndup(one->name, len);
        ok = path->inside || err_no_memory(err);
    }
    source_members_free(&members);
    return ok;
}

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

bool source_path_unzip(struct source_path *path, const struct geo_source_limits *limits,
                       struct err *err)
{
    struct source_zip zip;
    bool there, ok = path->inside || choose(path, limits, err);
    if (!ok || !source_zip_list(path->whole, limits, &zip, err))
        return false;
    bool is_folder = is_folder_of(&zip, path->inside, &there);
    if (!there) {
        ok = err_set(err, ERR_NOT_FOUND, "no existe «%s»", path->named);
        goto done;
    }
    if (asprintf(&path->open, "/vsizip/{%s}%s%s", path->whole, path->inside[0] ? "/" : "",
                 path->inside) < 0) {
        path->open = NULL;
        ok = err_no_memory(err);
    } else if (is_folder) {
        path->format = source_format_of_folder(path->inside);
        path->drivers = path->format->drivers;
    } else
        ok = source_path_look(path, path->open, err);
done:
    source_zip_free(&zip);
    return ok;
}
