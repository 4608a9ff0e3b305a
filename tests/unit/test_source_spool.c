/* test_source_spool.c - tests of geo/source/source_spool.h.
 * Rows of several tables come back as they were kept, also those larger than a part of the file;
 * where the file cannot grow the table is not kept, and others still are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "geo/source/source_spool.h"

enum { LARGE = 3 << 20, ROWS = 3000 };

/* The i-th row of a table: its length and its bytes depend on both. */
static size_t row_of(size_t table, size_t i, unsigned char *bytes)
{
    size_t len = i % 1000 == 7 ? LARGE - table : i % 300;
    for (size_t k = 0; k < len; k++)
        bytes[k] = (unsigned char)(table * 31 + i * 7 + k);
    return len;
}

static void keep(struct source_spool *spool, size_t table, size_t n, unsigned char *bytes)
{
    source_spool_begin(spool, table);
    for (size_t i = 0; i < n; i++)
        source_spool_put(spool, bytes, row_of(table, i, bytes));
    source_spool_end(spool);
}

static void expect(struct source_spool *spool, size_t table, size_t n, unsigned char *expected)
{
    const unsigned char *bytes;
    size_t len;
    bool more;
    struct err err = {0};
    assert_true(source_spool_has(spool, table));
    source_spool_rewind(spool, table);
    for (size_t i = 0; i < n; i++) {
        assert_true(source_spool_next(spool, &bytes, &len, &more, &err) && more);
        assert_int_equal(len, row_of(table, i, expected));
        assert_memory_equal(bytes, expected, len);
    }
    assert_true(source_spool_next(spool, &bytes, &len, &more, &err) && !more);
}

static void rows_come_back(void **state)
{
    (void)state;
    unsigned char *bytes = malloc(LARGE);
    struct source_spool *spool = source_spool_new(3);
    assert_true(bytes && spool);
    assert_false(source_spool_has(spool, 0));
    keep(spool, 2, ROWS, bytes);
    keep(spool, 0, 0, bytes);
    keep(spool, 1, ROWS / 2, bytes);
    for (int pass = 0; pass < 2; pass++) {
        expect(spool, 1, ROWS / 2, bytes);
        expect(spool, 2, ROWS, bytes);
        expect(spool, 0, 0, bytes);
    }
    source_spool_free(spool);
    free(bytes);
}

static void a_study_may_begin_again(void **state)
{
    (void)state;
    unsigned char *bytes = malloc(LARGE);
    struct source_spool *spool = source_spool_new(2);
    assert_true(bytes && spool);
    source_spool_begin(spool, 0);
    for (size_t i = 0; i < ROWS; i++)
        source_spool_put(spool, bytes, row_of(1, i, bytes));
    keep(spool, 0, ROWS, bytes); /* without an end before it */
    expect(spool, 0, ROWS, bytes);
    source_spool_free(spool);
    free(bytes);
}

static void a_file_that_cannot_grow_keeps_what_it_has(void **state)
{
    (void)state;
    struct rlimit before, few = {2 * LARGE, RLIM_INFINITY};
    unsigned char *bytes = malloc(LARGE);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    few.rlim_max = before.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &few), 0);
    struct source_spool *spool = source_spool_new(3);
    assert_true(bytes && spool);
    keep(spool, 0, 100, bytes);
    keep(spool, 1, ROWS, bytes);
    keep(spool, 2, 7, bytes);
    assert_false(source_spool_has(spool, 1));
    expect(spool, 0, 100, bytes);
    expect(spool, 2, 7, bytes);
    source_spool_free(spool);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    free(bytes);
}

static void without_a_folder_nothing_is_kept(void **state)
{
    (void)state;
    unsigned char byte = 1;
    const char *folder = getenv("TMPDIR");
    char *before = folder ? strdup(folder) : NULL;
    setenv("TMPDIR", "/nowhere", 1);
    struct source_spool *spool = source_spool_new(1);
    assert_non_null(spool);
    source_spool_begin(spool, 0);
    source_spool_put(spool, &byte, 1);
    source_spool_end(spool);
    assert_false(source_spool_has(spool, 0));
    source_spool_free(spool);
    if (before)
        setenv("TMPDIR", before, 1);
    else
        unsetenv("TMPDIR");
    free(before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back),
        cmocka_unit_test(a_study_may_begin_again),
        cmocka_unit_test(a_file_that_cannot_grow_keeps_what_it_has),
        cmocka_unit_test(without_a_folder_nothing_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
