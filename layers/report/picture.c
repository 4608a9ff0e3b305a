/* picture.c - draws the maps of reports, with highlight, scale bar and locator. */
#include "layers/report/picture.h"

#include <cairo.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/number.h"
#include "geo/place/measure.h"
#include "layers/map/map.h"
#include "layers/report/picture_internal.h"
#include "layers/shapes/merc.h"
#include "layers/snapshot/snapshot_internal.h"

/* Size on paper of a CSS pixel, the unit of styles: a label of 9.5 px is 7 pt. */
#define PT_PER_PX 0.75
/* Zooms of municipal maps are rounded to steps, so that maps with the same zoom share
 * their views. */
#define ZOOM_STEPS 4.0
#define MAX_ZOOM 14.0

enum { ZOOMS = 100 };

struct picture {
    struct style *style;
    struct snapshot *snapshot;
    const struct slab *units;
    struct map_plan plan;
    pthread_mutex_t lock; /* of views */
    struct {
        double zoom;
        struct map_views *views;
    } made[ZOOMS];
    size_t n_made;
};

struct picture *picture_new(struct style *style, struct snapshot *snapshot, struct err *err)
{
    struct picture *picture = calloc(1, sizeof *picture);
    if (!picture)
        err_no_memory(err);
    if (!picture || !map_plan_init(&picture->plan, style, snapshot, err)) {
        style_free(style);
        free(picture);
        return NULL;
    }
    picture->style = style;
    picture->snapshot = snapshot_ref(snapshot);
    picture->units = snapshot_slab(snapshot, layers_find("municipios"));
    pthread_mutex_init(&picture->lock, NULL);
    return picture;
}

void picture_free(struct picture *picture)
{
    if (!picture)
        return;
    for (size_t i = 0; i < picture->n_made; i++)
        map_views_free(picture->made[i].views);
    map_plan_clear(&picture->plan);
    snapshot_unref(picture->snapshot);
    style_free(picture->style);
    pthread_mutex_destroy(&picture->lock);
    free(picture);
}

const struct style *picture_style(const struct picture *picture)
{
    return picture->style;
}

/* ---- where the map stands ------------------------------------------------ */

static bool in_focus(const struct picture *picture, struct picture_focus focus, size_t unit)
{
    const struct columns *columns = picture->units->columns;
    if (focus.codigo)
        return strcmp(columns->ids[unit], focus.codigo) == 0;
    if (!focus.departamento)
        return true;
    const char *name =
        columns_cell(columns, (size_t)layer_column(columns->layer, "departamento"), unit)->text;
    return name && strcmp(name, focus.departamento) == 0;
}

static struct geo_box box_of(const struct picture *picture, struct picture_focus focus)
{
    struct geo_box box = geo_box_empty();
    for (size_t u = 0; u < picture->units->columns->n_features; u++)
        if (picture->units->geometry->shapes[u] && in_focus(picture, focus, u))
            box = geo_box_join(box, picture->units->geometry->shapes[u]->box);
    return box;
}

static struct geo_box steps_of(struct geo_box box)
{
    return (struct geo_box){merc_x_of(box.min_x), merc_y_of(box.max_y), merc_x_of(box.max_x),
                            merc_y_of(box.min_y)};
}

/* False: nothing to show. stepped: round the zoom. */
static bool place(const struct picture *picture, const struct picture_request *request,
                  struct picture_focus focus, bool stepped, struct picture_place *at)
{
    struct geo_box box = box_of(picture, focus);
    if (geo_box_is_empty(box))
        return false;
    double lat = (box.min_y + box.max_y) / 2;
    box = steps_of(box);
    *at = (struct picture_place){.width_px = (int)ceil(request->width / PT_PER_PX),
                                 .height_px = (int)ceil(request->height / PT_PER_PX)};
    double margin = focus.codigo ? 0.86 : 0.95;
    double steps = fmax((box.max_x - box.min_x) / (request->width / PT_PER_PX * margin),
                        (box.max_y - box.min_y) / (request->height / PT_PER_PX * margin));
    at->zoom = fmin(log2(MERC_WORLD / 512 / steps), MAX_ZOOM);
    if (focus.codigo && stepped)
        at->zoom = floor(at->zoom * ZOOM_STEPS) / ZOOM_STEPS;
    at->zoom = fmax(at->zoom, 0);
    at->steps_per_px = MERC_WORLD / 512 / exp2(at->zoom);
    at->origin_x = (box.min_x + box.max_x) / 2 - at->width_px / 2.0 * at->steps_per_px;
    at->origin_y = (box.min_y + box.max_y) / 2 - at->height_px / 2.0 * at->steps_per_px;
    double left = merc_lon(at->origin_x), right = merc_lon(at->origin_x + at->steps_per_px);
    /* Measured over 16 pixels for accuracy; a parallel is nearly a geodesic there. */
    at->metres_per_px = geo_measure_distance(left, lat, left + (right - left) * 16, lat) / 16;
    return true;
}

static struct map_views *views_at(struct picture *picture, double zoom, struct err *err)
{
    struct map_views *views = NULL;
    pthread_mutex_lock(&picture->lock);
    for (size_t i = 0; i < picture->n_made && !views; i++)
        if (picture->made[i].zoom == zoom)
            views = picture->made[i].views;
    if (!views && picture->n_made == ZOOMS)
        err_set(err, ERR_SETUP, "demasiados mapas en un informe");
    else if (!views && (views = map_views_new(&picture->plan, zoom, err)) != NULL) {
        picture->made[picture->n_made].zoom = zoom;
        picture->made[picture->n_made++].views = views;
    }
    pthread_mutex_unlock(&picture->lock);
    return views;
}

/* ---- drawing ------------------------------------------------------------- */

static void add_unit(struct canvas *canvas, const struct geometry *geometry, size_t unit)
{
    const struct arcs *arcs = geometry->arcs;
    for (uint32_t p = geometry->feature_path[unit]; p < geometry->feature_path[unit + 1]; p++) {
        canvas_ring_begin(canvas);
        for (uint32_t r = arcs->path_first[p]; r < arcs->path_first[p + 1]; r++)
            canvas_ring_arc(canvas, geometry, arcs->refs[r]);
        canvas_ring_end(canvas);
    }
}

enum which { WITHIN, WITHOUT };

/* Adds the municipalities in focus, or the others, to the path. */
static void add_units(const struct picture *picture, struct canvas *canvas,
                      struct picture_focus focus, enum which which)
{
    const struct geometry *geometry = picture->units->geometry;
    for (size_t u = 0; u < picture->units->columns->n_features; u++)
        if (geometry->shapes[u] && in_focus(picture, focus, u) == (which == WITHIN) &&
            geometry->boxes[u].max_x >= canvas->clip.min_x &&
            geometry->boxes[u].min_x <= canvas->clip.max_x &&
            geometry->boxes[u].max_y >= canvas->clip.min_y &&
            geometry->boxes[u].min_y <= canvas->clip.max_y)
            add_unit(canvas, geometry, u);
}

/* Veils what is not in focus; draws the focus' border. */
static void put_veil(const struct picture *picture, struct canvas *canvas,
                     struct picture_focus focus, bool clear)
{
    cairo_t *cr = canvas->cr;
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    add_units(picture, canvas, focus, WITHOUT);
    cairo_set_source_rgba(cr, clear ? 1 : 0.965, clear ? 1 : 0.965, clear ? 1 : 0.955,
                          clear ? 1 : 0.72);
    cairo_fill(cr);
    if (clear)
        return;
    double rgb[3];
    pen_color_of(PEN_DEEP, rgb);
    cairo_save(cr);
    if (!focus.codigo) { /* only the outer border, not those within it */
        cairo_rectangle(cr, 0, 0, canvas->width_px, canvas->height_px);
        add_units(picture, canvas, focus, WITHIN);
        cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
        cairo_clip(cr);
    }
    add_units(picture, canvas, focus, WITHIN);
    cairo_set_source_rgb(cr, rgb[0], rgb[1], rgb[2]);
    cairo_set_line_width(cr, focus.codigo ? 1.8 : 3);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void put_note(struct pen *pen, const struct picture_request *request)
{
    if (!request->warning || !request->warning[0])
        return;
    double width = pen_text_width(pen, PEN_SMALL, request->warning) + 8;
    cairo_t *cr = pen_cairo(pen);
    cairo_set_source_rgba(cr, 1, 1, 1, 0.85);
    cairo_rectangle(cr, request->x + request->width - width, request->y + request->height - 11,
                    width, 11);
    cairo_fill(cr);
    pen_text(pen, PEN_SMALL, PEN_BLACK, request->x + request->width - 4,
             request->y + request->height - 3, 1, 0, request->warning);
}

static void put_scale_bar(struct pen *pen, const struct picture_request *request,
                          const struct picture_place *at)
{
    char text[64];
    double metres_per_pt = at->metres_per_px / PT_PER_PX;
    double most = request->width * 0.22 * metres_per_pt, power = pow(10, floor(log10(most)));
    double length = power * (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1);
    double bar = length / metres_per_pt, x = request->x + 8, y = request->y + request->height - 9;
    number_text(text, sizeof text, length >= 1000 ? length / 1000 : length, 0);
    snprintf(text + strlen(text), sizeof text - strlen(text), length >= 1000 ? " km" : " m");
    cairo_t *cr = pen_cairo(pen);
    cairo_set_source_rgba(cr, 1, 1, 1, 0.8);
    cairo_rectangle(cr, x - 4, y - 11, fmax(bar, pen_text_width(pen, PEN_SMALL, text)) + 8, 16);
    cairo_fill(cr);
    pen_text(pen, PEN_SMALL, PEN_BLACK, x, y - 3.5, 0, 0, text);
    pen_rect(pen, PEN_BLACK, x, y, bar / 2, 2.4);
    cairo_rectangle(cr, x + 0.25, y + 0.25, bar - 0.5, 1.9);
    cairo_set_line_width(cr, 0.5);
    cairo_stroke(cr);
}

static struct canvas canvas_on(cairo_t *cr, const struct picture_place *at)
{
    return (struct canvas){
        .cr = cr, .pixel_ratio = 1, .width_px = at->width_px, .height_px = at->height_px};
}

static void put_frame(struct pen *pen, const struct picture_request *request)
{
    cairo_t *cr = pen_cairo(pen);
    cairo_rectangle(cr, request->x, request->y, request->width, request->height);
    pen_set_color(pen, PEN_RULE);
    cairo_set_line_width(cr, 0.6);
    cairo_stroke(cr);
}

bool picture_draw(struct picture *picture, struct pen *pen, const struct picture_request *request,
                  struct err *err)
{
    cairo_t *cr = pen_cairo(pen);
    struct picture_place at;
    if (!place(picture, request, request->focus, true, &at)) {
        pen_rect(pen, PEN_PALE, request->x, request->y, request->width, request->height);
        pen_text(pen, PEN_CHART, PEN_GREY, request->x + request->width / 2,
                 request->y + request->height / 2, 0.5, request->width, "Sin límites que mostrar");
        return true;
    }
    const struct map_views *views = views_at(picture, at.zoom, err);
    struct drawer *drawer = views ? drawer_new() : NULL;
    if (!drawer)
        return views ? err_no_memory(err) : false;
    struct canvas canvas = canvas_on(cr, &at);
    cairo_save(cr);
    cairo_rectangle(cr, request->x, request->y, request->width, request->height);
    cairo_clip(cr);
    cairo_translate(cr, request->x, request->y);
    cairo_scale(cr, PT_PER_PX, PT_PER_PX);
    bool ok = map_draw(drawer, &canvas, views, at.origin_x, at.origin_y, at.steps_per_px, err);
    drawer_finish(drawer);
    if (ok && (request->focus.codigo || request->focus.departamento)) {
        canvas_place(&canvas, at.origin_x, at.origin_y, at.steps_per_px, 4);
        put_veil(picture, &canvas, request->focus, request->clear);
    }
    cairo_restore(cr);
    canvas_free(&canvas);
    drawer_free(drawer);
    if (request->scale_bar)
        put_scale_bar(pen, request, &at);
    put_note(pen, request);
    if (request->frame)
        put_frame(pen, request);
    return ok;
}

/* Fills the municipalities in focus with a colour, without gaps at their common borders. */
static void put_tone(const struct picture *picture, struct canvas *canvas,
                     struct picture_focus focus, enum pen_color color)
{
    double rgb[3];
    pen_color_of(color, rgb);
    cairo_set_line_width(canvas->cr, 0.4);
    cairo_set_line_join(canvas->cr, CAIRO_LINE_JOIN_ROUND);
    add_units(picture, canvas, focus, WITHIN);
    cairo_set_source_rgb(canvas->cr, rgb[0], rgb[1], rgb[2]);
    cairo_fill_preserve(canvas->cr);
    cairo_stroke(canvas->cr);
}

/* Cached: country and department are the same on many sheets. */
static cairo_surface_t *locator_ground(const struct picture *picture, struct pen *pen,
                                       const struct picture_request *request,
                                       const struct picture_place *at)
{
    char name[96];
    const char *department = request->focus.departamento;
    snprintf(name, sizeof name, "%.60s %dx%d", department ? department : "", at->width_px,
             at->height_px);
    cairo_surface_t *shared = pen_shared(pen, name);
    if (shared)
        return shared;
    const cairo_rectangle_t extents = {0, 0, at->width_px, at->height_px};
    shared = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    cairo_t *cr = cairo_create(shared);
    struct canvas canvas = canvas_on(cr, at);
    canvas_place(&canvas, at->origin_x, at->origin_y, at->steps_per_px, 4);
    put_tone(picture, &canvas, (struct picture_focus){0}, PEN_RULE);
    if (department)
        put_tone(picture, &canvas, (struct picture_focus){.departamento = department}, PEN_SKY);
    canvas_free(&canvas);
    cairo_destroy(cr);
    pen_keep_shared(pen, name, shared);
    return shared;
}

/* A ring around a small municipality makes it visible. */
static void put_ring(const struct picture *picture, struct pen *pen, const struct picture_place *at,
                     struct picture_focus focus)
{
    cairo_t *cr = pen_cairo(pen);
    struct geo_box box = box_of(picture, focus);
    if (geo_box_is_empty(box))
        return;
    box = steps_of(box);
    double x = ((box.min_x + box.max_x) / 2 - at->origin_x) / at->steps_per_px;
    double y = ((box.min_y + box.max_y) / 2 - at->origin_y) / at->steps_per_px;
    double radius = hypot(box.max_x - box.min_x, box.max_y - box.min_y) / 2 / at->steps_per_px;
    if (radius >= 14)
        return;
    cairo_new_sub_path(cr);
    cairo_arc(cr, x, y, fmax(radius + 3, 7), 0, 2 * MERC_PI);
    pen_set_color(pen, PEN_OCHRE);
    cairo_set_line_width(cr, 1.3);
    cairo_stroke(cr);
}

bool picture_locator(struct picture *picture, struct pen *pen,
                     const struct picture_request *request, struct err *err)
{
    const struct picture_focus unit = {.codigo = request->focus.codigo};
    cairo_t *cr = pen_cairo(pen);
    struct picture_place at;
    if (!place(picture, request, (struct picture_focus){0}, false, &at))
        return true;
    cairo_surface_t *ground = locator_ground(picture, pen, request, &at);
    cairo_save(cr);
    cairo_translate(cr, request->x, request->y);
    cairo_scale(cr, PT_PER_PX, PT_PER_PX);
    cairo_set_source_surface(cr, ground, 0, 0);
    cairo_paint(cr);
    struct canvas canvas = canvas_on(cr, &at);
    canvas_place(&canvas, at.origin_x, at.origin_y, at.steps_per_px, 4);
    if (unit.codigo) {
        put_tone(picture, &canvas, unit, PEN_DEEP);
        put_ring(picture, pen, &at, unit);
    }
    bool ok = !canvas.failed || err_no_memory(err);
    cairo_restore(cr);
    canvas_free(&canvas);
    return ok;
}

bool picture_place_of(const struct picture *picture, const struct picture_request *request,
                      struct picture_place *at)
{
    return place(picture, request, request->focus, true, at);
}
