/* test_boundaries.c - tests of geo/place/boundaries.
 * Small ones, and the official ones. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/place/boundaries.h"
#include "tests/support/official.h"
#include "tests/support/units.h"

static void boundaries_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct {
            const char *codigo, *wkt;
        } units[4], water;
        bool fit;
        size_t n;
        const char *first; /* how the first finding is told */
    } cases[] = {
        {"fit",
         {{"010101", "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"},
          {"010102", "POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))"}},
         {NULL, NULL},
         true,
         0,
         NULL},
        {"a code of five digits",
         {{"10101", "POLYGON ((0 0, 1 0, 1 1, 0 0))"}},
         {NULL, NULL},
         false,
         1,
         "el código «10101» no tiene seis dígitos"},
        {"a code with a letter",
         {{"01010A", "POLYGON ((0 0, 1 0, 1 1, 0 0))"}},
         {NULL, NULL},
         false,
         1,
         "el código «01010A» no tiene seis dígitos"},
        {"a code three times",
         {{"010101", "POLYGON ((0 0, 1 0, 1 1, 0 0))"},
          {"010101", "POLYGON ((2 0, 3 0, 3 1, 2 0))"},
          {"010101", "POLYGON ((4 0, 5 0, 5 1, 4 0))"}},
         {NULL, NULL},
         false,
         1,
         "el código 010101 está repetido"},
        {"not repaired",
         {{"010101", "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))"}},
         {NULL, NULL},
         false,
         1,
         "el polígono de 010101 no es válido"},
        /* 0.01 by 1 degree: 1.113 km by 110.57 km. */
        {"an overlap",
         {{"010102", "POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))"},
          {"010101", "POLYGON ((0 0, 1.01 0, 1.01 1, 0 1, 0 0))"}},
         {NULL, NULL},
         false,
         1,
         "010101 y 010102 se superponen en 1230"},
        {"a sliver of ten metres",
         {{"010101", "POLYGON ((0 0, 1.0001 0, 1.0001 1, 0 1, 0 0))"},
          {"010102", "POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))"}},
         {NULL, NULL},
         true,
         0,
         NULL},
        {"a gap",
         {{"010101", "POLYGON ((0 0, 3 0, 3 3, 0 3, 0 0), (1 1, 1.1 1, 1.1 1.1, 1 1.1, 1 1))"}},
         {NULL, NULL},
         true,
         1,
         "hueco sin municipio de 12307.1 ha"},
        {"a gap between neighbours",
         {{"010101", "POLYGON ((0 0, 3 0, 3 1, 1 1, 1 2, 3 2, 3 3, 0 3, 0 0))"},
          {"010102", "POLYGON ((3 1, 3 2, 2 2, 2 1, 3 1))"}},
         {NULL, NULL},
         true,
         1,
         "hueco sin municipio de 1230"},
        {"a gap that is a lake",
         {{"010101", "POLYGON ((0 0, 3 0, 3 3, 0 3, 0 0), (1 1, 1.1 1, 1.1 1.1, 1 1.1, 1 1))"}},
         {"01", "POLYGON ((0.9 0.9, 1.2 0.9, 1.2 1.2, 0.9 1.2, 0.9 0.9))"},
         true,
         0,
         NULL},
        {"a gap with an islet of land in its lake",
         {{"010101", "POLYGON ((0 0, 3 0, 3 3, 0 3, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))"}},
         {"01", "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1), (1.4 1.4, 1.41 1.4, 1.41 1.41, 1.4 1.41,"
                " 1.4 1.4))"},
         true,
         1,
         "isla sin municipio de 123."},
        {"an island at the edge of the country, in no hole of it",
         {{"010101", "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"}},
         {"01", "POLYGON ((-1 0, 0 0, 0 1, -1 1, -1 0), (-0.4 0.4, -0.39 0.4, -0.39 0.41,"
                " -0.4 0.41, -0.4 0.4))"},
         true,
         1,
         "lo que está en ella se cuenta como en su lago, en el municipio más cercano"},
        {"an island that is a municipality's",
         {{"010101", "MULTIPOLYGON (((0 0, 3 0, 3 3, 0 3, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1)),"
                     " ((1.4 1.4, 1.5 1.4, 1.5 1.5, 1.4 1.5, 1.4 1.4)))"}},
         {"01", "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1), (1.4 1.4, 1.5 1.4, 1.5 1.5, 1.4 1.5,"
                " 1.4 1.4))"},
         true,
         0,
         NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_source_unit units[4], water = {.wkb = NULL};
        struct geo_boundaries_report report;
        struct err err = {0};
        struct buf text;
        size_t n = 0;
        buf_init(&text);
        for (; n < 4 && cases[i].units[n].codigo; n++)
            units[n] = source_unit(cases[i].units[n].codigo, cases[i].units[n].wkt);
        if (cases[i].water.wkt)
            water = source_unit(cases[i].water.codigo, cases[i].water.wkt);
        if (!geo_boundaries_check(units, n, &water, water.wkb ? 1 : 0, &report, &err))
            fail_msg("%s: %s", cases[i].name, err.message);
        if (report.n)
            geo_boundaries_describe(&report.findings[0], &text);
        if (report.fit != cases[i].fit || report.n != cases[i].n ||
            (cases[i].first && !strstr(text.data, cases[i].first)))
            fail_msg("%s: %zu findings, first: %s", cases[i].name, report.n,
                     report.n ? text.data : "");
        geo_boundaries_report_free(&report);
        buf_free(&text);
        for (size_t k = 0; k < n; k++)
            free_unit(&units[k]);
        free_unit(&water);
    }
}

static void official_boundaries_are_repaired_and_fit(void **state)
{
    (void)state;
    if (!have_official())
        skip();
    struct geo_boundaries_report report;
    assert_int_equal(official.n, 339);
    assert_int_equal(official.n_repaired, 17); /* data/README: as delivered */
    assert_true(geo_boundaries_check(official.units, official.n, official_water.units,
                                     official_water.n, &report, NULL));
    assert_true(report.fit);
    assert_int_equal(report.n_overlaps, 0);
    assert_true(report.n_gaps > 0 && report.gaps_m2 > 0);
    /* The islands of the Uyuni and the Poopó are parts of municipalities, no gaps; those of
     * the Sun and the Moon are nobody's. */
    assert_true(report.gaps_m2 < 1e7);
    assert_in_range(report.n_islands, 2, 8);
    assert_int_equal(report.findings[0].kind, GEO_BOUNDARIES_ISLAND);
    assert_float_equal(report.findings[0].lon_deg, -69.176, 0.01);
    assert_float_equal(report.findings[0].area_m2, 2060e4, 10e4);
    geo_boundaries_report_free(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boundaries_are_checked),
        cmocka_unit_test(official_boundaries_are_repaired_and_fit),
    };
    return cmocka_run_group_tests(tests, NULL, forget_official);
}
