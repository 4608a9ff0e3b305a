/* test_workbook_value.c - tests of geo/sheets/workbook_value: numbers, formats, dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/sheets/workbook_value.h"

#define N SOURCE_CELL_NUMBER
#define P SOURCE_CELL_PERCENT
#define F SOURCE_CELL_FOREIGN
#define D SOURCE_CELL_DATE
#define T SOURCE_CELL_TEXT

static void check(const char *name, struct source_cell cell, enum source_cell_kind kind,
                  const char *text)
{
    if (cell.kind != kind || strcmp(cell.text, text) != 0)
        fail_msg("%s: kind %d «%s», wanted kind %d «%s»", name, (int)cell.kind, cell.text,
                 (int)kind, text);
}

static void numbers_are_the_shortest_text(void **state)
{
    static const struct {
        const char *text;
        enum source_cell_kind kind;
        const char *expect;
    } cases[] = {
        {"0", N, "0"},
        {"-0", N, "0"},
        {"15", N, "15"},
        {"-3", N, "-3"},
        {"007", N, "7"},
        {"1.50", N, "1.5"},
        {"-65.1753", N, "-65.1753"},
        {"-65.59115300000001", N, "-65.591153"},
        {"0.1", N, "0.1"},
        {"0.10000000000000001", N, "0.1"},
        {"0.30000000000000004", N, "0.30000000000000004"},
        {"1E3", N, "1000"},
        {"1.5E-7", N, "0.00000015"},
        {"1E-1", N, "0.1"},
        {"2.5e1", N, "25"},
        {"20211203000123", N, "20211203000123"},
        {"999999999999999", N, "999999999999999"},
        {"9007199254740991", N, "9007199254740991"},
        {"9.007199254740991E+15", N, "9007199254740991"},
        /* Too large to be sure: as in the file. */
        {"9007199254740993", N, "9007199254740993"},
        {"1.23456789012346E+17", N, "1.23456789012346E+17"},
        {"2.0E+19", N, "2.0E+19"},
        {"-1E300", N, "-1E300"},
        /* No numbers. */
        {"1,5", T, "1,5"},
        {"NaN", T, "NaN"},
        {"1E999", T, "1E999"},
        {"0x10", T, "0x10"},
        {"-", T, "-"},
    };
    struct source_cell cell;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(workbook_number(*state, cases[i].text, &cell));
        check(cases[i].text, cell, cases[i].kind, cases[i].expect);
    }
    assert_true(workbook_number(*state, "5E-324", &cell));
    assert_int_equal(strlen(cell.text), 2 + 323 + 15);
    assert_true(strtod(cell.text, NULL) == 5E-324);
}

static void percentages_are_what_the_sheet_shows(void **state)
{
    static const struct {
        const char *text, *expect;
    } cases[] = {
        {"0.125", "12.5"},
        {"0.12500000000000003", "12.5"},
        {"0.07", "7"},
        {"0.29", "29"},
        {"0.57999999999999996", "58"},
        {"1", "100"},
        {"0", "0"},
        {"-0.005", "-0.5"},
        {"0.0001", "0.01"},
        {"0.001", "0.1"},
        {"0.0123456789", "1.23456789"},
        {"12", "1200"},
        {"1E-10", "0.00000001"},
    };
    struct source_cell cell;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(workbook_percent(*state, cases[i].text, &cell));
        check(cases[i].text, cell, P, cases[i].expect);
    }
    assert_true(workbook_percent(*state, "12,5%", &cell));
    check("no number", cell, T, "12,5%");
}

static void formats_say_what_a_number_is(void **state)
{
    (void)state;
    enum { NUM = WORKBOOK_SHOWN_NUMBER, PCT = WORKBOOK_SHOWN_PERCENT, DAT = WORKBOOK_SHOWN_DATE };
    enum { TIM = WORKBOOK_SHOWN_TIME, ELA = WORKBOOK_SHOWN_ELAPSED, MON = WORKBOOK_SHOWN_MONTH };
    static const struct {
        const char *code;
        double value;
        int shown;
    } cases[] = {
        {"General", 1, NUM},
        {"Standard", 1, NUM},
        {"GENERAL\" días\"", 1, NUM},
        {"", 1, NUM},
        {"@", 1, NUM},
        {"0.00", 1, NUM},
        {"000000", 1, NUM},
        {"#,##0.00\\ \"Bs\"", 1, NUM},
        {"#,##0.00 Bs", 1, NUM},
        {"[$Bs-400A]\\ #,##0.00", 1, NUM},
        {"0.00E+00", 1, NUM},
        {"# ?/?", 1, NUM},
        {"_-* #,##0.00_-;\\-* #,##0.00_-;_-* \"-\"??_-;_-@_-", 1, NUM},
        {"[Red]0;[Yellow]-0", 1, NUM},
        {"0\\%", 1, NUM},
        {"0\"%\"", 1, NUM},
        {"0%", 1, PCT},
        {"0.0#%", 1, PCT},
        {"[Red]0.0%;[Blue]-0.0%", -1, PCT},
        {"0.0%;-0.0%;\"-\"", 0, PCT},
        {"0%;0.0", 1, PCT},
        {"0%;0.0", 0, PCT},
        {"0%;0.0", -1, NUM},
        {"0;0;0%", 0, PCT},
        {"0;0;0%", -2, NUM},
        {"[<1]0.0%;0.0", 0.5, PCT},
        {"[<1]0.0%;0.0", 5, NUM},
        {"[>=10]0;0%", 10, NUM},
        {"[>=10]0;0%", 9, PCT},
        {"[=1]0%;[<>3]0;0%", 2, NUM},
        {"[=1]0%;[<>3]0;0%", 3, PCT},
        {"dd/mm/yyyy", 1, DAT},
        {"DD/MM/YYYY", 1, DAT},
        {"dd/mm/yyyy;@", 1, DAT},
        {"dd/mm/yyyy;@", -1, DAT},
        {"dd/mm/yyyy;;", 0, DAT},
        {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", 1, DAT},
        {"[$-400A]d \"de\" mmmm \"de\" yyyy;@", 1, DAT},
        {"mmm\\-yy", 1, MON},
        {"mmmm \"de\" yyyy", 1, MON},
        {"[$-400A]mm/yyyy;@", 1, MON},
        {"mmm-aa", 1, DAT},
        {"mm/yyyy hh:mm", 1, DAT},
        {"mmmm", 1, DAT},
        {"d/m/aaaa", 1, DAT},
        {"yyyy\\-mm\\-dd\\ hh:mm:ss.000", 1, DAT},
        {"m/d/yy h:mm AM/PM", 1, DAT},
        {"\"codigo\" 0", 1, NUM},
        {"\"d\\\"0", 1, NUM},
        {"h:mm", 1, TIM},
        {"h:mm AM/PM", 1, TIM},
        {"mm:ss.0", 1, TIM},
        {"ss.00", 1, TIM},
        {"[h]:mm:ss", 1, ELA},
        {"[HH]:MM", 1, ELA},
        {"[mm]:ss.00", 1, ELA},
        {"[s].00", 1, ELA},
        {"[h", 1, TIM},
        {"\"sin cerrar", 1, NUM},
        {"\\", 1, NUM},
        {";;;", 1, NUM},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct workbook_format format;
        workbook_format_parse(cases[i].code, &format);
        int shown = (int)workbook_format_of(&format, cases[i].value);
        if (shown != cases[i].shown)
            fail_msg("%s of %g: %d, wanted %d", cases[i].code, cases[i].value, shown,
                     cases[i].shown);
    }
}

static void formats_built_in_are_those_of_the_standard(void **state)
{
    (void)state;
    char got[65] = "",
         wanted[65] = "NNNNNNNNNPPNNNDDYMTTTTDNNNNDDDDDTTTTDNNNNNNNNTETNNDDDDDDDDDNNNNN";
    for (int id = 0; id < 64; id++) {
        struct workbook_format format;
        workbook_format_built_in(id, &format);
        got[id] = "NPDMTELFCY"[workbook_format_of(&format, 1)];
    }
    assert_string_equal(got, wanted);
}

static void days_become_dates(void **state)
{
    static const struct {
        const char *text, *code;
        bool from_1904;
        enum source_cell_kind kind;
        const char *expect;
    } cases[] = {
        {"44197", "d/m/y", false, D, "2021-01-01"},
        {"42735", "d/m/y", true, D, "2021-01-01"},
        {"44197.75", "d/m/y", false, D, "2021-01-01T18:00:00"},
        {"44561.999999", "d/m/y", false, D, "2022-01-01"},
        {"44561.99998", "d/m/y", false, D, "2021-12-31T23:59:58"},
        {"0", "d/m/y", false, D, "1900-01-00"},
        {"0", "d/m/y", true, D, "1904-01-01"},
        {"1", "d/m/y", false, D, "1900-01-01"},
        {"59", "d/m/y", false, D, "1900-02-28"},
        {"60", "d/m/y", false, D, "1900-02-29"},
        {"61", "d/m/y", false, D, "1900-03-01"},
        {"36526", "d/m/y", false, D, "2000-01-01"},
        {"43890", "d/m/y", false, D, "2020-02-29"},
        {"2958465", "d/m/y", false, D, "9999-12-31"},
        {"2957003", "d/m/y", true, D, "9999-12-31"},
        {"2958466", "d/m/y", false, N, "2958466"},
        {"2957004", "d/m/y", true, N, "2957004"},
        {"-1", "d/m/y", false, N, "-1"},
        {"3E4", "d/m/y", false, D, "1982-02-18"},
        {"mañana", "d/m/y", false, T, "mañana"},
        {"44256", "mmm-yy", false, D, "2021-03"},
        {"44260", "mmm-yy", false, D, "2021-03-05"},
        {"44256.5", "mmm-yy", false, D, "2021-03-01T12:00:00"},
        {"44256", "d-mmm", false, D, "2021-03-01"},
        {"0.5", "h:mm", false, T, "12:00:00"},
        {"0.999999", "h:mm", false, T, "24:00:00"},
        {"44197.5", "h:mm", false, D, "2021-01-01T12:00:00"},
        {"1.0625", "[h]:mm", false, T, "25:30:00"},
        {"44197", "[h]:mm", false, T, "1060728:00:00"},
        {"0.125", "0.0%", false, P, "12.5"},
        {"0.125", "0.0", false, N, "0.125"},
        {"10101", "000000", false, N, "010101"},
        {"10101", "[$-400A]000000_ ;@", false, N, "010101"},
        {"0", "00", false, N, "00"},
        {"1234567", "000000", false, N, "1234567"},
        {"1.5", "000000", false, N, "1.5"},
        {"-5", "000", false, N, "-5"},
        {"5", "0", false, N, "5"},
        {"5", "000;0;000000", false, N, "005"},
        {"0", "000;0;000000", false, N, "000000"},
        {"5", "000.0", false, N, "5"},
        {"5", "#000", false, N, "5"},
        {"5", "00\"-\"00", false, T, "00-05"},
        {"5", "00\\-00", false, T, "00-05"},
        {"10101", "00-00-00", false, T, "01-01-01"},
        {"5", "\"A-\"000", false, T, "A-005"},
        {"12345", "\"A-\"000", false, T, "A-12345"},
        {"5", "\"A-\"0", false, T, "A-5"},
        {"12", "0000\"-FA\"", false, T, "0012-FA"},
        {"1.5", "\"A-\"000", false, N, "1.5"},
        {"-5", "\"A-\"000", false, N, "-5"},
        {"5", "00\" ha\"", false, N, "5"},
        {"5", "\"aprox. \"0", false, N, "5"},
        {"5", "\"Bs \"00", false, N, "5"},
        {"500", "\"$us\" #,##0.00", false, F, "500 $us"},
        {"500.5", "[$USD] #,##0.00", false, F, "500.5 USD"},
        {"500", "[$$-409]#,##0.00", false, F, "500 $"},
        {"500", "#,##0.00\\ [$\u20AC-1]", false, F, "500 \u20AC"},
        {"500", "$#,##0", false, F, "500 $"},
        {"500", "#,##0 \"S/.\"", false, F, "500 S/."},
        {"-500", "\"$\"#,##0;\"-$\"#,##0", false, F, "-500 $"},
        {"-500", "_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)", false, F,
         "-500 $"},
        {"-500", "$#,##0;-$#,##0", false, F, "-500 $"},
        {"500", "_-* #,##0.00\\ [$Bs-400A]_-", false, N, "500"},
        {"500", "[$$b-400A]\\ #,##0.00", false, N, "500"},
        {"500", "\"Bs.\" #,##0.00", false, N, "500"},
        {"500", "#,##0.0\" m2\"", false, N, "500"},
        {"2E+19", "0000000000000000000000000", false, N, "2E+19"},
    };
    struct source_cell cell;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct workbook_format format;
        workbook_format_parse(cases[i].code, &format);
        assert_true(workbook_shown(*state, cases[i].text, &format, cases[i].from_1904, &cell));
        check(cases[i].text, cell, cases[i].kind, cases[i].expect);
    }
}

static void dates_and_times_of_iso_8601_are_read(void **state)
{
    static const struct {
        const char *text;
        enum source_cell_kind kind;
        const char *expect;
    } dates[] =
        {
            {"2021-01-31", D, "2021-01-31"},
            {"2021-01-31T00:00:00", D, "2021-01-31"},
            {"2021-01-31T12:30", D, "2021-01-31T12:30:00"},
            {"2021-01-31 12:30:15Z", D, "2021-01-31T12:30:15"},
            {"2021-01-31T11:59:59.999999999", D, "2021-01-31T12:00:00"},
            {"2021-02-28T23:59:59.9", D, "2021-03-01"},
            {"2024-02-28T24:00:00", D, "2024-02-29"},
            {"2021-01-31T12:30:15-04:00", T, "2021-01-31T12:30:15-04:00"},
            {"2021-13-01", T, "2021-13-01"},
            {"2021-1-1", T, "2021-1-1"},
            {"2021-+1-01", T, "2021-+1-01"},
            {"2021-01-31T25:00", T, "2021-01-31T25:00"},
            {"2021-01-31T10:60", T, "2021-01-31T10:60"},
            {"2021-01-31T10:10:", T, "2021-01-31T10:10:"},
            {"31/01/2021", T, "31/01/2021"},
            {"-2021-01-31", T, "-2021-01-31"},
        },
      times[] = {
          {"PT12H30M00S", T, "12:30:00"},
          {"PT12H30M15.600000000S", T, "12:30:16"},
          {"PT25H", T, "25:00:00"},
          {"P1DT1H", T, "25:00:00"},
          {"PT5M", T, "00:05:00"},
          {"P", T, "P"},
          {"PT5X", T, "PT5X"},
          {"PT5S5H", T, "PT5S5H"},
          {"PT0x5S", T, "PT0x5S"},
          {"-PT1H", T, "-PT1H"},
          {"PT1.5.5H", T, "PT1.5.5H"},
          {"P99999999999999D", T, "P99999999999999D"},
      };
    struct source_cell cell;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        assert_true(workbook_iso_date(*state, dates[i].text, &cell));
        check(dates[i].text, cell, dates[i].kind, dates[i].expect);
    }
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        assert_true(workbook_iso_duration(*state, times[i].text, &cell));
        check(times[i].text, cell, times[i].kind, times[i].expect);
    }
}

static void escapes_become_characters(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expect;
    } cases[] = {
        {"Riego", "Riego"},
        {"Riego_x000D_\nAlto", "Riego\r\nAlto"},
        {"C_x005F_x0041_1", "C_x0041_1"},
        {"_x00f1_", "ñ"},
        {"_x00F1__x00F1_", "ññ"},
        {"_xD83D__xDE00_", "😀"},
        {"_xD83D_", "_xD83D_"},
        {"_xD83D__x0041_", "_xD83D_A"},
        {"_xDE00_", "_xDE00_"},
        {"_x0000_", "_x0000_"},
        {"_x00G1_", "_x00G1_"},
        {"_X0041_", "_X0041_"},
        {"_x0041", "_x0041"},
        {"_x041_", "_x041_"},
        {"campo_x_y", "campo_x_y"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[64];
        strcpy(text, cases[i].text);
        text[workbook_unescape(text, strlen(text))] = '\0';
        assert_string_equal(text, cases[i].expect);
    }
}

static int make_arena(void **state)
{
    *state = arena_new();
    return *state ? 0 : -1;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_the_shortest_text),
        cmocka_unit_test(percentages_are_what_the_sheet_shows),
        cmocka_unit_test(formats_say_what_a_number_is),
        cmocka_unit_test(formats_built_in_are_those_of_the_standard),
        cmocka_unit_test(days_become_dates),
        cmocka_unit_test(dates_and_times_of_iso_8601_are_read),
        cmocka_unit_test(escapes_become_characters),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
