/* draw_lines.c - draws lines, and the borders of polygons. */
#include <math.h>
#include <string.h>

#include "geo/base/array.h"
#include "layers/paint/draw_internal.h"
#include "layers/paint/sideways.h"

static bool drawn(const struct view *view, int32_t path)
{
    return path >= 0 && view->paint_of[view->geometry->paths[path].feature] >= 0;
}

/* The paint of an arc: of the drawn feature among those on both sides. */
static int32_t arc_paint(const struct view *view, uint32_t arc)
{
    const struct arc *a = &view->geometry->arcs->arcs[arc];
    if (!border_is(view->borders, view->geometry, view->border_columns, arc))
        return -1;
    int32_t path = drawn(view, a->left) ? a->left : drawn(view, a->right) ? a->right : -1;
    return path < 0 ? -1 : view->paint_of[view->geometry->paths[path].feature];
}

/* Up to this width round joins and caps cannot be told from mitres. */
#define THIN_PX 2.0

/* The width that gives the same amount of colour as MapLibre's line shader. Its coverage
 * at a distance from the line is half the width + 1/2 - distance, from 0 to 1 (device
 * pixels). So a line of less than a pixel gets (w/2 + 1/2)^2 instead of w. */
static double colored_width(double width_px)
{
    return width_px >= 1 ? width_px : (width_px + 1) * (width_px + 1) / 4;
}

static void thin_lines(struct drawer *drawer, const struct view *view, int32_t k)
{
    struct canvas *canvas = drawer->canvas;
    struct raster_picture picture = drawer_picture(drawer);
    double width = colored_width(view->paints[k].size_px * canvas->pixel_ratio);
    drawer_pixels_begin(drawer);
    raster_lines_begin(canvas->raster);
    for (size_t i = 0; i < drawer->n_found; i++)
        if (arc_paint(view, drawer->found[i]) == k)
            canvas_thin(canvas, view->geometry, drawer->found[i], width);
    if (raster_lines_any(canvas->raster)) {
        drawer_finish(drawer);
        raster_lines_paint(canvas->raster, &picture, view->paints[k].color);
    }
    drawer_pixels_end(drawer);
}

/* Sets cairo's line style for a paint, as in MapLibre: dashes only have round caps, and a
 * mitre of more than twice the width is cut. */
static void set_pen(const struct canvas *canvas, const struct view *view,
                    const struct view_paint *paint, struct canvas_dashes *dashes)
{
    const struct view_line *line = &view->lines[paint->line];
    cairo_t *cr = canvas->cr;
    double unit = paint->dash_px * canvas->pixel_ratio, sum = 0;
    dashes->n = (int)(line->n_dashes < CANVAS_DASHES ? line->n_dashes : CANVAS_DASHES);
    dashes->begin_px = line->begin * unit;
    for (int i = 0; i < dashes->n; i++)
        sum += dashes->px[i] = line->dashes[i] * unit;
    if (!(sum > 0))
        dashes->n = 0; /* cairo refuses dashes that are all zero */
    bool square = strcmp(line->cap, "square") == 0 && !dashes->n;
    cairo_set_line_cap(cr, strcmp(line->cap, "round") == 0 ? CAIRO_LINE_CAP_ROUND
                           : square                        ? CAIRO_LINE_CAP_SQUARE
                                                           : CAIRO_LINE_CAP_BUTT);
    cairo_set_miter_limit(cr, 2);
    cairo_set_line_join(cr, strcmp(line->join, "round") == 0   ? CAIRO_LINE_JOIN_ROUND
                            : strcmp(line->join, "bevel") == 0 ? CAIRO_LINE_JOIN_BEVEL
                                                               : CAIRO_LINE_JOIN_MITER);
    cairo_set_line_width(cr, paint->size_px * canvas->pixel_ratio);
    drawer_set_color(cr, paint->color);
}

/* Draws every arc once, however many polygons share it. */
static bool draw_shared(struct drawer *drawer, const struct view *view)
{
    struct canvas *canvas = drawer->canvas;
    const struct geometry *geometry = view->geometry;
    if (!drawer_find(drawer, geometry, DRAWER_ARCS))
        return false;
    for (size_t k = 0; k < view->n_paints && drawer->n_found > 0; k++) {
        const struct view_paint *paint = &view->paints[k];
        double width = paint->size_px * canvas->pixel_ratio;
        struct canvas_dashes dashes;
        if (paint->offset_px != 0)
            continue;
        if (canvas->raster && width <= THIN_PX && view->lines[paint->line].n_dashes == 0) {
            thin_lines(drawer, view, (int32_t)k);
            continue;
        }
        drawer_finish(drawer);
        set_pen(canvas, view, paint, &dashes);
        for (size_t i = 0; i < drawer->n_found; i++) {
            if (arc_paint(view, drawer->found[i]) != (int32_t)k)
                continue;
            if (dashes.n)
                canvas_dashed(canvas, geometry, drawer->found[i], &dashes);
            else
                canvas_line(canvas, geometry, drawer->found[i]);
        }
        if (!dashes.n)
            cairo_stroke(canvas->cr);
    }
    drawer->flat &= drawer->n_found == 0;
    return true;
}

/* ---- line-offset ----------------------------------------------------------- */

/* Collects the positions of a path in device pixels; a ring without its closing one. */
static bool gather_path(struct drawer *drawer, const struct geometry *geometry, uint32_t path,
                        size_t *n)
{
    const struct canvas *canvas = drawer->canvas;
    const struct arcs *arcs = geometry->arcs;
    *n = 0;
    for (uint32_t r = arcs->path_first[path]; r < arcs->path_first[path + 1]; r++) {
        int32_t ref = arcs->refs[r];
        uint32_t count;
        const struct arc_xy *xy =
            geometry_arc(geometry, canvas->level, (uint32_t)(ref < 0 ? ~ref : ref), &count);
        if (!array_reserve(drawer->ring, drawer->cap_ring, 2 * (*n + count)))
            return false;
        /* The first position of an arc is the last one of the arc before. */
        for (uint32_t i = r == arcs->path_first[path] ? 0 : 1; i < count; i++) {
            const struct arc_xy *at = ref < 0 ? &xy[count - 1 - i] : &xy[i];
            drawer->ring[2 * *n] = (at->x - canvas->origin_x) * canvas->scale;
            drawer->ring[2 * (*n)++ + 1] = (at->y - canvas->origin_y) * canvas->scale;
        }
    }
    if (geometry->paths[path].ring && *n > 1)
        --*n;
    return true;
}

/* With an offset every path gets its own line: what two polygons share becomes two lines. */
static bool offset_path(struct drawer *drawer, const struct view *view, uint32_t path,
                        const struct view_paint *paint, const struct canvas_dashes *dashes)
{
    struct canvas *canvas = drawer->canvas;
    bool ring = view->geometry->paths[path].ring;
    size_t n;
    if (!gather_path(drawer, view->geometry, path, &n) ||
        !array_reserve(drawer->aside, drawer->cap_aside, 2 * SIDEWAYS_ROOM(n)))
        return false;
    /* The inside of polygon rings is on the right, so an inset goes there. */
    double by = paint->offset_px * canvas->pixel_ratio;
    n = sideways(drawer->ring, n, ring, by, drawer->aside);
    double length = 0;
    bool open = false;
    for (size_t i = 1; i < n + (ring && n > 2 ? 1 : 0); i++) {
        const double *from = drawer->aside + 2 * (i - 1), *to = drawer->aside + 2 * (i % n);
        double a[2] = {from[0], from[1]}, b[2] = {to[0], to[1]};
        bool in = canvas_cut_segment(canvas, &a[0], &a[1], &b[0], &b[1]);
        if (open && (!in || a[0] != from[0] || a[1] != from[1])) {
            cairo_stroke(canvas->cr);
            open = false;
        }
        if (in && !open) {
            if (dashes->n)
                cairo_set_dash(canvas->cr, dashes->px, dashes->n,
                               dashes->begin_px + length + hypot(a[0] - from[0], a[1] - from[1]));
            cairo_move_to(canvas->cr, a[0], a[1]);
            open = true;
        }
        if (in)
            cairo_line_to(canvas->cr, b[0], b[1]);
        length += hypot(to[0] - from[0], to[1] - from[1]);
    }
    if (open)
        cairo_stroke(canvas->cr);
    cairo_set_dash(canvas->cr, NULL, 0, 0);
    return true;
}

static bool draw_offset(struct drawer *drawer, const struct view *view)
{
    const struct geometry *geometry = view->geometry;
    struct canvas *canvas = drawer->canvas;
    if (!drawer_find(drawer, geometry, DRAWER_FEATURES))
        return false;
    for (size_t i = 0; i < drawer->n_found; i++) {
        uint32_t feature = drawer->found[i];
        int32_t k = view->paint_of[feature];
        if (k < 0 || view->paints[k].offset_px == 0)
            continue;
        struct canvas_dashes dashes;
        drawer_finish(drawer);
        drawer->flat = false;
        set_pen(canvas, view, &view->paints[k], &dashes);
        for (uint32_t p = geometry->feature_path[feature]; p < geometry->feature_path[feature + 1];
             p++)
            if (!offset_path(drawer, view, p, &view->paints[k], &dashes))
                return false;
    }
    return true;
}

bool draw_lines(struct drawer *drawer, const struct view *view)
{
    bool aside = false;
    for (size_t k = 0; k < view->n_paints; k++)
        aside |= view->paints[k].offset_px != 0;
    return draw_shared(drawer, view) && (!aside || draw_offset(drawer, view));
}
