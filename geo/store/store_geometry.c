/* store_geometry.c - from SpatiaLite's geometry to WKB.
 *
 * What AsBinary() does, without building the geometry: SpatiaLite's form is WKB
 * with a head (byte order, SRID, box) before it, a mark instead of the byte
 * order in every part of a multi-geometry, and a byte at the end. Forms that
 * this program does not write (Z, compressed, big endian) go through the
 * library. Source: "BLOB Geometry", SpatiaLite's documentation. */
#include "geo/store/store_internal.h"

#include <spatialite/gaiageo.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEAD = 39, /* start, byte order, SRID, four doubles, mark of the geometry */
    START = 0x00,
    LITTLE_ENDIAN_XY = 0x01,
    GEOMETRY_MARK = 0x7C,
    PART_MARK = 0x69,
    END = 0xFE,
    XY = 16,
};

enum { POINT = 1, LINE, POLYGON, MULTIPOINT, MULTILINE, MULTIPOLYGON, COLLECTION };

/* What is left of the body. */
struct walk {
    unsigned char *at, *end;
};

static bool take_count(struct walk *walk, uint32_t *count)
{
    if (walk->end - walk->at < 4)
        return false;
    memcpy(count, walk->at, 4); /* the machine is little endian, as the form is */
    walk->at += 4;
    return true;
}

static bool skip_points(struct walk *walk, uint32_t n)
{
    if ((size_t)(walk->end - walk->at) / XY < n)
        return false;
    walk->at += (size_t)n * XY;
    return true;
}

static bool skip_simple(struct walk *walk, uint32_t kind)
{
    uint32_t n = 0, rings = 1;
    if (kind == POINT)
        return skip_points(walk, 1);
    if (kind != LINE && (kind != POLYGON || !take_count(walk, &rings)))
        return false;
    for (; rings; rings--)
        if (!take_count(walk, &n) || !skip_points(walk, n))
            return false;
    return true;
}

enum form { PLAIN, OTHER, BROKEN };

static enum form simple_form(struct walk *walk, uint32_t kind)
{
    if (kind < POINT || kind > POLYGON)
        return OTHER;
    return skip_simple(walk, kind) ? PLAIN : BROKEN;
}

/* Walks the body that stands behind its byte order, setting that of the parts. */
static enum form set_byte_orders(unsigned char *body, size_t len)
{
    struct walk walk = {body, body + len};
    uint32_t kind = 0, parts = 0;
    enum form form = PLAIN;
    if (!take_count(&walk, &kind))
        return BROKEN;
    if (kind < MULTIPOINT || kind > COLLECTION)
        form = simple_form(&walk, kind);
    else if (!take_count(&walk, &parts))
        return BROKEN;
    for (; parts && form == PLAIN; parts--) {
        uint32_t part = 0;
        if (walk.at == walk.end || *walk.at != PART_MARK)
            return BROKEN;
        *walk.at++ = LITTLE_ENDIAN_XY;
        form = take_count(&walk, &part) ? simple_form(&walk, part) : BROKEN;
    }
    return form == PLAIN && walk.at != walk.end ? BROKEN : form;
}

static bool by_library(const unsigned char *blob, size_t len, struct buf *out)
{
    unsigned char *wkb = NULL;
    int wkb_len = 0;
    gaiaGeomCollPtr geometry = gaiaFromSpatiaLiteBlobWkb(blob, (unsigned)len);
    if (geometry) {
        gaiaToWkb(geometry, &wkb, &wkb_len);
        gaiaFreeGeomColl(geometry);
    }
    if (wkb)
        buf_put(out, (const char *)wkb, (size_t)wkb_len);
    free(wkb);
    return !buf_failed(out);
}

bool store_wkb(const unsigned char *blob, size_t len, struct buf *out)
{
    buf_clear(out);
    if (len == 0)
        return true;
    if (len < HEAD + 6 || blob[0] != START || blob[1] != LITTLE_ENDIAN_XY ||
        blob[HEAD - 1] != GEOMETRY_MARK || blob[len - 1] != END)
        return by_library(blob, len, out);
    buf_putc(out, LITTLE_ENDIAN_XY);
    buf_put(out, (const char *)blob + HEAD, len - HEAD - 1);
    if (buf_failed(out))
        return false;
    enum form form = set_byte_orders((unsigned char *)out->data + 1, out->len - 1);
    if (form != PLAIN)
        buf_clear(out);
    return form != OTHER || by_library(blob, len, out);
}
