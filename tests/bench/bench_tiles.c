/* bench_tiles DB STYLE TILES OUT TIMES ROUNDS: draws the tiles listed in the file
 * TILES ("z x y" a line) in one thread, once to warm up and then ROUNDS times;
 * writes each picture to OUT/z-x-y.png and "z x y ms wall bytes" to TIMES:
 * processor time and the clock's, each the shortest round. What is kept from tile to tile is what a
 * server keeps: the snapshot, and the style evaluated once a zoom. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/buf.h"
#include "layers/map/tile.h"
#include "tests/bench/bench.h"

struct timed {
    struct tile_request tile;
    double cpu_ms, wall_ms;
    size_t bytes;
};

static bool read_file(const char *path, struct buf *out, struct err *err)
{
    FILE *file = fopen(path, "rb");
    char part[65536];
    size_t n;
    if (!file)
        return err_set(err, ERR_SETUP, "%s: cannot be read", path);
    while ((n = fread(part, 1, sizeof part, file)) > 0)
        buf_put(out, part, n);
    fclose(file);
    return buf_failed(out) ? err_no_memory(err) : true;
}

static struct timed *read_tiles(const char *path, size_t *n)
{
    FILE *file = fopen(path, "r");
    struct timed *tiles = NULL;
    size_t cap = 0;
    int z;
    long long x, y;
    *n = 0;
    while (file && fscanf(file, "%d %lld %lld", &z, &x, &y) == 3) {
        if (*n == cap) {
            cap = cap ? 2 * cap : 256;
            struct timed *more = realloc(tiles, cap * sizeof *tiles);
            if (!more)
                break;
            tiles = more;
        }
        tiles[(*n)++] = (struct timed){{z, x, y, 256, 1}, DBL_MAX, DBL_MAX, 0};
    }
    if (file)
        fclose(file);
    return tiles;
}

static bool write_tile(const char *dir, const struct timed *timed, const struct buf *png)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%d-%lld-%lld.png", dir, timed->tile.z, (long long)timed->tile.x,
             (long long)timed->tile.y);
    FILE *file = fopen(path, "wb");
    bool ok = file && fwrite(png->data, 1, png->len, file) == png->len;
    return file && fclose(file) == 0 && ok;
}

static bool draw_all(const struct tile_plan *plan, struct timed *tiles, size_t n, const char *dir,
                     struct err *err)
{
    struct buf png;
    buf_init(&png);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        png.len = 0;
        double wall = bench_ms(CLOCK_MONOTONIC), cpu = bench_ms(CLOCK_THREAD_CPUTIME_ID);
        ok = tile_png(plan, &tiles[i].tile, &png, err);
        cpu = bench_ms(CLOCK_THREAD_CPUTIME_ID) - cpu;
        wall = bench_ms(CLOCK_MONOTONIC) - wall;
        if (ok && dir && !write_tile(dir, &tiles[i], &png))
            ok = err_set(err, ERR_SETUP, "%s: cannot be written", dir);
        if (!dir) {
            tiles[i].cpu_ms = fmin(tiles[i].cpu_ms, cpu);
            tiles[i].wall_ms = fmin(tiles[i].wall_ms, wall);
        }
        tiles[i].bytes = png.len;
    }
    buf_free(&png);
    return ok;
}

static bool write_times(const char *path, const struct timed *tiles, size_t n)
{
    FILE *file = fopen(path, "w");
    for (size_t i = 0; file && i < n; i++)
        fprintf(file, "%d %lld %lld %.6f %.6f %zu\n", tiles[i].tile.z, (long long)tiles[i].tile.x,
                (long long)tiles[i].tile.y, tiles[i].cpu_ms, tiles[i].wall_ms, tiles[i].bytes);
    return file && fclose(file) == 0;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct buf json;
    size_t n = 0;
    bool ok = false;
    if (argc != 7) {
        fprintf(stderr, "usage: bench_tiles DB STYLE TILES OUT TIMES ROUNDS\n");
        return 2;
    }
    buf_init(&json);
    struct timed *tiles = read_tiles(argv[3], &n);
    struct geo_store *store = geo_store_open(argv[1], GEO_STORE_READ, &err);
    struct snapshot *snapshot = store ? snapshot_build(store, NULL, &err) : NULL;
    struct style *style = NULL;
    struct tile_plan *plan = NULL;
    if (snapshot && n > 0 && read_file(argv[2], &json, &err))
        style = style_parse(json.data, json.len, &err);
    if (style)
        plan = tile_plan_new(style, snapshot, &err);
    ok = plan && draw_all(plan, tiles, n, argv[4], &err);
    for (long round = strtol(argv[6], NULL, 10); ok && round > 0; round--)
        ok = draw_all(plan, tiles, n, NULL, &err);
    ok = ok && write_times(argv[5], tiles, n);
    if (!ok)
        fprintf(stderr, "bench_tiles: %s\n", err.message);
    tile_plan_free(plan);
    style_free(style);
    snapshot_unref(snapshot);
    geo_store_close(store);
    free(tiles);
    buf_free(&json);
    return ok ? 0 : 1;
}
