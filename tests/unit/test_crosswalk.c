/* test_crosswalk.c - tests of geo/analysis/crosswalk and restate.
 * Small editions, and the width of polygons; tests/cli/test_editions has the real editions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "geo/analysis/restate.h"
#include "geo/figures/link.h"
#include "geo/place/geos.h"
#include "geo/place/measure.h"
#include "tests/support/wkt.h"

enum { UNITS = 6 };

struct unit {
    const char *codigo, *wkt;
};

struct village {
    double lon, lat;
    int people;
};

static struct geo_shape *wkt_shape(const char *wkt)
{
    size_t len;
    unsigned char *wkb = wkb_of(wkt, &len);
    struct geo_shape *shape = geo_shape_parse(wkb, len, NULL);
    free(wkb);
    assert_non_null(shape);
    return shape;
}

static struct geo_store *store;
static char path[64];

static void put(const char *table, const struct geo_value *values, const char *wkt)
{
    struct err err = {0};
    struct geo_shape *shape = wkt ? wkt_shape(wkt) : NULL;
    struct buf wkb;
    enum geo_put what;
    int64_t id;
    buf_init(&wkb);
    if (shape)
        geo_shape_put_wkb(shape, shape->kind == GEO_SHAPE_POLYGON, &wkb);
    const struct geo_record record = {
        .wkb = (unsigned char *)wkb.data, .wkb_len = wkb.len, .values = values};
    if (!geo_store_put(store, geo_table_find(table), &record, &what, &id, &err))
        fail_msg("%s", err.message);
    buf_free(&wkb);
    geo_shape_free(shape);
}

static struct geo_value text(const char *word)
{
    return (struct geo_value){.kind = word ? GEO_TEXT_VALUE : GEO_NULL, .text = word};
}

static void put_edition(const char *codigo, const struct unit *units, bool current)
{
    struct err err = {0};
    struct geo_edition_info info = {.current = current};
    snprintf(info.codigo, sizeof info.codigo, "%s", codigo);
    assert_true(geo_store_edition_put(store, &info, &err));
    for (size_t i = 0; i < UNITS && units[i].codigo; i++) {
        const struct geo_value values[] = {text(codigo),          text(units[i].codigo),
                                           text(units[i].codigo), text(NULL),
                                           text("Beni"),          text("Beni")};
        put("municipios", values, units[i].wkt);
    }
}

static void put_village(int number, const struct village *village)
{
    const struct geo_table *table = geo_table_find("comunidades");
    struct geo_value values[24] = {0};
    char codigo[16], wkt[64];
    snprintf(codigo, sizeof codigo, "C-%03d", number);
    snprintf(wkt, sizeof wkt, "POINT (%.9f %.9f)", village->lon, village->lat);
    assert_true(table->n_fields <= 24);
    values[geo_table_field(table, "codigo")] = text(codigo);
    values[geo_table_field(table, "nombre")] = text(codigo);
    values[geo_table_field(table, "personas")] =
        (struct geo_value){.kind = GEO_INT_VALUE, .integer = village->people};
    put("comunidades", values, wkt);
}

static void put_fact(const char *codigo, const char *name, double value)
{
    const struct geo_value values[] = {
        text(codigo), text(name), {.kind = GEO_REAL_VALUE, .real = value}};
    put("hechos_municipio", values, NULL);
}

static void open_store(void)
{
    struct err err = {0};
    strcpy(path, "/tmp/sigg-crosswalk-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    unlink(path);
    store = geo_store_open(path, GEO_STORE_CREATE, &err);
    if (!store)
        fail_msg("%s", err.message);
    assert_true(geo_store_begin(store, &err));
}

static void close_store(void)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    geo_store_close(store);
    store = NULL;
    for (int i = 0; i < 3; i++) {
        char file[80];
        snprintf(file, sizeof file, "%s%s", path, ends[i]);
        unlink(file);
    }
}

static struct geo_crosswalk *walk_of(const struct unit *before, const struct unit *after,
                                     const struct village *villages)
{
    struct err err = {0};
    const struct geo_crosswalk_options options = {.from = "a", .to = "b", .threads = 2};
    open_store();
    put_edition("a", before, false);
    put_edition("b", after, true);
    for (int i = 0; villages && villages[i].people; i++)
        put_village(i, &villages[i]);
    assert_true(geo_link_all(store, NULL, NULL, NULL, NULL, &err));
    struct geo_crosswalk *walk = geo_crosswalk_compute(store, &options, &err);
    if (!walk)
        fail_msg("%s", err.message);
    return walk;
}

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

#define LEFT "POLYGON ((-65 -15, -64.5 -15, -64.5 -14, -65 -14, -65 -15))"
#define RIGHT "POLYGON ((-64.5 -15, -64 -15, -64 -14, -64.5 -14, -64.5 -15))"

/* The border between LEFT and RIGHT drawn anew, up to 20 m to either side: four square
 * kilometres in all, but narrow everywhere. */
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

/* 010101 is split: 30 % of its land, but three quarters of its people. */
static const struct unit whole[UNITS] = {{"010101", LEFT}, {"010102", RIGHT}};
static const struct unit split[UNITS] = {
    {"010101", "POLYGON ((-65 -15, -64.5 -15, -64.5 -14.3, -65 -14.3, -65 -15))"},
    {"010102", RIGHT},
    {"010103", "POLYGON ((-65 -14.3, -64.5 -14.3, -64.5 -14, -65 -14, -65 -14.3))"}};
static const struct village villages[] = {
    {-64.8, -14.9, 100}, {-64.8, -14.2, 250}, {-64.6, -14.1, 50}, {0, 0, 0}};

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

static const struct geo_restated_fact *fact_of(const struct geo_restated *restated,
                                               const char *name)
{
    for (size_t i = 0; i < restated->n_facts; i++)
        if (strcmp(restated->facts[i].name, name) == 0)
            return &restated->facts[i];
    fail_msg("no %s", name);
    return NULL;
}

static void facts_are_carried_over(void **state)
{
    (void)state;
    struct err err = {0};
    geo_crosswalk_free(walk_of(whole, split, villages));
    put_fact("010101", "poblacion_rural_2012", 7);
    put_fact("010101", "poblacion_rural_2024", 1000);
    put_fact("010101", "viviendas_rurales_2024", 400);
    put_fact("010101", "area_km2", 6000);
    put_fact("010101", "nbi_2024", 60);
    put_fact("010102", "poblacion_rural_2024", 123.25);
    put_fact("010102", "nbi_2024", 30.125);
    put_fact("010102", "rarezas", 5);
    const struct geo_restate_options options = {.editions = {.from = "a", .to = "b"}};
    struct geo_restated *restated = geo_restate(store, &options, &err);
    if (!restated)
        fail_msg("%s", err.message);
    const struct geo_restated_fact *people = fact_of(restated, "poblacion_rural_2024");
    assert_true(fabs(people->value[0] - 250) < 1e-9 && fabs(people->value[2] - 750) < 1e-9);
    assert_true(people->value[1] == 123.25 && people->pct[1] == 0); /* to the last digit */
    assert_true(people->pct[0] == 100 && people->pct[2] == 100);
    const struct geo_restated_fact *area = fact_of(restated, "area_km2");
    assert_int_equal(area->kind, GEO_FACT_AREA);
    assert_true(fabs(area->value[2] - 1800) < 6);
    assert_true(fabs(area->value[0] + area->value[2] - 6000) < 1e-9);
    assert_true(isnan(area->value[1]));
    const struct geo_restated_fact *nbi = fact_of(restated, "nbi_2024");
    assert_int_equal(nbi->kind, GEO_FACT_MEAN);
    assert_true(nbi->value[0] == 60 && nbi->value[2] == 60 && nbi->value[1] == 30.125);
    /* Coverage takes the latest value of each fact. */
    assert_ptr_equal(restated->coverage.poblacion_rural, people->value);
    assert_int_equal(restated->n_unknown, 1);
    assert_string_equal(restated->unknown[0], "rarezas");
    geo_restated_free(restated);

    const struct geo_restate_options by_name = {.editions = {.from = "a", .to = "b"},
                                                .facts = (const char *[]){"rarezas", NULL}};
    assert_null(geo_restate(store, &by_name, &err));
    assert_non_null(strstr(err.message, "--mean rarezas"));
    const struct geo_restate_options unknown = {.editions = {.from = "a", .to = "b"},
                                                .facts = (const char *[]){"nada", NULL}};
    assert_null(geo_restate(store, &unknown, &err));
    assert_non_null(strstr(err.message, "«nada»"));
    close_store();
}

/* Two units into one: sums are added, rates are averaged by population. */
static void a_merge_sums_and_weighs(void **state)
{
    (void)state;
    struct err err = {0};
    geo_crosswalk_free(walk_of(split, whole, villages));
    put_fact("010101", "poblacion_2024", 100);
    put_fact("010103", "poblacion_2024", 300);
    put_fact("010101", "nbi_2024", 80);
    put_fact("010103", "nbi_2024", 40);
    const struct geo_restate_options options = {.editions = {.from = "a", .to = "b"}};
    struct geo_restated *restated = geo_restate(store, &options, &err);
    assert_non_null(restated);
    assert_true(fact_of(restated, "poblacion_2024")->value[0] == 400);
    assert_true(fabs(fact_of(restated, "nbi_2024")->value[0] - 50) < 1e-9);
    assert_true(fact_of(restated, "nbi_2024")->pct[0] == 0); /* no unit was divided */
    geo_restated_free(restated);
    close_store();
}

static void kinds_of_facts(void **state)
{
    static const struct {
        const char *name;
        enum geo_fact_kind kind;
    } cases[] = {
        {"poblacion_2024", GEO_FACT_PEOPLE},
        {"viviendas_rurales_2024", GEO_FACT_PEOPLE},
        {"comunidades_rurales", GEO_FACT_PEOPLE},
        {"nbi_2012", GEO_FACT_MEAN},
        {"poblacion_pobre_pct", GEO_FACT_MEAN},
        {"tasa_mortalidad", GEO_FACT_MEAN},
        {"area_km2", GEO_FACT_AREA},
        {"superficie_ha", GEO_FACT_AREA},
        {"densidad_poblacion", GEO_FACT_MEAN},
        {"poblacional", GEO_FACT_UNKNOWN},
        {"altitud", GEO_FACT_UNKNOWN},
        {"", GEO_FACT_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (geo_fact_kind(cases[i].name) != cases[i].kind)
            fail_msg("%s", cases[i].name);
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
        struct geo_shape *shape = wkt_shape(cases[i].wkt);
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
        cmocka_unit_test(people_go_by_their_villages), cmocka_unit_test(facts_are_carried_over),
        cmocka_unit_test(a_merge_sums_and_weighs),     cmocka_unit_test(kinds_of_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
