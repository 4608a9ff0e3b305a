/* rescue_ways.h - the ways to read all vertices of a shape alike; private to the files
 * geo/place/rescue*.c.
 *
 * Owns:    nothing; shapes are the caller's. Threads: as the struct geo_crs given.
 * Units:   "numbers" are x, y as the source has them: degrees or metres of its system.
 */
#ifndef GEO_RESCUE_WAYS_H
#define GEO_RESCUE_WAYS_H

#include "geo/place/crs.h"
#include "geo/place/shape.h"

struct rescue_way {
    unsigned kinds; /* enum rescue_kind */
    bool swap, flip_x, flip_y;
    int epsg; /* the system of the numbers after that; 0: OGC:CRS84 */
};

enum { WAYS_MAX = 8 };

struct rescue_ways {
    struct rescue_way all[WAYS_MAX];
    int n;
};

/* A shape in lon/lat that was transformed from `epsg`, back in its numbers; epsg 0: it is
 * not transformed. Caller owns the copy. */
struct geo_shape *rescue_numbers(struct geo_crs *crs, const struct geo_shape *shape, int epsg,
                                 struct err *err);

/* Lists the ways other than as it stands, for numbers within the box: degrees in the other
 * order and with lost signs; metres in the zones of the country, north taken for south or
 * south for north, in either order; metres of Web Mercator. */
bool rescue_list_ways(struct geo_crs *crs, struct geo_box numbers, int epsg,
                      struct rescue_ways *out, struct err *err);

/* The box in lon/lat, for metres by its corners; empty if it cannot be transformed. */
struct geo_box rescue_way_box(struct geo_crs *crs, const struct rescue_way *way,
                              struct geo_box numbers);

/* The shape in lon/lat; NULL with *err. Caller owns it. */
struct geo_shape *rescue_way_shape(struct geo_crs *crs, const struct rescue_way *way,
                                   const struct geo_shape *numbers, struct err *err);

/* True if all of `inner` lies in `outer`. */
bool rescue_box_within(struct geo_box inner, struct geo_box outer);

#endif
