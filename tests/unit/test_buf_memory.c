/* test_buf_memory.c - tests of texts built from parts.
 * Whichever allocation fails, the text is whole or the failure is reported. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/buf.h"
#include "geo/base/json.h"
#include "geo/base/number.h"
#include "geo/base/rows.h"
#include "tests/support/failing.h"

static void put_number(struct buf *out)
{
    buf_puts(out, "son ");
    number_put_short(out, -1234567.5, 2);
}

static void put_sentence(struct buf *out)
{
    struct buf words;
    buf_init(&words);
    put_number(&words);
    buf_putc(out, '{');
    json_words(out, "descripcion", &words);
    buf_putc(out, '}');
    buf_free(&words);
}

static void put_part(struct buf *out)
{
    struct buf part;
    buf_init(&part);
    put_number(&part);
    buf_puts(out, "(");
    buf_append(out, &part);
    buf_append(out, &part);
    buf_puts(out, ")");
    buf_free(&part);
}

static void put_rows(struct buf *out)
{
    static const struct rows_column columns[] = {{"texto", 0}};
    struct buf words;
    struct rows *rows = rows_new(columns, 1);
    if (!rows) {
        out->failed = true;
        return;
    }
    buf_init(&words);
    put_number(&words);
    rows_words(rows, &words);
    buf_clear(&words);
    rows_words(rows, &words);
    rows_write(rows, ROWS_JSON, out);
    buf_free(&words);
    rows_free(rows);
}

static void the_whole_is_right_or_says_that_it_failed(void **state)
{
    (void)state;
    static const struct {
        void (*put)(struct buf *out);
        const char *wanted;
    } cases[] = {
        {put_number, "son -1.234.567,5"},
        {put_sentence, "{\"descripcion\":\"son -1.234.567,5\"}"},
        {put_part, "(son -1.234.567,5son -1.234.567,5)"},
        {put_rows, "[\n{\"texto\":\"son -1.234.567,5\"},\n{\"texto\":null}\n]\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool more = true;
        for (size_t n = 1; more; n++) {
            struct buf out;
            buf_init(&out);
            allocations = 0;
            failing = n;
            cases[i].put(&out);
            failing = 0;
            more = allocations >= n;
            assert_int_equal(buf_failed(&out), more);
            if (!more)
                assert_string_equal(out.data, cases[i].wanted);
            buf_free(&out);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_is_right_or_says_that_it_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
