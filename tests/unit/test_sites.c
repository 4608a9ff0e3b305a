/* Cases for geo/analysis/sites: every choice tried, where there are few; the
 * bound, the greedy rule and the integer programme against it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/analysis/sites.h"

enum { N = 22 };

/* Villages at random in a square of some 200 km. */
static struct geo_reach *villages(unsigned short seed[3], bool *reached)
{
    struct geo_reach *reach = calloc(1, sizeof *reach);
    reach->places = calloc(N, sizeof *reach->places);
    reach->n_places = N;
    for (size_t i = 0; i < N; i++) {
        struct geo_reach_place *place = &reach->places[i];
        place->lon_deg = -66 + 2 * erand48(seed);
        place->lat_deg = -18 + 2 * erand48(seed);
        geo_measure_space((const double[]){place->lon_deg, place->lat_deg}, place->space);
        place->people = 1 + (int64_t)(500 * erand48(seed));
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

static void near_is_what_every_distance_says(void **state)
{
    (void)state;
    unsigned short seed[3] = {4, 5, 6};
    bool reached[N];
    struct err err = {0};
    struct geo_reach *reach = villages(seed, reached);
    for (double metres = 500; metres < 400000; metres *= 3) {
        struct geo_reach_near near;
        size_t at = 0;
        assert_true(geo_reach_near(reach, metres, &near, &err));
        for (uint32_t i = 0; i < N; i++)
            for (uint32_t j = 0; j < N; j++) {
                const struct geo_reach_place *a = &reach->places[i], *b = &reach->places[j];
                if (geo_measure_distance(a->lon_deg, a->lat_deg, b->lon_deg, b->lat_deg) > metres)
                    continue;
                assert_int_equal(near.to[at], j);
                at++;
            }
        assert_int_equal(at, near.start[N]);
        geo_reach_near_free(&near);
    }
    end(reach);
}

static int64_t reached_by(const struct geo_reach *reach, const struct geo_reach_near *near,
                          const bool *reached, const uint32_t *sites, size_t k)
{
    bool done[N];
    int64_t people = 0;
    memcpy(done, reached, sizeof done);
    for (size_t s = 0; s < k; s++)
        for (size_t i = near->start[sites[s]]; i < near->start[sites[s] + 1]; i++) {
            people += done[near->to[i]] ? 0 : reach->places[near->to[i]].people;
            done[near->to[i]] = true;
        }
    return people;
}

static void the_best_three_of_all(void **state)
{
    (void)state;
    unsigned short seed[3] = {7, 8, 9};
    struct err err = {0};
    int better = 0;
    for (int round = 0; round < 40; round++) {
        bool reached[N], proven = false;
        struct geo_reach *reach = villages(seed, reached);
        struct geo_reach_near near;
        int64_t best = 0;
        assert_true(geo_reach_near(reach, 45000, &near, &err));
        for (uint32_t a = 0; a < N; a++)
            for (uint32_t b = a; b < N; b++)
                for (uint32_t c = b; c < N; c++) {
                    int64_t people =
                        reached_by(reach, &near, reached, (const uint32_t[]){a, b, c}, 3);
                    best = people > best ? people : best;
                }
        struct geo_sites *greedy = geo_sites_greedy(reach, &near, reached, 3, &err);
        assert_non_null(greedy);
        struct geo_sites *exact =
            geo_sites_exact(reach, &near, reached, greedy, 3, 30, &proven, &err);
        assert_non_null(exact);
        uint32_t chosen[3] = {0};
        for (size_t i = 0; i < exact->n; i++)
            chosen[i] = exact->sites[i].place;
        assert_true(proven);
        assert_int_equal(exact->reached, best);
        assert_int_equal(reached_by(reach, &near, reached, chosen, exact->n), best);
        assert_true(greedy->reached <= best && best <= greedy->bound);
        assert_true((double)greedy->reached >= 0.632 * (double)best);
        better += exact->reached > greedy->reached;
        geo_sites_free(exact);
        geo_sites_free(greedy);
        geo_reach_near_free(&near);
        end(reach);
    }
    print_message("the integer programme found better sites in %d of 40 cases\n", better);
    assert_true(better > 0);
}

static void more_sites_than_places_are_refused(void **state)
{
    (void)state;
    unsigned short seed[3] = {1, 1, 1};
    bool reached[N];
    struct err err = {0};
    struct geo_reach *reach = villages(seed, reached);
    struct geo_reach_near near;
    assert_true(geo_reach_near(reach, 1000, &near, &err));
    assert_null(geo_sites_greedy(reach, &near, reached, N + 1, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.message, "-k"));
    geo_reach_near_free(&near);
    end(reach);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_is_what_every_distance_says),
        cmocka_unit_test(the_best_three_of_all),
        cmocka_unit_test(more_sites_than_places_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
