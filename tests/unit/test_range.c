/* test_range.c - tests of server/http/range: RFC 9110, 14.1.2 and 14.2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/http/range.h"

static void ranges_are_read(void **state)
{
    static const struct {
        const char *header;
        uint64_t size;
        enum range range;
        uint64_t first, last;
    } cases[] = {
        {NULL, 1000, RANGE_NONE, 0, 0},
        {"", 1000, RANGE_NONE, 0, 0},
        {"bytes=0-499", 1000, RANGE_PART, 0, 499},
        {"Bytes=0-0", 1000, RANGE_PART, 0, 0},
        {"bytes=500-", 1000, RANGE_PART, 500, 999},
        {"bytes=500-5000", 1000, RANGE_PART, 500, 999},
        {"bytes=999-999", 1000, RANGE_PART, 999, 999},
        {"bytes=-1", 1000, RANGE_PART, 999, 999},
        {"bytes=-500", 1000, RANGE_PART, 500, 999},
        {"bytes=-5000", 1000, RANGE_PART, 0, 999},
        {"bytes= 1-2 ", 1000, RANGE_PART, 1, 2},
        {"bytes=1000-", 1000, RANGE_BEYOND, 0, 0},
        {"bytes=1000-2000", 1000, RANGE_BEYOND, 0, 0},
        {"bytes=-0", 1000, RANGE_BEYOND, 0, 0},
        {"bytes=0-", 0, RANGE_BEYOND, 0, 0},
        {"bytes=-5", 0, RANGE_BEYOND, 0, 0},
        {"bytes=18446744073709551615-", 1000, RANGE_BEYOND, 0, 0},
        {"bytes=99999999999999999999999-", 1000, RANGE_BEYOND, 0, 0},
        {"bytes=0-99999999999999999999999", 1000, RANGE_PART, 0, 999},
        {"bytes=-99999999999999999999999", 1000, RANGE_PART, 0, 999},
        /* Several ranges, other units, malformed: the whole file. */
        {"bytes=0-1,5-6", 1000, RANGE_NONE, 0, 0},
        {"bytes=5-4", 1000, RANGE_NONE, 0, 0},
        {"bytes=-", 1000, RANGE_NONE, 0, 0},
        {"bytes=", 1000, RANGE_NONE, 0, 0},
        {"bytes=a-b", 1000, RANGE_NONE, 0, 0},
        {"bytes=1", 1000, RANGE_NONE, 0, 0},
        {"bytes=1-2-3", 1000, RANGE_NONE, 0, 0},
        {"bytes=+1-2", 1000, RANGE_NONE, 0, 0},
        {"bytes 1-2", 1000, RANGE_NONE, 0, 0},
        {"rows=1-2", 1000, RANGE_NONE, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t first = 0, last = 0;
        print_message("«%s» of %llu\n", cases[i].header ? cases[i].header : "(none)",
                      (unsigned long long)cases[i].size);
        assert_int_equal(range_parse(cases[i].header, cases[i].size, &first, &last),
                         cases[i].range);
        assert_int_equal(first, cases[i].first);
        assert_int_equal(last, cases[i].last);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ranges_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
