/* drawer.c - what is kept from view to view: scratch memory, items found, unwritten pixels. */
#include "layers/paint/drawer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "layers/paint/drawer_internal.h"

struct drawer *drawer_new(void)
{
    struct drawer *drawer = calloc(1, sizeof *drawer);
    if (drawer && !(drawer->raster = raster_new())) {
        free(drawer);
        return NULL;
    }
    return drawer;
}

void drawer_free(struct drawer *drawer)
{
    if (!drawer)
        return;
    raster_free(drawer->raster);
    free(drawer->bits);
    free(drawer->rank);
    free(drawer->at_vertex);
    free(drawer->edges);
    free(drawer->found);
    free(drawer->rank_of_paint);
    free(drawer->paint_of_rank);
    free(drawer->ring);
    free(drawer->aside);
    free(drawer);
}

bool drawer_start(struct drawer *drawer, struct canvas *canvas)
{
    drawer->canvas = canvas;
    drawer->flat = drawer->pending = false;
    canvas->raster = canvas->pixels ? drawer->raster : NULL;
    return !canvas->raster || raster_resize(drawer->raster, canvas->width_px, canvas->height_px);
}

struct raster_picture drawer_picture(const struct drawer *drawer)
{
    const struct canvas *canvas = drawer->canvas;
    return (struct raster_picture){canvas->pixels, canvas->width_px, canvas->height_px,
                                   canvas->stride};
}

void drawer_pixels_begin(const struct drawer *drawer)
{
    cairo_surface_flush(cairo_get_target(drawer->canvas->cr));
}

void drawer_pixels_end(const struct drawer *drawer)
{
    cairo_surface_mark_dirty(cairo_get_target(drawer->canvas->cr));
}

bool drawer_one_color(const struct drawer *drawer, uint32_t *pixel)
{
    *pixel = drawer->unwritten;
    return drawer->pending;
}

void drawer_finish(struct drawer *drawer)
{
    const struct canvas *canvas = drawer->canvas;
    if (!drawer->pending)
        return;
    drawer->pending = false;
    drawer_pixels_begin(drawer);
    for (int y = 0; y < canvas->height_px; y++) {
        uint32_t *row = canvas->pixels + (long)y * canvas->stride;
        for (int x = 0; x < canvas->width_px; x++)
            row[x] = drawer->unwritten;
    }
    drawer_pixels_end(drawer);
}

void drawer_lend(struct drawer *drawer)
{
    drawer_finish(drawer);
    drawer->flat = false;
}

static struct arc_box clip_box(const struct canvas_clip *clip)
{
#define CUT(v) ((int32_t)((v) < INT32_MIN ? INT32_MIN : (v) > INT32_MAX ? INT32_MAX : (v)))
    return (struct arc_box){CUT(clip->min_x), CUT(clip->min_y), CUT(clip->max_x), CUT(clip->max_y)};
#undef CUT
}

/* The features of a large layer that a picture of this scale shows; NULL: all. A vector
 * surface gets all, because it can be enlarged later. */
static const uint64_t *shown(const struct canvas *canvas, const struct geometry *geometry,
                             enum drawer_items items)
{
    int zoom = (int)ceil(log2(canvas->scale) + 24 - 1e-6); /* at zoom 24 a pixel is a step */
    const struct thinned *thinned =
        canvas->pixels ? thinning_at(geometry->thinning, zoom < 0 ? 0 : zoom) : NULL;
    if (!thinned)
        return NULL;
    return items == DRAWER_FEATURES ? thinned->features
           : items == DRAWER_ARCS   ? thinned->arcs
                                    : thinned->points;
}

bool drawer_find(struct drawer *drawer, const struct geometry *geometry, enum drawer_items items)
{
    const struct geo_rtree *tree = items == DRAWER_FEATURES ? geometry->feature_tree
                                   : items == DRAWER_ARCS   ? geometry->arc_tree
                                                            : geometry->point_tree;
    size_t n_items = items == DRAWER_FEATURES ? geometry->n_features
                     : items == DRAWER_ARCS   ? geometry->arcs->n_arcs
                                              : geometry->n_points;
    const uint64_t *only = shown(drawer->canvas, geometry, items);
    size_t words = (n_items + 63) / 64;
    /* One more than used, so that it is not NULL for a layer without items. */
    if (!array_reserve(drawer->bits, drawer->cap_bits, words + 1))
        return false;
    memset(drawer->bits, 0, words * sizeof *drawer->bits);
    struct arc_box box = clip_box(&drawer->canvas->clip);
    geometry_mark(tree, &box, drawer->bits);
    for (size_t w = 0; w < words && only; w++)
        drawer->bits[w] &= only[w];
    size_t n = 0;
    for (size_t w = 0; w < words; w++)
        n += (size_t)__builtin_popcountll(drawer->bits[w]);
    if (!array_reserve(drawer->found, drawer->cap_found, n + 1))
        return false;
    drawer->n_found = 0;
    for (size_t w = 0; w < words; w++)
        for (uint64_t bits = drawer->bits[w]; bits; bits &= bits - 1)
            drawer->found[drawer->n_found++] = (uint32_t)(w * 64 + (size_t)__builtin_ctzll(bits));
    return true;
}
