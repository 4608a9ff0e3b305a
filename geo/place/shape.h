/* shape.h - a geometry parsed once from WKB into flat coordinate arrays.
 *
 * Owns:    its arrays (one block). Reference-counted: geo_shape_ref() adds a reference,
 *          geo_shape_free() drops one, and the last frees it. Immutable once parsed:
 *          share it between threads.
 * Units:   lon/lat degrees (OGC:CRS84), x = lon, y = lat, interleaved.
 * Errors:  NULL with ERR_INPUT for bytes that are not one point, line or
 *          polygon (single or multi) with finite lon/lat; Z and M are dropped.
 *
 * Invariants: at least one point; every ring of a polygon is closed and has
 * four points or more, every line two; the first ring of a part is its shell.
 */
#ifndef GEO_SHAPE_H
#define GEO_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/box.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"

enum geo_shape_kind { GEO_SHAPE_POINT = 1, GEO_SHAPE_LINE = 2, GEO_SHAPE_POLYGON = 3 };

struct geo_shape {
    enum geo_shape_kind kind;
    bool multi; /* it came as a Multi… */
    struct geo_box box;
    size_t n_points, n_rings, n_parts;
    const double *xy;      /* 2 * n_points */
    const uint32_t *rings; /* n_rings + 1: ring r is points rings[r] .. rings[r + 1] - 1 */
    const uint32_t *parts; /* n_parts + 1: part p is rings parts[p] .. parts[p + 1] - 1;
                              a point or a line is one ring and one part */
};

/* The arrays of a shape while it is being filled. */
struct geo_shape_room {
    double *xy;
    uint32_t *rings, *parts;
};

/* Allocates a shape with that many points, rings and parts. The caller fills its arrays
 * before sharing it: xy, the first n_rings of rings, the first n_parts of parts, and the
 * box. Caller owns the result. */
struct geo_shape *geo_shape_new(enum geo_shape_kind kind, bool multi, size_t n_points,
                                size_t n_rings, size_t n_parts, struct geo_shape_room *room,
                                struct err *err);

/* Caller owns the result. Both byte orders, ISO and extended WKB are read. */
struct geo_shape *geo_shape_parse(const unsigned char *wkb, size_t wkb_len, struct err *err);
/* The same with any finite numbers: metres, or degrees that are still to be put right. */
struct geo_shape *geo_shape_parse_plane(const unsigned char *wkb, size_t wkb_len, struct err *err);
struct geo_shape *geo_shape_ref(struct geo_shape *shape); /* NULL is fine */
void geo_shape_free(struct geo_shape *shape);             /* NULL is fine */

/* The shell of one part of a polygon, without the holes. Caller owns the result. */
struct geo_shape *geo_shape_shell(const struct geo_shape *shape, size_t part, struct err *err);

/* The holes of a polygon, each a part of its own; NULL without an error: there are none. Caller
 * owns the result. */
struct geo_shape *geo_shape_holes(const struct geo_shape *shape, struct err *err);

/* Writes little-endian WKB; `multi` makes a single geometry a Multi… of one. */
void geo_shape_put_wkb(const struct geo_shape *shape, bool multi, struct buf *out);

/* Writes WKT, as exact as the numbers are: "POLYGON ((-65 -19, …))"; several parts are a MULTI…. */
void geo_shape_put_wkt(const struct geo_shape *shape, struct buf *out);

enum geo_side { GEO_SIDE_OUT, GEO_SIDE_BORDER, GEO_SIDE_IN };

/* Where a point lies in a polygon, every ring tested, exact (even-odd rule). */
enum geo_side geo_shape_side(const struct geo_shape *shape, double lon_deg, double lat_deg);

#endif
