/* test_cover.c - tests of geo/place/cover: what counts as covering the country. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/place/cover.h"
#include "tests/support/units.h"

/* Twenty municipalities of department 01 along the meridian -65 and one of 09 at -66, each a
 * hundredth of a degree from the next; the source is a strip. */
static void a_country_is_covered_or_not(void **state)
{
    (void)state;
    static const struct {
        const char *name, *unit, *water;
        size_t covered;
        bool whole, lacks_1, lacks_9, none_of_9;
    } cases[] = {
        {"all", "POLYGON ((-67 -20, -64 -20, -64 -15, -67 -15, -67 -20))", NULL, 21, true, false,
         false, false},
        {"none", "POLYGON ((-63 -20, -62 -20, -62 -15, -63 -15, -63 -20))", NULL, 0, false, true,
         true, true},
        {"a small department is missing",
         "POLYGON ((-65.1 -20, -64 -20, -64 -15, -65.1 -15, -65.1 -20))", NULL, 20, false, false,
         true, true},
        {"it is water", "POLYGON ((-65.1 -20, -64 -20, -64 -15, -65.1 -15, -65.1 -20))",
         "POLYGON ((-67 -20, -65.9 -20, -65.9 -15, -67 -15, -67 -20))", 21, true, false, false,
         false},
        {"on the border is inside", "POLYGON ((-66 -20, -64 -20, -64 -15, -66 -15, -66 -20))", NULL,
         21, true, false, false, false},
        {"1 of 21 is missing: 95.2 %",
         "POLYGON ((-67 -20, -64 -20, -64 -17.005, -67 -17.005,"
         " -67 -20))",
         NULL, 20, true, false, false, false},
        {"2 of 21 are missing: 90.5 %",
         "POLYGON ((-67 -20, -64 -20, -64 -17.015, -67 -17.015,"
         " -67 -20))",
         NULL, 19, false, false, false, false},
        {"a part of a department is missing",
         "POLYGON ((-67 -20, -64 -20, -64 -17.055, -67 -17.055, -67 -20))", NULL, 15, false, true,
         false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_cover_place places[21];
        struct geo_cover cover;
        struct geo_source_unit unit = source_unit("010101", cases[i].unit), water = {.wkb = NULL};
        bool none_of_1, none_of_9;
        if (cases[i].water)
            water = source_unit("", cases[i].water);
        for (int p = 0; p < 20; p++)
            places[p] = (struct geo_cover_place){"010101", -65, -17 - 0.01 * p, true, true, true};
        places[20] = (struct geo_cover_place){"090101", -66, -17.5, false, true, true};
        assert_true(geo_cover_count(&unit, 1, &water, water.wkb != NULL, places, 21, &cover, NULL));
        bool whole = geo_cover_is_whole(&cover);
        bool lacks_1 = geo_cover_lacks(&cover, 1, &none_of_1);
        bool lacks_9 = geo_cover_lacks(&cover, 9, &none_of_9);
        if (cover.country.covered != cases[i].covered || whole != cases[i].whole ||
            lacks_1 != cases[i].lacks_1 || lacks_9 != cases[i].lacks_9 ||
            none_of_9 != cases[i].none_of_9)
            fail_msg("%s: %zu covered, whole %d, lacks %d %d", cases[i].name, cover.country.covered,
                     whole, lacks_1, lacks_9);
        free_unit(&unit);
        free_unit(&water);
    }
}

/* Eight units in a row, each of them with the code of the next. */
static void codes_that_slipped_are_seen(void **state)
{
    (void)state;
    struct geo_cover_place places[8];
    struct geo_source_unit units[8];
    struct geo_cover cover;
    char wkt[128];
    for (int slipped = 0; slipped < 2; slipped++) {
        for (int i = 0; i < 8; i++) {
            char codigo[7];
            snprintf(codigo, sizeof codigo, "01010%d", 1 + (i + slipped) % 8);
            snprintf(wkt, sizeof wkt, "POLYGON ((%d -18, %d -18, %d -17, %d -17, %d -18))", -68 + i,
                     -67 + i, -67 + i, -68 + i, -68 + i);
            units[i] = source_unit(codigo, wkt);
            places[i] = (struct geo_cover_place){.lon_deg = -67.5 + i, .lat_deg = -17.5};
            snprintf(places[i].codigo, sizeof places[i].codigo, "01010%d", 1 + i);
        }
        assert_true(geo_cover_count(units, 8, NULL, 0, places, 8, &cover, NULL));
        assert_int_equal(cover.country.covered, 8);
        assert_int_equal(cover.elsewhere, slipped ? 8 : 0);
        assert_int_equal(geo_cover_is_shifted(&cover), slipped);
        for (int i = 0; i < 8; i++)
            free_unit(&units[i]);
    }
}

static void boxes_are_in_the_country_or_not(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct geo_box box;
        bool in;
    } cases[] = {
        {"Sucre", {-65.4, -19.2, -64.9, -18.6}, true},
        {"Puerto Suárez, in the east", {-58.5, -19.5, -57.6, -18.3}, true},
        {"across the border by a rough outline", {-69.9, -12.5, -69.3, -11.9}, true},
        {"swapped", {-19.2, -65.4, -18.6, -64.9}, false},
        {"both signs lost", {64.9, 18.6, 65.4, 19.2}, false},
        {"the sign of the latitude lost", {-65.4, 18.6, -64.9, 19.2}, false},
        {"metres", {500000, 7900000, 510000, 7910000}, false},
        {"not a number", {NAN, NAN, NAN, NAN}, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (geo_cover_in_country(cases[i].box) != cases[i].in)
            fail_msg("%s", cases[i].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_country_is_covered_or_not),
        cmocka_unit_test(codes_that_slipped_are_seen),
        cmocka_unit_test(boxes_are_in_the_country_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
