/* test_crs.c - tests of geo/place/crs.
 * Expected values are from cs2cs (PROJ 9.1.1), which in Bolivia uses EPSG:1202 for PSAD56:
 * echo "-68.1234 -16.4868" | cs2cs -f %.4f OGC:CRS84 EPSG:24879 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/place/crs.h"

static const struct {
    int epsg;
    double lon, lat, x, y, within;
} cases[] = {
    {32719, -68.1234, -16.4868, 593561.4478, 8177013.1630, 1e-3},
    {32719, -64.5, -17.25, 978763.4341, 8087204.8769, 1e-3},
    {32720, -64.5, -17.25, 340533.2316, 8092169.2699, 1e-3},
    {32721, -60.1, -16.3, 168688.4254, 8195362.4898, 1e-3},
    {24879, -68.1234, -16.4868, 593747.4296, 8177390.8613, 1e-3},
    {24880, -64.5, -17.25, 340686.3680, 8092551.0576, 1e-3},
    {24881, -60.1, -16.3, 168809.2912, 8195750.0811, 1e-3},
    {5356, -68.1234, -16.4868, 593561.4478, 8177013.1631, 1e-3},
    {5355, -64.5, -17.25, 340533.2316, 8092169.2700, 1e-3},
    {5357, -60.1, -16.3, 168688.4254, 8195362.4898, 1e-3},
    {4326, -64.5, -17.25, -64.5, -17.25, 0},
    {5354, -64.5, -17.25, -64.5, -17.25, 0},
    {4248, -68.1234, -16.4868, -68.121709488, -16.483180723, 1e-7},
    {3857, -64.5, -17.25, -7180107.1562, -1949946.0293, 1e-2},
    {4674, -64.5, -17.25, -64.5, -17.25, 1e-9},
};

static struct geo_crs *crs;

static int set_up(void **state)
{
    (void)state;
    crs = geo_crs_new(NULL);
    return crs ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    geo_crs_free(crs);
    return 0;
}

static void figures_agree_with_cs2cs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double there[2] = {cases[i].lon, cases[i].lat}, back[2] = {cases[i].x, cases[i].y};
        struct err err = {0};
        if (!geo_crs_from_lonlat(crs, cases[i].epsg, there, 1, &err) ||
            fabs(there[0] - cases[i].x) > cases[i].within ||
            fabs(there[1] - cases[i].y) > cases[i].within)
            fail_msg("to EPSG:%d: %.6f %.6f %s", cases[i].epsg, there[0], there[1], err.message);
        double degrees = fabs(cases[i].x) > 180 ? 1e-7 : cases[i].within;
        if (!geo_crs_to_lonlat(crs, cases[i].epsg, back, 1, &err) ||
            fabs(back[0] - cases[i].lon) > degrees || fabs(back[1] - cases[i].lat) > degrees)
            fail_msg("from EPSG:%d: %.9f %.9f %s", cases[i].epsg, back[0], back[1], err.message);
    }
}

static void psad56_moves_a_point_some_400_m(void **state)
{
    (void)state;
    double xy[4] = {593561.4478, 8177013.1630, 593561.4478, 8177013.1630};
    assert_true(geo_crs_to_lonlat(crs, 32719, xy, 1, NULL));
    assert_true(geo_crs_to_lonlat(crs, 24879, xy + 2, 1, NULL));
    assert_true(geo_crs_from_lonlat(crs, 32719, xy, 2, NULL));
    double apart = hypot(xy[0] - xy[2], xy[1] - xy[3]);
    assert_true(apart > 380 && apart < 450);
}

/* To the last digit, but for PSAD56: both ways take the height as 0, which
 * moves a point by up to a centimetre. */
static void there_and_back_is_the_same(void **state)
{
    (void)state;
    static const int codes[] = {32719, 32720, 32721, 24879, 24880, 24881,
                                5355,  5356,  5357,  4248,  32619, 3857};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        for (int east = 0; east < 8; east++)
            for (int north = 0; north < 11; north++) {
                double lon = -69.5 + 1.7 * east, lat = -22.8 + 1.3 * north;
                double xy[2] = {lon, lat};
                assert_true(geo_crs_from_lonlat(crs, codes[i], xy, 1, NULL));
                assert_true(geo_crs_to_lonlat(crs, codes[i], xy, 1, NULL));
                bool shifted = codes[i] == 4248 || codes[i] / 10 == 2487 || codes[i] / 10 == 2488;
                double within = shifted ? 1e-7 : 1e-9;
                if (fabs(xy[0] - lon) > within || fabs(xy[1] - lat) > within)
                    fail_msg("EPSG:%d at %g %g comes back as %.12g %.12g", codes[i], lon, lat,
                             xy[0], xy[1]);
            }
}

static void impossible_positions_are_errors(void **state)
{
    (void)state;
    static const int codes[] = {0, -1, 99999, 5773 /* vertical */, 4978 /* geocentric */};
    struct err err = {0};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        double xy[2] = {1, 2};
        assert_false(geo_crs_to_lonlat(crs, codes[i], xy, 1, &err));
        assert_int_equal(err.kind, ERR_INPUT);
        assert_true(xy[0] == 1 && xy[1] == 2);
    }
    double xy[4] = {593561, 8177013, NAN, 0};
    assert_false(geo_crs_to_lonlat(crs, 32719, xy, 2, &err));
    assert_true(xy[0] == 593561);
    double far[2] = {1e30, 1e30};
    assert_false(geo_crs_to_lonlat(crs, 32719, far, 1, &err));
    bool geographic = false;
    assert_true(geo_crs_is_geographic(crs, 4674, &geographic, &err) && geographic);
    assert_true(geo_crs_is_geographic(crs, 24879, &geographic, &err) && !geographic);
}

/* More codes than the cache holds: the first is built again. */
static void many_systems_in_turn(void **state)
{
    (void)state;
    for (int zone = 1; zone <= 60; zone++) {
        double xy[2] = {500000, 8000000};
        assert_true(geo_crs_to_lonlat(crs, 32700 + zone, xy, 1, NULL));
        assert_true(fabs(xy[0] - (6 * zone - 183)) < 1e-9);
    }
}

/* The result must depend neither on PROJ's database nor on its version. */
static void candidates_need_no_database(void **state)
{
    (void)state;
    setenv("PROJ_DATA", "/nowhere", 1);
    setenv("PROJ_LIB", "/nowhere", 1);
    setenv("HOME", "/nowhere", 1);
    struct geo_crs *alone = geo_crs_new(NULL);
    assert_non_null(alone);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cases[i].epsg == 3857 || cases[i].epsg == 4674)
            continue;
        double xy[2] = {cases[i].x, cases[i].y};
        assert_true(geo_crs_to_lonlat(alone, cases[i].epsg, xy, 1, NULL));
        assert_true(fabs(xy[0] - cases[i].lon) < 1e-6 && fabs(xy[1] - cases[i].lat) < 1e-6);
    }
    geo_crs_free(alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_agree_with_cs2cs),
        cmocka_unit_test(psad56_moves_a_point_some_400_m),
        cmocka_unit_test(there_and_back_is_the_same),
        cmocka_unit_test(impossible_positions_are_errors),
        cmocka_unit_test(many_systems_in_turn),
        cmocka_unit_test(candidates_need_no_database),
    };
    return cmocka_run_group_tests_name("crs", tests, set_up, tear_down);
}
