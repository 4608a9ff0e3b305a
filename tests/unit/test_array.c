/* test_array.c - tests of geo/base/array.h.
 * Contents survive growing; after a failed allocation, or a size that overflows, everything
 * is as before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "geo/base/array.h"
#include "tests/support/failing.h"

struct item {
    uint64_t number;
    char rest[5];
};

struct list {
    struct item *items;
    size_t n, cap;
};

static bool add(struct list *list, uint64_t number)
{
    if (!array_reserve(list->items, list->cap, list->n + 1))
        return false;
    list->items[list->n++] = (struct item){.number = number};
    return true;
}

static void items_stay_as_the_room_doubles(void **state)
{
    enum { N = 100000 };
    struct list list = {0};
    (void)state;
    allocations = 0;
    for (uint64_t i = 0; i < N; i++)
        assert_true(add(&list, i));
    assert_true(list.cap >= N && list.cap < 2 * N);
    for (uint64_t i = 0; i < N; i++)
        assert_int_equal(list.items[i].number, i);
#ifdef FAILING_WORKS
    assert_int_equal(allocations, 14); /* 16 doubled 13 times is 131,072 */
#endif
    free(list.items);
}

static const struct {
    const char *name;
    size_t cap, need, want;
} cases[] = {
    {"the first", 0, 1, 16},  {"many at once", 0, 1000, 1000},
    {"nothing", 0, 0, 0},     {"there is room", 20, 20, 20},
    {"one more", 20, 21, 40}, {"more than double", 20, 50, 50},
    {"few", 3, 4, 16},
};

static void the_room_is_what_was_asked_or_double(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t cap = cases[i].cap;
        short *items = cap ? calloc(cap, sizeof *items) : NULL;
        assert_true(array_reserve(items, cap, cases[i].need));
        if (cap != cases[i].want)
            fail_msg("%s: %zu, not %zu", cases[i].name, cap, cases[i].want);
        for (size_t k = 0; k < cap; k++)
            items[k] = 1; /* a sanitizer reports a write past the end */
        free(items);
    }
}

static void only_new_room_is_filled(void **state)
{
    size_t cap = 0;
    int32_t *items = NULL;
    (void)state;
    assert_true(array_reserve_filled(items, cap, 3, 0xFF));
    for (size_t i = 0; i < cap; i++) {
        assert_int_equal(items[i], -1);
        items[i] = 7;
    }
    size_t before = cap;
    assert_true(array_reserve_filled(items, cap, cap, 0));
    assert_int_equal(cap, before);
    assert_true(array_reserve_filled(items, cap, cap + 1, 0));
    for (size_t i = 0; i < cap; i++)
        assert_int_equal(items[i], i < before ? 7 : 0);
    free(items);
}

static void a_failing_allocation_changes_nothing(void **state)
{
    (void)state;
#ifdef FAILING_WORKS
    for (size_t n = 1; n <= 5; n++) {
        struct list list = {0};
        allocations = 0;
        failing = n;
        uint64_t number = 0;
        while (add(&list, number))
            number++;
        failing = 0;
        assert_int_equal(allocations, n);
        assert_int_equal(list.n, list.cap);
        assert_int_equal(list.cap, n == 1 ? 0 : (size_t)16 << (n - 2));
        assert_true(add(&list, number)); /* afterwards allocations succeed again */
        for (uint64_t i = 0; i <= number; i++)
            assert_int_equal(list.items[i].number, i);
        free(list.items);
    }
#else
    skip(); /* the sanitizers have an allocator of their own */
#endif
}

static void a_size_that_cannot_be_counted_is_refused(void **state)
{
    static const size_t needs[] = {SIZE_MAX, SIZE_MAX / sizeof(struct item) + 1};
    (void)state;
    allocations = 0;
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
        struct list list = {0};
        assert_true(add(&list, 7));
        assert_false(array_reserve(list.items, list.cap, needs[i]));
        assert_int_equal(list.cap, 16);
        assert_int_equal(list.items[0].number, 7);
        free(list.items);
    }
    /* Neither the doubled size nor the needed size fits. */
    struct list full = {.cap = SIZE_MAX / sizeof(struct item)};
    assert_false(array_reserve(full.items, full.cap, full.cap + 1));
    full.cap = SIZE_MAX / 2 + 1;
    assert_false(array_reserve(full.items, full.cap, full.cap + 1));
    assert_null(full.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_stay_as_the_room_doubles),
        cmocka_unit_test(the_room_is_what_was_asked_or_double),
        cmocka_unit_test(only_new_room_is_filled),
        cmocka_unit_test(a_failing_allocation_changes_nothing),
        cmocka_unit_test(a_size_that_cannot_be_counted_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
