/* test_borders.c - tests of the borders in vector tiles.
 * Each line once, none missing; borders of departments and of the country are where the
 * municipalities say. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "layers/shapes/merc.h"
#include "layers/snapshot/snapshot_internal.h"
#include "layers/vector/mvt.h"
#include "tests/support/served.h"
#include "tests/support/vector_tile.h"

struct segment {
    int64_t ax, ay, bx, by; /* the smaller end first */
};

struct segments {
    struct segment *of;
    size_t n;
};

static int by_place(const void *a, const void *b)
{
    const struct segment *p = a, *q = b;
    const int64_t d[4] = {p->ax - q->ax, p->ay - q->ay, p->bx - q->bx, p->by - q->by};
    for (int i = 0; i < 4; i++)
        if (d[i])
            return d[i] < 0 ? -1 : 1;
    return 0;
}

/* Edges along the limits of the tile's buffer are cuts, not borders. */
static bool cut(const int64_t a[2], const int64_t b[2])
{
    for (int i = 0; i < 2; i++)
        if (a[i] == b[i] && (a[i] == -MVT_BUFFER || a[i] == MVT_EXTENT + MVT_BUFFER))
            return true;
    return false;
}

/* A layer's segments in order. */
static struct segments segments_of(const struct vt_tile *tile, const char *name)
{
    struct segments all = {malloc(tile->n_xy * sizeof *all.of + 1), 0};
    for (size_t l = 0; l < tile->n_layers; l++) {
        const struct vt_layer *layer = &tile->layers[l];
        for (size_t f = 0; f < layer->n_features && strcmp(layer->name, name) == 0; f++) {
            const struct vt_feature *feature = &tile->features[layer->first_feature + f];
            for (size_t p = 0; p < feature->n_paths; p++) {
                const struct vt_path *path = &tile->paths[feature->first_path + p];
                for (size_t i = 0; i + !path->closed < path->count; i++) {
                    const int64_t *a = tile->xy[path->first + i];
                    const int64_t *b = tile->xy[path->first + (i + 1) % path->count];
                    bool turn = b[0] < a[0] || (b[0] == a[0] && b[1] < a[1]);
                    if (cut(a, b))
                        continue;
                    all.of[all.n++] = turn ? (struct segment){b[0], b[1], a[0], a[1]}
                                           : (struct segment){a[0], a[1], b[0], b[1]};
                }
            }
        }
    }
    qsort(all.of, all.n, sizeof *all.of, by_place);
    return all;
}

static bool holds(const struct segments *all, const struct segment *one)
{
    return bsearch(one, all->of, all->n, sizeof *all->of, by_place) != NULL;
}

static struct vt_tile *read_tile(int z, int64_t x, int64_t y, struct buf *bytes)
{
    struct err err = {0};
    struct mvt_encoder *encoder = mvt_encoder_new();
    struct mvt_report report;
    const struct mvt_request request = {
        .z = z,
        .x = x,
        .y = y,
        .layers = {layers_find("municipios")},
        .n_layers = 1,
        .derived = true,
    };
    assert_non_null(encoder);
    if (!mvt_encode(encoder, snapshot, &request, &report, bytes, &err))
        fail_msg("%s", err.message);
    mvt_encoder_free(encoder);
    return vt_read(bytes->data, bytes->len);
}

/* The country at three zooms. */
static const struct {
    int z;
    int64_t x, y;
} tiles[] = {{5, 10, 17}, {6, 20, 35}, {8, 81, 140}};

static void every_border_is_there_once(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof tiles / sizeof *tiles; t++) {
        struct buf bytes;
        buf_init(&bytes);
        struct vt_tile *tile = read_tile(tiles[t].z, tiles[t].x, tiles[t].y, &bytes);
        struct segments rings = segments_of(tile, "municipios");
        struct segments lines = segments_of(tile, "municipios_limites");
        size_t distinct = 0, missing = 0;
        for (size_t i = 0; i < rings.n; i++)
            if (i == 0 || by_place(&rings.of[i - 1], &rings.of[i]) != 0) {
                distinct++;
                missing += !holds(&lines, &rings.of[i]);
            }
        for (size_t i = 1; i < lines.n; i++)
            assert_int_not_equal(by_place(&lines.of[i - 1], &lines.of[i]), 0);
        print_message("z%d: %zu segments of outlines, %zu of borders\n", tiles[t].z, rings.n,
                      lines.n);
        assert_true(lines.n > 20 && rings.n > lines.n * 3 / 2);
        /* Rings that touch after rounding may be divided at other vertices. */
        assert_true(missing * 100 <= distinct && lines.n <= distinct + distinct / 100 + 1);
        free(rings.of);
        free(lines.of);
        vt_free(tile);
        buf_free(&bytes);
    }
}

/* The first two digits of the code: the department; 0: outside. */
static int department_at(const struct slab *units, double lon, double lat)
{
    int codigo = layer_column(units->layer, "codigo");
    for (size_t f = 0; f < units->geometry->n_features; f++) {
        const struct geo_shape *shape = units->geometry->shapes[f];
        if (shape && geo_box_holds(shape->box, lon, lat) &&
            geo_shape_side(shape, lon, lat) == GEO_SIDE_IN) {
            const char *text = columns_cell(units->columns, (size_t)codigo, f)->text;
            return (text[0] - '0') * 10 + text[1] - '0';
        }
    }
    return 0;
}

static int beside(const struct slab *units, size_t t, const struct segment *at, double units_off)
{
    double dx = (double)(at->bx - at->ax), dy = (double)(at->by - at->ay), length = hypot(dx, dy);
    double x = (double)(at->ax + at->bx) / 2 - dy / length * units_off;
    double y = (double)(at->ay + at->by) / 2 + dx / length * units_off;
    double step = MERC_WORLD / ldexp(MVT_EXTENT, tiles[t].z);
    double shift = ldexp(MVT_EXTENT, tiles[t].z) / 2;
    return department_at(units, merc_lon(((double)tiles[t].x * MVT_EXTENT + x - shift) * step),
                         merc_lat(((double)tiles[t].y * MVT_EXTENT + y - shift) * step));
}

/* Decided by the municipalities on both sides, without the arcs. */
static void each_kind_is_where_it_says(void **state)
{
    (void)state;
    const struct slab *units = snapshot_slab(snapshot, layers_find("municipios"));
    size_t n[2] = {0}, n_outer = 0;
    for (size_t t = 1; t < sizeof tiles / sizeof *tiles; t++) {
        struct buf bytes;
        buf_init(&bytes);
        struct vt_tile *tile = read_tile(tiles[t].z, tiles[t].x, tiles[t].y, &bytes);
        struct segments lines = segments_of(tile, "municipios_limites");
        struct segments departments = segments_of(tile, "municipios_limites_departamentales");
        struct segments outer = segments_of(tile, "municipios_limites_exteriores");
        for (size_t i = 0; i < lines.n; i++) {
            const struct segment *at = &lines.of[i];
            if (hypot((double)(at->bx - at->ax), (double)(at->by - at->ay)) < 40)
                continue; /* too short to tell what is beside it */
            int left = beside(units, t, at, -8), right = beside(units, t, at, 8);
            bool wanted = left && right && left != right;
            if (wanted != holds(&departments, at))
                fail_msg("z%d: %d and %d at %lld,%lld", tiles[t].z, left, right, (long long)at->ax,
                         (long long)at->ay);
            n[wanted]++;
            if (!left != !right && !holds(&outer, at))
                fail_msg("z%d: the end of the land is missing at %lld,%lld", tiles[t].z,
                         (long long)at->ax, (long long)at->ay);
            if (left && right && holds(&outer, at))
                fail_msg("z%d: %d and %d at the end of the land, at %lld,%lld", tiles[t].z, left,
                         right, (long long)at->ax, (long long)at->ay);
            n_outer += !left != !right;
        }
        for (size_t i = 0; i < outer.n; i++)
            assert_true(holds(&lines, &outer.of[i]));
        for (size_t i = 0; i < departments.n; i++)
            assert_true(holds(&lines, &departments.of[i]));
        free(lines.of);
        free(departments.of);
        free(outer.of);
        vt_free(tile);
        buf_free(&bytes);
    }
    print_message("%zu borders between departments, %zu others, %zu of them outer\n", n[1], n[0],
                  n_outer);
    assert_true(n[0] > 100 && n[1] > 10 && n_outer > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_border_is_there_once),
        cmocka_unit_test(each_kind_is_where_it_says),
    };
    return cmocka_run_group_tests(tests, served_embedded, served_close);
}
