/* mvt_shape.h - rounds geometry to a tile's units, clips it to the tile and its buffer, and
 * writes it as vector tile commands.
 *
 * Vertices are rounded before clipping, and the point where a segment is clipped does not
 * depend on its direction: a border that two polygons share has the same vertices in
 * both. Polygons are valid: where rounding or clipping made a ring touch or cross itself
 * or another, it is split.
 *
 * Owns:    scratch memory; mvt_shaper_free().
 * Threads: one shaper per thread.
 * Units:   steps (layers/shapes/merc.h) in, tile units out.
 * Errors:  `failed` is sticky: memory.
 */
#ifndef LAYERS_MVT_SHAPE_H
#define LAYERS_MVT_SHAPE_H

#include "geo/base/buf.h"
#include "layers/shapes/geometry.h"
#include "layers/vector/mvt_index.h"

enum mvt_geometry_type { MVT_POINT = 1, MVT_LINE = 2, MVT_POLYGON = 3 };

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

void mvt_shaper_init(struct mvt_shaper *shaper);
void mvt_shaper_free(struct mvt_shaper *shaper);

/* Sets the tile for what follows; z up to TILE_MAX_ZOOM, x and y within its matrix. */
void mvt_shaper_place(struct mvt_shaper *shaper, int z, int64_t x, int64_t y);
/* The tile and its buffer as a box, for the trees. */
struct arc_box mvt_shaper_box(const struct mvt_shaper *shaper);

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

/* Writes arcs as a line of many parts; the commands are in shaper->commands. */
void mvt_shape_arcs(struct mvt_shaper *shaper, const struct geometry *geometry,
                    const uint32_t *arcs, size_t n);

/* Writes the feature's commands to shaper->commands, valid until the next one; 0 if
 * nothing of it is in the tile. */
int mvt_shape_feature(struct mvt_shaper *shaper, const struct geometry *geometry,
                      const struct mvt_tables *tables, size_t feature);

#endif
