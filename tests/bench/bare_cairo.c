/* bare_cairo DB TILES: what cairo alone takes for the same tiles: municipalities
 * simplified and clipped as sigg does, filled one by one in four colours, then
 * each border stroked once, 0.6 px; and what sigg's encoder takes for the
 * pictures. Prints mean processor time, the least of five rounds a tile, as
 * "fill stroke fill-fast stroke-fast encode" ms; fast: CAIRO_ANTIALIAS_FAST. */
#include <cairo.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "layers/paint/canvas.h"
#include "layers/paint/png.h"
#include "layers/snapshot/snapshot_internal.h"

enum { SIDE = 256, ROUNDS = 5 };
enum { FILL, STROKE, FILL_FAST, STROKE_FAST, ENCODE, N_PARTS };

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static bool meets(const struct canvas_clip *clip, const struct arc_box *box)
{
    return box->max_x >= clip->min_x && box->min_x <= clip->max_x && box->max_y >= clip->min_y &&
           box->min_y <= clip->max_y;
}

static void fill_all(struct canvas *canvas, const struct geometry *geometry)
{
    static const double colors[4][3] = {
        {0.99, 0.98, 0.97}, {0.84, 0.93, 0.69}, {0.53, 0.80, 0.51}, {0.19, 0.64, 0.33}};
    const struct arcs *arcs = geometry->arcs;
    for (size_t f = 0; f < geometry->n_features; f++) {
        if (!meets(&canvas->clip, &geometry->boxes[f]))
            continue;
        for (uint32_t p = geometry->feature_path[f]; p < geometry->feature_path[f + 1]; p++) {
            canvas_ring_begin(canvas);
            for (uint32_t r = arcs->path_first[p]; r < arcs->path_first[p + 1]; r++)
                canvas_ring_arc(canvas, geometry, arcs->refs[r]);
            canvas_ring_end(canvas);
        }
        cairo_set_source_rgb(canvas->cr, colors[f % 4][0], colors[f % 4][1], colors[f % 4][2]);
        cairo_fill(canvas->cr);
    }
}

static void stroke_all(struct canvas *canvas, const struct geometry *geometry)
{
    cairo_set_source_rgb(canvas->cr, 0.44, 0.43, 0.4);
    cairo_set_line_width(canvas->cr, 0.6);
    cairo_set_line_join(canvas->cr, CAIRO_LINE_JOIN_BEVEL);
    for (uint32_t a = 0; a < geometry->arcs->n_arcs; a++)
        if (meets(&canvas->clip, &geometry->arcs->arcs[a].box))
            canvas_line(canvas, geometry, a);
    cairo_stroke(canvas->cr);
}

static bool one_tile(struct canvas *canvas, const struct geometry *geometry,
                     struct png_encoder *encoder, double ms[N_PARTS], struct err *err)
{
    struct buf png;
    bool ok = true;
    for (int way = 0; way < 2; way++) {
        cairo_set_antialias(canvas->cr, way ? CAIRO_ANTIALIAS_FAST : CAIRO_ANTIALIAS_DEFAULT);
        cairo_set_source_rgb(canvas->cr, 1, 1, 1);
        cairo_paint(canvas->cr);
        double started = now_ms();
        fill_all(canvas, geometry);
        double filled = now_ms();
        stroke_all(canvas, geometry);
        double stroked = now_ms();
        ms[2 * way + FILL] = fmin(ms[2 * way + FILL], filled - started);
        ms[2 * way + STROKE] = fmin(ms[2 * way + STROKE], stroked - filled);
    }
    buf_init(&png);
    cairo_surface_flush(cairo_get_target(canvas->cr));
    double started = now_ms();
    ok = png_encode(encoder, canvas->pixels, SIDE, SIDE, canvas->stride, true, &png, err);
    ms[ENCODE] = fmin(ms[ENCODE], now_ms() - started);
    buf_free(&png);
    return ok;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    FILE *tiles = argc == 3 ? fopen(argv[2], "r") : NULL;
    struct geo_store *store = tiles ? geo_store_open(argv[1], GEO_STORE_READ, &err) : NULL;
    struct snapshot *snapshot = store ? snapshot_build(store, NULL, &err) : NULL;
    struct png_encoder *encoder = snapshot ? png_encoder_new(&err) : NULL;
    if (!encoder) {
        fprintf(stderr, "usage: bare_cairo DB TILES\n%s\n", err.message);
        return 2;
    }
    const struct geometry *geometry = snapshot_slab(snapshot, layers_find("municipios"))->geometry;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
    struct canvas canvas = {.cr = cairo_create(surface),
                            .pixel_ratio = 1,
                            .width_px = SIDE,
                            .height_px = SIDE,
                            .pixels = (uint32_t *)(void *)cairo_image_surface_get_data(surface),
                            .stride = cairo_image_surface_get_stride(surface) / 4};
    double sum[N_PARTS] = {0};
    int z, x, y;
    size_t n = 0;
    bool ok = true;
    for (; ok && fscanf(tiles, "%d %d %d", &z, &x, &y) == 3; n++) {
        double width = ldexp(1, 32 - z),
               ms[N_PARTS] = {DBL_MAX, DBL_MAX, DBL_MAX, DBL_MAX, DBL_MAX};
        canvas_place(&canvas, ldexp(-1, 31) + x * width, ldexp(-1, 31) + y * width, width / SIDE,
                     3);
        for (int round = 0; ok && round < ROUNDS; round++)
            ok = one_tile(&canvas, geometry, encoder, ms, &err);
        for (int part = 0; part < N_PARTS; part++)
            sum[part] += ms[part];
    }
    for (int part = 0; ok && part < N_PARTS; part++)
        printf("%.4f%c", sum[part] / (double)(n ? n : 1), part + 1 < N_PARTS ? ' ' : '\n');
    cairo_destroy(canvas.cr);
    cairo_surface_destroy(surface);
    canvas_free(&canvas);
    png_encoder_free(encoder);
    snapshot_unref(snapshot);
    geo_store_close(store);
    fclose(tiles);
    return ok && n > 0 ? 0 : 1;
}
