/* test_rtree.c - tests of geo/place/rtree: it finds the same items as a test of every box. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/place/rtree.h"

struct hits {
    unsigned char *seen;
    size_t n, stop_at;
};

static bool count(void *arg, size_t item)
{
    struct hits *hits = arg;
    hits->seen[item]++;
    return ++hits->n != hits->stop_at;
}

static struct geo_box random_box(unsigned short seed[3], double most)
{
    double x = 100 * erand48(seed), y = 100 * erand48(seed);
    return (struct geo_box){x, y, x + most * erand48(seed), y + most * erand48(seed)};
}

static void search_finds_what_every_box_tested_finds(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t n;
        double item_size, query_size;
    } cases[] = {
        {"none", 0, 1, 50},           {"one", 1, 10, 80},           {"one node", 16, 10, 30},
        {"one more", 17, 10, 30},     {"many points", 5000, 0, 10}, {"many boxes", 5000, 5, 10},
        {"whole levels", 4096, 5, 3}, {"a hair", 3000, 2, 0},
    };
    unsigned short seed[3] = {7, 7, 7};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        size_t n = cases[c].n;
        struct geo_box *boxes = calloc(n + 1, sizeof *boxes);
        unsigned char *seen = calloc(n + 1, 1);
        for (size_t i = 0; i < n; i++) /* one in ten is empty and must not be found */
            boxes[i] = i % 10 == 9 ? geo_box_empty() : random_box(seed, cases[c].item_size);
        struct geo_rtree *tree = geo_rtree_build(boxes, n, NULL);
        assert_non_null(tree);
        for (int round = 0; round < 200; round++) {
            struct geo_box box = random_box(seed, cases[c].query_size);
            struct hits hits = {.seen = memset(seen, 0, n + 1)};
            geo_rtree_search(tree, box, count, &hits);
            for (size_t i = 0; i < n; i++)
                if (seen[i] != (geo_box_meets(boxes[i], box) ? 1 : 0))
                    fail_msg("%s: box %zu seen %d times", cases[c].name, i, seen[i]);
        }
        geo_rtree_free(tree);
        free(boxes);
        free(seen);
    }
}

static void search_stops_when_told(void **state)
{
    (void)state;
    struct geo_box boxes[100];
    unsigned char seen[100] = {0};
    for (int i = 0; i < 100; i++)
        boxes[i] = (struct geo_box){0, 0, 1, 1}; /* all equal: no extent to sort by */
    struct geo_rtree *tree = geo_rtree_build(boxes, 100, NULL);
    struct hits hits = {.seen = seen, .stop_at = 3};
    geo_rtree_search(tree, boxes[0], count, &hits);
    assert_int_equal(hits.n, 3);
    geo_rtree_free(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_finds_what_every_box_tested_finds),
        cmocka_unit_test(search_stops_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
