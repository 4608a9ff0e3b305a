/* source_zip_read.c - reads one file of a zip with minizip. */
#include "geo/files/source_zip_read.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>

#include "geo/base/text.h"
#include "geo/files/source_zip_internal.h"

enum { ENCRYPTED = 1 /* bit of the flags of an entry */ };

struct source_zip_part {
    unzFile zip;
    bool open, ended;
    char name[SOURCE_ZIP_NAME_BYTES + 1];
};

static int folded(char c)
{
    return c == '\\' ? '/' : tolower((unsigned char)c);
}

bool source_zip_same_name(const char *a, const char *b)
{
    while (*a && folded(*a) == folded(*b))
        a++, b++;
    return folded(*a) == folded(*b);
}

static bool damaged(const struct source_zip_part *part, struct err *err)
{
    return err_set(err, ERR_INPUT, "el archivo está dañado o cortado («%.*s»): vuelva a copiarlo",
                   text_cut(part->name, 200), part->name);
}

/* Makes the entry of that name the current one. */
static bool locate(struct source_zip_part *part, const char *name, struct err *err)
{
    int at = unzGoToFirstFile(part->zip);
    for (; at == UNZ_OK; at = unzGoToNextFile(part->zip)) {
        unz_file_info64 entry;
        if (!source_zip_entry(part->zip, &entry, part->name))
            return damaged(part, err);
        if (!source_zip_same_name(part->name, name))
            continue;
        return !(entry.flag & ENCRYPTED) ||
               err_set(err, ERR_INPUT,
                       "el archivo tiene contraseña: ábralo, quítela y guárdelo de nuevo");
    }
    if (at != UNZ_END_OF_LIST_OF_FILE)
        return damaged(part, err);
    return err_set(err, ERR_NOT_FOUND, "al archivo le falta «%.*s»", text_cut(name, 200), name);
}

struct source_zip_part *source_zip_part_open(const char *path, const char *name, struct err *err)
{
    struct source_zip_part *part = calloc(1, sizeof *part);
    if (!part) {
        err_no_memory(err);
        return NULL;
    }
    part->zip = source_zip_open(path);
    bool ok = part->zip ? locate(part, name, err) : damaged(part, err);
    if (ok)
        ok = part->open = unzOpenCurrentFile(part->zip) == UNZ_OK || damaged(part, err);
    if (ok)
        return part;
    source_zip_part_close(part);
    return NULL;
}

bool source_zip_part_read(struct source_zip_part *part, void *bytes, size_t room, size_t *len,
                          struct err *err)
{
    *len = 0;
    if (part->ended)
        return true;
    int got = unzReadCurrentFile(part->zip, bytes, room < INT_MAX ? (unsigned)room : INT_MAX);
    if (got < 0)
        return damaged(part, err);
    *len = (size_t)got;
    if (got > 0)
        return true;
    part->ended = true;
    part->open = false;
    /* Says UNZ_CRCERROR only if all that the directory promises was read. */
    bool whole = unzeof(part->zip) == 1;
    return (unzCloseCurrentFile(part->zip) == UNZ_OK && whole) || damaged(part, err);
}

void source_zip_part_close(struct source_zip_part *part)
{
    if (!part)
        return;
    if (part->open)
        unzCloseCurrentFile(part->zip);
    if (part->zip)
        unzClose(part->zip);
    free(part);
}
