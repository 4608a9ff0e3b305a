/* test_targeting_draws.c - tests of the draws of targeting: sorting against qsort, speed.
 * Runs alone: caches that others fill slow the large country more than the small. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "geo/analysis/targeting_internal.h"
#include "geo/analysis/variates.h"
#include "tests/support/must.h"

static int by_key(const void *a, const void *b)
{
    const struct target_key *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static void sorting_is_qsorts(void **state)
{
    enum { MOST = 700 };
    struct target_key keys[MOST], same[MOST], scratch[MOST];
    struct geo_random random;
    geo_random_start(&random, 21, 0);
    (void)state;
    for (int round = 0; round < 200; round++) {
        size_t n = (size_t)(geo_random_next(&random) % MOST);
        uint64_t mask = round % 3 == 0 ? 0xff : round % 3 == 1 ? 0xff00ff0000 : 0xffffffffffffff;
        for (size_t i = 0; i < n; i++)
            keys[i] = same[i] = (struct target_key){geo_random_next(&random) & mask, (uint32_t)i};
        target_sort(keys, scratch, n);
        qsort(same, n, sizeof *same, by_key);
        for (size_t i = 0; i < n; i++) {
            assert_true(keys[i].key == same[i].key);
            /* level ones keep their order */
            assert_true(i == 0 || keys[i - 1].key < keys[i].key || keys[i - 1].at < keys[i].at);
        }
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* A country of n municipalities, like Bolivia's in spread; processor seconds. */
static double time_draws(size_t n, int64_t draws)
{
    struct err err = {0};
    struct geo_target_model *model = calloc(1, sizeof *model);
    struct geo_random random;
    geo_random_start(&random, 31, n);
    const struct geo_target_query query = {0};
    must(target_read_query(model, &query, &err), &err);
    model->inputs = calloc(n, sizeof *model->inputs);
    model->n = n;
    for (size_t i = 0; i < n; i++) {
        double people = geo_exp(8.5 + geo_variate_normal(&random));
        model->inputs[i] = (struct target_input){
            .nbi_pct = 10 + 85 * geo_variate_unit(&random),
            .people = people,
            .dwellings = people / 3,
            .families =
                geo_variate_unit(&random) < 0.37 ? 0 : people * geo_variate_unit(&random) / 10,
            .irrigated_ha = geo_variate_unit(&random) < 0.4 ? 0 : 80 * geo_variate_unit(&random),
            .works_families = geo_variate_unit(&random) < 0.8 ? 0 : 200};
    }
    for (int l = 0; l < 3; l++)
        model->lag[l] = (struct target_lag){1000, 25};
    must(target_make_rulers(model, &err), &err);
    size_t *group = calloc(n, sizeof *group);
    struct target_outcome *outcomes = calloc(n, sizeof *outcomes);
    const struct target_draws of = {.n = draws, .k = 50, .seed = 1, .group = group, .n_groups = 1};
    double started = seconds();
    must(target_draw(model, &of, outcomes, &err), &err);
    double took = seconds() - started;
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += outcomes[i].in_first_k;
    assert_int_equal(sum, 50 * draws);
    free(outcomes);
    free(group);
    free(model->inputs);
    free(model->sorted);
    free(model);
    return took;
}

/* The least of three in processor time, which others' work moves little and only
 * upwards; under a sanitizer it is only printed. */
static void ten_thousand_draws(void **state)
{
    (void)state;
    double small = INFINITY, large = INFINITY;
    for (int i = 0; i < 3; i++) {
        small = fmin(small, time_draws(339, 10000));
        large = fmin(large, time_draws(3390, 1000));
    }
    print_message("10,000 draws: 339 municipalities %.2f s, 3,390 municipalities %.2f s "
                  "of processor time, growth x%.1f\n",
                  small, 10 * large, 10 * large / small);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    assert_true(small < 2); /* two processors: under a second */
    assert_true(10 * large < 25 * small);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorting_is_qsorts),
        cmocka_unit_test(ten_thousand_draws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
