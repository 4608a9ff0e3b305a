/* mvt_shaper.h - a tile's units, and the path that is being built in them (mvt_shape.h).
 *
 * Threads: one shaper per thread.
 * Units:   steps (layers/shapes/merc.h) in, tile units out.
 */
#ifndef LAYERS_MVT_SHAPER_H
#define LAYERS_MVT_SHAPER_H

#include "geo/base/buf.h"
#include "layers/shapes/geometry.h"

struct mvt_xy {
    int64_t x, y;
};

struct mvt_shaper {
    /* The tile: a unit is 2^down steps, or 2^-up of one. */
    int64_t origin_x, origin_y;
    int up, down;
    struct {
        int64_t min_x, min_y, max_x, max_y;
    } clip; /* steps: what may still touch the tile or its buffer */
    int level;
    /* The path being built, and another for clipping. */
    struct mvt_xy *path, *spare;
    size_t n_path, cap_path;
    struct mvt_rings *rings; /* of a polygon (mvt_polygon.c); NULL until there is one */
    struct mvt_xy cursor;
    struct buf commands; /* of the feature */
    bool failed;
};

/* Position in tile units. */
static inline int64_t mvt_to_units(const struct mvt_shaper *shaper, int64_t from_origin)
{
    int64_t half = (INT64_C(1) << shaper->down) >> 1;
    return (from_origin * (INT64_C(1) << shaper->up) + half) >> shaper->down;
}

static inline struct mvt_xy mvt_shaper_round(const struct mvt_shaper *shaper, int64_t x, int64_t y)
{
    return (struct mvt_xy){mvt_to_units(shaper, x - shaper->origin_x),
                           mvt_to_units(shaper, y - shaper->origin_y)};
}

#endif
