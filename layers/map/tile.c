/* tile.c - draws one tile of a style: plan, views of each zoom, encoding. */
#include "layers/map/tile.h"

#include <cairo.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "layers/map/map.h"
#include "layers/map/painters.h"
#include "layers/map/tools.h"
#include "layers/paint/webp.h"

/* Tiles have whole zooms of the style engine: -1 (256 px, z 0) .. 22. */
enum { N_ZOOMS = TILE_MAX_ZOOM + 2 };

struct tile_plan {
    const struct style *style;
    struct map_plan map;
    struct painters *painters;
    _Atomic(struct map_views *) views[N_ZOOMS];
    pthread_mutex_t building; /* one thread evaluates a zoom, the others wait */
};

struct tile_plan *tile_plan_new(const struct style *style, const struct snapshot *snapshot,
                                struct err *err)
{
    struct tile_plan *plan = calloc(1, sizeof *plan);
    if (!plan) {
        err_no_memory(err);
        return NULL;
    }
    plan->painters = tools_painters(snapshot, err);
    if (!plan->painters || !map_plan_init(&plan->map, style, snapshot, err)) {
        free(plan);
        return NULL;
    }
    plan->style = style;
    for (int i = 0; i < N_ZOOMS; i++)
        atomic_init(&plan->views[i], NULL);
    pthread_mutex_init(&plan->building, NULL);
    return plan;
}

void tile_plan_free(struct tile_plan *plan)
{
    if (!plan)
        return;
    for (int i = 0; i < N_ZOOMS; i++)
        map_views_free(atomic_load(&plan->views[i]));
    map_plan_clear(&plan->map);
    pthread_mutex_destroy(&plan->building);
    free(plan);
}

/* Cached in the plan, which is const to its callers. */
static const struct map_views *views_at(struct tile_plan *plan, int zoom, struct err *err)
{
    _Atomic(struct map_views *) *slot = &plan->views[zoom + 1];
    struct map_views *views = atomic_load_explicit(slot, memory_order_acquire);
    if (views)
        return views;
    pthread_mutex_lock(&plan->building);
    views = atomic_load_explicit(slot, memory_order_acquire);
    if (!views) {
        views = map_views_new(&plan->map, zoom, err);
        atomic_store_explicit(slot, views, memory_order_release);
    }
    pthread_mutex_unlock(&plan->building);
    return views;
}

static bool paint(struct painter *painter, const struct map_views *views,
                  const struct tile_request *request, struct err *err)
{
    struct canvas *canvas = &painter->canvas;
    double width_steps = ldexp(1, 32 - request->z);
    cairo_t *cr = cairo_create(painter->surface);
    canvas->cr = cr;
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_GOOD);
    canvas->pixel_ratio = request->scale;
    canvas->width_px = canvas->height_px = painter->side_px;
    canvas->pixels = (uint32_t *)(void *)cairo_image_surface_get_data(painter->surface);
    canvas->stride = cairo_image_surface_get_stride(painter->surface) / 4;
    bool ok = map_draw(
        painter->drawer, canvas, views, ldexp(-1, 31) + (double)request->x * width_steps,
        ldexp(-1, 31) + (double)request->y * width_steps, width_steps / painter->side_px, err);
    cairo_surface_flush(painter->surface);
    ok = ok && (cairo_status(cr) == CAIRO_STATUS_SUCCESS || err_no_memory(err));
    cairo_destroy(cr);
    return ok;
}

/* If all pixels are equal, one row is encoded repeatedly. */
static bool encode_webp(struct painter *painter, bool one_color, uint32_t pixel, struct buf *out,
                        struct err *err)
{
    int side = painter->side_px;
    if (!one_color)
        return webp_encode(painter->canvas.pixels, side, side, painter->canvas.stride,
                           painter->opaque, out, err);
    uint32_t *row = malloc((size_t)side * sizeof *row);
    if (!row)
        return err_no_memory(err);
    for (int x = 0; x < side; x++)
        row[x] = pixel;
    bool ok = webp_encode(row, side, side, 0, painter->opaque, out, err);
    free(row);
    return ok;
}

static bool encode(struct painter *painter, enum tile_format format, struct buf *out,
                   struct err *err)
{
    uint32_t pixel;
    int side = painter->side_px;
    bool one_color = drawer_one_color(painter->drawer, &pixel);
    if (format == TILE_WEBP)
        return encode_webp(painter, one_color, pixel, out, err);
    if (one_color)
        return png_encode_one_color(painter->encoder, pixel, side, side, painter->opaque, out, err);
    return png_encode(painter->encoder, painter->canvas.pixels, side, side, painter->canvas.stride,
                      painter->opaque, out, err);
}

static bool check(const struct tile_request *request, struct err *err)
{
    if (request->z < 0 || request->z > TILE_MAX_ZOOM)
        return err_set(err, ERR_NOT_FOUND, "no hay teselas del nivel %d; hay de 0 a %d", request->z,
                       TILE_MAX_ZOOM);
    int64_t side = (int64_t)1 << request->z;
    if (request->x < 0 || request->x >= side || request->y < 0 || request->y >= side)
        return err_set(err, ERR_NOT_FOUND, "no hay una tesela %d/%lld/%lld: x e y van de 0 a %lld",
                       request->z, (long long)request->x, (long long)request->y,
                       (long long)side - 1);
    if ((request->size_px != 256 && request->size_px != 512) || request->scale < 1 ||
        request->scale > 2)
        return err_set(err, ERR_INPUT, "las teselas son de 256 o 512 px, a escala 1 o 2");
    return true;
}

bool tile_png(const struct tile_plan *plan, const struct tile_request *request, struct buf *out,
              struct err *err)
{
    return tile_picture(plan, request, TILE_PNG, out, err);
}

bool tile_picture(const struct tile_plan *plan_, const struct tile_request *request,
                  enum tile_format format, struct buf *out, struct err *err)
{
    struct tile_plan *plan = (struct tile_plan *)(uintptr_t)plan_;
    if (!check(request, err))
        return false;
    const struct map_views *views =
        views_at(plan, request->size_px == 512 ? request->z : request->z - 1, err);
    struct painter *painter = views ? painters_take(plan->painters, err) : NULL;
    if (!painter)
        return false;
    bool ok = painter_prepare(painter, request->size_px * request->scale, views->opaque, err) &&
              paint(painter, views, request, err);
    if (ok)
        ok = encode(painter, format, out, err);
    painters_rest(plan->painters, painter);
    return ok || err_wrap(err, "tesela %d/%lld/%lld", request->z, (long long)request->x,
                          (long long)request->y);
}
