/* test_mvt_valid.c - tests that polygons of vector tiles are valid.
 * Judged by GEOS, as PostGIS's ST_IsValid; wound as the specification says; no municipality
 * is missing at any zoom. Uses the official boundaries if present. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <geos_c.h>

#include "layers/snapshot/snapshot_internal.h"
#include "layers/vector/mvt.h"
#include "tests/support/matrix.h"
#include "tests/support/served.h"
#include "tests/support/vector_tile.h"

static struct mvt_encoder *encoder;
static GEOSContextHandle_t geos;

static int set_up(void **state)
{
    encoder = mvt_encoder_new();
    geos = GEOS_init_r();
    return encoder && geos ? served_official(state) : -1;
}

static int tear_down(void **state)
{
    mvt_encoder_free(encoder);
    GEOS_finish_r(geos);
    return served_close(state);
}

static GEOSGeometry *ring_of(const struct vt_tile *tile, const struct vt_path *path)
{
    GEOSCoordSequence *xy = GEOSCoordSeq_create_r(geos, (unsigned)path->count + 1, 2);
    for (size_t i = 0; i <= path->count; i++) {
        const int64_t *at = tile->xy[path->first + i % path->count];
        GEOSCoordSeq_setXY_r(geos, xy, (unsigned)i, (double)at[0], (double)at[1]);
    }
    return GEOSGeom_createLinearRing_r(geos, xy);
}

/* As in the specification: a ring of positive area begins a polygon, rings of negative area
 * after it are its holes. NULL: a hole without a shell. */
static GEOSGeometry *feature_of(const struct vt_tile *tile, const struct vt_feature *feature)
{
    GEOSGeometry **parts = calloc(feature->n_paths + 1, sizeof *parts);
    GEOSGeometry **holes = calloc(feature->n_paths + 1, sizeof *holes);
    unsigned n = 0;
    for (size_t p = 0; p < feature->n_paths;) {
        const struct vt_path *path = &tile->paths[feature->first_path + p++];
        if (vt_area2(tile, path) <= 0)
            fail_msg("a ring of no shell");
        GEOSGeometry *shell = ring_of(tile, path);
        unsigned n_holes = 0;
        for (; p < feature->n_paths; p++) {
            path = &tile->paths[feature->first_path + p];
            if (vt_area2(tile, path) >= 0)
                break;
            holes[n_holes++] = ring_of(tile, path);
        }
        parts[n++] = GEOSGeom_createPolygon_r(geos, shell, holes, n_holes);
    }
    GEOSGeometry *whole = GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, parts, n);
    free(parts);
    free(holes);
    return whole;
}

struct tally {
    size_t tiles, polygons, valid;
    bool seen[1000]; /* municipalities by their place */
};

static size_t place_of(const struct vt_layer *layer, const struct vt_feature *feature)
{
    const struct vt_value *value = vt_get(layer, feature, "codigo");
    char code[16];
    snprintf(code, sizeof code, "%.*s", (int)value->len, value->text);
    const struct slab *slab = snapshot_slab(snapshot, layers_find("municipios"));
    int64_t place = columns_find(slab->columns, code);
    assert_in_range(place, 0, 999);
    return (size_t)place;
}

static void judge(int z, int64_t x, int64_t y, struct tally *tally)
{
    struct mvt_request request = {.z = z, .x = x, .y = y};
    struct mvt_report report;
    struct err err = {0};
    struct buf out;
    for (size_t i = 0; i < layers_count(); i++)
        request.layers[request.n_layers++] = layers_at(i);
    buf_init(&out);
    assert_true(mvt_encode(encoder, snapshot, &request, &report, &out, &err));
    struct vt_tile *tile = vt_read(out.data ? out.data : "", out.len);
    for (size_t l = 0; l < tile->n_layers; l++)
        for (size_t f = 0; f < tile->layers[l].n_features; f++) {
            const struct vt_layer *layer = &tile->layers[l];
            const struct vt_feature *feature = &tile->features[layer->first_feature + f];
            if (strcmp(layer->name, "municipios") == 0)
                tally->seen[place_of(layer, feature)] = true;
            if (feature->type != 3)
                continue;
            GEOSGeometry *geometry = feature_of(tile, feature);
            char *reason = GEOSisValidReason_r(geos, geometry);
            bool valid = GEOSisValid_r(geos, geometry) == 1;
            if (!valid)
                print_message("%d/%lld/%lld %s %d: %s\n", z, (long long)x, (long long)y,
                              layer->name, (int)feature->id, reason);
            tally->valid += valid;
            tally->polygons++;
            GEOSFree_r(geos, reason);
            GEOSGeom_destroy_r(geos, geometry);
        }
    tally->tiles++;
    vt_free(tile);
    buf_free(&out);
}

static void every_polygon_is_valid(void **state)
{
    (void)state;
    unsigned seed = 2023;
    served_note();
    for (int z = 4; z <= 14; z++) {
        struct tally tally = {0};
        int64_t x0 = matrix_column(-69.65, z), x1 = matrix_column(-57.45, z);
        int64_t y0 = matrix_row(-9.66, z), y1 = matrix_row(-22.91, z);
        if (z <= 9)
            for (int64_t y = y0; y <= y1; y++)
                for (int64_t x = x0; x <= x1; x++)
                    judge(z, x, y, &tally);
        else
            for (int i = 0; i < 150; i++)
                judge(z, x0 + rand_r(&seed) % (x1 - x0 + 1), y0 + rand_r(&seed) % (y1 - y0 + 1),
                      &tally);
        size_t found = 0;
        for (size_t i = 0; i < sizeof tally.seen; i++)
            found += tally.seen[i];
        print_message("z%d: %zu tiles, %zu polygons, %zu valid by GEOS; %zu municipalities\n", z,
                      tally.tiles, tally.polygons, tally.valid, found);
        assert_int_equal(tally.valid, tally.polygons);
        assert_true(tally.polygons > 0);
        if (z <= 9)
            assert_int_equal(found, 339);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_polygon_is_valid),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
