/* test_cell.c - tests of cells in CSV and XLSX.
 * No text becomes a formula, and each is read back as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/cell.h"
#include "geo/base/rows.h"

static const struct {
    const char *text;
    bool csv, xlsx; /* gets the guard there */
} cases[] = {
    {"", false, false},
    {"Asociación", false, false},
    {"=1+1", true, false},
    {"+591 71234567", true, false},
    {"-17,5 ; -66,1", true, false},
    {"-14.25, -64.75", false, false},
    {"-17,5; -66,1", false, false},
    {"-2 +3", true, false},
    {"-14.25, A1", true, false},
    {"-14.25, ", true, false},
    {"@SUM(A1)", true, false},
    {"\t=1", true, false},
    {"\r=1", true, false},
    {"\n=1", true, false},
    {"＝1", true, false},
    {"-", true, false},
    {"-2+3", true, false},
    {"-3.5", false, false},
    {"+591", false, false},
    {"-3,5", false, false},
    {"'", false, false},
    {"'tis", false, false},
    {"'=1", true, true},
    {"'+591", true, true},
    {"''@", true, true},
    {" =1", false, false}, /* a leading blank already makes it text */
};

static void each_case_is_guarded_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cell_needs_guard(cases[i].text, CELL_CSV) != cases[i].csv ||
            cell_needs_guard(cases[i].text, CELL_XLSX) != cases[i].xlsx)
            fail_msg("«%s»", cases[i].text);
        assert_string_equal(cell_unguard(cases[i].csv || cases[i].xlsx ? "'=x" : "x"),
                            cases[i].csv || cases[i].xlsx ? "=x" : "x");
    }
}

/* Every text of up to five of these characters. */
static void what_is_guarded_is_read_back(void **state)
{
    (void)state;
    static const char letters[] = "'=+-@\t1.a";
    enum { LETTERS = sizeof letters - 1 };
    char text[6], guarded[8];
    size_t total = 1;
    for (size_t len = 0; len <= 5; len++, total *= LETTERS)
        for (size_t n = 0; n < total; n++) {
            size_t rest = n;
            for (size_t i = 0; i < len; i++, rest /= LETTERS)
                text[i] = letters[rest % LETTERS];
            text[len] = '\0';
            for (int of = CELL_CSV; of <= CELL_XLSX; of++) {
                bool guard = cell_needs_guard(text, (enum cell_of)of);
                snprintf(guarded, sizeof guarded, "%s%s", guard ? "'" : "", text);
                assert_string_equal(cell_unguard(guarded), text);
                if (of == CELL_CSV && strchr("=@\t", guarded[0]))
                    assert_int_equal(guarded[0], '\0');
            }
        }
}

static void rows_guard_texts_alone(void **state)
{
    (void)state;
    static const struct rows_column columns[] = {{"texto", 0}, {"numero", 1}};
    struct rows *rows = rows_new(columns, 2);
    struct buf out;
    buf_init(&out);
    rows_text(rows, "=HYPERLINK(\"http://x\",\"y\")");
    rows_real(rows, -3.5);
    rows_text(rows, "-3.5");
    rows_int(rows, -3);
    rows_write(rows, ROWS_CSV, &out);
    assert_string_equal(out.data, "texto,numero\n"
                                  "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",-3.5\n"
                                  "-3.5,-3\n");
    buf_free(&out);
    rows_free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_case_is_guarded_or_not),
        cmocka_unit_test(what_is_guarded_is_read_back),
        cmocka_unit_test(rows_guard_texts_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
