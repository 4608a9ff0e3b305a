/* test_breaks.c - tests of geo/analysis/breaks.
 * Classes worked by hand, and Jenks against every possible partition. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/analysis/breaks.h"

static const struct {
    const char *name;
    enum breaks_method method;
    size_t classes, n, made;
    double values[12], at[6];
} cases[] = {
    {"no values", BREAKS_JENKS, 4, 0, 0, {0}, {0}},
    {"no numbers", BREAKS_QUANTILE, 4, 2, 0, {NAN, INFINITY}, {0}},
    {"one value", BREAKS_JENKS, 5, 1, 1, {7}, {0}},
    {"all equal", BREAKS_QUANTILE, 4, 5, 1, {3, 3, 3, 3, 3}, {0}},
    {"all equal", BREAKS_EQUAL, 4, 5, 1, {3, 3, 3, 3, 3}, {0}},
    {"all equal", BREAKS_JENKS, 4, 5, 1, {3, 3, 3, 3, 3}, {0}},
    {"fewer values than classes", BREAKS_JENKS, 5, 4, 3, {1, 2, 2, 9}, {2, 5}},
    {"quartiles", BREAKS_QUANTILE, 4, 8, 4, {8, 7, 6, 5, 4, 3, 2, 1}, {3, 5, 7}},
    {"ties take a class away", BREAKS_QUANTILE, 4, 8, 2, {1, 1, 1, 1, 1, 1, 1, 9}, {5}},
    {"halves", BREAKS_EQUAL, 2, 4, 2, {0, 1, 99, 100}, {50}},
    {"a class of none is left out", BREAKS_EQUAL, 4, 3, 2, {0, 1, 100}, {100}},
    {"three groups",
     BREAKS_JENKS,
     3,
     9,
     3,
     {1, 2, 3, 101, 102, 103, 1001, 1002, 1003},
     {100, 1000}},
    {"below zero", BREAKS_JENKS, 2, 4, 2, {-12, -11, 3, 4}, {0}},
    {"one class", BREAKS_JENKS, 1, 3, 1, {1, 2, 3}, {0}},
    {"small ones", BREAKS_EQUAL, 2, 3, 2, {0.001, 0.0012, 0.0042}, {0.004}},
    {"large ones", BREAKS_EQUAL, 2, 2, 2, {1234567, 7654321}, {5000000}},
};

static void classes_are_these(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct breaks breaks;
        struct err err = {0};
        assert_true(breaks_compute(cases[i].method, cases[i].values, cases[i].n, cases[i].classes,
                                   &breaks, &err));
        if (breaks.n_classes != cases[i].made)
            fail_msg("%s, %s: %zu classes", cases[i].name, breaks_method_name(cases[i].method),
                     breaks.n_classes);
        for (size_t k = 0; k + 1 < breaks.n_classes; k++)
            if (breaks.at[k] != cases[i].at[k])
                fail_msg("%s, %s: break %zu is %.17g", cases[i].name,
                         breaks_method_name(cases[i].method), k, breaks.at[k]);
    }
}

static double sum_of_squares(const double *sorted, size_t from, size_t to)
{
    double mean = 0, sum = 0;
    for (size_t i = from; i < to; i++)
        mean += sorted[i] / (double)(to - from);
    for (size_t i = from; i < to; i++)
        sum += (sorted[i] - mean) * (sorted[i] - mean);
    return sum;
}

/* The best of all ways to cut n sorted values into at most k runs. */
static double least_of_all(const double *sorted, size_t n, size_t from, size_t k)
{
    double best = sum_of_squares(sorted, from, n);
    for (size_t cut = from + 1; k > 1 && cut < n; cut++)
        best = fmin(best, sum_of_squares(sorted, from, cut) + least_of_all(sorted, n, cut, k - 1));
    return best;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static uint64_t seed;

static double draw(void)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 40) / (double)(1 << 24);
}

static void jenks_is_the_best_of_all_partitions(void **state)
{
    (void)state;
    seed = 20240611;
    size_t checked = 0;
    for (int round = 0; round < 400; round++) {
        double values[14];
        size_t n = 2 + (size_t)(draw() * 12), k = 2 + (size_t)(draw() * 4);
        for (size_t i = 0; i < n; i++)
            values[i] = round % 3 ? floor(draw() * 20) : exp(8 * draw());
        struct breaks breaks;
        struct err err = {0};
        assert_true(breaks_compute(BREAKS_JENKS, values, n, k, &breaks, &err));
        qsort(values, n, sizeof *values, ascending);
        double ours = 0;
        size_t from = 0;
        for (size_t c = 0; c < breaks.n_classes; c++) {
            size_t to = from;
            while (to < n && (c + 1 == breaks.n_classes || values[to] < breaks.at[c]))
                to++;
            assert_true(to > from);
            assert_int_equal(to - from, breaks.count[c]);
            ours += sum_of_squares(values, from, to);
            from = to;
        }
        double best = least_of_all(values, n, 0, k);
        if (ours > best * (1 + 1e-9) + 1e-9)
            fail_msg("round %d: %.12g, and %.12g is possible", round, ours, best);
        checked++;
    }
    print_message("# %zu partitions are the best of all\n", checked);
}

/* Rounding moves no value to another class: the break stays between its neighbours, and no
 * rounder number lies there. */
static void a_break_is_round_and_in_its_gap(void **state)
{
    (void)state;
    static const struct {
        double low, high, round;
    } gaps[] = {{0, 1, 1},          {33, 37, 35},     {99, 101, 100},       {0.1, 0.35, 0.2},
                {-5, 5, 0},         {-37, -33, -35},  {1999, 2000, 2000},   {1e-9, 3e-9, 2e-9},
                {999999, 1e6, 1e6}, {0.29, 0.3, 0.3}, {12.34, 12.35, 12.35}};
    for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
        if (breaks_round(gaps[i].low, gaps[i].high) != gaps[i].round)
            fail_msg("(%g, %g]: %.17g", gaps[i].low, gaps[i].high,
                     breaks_round(gaps[i].low, gaps[i].high));
    seed = 7;
    for (int i = 0; i < 20000; i++) {
        double low = (draw() - 0.3) * exp(40 * draw() - 20);
        double high = nextafter(low, INFINITY) + draw() * exp(40 * draw() - 20);
        double at = breaks_round(low, high);
        if (!(at > low && at <= high))
            fail_msg("(%.17g, %.17g]: %.17g", low, high, at);
    }
}

static void given_breaks_stay(void **state)
{
    (void)state;
    const double given[] = {3, 6, 11}, values[] = {1, 2, 3, 5, 11, 40}, wrong[] = {3, 3};
    struct breaks breaks;
    struct err err = {0};
    assert_true(breaks_manual(given, 4, values, 6, &breaks, &err));
    assert_int_equal(breaks.n_classes, 4);
    assert_int_equal(breaks.count[0], 2);
    assert_int_equal(breaks.count[1], 2);
    assert_int_equal(breaks.count[2], 0);
    assert_int_equal(breaks.count[3], 2);
    assert_float_equal(breaks.greatest, 40, 0);
    assert_false(breaks_manual(wrong, 3, values, 6, &breaks, &err));
    assert_int_equal(err.kind, ERR_INPUT);
}

/* A layer of a million features: n log n, not n^2. */
static void many_values_are_soon_classed(void **state)
{
    (void)state;
    size_t n = 200000;
    double *values = malloc(n * sizeof *values);
    assert_non_null(values);
    seed = 3;
    for (size_t i = 0; i < n; i++)
        values[i] = draw() * draw() * 1e6;
    struct breaks breaks;
    struct err err = {0};
    assert_true(breaks_compute(BREAKS_JENKS, values, n, 7, &breaks, &err));
    assert_int_equal(breaks.n_classes, 7);
    free(values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_these),
        cmocka_unit_test(jenks_is_the_best_of_all_partitions),
        cmocka_unit_test(a_break_is_round_and_in_its_gap),
        cmocka_unit_test(given_breaks_stay),
        cmocka_unit_test(many_values_are_soon_classed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
