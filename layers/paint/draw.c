/* draw.c - draws views of each kind of style layer on a canvas. */
#include "layers/paint/draw_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "layers/borders.h"
#include "layers/paint/discs.h"

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
    draw_pixels_begin(canvas);
    for (int y = 0; y < canvas->height_px; y++) {
        uint32_t *row = canvas->pixels + (long)y * canvas->stride;
        for (int x = 0; x < canvas->width_px; x++)
            row[x] = drawer->unwritten;
    }
    draw_pixels_end(canvas);
}

void drawer_lend(struct drawer *drawer)
{
    drawer_finish(drawer);
    drawer->flat = false;
}

struct raster_picture draw_picture(const struct canvas *canvas)
{
    return (struct raster_picture){canvas->pixels, canvas->width_px, canvas->height_px,
                                   canvas->stride};
}

void draw_pixels_begin(const struct canvas *canvas)
{
    cairo_surface_flush(cairo_get_target(canvas->cr));
}

void draw_pixels_end(const struct canvas *canvas)
{
    cairo_surface_mark_dirty(cairo_get_target(canvas->cr));
}

double draw_margin(const struct view *view, double pixel_ratio)
{
    double margin = 1;
    for (size_t i = 0; i < view->n_paints; i++) {
        const struct view_paint *paint = &view->paints[i];
        double reach = view->type == STYLE_CIRCLE ? paint->size_px + paint->stroke_px
                       : view->type == STYLE_LINE
                           ? (paint->size_px + fabs(paint->offset_px)) * 2 /* mitres */
                           : 1;
        margin = fmax(margin, reach);
    }
    return (margin + 2) * pixel_ratio;
}

void draw_set_color(cairo_t *cr, struct style_color color)
{
    cairo_set_source_rgba(cr, color.r, color.g, color.b, color.a);
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
                             enum draw_items items)
{
    int zoom = (int)ceil(log2(canvas->scale) + 24 - 1e-6); /* at zoom 24 a pixel is a step */
    const struct thinned *thinned =
        canvas->pixels ? thinning_at(geometry->thinning, zoom < 0 ? 0 : zoom) : NULL;
    if (!thinned)
        return NULL;
    return items == DRAW_FEATURES ? thinned->features
           : items == DRAW_ARCS   ? thinned->arcs
                                  : thinned->points;
}

bool drawer_find(struct drawer *drawer, const struct geometry *geometry, enum draw_items items)
{
    const struct geo_rtree *tree = items == DRAW_FEATURES ? geometry->feature_tree
                                   : items == DRAW_ARCS   ? geometry->arc_tree
                                                          : geometry->point_tree;
    size_t n_items = items == DRAW_FEATURES ? geometry->n_features
                     : items == DRAW_ARCS   ? geometry->arcs->n_arcs
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

/* ---- background ---------------------------------------------------------- */

static void draw_background(struct drawer *drawer, const struct view *view)
{
    cairo_t *cr = drawer->canvas->cr;
    drawer->flat = view->paints[0].color.a >= 1;
    drawer->pending = drawer->canvas->raster && drawer->flat;
    if (drawer->pending)
        drawer->unwritten = raster_over(0, view->paints[0].color);
    else {
        drawer_finish(drawer);
        draw_set_color(cr, view->paints[0].color);
        cairo_paint(cr);
    }
    drawer->ground = view->paints[0].color;
}

/* ---- circles ------------------------------------------------------------- */

static void draw_circle(const struct canvas *canvas, double x, double y,
                        const struct view_paint *paint)
{
    double radius = paint->size_px * canvas->pixel_ratio;
    double rim = paint->stroke.a > 0 ? paint->stroke_px * canvas->pixel_ratio : 0;
    if (canvas->pixels) {
        struct disc_picture picture = {canvas->pixels, canvas->width_px, canvas->height_px,
                                       canvas->stride};
        disc_draw(&picture, x, y, radius, paint->color, rim, paint->stroke);
        return;
    }
    cairo_t *cr = canvas->cr;
    cairo_new_sub_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * acos(-1));
    draw_set_color(cr, paint->color);
    cairo_fill(cr);
    if (rim > 0) {
        cairo_new_sub_path(cr);
        cairo_arc(cr, x, y, radius + rim / 2, 0, 2 * acos(-1));
        draw_set_color(cr, paint->stroke);
        cairo_set_line_width(cr, rim);
        cairo_stroke(cr);
    }
}

struct keyed {
    double key;
    uint32_t point;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->point < y->point ? -1 : x->point > y->point;
}

/* Sorts by sort key, then by feature: the same order in every tile. */
static bool sort_points(struct drawer *drawer, const struct view *view)
{
    struct keyed *keyed = malloc((drawer->n_found + 1) * sizeof *keyed);
    if (!keyed)
        return false;
    for (size_t i = 0; i < drawer->n_found; i++) {
        uint32_t point = drawer->found[i];
        keyed[i] = (struct keyed){view->sort_key[view->geometry->points[point].feature], point};
    }
    qsort(keyed, drawer->n_found, sizeof *keyed, by_key);
    for (size_t i = 0; i < drawer->n_found; i++)
        drawer->found[i] = keyed[i].point;
    free(keyed);
    return true;
}

static bool draw_circles(struct drawer *drawer, const struct view *view)
{
    struct canvas *canvas = drawer->canvas;
    const struct geometry *geometry = view->geometry;
    if (!drawer_find(drawer, geometry, DRAW_POINTS) ||
        (view->sort_key && !sort_points(drawer, view)))
        return false;
    if (drawer->n_found == 0)
        return true;
    drawer_finish(drawer);
    if (canvas->pixels)
        cairo_surface_flush(cairo_get_target(canvas->cr));
    for (size_t i = 0; i < drawer->n_found; i++) {
        const struct outline_point *point = &geometry->points[drawer->found[i]];
        int32_t paint = view->paint_of[point->feature];
        if (paint >= 0)
            draw_circle(canvas, (point->x - canvas->origin_x) * canvas->scale,
                        (point->y - canvas->origin_y) * canvas->scale, &view->paints[paint]);
    }
    if (canvas->pixels)
        cairo_surface_mark_dirty(cairo_get_target(canvas->cr));
    drawer->flat = false;
    return true;
}

bool draw_view(struct drawer *drawer, const struct view *view)
{
    bool ok = true;
    if (view->empty)
        return true;
    switch (view->type) {
    case STYLE_BACKGROUND:
        draw_background(drawer, view);
        break;
    case STYLE_FILL:
        ok = draw_fill(drawer, view);
        break;
    case STYLE_LINE:
        ok = draw_lines(drawer, view);
        break;
    case STYLE_CIRCLE:
        ok = draw_circles(drawer, view);
        break;
    case STYLE_SYMBOL: /* always empty */
        break;
    }
    return ok && !drawer->canvas->failed;
}
