/* mvt_shape_internal.h - the part of mvt_shape.c that shapes polygons. */
#ifndef LAYERS_MVT_SHAPE_INTERNAL_H
#define LAYERS_MVT_SHAPE_INTERNAL_H

#include "layers/vector/mvt_path.h"
#include "layers/vector/mvt_shape.h"

void mvt_shape_polygon(struct mvt_shaper *shaper, const struct geometry *geometry,
                       const struct mvt_tables *tables, size_t feature);
void mvt_rings_free(struct mvt_rings *rings); /* NULL is fine */

#endif
