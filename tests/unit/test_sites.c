/* test_sites.c - tests of geo/analysis/sites and reach_tree.
 * Small cases against every distance and every choice; the bound, the greedy rule and the
 * integer programme; how the work grows; and that a cancelled budget leaves nothing behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/analysis/reach_tree.h"
#include "geo/analysis/sites.h"
#include "tests/support/wkt.h"

enum { N = 22, MANY = 400 };

/* Villages at random places in a square of `degrees`; round numbers of people, so that
 * gains are often equal. */
static struct geo_reach *villages(unsigned short seed[3], size_t n, double degrees, bool *reached)
{
    struct geo_reach *reach = calloc(1, sizeof *reach);
    reach->places = calloc(n, sizeof *reach->places);
    reach->n_places = n;
    for (size_t i = 0; i < n; i++) {
        struct geo_reach_place *place = &reach->places[i];
        place->lon_deg = -66 + degrees * erand48(seed);
        place->lat_deg = -18 + degrees * erand48(seed);
        geo_measure_space((const double[]){place->lon_deg, place->lat_deg}, place->space);
        place->people = n == N ? 1 + (int64_t)(500 * erand48(seed)) : (int64_t)(5 * erand48(seed));
        place->codigo = place->nombre = "x";
        reach->people += place->people;
        reached[i] = erand48(seed) < 0.2;
    }
    return reach;
}

static void end(struct geo_reach *reach)
{
    free(reach->places);
    free(reach);
}

static bool is_near(const struct geo_reach *reach, size_t i, size_t j, double metres)
{
    const struct geo_reach_place *a = &reach->places[i], *b = &reach->places[j];
    return geo_measure_distance(a->lon_deg, a->lat_deg, b->lon_deg, b->lat_deg) <= metres;
}

/* From a few metres to the whole square and beyond. */
static const double radii_m[] = {1,      500,    5000,   20000,  60000,  123456,
                                 250000, 400000, 700000, 999999, 1000000};

static void count_place(void *arg, uint32_t place)
{
    ((int *)arg)[place]++;
}

static void near_is_what_every_distance_says(void **state)
{
    (void)state;
    unsigned short seed[3] = {4, 5, 6};
    static bool reached[MANY];
    struct err err = {0};
    struct geo_reach *reach = villages(seed, MANY, 8, reached);
    for (size_t r = 0; r < sizeof radii_m / sizeof *radii_m; r++) {
        static int64_t sums[MANY], wanted[MANY];
        struct reach_tree *tree = reach_tree_new(reach, radii_m[r], &err);
        assert_non_null(tree);
        memset(wanted, 0, sizeof wanted);
        for (uint32_t i = 0; i < MANY; i++) {
            static int times[MANY];
            memset(times, 0, sizeof times);
            reach_tree_each(tree, i, count_place, times);
            reach_tree_add(tree, i, 7 + i);
            for (uint32_t j = 0; j < MANY; j++) {
                assert_int_equal(times[j], is_near(reach, i, j, radii_m[r]));
                wanted[j] += times[j] * (7 + (int64_t)i);
            }
        }
        reach_tree_sums(tree, sums);
        assert_memory_equal(sums, wanted, sizeof sums);
        reach_tree_free(tree);
    }
    end(reach);
}

static void marks_are_what_every_distance_says(void **state)
{
    (void)state;
    static const char *const shapes[] = {
        "POINT (-65 -17)",
        "POINT (-61 -12)",
        "LINESTRING (-66 -18, -65.5 -17.9, -65.4 -17)",
        "POLYGON ((-64 -15, -63 -15, -63 -14, -64 -14, -64 -15))",
    };
    enum { SHAPES = sizeof shapes / sizeof *shapes };
    unsigned short seed[3] = {14, 15, 16};
    static bool ignored[MANY], reached[MANY];
    struct geo_shape *what[SHAPES];
    struct err err = {0};
    struct geo_reach *reach = villages(seed, MANY, 8, ignored);
    for (size_t s = 0; s < SHAPES; s++) {
        assert_non_null(what[s] = shape_of_wkt(shapes[s], NULL));
    }
    reach->what = what;
    reach->n_what = SHAPES;
    for (size_t r = 0; r < sizeof radii_m / sizeof *radii_m; r++) {
        assert_true(geo_reach_mark(reach, radii_m[r], reached, &err));
        for (size_t i = 0; i < MANY; i++) {
            bool near = false;
            for (size_t s = 0; s < SHAPES; s++)
                near |= geo_measure_to_shape(what[s], reach->places[i].lon_deg,
                                             reach->places[i].lat_deg, NULL) <= radii_m[r];
            assert_int_equal(reached[i], near);
        }
    }
    for (size_t s = 0; s < SHAPES; s++)
        geo_shape_free(what[s]);
    end(reach);
}

/* The greedy rule with every distance measured; of equal gains the first wins. */
static void check_greedy(const struct geo_reach *reach, const bool *reached, double metres,
                         const struct geo_sites *sites, size_t k)
{
    const size_t n = reach->n_places;
    bool *done = malloc(n * sizeof *done);
    int64_t total = 0, bound = 0;
    memcpy(done, reached, n * sizeof *done);
    for (size_t i = 0; i < n; i++)
        bound += done[i] ? 0 : reach->places[i].people;
    assert_int_equal(sites->unreached, bound);
    for (size_t step = 0; step <= k; step++) {
        int64_t *gains = calloc(n, sizeof *gains), top = 0;
        size_t best = 0;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                if (!done[j] && is_near(reach, i, j, metres))
                    gains[i] += reach->places[j].people;
        for (size_t i = 1; i < n; i++)
            best = gains[i] > gains[best] ? i : best;
        int64_t gain = gains[best];
        for (size_t s = 0; s < k; s++) {
            size_t most = 0;
            for (size_t i = 1; i < n; i++)
                most = gains[i] > gains[most] ? i : most;
            top += gains[most];
            gains[most] = 0;
        }
        free(gains);
        bound = total + top < bound ? total + top : bound;
        if (step == k || gain <= 0) {
            assert_int_equal(sites->n, step);
            break;
        }
        total += gain;
        assert_int_equal(sites->sites[step].place, best);
        assert_int_equal(sites->sites[step].gain, gain);
        assert_int_equal(sites->sites[step].total, total);
        for (size_t j = 0; j < n; j++)
            done[j] |= is_near(reach, best, j, metres);
    }
    assert_int_equal(sites->reached, total);
    assert_int_equal(sites->bound, bound);
    free(done);
}

static void greedy_is_what_every_distance_says(void **state)
{
    (void)state;
    unsigned short seed[3] = {24, 25, 26};
    static bool reached[MANY];
    struct err err = {0};
    for (size_t r = 1; r < sizeof radii_m / sizeof *radii_m; r += 2) {
        struct geo_reach *reach = villages(seed, 120, 4, reached);
        struct geo_sites *sites = geo_sites_greedy(reach, radii_m[r], reached, 9, &err);
        assert_non_null(sites);
        check_greedy(reach, reached, radii_m[r], sites, 9);
        geo_sites_free(sites);
        end(reach);
    }
}

/* n places in reach of each other are n^2 pairs; the tree visits few of them. */
static uint64_t work_of(size_t n, double metres)
{
    unsigned short seed[3] = {34, 35, 36};
    struct err err = {0};
    bool *reached = calloc(n, sizeof *reached);
    struct geo_reach *reach = villages(seed, n, 8, reached);
    struct reach_tree *tree = reach_tree_new(reach, metres, &err);
    assert_non_null(tree);
    for (uint32_t i = 0; i < n; i++)
        reach_tree_add(tree, i, 1);
    uint64_t work = reach_tree_work(tree);
    reach_tree_free(tree);
    end(reach);
    free(reached);
    return work;
}

static void work_grows_much_less_than_the_pairs(void **state)
{
    (void)state;
    static const double metres[] = {15000, 100000, 300000, 1000000};
    for (size_t r = 0; r < sizeof metres / sizeof *metres; r++) {
        uint64_t some = work_of(2000, metres[r]), more = work_of(8000, metres[r]);
        print_message("%4.0f km: %llu looks for 2000 places, %llu for 8000\n", metres[r] / 1000,
                      (unsigned long long)some, (unsigned long long)more);
        assert_true(more < 10 * some); /* there are 16 times as many pairs */
        assert_true(more < UINT64_C(8000) * 8000 / 8);
    }
}

static void a_cancelled_budget_ends_it(void **state)
{
    (void)state;
    unsigned short seed[3] = {44, 45, 46};
    static bool reached[MANY];
    struct geo_reach *reach = villages(seed, MANY, 8, reached);
    struct geo_shape *what[1];
    bool proven;
    struct err err = {0};
    struct budget budget;
    struct geo_sites *greedy = geo_sites_greedy(reach, 60000, reached, 5, &err);
    assert_non_null(greedy);
    assert_non_null(what[0] = shape_of_wkt("POINT (-65 -17)", NULL));
    reach->what = what;
    reach->n_what = 1;
    reach->budget = &budget;
    budget_start(&budget, 0);
    budget_cancel(&budget);
    assert_null(geo_sites_greedy(reach, 60000, reached, 5, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    err.kind = ERR_NONE;
    assert_null(geo_sites_exact(reach, 60000, reached, greedy, 5, 30, &proven, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    err.kind = ERR_NONE;
    assert_false(geo_reach_mark(reach, 60000, reached, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    geo_sites_free(greedy);
    geo_shape_free(what[0]);
    end(reach);
}

static int64_t reached_by(const struct geo_reach *reach, double metres, const bool *reached,
                          const uint32_t *sites, size_t k)
{
    int64_t people = 0;
    for (size_t i = 0; i < reach->n_places; i++) {
        bool near = false;
        for (size_t s = 0; s < k && !reached[i]; s++)
            near |= is_near(reach, sites[s], i, metres);
        people += near ? reach->places[i].people : 0;
    }
    return people;
}

static void the_best_three_of_all(void **state)
{
    (void)state;
    const double metres = 45000;
    unsigned short seed[3] = {7, 8, 9};
    struct err err = {0};
    int better = 0;
    for (int round = 0; round < 12; round++) {
        bool reached[N], proven = false;
        struct geo_reach *reach = villages(seed, N, 2, reached);
        int64_t best = 0;
        for (uint32_t a = 0; a < N; a++)
            for (uint32_t b = a; b < N; b++)
                for (uint32_t c = b; c < N; c++) {
                    int64_t people =
                        reached_by(reach, metres, reached, (const uint32_t[]){a, b, c}, 3);
                    best = people > best ? people : best;
                }
        struct geo_sites *greedy = geo_sites_greedy(reach, metres, reached, 3, &err);
        assert_non_null(greedy);
        struct geo_sites *exact =
            geo_sites_exact(reach, metres, reached, greedy, 3, 30, &proven, &err);
        assert_non_null(exact);
        uint32_t chosen[3] = {0};
        for (size_t i = 0; i < exact->n; i++)
            chosen[i] = exact->sites[i].place;
        assert_true(proven);
        assert_int_equal(exact->reached, best);
        assert_int_equal(reached_by(reach, metres, reached, chosen, exact->n), best);
        assert_true(greedy->reached <= best && best <= greedy->bound);
        assert_true((double)greedy->reached >= 0.632 * (double)best);
        better += exact->reached > greedy->reached;
        geo_sites_free(exact);
        geo_sites_free(greedy);
        end(reach);
    }
    print_message("the integer programme found better sites in %d of 12 cases\n", better);
    assert_true(better > 0);
}

static void more_sites_than_places_are_refused(void **state)
{
    (void)state;
    unsigned short seed[3] = {1, 1, 1};
    bool reached[N];
    struct err err = {0};
    struct geo_reach *reach = villages(seed, N, 2, reached);
    assert_null(geo_sites_greedy(reach, 1000, reached, N + 1, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(err.field, "k");
    end(reach);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_is_what_every_distance_says),
        cmocka_unit_test(marks_are_what_every_distance_says),
        cmocka_unit_test(greedy_is_what_every_distance_says),
        cmocka_unit_test(work_grows_much_less_than_the_pairs),
        cmocka_unit_test(a_cancelled_budget_ends_it),
        cmocka_unit_test(the_best_three_of_all),
        cmocka_unit_test(more_sites_than_places_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
