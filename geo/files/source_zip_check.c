/* source_zip_check.c - refuses a zip that would be read wrongly without a word. */
#include "geo/files/source_zip_check.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/files/source_format.h"
#include "geo/files/source_unread.h"
#include "geo/files/source_zip.h"
#include "geo/files/source_zip_internal.h"

enum { ENCRYPTED = 1 /* bit of the flags of an entry */, STORED = 0, BLOCK = 1 << 16 };

struct zip_names {
    char **at;
    size_t n, cap;
};

static bool ends_with(const char *name, const char *end)
{
    size_t len = strlen(name), n = strlen(end);
    return len > n && strcmp(name + len - n, end) == 0;
}

static bool check_flags(const char *name, const unz_file_info64 *entry, struct err *err)
{
    static const char *const changes[] = {".gpkg-wal", ".sqlite-wal", ".db-wal", ".sqlite3-wal"};
    if (entry->flag & ENCRYPTED)
        return err_set(err, ERR_INPUT,
                       "«%.*s» tiene contraseña: descomprima el zip con ella e importe el archivo "
                       "que tenía dentro",
                       text_cut(name, 200), name);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        if (ends_with(name, changes[i]) && entry->uncompressed_size > 0)
            return err_set(
                err, ERR_INPUT,
                "«%.*s» tiene cambios que aún no están en su archivo: cierre el programa "
                "que lo usa, como QGIS, y haga el zip otra vez",
                text_cut(name, 200), name);
    return true;
}

static bool check_sum(unzFile zip, const char *name, char *block, struct err *err)
{
    int got = 1;
    bool open = unzOpenCurrentFile(zip) == UNZ_OK;
    while (open && got > 0)
        got = unzReadCurrentFile(zip, block, BLOCK);
    bool same = open && unzCloseCurrentFile(zip) == UNZ_OK; /* not so if the checksum differs */
    return (got == 0 && same) ||
           err_set(err, ERR_INPUT, "«%.*s» está dañado dentro del zip: vuelva a copiarlo",
                   text_cut(name, 200), name);
}

static bool keep(struct zip_names *names, const char *name, struct err *err)
{
    if (!array_reserve(names->at, names->cap, names->n + 1) ||
        !(names->at[names->n] = strdup(name)))
        return err_no_memory(err);
    names->n++;
    return true;
}

static bool check_entry(unzFile zip, struct zip_names *names, char *block, struct err *err)
{
    char name[SOURCE_ZIP_NAME_BYTES + 1];
    unz_file_info64 entry;
    if (!source_zip_entry(zip, &entry, name))
        return err_set(err, ERR_INPUT, "el zip está dañado: vuelva a copiarlo");
    if (!name[0] || ends_with(name, "/"))
        return true;
    bool unread = source_unread_by_name(name) != NULL;
    char *shown = source_zip_shown(name);
    bool ok = shown ? keep(names, shown, err) && check_flags(shown, &entry, err) &&
                          (unread || entry.compression_method != STORED ||
                           check_sum(zip, shown, block, err))
                    : err_no_memory(err);
    free(shown);
    return ok;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool check_twins(struct zip_names *names, struct err *err)
{
    if (names->n)
        qsort(names->at, names->n, sizeof *names->at, by_name);
    for (size_t i = 0; i + 1 < names->n; i++)
        if (strcmp(names->at[i], names->at[i + 1]) == 0)
            return err_set(
                err, ERR_INPUT,
                "el zip tiene dos archivos de nombre «%.*s», y se leería uno: cámbiele el "
                "nombre a uno",
                text_cut(names->at[i], 200), names->at[i]);
    return true;
}

bool source_zip_check(const char *path, struct err *err)
{
    struct zip_names names = {0};
    char *block = malloc(BLOCK);
    unzFile zip = block ? source_zip_open(path) : NULL;
    bool ok = block || err_no_memory(err);
    int at = zip ? unzGoToFirstFile(zip) : UNZ_END_OF_LIST_OF_FILE;
    for (; ok && at == UNZ_OK; at = unzGoToNextFile(zip))
        ok = check_entry(zip, &names, block, err);
    ok = ok && check_twins(&names, err);
    if (zip)
        unzClose(zip);
    for (size_t i = 0; i < names.n; i++)
        free(names.at[i]);
    free(names.at);
    free(block);
    return ok;
}
