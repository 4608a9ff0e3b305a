/* raster_internal.h - shared by raster.c and raster_lines.c. */
#ifndef LAYERS_RASTER_INTERNAL_H
#define LAYERS_RASTER_INTERNAL_H

#include "layers/paint/raster.h"

/* Coordinates are 24.8 fixed point. An edge that passes a cell downwards by `cover`
 * 256ths, at a mean distance of area / (2 * cover) from its left side, adds cover * 512 -
 * area to the cell and area to its right neighbour. The running sum is 512 * 256 for a
 * fully covered pixel. */
enum { ONE = 256, WHOLE = 512 * 256 };

struct raster {
    int width, height;
    int columns;             /* width + 2: the last two take what is beyond the right side */
    int words;               /* of 64 columns */
    int32_t *cells;          /* [row * columns + column], all zero between regions */
    uint64_t *marks;         /* [row * words + column / 64]: cells that are not zero */
    int first_row, last_row; /* rows that may have marks */
    uint8_t *taken;          /* coverage of pixels by earlier parts or lines, 0-255 */
    bool any_line;           /* some pixel is covered by lines */
    uint32_t *ground, ground_color;
    bool ground_flat; /* the background is ground_color; `ground` is not filled */
};

typedef void raster_span_fn(void *arg, int row, int from, int to, int cover);

/* Calls span() for every run of pixels with the same coverage above zero, and clears the
 * cells. */
void raster_sweep(struct raster *raster, raster_span_fn *span, void *arg);

#endif
