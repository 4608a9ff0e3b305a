/* raster_internal.h - what raster.c and raster_lines.c share. */
#ifndef LAYERS_RASTER_INTERNAL_H
#define LAYERS_RASTER_INTERNAL_H

#include "layers/paint/raster.h"

/* Coordinates are 24.8 fixed point. An edge that passes a cell downwards by
 * `cover` 256ths, at a mean of area / (2 * cover) from its left side, gives the
 * cell cover * 512 - area and its right neighbour area; the running sum is
 * 512 * 256 for a pixel that is covered whole. */
enum { ONE = 256, WHOLE = 512 * 256 };

struct raster {
    int width, height;
    int columns;             /* width + 2: the last two catch what leaves to the right */
    int words;               /* of 64 columns */
    int32_t *cells;          /* [row * columns + column], all zero between regions */
    uint64_t *marks;         /* [row * words + column / 64]: cells that are not zero */
    int first_row, last_row; /* that may have marks */
    uint8_t *taken;          /* of pixels, 0-255, by the parts or lines so far */
    bool any_line;           /* something is taken by lines */
    uint32_t *ground, ground_color;
    bool ground_flat; /* ground_color everywhere, and `ground` is not up to date */
};

typedef void raster_span_fn(void *arg, int row, int from, int to, int cover);

/* Calls span() for every run of pixels of one coverage above zero, and clears
 * the cells. */
void raster_sweep(struct raster *raster, raster_span_fn *span, void *arg);

#endif
