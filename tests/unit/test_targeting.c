/* test_targeting.c - tests of geo/analysis/targeting.
 * Six municipalities worked by hand, the draws against closed forms. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/analysis/targeting_internal.h"
#include "geo/analysis/variates.h"
#include "geo/figures/linker.h"
#include "tests/support/must.h"
#include "tests/unit/country.h"

/* The country --------------------------------------------------------------- */

static void put_alianza(struct geo_store *store, const char *codigo, const char *municipio,
                        const char *convenio, int64_t familias)
{
    struct draft draft = draft_new("alianzas");
    draft_set(&draft, "codigo", a_text(codigo));
    draft_set(&draft, "nombre", a_text("Prueba"));
    draft_set(&draft, "familias", an_int(familias));
    draft_set(&draft, "fecha_convenio", a_text(convenio));
    draft_set(&draft, "municipio_codigo", a_text(municipio));
    draft_put(&draft, store);
}

/* NBI 50 and 52 in Chuquisaca, 60 and 60 in Potosí, 10 and 95 in Beni. */
static const struct {
    const char *codigo;
    double nbi, people, dwellings, agua;
    int64_t families;
} facts[] = {
    {"010101", 50, 1000, 400, 3, 40}, {"010104", 52, 3000, 800, 4, 0},
    {"050102", 60, 2000, 500, 5, 10}, {"050103", 60, 2000, 500, 5, 0},
    {"080505", 10, 500, 200, 6, 0},   {"080606", 95, 9000, 3000, 7, 60},
};
enum { SIX = 6 };

static int set_up(void **state)
{
    struct err err = {0};
    struct country *country = country_new();
    must(geo_store_begin(country->store, &err), &err);
    for (size_t i = 0; i < SIX; i++) {
        char codigo[16];
        put_fact(country->store, facts[i].codigo, "nbi_2012", 99);
        put_fact(country->store, facts[i].codigo, "nbi_2024", facts[i].nbi);
        put_fact(country->store, facts[i].codigo, "nbi", 1);
        put_fact(country->store, facts[i].codigo, "poblacion_rural_2024", facts[i].people);
        put_fact(country->store, facts[i].codigo, "viviendas_rurales_2024", facts[i].dwellings);
        put_fact(country->store, facts[i].codigo, "agua_2020", facts[i].agua);
        snprintf(codigo, sizeof codigo, "A%zu", i);
        if (facts[i].families)
            put_alianza(country->store, codigo, facts[i].codigo, "2020-01-01", facts[i].families);
    }
    must(geo_link_all(country->store, NULL, NULL, NULL, NULL, &err), &err);
    must(geo_store_commit(country->store, &err), &err);
    *state = country;
    return 0;
}

static int tear_down(void **state)
{
    country_free(*state);
    return 0;
}

static struct geo_targeting *compute(void **state, const struct geo_target_query *query)
{
    struct err err = {0};
    const struct country *country = *state;
    struct geo_targeting *targeting = geo_targeting_compute(country->store, query, &err);
    must(targeting != NULL, &err);
    return targeting;
}

static const struct geo_target_row *row_of(const struct geo_targeting *targeting,
                                           const char *codigo)
{
    for (size_t i = 0; i < targeting->n_rows; i++)
        if (strcmp(targeting->rows[i].named.codigo, codigo) == 0)
            return &targeting->rows[i];
    fail_msg("no row %s", codigo);
    return NULL;
}

static void near(double got, double wanted, double tolerance)
{
    if (!(fabs(got - wanted) <= tolerance))
        fail_msg("%.12g is not %.12g", got, wanted);
}

/* By hand ------------------------------------------------------------------------ */

/* NBI sorted 10 50 52 60 60 95: percentile 5 at 0.25 is 10 + 0.25 * 40 = 20,
 * percentile 95 at 4.75 is 60 + 0.75 * 35 = 86.25. People 500 1000 2000 2000
 * 3000 9000 in logarithms. Families by 100 dwellings: 10, 0, 2, 0, 0, 2; sorted
 * 0 0 0 2 2 10, percentile 95 is 2 + 0.75 * 8 = 8; the ruler begins at 0.
 * Nobody has irrigation or works: those gaps are whole. */
static void an_index_by_hand(void **state)
{
    const struct geo_target_query query = {.draws = GEO_TARGET_NO_DRAWS};
    struct geo_targeting *targeting = compute(state, &query);
    const double low = log(500) + 0.25 * log(2), high = log(3000) + 0.75 * log(3);
    assert_int_equal(targeting->n_ranked, SIX);
    for (size_t i = 0; i < SIX; i++) {
        const struct geo_target_row *row = row_of(targeting, facts[i].codigo);
        double nbi = fmin(fmax((facts[i].nbi - 20) / 66.25, 0), 1);
        double rural = fmin(fmax((log(facts[i].people) - low) / (high - low), 0), 1);
        double served = 100 * (double)facts[i].families / facts[i].dwellings;
        double families = 1 - fmin(served / 8, 1);
        double need = (nbi + rural) / 2, gap = (2 * families + 1 + 1) / 4;
        near(row->value[TARGET_FAMILIAS], served, 1e-12);
        near(row->norm[TARGET_NBI], nbi, 1e-12);
        near(row->norm[TARGET_RURAL], rural, 1e-12);
        near(row->norm[TARGET_FAMILIAS], families, 1e-12);
        near(row->norm[TARGET_RIEGO], 1, 0);
        near(row->need, need, 1e-12);
        near(row->gap, gap, 1e-12);
        near(row->index, 100 * sqrt(need * gap), 1e-10);
    }
    assert_string_equal(targeting->rows[0].named.codigo, "080606");
    assert_string_equal(targeting->rows[SIX - 1].named.codigo, "080505");
    for (size_t i = 0; i < SIX; i++)
        assert_int_equal(targeting->rows[i].place, i + 1);
    geo_targeting_free(targeting);
}

static void weights_form_and_scale(void **state)
{
    const struct geo_target_query additive = {.draws = GEO_TARGET_NO_DRAWS,
                                              .form = GEO_TARGET_ADDITIVE,
                                              .weights = "need=3,gap=1,rural=0"};
    struct geo_targeting *targeting = compute(state, &additive);
    const struct geo_target_row *row = row_of(targeting, "010101");
    near(row->index, 100 * (0.75 * 30 / 66.25 + 0.25 * 0.5), 1e-10);
    geo_targeting_free(targeting);

    /* NBI 60 stands above 3 of 6 and level with itself and another: (3 + 5) / 12 */
    const struct geo_target_query percentile = {.draws = GEO_TARGET_NO_DRAWS,
                                                .scale = GEO_TARGET_PERCENTILE,
                                                .weights = "need=1,gap=0,rural=0"};
    targeting = compute(state, &percentile);
    row = row_of(targeting, "050102");
    near(row->index, 100 * 8.0 / 12, 1e-10);
    /* the tie goes to the lower code */
    assert_int_equal(row->place, 2);
    assert_int_equal(row_of(targeting, "050103")->place, 3);
    geo_targeting_free(targeting);

    /* A fact whose low values mean need: the largest becomes 0, and in the scenario without
     * this fact that municipality moves up. */
    const struct geo_target_query fact = {.draws = GEO_TARGET_NO_DRAWS,
                                          .facts = "agua:-",
                                          .weights = "nbi=0,rural=0",
                                          .scenario = "agua=0"};
    targeting = compute(state, &fact);
    row = row_of(targeting, "080606");
    near(row->norm[GEO_TARGET_BASIC], 0, 0);
    assert_int_equal(row->place, 6);
    assert_int_equal(row->place_scenario, 1);
    near(row_of(targeting, "010101")->norm[GEO_TARGET_BASIC], 1, 0);
    geo_targeting_free(targeting);
}

/* Coverage of a day before the first agreement: every gap is 1. */
static void on_a_day(void **state)
{
    const struct geo_target_query query = {.draws = GEO_TARGET_NO_DRAWS, .as_of = "2019-12-31"};
    struct geo_targeting *targeting = compute(state, &query);
    for (size_t i = 0; i < SIX; i++)
        near(targeting->rows[i].gap, 1, 0);
    assert_string_equal(targeting->as_of, "2019-12-31");
    geo_targeting_free(targeting);
}

/* A municipality without a fact that counts is never ranked as if the fact were zero. */
static void what_is_missing_is_said(void **state)
{
    struct err err = {0};
    const struct country *country = *state;
    must(geo_store_begin(country->store, &err), &err);
    put_fact(country->store, "080505", "viviendas_rurales_2024", 0);
    put_fact(country->store, "080606", "agua_2030", 1); /* only one has the later name */
    const struct geo_target_query query = {.draws = 500, .k = 5};
    struct geo_targeting *targeting = compute(state, &query);
    assert_int_equal(targeting->n_ranked, SIX - 1);
    const struct geo_target_row *row = row_of(targeting, "080505");
    assert_string_equal(row->excluded, "tiene 0 viviendas rurales");
    assert_int_equal(row->place, 0);
    assert_true(isnan(row->index));
    assert_ptr_equal(row, &targeting->rows[SIX - 1]);
    geo_targeting_free(targeting);
    const struct geo_target_query too_many = {.draws = 500, .k = 6};
    assert_null(geo_targeting_compute(country->store, &too_many, &err));
    assert_string_equal(err.field, "k");
    assert_string_equal(err.message, "6 es más que los 5 municipios clasificados");
    /* it is ranked if nothing that needs dwellings has a weight */
    const struct geo_target_query need = {.draws = GEO_TARGET_NO_DRAWS, .weights = "gap=0"};
    targeting = compute(state, &need);
    assert_int_equal(targeting->n_ranked, SIX);
    geo_targeting_free(targeting);
    const struct geo_target_query fact = {.draws = GEO_TARGET_NO_DRAWS, .facts = "agua_2030"};
    targeting = compute(state, &fact);
    assert_int_equal(targeting->n_ranked, 1);
    assert_string_equal(row_of(targeting, "010101")->excluded, "sin el hecho «agua_2030»");
    geo_targeting_free(targeting);
    geo_store_rollback(country->store);
}

static void bad_queries_are_named(void **state)
{
    static const struct {
        struct geo_target_query query;
        const char *says;
    } cases[] = {
        {{.draws = 9, .weights = "need=0,gap=0"}, "weights: los pesos de need y gap suman cero"},
        {{.draws = 9, .weights = "nbi=0,rural=0"}, "weights: los pesos de los componentes de la"},
        {{.draws = 9, .weights = "nbi=-1"}, "weights: «nbi=-1»"},
        {{.draws = 9, .weights = "nbi=nan"}, "weights: «nbi=nan»"},
        {{.draws = 9, .weights = "nbi"}, "weights: «nbi»: se espera nombre=número"},
        {{.draws = 9, .weights = ""}, "weights: «»"},
        {{.draws = 9, .weights = "oro=1"}, "weights: «oro» no es un componente: se acepta need"},
        {{.draws = 9, .scenario = "oro=1"}, "scenario: «oro»"},
        {{.draws = 9, .facts = "oro"},
         "facts: ningún municipio tiene el hecho «oro»; los que hay: agua"},
        {{.draws = 9, .facts = "nbi"}, "facts: «nbi» ya es un componente"},
        {{.draws = 9, .facts = "agua,agua"}, "facts: «agua» ya es un componente"},
        {{.draws = 9, .facts = "a,b,c,d,e,f,g,h,i"}, "facts: son más de 8 hechos"},
        {{.draws = 9, .errors = "nbi=101"}, "errors: «nbi=101»: se espera un número de 0 a 100"},
        {{.draws = 9, .errors = "sal=1"}, "errors: «sal» no es un error de los datos"},
        {{.draws = 0}, "draws: «0»"},
        {{.draws = 1000001}, "draws: «1000001»"},
        {{.draws = 9, .k = 7}, "k: 7 es más que los 6 municipios clasificados"},
        {{.draws = 9, .k = 3, .by_departamento = true}, "k: 3 es más que los 2 municipios"},
        {{.draws = 9, .as_of = "2020-13-01"}, "as-of: «2020-13-01»"},
        {{.draws = 9, .edition = "nada"}, "«nada»"},
    };
    const struct country *country = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        assert_null(geo_targeting_compute(country->store, &cases[i].query, &err));
        err_show_field(&err, "", "");
        if (!strstr(err.message, cases[i].says))
            fail_msg("«%s» does not say «%s»", err.message, cases[i].says);
    }
}

/* How sure --------------------------------------------------------------------------- */

/* Two municipalities of a department, ranked by NBI alone with an error of 3 points each:
 * the first is above with probability Phi(2 / (3 sqrt 2)). Equal ones are first in half of
 * the draws, regardless of their codes. */
static void a_probability_in_closed_form(void **state)
{
    const int64_t draws = 40000;
    const struct geo_target_query query = {.draws = draws,
                                           .k = 1,
                                           .by_departamento = true,
                                           .form = GEO_TARGET_ADDITIVE,
                                           .weights = "need=1,gap=0,rural=0",
                                           .seed = 4};
    struct geo_targeting *targeting = compute(state, &query);
    double wanted = 0.5 * erfc(-2 / (3 * sqrt(2)) / sqrt(2));
    double got = (double)row_of(targeting, "010104")->in_first_k / (double)draws;
    print_message("P(52 above 50): %.4f drawn, %.4f exact\n", got, wanted);
    near(got, wanted, 4 * 0.5 / sqrt((double)draws));
    got = (double)row_of(targeting, "050103")->in_first_k / (double)draws;
    near(got, 0.5, 4 * 0.5 / sqrt((double)draws));
    assert_int_equal(row_of(targeting, "080606")->in_first_k, draws);
    assert_int_equal(row_of(targeting, "080606")->place_p95, 1);
    assert_int_equal(row_of(targeting, "080505")->place_p05, 2);
    geo_targeting_free(targeting);

    /* Without errors, equal municipalities are ordered by chance. */
    struct geo_target_query level = query;
    level.errors = "nbi=0";
    targeting = compute(state, &level);
    got = (double)row_of(targeting, "050103")->in_first_k / (double)draws;
    near(got, 0.5, 4 * 0.5 / sqrt((double)draws));
    assert_int_equal(row_of(targeting, "010104")->in_first_k, draws);
    geo_targeting_free(targeting);
}

/* The facts are of 2024. For a day one year earlier, with ageing of 4 points a year, the
 * error is sqrt(3^2 + 4^2). */
static void facts_age(void **state)
{
    const int64_t draws = 40000;
    const struct geo_target_query query = {.draws = draws,
                                           .k = 1,
                                           .by_departamento = true,
                                           .form = GEO_TARGET_ADDITIVE,
                                           .weights = "need=1,gap=0,rural=0",
                                           .errors = "envejecimiento=4",
                                           .scale = GEO_TARGET_RANGE,
                                           .as_of = "2023-06-30"};
    struct geo_targeting *targeting = compute(state, &query);
    double wanted = 0.5 * erfc(-2 / (5 * sqrt(2)) / sqrt(2)); /* sqrt(9 + 16) = 5 */
    double got = (double)row_of(targeting, "010104")->in_first_k / (double)draws;
    print_message("P(52 above 50), a year old: %.4f drawn, %.4f exact\n", got, wanted);
    near(got, wanted, 4 * 0.5 / sqrt((double)draws));
    geo_targeting_free(targeting);
}

/* No errors and fixed weights: every draw gives the same ranking. */
static void without_error_the_ranking_is_certain(void **state)
{
    const struct geo_target_query query = {
        .draws = 300,
        .k = 3,
        .concentration = 1e6,
        .errors = "nbi=0,poblacion=0,riego=0,registro=0,hechos=0,envejecimiento=0"};
    struct geo_targeting *targeting = compute(state, &query);
    for (size_t i = 0; i < SIX; i++) {
        const struct geo_target_row *row = &targeting->rows[i];
        assert_int_equal(row->in_first_k, row->place <= 3 ? 300 : 0);
        assert_int_equal(row->place_p05, row->place);
        assert_int_equal(row->place_p95, row->place);
    }
    geo_targeting_free(targeting);
}

static void any_number_of_threads_gives_the_same(void **state)
{
    struct geo_target_query query = {
        .draws = 5000, .k = 2, .seed = 9, .facts = "agua", .threads = 1};
    struct geo_targeting *one = compute(state, &query);
    int64_t sum = 0;
    for (size_t i = 0; i < SIX; i++)
        sum += one->rows[i].in_first_k;
    assert_int_equal(sum, 2 * query.draws); /* the probabilities sum to k */
    static const int threads[] = {2, 3, 7, 16};
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
        query.threads = threads[t];
        struct geo_targeting *many = compute(state, &query);
        for (size_t i = 0; i < SIX; i++) {
            assert_int_equal(many->rows[i].in_first_k, one->rows[i].in_first_k);
            assert_int_equal(many->rows[i].place_p05, one->rows[i].place_p05);
            assert_int_equal(many->rows[i].place_p50, one->rows[i].place_p50);
            assert_int_equal(many->rows[i].place_p95, one->rows[i].place_p95);
        }
        geo_targeting_free(many);
    }
    query.seed = 10;
    struct geo_targeting *other = compute(state, &query);
    bool differs = false;
    for (size_t i = 0; i < SIX; i++)
        differs |= other->rows[i].in_first_k != one->rows[i].in_first_k;
    assert_true(differs);
    geo_targeting_free(other);
    geo_targeting_free(one);
}

/* In words ------------------------------------------------------------------------------ */

static void a_place_is_explained(void **state)
{
    const struct geo_target_query query = {.draws = 200, .k = 2};
    struct geo_targeting *targeting = compute(state, &query);
    struct err err = {0};
    struct buf text;
    buf_init(&text);
    must(geo_targeting_explain(targeting, "080606", &text, &err), &err);
    fputs(text.data, stderr);
    assert_non_null(strstr(text.data, "Trinidad (080606), Beni: puesto 1 de 6, índice "));
    assert_non_null(strstr(text.data, "  nbi: 95 % (personas con necesidades básicas "
                                      "insatisfechas) → 1, peso 0,5; más que 5 de los 6"));
    assert_non_null(strstr(text.data, "\nQué cambiaría su puesto"));
    /* The number of families that the text says would remove it from the list does so; one
     * family less does not. */
    const char *at = strstr(text.data, "  Con ");
    assert_non_null(at);
    int more = atoi(at + strlen("  Con "));
    const struct geo_target_row *row = row_of(targeting, "080606"), *next = &targeting->rows[2];
    for (int less = 0; less < 2; less++) {
        double served = 100.0 * (60 + more - less) / 3000;
        double gap = (2 * (1 - fmin(served / 8, 1)) + 2) / 4;
        bool out = 100 * sqrt(row->need * gap) < next->index;
        assert_int_equal(out, !less);
    }
    buf_clear(&text);
    must(geo_targeting_explain(targeting, "080505", &text, &err), &err);
    assert_non_null(strstr(text.data, "puntos de índice para estar entre los primeros 2."));
    buf_clear(&text);
    assert_false(geo_targeting_explain(targeting, "999999", &text, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    buf_free(&text);
    geo_targeting_free(targeting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_index_by_hand),
        cmocka_unit_test(weights_form_and_scale),
        cmocka_unit_test(on_a_day),
        cmocka_unit_test(what_is_missing_is_said),
        cmocka_unit_test(bad_queries_are_named),
        cmocka_unit_test(a_probability_in_closed_form),
        cmocka_unit_test(facts_age),
        cmocka_unit_test(without_error_the_ranking_is_certain),
        cmocka_unit_test(any_number_of_threads_gives_the_same),
        cmocka_unit_test(a_place_is_explained),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
