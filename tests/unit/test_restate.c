/* test_restate.c - tests of geo/analysis/restate: facts carried over to another edition. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/analysis/restate.h"
#include "tests/support/two_editions.h"

static void put_fact(const char *codigo, const char *name, double value)
{
    const struct geo_value values[] = {
        text(codigo), text(name), {.kind = GEO_REAL_VALUE, .real = value}};
    put("hechos_municipio", values, NULL);
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
    /* The latest of each is what coverage takes. */
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

/* Back: two into one. A sum adds up, a rate is weighed by people. */
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
    assert_true(fact_of(restated, "nbi_2024")->pct[0] == 0); /* nothing was divided */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_are_carried_over),
        cmocka_unit_test(a_merge_sums_and_weighs),
        cmocka_unit_test(kinds_of_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
