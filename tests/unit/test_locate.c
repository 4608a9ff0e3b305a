/* test_locate.c - tests of geo/place/locate against brute force in integers. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/place/locate.h"
#include "tests/support/brute.h"
#include "tests/support/wkt.h"

/* A star on a lattice of 1/64 degree: many corners, edges and sides in line
 * with each other and with the points asked for. */
static struct geo_shape *random_star(unsigned short seed[3], double x, double y, double size)
{
    char wkt[4096];
    int n = 3 + (int)(12 * erand48(seed)), at = snprintf(wkt, sizeof wkt, "POLYGON ((");
    double first[2] = {0, 0};
    for (int i = 0; i < n; i++) {
        double r = size * (0.3 + 0.7 * erand48(seed)), angle = 2 * M_PI * i / n;
        double corner[2] = {round(64 * (x + r * cos(angle))) / 64,
                            round(64 * (y + r * sin(angle))) / 64};
        if (i == 0)
            memcpy(first, corner, sizeof first);
        at += snprintf(wkt + at, sizeof wkt - (size_t)at, "%.17g %.17g, ", corner[0], corner[1]);
    }
    snprintf(wkt + at, sizeof wkt - (size_t)at, "%.17g %.17g))", first[0], first[1]);
    return shape_of_wkt(wkt, NULL);
}

static void points_are_located_as_by_brute_force(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t shapes;
        double spread, size;
    } cases[] = {
        {"apart", 20, 4, 0.4},        {"overlapping", 60, 2, 0.8},
        {"one tiny", 1, 0, 0.04},     {"more than a cell can list", 90, 0.02, 0.5},
        {"huge and small", 40, 3, 3},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        unsigned short seed[3] = {2023, 4, (unsigned short)c};
        struct geo_shape *shapes[100];
        size_t n = cases[c].shapes;
        struct geo_box box = geo_box_empty();
        for (size_t i = 0; i < n; i++) {
            shapes[i] = random_star(seed, -65 + cases[c].spread * (erand48(seed) - 0.5),
                                    -17 + cases[c].spread * (erand48(seed) - 0.5), cases[c].size);
            box = geo_box_join(box, shapes[i]->box);
        }
        struct geo_locate *locate = geo_locate_build(shapes, n, NULL);
        assert_non_null(locate);
        enum { POINTS = 20000 };
        double *xy = malloc(sizeof(double[2 * POINTS]));
        int *found = malloc(POINTS * sizeof *found), on_lattice = 0;
        for (size_t i = 0; i < POINTS; i++) {
            /* Half of them on the lattice: on corners, edges, and in line. */
            double lattice = i % 2 ? 64 : 65536;
            for (int k = 0; k < 2; k++) {
                double low = k ? box.min_y : box.min_x, high = k ? box.max_y : box.max_x;
                xy[2 * i + k] =
                    round(lattice * (low - 0.05 + erand48(seed) * (high - low + 0.1))) / lattice;
            }
        }
        geo_locate_points(locate, xy, POINTS, found);
        for (size_t i = 0; i < POINTS; i++) {
            int expected = brute_locate(shapes, n, xy + 2 * i);
            if (found[i] != expected ||
                geo_locate_point(locate, xy[2 * i], xy[2 * i + 1]) != expected)
                fail_msg("%s: %.17g %.17g in %d, not %d", cases[c].name, xy[2 * i], xy[2 * i + 1],
                         found[i], expected);
            for (size_t k = 0; k < n; k++)
                on_lattice +=
                    geo_shape_side(shapes[k], xy[2 * i], xy[2 * i + 1]) == GEO_SIDE_BORDER;
        }
        assert_true(on_lattice > 0); /* the hard cases did come up */
        geo_locate_free(locate);
        for (size_t i = 0; i < n; i++)
            geo_shape_free(shapes[i]);
        free(xy);
        free(found);
    }
}

/* Rings without area are borders all the same. */
static void flat_rings_hold_their_border(void **state)
{
    (void)state;
    static const struct {
        const char *name, *wkt;
        double on[2], off[2];
    } cases[] = {
        {"all one point",
         "POLYGON ((-65 -17, -65 -17, -65 -17, -65 -17))",
         {-65, -17},
         {-65.001, -17}},
        {"there and back",
         "POLYGON ((-65 -17, -64 -16, -64.5 -16.5, -65 -17))",
         {-64.25, -16.25},
         {-64.25, -16.2}},
        {"a corner twice",
         "POLYGON ((-65 -17, -64 -17, -64 -17, -64 -16, -65 -17))",
         {-64.5, -16.5},
         {-64.5, -16.4}},
        {"a part that is a point",
         "MULTIPOLYGON (((-65 -17, -64 -17, -64 -16, -65 -17)), ((-66 -18, -66 -18, -66 -18,"
         " -66 -18)))",
         {-66, -18},
         {-66, -17.999}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_shape *shape = shape_of_wkt(cases[i].wkt, NULL);
        struct geo_locate *locate = geo_locate_build(&shape, 1, NULL);
        if (geo_locate_point(locate, cases[i].on[0], cases[i].on[1]) != 0 ||
            geo_locate_point(locate, cases[i].off[0], cases[i].off[1]) != -1)
            fail_msg("%s", cases[i].name);
        geo_locate_free(locate);
        geo_shape_free(shape);
    }
}

static void what_is_no_place_lies_nowhere(void **state)
{
    (void)state;
    unsigned short seed[3] = {1, 1, 1};
    struct geo_shape *shape = random_star(seed, -65, -17, 1);
    struct geo_locate *locate = geo_locate_build(&shape, 1, NULL);
    struct geo_locate *empty = geo_locate_build(NULL, 0, NULL);
    static const double far[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 180};
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        assert_int_equal(geo_locate_point(locate, far[i], -17), -1);
        assert_int_equal(geo_locate_point(locate, -65, far[i]), -1);
        assert_int_equal(geo_locate_point(empty, far[i], far[i]), -1);
    }
    assert_int_equal(geo_locate_point(empty, 0, 0), -1);
    geo_locate_free(locate);
    geo_locate_free(empty);
    geo_shape_free(shape);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_located_as_by_brute_force),
        cmocka_unit_test(flat_rings_hold_their_border),
        cmocka_unit_test(what_is_no_place_lies_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
