/* bench_mvt BOUNDARIES TILES: cold vector tiles of municipios, one thread,
 * uncompressed. Up to 120 distinct random tiles a zoom, z5 to z12, in the box
 * of Bolivia (xorshift, seed 1) go to the file TILES as "z,x,y" for
 * PostGIS. The very first one, which also makes the layer's tables of values,
 * is a line of its own ("first"); then each tile counts with the mean of five
 * rounds over all of them. Prints "zoom,tiles,mean_us,p50_us,p99_us,
 * bytes" a zoom and for all ("5-12"). */
#include <math.h>

#include "layers/vector/mvt.h"
#include "tests/bench/bench.h"
#include "tests/support/load.h"
#include "tests/support/matrix.h"

enum { ZOOM_MIN = 5, ZOOM_MAX = 12, PER_ZOOM = 120, ROUNDS = 5 };

struct tile {
    int z;
    int64_t x, y;
    double us;
    size_t bytes;
};

/* Distinct tiles: all of them where a zoom has no more than PER_ZOOM. */
static size_t choose_tiles(struct tile *tiles)
{
    size_t n = 0;
    uint64_t seed = 1;
    for (int z = ZOOM_MIN; z <= ZOOM_MAX; z++) {
        int64_t x0 = matrix_column(-69.65, z), x1 = matrix_column(-57.45, z);
        int64_t y0 = matrix_row(-9.66, z), y1 = matrix_row(-22.9, z);
        size_t first = n, all = (size_t)((x1 - x0 + 1) * (y1 - y0 + 1));
        while (n - first < PER_ZOOM && n - first < all) {
            struct tile tile = {.z = z};
            tile.x = x0 + (int64_t)(bench_next(&seed) % (uint64_t)(x1 - x0 + 1));
            tile.y = y0 + (int64_t)(bench_next(&seed) % (uint64_t)(y1 - y0 + 1));
            bool known = false;
            for (size_t i = first; i < n; i++)
                known |= tiles[i].x == tile.x && tiles[i].y == tile.y;
            if (!known)
                tiles[n++] = tile;
        }
    }
    return n;
}

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static bool measure(const struct snapshot *snapshot, struct tile *tiles, size_t n)
{
    struct mvt_encoder *encoder = mvt_encoder_new();
    struct buf out;
    struct err err = {0};
    bool ok = encoder != NULL;
    buf_init(&out);
    for (int round = -1; round < ROUNDS; round++)
        for (size_t i = 0; i < n && ok; i++) {
            struct mvt_request request = {.z = tiles[i].z,
                                          .x = tiles[i].x,
                                          .y = tiles[i].y,
                                          .layers = {layers_find("municipios")},
                                          .n_layers = 1};
            struct mvt_report report;
            buf_clear(&out);
            double started = now_us();
            ok = mvt_encode(encoder, snapshot, &request, &report, &out, &err);
            double us = now_us() - started;
            if (round < 0) {
                printf("first,1,%.1f,%.1f,%.1f,%zu\n", us, us, us, out.len);
                break;
            }
            tiles[i].us += us / ROUNDS;
            tiles[i].bytes = out.len;
        }
    if (!ok)
        fprintf(stderr, "%s\n", err.message);
    buf_free(&out);
    mvt_encoder_free(encoder);
    return ok;
}

static int by_time(const void *a, const void *b)
{
    const struct tile *x = a, *y = b;
    return (x->us > y->us) - (x->us < y->us);
}

static void print(const char *zoom, struct tile *tiles, size_t n)
{
    double us = 0, bytes = 0;
    for (size_t i = 0; i < n; i++) {
        us += tiles[i].us;
        bytes += (double)tiles[i].bytes;
    }
    qsort(tiles, n, sizeof *tiles, by_time);
    printf("%s,%zu,%.1f,%.1f,%.1f,%.0f\n", zoom, n, us / (double)n, tiles[n / 2].us,
           tiles[n * 99 / 100].us, bytes / (double)n);
}

static bool write_tiles(const char *path, const struct tile *tiles, size_t n)
{
    FILE *file = fopen(path, "w");
    for (size_t i = 0; file && i < n; i++)
        fprintf(file, "%d,%lld,%lld\n", tiles[i].z, (long long)tiles[i].x, (long long)tiles[i].y);
    return file && fclose(file) == 0;
}

static struct snapshot *load(const char *path, struct err *err)
{
    char folder[] = "/tmp/bench_mvt.XXXXXX", db[64];
    if (!mkdtemp(folder))
        return NULL;
    snprintf(db, sizeof db, "%s/b.sqlite", folder);
    struct geo_store *store = geo_store_open(db, GEO_STORE_CREATE, err);
    bool ok = store && geo_store_begin(store, err) &&
              load_source(store, "municipios", path, "339", err) && geo_store_commit(store, err);
    struct snapshot *snapshot = ok ? snapshot_build(store, NULL, err) : NULL;
    geo_store_close(store);
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? snapshot : NULL;
}

int main(int argc, char **argv)
{
    static struct tile tiles[(ZOOM_MAX - ZOOM_MIN + 1) * PER_ZOOM];
    struct err err = {0};
    if (argc != 3) {
        fprintf(stderr, "usage: bench_mvt BOUNDARIES TILES\n");
        return 2;
    }
    struct snapshot *snapshot = load(argv[1], &err);
    size_t n = choose_tiles(tiles);
    if (!snapshot || !write_tiles(argv[2], tiles, n)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    printf("zoom,tiles,mean_us,p50_us,p99_us,bytes\n");
    bool ok = measure(snapshot, tiles, n);
    for (size_t i = 0, end; i < n && ok; i = end) {
        char zoom[4];
        for (end = i; end < n && tiles[end].z == tiles[i].z; end++)
            ;
        snprintf(zoom, sizeof zoom, "%d", tiles[i].z);
        print(zoom, tiles + i, end - i);
    }
    if (ok)
        print("5-12", tiles, n);
    snapshot_unref(snapshot);
    return ok ? 0 : 1;
}
