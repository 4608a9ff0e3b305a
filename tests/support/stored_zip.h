/* stored_zip.h - makes zips in memory, for tests of what reads them; nothing is compressed.
 *
 *   struct stored_zip zip = {0};
 *   stored_zip_add(&zip, "a.xml", "<a/>", 4); ...
 *   stored_zip_end(&zip);            zip.bytes is the file
 *   stored_zip_free(&zip);
 *
 * Include it in one place a program.
 */
#ifndef TESTS_SUPPORT_STORED_ZIP_H
#define TESTS_SUPPORT_STORED_ZIP_H

#include <libdeflate.h>
#include <string.h>

#include "geo/base/buf.h"

struct stored_zip {
    struct buf bytes, directory;
    unsigned files;
};

/* Little endian. */
static void stored_zip_put(struct buf *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_putc(out, (char)(value >> 8 * i));
}

/* The fields that the header of a file and its entry in the directory share. */
static void stored_zip_head(struct buf *out, const struct buf *name, const struct buf *extra,
                            const void *bytes, size_t len)
{
    stored_zip_put(out, 20, 2);         /* version */
    stored_zip_put(out, 0, 4);          /* flags, method: stored */
    stored_zip_put(out, 0x00210000, 4); /* 1980-01-01 */
    stored_zip_put(out, libdeflate_crc32(0, bytes, len), 4);
    stored_zip_put(out, (uint32_t)len, 4);
    stored_zip_put(out, (uint32_t)len, 4);
    stored_zip_put(out, (uint32_t)name->len, 2);
    stored_zip_put(out, (uint32_t)extra->len, 2);
}

/* name may be any bytes; extra: its extra fields. */
static void stored_zip_add_as(struct stored_zip *zip, const struct buf *name,
                              const struct buf *extra, const void *bytes, size_t len)
{
    buf_put(&zip->directory, "PK\1\2\24\0", 6);
    stored_zip_head(&zip->directory, name, extra, bytes, len);
    for (int field = 0; field < 5; field++) /* comment, disk, attributes */
        stored_zip_put(&zip->directory, 0, 2);
    stored_zip_put(&zip->directory, (uint32_t)zip->bytes.len, 4);
    buf_append(&zip->directory, name);
    buf_append(&zip->directory, extra);
    buf_put(&zip->bytes, "PK\3\4", 4);
    stored_zip_head(&zip->bytes, name, extra, bytes, len);
    buf_append(&zip->bytes, name);
    buf_append(&zip->bytes, extra);
    buf_put(&zip->bytes, bytes, len);
    zip->files++;
}

static inline void stored_zip_add(struct stored_zip *zip, const char *name, const void *bytes,
                                  size_t len)
{
    struct buf named, none;
    buf_init(&named);
    buf_init(&none);
    buf_puts(&named, name);
    stored_zip_add_as(zip, &named, &none, bytes, len);
    buf_free(&named);
}

static void stored_zip_end(struct stored_zip *zip)
{
    uint32_t at = (uint32_t)zip->bytes.len;
    buf_append(&zip->bytes, &zip->directory);
    buf_put(&zip->bytes, "PK\5\6\0\0\0\0", 8);
    stored_zip_put(&zip->bytes, zip->files, 2);
    stored_zip_put(&zip->bytes, zip->files, 2);
    stored_zip_put(&zip->bytes, (uint32_t)zip->directory.len, 4);
    stored_zip_put(&zip->bytes, at, 4);
    stored_zip_put(&zip->bytes, 0, 2);
}

static void stored_zip_free(struct stored_zip *zip)
{
    buf_free(&zip->bytes);
    buf_free(&zip->directory);
}

#endif
