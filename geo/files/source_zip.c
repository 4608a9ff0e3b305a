/* source_zip.c - reads the directory of a zip, by minizip over GDAL's files. */
#include "geo/files/source_zip.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/files/gdal_internal.h"
#include "geo/files/source_zip_internal.h"
#include "geo/texts/charset.h"

enum { MADE_BY_UNIX = 3, EXTRA_BYTES = 1 << 16, UNICODE_PATH = 0x7075 };

static voidpf open_file(voidpf opaque, const void *path, int mode)
{
    (void)opaque;
    return (mode & ZLIB_FILEFUNC_MODE_WRITE) ? NULL : gdal->VSIFOpenL(path, "rb");
}

static uLong read_file(voidpf opaque, voidpf stream, void *bytes, uLong len)
{
    (void)opaque;
    return gdal->VSIFReadL(bytes, 1, len, stream);
}

static uLong write_file(voidpf opaque, voidpf stream, const void *bytes, uLong len)
{
    (void)opaque, (void)stream, (void)bytes, (void)len;
    return 0;
}

static ZPOS64_T tell_file(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return gdal->VSIFTellL(stream);
}

static long seek_file(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    (void)opaque;
    return gdal->VSIFSeekL(stream, offset, origin); /* SEEK_… have zlib's values */
}

static int close_file(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return gdal->VSIFCloseL(stream);
}

static int error_file(voidpf opaque, voidpf stream)
{
    (void)opaque, (void)stream;
    return 0;
}

unzFile source_zip_open(const char *path)
{
    zlib_filefunc64_def files = {open_file, read_file,  write_file, tell_file,
                                 seek_file, close_file, error_file, NULL};
    return unzOpen2_64(path, &files);
}

static size_t number(const unsigned char *bytes, int n)
{
    size_t value = 0;
    while (n-- > 0)
        value = value << 8 | bytes[n];
    return value;
}

/* Takes the name of the Unicode Path field, if it has the checksum of the other name: version 1,
 * CRC-32, name (APPNOTE 4.6.9). */
static void take_unicode_path(const unsigned char *extra, size_t len, char *name)
{
    for (size_t at = 0; at + 4 <= len;) {
        const unsigned char *data = extra + at + 4;
        size_t n = number(extra + at + 2, 2);
        at += 4 + n;
        if (at > len)
            return;
        if (number(data - 4, 2) != UNICODE_PATH || n <= 5 || n - 5 > SOURCE_ZIP_NAME_BYTES ||
            data[0] != 1 ||
            number(data + 1, 4) != crc32(0, (const Bytef *)name, (uInt)strlen(name)))
            continue;
        memcpy(name, data + 5, n - 5);
        name[n - 5] = '\0';
    }
}

bool source_zip_entry(unzFile zip, unz_file_info64 *entry, char name[SOURCE_ZIP_NAME_BYTES + 1])
{
    unsigned char *extra = malloc(EXTRA_BYTES);
    memset(name, 0, SOURCE_ZIP_NAME_BYTES + 1);
    bool ok = extra && unzGetCurrentFileInfo64(zip, entry, name, SOURCE_ZIP_NAME_BYTES, extra,
                                               EXTRA_BYTES, NULL, 0) == UNZ_OK;
    if (ok)
        take_unicode_path(extra, entry->size_file_extra, name);
    free(extra);
    for (char *c = name; *c; c++)
        if (*c == '\\')
            *c = '/'; /* as GDAL does: some programs of Windows part folders so */
    while (strncmp(name, "./", 2) == 0)
        memmove(name, name + 2, strlen(name + 2) + 1);
    return ok;
}

char *source_zip_shown(const char *name)
{
    struct buf utf8;
    buf_init(&utf8);
    size_t len = strlen(name);
    charset_decode(charset_of(name, len, CHARSET_CP850), name, len, &utf8);
    char *shown = buf_failed(&utf8) ? NULL : strndup(utf8.data ? utf8.data : "", utf8.len);
    buf_free(&utf8);
    return shown;
}

/* True if ".." is a component of the path. */
static bool climbs(const char *name)
{
    for (const char *part = name; part; part = strpbrk(part, "/\\")) {
        part += strspn(part, "/\\");
        if (strncmp(part, "..", 2) == 0 && strchr("/\\", part[2]))
            return true; /* strchr() also finds the terminating NUL */
    }
    return false;
}

static bool check_named(const char *name, const unz_file_info64 *entry,
                        const struct geo_source_limits *limits, struct err *err)
{
    if (name[0] == '/' || name[0] == '\\' || climbs(name))
        return err_set(err, ERR_INPUT, "el zip nombra un archivo fuera de él: «%.*s»",
                       text_cut(name, 200), name);
    if (entry->version >> 8 == MADE_BY_UNIX && S_ISLNK(entry->external_fa >> 16))
        return err_set(err, ERR_INPUT, "el zip tiene un enlace, que no se sigue: «%.*s»",
                       text_cut(name, 200), name);
    uint64_t packed = entry->compressed_size, unpacked = entry->uncompressed_size;
    if (unpacked > (uint64_t)GEO_SOURCE_RATIO_FROM_BYTES &&
        unpacked / (packed + 1) > (uint64_t)limits->at[GEO_LIMIT_RATIO])
        return geo_source_beyond(limits, GEO_LIMIT_RATIO, err) ||
               err_wrap(err, "«%.*s»", text_cut(name, 200), name);
    return true;
}

static bool check_entry(const char *name, const unz_file_info64 *entry,
                        const struct geo_source_limits *limits, struct err *err)
{
    char *shown = source_zip_shown(name);
    bool ok = shown ? check_named(shown, entry, limits, err) : err_no_memory(err);
    free(shown);
    return ok;
}

static bool keep_name(struct source_zip *zip, const char *name, struct err *err)
{
    if (!array_reserve(zip->names, zip->cap, zip->n + 1))
        return err_no_memory(err);
    char *copy = strdup(name);
    zip->names[zip->n] = copy;
    return zip->names[zip->n++] || err_no_memory(err);
}

static bool list_entries(unzFile file, const struct geo_source_limits *limits,
                         struct source_zip *zip, struct err *err)
{
    uint64_t unpacked = 0;
    int at = unzGoToFirstFile(file);
    for (; at == UNZ_OK; at = unzGoToNextFile(file)) {
        char name[SOURCE_ZIP_NAME_BYTES + 1];
        unz_file_info64 entry;
        if (!source_zip_entry(file, &entry, name))
            break;
        if (entry.size_filename > SOURCE_ZIP_NAME_BYTES)
            return err_set(err, ERR_INPUT, "el zip tiene un nombre de %lu bytes",
                           entry.size_filename);
        if (entry.uncompressed_size > UINT64_MAX - unpacked)
            return geo_source_beyond(limits, GEO_LIMIT_SOURCE_MB, err);
        unpacked += entry.uncompressed_size;
        if (!check_entry(name, &entry, limits, err) || !keep_name(zip, name, err) ||
            !geo_source_within(limits, GEO_LIMIT_ENTRIES, (int64_t)zip->n, err) ||
            !geo_source_within(limits, GEO_LIMIT_SOURCE_MB, (int64_t)(unpacked >> 20), err))
            return false;
    }
    return at == UNZ_END_OF_LIST_OF_FILE ||
           err_set(err, ERR_INPUT, "el zip está dañado: vuelva a copiarlo");
}

bool source_zip_list(const char *path, const struct geo_source_limits *limits,
                     struct source_zip *zip, struct err *err)
{
    *zip = (struct source_zip){0};
    unzFile file = source_zip_open(path);
    bool ok = file ? list_entries(file, limits, zip, err)
                   : err_set(err, ERR_INPUT,
                             "no se puede abrir como zip: está cortado o dañado; cópielo o "
                             "descárguelo de nuevo");
    if (file)
        unzClose(file);
    if (!ok)
        source_zip_free(zip);
    return ok;
}

void source_zip_free(struct source_zip *zip)
{
    for (size_t i = 0; i < zip->n; i++)
        free(zip->names[i]);
    free(zip->names);
    *zip = (struct source_zip){0};
}
