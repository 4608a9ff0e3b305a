/* test_moran.c - tests of geo/analysis/moran and weights.
 * Spdep's results for a published data set (tests/reference/sids.R), and brute force. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/analysis/moran.h"
#include "geo/analysis/random.h"
#include "geo/place/measure.h"

enum { COUNTIES = 100, LINKS = 1000 };

struct sids {
    size_t n;
    int fips[COUNTIES];
    double births[COUNTIES], deaths[COUNTIES], z[COUNTIES], local[COUNTIES], q[COUNTIES];
    char neighbours[COUNTIES][128];
    double i, expected, variance;
    size_t start[COUNTIES + 1];
    uint32_t to[LINKS];
};

static void read_sids(struct sids *sids)
{
    FILE *file = fopen("tests/reference/sids.csv", "r");
    char line[512];
    assert_non_null(file);
    memset(sids, 0, sizeof *sids);
    while (fgets(line, sizeof line, file)) {
        size_t i = sids->n;
        if (sscanf(line, "# global %lf %lf %lf", &sids->i, &sids->expected, &sids->variance) == 3)
            continue;
        if (sscanf(line, "%d,%lf,%lf,%lf,%lf,%lf,%127[^\n]", &sids->fips[i], &sids->births[i],
                   &sids->deaths[i], &sids->z[i], &sids->local[i], &sids->q[i],
                   sids->neighbours[i]) == 7)
            sids->n++;
    }
    fclose(file);
    assert_int_equal(sids->n, COUNTIES);
    size_t links = 0;
    for (size_t i = 0; i < sids->n; i++) {
        char *save = NULL;
        for (char *word = strtok_r(sids->neighbours[i], " ", &save); word;
             word = strtok_r(NULL, " ", &save))
            for (uint32_t j = 0; j < sids->n; j++)
                if (sids->fips[j] == atoi(word)) {
                    assert_true(links < LINKS);
                    sids->to[links++] = j;
                }
        sids->start[i + 1] = links;
    }
}

static void sids_as_spdep_has_them(void **state)
{
    (void)state;
    struct sids sids;
    struct geo_moran moran;
    struct geo_moran_local local[COUNTIES];
    struct err err = {0};
    double z[COUNTIES], worst_z = 0, worst_i = 0;
    const struct geo_moran_draws draws = {.permutations = 999, .seed = 1};
    read_sids(&sids);
    const struct geo_weights weights = {sids.n, sids.start, sids.to};
    geo_moran_rates(sids.deaths, sids.births, sids.n, z);
    assert_true(geo_moran_global(&weights, z, &draws, &moran, &err));
    assert_true(geo_moran_local(&weights, z, &draws, 0.05, local, &err));
    for (size_t i = 0; i < sids.n; i++) {
        worst_z = fmax(worst_z, fabs(z[i] - sids.z[i]));
        worst_i = fmax(worst_i, fabs(local[i].i - sids.local[i]));
    }
    print_message("spdep: z within %.1e, local I within %.1e, I %.9f against %.9f, variance "
                  "within %.1e\n",
                  worst_z, worst_i, moran.i, sids.i, fabs(moran.variance - sids.variance));
    assert_true(worst_z < 1e-9 && worst_i < 1e-9);
    assert_true(fabs(moran.i - sids.i) < 1e-9 && fabs(moran.expected - sids.expected) < 1e-12);
    assert_true(fabs(moran.variance - sids.variance) < 1e-9);
    assert_true(moran.p <= 0.004); /* EBImoran.mc: 1 of 1000 draws is as large */
}

static void discoveries_are_those_of_p_adjust(void **state)
{
    (void)state;
    struct sids sids;
    struct err err = {0};
    double p[COUNTIES], q[COUNTIES];
    read_sids(&sids);
    for (size_t i = 0; i < sids.n; i++)
        p[i] = pow(0.0005 + (0.05 - 0.0005) * (double)i / (double)(sids.n - 1), 1.2);
    assert_true(geo_moran_discoveries(p, sids.n, q, &err));
    for (size_t i = 0; i < sids.n; i++)
        assert_true(fabs(q[i] - sids.q[i]) < 1e-12);
}

/* A chain of n units, each beside the next. */
static struct geo_weights chain(size_t n)
{
    struct geo_weights weights = {n, calloc(n + 1, sizeof(size_t)),
                                  calloc(2 * n, sizeof(uint32_t))};
    size_t links = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            weights.to[links++] = (uint32_t)(i - 1);
        if (i + 1 < n)
            weights.to[links++] = (uint32_t)(i + 1);
        weights.start[i + 1] = links;
    }
    return weights;
}

/* Every order of the other values of a chain of seven: the exact distribution,
 * which the permutations estimate. */
static double exact_p(const double *z, size_t i)
{
    size_t n = 7, left = i > 0 ? i - 1 : n, right = i + 1 < n ? i + 1 : n, all = 0, ge = 0, le = 0;
    double seen = (left < n ? z[left] : 0) + (right < n ? z[right] : 0);
    bool both = left < n && right < n;
    seen *= z[i] / (both ? 2 : 1);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            if (a == i || b == i || (both ? a == b : a != b))
                continue;
            double drawn = both ? z[i] * (z[a] + z[b]) / 2 : z[i] * z[a];
            all++;
            ge += drawn >= seen - 1e-11;
            le += drawn <= seen + 1e-11;
        }
    return fmin(1, 2.0 * (double)(ge < le ? ge : le) / (double)all);
}

static void permutations_estimate_the_exact_distribution(void **state)
{
    (void)state;
    const double values[7] = {1, 2, 2.5, 9, 8, 7.5, 3};
    struct geo_weights weights = chain(7);
    struct geo_moran_local first[7], second[7];
    struct geo_moran_draws draws = {.permutations = 99999, .seed = 7};
    struct err err = {0};
    double z[7];
    assert_true(geo_moran_local(&weights, values, &draws, 0.05, first, &err));
    draws.threads = 1; /* whichever thread draws */
    assert_true(geo_moran_local(&weights, values, &draws, 0.05, second, &err));
    for (size_t i = 0; i < 7; i++)
        z[i] = first[i].value;
    for (size_t i = 0; i < 7; i++) {
        double exact = exact_p(z, i);
        assert_true(fabs(first[i].p - exact) < 0.01);
        assert_memory_equal(&first[i].p, &second[i].p, sizeof(double)); /* the same seed */
    }
    free(weights.start);
    free(weights.to);
}

static void nearest_are_those_of_brute_force(void **state)
{
    (void)state;
    enum { N = 300, K = 7 };
    double xy[2 * N];
    struct err err = {0};
    unsigned short seed[3] = {1, 2, 3};
    for (size_t i = 0; i < 2 * N; i += 2) {
        xy[i] = -69 + 11 * erand48(seed);
        xy[i + 1] = -22 + 12 * erand48(seed);
    }
    struct geo_weights *weights = geo_weights_nearest(xy, N, K, NULL, &err);
    assert_non_null(weights);
    for (size_t i = 0; i < N; i++) {
        double farthest = 0;
        for (size_t j = weights->start[i]; j < weights->start[i + 1]; j++)
            farthest = fmax(farthest,
                            geo_measure_distance(xy[2 * i], xy[2 * i + 1], xy[2 * weights->to[j]],
                                                 xy[2 * weights->to[j] + 1]));
        size_t within = 0;
        for (size_t j = 0; j < N; j++)
            within += j != i && geo_measure_distance(xy[2 * i], xy[2 * i + 1], xy[2 * j],
                                                     xy[2 * j + 1]) <= farthest;
        assert_int_equal(weights->start[i + 1] - weights->start[i], K);
        assert_int_equal(within, K);
    }
    geo_weights_free(weights);
    assert_null(geo_weights_nearest(xy, N, N, NULL, &err));
    assert_int_equal(err.kind, ERR_INPUT);
}

static void equal_values_are_refused(void **state)
{
    (void)state;
    const double values[5] = {3, 3, 3, 3, 3};
    struct geo_weights weights = chain(5);
    struct geo_moran moran;
    const struct geo_moran_draws draws = {.permutations = 99, .seed = 1};
    struct err err = {0};
    assert_false(geo_moran_global(&weights, values, &draws, &moran, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    free(weights.start);
    free(weights.to);
}

static void a_cancelled_budget_ends_it(void **state)
{
    (void)state;
    const double values[7] = {1, 2, 2.5, 9, 8, 7.5, 3}, xy[8] = {0, 0, 1, 1, 2, 2, 3, 3};
    struct geo_weights weights = chain(7);
    struct geo_moran moran;
    struct geo_moran_local local[7];
    struct budget budget;
    const struct geo_moran_draws draws = {
        .permutations = 9999, .seed = 1, .threads = 3, .budget = &budget};
    struct err err = {0};
    budget_start(&budget, 0);
    budget_cancel(&budget);
    assert_false(geo_moran_global(&weights, values, &draws, &moran, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    err.kind = ERR_NONE;
    assert_false(geo_moran_local(&weights, values, &draws, 0.05, local, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    err.kind = ERR_NONE;
    assert_null(geo_weights_nearest(xy, 4, 2, &budget, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    free(weights.start);
    free(weights.to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sids_as_spdep_has_them),
        cmocka_unit_test(discoveries_are_those_of_p_adjust),
        cmocka_unit_test(permutations_estimate_the_exact_distribution),
        cmocka_unit_test(nearest_are_those_of_brute_force),
        cmocka_unit_test(equal_values_are_refused),
        cmocka_unit_test(a_cancelled_budget_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
