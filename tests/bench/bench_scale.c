/* bench_scale DB LAYER STYLE PER_ZOOM: random tiles of a large layer, z4 to z14,
 * each drawn (256 px) and encoded once, cold but for what a server keeps: the
 * snapshot, and a style once evaluated for a zoom. PER_ZOOM tiles a zoom, seeded,
 * in the box of Bolivia. Prints "what,features,build_ms,snapshot_mb,resident_mb,
 * tiles,p50_ms,p99_ms,most_ms,most_at,records": processor time; the last is the
 * sum of what vector tiles of z4 say they stand for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "layers/map/tile.h"
#include "layers/snapshot/snapshot_internal.h"
#include "layers/vector/mvt.h"
#include "tests/bench/bench.h"
#include "tests/support/matrix.h"

enum { ZOOM_MIN = 4, ZOOM_MAX = 14, MOST_TILES = 20000 };

struct timed {
    int z;
    int64_t x, y;
    double ms;
};

static double resident_mb(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long all = 0, resident = 0;
    if (file && fscanf(file, "%ld %ld", &all, &resident) != 2)
        resident = 0;
    if (file)
        fclose(file);
    return (double)resident * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

static size_t choose(struct timed *tiles, size_t per_zoom)
{
    uint64_t seed = 1;
    size_t n = 0;
    for (int z = ZOOM_MIN; z <= ZOOM_MAX; z++) {
        int64_t x0 = matrix_column(-69.65, z), x1 = matrix_column(-57.45, z);
        int64_t y0 = matrix_row(-9.66, z), y1 = matrix_row(-22.9, z);
        size_t all = (size_t)((x1 - x0 + 1) * (y1 - y0 + 1));
        for (size_t i = 0; i < per_zoom && n < MOST_TILES; i++) {
            struct timed tile = {.z = z};
            uint64_t at = all <= per_zoom ? i : bench_next(&seed) % all;
            if (at >= all)
                break;
            tile.x = x0 + (int64_t)(at % (uint64_t)(x1 - x0 + 1));
            tile.y = y0 + (int64_t)(at / (uint64_t)(x1 - x0 + 1));
            tiles[n++] = tile;
        }
    }
    return n;
}

static int by_time(const void *a, const void *b)
{
    const struct timed *x = a, *y = b;
    return (x->ms > y->ms) - (x->ms < y->ms);
}

static void print(const char *what, const struct snapshot *snapshot, const struct layer *layer,
                  double build_ms, struct timed *tiles, size_t n, size_t records)
{
    qsort(tiles, n, sizeof *tiles, by_time);
    const struct timed *most = &tiles[n - 1];
    printf("%s,%zu,%.0f,%.0f,%.0f,%zu,%.2f,%.2f,%.2f,%d/%lld/%lld,%zu\n", what,
           snapshot_feature_count(snapshot, layer), build_ms,
           (double)snapshot_bytes(snapshot) / 1e6, resident_mb(), n, tiles[n / 2].ms,
           tiles[n * 99 / 100].ms, most->ms, most->z, (long long)most->x, (long long)most->y,
           records);
}

static struct style *read_style(const char *path, struct err *err)
{
    static char text[65536];
    FILE *file = fopen(path, "r");
    size_t len = file ? fread(text, 1, sizeof text, file) : 0;
    if (file)
        fclose(file);
    return style_parse(text, len, err);
}

static bool encode_all(const struct snapshot *snapshot, const struct layer *layer,
                       struct timed *tiles, size_t n, struct err *err)
{
    struct mvt_encoder *encoder = mvt_encoder_new();
    struct buf out;
    bool ok = encoder != NULL;
    buf_init(&out);
    for (size_t i = 0; i < n && ok; i++) {
        struct mvt_request request = {
            .z = tiles[i].z, .x = tiles[i].x, .y = tiles[i].y, .layers = {layer}, .n_layers = 1};
        struct mvt_report report;
        buf_clear(&out);
        double started = bench_ms(CLOCK_THREAD_CPUTIME_ID);
        ok = mvt_encode(encoder, snapshot, &request, &report, &out, err);
        tiles[i].ms = bench_ms(CLOCK_THREAD_CPUTIME_ID) - started;
    }
    buf_free(&out);
    mvt_encoder_free(encoder);
    return ok;
}

/* The number of records that the features shown at a zoom stand for. */
static size_t records_at(const struct snapshot *snapshot, const struct layer *layer, int zoom)
{
    const struct geometry *geometry = snapshot_slab(snapshot, layer)->geometry;
    const struct thinned *thinned = thinning_at(geometry->thinning, zoom);
    size_t sum = 0;
    for (size_t f = 0; f < geometry->n_features; f++)
        sum += thinned ? thinned_stands_for(thinned, f) : geometry->shapes[f] != NULL;
    return sum;
}

static bool draw_all(const struct style *style, const struct snapshot *snapshot,
                     struct timed *tiles, size_t n, struct err *err)
{
    struct tile_plan *plan = tile_plan_new(style, snapshot, err);
    struct buf out;
    bool ok = plan != NULL;
    buf_init(&out);
    for (size_t i = 0; i < n && ok; i++) {
        struct tile_request request = {tiles[i].z, tiles[i].x, tiles[i].y, 256, 1};
        buf_clear(&out);
        double started = bench_ms(CLOCK_THREAD_CPUTIME_ID);
        ok = tile_png(plan, &request, &out, err);
        tiles[i].ms = bench_ms(CLOCK_THREAD_CPUTIME_ID) - started;
    }
    buf_free(&out);
    tile_plan_free(plan);
    return ok;
}

int main(int argc, char **argv)
{
    static struct timed tiles[MOST_TILES];
    struct err err = {0};
    if (argc != 5) {
        fprintf(stderr, "usage: bench_scale DB LAYER STYLE PER_ZOOM\n");
        return 2;
    }
    const struct layer *layer = layers_find(argv[2]);
    struct style *style = read_style(argv[3], &err);
    struct geo_store *store = geo_store_open(argv[1], GEO_STORE_READ, &err);
    double started = bench_ms(CLOCK_MONOTONIC);
    struct snapshot *snapshot = layer && style && store ? snapshot_build(store, NULL, &err) : NULL;
    if (snapshot)
        mvt_warm(snapshot); /* as a server does before it answers */
    double build_ms = bench_ms(CLOCK_MONOTONIC) - started;
    size_t n = choose(tiles, strtoul(argv[4], NULL, 10));
    bool ok = snapshot && encode_all(snapshot, layer, tiles, n, &err);
    if (ok)
        print("mvt", snapshot, layer, build_ms, tiles, n, records_at(snapshot, layer, ZOOM_MIN));
    n = choose(tiles, strtoul(argv[4], NULL, 10));
    ok = ok && draw_all(style, snapshot, tiles, n, &err);
    if (ok)
        print("png", snapshot, layer, build_ms, tiles, n, records_at(snapshot, layer, ZOOM_MIN));
    else
        fprintf(stderr, "bench_scale: %s\n", err.message);
    snapshot_unref(snapshot);
    geo_store_close(store);
    style_free(style);
    return ok ? 0 : 1;
}
