/* test_measure.c - tests of geo/place/measure.
 * GeographicLib's published values, its library on random polygons, a closed form, and brute
 * force for distances. */
#include <geodesic.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "geo/place/measure.h"
#include "tests/support/wkt.h"

/* GeographicLib's test suite (geodtest.c, Planimeter0, 5, 6, 12, 29) and the
 * example of its manual (Antarctica). Areas there are given to 1 m2 or 0.1 m2. */
static void areas_are_geographiclibs(void **state)
{
    (void)state;
    static const struct {
        const char *name, *wkt;
        double area_m2, perimeter_m, area_tolerance;
    } cases[] = {
        {"round the north pole", "POLYGON ((0 89, 90 89, 180 89, -90 89, 0 89))", 24952305678.0,
         631819.8745, 1},
        {"round the south pole", "POLYGON ((0 -89, 90 -89, 180 -89, -90 -89, 0 -89))",
         24952305678.0, 631819.8745, 1},
        {"diamond on the equator", "POLYGON ((-1 0, 0 -1, 1 0, 0 1, -1 0))", 24619419146.0,
         627598.2731, 1},
        {"octant", "POLYGON ((0 90, 0 0, 90 0, 0 90))", 63758202715511.0, 30022685, 1},
        {"near the pole", "POLYGON ((0.1 89, 90.1 89, -179.9 89, 0.1 89))", 12476152838.5, 539297,
         1},
        {"no area", "POLYGON ((-0.00000000000001 9, 180 9, 0 9, -0.00000000000001 9))", 0, 36026861,
         1},
        {"Antarctica",
         "POLYGON ((-58 -63.1, -74 -72.9, -102 -71.9, -102 -74.9, -131 -74.3, -163 -77.5,"
         " 163 -77.4, 172 -71.7, 140 -65.9, 113 -65.7, 88 -66.6, 59 -66.9, 25 -69.8, -4 -70,"
         " -14 -71, -33 -77.3, -46 -77.9, -61 -74.7, -58 -63.1))",
         13662703680020.1, 16831067.893, 0.2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_shape *shape = shape_of_wkt(cases[i].wkt, NULL);
        double area = geo_measure_area(shape), length = geo_measure_length(shape);
        if (fabs(area - cases[i].area_m2) > cases[i].area_tolerance ||
            fabs(length - cases[i].perimeter_m) > 1)
            fail_msg("%s: %.3f m2, %.4f m", cases[i].name, area, length);
        geo_shape_free(shape);
    }
}

/* A square of 1 km with a hole of 100 m in metres of UTM, and a square of degrees on the equator.
 */
static void metres_are_measured_in_the_plane(void **state)
{
    (void)state;
    static const struct {
        const char *wkt;
        double area;
    } cases[] = {
        {"POLYGON ((271000 7908000, 272000 7908000, 272000 7909000, 271000 7909000, 271000 "
         "7908000), "
         "(271500 7908500, 271500 7908600, 271600 7908600, 271600 7908500, 271500 7908500))",
         990000},
        {"POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))", 12308778361},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len;
        unsigned char *wkb = wkb_of(cases[i].wkt, &len);
        struct geo_shape *shape = geo_shape_parse_plane(wkb, len, NULL);
        assert_non_null(shape);
        assert_float_equal(geo_measure_area_unplaced(shape) / cases[i].area, 1, 1e-9);
        geo_shape_free(shape);
        free(wkb);
    }
}

/* An eighth of the ellipsoid, whose area has a closed form (authalic radius). */
static void an_octant_has_its_closed_form(void **state)
{
    (void)state;
    const double a = 6378137, f = 1 / 298.257223563, b = a * (1 - f), e = sqrt(f * (2 - f));
    double whole = 2 * M_PI * (a * a + b * b * atanh(e) / e);
    struct geo_shape *shape = shape_of_wkt("POLYGON ((0 90, 0 0, 90 0, 0 90))", NULL);
    assert_float_equal(geo_measure_area(shape) / (whole / 8), 1, 1e-12);
    geo_shape_free(shape);
}

static void holes_and_parts_count(void **state)
{
    (void)state;
    struct geo_shape *outer =
        shape_of_wkt("POLYGON ((-66 -18, -65 -18, -65 -17, -66 -17, -66 -18))", NULL);
    struct geo_shape *inner = shape_of_wkt("POLYGON ((-65.6 -17.6, -65.5 -17.6, -65.5 -17.5,"
                                           " -65.6 -17.5, -65.6 -17.6))",
                                           NULL);
    struct geo_shape *both =
        shape_of_wkt("MULTIPOLYGON (((-66 -18, -65 -18, -65 -17, -66 -17, -66 -18), (-65.6 -17.6,"
                     " -65.5 -17.6, -65.5 -17.5, -65.6 -17.5, -65.6 -17.6)), ((-65.6 -17.6,"
                     " -65.6 -17.5, -65.5 -17.5, -65.5 -17.6, -65.6 -17.6)))",
                     NULL);
    assert_float_equal(geo_measure_area(both) / geo_measure_area(outer), 1, 1e-13);
    assert_float_equal(geo_measure_area(inner), 117.4e6, 0.2e6); /* 10.6 km by 11.07 km */
    geo_shape_free(outer);
    geo_shape_free(inner);
    geo_shape_free(both);
}

/* Stars of all sizes and latitudes, against the library's own polygons. Its
 * rounding is 0.1 m2 a vertex at worst, which small polygons must be allowed. */
static void areas_agree_with_the_library(void **state)
{
    (void)state;
    unsigned short seed[3] = {1, 2, 3};
    struct geod_geodesic wgs84;
    geod_init(&wgs84, 6378137, 1 / 298.257223563);
    double worst = 0;
    for (int round = 0; round < 4000; round++) {
        int n = 4 + (int)(60 * erand48(seed));
        double radius = pow(10, -3 + 3 * erand48(seed));
        double lon0 = -170 + 340 * erand48(seed), lat0 = -80 + 160 * erand48(seed), area;
        char wkt[8192];
        int at = snprintf(wkt, sizeof wkt, "POLYGON ((");
        double first[2] = {0, 0};
        struct geod_polygon polygon;
        geod_polygon_init(&polygon, 0);
        for (int i = 0; i < n; i++) {
            double r = radius * (0.5 + 0.5 * erand48(seed)), angle = 2 * M_PI * i / n;
            double lon = lon0 + r * cos(angle), lat = lat0 + r * sin(angle);
            if (i == 0) {
                first[0] = lon;
                first[1] = lat;
            }
            geod_polygon_addpoint(&wgs84, &polygon, lat, lon);
            at += snprintf(wkt + at, sizeof wkt - (size_t)at, "%.17g %.17g, ", lon, lat);
        }
        snprintf(wkt + at, sizeof wkt - (size_t)at, "%.17g %.17g))", first[0], first[1]);
        geod_polygon_compute(&wgs84, &polygon, 0, 1, &area, NULL);
        struct geo_shape *shape = shape_of_wkt(wkt, NULL);
        double off = fabs(geo_measure_area(shape) - area);
        worst = fmax(worst, off / (1e-9 * area + 0.02 * n));
        geo_shape_free(shape);
    }
    if (worst > 1)
        fail_msg("off by %.2f times the tolerance", worst);
}

/* GeographicLib's GeodSolve0 and the first line of its GeodTest set. */
static void distances_are_geographiclibs(void **state)
{
    (void)state;
    assert_float_equal(geo_measure_distance(-73.8, 40.6, 2.55, 49.01666667), 5853226, 0.5);
    assert_float_equal(
        geo_measure_distance(0, 36.530042355041, 5.762344694676510456, -48.164270779097768864),
        9398502.0434687, 1e-6);
    struct geo_shape *line = shape_of_wkt("LINESTRING (-73.8 40.6, 2.55 49.01666667)", NULL);
    assert_float_equal(geo_measure_length(line), 5853226, 0.5);
    geo_shape_free(line);
}

/* The least of many distances to points along each edge. */
static double brute_distance(const struct geo_shape *shape, const double *p, int steps)
{
    double best = INFINITY;
    for (size_t r = 0; r < shape->n_rings; r++)
        for (uint32_t i = shape->rings[r]; i + 1 < shape->rings[r + 1]; i++)
            for (int k = 0; k <= steps; k++) {
                const double *a = shape->xy + 2 * (size_t)i;
                double t = (double)k / steps;
                best = fmin(best, geo_measure_distance(p[0], p[1], a[0] + t * (a[2] - a[0]),
                                                       a[1] + t * (a[3] - a[1])));
            }
    return best;
}

static void distances_to_polygons_are_brute_forces(void **state)
{
    (void)state;
    /* Long edges, a hole, two parts. */
    struct geo_shape *shape = shape_of_wkt(
        "MULTIPOLYGON (((-68 -19, -66.2 -18.7, -65 -16, -67 -15.5, -68 -19), (-67 -17,"
        " -66.8 -17, -66.8 -16.5, -67 -17)), ((-62 -14, -61.9 -14, -61.9 -13.9, -62 -14)))",
        NULL);
    static const struct {
        const char *name;
        double lon, lat;
    } cases[] = {
        {"inside", -66.5, -17.5},
        {"in the hole", -66.85, -16.8},
        {"on a vertex", -68, -19},
        {"a metre off a vertex", -68.00001, -19},
        {"beside a long edge", -67, -19},
        {"close to a long edge", -65.6, -17.36},
        {"between the parts", -63.5, -14.7},
        {"far to the south", -66, -35},
        {"far to the north", -50, 40},
        {"across the date line", 179, -17},
    };
    struct geo_ball ball = geo_measure_ball(shape);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double p[2] = {cases[i].lon, cases[i].lat};
        double nearest[2], found = geo_measure_to_shape(shape, p[0], p[1], nearest);
        double expected =
            geo_shape_side(shape, p[0], p[1]) != GEO_SIDE_OUT ? 0 : brute_distance(shape, p, 10000);
        if (fabs(found - expected) > 0.5)
            fail_msg("%s: %.3f m, brute force %.3f m", cases[i].name, found, expected);
        assert_float_equal(geo_measure_distance(p[0], p[1], nearest[0], nearest[1]), found, 1e-6);
        assert_true(geo_measure_at_least(&ball, p[0], p[1]) <= found);
    }
    geo_shape_free(shape);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_are_geographiclibs),
        cmocka_unit_test(metres_are_measured_in_the_plane),
        cmocka_unit_test(an_octant_has_its_closed_form),
        cmocka_unit_test(holes_and_parts_count),
        cmocka_unit_test(areas_agree_with_the_library),
        cmocka_unit_test(distances_are_geographiclibs),
        cmocka_unit_test(distances_to_polygons_are_brute_forces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
