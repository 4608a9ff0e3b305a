/* bench_png DB STYLE TILES ROUNDS: where the time of a cold PNG tile goes. Draws
 * the tiles listed in the file TILES ("z x y" a line) in one thread, once to warm
 * up and then ROUNDS times, and encodes their pixels once more by themselves;
 * prints processor time of the whole, of the encoding and of what is left for
 * drawing (each tile's shortest round), and bytes beside those that libdeflate's
 * level 1 makes of the same scan lines. */
#include <cairo.h>
#include <float.h>
#include <libdeflate.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "layers/map/tile.h"
#include "layers/paint/png.h"

enum { MAX_TILES = 4096, SIDE = 256, MAX_RAW = SIDE * (SIDE * 4 + 1) };

struct timed {
    struct tile_request tile;
    double whole_ms, encode_ms, draw_ms;
    size_t bytes, level_1_bytes;
    int color_type, depth;
};

struct bench {
    struct tile_plan *plan;
    struct png_encoder *encoder;
    struct libdeflate_compressor *level_1;
    struct libdeflate_decompressor *inflate;
    struct timed *tiles;
    size_t n;
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static bool read_style(const char *path, struct style **style, struct err *err)
{
    static char json[65536];
    FILE *file = fopen(path, "rb");
    size_t len = file ? fread(json, 1, sizeof json, file) : 0;
    if (file)
        fclose(file);
    *style = style_parse(json, len, err);
    return *style != NULL;
}

static size_t read_tiles(const char *path, struct timed *tiles)
{
    FILE *file = fopen(path, "r");
    size_t n = 0;
    int z;
    long long x, y;
    while (file && n < MAX_TILES && fscanf(file, "%d %lld %lld", &z, &x, &y) == 3)
        tiles[n++] =
            (struct timed){.tile = {z, x, y, SIDE, 1}, .whole_ms = DBL_MAX, .encode_ms = DBL_MAX};
    if (file)
        fclose(file);
    return n;
}

/* ---- one picture --------------------------------------------------------- */

struct reader {
    const struct buf *png;
    size_t at;
};

static cairo_status_t read_some(void *arg, unsigned char *to, unsigned len)
{
    struct reader *reader = arg;
    if (reader->at + len > reader->png->len)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, reader->png->data + reader->at, len);
    reader->at += len;
    return CAIRO_STATUS_SUCCESS;
}

/* The file's size if libdeflate's level 1 had compressed its scan lines. */
static size_t level_1_bytes(struct bench *bench, const struct buf *png)
{
    static unsigned char raw[MAX_RAW], packed[2 * MAX_RAW];
    for (size_t at = 8; at + 12 <= png->len;) {
        const unsigned char *chunk = (const unsigned char *)png->data + at;
        size_t len =
            (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 | (size_t)chunk[2] << 8 | chunk[3];
        size_t size = 0;
        if (memcmp(chunk + 4, "IDAT", 4) == 0) {
            if (libdeflate_zlib_decompress(bench->inflate, chunk + 8, len, raw, sizeof raw,
                                           &size) != LIBDEFLATE_SUCCESS)
                return 0;
            return png->len - len +
                   libdeflate_zlib_compress(bench->level_1, raw, size, packed, sizeof packed);
        }
        at += len + 12;
    }
    return 0;
}

static bool one_color(const uint32_t *pixels, int stride)
{
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            if (pixels[y * stride + x] != pixels[0])
                return false;
    return true;
}

/* Encodes the file's pixels once more; the result must be the same file. */
static bool encode_again(struct bench *bench, struct timed *timed, const struct buf *png,
                         struct buf *again, struct err *err)
{
    struct reader reader = {png, 0};
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(read_some, &reader);
    bool ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (ok) {
        uint32_t *pixels = (uint32_t *)(void *)cairo_image_surface_get_data(surface);
        int stride = cairo_image_surface_get_stride(surface) / 4;
        buf_clear(again);
        bool one = one_color(pixels, stride);
        double started = now_ms();
        ok = one ? png_encode_one_color(bench->encoder, pixels[0], SIDE, SIDE, true, again, err)
                 : png_encode(bench->encoder, pixels, SIDE, SIDE, stride, true, again, err);
        timed->encode_ms = fmin(timed->encode_ms, now_ms() - started);
    }
    cairo_surface_destroy(surface);
    if (!ok || again->len != png->len || memcmp(again->data, png->data, png->len) != 0)
        return err_set(err, ERR_DEPENDENCY, "%d/%lld/%lld: another file from the same pixels",
                       timed->tile.z, (long long)timed->tile.x, (long long)timed->tile.y);
    return true;
}

static bool draw_all(struct bench *bench, struct err *err)
{
    struct buf png, again;
    bool ok = true;
    buf_init(&png);
    buf_init(&again);
    for (size_t i = 0; ok && i < bench->n; i++) {
        struct timed *timed = &bench->tiles[i];
        buf_clear(&png);
        double started = now_ms();
        ok = tile_png(bench->plan, &timed->tile, &png, err);
        timed->whole_ms = fmin(timed->whole_ms, now_ms() - started);
        ok = ok && encode_again(bench, timed, &png, &again, err);
        timed->bytes = png.len;
        timed->level_1_bytes = ok ? level_1_bytes(bench, &png) : 0;
        timed->depth = ok ? png.data[24] : 0;
        timed->color_type = ok ? png.data[25] : 0;
    }
    buf_free(&png);
    buf_free(&again);
    return ok;
}

/* ---- figures ------------------------------------------------------------- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void put_line(const char *name, const struct bench *bench, size_t offset)
{
    static double ms[MAX_TILES];
    double sum = 0;
    for (size_t i = 0; i < bench->n; i++) {
        memcpy(&ms[i], (const char *)&bench->tiles[i] + offset, sizeof *ms);
        sum += ms[i];
    }
    qsort(ms, bench->n, sizeof *ms, ascending);
    printf("%-8s mean %.4f  p50 %.4f  p90 %.4f  p99 %.4f  max %.4f ms\n", name,
           sum / (double)bench->n, ms[bench->n / 2], ms[bench->n * 9 / 10], ms[bench->n * 99 / 100],
           ms[bench->n - 1]);
}

static void put_kinds(const struct bench *bench)
{
    static const struct {
        int color_type, depth;
    } kinds[] = {{3, 1}, {3, 2}, {3, 4}, {3, 8}, {2, 8}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t n = 0, bytes = 0, level_1 = 0;
        double whole = 0, encode = 0;
        for (size_t i = 0; i < bench->n; i++) {
            const struct timed *timed = &bench->tiles[i];
            if (timed->color_type != kinds[k].color_type || timed->depth != kinds[k].depth)
                continue;
            n++;
            bytes += timed->bytes;
            level_1 += timed->level_1_bytes;
            whole += timed->whole_ms;
            encode += timed->encode_ms;
        }
        if (n)
            printf("%-8s %d bits: %3zu tiles, encoded in %.4f of %.4f ms, %.0f bytes (level 1: "
                   "%.0f)\n",
                   kinds[k].color_type == 3 ? "palette" : "colour", kinds[k].depth, n,
                   encode / (double)n, whole / (double)n, (double)bytes / (double)n,
                   (double)level_1 / (double)n);
    }
}

static void put_figures(struct bench *bench)
{
    double bytes = 0, level_1 = 0;
    for (size_t i = 0; i < bench->n; i++) {
        struct timed *timed = &bench->tiles[i];
        timed->draw_ms = timed->whole_ms - timed->encode_ms;
        bytes += (double)timed->bytes;
        level_1 += (double)timed->level_1_bytes;
    }
    printf("%zu tiles, processor time of one thread\n", bench->n);
    put_line("whole", bench, offsetof(struct timed, whole_ms));
    put_line("drawing", bench, offsetof(struct timed, draw_ms));
    put_line("encoding", bench, offsetof(struct timed, encode_ms));
    put_kinds(bench);
    printf("bytes    mean %.0f; libdeflate level 1 on the same scan lines %.0f\n",
           bytes / (double)bench->n, level_1 / (double)bench->n);
}

int main(int argc, char **argv)
{
    static struct timed tiles[MAX_TILES];
    struct bench bench = {.tiles = tiles};
    struct err err = {0};
    struct style *style = NULL;
    bool ok = false;
    if (argc != 5 || (bench.n = read_tiles(argv[3], tiles)) == 0) {
        fprintf(stderr, "usage: bench_png DB STYLE TILES ROUNDS\n");
        return 2;
    }
    struct geo_store *store = geo_store_open(argv[1], GEO_STORE_READ, &err);
    struct snapshot *snapshot = store ? snapshot_build(store, NULL, &err) : NULL;
    bench.encoder = png_encoder_new(&err);
    bench.level_1 = libdeflate_alloc_compressor(1);
    bench.inflate = libdeflate_alloc_decompressor();
    if (snapshot && bench.encoder && bench.level_1 && bench.inflate &&
        read_style(argv[2], &style, &err))
        bench.plan = tile_plan_new(style, snapshot, &err);
    ok = bench.plan && draw_all(&bench, &err);
    for (size_t i = 0; i < bench.n; i++)
        tiles[i].whole_ms = tiles[i].encode_ms = DBL_MAX;
    for (long round = strtol(argv[4], NULL, 10); ok && round > 0; round--)
        ok = draw_all(&bench, &err);
    if (ok)
        put_figures(&bench);
    else
        fprintf(stderr, "bench_png: %s\n", err.message);
    tile_plan_free(bench.plan);
    style_free(style);
    snapshot_unref(snapshot);
    geo_store_close(store);
    png_encoder_free(bench.encoder);
    libdeflate_free_compressor(bench.level_1);
    libdeflate_free_decompressor(bench.inflate);
    return ok ? 0 : 1;
}
