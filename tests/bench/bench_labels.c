/* bench_labels DB [STYLE]: what names cost. Draws the same cold tiles of a style with and
 * without its symbol layers, in one thread, after the labels of their zooms were placed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "layers/map/tile.h"

enum { TILES = 638, ROUNDS = 15 };

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Random tiles over Bolivia at z5 to z12, always the same. */
static struct tile_request tile_at(int i)
{
    srand48(i + 1);
    int z = 5 + i % 8;
    double lon = -69.6 + drand48() * 12.1, lat = -22.9 + drand48() * 13.2, n = ldexp(1, z);
    return (struct tile_request){
        z, (int64_t)((lon + 180) / 360 * n),
        (int64_t)((1 - asinh(tan(lat * acos(-1) / 180)) / acos(-1)) / 2 * n), 256, 1};
}

/* Makes the document's symbol layers invisible. */
static char *without_symbols(const char *json, size_t len)
{
    char *copy = calloc(1, len * 2 + 1);
    strncpy(copy, json, len);
    for (char *at = copy; (at = strstr(at, "\"minzoom\": 6,")) != NULL; at++)
        memcpy(at, "\"minzoom\":24,", 13);
    for (char *at = copy; (at = strstr(at, "\"minzoom\": 4,")) != NULL; at++)
        memcpy(at, "\"minzoom\":24,", 13);
    return copy;
}

static double run(const struct tile_plan *plan, size_t *bytes)
{
    struct err err = {0};
    struct buf out;
    buf_init(&out);
    *bytes = 0;
    double start = now_s();
    for (int i = 0; i < TILES; i++) {
        struct tile_request request = tile_at(i);
        buf_clear(&out);
        if (!tile_png(plan, &request, &out, &err)) {
            fprintf(stderr, "%s\n", err.message);
            exit(1);
        }
        *bytes += out.len;
    }
    double spent = now_s() - start;
    buf_free(&out);
    return spent / TILES * 1e3;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    const char *json;
    size_t len, bytes[2];
    const char *id = argc > 2 ? argv[2] : "cobertura";
    struct geo_store *store = argc > 1 ? geo_store_open(argv[1], GEO_STORE_READ, &err) : NULL;
    struct snapshot *snapshot = store ? snapshot_build(store, NULL, &err) : NULL;
    if (!snapshot || !styles_document(id, &json, &len)) {
        fprintf(stderr, "bench_labels DB [STYLE]: %s\n", err.message);
        return 1;
    }
    char *bare = without_symbols(json, len);
    struct style *styles[2] = {style_parse(bare, strlen(bare), &err), style_parse(json, len, &err)};
    struct tile_plan *plans[2];
    double best[2] = {INFINITY, INFINITY}, first[2];
    for (int p = 0; p < 2; p++) {
        plans[p] = tile_plan_new(styles[p], snapshot, &err);
        first[p] = run(plans[p], &bytes[p]);
    }
    for (int round = 0; round < ROUNDS; round++)
        for (int p = 0; p < 2; p++)
            best[p] = fmin(best[p], run(plans[p], &bytes[p]));
    for (int p = 0; p < 2; p++)
        printf("%-16s first %.3f ms, then %.3f ms a tile, %zu bytes\n",
               p ? "with names" : "without names", first[p], best[p], bytes[p] / TILES);
    printf("names cost %+.1f %%\n", (best[1] / best[0] - 1) * 100);
    for (int p = 0; p < 2; p++) {
        tile_plan_free(plans[p]);
        style_free(styles[p]);
    }
    free(bare);
    snapshot_unref(snapshot);
    geo_store_close(store);
    return 0;
}
