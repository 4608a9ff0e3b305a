/* test_shape.c - tests of geo/place: shape, orient and geos. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "geo/place/geos.h"
#include "geo/place/orient.h"
#include "geo/place/shape.h"
#include "tests/support/wkt.h"

static void wkb_is_read_checked_and_written_back(void **state)
{
    (void)state;
    static const struct {
        const char *name, *wkt;
        size_t points, rings, parts; /* 0: refused */
        const char *error;
    } cases[] = {
        {"point", "POINT (-68 -16)", 1, 1, 1, NULL},
        {"point with height", "POINT Z (-68 -16 3600)", 1, 1, 1, NULL},
        {"point with height and measure", "POINT ZM (-68 -16 3600 1)", 1, 1, 1, NULL},
        {"points", "MULTIPOINT ((-68 -16), (-67 -16))", 2, 2, 2, NULL},
        {"line", "LINESTRING (-68 -16, -67 -15)", 2, 1, 1, NULL},
        {"lines", "MULTILINESTRING ((-68 -16, -67 -15), (0 0, 1 1, 2 2))", 5, 2, 2, NULL},
        {"polygon", "POLYGON ((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1))", 8, 2, 1, NULL},
        {"polygons", "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), ((5 5, 6 5, 6 6, 5 5)))", 8, 2, 2,
         NULL},
        {"empty point", "POINT EMPTY", 0, 0, 0, "vacía"},
        {"empty polygon", "POLYGON EMPTY", 0, 0, 0, "vacía"},
        {"an empty part is left out", "MULTIPOLYGON (EMPTY, ((5 5, 6 5, 6 6, 5 5)))", 4, 1, 1,
         NULL},
        {"open ring", "POLYGON ((0 0, 4 0, 4 4, 0 4))", 0, 0, 0, "sin cerrar"},
        {"ring of three", "POLYGON ((0 0, 4 0, 0 0))", 0, 0, 0, "anillo de 3"},
        {"line of one", "LINESTRING (1 1)", 0, 0, 0, "un solo punto"},
        {"longitude too large", "POINT (181 0)", 0, 0, 0, "fuera de rango"},
        {"metres for degrees", "POINT (592000 8175000)", 0, 0, 0, "fuera de rango"},
        {"collection", "GEOMETRYCOLLECTION (POINT (1 1))", 0, 0, 0, "tipo de geometría 7"},
        {"curve", "CIRCULARSTRING (0 0, 1 1, 2 0)", 0, 0, 0, "tipo de geometría 8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        struct geo_shape *shape = shape_of_wkt(cases[i].wkt, &err);
        if (cases[i].error) {
            if (shape || err.kind != ERR_INPUT || !strstr(err.message, cases[i].error))
                fail_msg("%s: %s", cases[i].name, err.message);
            continue;
        }
        if (!shape) {
            fail_msg("%s: %s", cases[i].name, err.message);
            return;
        }
        assert_int_equal(shape->n_points, cases[i].points);
        assert_int_equal(shape->n_rings, cases[i].rings);
        assert_int_equal(shape->n_parts, cases[i].parts);
        struct buf wkb;
        buf_init(&wkb);
        geo_shape_put_wkb(shape, shape->multi, &wkb);
        struct geo_shape *again = geo_shape_parse((unsigned char *)wkb.data, wkb.len, &err);
        assert_non_null(again);
        assert_int_equal(again->kind, shape->kind);
        assert_int_equal(again->multi, shape->multi);
        assert_memory_equal(again->xy, shape->xy, 2 * shape->n_points * sizeof(double));
        buf_free(&wkb);
        geo_shape_free(again);
        geo_shape_free(shape);
    }
}

static void malformed_wkb_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        unsigned char wkb[32];
        size_t len;
    } cases[] = {
        {"nothing", {0}, 0},
        {"byte order 2", {2, 1, 0, 0, 0}, 5},
        {"count larger than the bytes", {1, 2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF}, 9},
        {"polygon of rings that are not there", {1, 3, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0}, 13},
        {"points inside lines", {1, 5, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0}, 14},
        {"collection in a collection", {1, 4, 0, 0, 0, 1, 0, 0, 0, 1, 4, 0, 0, 0}, 14},
        {"another reference system", {1, 1, 0, 0, 0x20, 0x97, 0x7F, 0, 0}, 25},
        {"bytes to spare", {1, 1, 0, 0, 0}, 22},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        struct geo_shape *shape = geo_shape_parse(cases[i].wkb, cases[i].len, &err);
        if (shape || err.kind != ERR_INPUT)
            fail_msg("%s was accepted", cases[i].name);
    }
}

static void big_endian_and_extended_wkb_are_read(void **state)
{
    (void)state;
    const unsigned char big[] = {
        0, 0x20, 0, 0, 1,    0,    0, 0x10, 0xE6, 0xC0, 0x51, 0, 0,
        0, 0,    0, 0, 0xC0, 0x30, 0, 0,    0,    0,    0,    0}; /* SRID=4326;POINT(-68 -16) */
    struct geo_shape *shape = geo_shape_parse(big, sizeof big, NULL);
    assert_non_null(shape);
    assert_true(shape->xy[0] == -68 && shape->xy[1] == -16);
    geo_shape_free(shape);
}

/* Points very near a line: doubles one step apart are distinguished exactly. */
static void orientation_is_exact(void **state)
{
    (void)state;
    const double tiny = ldexp(1, -53);
    int wrong = 0, zeros = 0;
    for (int i = 0; i < 64; i++)
        for (int k = 0; k < 64; k++) {
            double x = 0.5 + i * tiny, y = 0.5 + k * tiny;
            /* On the line through (12,12) and (24,24) exactly when x = y. */
            int expected = y > x ? 1 : y < x ? -1 : 0;
            wrong += geo_orient(12, 12, 24, 24, x, y) != expected;
            wrong += geo_orient(24, 24, 12, 12, x, y) != -expected;
            zeros += expected == 0;
        }
    assert_int_equal(wrong, 0);
    assert_true(zeros > 0);
}

static void invalid_polygons_are_repaired_and_reported(void **state)
{
    (void)state;
    static const struct {
        const char *name, *wkt;
        bool changed;
        const char *reason;
        size_t parts; /* 0: refused */
    } cases[] = {
        {"valid", "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", false, "", 1},
        {"bow tie", "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))", true, "autointersección", 2},
        {"spike", "POLYGON ((0 0, 2 0, 2 2, 2 5, 2 2, 0 2, 0 0))", true,
         "un anillo se toca a sí mismo", 1},
        {"hole outside", "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0), (5 5, 6 5, 6 6, 5 5))", true,
         "un hueco queda fuera del contorno", 1},
        {"hole across the shell", "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (2 1, 9 1, 9 3, 2 3, 2 1))",
         true, "autointersección", 1},
        {"no area", "POLYGON ((0 0, 1 1, 2 2, 0 0))", true, NULL, 0},
        {"a point is left as it is", "POINT (1 1)", false, "", 1},
    };
    struct geo_geos *geos = geo_geos_new(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        struct geo_repair repair;
        struct geo_shape *fixed = NULL, *shape = shape_of_wkt(cases[i].wkt, &err);
        bool done = geo_geos_repair(geos, shape, &fixed, &repair, &err);
        if (done != (cases[i].parts > 0))
            fail_msg("%s: %s", cases[i].name, err.message);
        if (done) {
            assert_int_equal(fixed->n_parts, cases[i].parts);
            assert_int_equal(repair.changed, cases[i].changed);
            assert_string_equal(repair.reason, cases[i].reason);
            assert_true(!strstr(cases[i].name, "hole") || repair.change_m2 >= 0);
            geo_shape_free(fixed);
        } else {
            assert_int_equal(err.kind, ERR_INPUT);
        }
        geo_shape_free(shape);
    }
    geo_geos_free(geos);
}

static void overlay_keeps_one_kind(void **state)
{
    (void)state;
    struct geo_geos *geos = geo_geos_new(NULL);
    /* They share a square and, farther on, a line. */
    struct geo_shape *a = shape_of_wkt("POLYGON ((0 0, 4 0, 4 4, 3 4, 3 2, 0 2, 0 0))", NULL);
    struct geo_shape *b = shape_of_wkt("POLYGON ((0 1, 1 1, 1 3, 5 3, 5 6, 0 6, 0 1))", NULL);
    struct geo_geom *left = geo_geos_from_shape(geos, a, NULL);
    struct geo_geom *right = geo_geos_from_shape(geos, b, NULL);
    struct geo_geom *common = geo_geos_intersection(geos, left, right, GEO_SHAPE_POLYGON, NULL);
    struct geo_geom *rest = geo_geos_difference(geos, left, right, GEO_SHAPE_POLYGON, NULL);
    struct geo_geom *both[2] = {left, right};
    struct geo_geom *all = geo_geos_union(geos, both, 2, NULL);
    assert_float_equal(geo_geos_extent(geos, common, GEO_SHAPE_POLYGON), 2, 1e-12);
    assert_float_equal(geo_geos_extent(geos, rest, GEO_SHAPE_POLYGON), 8, 1e-12);
    assert_float_equal(geo_geos_extent(geos, all, GEO_SHAPE_POLYGON), 10 + 17 - 2, 1e-12);
    struct geo_geom *holes = geo_geos_holes(geos, all, NULL);
    assert_float_equal(geo_geos_extent(geos, holes, GEO_SHAPE_POLYGON), 2, 1e-12);
    struct geo_prepared *prepared = geo_geos_prepare(geos, left, NULL);
    bool meets = false;
    assert_true(geo_geos_meets(geos, prepared, right, &meets, NULL) && meets);
    geo_geos_free_prepared(geos, prepared);
    struct geo_geom *const made[] = {left, right, common, rest, all, holes};
    for (size_t i = 0; i < sizeof made / sizeof(struct geo_geom *); i++)
        geo_geos_free_geom(geos, made[i]);
    geo_shape_free(a);
    geo_shape_free(b);
    geo_geos_free(geos);
}

static void rings_are_taken_as_polygons(void **state)
{
    (void)state;
    static const char wkt[] =
        "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 2 1, 2 2, 1 1), (3 3, 5 3, 5 4, 3 4,"
        " 3 3)), ((20 0, 21 0, 21 1, 20 0)))";
    struct geo_shape *shape = shape_of_wkt(wkt, NULL);
    struct geo_shape *shell = geo_shape_shell(shape, 0, NULL),
                     *other = geo_shape_shell(shape, 1, NULL);
    struct geo_shape *holes = geo_shape_holes(shape, NULL);
    assert_int_equal(geo_shape_side(shell, 4, 3.5), GEO_SIDE_IN);
    assert_int_equal(geo_shape_side(shell, 20.9, 0.5), GEO_SIDE_OUT);
    assert_int_equal(geo_shape_side(other, 20.9, 0.5), GEO_SIDE_IN);
    assert_true(shell->box.max_x == 9 && other->box.min_x == 20);
    assert_int_equal(holes->n_parts, 2);
    assert_int_equal(holes->n_rings, 2);
    assert_int_equal(holes->n_points, 9);
    assert_int_equal(geo_shape_side(holes, 4, 3.5), GEO_SIDE_IN);
    assert_int_equal(geo_shape_side(holes, 1.9, 1.5), GEO_SIDE_IN);
    assert_int_equal(geo_shape_side(holes, 6, 6), GEO_SIDE_OUT);
    assert_true(holes->box.min_x == 1 && holes->box.max_y == 4);
    struct err err = {0};
    assert_null(geo_shape_holes(shell, &err)); /* none */
    assert_int_equal(err.kind, ERR_NONE);
    geo_shape_free(shape);
    geo_shape_free(shell);
    geo_shape_free(other);
    geo_shape_free(holes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wkb_is_read_checked_and_written_back),
        cmocka_unit_test(rings_are_taken_as_polygons),
        cmocka_unit_test(malformed_wkb_is_refused),
        cmocka_unit_test(big_endian_and_extended_wkb_are_read),
        cmocka_unit_test(orientation_is_exact),
        cmocka_unit_test(invalid_polygons_are_repaired_and_reported),
        cmocka_unit_test(overlay_keeps_one_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
