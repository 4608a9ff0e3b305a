/* test_equity.c - tests of geo/analysis/equity.
 * Worked by hand, a published example, and every measure from its definition. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/analysis/equity.h"
#include "geo/analysis/variates.h"
#include "geo/figures/linker.h"
#include "tests/support/must.h"
#include "tests/unit/country.h"

static void near(double got, double wanted, double tolerance)
{
    if (!(fabs(got - wanted) <= tolerance))
        fail_msg("%.15g is not %.15g", got, wanted);
}

/* Three places of 1, 1 and 2 people with 0, 1 and 3 families: the curve goes
 * through (1/4, 0), (1/2, 1/4), (1, 1); twice the area below it is 1/4 (0 + 0) +
 * 1/4 (0 + 1/4) + 1/2 (1/4 + 1) = 0.6875, so the Gini is 0.3125. */
static void a_curve_by_hand(void **state)
{
    struct geo_equity_unit units[] = {{2, 3, 1, 0, 0}, {1, 1, 2, 0, 1}, {1, 0, 3, 0, 2}};
    struct geo_equity_point points[4];
    size_t n_points;
    (void)state;
    near(geo_equity_lorenz(units, 3, points), 0.3125, 1e-15);
    near(points[0].people + points[0].value, 0, 0);
    near(points[1].people, 0.25, 1e-15);
    near(points[1].value, 0, 1e-15);
    near(points[2].people, 0.5, 1e-15);
    near(points[2].value, 0.25, 1e-15);
    near(points[3].value, 1, 0);
    assert_int_equal(points[1].at, 2);
    /* the neediest have nothing: the same curve, the same index */
    near(geo_equity_concentration(units, 3, points, &n_points), 0.3125, 1e-15);
    assert_int_equal(n_points, 4);
    /* the neediest have most: the mirrored curve */
    for (int i = 0; i < 3; i++)
        units[i].need = -units[i].need;
    near(geo_equity_concentration(units, 3, points, &n_points), -0.3125, 1e-15);
}

/* Under-five deaths in India, 1982-92: births and deaths a thousand by wealth,
 * from the poorest (O'Donnell, van Doorslaer, Wagstaff and Lindelow, Analyzing
 * Health Equity Using Household Survey Data, World Bank, 2008, table 8.1):
 * concentration index -0.1694. */
static void a_published_concentration_index(void **state)
{
    static const double births[] = {29939, 28776, 26528, 24689, 19739};
    static const double rate[] = {154.7, 152.9, 119.5, 86.9, 54.3};
    struct geo_equity_unit units[5];
    struct geo_equity_point points[6];
    size_t n_points;
    (void)state;
    for (size_t i = 0; i < 5; i++)
        units[i] =
            (struct geo_equity_unit){births[i], births[i] * rate[i] / 1000, 5.0 - (double)i, 0, i};
    double index = geo_equity_concentration(units, 5, points, &n_points);
    print_message("published -0.1694, here %.4f\n", index);
    near(index, -0.1694, 5e-5);
}

enum { N = 339, GROUPS = 9 };

static void make_country(struct geo_equity_unit *units, uint64_t seed)
{
    struct geo_random random;
    geo_random_start(&random, seed, 0);
    for (size_t i = 0; i < N; i++)
        units[i] = (struct geo_equity_unit){
            .people = 1 + floor(geo_exp(8 + 1.5 * geo_variate_normal(&random))),
            .value = geo_variate_unit(&random) < 0.4 ? 0 : floor(400 * geo_variate_unit(&random)),
            .need = floor(100 * geo_variate_unit(&random)), /* with ties */
            .group = i % GROUPS,
            .at = i};
}

/* Half the mean difference of all pairs of people, over the mean. */
static double gini_of_pairs(const struct geo_equity_unit *units, size_t n)
{
    double people = 0, value = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        people += units[i].people;
        value += units[i].value;
        for (size_t j = 0; j < n; j++)
            sum += units[i].people * units[j].people *
                   fabs(units[i].value / units[i].people - units[j].value / units[j].people);
    }
    return sum / (2 * people * people) / (value / people);
}

/* 2 cov(value by person, rank) / mean, the rank of a person the middle of the
 * people who need as much (Kakwani, Wagstaff and van Doorslaer, 1997, with weights). */
static double concentration_of_ranks(const struct geo_equity_unit *units, size_t n)
{
    double people = 0, value = 0, covariance = 0;
    for (size_t i = 0; i < n; i++) {
        people += units[i].people;
        value += units[i].value;
    }
    for (size_t i = 0; i < n; i++) {
        double above = 0, level = 0;
        for (size_t j = 0; j < n; j++) {
            above += units[j].need > units[i].need ? units[j].people : 0;
            level += units[j].need == units[i].need ? units[j].people : 0;
        }
        double rank = (above + level / 2) / people;
        covariance += units[i].value / people * (rank - 0.5);
    }
    return 2 * covariance / (value / people);
}

static double theil_of_people(const struct geo_equity_unit *units, size_t n)
{
    double people = 0, value = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        people += units[i].people;
        value += units[i].value;
    }
    for (size_t i = 0; i < n; i++) {
        double ratio = units[i].value / units[i].people / (value / people);
        sum += ratio > 0 ? units[i].people / people * ratio * log(ratio) : 0;
    }
    return sum;
}

static void measures_from_their_definitions(void **state)
{
    struct geo_equity_unit units[N];
    struct geo_equity_point points[N + 1];
    struct geo_equity_share groups[GROUPS];
    double worst[4] = {0};
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        size_t n_points;
        make_country(units, seed);
        double theil = geo_equity_theil(units, N, GROUPS, groups), within = 0, between = 0;
        for (size_t g = 0; g < GROUPS; g++) {
            within += groups[g].within;
            between += groups[g].between;
        }
        const double off[4] = {
            fabs(geo_equity_lorenz(units, N, points) - gini_of_pairs(units, N)),
            fabs(theil - theil_of_people(units, N)),
            fabs(theil_of_people(units, N) - (within + between)),
            fabs(geo_equity_concentration(units, N, points, &n_points) -
                 concentration_of_ranks(units, N)),
        };
        assert_true(between > 0 && within > 0);
        for (int m = 0; m < 4; m++)
            worst[m] = off[m] > worst[m] ? off[m] : worst[m];
    }
    print_message("20 countries of %d: Gini within %.1g, Theil %.1g, its parts %.1g, "
                  "concentration %.1g\n",
                  N, worst[0], worst[1], worst[2], worst[3]);
    for (int m = 0; m < 4; m++)
        assert_true(worst[m] < 1e-12);
}

static void equal_needs_have_no_order(void **state)
{
    struct geo_equity_unit units[N], turned[N];
    struct geo_equity_point points[N + 1];
    size_t n_points;
    (void)state;
    make_country(units, 77);
    for (size_t i = 0; i < N; i++) {
        turned[i] = units[N - 1 - i];
        turned[i].at = i;
    }
    near(geo_equity_concentration(units, N, points, &n_points),
         geo_equity_concentration(turned, N, points, &n_points), 1e-13);
}

static void nothing_and_edges(void **state)
{
    struct geo_equity_unit units[] = {{5, 0, 1, 0, 0}, {5, 0, NAN, 1, 1}};
    struct geo_equity_point points[3];
    struct geo_equity_share groups[2];
    size_t n_points;
    (void)state;
    assert_true(isnan(geo_equity_lorenz(units, 2, points)));
    assert_true(isnan(geo_equity_concentration(units, 2, points, &n_points)));
    assert_int_equal(n_points, 2);
    assert_true(isnan(geo_equity_theil(units, 2, 2, groups)));
    assert_true(isnan(geo_equity_lorenz(units, 0, points)));
    /* all in one of two equal places: Gini 1/2, Theil ln 2, all of it between groups */
    units[0].value = 7;
    near(geo_equity_lorenz(units, 2, points), 0.5, 1e-15);
    near(geo_equity_theil(units, 2, 2, groups), log(2), 1e-15);
    near(groups[0].between + groups[1].between, log(2), 1e-15);
    near(groups[0].within + groups[1].within, 0, 0);
    /* the same for everybody */
    units[0].value = units[1].value = 7;
    near(geo_equity_lorenz(units, 2, points), 0, 1e-15);
    near(geo_equity_theil(units, 2, 2, groups), 0, 1e-15);
}

/* The programme --------------------------------------------------------------- */

static void put_alianza(struct geo_store *store, const char *codigo, const char *municipio,
                        int64_t familias)
{
    struct draft draft = draft_new("alianzas");
    draft_set(&draft, "codigo", a_text(codigo));
    draft_set(&draft, "nombre", a_text("Prueba"));
    draft_set(&draft, "familias", an_int(familias));
    draft_set(&draft, "comprometido_cts", an_int(familias * 150));
    draft_set(&draft, "fecha_convenio", a_text("2020-01-01"));
    draft_set(&draft, "municipio_codigo", a_text(municipio));
    draft_put(&draft, store);
}

/* People: Chuquisaca 1 and 1, Potosí 2 and 0, Beni unknown and 4. The municipalities with 0
 * and unknown people have families too; so has "no municipality". */
static void what_does_not_count_is_told(void **state)
{
    struct err err = {0};
    struct country *country = country_new();
    struct geo_store *store = country->store;
    (void)state;
    must(geo_store_begin(store, &err), &err);
    put_fact(store, "010101", "poblacion_rural_2024", 1);
    put_fact(store, "010104", "poblacion_rural_2024", 1);
    put_fact(store, "050102", "poblacion_rural_2024", 2);
    put_fact(store, "050103", "poblacion_rural_2024", 0);
    put_fact(store, "080606", "poblacion_rural_2024", 4);
    put_fact(store, "010101", "nbi_2024", 90);
    put_fact(store, "010101", "nbi_2012", 5);
    put_fact(store, "080606", "nbi", 30);
    put_alianza(store, "A1", "010104", 1);
    put_alianza(store, "A2", "050102", 3);
    put_alianza(store, "A3", "050103", 10);
    put_alianza(store, "A4", "080505", 100);
    put_alianza(store, "A5", NULL, 1000);
    must(geo_link_all(store, NULL, NULL, NULL, NULL, &err), &err);
    must(geo_store_commit(store, &err), &err);
    struct geo_equity_query query = {.group = GEO_BY_DEPARTAMENTO};
    struct geo_equity *equity = geo_equity_compute(store, &query, &err);
    must(equity != NULL, &err);
    assert_int_equal(equity->n_rows, 4);
    const struct geo_equity_row *nation = &equity->rows[3], *potosi = &equity->rows[2];
    assert_string_equal(nation->nombre, "Bolivia");
    assert_string_equal(potosi->nombre, "Potosí");
    assert_int_equal(nation->share.units, 4);
    assert_int_equal(nation->excluded, 2);
    near(nation->excluded_value, 1110, 0);
    near(potosi->excluded_value, 10, 0);
    near(nation->share.value, 4, 0);
    near(nation->share.people, 8, 0);
    near(nation->share.within + nation->share.between, nation->share.theil, 1e-15);
    assert_int_equal(equity->without_need, 2); /* 010104, 050102 */
    assert_true(isnan(nation->concentration)); /* places with a need have no families */
    assert_int_equal(equity->n_concentration, 3);
    assert_string_equal(equity->units->units[equity->concentration[1].at].codigo, "010101");
    geo_equity_free(equity);

    query = (struct geo_equity_query){.of = GEO_EQUITY_BS, .group = GEO_BY_NACIONAL};
    equity = geo_equity_compute(store, &query, &err);
    must(equity != NULL, &err);
    assert_int_equal(equity->n_rows, 1);
    near(equity->rows[0].share.value, 6, 0); /* Bs */
    near(equity->rows[0].gini, 1 - (0 * 5 + 0.125 * 0.25 + 0.25 * 1.25), 1e-15);
    geo_equity_free(equity);

    query.group = GEO_BY_MUNICIPIO;
    assert_null(geo_equity_compute(store, &query, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    query = (struct geo_equity_query){.group = GEO_BY_UO, .edition = "nada"};
    assert_null(geo_equity_compute(store, &query, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    country_free(country);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_curve_by_hand),
        cmocka_unit_test(a_published_concentration_index),
        cmocka_unit_test(measures_from_their_definitions),
        cmocka_unit_test(equal_needs_have_no_order),
        cmocka_unit_test(nothing_and_edges),
        cmocka_unit_test(what_does_not_count_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
