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

#include "layers/vector/mvt_index.h"
#include "layers/vector/mvt_shaper.h"

enum mvt_geometry_type { MVT_POINT = 1, MVT_LINE = 2, MVT_POLYGON = 3 };

void mvt_shaper_init(struct mvt_shaper *shaper);
void mvt_shaper_free(struct mvt_shaper *shaper);

/* Sets the tile for what follows; z up to TILE_MAX_ZOOM, x and y within its matrix. */
void mvt_shaper_place(struct mvt_shaper *shaper, int z, int64_t x, int64_t y);
/* The tile and its buffer as a box, for the trees. */
struct arc_box mvt_shaper_box(const struct mvt_shaper *shaper);

/* Writes arcs as a line of many parts; the commands are in shaper->commands. */
void mvt_shape_arcs(struct mvt_shaper *shaper, const struct geometry *geometry,
                    const uint32_t *arcs, size_t n);

/* Writes the feature's commands to shaper->commands, valid until the next one; 0 if
 * nothing of it is in the tile. */
int mvt_shape_feature(struct mvt_shaper *shaper, const struct geometry *geometry,
                      const struct mvt_tables *tables, size_t feature);

#endif
