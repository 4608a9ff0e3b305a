/* test_geos_shape.c - tests of geo_geos_to_shape().
 * The result agrees with GEOS's own WKB, and any failed allocation is reported as short
 * memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <geos_c.h>

#include "geo/place/geos.h"
#include "geo/place/shape.h"
#include "tests/support/failing.h"

static GEOSContextHandle_t handle;

static const struct {
    const char *wkt;
    enum geo_shape_kind kind;
} cases[] = {
    {"POINT (-68 -16)", GEO_SHAPE_POINT},
    {"MULTIPOINT ((-68 -16), EMPTY, (-67 -16))", GEO_SHAPE_POINT},
    {"LINESTRING (-68 -16, -67 -15)", GEO_SHAPE_LINE},
    {"MULTILINESTRING ((-68 -16, -67 -15), (0 0, 1 1, 2 2))", GEO_SHAPE_LINE},
    {"POLYGON ((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1))", GEO_SHAPE_POLYGON},
    {"MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1)), EMPTY, "
     "((10 10, 14 10, 14 14, 10 10), (12 11, 13 11, 13 12, 12 11), (11 10.5, 12 10.5, 12 10.7, "
     "11 10.5)))",
     GEO_SHAPE_POLYGON},
    {"GEOMETRYCOLLECTION (POINT (1 1), POLYGON ((0 0, 4 0, 4 4, 0 0)), LINESTRING (0 0, 1 1), "
     "MULTIPOLYGON (((5 5, 6 5, 6 6, 5 5)), ((7 7, 8 7, 8 8, 7 7))))",
     GEO_SHAPE_POLYGON},
    {"POLYGON Z ((0 0 1, 4 0 2, 4 4 3, 0 0 1))", GEO_SHAPE_POLYGON},
    {"POLYGON EMPTY", GEO_SHAPE_POLYGON},
    {"LINESTRING (0 0, 1 1)", GEO_SHAPE_POLYGON}, /* no part of that kind */
};
enum { N_CASES = sizeof cases / sizeof *cases };

static GEOSGeometry *geom_of(const char *wkt)
{
    GEOSWKTReader *reader = GEOSWKTReader_create_r(handle);
    GEOSGeometry *geom = GEOSWKTReader_read_r(handle, reader, wkt);
    GEOSWKTReader_destroy_r(handle, reader);
    assert_non_null(geom);
    return geom;
}

static void assert_same(const struct geo_shape *a, const struct geo_shape *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->multi, b->multi);
    assert_int_equal(a->n_points, b->n_points);
    assert_int_equal(a->n_rings, b->n_rings);
    assert_int_equal(a->n_parts, b->n_parts);
    assert_memory_equal(&a->box, &b->box, sizeof a->box);
    assert_memory_equal(a->xy, b->xy, 2 * a->n_points * sizeof *a->xy);
    assert_memory_equal(a->rings, b->rings, (a->n_rings + 1) * sizeof *a->rings);
    assert_memory_equal(a->parts, b->parts, (a->n_parts + 1) * sizeof *a->parts);
}

/* By GEOS's own writer of WKB. */
static struct geo_shape *by_wkb(const GEOSGeometry *geom)
{
    size_t len = 0;
    GEOSWKBWriter *writer = GEOSWKBWriter_create_r(handle);
    GEOSWKBWriter_setOutputDimension_r(handle, writer, 2);
    unsigned char *wkb = GEOSWKBWriter_write_r(handle, writer, geom, &len);
    GEOSWKBWriter_destroy_r(handle, writer);
    struct geo_shape *shape = geo_shape_parse(wkb, len, NULL);
    GEOSFree_r(handle, wkb);
    return shape;
}

static void what_is_read_is_what_its_wkb_says(void **state)
{
    (void)state;
    struct geo_geos *geos = geo_geos_new(NULL);
    for (size_t i = 0; i < N_CASES; i++) {
        struct err err = {0};
        GEOSGeometry *geom = geom_of(cases[i].wkt);
        struct geo_shape *shape =
            geo_geos_to_shape(geos, (struct geo_geom *)geom, cases[i].kind, &err);
        assert_int_equal(err.kind, ERR_NONE);
        bool mixed = GEOSGeomTypeId_r(handle, geom) == GEOS_GEOMETRYCOLLECTION;
        struct geo_shape *wanted = mixed ? NULL : by_wkb(geom);
        if (mixed) {
            assert_int_equal(shape->n_parts, 3);
            assert_int_equal(shape->n_points, 12);
        } else if (i + 1 == N_CASES) {
            assert_null(shape);
        } else if (wanted) {
            assert_same(shape, wanted);
        } else {
            assert_null(shape);
        }
        geo_shape_free(shape);
        geo_shape_free(wanted);
        GEOSGeom_destroy_r(handle, geom);
    }
    geo_geos_free(geos);
}

#ifdef FAILING_WORKS
static void short_memory_is_told_whichever_allocation_fails(void **state)
{
    (void)state;
    struct geo_geos *geos = geo_geos_new(NULL);
    long failed = 0;
    for (size_t i = 0; i < N_CASES; i++) {
        struct err err = {0};
        GEOSGeometry *geom = geom_of(cases[i].wkt);
        struct geo_geom *ours = (struct geo_geom *)geom;
        struct geo_shape *wanted = geo_geos_to_shape(geos, ours, cases[i].kind, &err);
        bool more = true;
        for (size_t n = 1; more; n++, failed += more) {
            atomic_store(&allocations, 0);
            atomic_store(&failing, n);
            struct geo_shape *shape = geo_geos_to_shape(geos, ours, cases[i].kind, &err);
            atomic_store(&failing, 0);
            more = atomic_load(&allocations) >= n;
            if (more) {
                assert_null(shape);
                assert_int_equal(err.kind, ERR_MEMORY);
            } else if (wanted) {
                assert_same(shape, wanted);
            } else {
                assert_null(shape);
                assert_int_equal(err.kind, ERR_NONE);
            }
            geo_shape_free(shape);
        }
        geo_shape_free(wanted);
        GEOSGeom_destroy_r(handle, geom);
    }
    assert_true(failed > 2 * N_CASES);
    geo_geos_free(geos);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_is_what_its_wkb_says),
#ifdef FAILING_WORKS
        cmocka_unit_test(short_memory_is_told_whichever_allocation_fails),
#endif
    };
    handle = GEOS_init_r();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    GEOS_finish_r(handle);
    return failed;
}
