/* test_sample.c - tests of geo/analysis/sample.
 * The draw against an independent implementation (Python's integers, the algorithm in
 * sample.h), its fairness, and the interval against published values (Newcombe, Statistics in
 * Medicine 17, 1998, table I, method 3) and R's prop.test(correct = FALSE). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/analysis/sample.h"

static void the_draw_is_the_one_stated(void **state)
{
    static const struct {
        uint64_t seed;
        int64_t population, size, drawn[10];
    } cases[] = {
        {2022, 28288, 8, {6031, 7847, 9997, 15156, 18989, 21835, 26354, 26875}},
        {0, 100, 10, {10, 19, 36, 44, 48, 56, 59, 76, 82, 89}},
        {1, 10, 10, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
        {7, 1000, 5, {463, 515, 599, 729, 897}},
        {UINT64_MAX, 50, 6, {1, 13, 18, 19, 45, 47}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t drawn[10];
        assert_true(
            geo_sample_draw(cases[i].seed, cases[i].population, cases[i].size, drawn, NULL));
        for (int64_t k = 0; k < cases[i].size; k++)
            assert_int_equal(drawn[k], cases[i].drawn[k]);
    }
}

/* Each of 40 items is in about 2,500 of 10,000 samples of 10, and each pair in 10 * 9 / (40
 * * 39) of them. The tolerance is five standard deviations. */
static void every_member_and_pair_is_as_likely(void **state)
{
    enum { POPULATION = 40, SIZE = 10, ROUNDS = 10000 };
    static int times[POPULATION], pairs[POPULATION][POPULATION];
    double p = (double)SIZE / POPULATION;
    double q = p * (SIZE - 1) / (POPULATION - 1);
    double worst = 0, worst_pair = 0;
    (void)state;
    for (uint64_t seed = 0; seed < ROUNDS; seed++) {
        int64_t drawn[SIZE];
        assert_true(geo_sample_draw(seed, POPULATION, SIZE, drawn, NULL));
        for (int i = 0; i < SIZE; i++) {
            times[drawn[i]]++;
            for (int j = 0; j < i; j++)
                pairs[drawn[j]][drawn[i]]++;
        }
    }
    for (int i = 0; i < POPULATION; i++) {
        worst = fmax(worst, fabs(times[i] - ROUNDS * p) / sqrt(ROUNDS * p * (1 - p)));
        for (int j = i + 1; j < POPULATION; j++)
            worst_pair =
                fmax(worst_pair, fabs(pairs[i][j] - ROUNDS * q) / sqrt(ROUNDS * q * (1 - q)));
    }
    print_message("# inclusion: at most %.2f standard deviations off, pairs %.2f\n", worst,
                  worst_pair);
    assert_true(worst < 5 && worst_pair < 5);
}

static void a_wrong_size_is_an_error_that_says_what_is_right(void **state)
{
    int64_t drawn[1] = {-1};
    struct err err = {0};
    (void)state;
    assert_false(geo_sample_draw(1, 10, 11, drawn, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(err.message,
                        "el tamaño de la muestra es 11; se espera de 1 a 10, la población");
    assert_false(geo_sample_draw(1, 10, 0, drawn, &err));
    assert_int_equal(drawn[0], -1);
}

static void the_interval_is_wilsons(void **state)
{
    static const struct {
        double hits, size, population, low, high, tolerance;
    } cases[] = {
        {81, 263, 0, 0.2553, 0.3662, 5e-5}, /* Newcombe 1998 */
        {15, 148, 0, 0.0624, 0.1605, 5e-5},
        {0, 20, 0, 0, 0.1611, 5e-5},
        {1, 29, 0, 0.0061, 0.1718, 5e-5},
        {81, 263, 0, 0.2552885199, 0.3662095770, 1e-9}, /* R */
        {29, 29, 0, 0.8830302015, 1, 1e-9},
        {256, 400, 0, 0.5918344652, 0.6855020924, 1e-9},
        /* R with the effective size 400 (28288 - 1) / (28288 - 400). */
        {256, 400, 28288, 0.5921816945, 0.6851920797, 1e-9},
        {7, 10, 10, 0.7, 0.7, 0}, /* a census */
    };
    double worst = 0;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double low, high;
        geo_sample_interval(cases[i].hits, cases[i].size, cases[i].population, &low, &high);
        assert_true(fabs(low - cases[i].low) <= cases[i].tolerance);
        assert_true(fabs(high - cases[i].high) <= cases[i].tolerance);
        if (cases[i].tolerance < 1e-8)
            worst = fmax(worst, fmax(fabs(low - cases[i].low), fabs(high - cases[i].high)));
    }
    print_message("# largest difference from R: %.1e\n", worst);
    double low, high;
    geo_sample_interval(0, 0, 10, &low, &high);
    assert_true(isnan(low) && isnan(high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_draw_is_the_one_stated),
        cmocka_unit_test(every_member_and_pair_is_as_likely),
        cmocka_unit_test(a_wrong_size_is_an_error_that_says_what_is_right),
        cmocka_unit_test(the_interval_is_wilsons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
