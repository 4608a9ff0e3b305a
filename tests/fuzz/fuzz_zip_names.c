/* fuzz_zip_names.c - any bytes as the names in a zip, and as the link of a KML in it.
 * The first byte says as what: 'z' a zip as it is; else parts, parted by \x1E, that are packed
 * here: the name of a KML, the rest of its Unicode Path field ('u'; its checksum is right) or its
 * extra fields as they are ('n'), and an address that the KML links. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/files/source_zip.h"
#include "geo/source/source.h"
#include "tests/support/stored_zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PART_MARK = 0x1E, PARTS = 3, UNICODE_PATH = 0x7075 };

struct part {
    const uint8_t *data;
    size_t len;
};

static void split(const uint8_t *data, size_t size, struct part parts[PARTS])
{
    for (size_t i = 0; i < PARTS; i++) {
        const uint8_t *mark = size ? memchr(data, PART_MARK, size) : NULL;
        parts[i] = (struct part){data, mark ? (size_t)(mark - data) : size};
        data += parts[i].len + (mark != NULL);
        size -= parts[i].len + (mark != NULL);
    }
}

static void put_extra(struct buf *out, const struct part *name, const struct part *extra, bool path)
{
    if (path) {
        stored_zip_put(out, UNICODE_PATH, 2);
        stored_zip_put(out, (uint32_t)extra->len + 5, 2);
        buf_putc(out, 1);
        stored_zip_put(out, libdeflate_crc32(0, name->data, name->len), 4);
    }
    buf_put(out, (const char *)extra->data, extra->len);
}

static void pack(struct stored_zip *zip, const struct part parts[PARTS], bool path)
{
    struct buf name, extra, kml;
    buf_init(&name);
    buf_init(&extra);
    buf_init(&kml);
    buf_put(&name, (const char *)parts[0].data, parts[0].len);
    put_extra(&extra, &parts[0], &parts[1], path);
    buf_puts(&kml, "<kml><Document><NetworkLink><Link><href>");
    buf_put(&kml, (const char *)parts[2].data, parts[2].len);
    buf_puts(&kml, "</href></Link></NetworkLink><Placemark><Point><coordinates>-65,-19"
                   "</coordinates></Point></Placemark></Document></kml>");
    stored_zip_add_as(zip, &name, &extra, kml.data, kml.len);
    stored_zip_end(zip);
    buf_free(&name);
    buf_free(&extra);
    buf_free(&kml);
}

static void check_names(void)
{
    struct source_zip zip;
    struct err err = {0};
    if (!source_zip_list("/vsimem/fuzz.zip", &geo_source_usual_limits, &zip, &err)) {
        if (err.kind == ERR_NONE || !text_is_utf8(err.message, strlen(err.message)))
            abort();
        return;
    }
    for (size_t i = 0; i < zip.n; i++) {
        char *shown = source_zip_shown(zip.names[i]);
        if (!shown || !text_is_utf8(shown, strlen(shown)))
            abort();
        free(shown);
    }
    source_zip_free(&zip);
}

static void read_source(void)
{
    struct geo_source_options options = {
        .path = "/vsimem/fuzz.zip", .geometry = GEO_ANY_GEOMETRY, .embedded = true};
    struct err err = {0};
    struct geo_source *source = geo_source_open(&options, &err);
    if (!source && (err.kind == ERR_NONE || !text_is_utf8(err.message, strlen(err.message))))
        abort();
    const char *note = source ? geo_source_note(source) : NULL;
    if (note && !text_is_utf8(note, strlen(note)))
        abort();
    geo_source_close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct part parts[PARTS];
    struct stored_zip zip = {0};
    struct err err = {0};
    if (!size)
        return 0;
    split(data + 1, size - 1, parts);
    if (data[0] == 'z')
        buf_put(&zip.bytes, (const char *)data + 1, size - 1);
    else if (parts[0].len < 2000 && parts[1].len < 60000)
        pack(&zip, parts, data[0] == 'u');
    if (zip.bytes.len && geo_source_put_memory("fuzz.zip", zip.bytes.data, zip.bytes.len, &err)) {
        check_names();
        read_source();
        geo_source_drop_memory("fuzz.zip");
    }
    stored_zip_free(&zip);
    return 0;
}
