/* test_quality.c - tests of the parser of weighted lists in headers (RFC 9110, 12.4.2). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "server/http/quality.h"

static const struct {
    const char *list;
    struct quality_item items[4]; /* ends at the first one without a name */
} cases[] = {
    {"", {{0}}},
    {"gzip", {{"gzip", 4, 1000, false}}},
    {" gzip ;\tq=0.5 ,br", {{"gzip", 4, 500, false}, {"br", 2, 1000, false}}},
    {"text/html;level=1;q=0.25", {{"text/html", 9, 250, true}}},
    {"a;q=1.000, b;Q=0.001, c;q=0", {{"a", 1, 1000, 0}, {"b", 1, 1, 0}, {"c", 1, 0, 0}}},
    {"*; q=.2, a;q=0.1239", {{"*", 1, 200, false}, {"a", 1, 123, false}}},
    {"a;q=1.001, b;q=, c;q=x", {{"a", 1, -1, 0}, {"b", 1, -1, 0}, {"c", 1, -1, 0}}},
    {"a;q=., b;q=-1, c d", {{"a", 1, -1, 0}, {"b", 1, -1, 0}, {"c", 1, -1, 0}}},
    {"a;q=0.5;q=0.25", {{"a", 1, 250, false}}},
    {"a;", {{"a", 1, 1000, true}}},
};

static void items_are_read_one_after_the_other(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *at = cases[i].list;
        print_message("%s\n", at);
        for (const struct quality_item *want = cases[i].items; want->name; want++) {
            struct quality_item item;
            at = quality_next(at, &item);
            assert_int_equal(item.len, want->len);
            assert_memory_equal(item.name, want->name, want->len);
            assert_int_equal(item.quality, want->quality);
            assert_int_equal(item.others, want->others);
        }
        assert_string_equal(at, "");
    }
}

static void what_stands_between_two_commas_has_no_name(void **state)
{
    (void)state;
    const char *at = ",, ;q=1";
    struct quality_item item;
    for (int i = 0; i < 3; i++) {
        assert_true(*at);
        at = quality_next(at, &item);
        assert_int_equal(item.len, 0);
    }
    assert_string_equal(at, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_read_one_after_the_other),
        cmocka_unit_test(what_stands_between_two_commas_has_no_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
