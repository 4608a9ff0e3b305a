/* db_geometry_sqlite.c - converts SpatiaLite's geometry to WKB.
 *
 * It does what AsBinary() does, without building the geometry. SpatiaLite's format is WKB
 * with a header (byte order, SRID, box) in front, a marker instead of the byte order in
 * every part of a multi-geometry, and one byte at the end. Forms that our columns do not
 * take (Z, compressed, big endian) are refused: SpatiaLite's own parser multiplies counts
 * without checking them. What is accepted can be read by geo_shape_parse(): nothing is
 * empty, rings are closed, coordinates are on the globe, and the box in the header, by
 * which records are found, is that of the coordinates.
 * Source: "BLOB Geometry", SpatiaLite's documentation.
 */
#include <math.h>
#include <string.h>

#include "geo/base/box.h"
#include "geo/store/db_sqlite.h"

enum {
    SRID = 2,
    BOX = 6,
    HEAD = 39, /* start, byte order, SRID, four doubles, mark of the geometry */
    START = 0x00,
    LITTLE_ENDIAN_XY = 0x01,
    GEOMETRY_MARK = 0x7C,
    PART_MARK = 0x69,
    END = 0xFE,
    XY = 16,
};

enum { POINT = 1, LINE, POLYGON, MULTIPOINT, MULTILINE, MULTIPOLYGON };

/* The rest of the body, and what was read so far. */
struct db_geometry_walk {
    const unsigned char *at, *end;
    struct geo_box outer, all; /* of outer rings, lines and points; of all rings */
};

static bool take_count(struct db_geometry_walk *walk, uint32_t *count)
{
    if (walk->end - walk->at < 4)
        return false;
    memcpy(count, walk->at, 4); /* the machine is little endian, as the form is */
    walk->at += 4;
    return true;
}

/* Reads n points, at least `least`; the last of a ring must equal the first. */
static bool take_points(struct db_geometry_walk *walk, uint32_t n, uint32_t least, bool is_hole)
{
    if (n < least || (size_t)(walk->end - walk->at) / XY < n)
        return false;
    for (uint32_t i = 0; i < n; i++, walk->at += XY) {
        double xy[2];
        memcpy(xy, walk->at, sizeof xy);
        if (!(fabs(xy[0]) <= 180 && fabs(xy[1]) <= 90))
            return false;
        walk->all = geo_box_grow(walk->all, xy[0], xy[1]);
        if (!is_hole)
            walk->outer = geo_box_grow(walk->outer, xy[0], xy[1]);
    }
    return true;
}

static bool take_ring(struct db_geometry_walk *walk, bool is_hole)
{
    enum { LEAST = 4 };
    double first[2], last[2];
    uint32_t n = 0;
    const unsigned char *begin = walk->at + 4;
    if (!take_count(walk, &n) || !take_points(walk, n, LEAST, is_hole))
        return false;
    memcpy(first, begin, sizeof first);
    memcpy(last, walk->at - XY, sizeof last);
    return first[0] == last[0] && first[1] == last[1];
}

static bool take_simple(struct db_geometry_walk *walk, uint32_t kind)
{
    uint32_t n = 0;
    if (kind == POINT)
        return take_points(walk, 1, 1, false);
    if (kind == LINE)
        return take_count(walk, &n) && take_points(walk, n, 2, false);
    if (kind != POLYGON || !take_count(walk, &n) || n == 0)
        return false;
    for (uint32_t ring = 0; ring < n; ring++)
        if (!take_ring(walk, ring > 0))
            return false;
    return true;
}

/* Walks the body after its byte order, and sets the byte order of the parts; false: it is
 * incomplete. */
static bool take_body(struct db_geometry_walk *walk, unsigned char *body)
{
    uint32_t kind = 0, parts = 0;
    if (!take_count(walk, &kind))
        return false;
    if (kind < MULTIPOINT)
        return take_simple(walk, kind) && walk->at == walk->end;
    if (!take_count(walk, &parts) || parts == 0)
        return false;
    for (; parts; parts--) {
        uint32_t part = 0;
        if (walk->at == walk->end || *walk->at != PART_MARK)
            return false;
        body[walk->at++ - body] = LITTLE_ENDIAN_XY;
        if (!take_count(walk, &part) || part != kind - MULTIPOINT + POINT ||
            !take_simple(walk, part))
            return false;
    }
    return walk->at == walk->end;
}

/* SpatiaLite's box ignores holes; another program's may include them. */
static bool box_is_theirs(const unsigned char *blob, const struct db_geometry_walk *walk)
{
    double box[4];
    memcpy(box, blob + BOX, sizeof box);
    return box[0] >= walk->all.min_x && box[0] <= walk->outer.min_x && box[1] >= walk->all.min_y &&
           box[1] <= walk->outer.min_y && box[2] <= walk->all.max_x &&
           box[2] >= walk->outer.max_x && box[3] <= walk->all.max_y && box[3] >= walk->outer.max_y;
}

static bool is_ours(const unsigned char *blob, size_t len)
{
    uint32_t kind;
    if (len < HEAD + 6 || blob[0] != START || blob[1] != LITTLE_ENDIAN_XY ||
        blob[HEAD - 1] != GEOMETRY_MARK || blob[len - 1] != END)
        return false;
    memcpy(&kind, blob + HEAD, sizeof kind);
    return kind >= POINT && kind <= MULTIPOLYGON;
}

const char *db_geometry_wkb(const unsigned char *blob, size_t len, struct buf *out)
{
    const char *wrong = NULL;
    int32_t srid;
    buf_clear(out);
    if (!is_ours(blob, len))
        return "no es una geometría XY de SpatiaLite";
    memcpy(&srid, blob + SRID, sizeof srid);
    if (srid != 4326)
        return "no está en EPSG:4326";
    buf_putc(out, LITTLE_ENDIAN_XY);
    buf_put(out, (const char *)blob + HEAD, len - HEAD - 1);
    if (buf_failed(out))
        return "no cabe en la memoria";
    unsigned char *body = (unsigned char *)out->data + 1;
    struct db_geometry_walk walk = {body, body + out->len - 1, geo_box_empty(), geo_box_empty()};
    if (!take_body(&walk, body))
        wrong = "no está entera: le faltan o sobran bytes, un anillo no se cierra o hay "
                "coordenadas fuera del globo";
    else if (!box_is_theirs(blob, &walk))
        wrong = "dice ocupar otro lugar que sus coordenadas";
    if (wrong)
        buf_clear(out);
    return wrong;
}
