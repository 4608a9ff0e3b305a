/* test_crosswalk.c - tests of geo/analysis/crosswalk.
 * Small editions, and the width of polygons; tests/cli/test_editions has the real editions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "geo/place/geos.h"
#include "geo/place/measure.h"
#include "tests/support/two_editions.h"

static const char *code_of(const struct geo_units *units, int slot)
{
    return slot < 0 ? "-" : units->units[slot].codigo;
}

/* The pairs as "010101>010102 transferencia; ...", without slivers; those are counted. */
static void describe(const struct geo_crosswalk *walk, char *out, size_t size, int *slivers)
{
    size_t used = 0;
    *slivers = 0;
    out[0] = '\0';
    for (size_t i = 0; i < walk->n_pairs; i++) {
        const struct geo_crosswalk_pair *pair = &walk->pairs[i];
        if (pair->change == GEO_CHANGE_SLIVER) {
            ++*slivers;
            continue;
        }
        used += (size_t)snprintf(out + used, size - used, "%s%s>%s %s", used ? "; " : "",
                                 code_of(walk->from, pair->a), code_of(walk->to, pair->b),
                                 geo_change_name(pair->change));
    }
}

/* The shares of each unit and the part in no unit add up to the whole. */
static void check_sums(const struct geo_crosswalk *walk)
{
    for (size_t a = 0; a < walk->from->n; a++) {
        double sum = 0, m2 = 0;
        for (size_t i = 0; i < walk->n_pairs; i++)
            if (walk->pairs[i].a == (int)a) {
                sum += walk->pairs[i].share_a;
                m2 += walk->pairs[i].area_m2;
            }
        assert_true(fabs(sum - 1) < 1e-12);
        /* A vertex in the middle of a 50 km edge does not lie on the edge's geodesic. */
        assert_true(fabs(m2 / walk->from_m2[a] - 1) < 1e-4);
    }
    for (size_t b = 0; b < walk->to->n; b++) {
        double sum = 0;
        for (size_t i = 0; i < walk->n_pairs; i++)
            sum += walk->pairs[i].b == (int)b ? walk->pairs[i].share_b : 0;
        assert_true(fabs(sum - 1) < 1e-12);
    }
}

/* The border of LEFT and RIGHT drawn anew, some 20 m to one side and the other:
 * four square kilometres in all, nowhere wide. */
#define LEFT_AGAIN                                                                      \
    "POLYGON ((-65 -15, -64.5002 -15, -64.4998 -14.8, -64.5002 -14.6, -64.4998 -14.4, " \
    "-64.5002 -14.2, -64.4998 -14, -65 -14, -65 -15))"
#define RIGHT_AGAIN                                                                     \
    "POLYGON ((-64.5002 -15, -64 -15, -64 -14, -64.4998 -14, -64.5002 -14.2, -64.4998 " \
    "-14.4, -64.5002 -14.6, -64.4998 -14.8, -64.5002 -15))"

static void what_became_of_each(void **state)
{
    static const struct {
        const char *name;
        struct unit before[UNITS], after[UNITS];
        const char *changes;
        int slivers;
        size_t overlays; /* at least; 0: none */
    } cases[] = {
        {"nothing moved",
         {{"010101", LEFT}, {"010102", RIGHT}},
         {{"010101", LEFT}, {"010102", RIGHT}},
         "010101>010101 identica; 010102>010102 identica",
         0,
         0},
        {"a border moved",
         {{"010101", LEFT}, {"010102", RIGHT}},
         {{"010101", "POLYGON ((-65 -15, -64.4 -15, -64.4 -14, -65 -14, -65 -15))"},
          {"010102", "POLYGON ((-64.4 -15, -64 -15, -64 -14, -64.4 -14, -64.4 -15))"}},
         "010101>010101 modificada; 010102>010101 transferencia; 010102>010102 modificada",
         0,
         1},
        {"a split",
         {{"010101", LEFT}, {"010102", RIGHT}},
         {{"010101", "POLYGON ((-65 -15, -64.5 -15, -64.5 -14.3, -65 -14.3, -65 -15))"},
          {"010102", RIGHT},
          {"010103", "POLYGON ((-65 -14.3, -64.5 -14.3, -64.5 -14, -65 -14, -65 -14.3))"}},
         "010101>010101 modificada; 010101>010103 transferencia; 010102>010102 identica",
         0,
         1},
        {"a merge",
         {{"010101", LEFT}, {"010102", RIGHT}},
         {{"010101", "POLYGON ((-65 -15, -64 -15, -64 -14, -65 -14, -65 -15))"}},
         "010101>010101 modificada; 010102>010101 transferencia",
         0,
         1},
        {"a border drawn anew",
         {{"010101", LEFT}, {"010102", RIGHT}},
         {{"010101", LEFT_AGAIN}, {"010102", RIGHT_AGAIN}},
         "010101>010101 redigitalizada; 010102>010102 redigitalizada",
         2,
         1},
        {"a small square that changed hands, smaller than many slivers",
         {{"010101", LEFT}, {"010102", RIGHT}},
         {{"010101", "POLYGON ((-65 -15, -64.5 -15, -64.5 -14.5, -64.497 -14.5, -64.497 -14.497, "
                     "-64.5 -14.497, -64.5 -14, -65 -14, -65 -15))"},
          {"010102", "POLYGON ((-64.5 -15, -64 -15, -64 -14, -64.5 -14, -64.5 -14.497, -64.497 "
                     "-14.497, -64.497 -14.5, -64.5 -14.5, -64.5 -15))"}},
         "010101>010101 modificada; 010102>010101 transferencia; 010102>010102 modificada",
         0,
         1},
        {"another code",
         {{"010101", LEFT}, {"010102", RIGHT}},
         {{"010101", LEFT_AGAIN}, {"090909", RIGHT_AGAIN}},
         "010101>010101 redigitalizada; 010102>090909 recodificada",
         2,
         1},
        {"land lost and land gained",
         {{"010101", LEFT}, {"010102", RIGHT}},
         {{"010101", "POLYGON ((-65 -15, -64.5 -15, -64.5 -14, -64.9 -14, -64.9 -15, -65 -15))"},
          {"010102", "POLYGON ((-64.5 -15, -63.9 -15, -63.9 -14, -64.5 -14, -64.5 -15))"}},
         "010101>010101 modificada; 010101>- perdida; 010102>010102 modificada; "
         "->010102 ganada",
         0,
         1},
        {"codes that changed places",
         {{"010101", LEFT}, {"010102", RIGHT}},
         {{"010101", RIGHT}, {"010102", LEFT}},
         "010101>010102 recodificada; 010102>010101 recodificada",
         0,
         1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char changes[1024];
        int slivers;
        struct geo_crosswalk *walk = walk_of(cases[i].before, cases[i].after, NULL);
        describe(walk, changes, sizeof changes, &slivers);
        print_message("%s: %s; %d slivers, %zu overlays\n", cases[i].name, changes, slivers,
                      walk->n_overlays);
        assert_string_equal(changes, cases[i].changes);
        assert_int_equal(slivers, cases[i].slivers);
        assert_int_equal(walk->n_overlays > 0, cases[i].overlays > 0);
        check_sums(walk);
        geo_crosswalk_free(walk);
        close_store();
    }
}

/* Neither the number of threads nor the order in which they end may matter. */
static void threads_give_the_same(void **state)
{
    (void)state;
    static const struct unit before[UNITS] = {{"010101", LEFT}, {"010102", RIGHT}};
    static const struct unit after[UNITS] = {{"010101", LEFT_AGAIN}, {"010102", RIGHT_AGAIN}};
    struct err err = {0};
    struct geo_crosswalk *one = walk_of(before, after, NULL);
    for (unsigned threads = 1; threads <= 8; threads++) {
        const struct geo_crosswalk_options options = {.from = "a", .to = "b", .threads = threads};
        struct geo_crosswalk *walk = geo_crosswalk_compute(store, &options, &err);
        assert_non_null(walk);
        assert_int_equal(walk->n_pairs, one->n_pairs);
        for (size_t i = 0; i < walk->n_pairs; i++) {
            assert_int_equal(walk->pairs[i].a, one->pairs[i].a);
            assert_int_equal(walk->pairs[i].b, one->pairs[i].b);
            assert_true(walk->pairs[i].area_m2 == one->pairs[i].area_m2);
        }
        geo_crosswalk_free(walk);
    }
    geo_crosswalk_free(one);
    close_store();
}

static void wrong_editions_are_named(void **state)
{
    (void)state;
    static const struct unit units[UNITS] = {{"010101", LEFT}};
    struct err err = {0};
    geo_crosswalk_free(walk_of(units, units, NULL));
    assert_null(geo_crosswalk_compute(
        store, &(struct geo_crosswalk_options){.from = "a", .to = "nada"}, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_non_null(strstr(err.message, "nada"));
    assert_null(geo_crosswalk_compute(
        store, &(struct geo_crosswalk_options){.from = "b", .to = "b"}, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    close_store();
}

static void people_go_by_their_villages(void **state)
{
    (void)state;
    struct geo_crosswalk *walk = walk_of(whole, split, villages);
    bool found = false;
    for (size_t i = 0; i < walk->n_pairs; i++) {
        const struct geo_crosswalk_pair *pair = &walk->pairs[i];
        if (pair->change != GEO_CHANGE_TRANSFER)
            continue;
        found = true;
        assert_int_equal(pair->basis, GEO_PEOPLE_COMMUNITIES);
        assert_int_equal(pair->communities, 2);
        assert_true(pair->people == 300);
        assert_true(fabs(pair->people_share_a - 0.75) < 1e-15);
        assert_true(pair->people_share_b == 1);
        assert_true(fabs(pair->share_a - 0.3) < 0.001); /* almost, because of the latitude */
    }
    assert_true(found);
    geo_crosswalk_free(walk);
    close_store();
}

/* Degrees of the equator, where one is 111,319.5 m wide and 110,574.3 m high. */
static void widths_of_known_shapes(void **state)
{
    static const struct {
        const char *name, *wkt;
        double radius_m;
    } cases[] = {
        {"a strip", "POLYGON ((0 0, 1 0, 1 0.01, 0 0.01, 0 0))", 552.87},
        {"a square", "POLYGON ((0 0, 0.01 0, 0.01 0.01, 0 0.01, 0 0))", 552.87},
        {"a strip of two, one wide",
         "MULTIPOLYGON (((0 0, 1 0, 1 0.001, 0 0.001, 0 0)), ((2 0, 2.02 0, 2.02 0.02, 2 0.02, 2 "
         "0)))",
         1105.74},
        {"a frame",
         "POLYGON ((0 0, 0.03 0, 0.03 0.03, 0 0.03, 0 0), (0.001 0.001, 0.001 0.029, "
         "0.029 0.029, 0.029 0.001, 0.001 0.001))",
         64.9},
    };
    (void)state;
    struct geo_geos *geos = geo_geos_new(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_shape *shape = shape_of_wkt(cases[i].wkt, NULL);
        double radius, some;
        assert_true(geo_geos_width(geos, shape, INFINITY, &radius, NULL));
        print_message("%s: %.2f m\n", cases[i].name, radius);
        assert_true(fabs(radius / cases[i].radius_m - 1) < 0.012);
        /* Reported as wider than a third of the width, and not as wider than three times. */
        assert_true(geo_geos_width(geos, shape, radius / 3, &some, NULL) && some > radius / 3);
        assert_true(geo_geos_width(geos, shape, radius * 3, &some, NULL) && some < radius * 3);
        geo_shape_free(shape);
    }
    geo_geos_free(geos);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_of_known_shapes),      cmocka_unit_test(what_became_of_each),
        cmocka_unit_test(threads_give_the_same),       cmocka_unit_test(wrong_editions_are_named),
        cmocka_unit_test(people_go_by_their_villages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
