/* draw_internal.h - what the parts of drawing share: draw.c, draw_fill.c and
 * draw_lines.c. */
#ifndef LAYERS_DRAW_INTERNAL_H
#define LAYERS_DRAW_INTERNAL_H

#include <cairo.h>

#include "layers/paint/draw.h"
#include "layers/paint/raster.h"

/* One arc of the border of a region of one paint. */
struct edge {
    int32_t ref;
    int32_t rank, other; /* of the region, and of what lies beyond: -1 nothing */
    int32_t next;        /* edge with the same tail, or -1 */
    bool used;
};

struct drawer {
    struct canvas *canvas;
    struct raster *raster; /* lent to canvases with pixels */
    uint64_t *bits;        /* features, arcs or points that may touch the picture */
    size_t cap_bits;
    int32_t *rank; /* by feature: place of its paint in this picture, or -1 */
    size_t cap_rank;
    int32_t *at_vertex; /* by vertex: first edge that starts there, or -1 */
    size_t cap_vertex;
    struct edge *edges;
    size_t n_edges, cap_edges;
    uint32_t *found; /* features or points in the order of drawing */
    size_t n_found, cap_found;
    int32_t *rank_of_paint, *paint_of_rank;
    size_t cap_paints;
    double *ring, *aside; /* a path in device pixels, and the same moved sideways */
    size_t cap_ring, cap_aside;
    /* The one colour everything has so far; then opacity can be worked out
     * beforehand, and what is drawn is opaque. */
    bool flat;
    struct style_color ground;
    /* So far every pixel is `unwritten`, and none of them is written: half of a
     * country's tiles are of one colour to the end. */
    bool pending;
    uint32_t unwritten;
};

enum draw_items { DRAW_FEATURES, DRAW_ARCS, DRAW_POINTS };
/* Items that may touch the picture into `found`, in ascending order: on pixels,
 * of those that share one the first (layers/thinning.h). */
bool drawer_find(struct drawer *drawer, const struct geometry *geometry, enum draw_items items);

struct raster_picture draw_picture(const struct canvas *canvas);
/* Pixels are ours between these two, cairo's otherwise. */
void draw_pixels_begin(const struct canvas *canvas);
void draw_pixels_end(const struct canvas *canvas);
void draw_set_color(cairo_t *cr, struct style_color color);

bool draw_fill(struct drawer *drawer, const struct view *view);  /* draw_fill.c */
bool draw_lines(struct drawer *drawer, const struct view *view); /* draw_lines.c */

#endif
