/* test_base.c - tests of geo/base: errors, buffers, text, rows, parsing. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/arena.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "geo/base/parse.h"
#include "geo/base/rows.h"
#include "geo/base/text.h"

static void reasons_are_spanish(void **state)
{
    (void)state;
    assert_string_equal(err_reason(ENOENT), "no existe");
    assert_string_equal(err_reason(EADDRINUSE), "otro programa ya escucha ahí");
    assert_non_null(err_reason(EDOM)); /* a rare one */
}

static void err_keeps_context_and_never_tears_a_character(void **state)
{
    (void)state;
    struct err err = {0};
    assert_false(err_set(&err, ERR_INPUT, "línea %d", 7));
    assert_false(err_wrap(&err, "importar %s", "alianzas"));
    assert_string_equal(err.message, "importar alianzas: línea 7");
    assert_int_equal(err.kind, ERR_INPUT);
    assert_int_equal(err_exit_code(&err), 1);
    char many[3 * ERR_MESSAGE_MAX];
    for (size_t i = 0; i + 2 < sizeof many; i += 2)
        memcpy(many + i, "ñ", 2);
    many[sizeof many - 2] = '\0';
    err_set(&err, ERR_INPUT, "x%s", many);
    assert_true(text_is_utf8(err.message, strlen(err.message)));
    err_wrap(&err, "%s", many);
    assert_true(text_is_utf8(err.message, strlen(err.message)));
}

static void a_parameter_is_named_by_who_shows_the_error(void **state)
{
    (void)state;
    static const struct {
        const char *name, *field, *before, *after, *shown;
    } cases[] = {
        {"a command", "weights", "--", "", "--weights: «x» no se acepta"},
        {"an option of one letter", "k", "-", "", "-k: «x» no se acepta"},
        {"HTTP", "weights", "parámetro «", "»", "parámetro «weights»: «x» no se acepta"},
        {"no parameter", NULL, "--", "", "«x» no se acepta"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        print_message("%s\n", cases[i].name);
        assert_false(err_field(&err, cases[i].field, "«%s» no se acepta", "x"));
        assert_int_equal(err.kind, ERR_INPUT);
        assert_string_equal(err.message, "«x» no se acepta");
        err_show_field(&err, cases[i].before, cases[i].after);
        assert_null(err.field);
        assert_string_equal(err.message, cases[i].shown);
        err_show_field(&err, cases[i].before, cases[i].after); /* once only */
        assert_string_equal(err.message, cases[i].shown);
    }
    struct err err = {0};
    err_set(&err, ERR_NOT_FOUND, "no hay «x»");
    assert_false(err_about(&err, "edition"));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_false(err_wrap(&err, "comparar")); /* the name keeps its place */
    assert_null(err.field);
    assert_string_equal(err.message, "comparar: edition: no hay «x»");
    err_field(&err, "by", "«x»");
    err_set(&err, ERR_INPUT, "otra cosa"); /* another error has no parameter */
    assert_null(err.field);
    assert_false(err_field(NULL, "by", "«x»"));
    assert_false(err_about(NULL, "by"));
}

static void a_failure_without_a_reason_gets_one(void **state)
{
    (void)state;
    struct err none = {0}, wrapped = {0}, told = {0};
    err_explain(&none);
    assert_int_equal(err_exit_code(&none), 1);
    assert_non_null(strstr(none.message, "falló sin decir por qué"));
    err_wrap(&wrapped, "%s", "x.json");
    err_explain(&wrapped);
    assert_int_equal(err_exit_code(&wrapped), 1);
    assert_memory_equal(wrapped.message, "x.json: falló", strlen("x.json: falló"));
    err_set(&told, ERR_USAGE, "falta algo");
    err_explain(&told);
    assert_string_equal(told.message, "falta algo");
    assert_int_equal(err_exit_code(&told), 2);
}

static void numbers_are_written_short_and_exact(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *real, *fixed2;
    } cases[] = {
        {0, "0", "0"},           {-0.001, "-0.001", "0"},
        {1.5, "1.5", "1.5"},     {15960, "15960", "15960"},
        {0.1, "0.1", "0.1"},     {-66.233662, "-66.233662", "-66.23"},
        {1e300, "1e+300", NULL}, {NAN, "null", "null"},
        {2.999, "2.999", "3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf buf;
        buf_init(&buf);
        buf_put_real(&buf, cases[i].value);
        assert_string_equal(buf.data, cases[i].real);
        buf_clear(&buf);
        buf_put_fixed(&buf, cases[i].value, 2);
        if (cases[i].fixed2)
            assert_string_equal(buf.data, cases[i].fixed2);
        buf_free(&buf);
    }
}

static void text_is_quoted_for_json_csv_and_html(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf);
    buf_put_json(&buf, "a\"\\\n</script>\xFFñ");
    assert_string_equal(buf.data, "\"a\\\"\\\\\\u000a\\u003c/script\\u003e\xEF\xBF\xBDñ\"");
    buf_clear(&buf);
    buf_put_csv(&buf, "dice \"sí\", dos");
    assert_string_equal(buf.data, "\"dice \"\"sí\"\", dos\"");
    buf_clear(&buf);
    buf_put_html(&buf, "<a href='x'>&");
    assert_string_equal(buf.data, "&lt;a href=&#39;x&#39;&gt;&amp;");
    buf_free(&buf);
}

static void text_is_cut_between_characters(void **state)
{
    (void)state;
    assert_int_equal(text_cut("año", 10), 4);
    assert_int_equal(text_cut("año", 4), 4);
    assert_int_equal(text_cut("año", 3), 3);
    assert_int_equal(text_cut("año", 2), 1);
    assert_int_equal(text_cut("", 0), 0);
}

static void ascii_ends_where_it_ends(void **state)
{
    (void)state;
    char text[40];
    memset(text, 'a', sizeof text);
    for (size_t at = 0; at < sizeof text; at++) {
        memcpy(&text[at], "\xC3\xB1", at + 2 <= sizeof text ? 2 : 1);
        for (size_t from = 0; from <= at; from++) {
            assert_int_equal(text_ascii_len(text + from, sizeof text - from), at - from);
            assert_int_equal(text_ascii_len(text + from, at - from), at - from);
        }
        assert_int_equal(text_is_utf8(text, sizeof text), at + 2 <= sizeof text);
        memset(text, 'a', sizeof text);
    }
}

static void text_folds_for_comparison(void **state)
{
    (void)state;
    static const struct {
        const char *in, *folded, *column;
    } cases[] = {
        {"  Villa Núñez (Tacaquira) ", "villa nunez tacaquira", "villa_nunez_tacaquira"},
        {"SAN PEDRO", "san pedro", "san_pedro"},
        {"Nu\xCC\x81n\xCC\x83"
         "ez",
         "nunez", "nunez"}, /* decomposed */
        {"Fecha de convenio", "fecha de convenio", "fecha_de_convenio"},
        {"V. Tunari", "v tunari", "v_tunari"},
        {"¿?", "", ""},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(text_fold(arena, cases[i].in), cases[i].folded);
        assert_string_equal(text_fold_column(arena, cases[i].in), cases[i].column);
    }
    assert_string_equal(text_clean(arena, " a\t\n b\xC2\xA0 c "), "a b c");
    assert_string_equal(text_clean(arena, " a\t\n b\x7F c "), "a b c");
    assert_string_equal(text_clean(arena, " \t"), "");
    for (int c = 1; c < 0x80; c++) { /* ASCII goes another way */
        const char *ascii =
            text_clean(arena, arena_printf(arena, "%c %ca%cb c%c%c", c, c, c, c, c));
        const char *other =
            text_clean(arena, arena_printf(arena, "\xC3\xB1%c%c %ca%cb c%c%c", c, c, c, c, c, c));
        assert_memory_equal(other, "\xC3\xB1", 2);
        other += other[2] == ' ' ? 3 : c > ' ' && c < 0x7F ? 3 : 2;
        assert_string_equal(ascii, other);
    }
    assert_null(text_fold(arena, "\xFF\xFE"));
    arena_free(arena);
}

static void values_are_parsed_whole_or_not_at_all(void **state)
{
    (void)state;
    int64_t integer = 5;
    assert_true(parse_int("42", 0, 100, &integer));
    assert_int_equal(integer, 42);
    static const char *const bad_ints[] = {"",   "-", "4 ", "4.0", "101", "99999999999999999999",
                                           "0x1"};
    for (size_t i = 0; i < sizeof bad_ints / sizeof *bad_ints; i++)
        assert_false(parse_int(bad_ints[i], 0, 100, &integer));
    double real = 1;
    assert_true(parse_real("-1.5e1", -100, 100, &real));
    assert_true(real == -15);
    static const char *const bad_reals[] = {"", "nan", "inf", "1,5", "0x10", "1e", "--1", "1e999"};
    for (size_t i = 0; i < sizeof bad_reals / sizeof *bad_reals; i++)
        assert_false(parse_real(bad_reals[i], -100, 100, &real));
    assert_true(parse_date("2020-02-29"));
    static const char *const bad_dates[] = {"2021-02-29", "2020-13-01",  "2020-1-1", "20200101",
                                            "1800-01-01", "2020-01-01x", ""};
    for (size_t i = 0; i < sizeof bad_dates / sizeof *bad_dates; i++)
        assert_false(parse_date(bad_dates[i]));
}

static void rows_come_out_in_three_forms(void **state)
{
    (void)state;
    static const struct rows_column columns[] = {{"nombre", 0}, {"ha", 2}, {"bs", 0}, {"si", 0}};
    struct rows *rows = rows_new(columns, 4);
    rows_text(rows, "Potosí, norte");
    rows_real(rows, 1.005);
    rows_money(rows, -12305);
    rows_bool(rows, true);
    rows_null(rows);
    rows_real(rows, NAN);
    rows_money(rows, 5);
    rows_bool(rows, false);
    assert_int_equal(rows_count(rows), 2);
    struct buf buf;
    buf_init(&buf);
    rows_write(rows, ROWS_CSV, &buf);
    assert_string_equal(buf.data, "nombre,ha,bs,si\n\"Potosí, norte\",1,-123.05,1\n,,0.05,0\n");
    buf_clear(&buf);
    rows_write(rows, ROWS_JSON, &buf);
    assert_string_equal(buf.data, "[\n{\"nombre\":\"Potosí, norte\",\"ha\":1,\"bs\":-123.05,"
                                  "\"si\":true},\n{\"nombre\":null,\"ha\":null,\"bs\":0.05,"
                                  "\"si\":false}\n]\n");
    buf_clear(&buf);
    rows_write(rows, ROWS_TABLE, &buf);
    assert_non_null(strstr(buf.data, "Potosí, norte   1  -123.05  1\n"));
    static const char *const brief[] = {"nombre", "bs", NULL};
    rows_brief(rows, brief);
    buf_clear(&buf);
    rows_write(rows, ROWS_TABLE, &buf);
    assert_non_null(strstr(buf.data, "Potosí, norte  -123.05\n"));
    buf_clear(&buf);
    rows_write(rows, ROWS_CSV, &buf);
    assert_non_null(strstr(buf.data, "nombre,ha,bs,si\n"));
    buf_free(&buf);
    rows_free(rows);
}

static void rows_are_appended(void **state)
{
    (void)state;
    static const struct rows_column columns[] = {{"nombre", 0}, {"ha", 2}, {"bs", 0}, {"si", 0}};
    struct rows *more = rows_new(columns, 4), *rows = rows_new(columns, 4);
    rows_text(more, "Potosí");
    rows_real(more, 1.25);
    rows_money(more, -12305);
    rows_bool(more, true);
    rows_null(more);
    rows_text(more, "");
    rows_int(more, 7);
    rows_bool(more, false);
    rows_append(rows, more);
    rows_append(rows, more);
    rows_free(more);
    struct buf buf;
    buf_init(&buf);
    rows_write(rows, ROWS_JSON, &buf);
    static const char both[] = "\n{\"nombre\":\"Potosí\",\"ha\":1.25,\"bs\":-123.05,\"si\":true}"
                               ",\n{\"nombre\":null,\"ha\":\"\",\"bs\":7,\"si\":false}";
    char expected[sizeof both * 2 + 8];
    snprintf(expected, sizeof expected, "[%s,%s\n]\n", both, both);
    assert_string_equal(buf.data, expected);
    buf_free(&buf);
    rows_free(rows);
}

static void html_rows_are_escaped_and_grouped(void **state)
{
    (void)state;
    static const struct rows_column columns[] = {{"<a>", 0}, {"n", 1}, {"si", 0}};
    static const struct {
        double value;
        const char *shown;
    } cases[] = {{0, ">0<"},
                 {999, ">999<"},
                 {1000, ">1.000<"},
                 {-1234567.5, ">-1.234.567,5<"},
                 {-100, ">-100<"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rows *rows = rows_new(columns, 3);
        struct buf buf;
        buf_init(&buf);
        rows_text(rows, "x&y");
        rows_real(rows, cases[i].value);
        rows_bool(rows, true);
        rows_write(rows, ROWS_HTML, &buf);
        assert_non_null(strstr(buf.data, cases[i].shown));
        assert_non_null(strstr(buf.data, "&lt;a&gt;"));
        assert_non_null(strstr(buf.data, "x&amp;y"));
        assert_non_null(strstr(buf.data, "<td>sí</td>"));
        buf_free(&buf);
        rows_free(rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons_are_spanish),
        cmocka_unit_test(err_keeps_context_and_never_tears_a_character),
        cmocka_unit_test(a_parameter_is_named_by_who_shows_the_error),
        cmocka_unit_test(a_failure_without_a_reason_gets_one),
        cmocka_unit_test(numbers_are_written_short_and_exact),
        cmocka_unit_test(text_is_quoted_for_json_csv_and_html),
        cmocka_unit_test(text_is_cut_between_characters),
        cmocka_unit_test(ascii_ends_where_it_ends),
        cmocka_unit_test(text_folds_for_comparison),
        cmocka_unit_test(values_are_parsed_whole_or_not_at_all),
        cmocka_unit_test(rows_come_out_in_three_forms),
        cmocka_unit_test(rows_are_appended),
        cmocka_unit_test(html_rows_are_escaped_and_grouped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
