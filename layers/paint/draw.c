/* draw.c - draws views of each kind of style layer on a canvas. */
#include "layers/paint/draw.h"

#include <math.h>
#include <stdlib.h>

#include "layers/paint/discs.h"
#include "layers/paint/draw_internal.h"

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
        drawer_set_color(cr, view->paints[0].color);
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
    drawer_set_color(cr, paint->color);
    cairo_fill(cr);
    if (rim > 0) {
        cairo_new_sub_path(cr);
        cairo_arc(cr, x, y, radius + rim / 2, 0, 2 * acos(-1));
        drawer_set_color(cr, paint->stroke);
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
    if (!drawer_find(drawer, geometry, DRAWER_POINTS) ||
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
