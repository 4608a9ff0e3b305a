/* test_thinning.c - tests of layers/shapes/thinning.
 * What low zooms show of a large layer, and that every record is counted. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "layers/shapes/thinning.h"
#include "layers/snapshot/snapshot_internal.h"
#include "layers/vector/mvt.h"
#include "tests/support/vector_tile.h"
#include "tests/support/world.h"

enum { MANY = 30000 };

/* The pixel of a zoom that holds a box's centre, and whether the box is larger than a
 * pixel. */
static uint64_t pixel_of(const struct arc_box *box, int zoom, int cell, bool *larger)
{
    int64_t x = ((int64_t)box->min_x + box->max_x) >> 1;
    int64_t y = ((int64_t)box->min_y + box->max_y) >> 1;
    int64_t side = fmax(box->max_x - (int64_t)box->min_x, box->max_y - (int64_t)box->min_y);
    *larger = side >= INT64_C(1) << (24 - zoom);
    return (uint64_t)(uint32_t)(int32_t)(x >> (24 - zoom + cell)) << 32 |
           (uint32_t)(int32_t)(y >> (24 - zoom + cell));
}

/* Brute force: every pair of the first features, at each zoom. */
static void the_first_of_each_pixel_stands_for_all(void **state)
{
    (void)state;
    enum { FEW = 2500 };
    struct arc_box *boxes = calloc(FEW, sizeof *boxes);
    uint32_t *count = calloc(FEW, sizeof *count);
    for (unsigned seed = 1; seed <= 4; seed++) {
        unsigned random = seed;
        int cell = seed % 2 ? THINNING_POINTS : THINNING_SHAPES;
        for (size_t f = 0; f < FEW; f++) {
            int32_t x = (int32_t)(rand_r(&random) % 40000000) - 20000000, side = 0;
            int32_t y = (int32_t)(rand_r(&random) % 40000000) - 20000000;
            if (f % 3 == 0)
                side = (int32_t)(rand_r(&random) % 300000);
            boxes[f] = f % 97 == 5 ? (struct arc_box){INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN}
                                   : (struct arc_box){x, y, x + side, y + side / 2};
        }
        struct thinning *thinning = thinning_build(boxes, FEW, cell);
        assert_non_null(thinning);
        size_t thinned_zooms = 0, before = 0;
        for (int z = 0; z < THINNING_ZOOMS; z++) {
            const struct thinned *thinned = thinning_at(thinning, z);
            if (!thinned)
                continue;
            size_t shown = 0, records = 0, there = 0;
            memset(count, 0, FEW * sizeof *count);
            for (size_t f = 0; f < FEW; f++) {
                bool larger, also;
                if (boxes[f].min_x > boxes[f].max_x)
                    continue;
                there++;
                uint64_t pixel = pixel_of(&boxes[f], z, cell, &larger);
                size_t first = f;
                for (size_t g = 0; g < f && !larger && first == f; g++)
                    if (boxes[g].min_x <= boxes[g].max_x &&
                        pixel_of(&boxes[g], z, cell, &also) == pixel && !also)
                        first = g;
                count[first]++;
            }
            for (size_t f = 0; f < FEW; f++) {
                assert_int_equal(thinned_stands_for(thinned, f), count[f]);
                shown += count[f] > 0;
                records += thinned_stands_for(thinned, f);
            }
            assert_int_equal(shown, thinned->n_shown);
            assert_int_equal(records, there);
            assert_true(shown >= before); /* the next zoom shows at least as much */
            before = shown;
            thinned_zooms++;
        }
        assert_true(thinned_zooms >= 4);
        assert_null(thinning_at(thinning, -1));
        assert_null(thinning_at(thinning, THINNING_ZOOMS));
        thinning_free(thinning);
    }
    free(boxes);
    free(count);
}

/* ---- in tiles -------------------------------------------------------------- */

static bool write_communities(const char *path)
{
    FILE *file = fopen(path, "w");
    unsigned random = 7;
    fputs("codigo,nombre,personas,lon,lat\n", file);
    for (int i = 0; i < MANY; i++)
        fprintf(file, "C%05d,Comunidad %d,%d,%.6f,%.6f\n", i, i, i % 500,
                -67 + 6.0 * rand_r(&random) / RAND_MAX, -20 + 8.0 * rand_r(&random) / RAND_MAX);
    return fclose(file) == 0;
}

/* The number of records that the tiles of a zoom stand for; each point counts in the tile
 * that holds it. */
static size_t records_of(const struct snapshot *snapshot, struct mvt_encoder *encoder, int z,
                         size_t budget, size_t *features, int *reduced)
{
    size_t records = 0, n = (size_t)1 << z;
    *features = 0;
    *reduced = 0;
    for (size_t x = 0; x < n; x++)
        for (size_t y = 0; y < n; y++) {
            struct mvt_request request = {.z = z,
                                          .x = (int64_t)x,
                                          .y = (int64_t)y,
                                          .layers = {layers_find("comunidades")},
                                          .n_layers = 1,
                                          .budget = budget};
            struct mvt_report report;
            struct err err = {0};
            struct buf out;
            buf_init(&out);
            assert_true(mvt_encode(encoder, snapshot, &request, &report, &out, &err));
            struct vt_tile *tile = vt_read(out.data ? out.data : "", out.len);
            for (size_t f = 0; f < tile->n_features; f++) {
                const int64_t *at = tile->xy[tile->paths[tile->features[f].first_path].first];
                if (at[0] < 0 || at[1] < 0 || at[0] >= MVT_EXTENT || at[1] >= MVT_EXTENT)
                    continue; /* in the buffer: counts in another tile */
                const struct vt_value *value =
                    vt_get(&tile->layers[0], &tile->features[f], MVT_RECORDS_NAME);
                records += value ? (size_t)value->number : 1;
                ++*features;
            }
            *reduced = report.reduced[0] > *reduced ? report.reduced[0] : *reduced;
            vt_free(tile);
            buf_free(&out);
        }
    return records;
}

static void tiles_count_every_record(void **state)
{
    (void)state;
    struct world world = {0};
    struct err err = {0};
    char csv[128];
    assert_true(world_open(&world, NULL));
    snprintf(csv, sizeof csv, "%s/c.csv", world.folder);
    assert_true(write_communities(csv));
    bool ok = geo_store_begin(world.store, &err) &&
              load_source(world.store, "comunidades", csv, NULL, &err) &&
              geo_store_commit(world.store, &err);
    if (!ok)
        fail_msg("%s", err.message);
    struct snapshot *snapshot = snapshot_build(world.store, NULL, &err);
    struct mvt_encoder *encoder = mvt_encoder_new();
    assert_true(snapshot && encoder);
    static const size_t budgets[] = {SIZE_MAX, 60000, 5000};
    for (size_t b = 0; b < sizeof budgets / sizeof *budgets; b++)
        for (int z = 0; z <= 5; z++) {
            size_t features;
            int reduced;
            size_t records = records_of(snapshot, encoder, z, budgets[b], &features, &reduced);
            print_message("z%d, %zu bytes at most: %zu features stand for %zu records, step %d\n",
                          z, budgets[b], features, records, reduced);
            assert_true(features < MANY && features > 0);
            /* A point may be thinned in favour of one that is a unit beyond the tile's
             * edge. */
            assert_true(fabs((double)records - MANY) <= (b == 0 ? 0.0005 : 0.01) * MANY);
        }
    mvt_encoder_free(encoder);
    snapshot_unref(snapshot);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_of_each_pixel_stands_for_all),
        cmocka_unit_test(tiles_count_every_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
