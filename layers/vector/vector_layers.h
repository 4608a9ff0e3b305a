/* vector_layers.h - the description of a vector tile: the member "vector_layers" of
 * TileJSON 3.0.0 (section 3.3), also used by MBTiles 1.3 and PMTiles 3.
 *
 * Errors: those of the buffer.
 */
#ifndef LAYERS_VECTOR_LAYERS_H
#define LAYERS_VECTOR_LAYERS_H

#include "geo/base/buf.h"
#include "layers/layer.h"

/* Writes a JSON array of the layers with the types of their columns; derived: also the
 * derived layers (layer_has_part()). */
void vector_layers_put(struct buf *out, const struct layer *const *layers, size_t n, bool derived,
                       int zoom_min, int zoom_max);

#endif
