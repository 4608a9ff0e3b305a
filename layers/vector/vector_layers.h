/* vector_layers.h - what is in a vector tile, in words: the member
 * "vector_layers" of TileJSON 3.0.0 (section 3.3), which MBTiles 1.3 and
 * PMTiles 3 take over.
 *
 * Errors: those of the buffer.
 */
#ifndef LAYERS_VECTOR_LAYERS_H
#define LAYERS_VECTOR_LAYERS_H

#include "geo/base/buf.h"
#include "layers/layer.h"

/* A JSON array of the layers with the kinds of their columns; derived: also
 * what is made of them (layer_has_part()). */
void vector_layers_put(struct buf *out, const struct layer *const *layers, size_t n, bool derived,
                       int zoom_min, int zoom_max);

#endif
