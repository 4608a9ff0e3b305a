/* drawer_internal.h - the fields of a drawer, for drawer.c and draw*.c. */
#ifndef LAYERS_DRAWER_INTERNAL_H
#define LAYERS_DRAWER_INTERNAL_H

#include <cairo.h>

#include "layers/paint/drawer.h"
#include "layers/paint/raster.h"

/* An arc on the border of a region of one paint. */
struct edge {
    int32_t ref;
    int32_t rank, other; /* rank of the region, and of that on the other side: -1 nothing */
    int32_t next;        /* edge with the same tail, or -1 */
    bool used;
};

struct drawer {
    struct canvas *canvas;
    struct raster *raster; /* lent to canvases with pixels */
    uint64_t *bits;        /* features, arcs or points that may touch the picture */
    size_t cap_bits;
    int32_t *rank; /* by feature: rank of its paint in this picture, or -1 */
    size_t cap_rank;
    int32_t *at_vertex; /* by vertex: first edge that starts there, or -1 */
    size_t cap_vertex;
    struct edge *edges;
    size_t n_edges, cap_edges;
    uint32_t *found; /* features or points in the order of drawing */
    size_t n_found, cap_found;
    int32_t *rank_of_paint, *paint_of_rank;
    size_t cap_paints;
    double *ring, *aside; /* a path in device pixels, and the same with an offset */
    size_t cap_ring, cap_aside;
    /* All pixels have one colour so far; then opacity is computed beforehand, and opaque
     * colours are drawn. */
    bool flat;
    struct style_color ground;
    /* All pixels are `unwritten` so far, and that has not been written to memory: half of
     * a country's tiles stay that way. */
    bool pending;
    uint32_t unwritten;
};

enum drawer_items { DRAWER_FEATURES, DRAWER_ARCS, DRAWER_POINTS };
/* Lists the items that may touch the picture in `found`, in ascending order; for pixels
 * only those that thinning shows (layers/shapes/thinning.h). */
bool drawer_find(struct drawer *drawer, const struct geometry *geometry, enum drawer_items items);

struct raster_picture drawer_picture(const struct drawer *drawer);
/* Between these two calls we write the pixels; else cairo does. */
void drawer_pixels_begin(const struct drawer *drawer);
void drawer_pixels_end(const struct drawer *drawer);

static inline void drawer_set_color(cairo_t *cr, struct style_color color)
{
    cairo_set_source_rgba(cr, color.r, color.g, color.b, color.a);
}

#endif
