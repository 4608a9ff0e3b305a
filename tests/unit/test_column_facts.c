/* test_column_facts.c - tests of numbers, days and codes as written, and of columns of them.
 * What each text is, what a column of such texts is, and how a whole table is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "geo/fields/column_reading.h"
#include "geo/texts/code_text.h"
#include "geo/texts/day_text.h"

static void numbers_have_a_form_and_readings(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        enum number_form form;
        const char *point, *comma; /* the readings under each decimal mark */
    } cases[] = {
        {"1234", true, NUMBER_WHOLE, "1234", "1234"},
        {" 1 234\xC2\xA0", true, NUMBER_WHOLE, "1234", "1234"},
        {"1\xE2\x80\xAF"
         "234,5",
         true, NUMBER_COMMA, "1234.5", "1234.5"},
        {"12.5", true, NUMBER_POINT, "12.5", "12.5"},
        {"0.125", true, NUMBER_POINT, "0.125", "0.125"},
        {"1234.567", true, NUMBER_POINT, "1234.567", "1234.567"},
        {"1.234", true, NUMBER_OPEN_POINT, "1.234", "1234"},
        {"1,234", true, NUMBER_OPEN_COMMA, "1234", "1.234"},
        {"-65.175", true, NUMBER_OPEN_POINT, "-65.175", "-65175"},
        {"1.234.567", true, NUMBER_POINT_GROUPS, "1234567", "1234567"},
        {"1,234,567", true, NUMBER_COMMA_GROUPS, "1234567", "1234567"},
        {"1.234,5", true, NUMBER_COMMA, "1234.5", "1234.5"},
        {"1,234.5", true, NUMBER_POINT, "1234.5", "1234.5"},
        {"Bs. 1.234,50", true, NUMBER_COMMA, "1234.50", "1234.50"},
        {"12,5 %", true, NUMBER_COMMA, "12.5", "12.5"},
        {"\xE2\x88\x92"
         "5",
         true, NUMBER_WHOLE, "-5", "-5"},
        {"12*", true, NUMBER_WHOLE, "12", "12"},
        {"1.234 (e)", true, NUMBER_OPEN_POINT, "1.234", "1234"},
        {"7\xC2\xB9", true, NUMBER_WHOLE, "7", "7"},
        {"1,5E+03", true, NUMBER_COMMA, "1.5E+03", "1.5E+03"},
        {"12 34", false, 0, NULL, NULL},
        {"1.23.456", false, 0, NULL, NULL},
        {"1.234,567.8", false, 0, NULL, NULL},
        {"1 234.567.890", false, 0, NULL, NULL},
        {",5", true, NUMBER_COMMA, "0.5", "0.5"},
        {"-.25", true, NUMBER_POINT, "-0.25", "-0.25"},
        {".250", true, NUMBER_POINT, "0.250", "0.250"},
        {"Bs.- 1.234", true, NUMBER_OPEN_POINT, "1.234", "1234"},
        {"-Bs 5", true, NUMBER_WHOLE, "-5", "-5"},
        {"5 $b", true, NUMBER_WHOLE, "5", "5"},
        {"Bs.-5", false, 0, NULL, NULL},
        {"-Bs -5", false, 0, NULL, NULL},
        {" ,5", true, NUMBER_COMMA, "0.5", "0.5"},
        {",", false, 0, NULL, NULL},
        {"5,", false, 0, NULL, NULL},
        {"", false, 0, NULL, NULL},
        {"%", false, 0, NULL, NULL},
        {"12 (abc)", false, 0, NULL, NULL},
        {"12 familias", false, 0, NULL, NULL},
        {"BO010101", false, 0, NULL, NULL},
        {"1111111111111111111111111111111111111111111111111111111111111111", false, 0, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct number_text number;
        bool ok = number_text_read(cases[i].text, &number);
        if (ok != cases[i].ok)
            fail_msg("«%s»: %d", cases[i].text, ok);
        if (!ok)
            continue;
        if (number.form != cases[i].form)
            fail_msg("«%s»: form %d", cases[i].text, number.form);
        assert_string_equal(number_text_as(&number, MARK_POINT), cases[i].point);
        assert_string_equal(number_text_as(&number, MARK_COMMA), cases[i].comma);
        bool open = strcmp(cases[i].point, cases[i].comma) != 0;
        assert_int_equal(number_text_as(&number, MARK_OPEN) == NULL, open);
    }
}

static void what_stands_around_a_number_is_told(void **state)
{
    (void)state;
    struct number_text number;
    assert_true(number_text_read("Bs 5", &number) && number.bolivianos && !number.percent);
    assert_true(number_text_read("5 bs.", &number) && number.bolivianos);
    assert_true(number_text_read("5%*", &number) && number.percent && number.footnote);
    assert_true(number_text_read("1.234,5", &number) && number.grouped);
    assert_true(number_text_read("1.234", &number) && !number.grouped);
    assert_true(number_text_read("1e-05", &number) && number.scientific);
}

static void days_are_read_in_every_usual_way(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum day_kind kind;
        const char *iso;
    } cases[] = {
        {"2021-01-31", DAY_SURE, "2021-01-31"},
        {"2021-01-31T12:00:00Z", DAY_SURE, "2021-01-31"},
        {"2021-03-04Z", DAY_SURE, "2021-03-04"},
        {"2021-03-05-04:00", DAY_SURE, "2021-03-05"},
        {"2021-03-05-04", DAY_NONE, ""},
        {"2021-03-05X", DAY_NONE, ""},
        {"2022/06/30 00:00:00+00", DAY_SURE, "2022-06-30"},
        {"20210131", DAY_SURE, "2021-01-31"},
        {"31/12/2021", DAY_FIRST, "2021-12-31"},
        {"31.12.2021", DAY_FIRST, "2021-12-31"},
        {"03/04/2021", DAY_OPEN, "2021-04-03"},
        {"3/3/2021", DAY_SURE, "2021-03-03"},
        {"12/31/2021", DAY_MONTH_FIRST, "2021-12-31"},
        {"30/06/2022 10:30:00 a. m.", DAY_FIRST, "2022-06-30"},
        {"5 de marzo de 2021", DAY_SURE, "2021-03-05"},
        {"lunes, 5 de marzo de 2021 10:30", DAY_SURE, "2021-03-05"},
        {"mi\xC3\xA9rcoles 5-MAR-2021", DAY_SURE, "2021-03-05"},
        {"1 de setiembre del 2021", DAY_SURE, "2021-09-01"},
        {"Mar 5, 2021", DAY_SURE, "2021-03-05"},
        {"31/12/21", DAY_SHORT_YEAR, ""},
        {"5-mar-21", DAY_SHORT_YEAR, ""},
        {"mar-21", DAY_MISSING, ""},
        {"marzo de 2021", DAY_MISSING, ""},
        {"31/02/2021", DAY_IMPOSSIBLE, ""},
        {"31/12/1821", DAY_IMPOSSIBLE, ""},
        {"30/06/2022 aprox", DAY_NONE, ""},
        {"2022-06/30", DAY_NONE, ""},
        {"1.2.21", DAY_NONE, ""},
        {"12345678", DAY_NONE, ""},
        {"44742", DAY_NONE, ""},
        {"martes", DAY_NONE, ""},
        {"", DAY_NONE, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char iso[11];
        enum day_kind kind = day_text_read(cases[i].text, iso);
        if (kind != cases[i].kind || strcmp(iso, cases[i].iso) != 0)
            fail_msg("«%s»: %d «%s»", cases[i].text, kind, iso);
        if (kind != DAY_NONE && !day_text_starts(cases[i].text))
            fail_msg("«%s» does not start like a date", cases[i].text);
    }
}

static void codes_survive_sheets(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum code_form form;
        const char *digits;
    } cases[] = {
        {"010101", CODE_SIX, "010101"},      {" 010101 ", CODE_SIX, "010101"},
        {"10101", CODE_LOST_ZERO, "010101"}, {"BO010101", CODE_P, "010101"},
        {"bo-010101", CODE_P, "010101"},     {"01.01.01", CODE_PARTED, "010101"},
        {"01-01-01", CODE_PARTED, "010101"}, {"BO00001", CODE_NONE, ""},
        {"01-01.01", CODE_NONE, ""},         {"1234", CODE_NONE, ""},
        {"0101012", CODE_NONE, ""},          {"", CODE_NONE, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char digits[7];
        enum code_form form = code_text_municipality(cases[i].text, digits);
        if (form != cases[i].form || strcmp(digits, cases[i].digits) != 0)
            fail_msg("«%s»: %d «%s»", cases[i].text, form, digits);
    }
    assert_true(code_text_is_rounded("1.23E+16"));
    assert_true(code_text_is_rounded("1,23e+16"));
    assert_false(code_text_is_rounded("12E5"));
    assert_false(code_text_is_rounded("1.23E16"));
    static const char *const several[] = {"Z-1, Z-2", "7;8", "a1; b2; c3", "1,203, 1,204"};
    static const char *const one[] = {"",      "Z-1",  "1,203", "Z-1, bis",
                                      "A, 12", "Z-1;", "; 7",   "a, b"};
    for (size_t i = 0; i < sizeof several / sizeof *several; i++)
        assert_true(code_text_is_several(several[i]));
    for (size_t i = 0; i < sizeof one / sizeof *one; i++)
        assert_false(code_text_is_several(one[i]));
}

static void numbers_become_codes_only_where_that_is_exact(void **state)
{
    (void)state;
    static const struct {
        const char *number, *code, *why; /* code NULL: refused */
    } cases[] = {
        {"1203", "1203", NULL},
        {"1203.00000000000", "1203", NULL},
        {"9007199254740992", "9007199254740992", NULL},
        {"9007199254740993", NULL, "demasiado grande"},
        {"9223372036854775807", NULL, "demasiado grande"},
        {"1.23e+16", NULL, "demasiado grande"},
        {"1.5", NULL, "decimales"},
        {"", NULL, "entero"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *why, *code = code_text_of_number(arena, cases[i].number, &why);
        if (!code != !cases[i].code || (code && strcmp(code, cases[i].code) != 0))
            fail_msg("«%s»: «%s»", cases[i].number, code ? code : why);
        if (!code)
            assert_non_null(strstr(why, cases[i].why));
    }
    arena_free(arena);
}

/* Columns --------------------------------------------------------------------- */

enum { CELLS = 6 };

static struct column_facts facts_of(const char *const *cells)
{
    struct column_facts facts = {0};
    for (int i = 0; i < CELLS; i++) {
        struct source_cell cell = {cells[i] ? SOURCE_CELL_TEXT : SOURCE_CELL_EMPTY, cells[i]};
        if (cells[i] && cells[i][0] == '=') /* typed */
            cell = (struct source_cell){SOURCE_CELL_NUMBER, cells[i] + 1};
        column_facts_add(&facts, &cell, i + 2);
    }
    return facts;
}

static void cells_are_counted_by_what_they_look_like(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        enum column_trait trait;
    } cases[] = {
        {"=12.5", COLUMN_TYPED},
        {"12", COLUMN_WHOLE},
        {"1.234", COLUMN_OPEN_POINT},
        {"12,5%", COLUMN_PERCENT},
        {"12,5%", COLUMN_COMMA},
        {"0,125", COLUMN_SMALL},
        {"Bs 5", COLUMN_BOLIVIANOS},
        {"12*", COLUMN_FOOTNOTE},
        {"1.234,5", COLUMN_MARKED},
        {"1203.0", COLUMN_ZEROS},
        {"010101", COLUMN_CODE},
        {"BO010101", COLUMN_CODE},
        {"Sucre", COLUMN_NO_DIGIT},
        {"Nota 1", COLUMN_WORDS},
        {"Nota:", COLUMN_WORDS},
        {"10101", COLUMN_SIX},
        {"-65.1753", COLUMN_LON},
        {"=-18.9001", COLUMN_LAT},
        {"592345", COLUMN_EAST},
        {"8176543", COLUMN_NORTH},
        {"-18.9001 -65.1753 2790 4", COLUMN_PLACE},
        {"16\xC2\xB0"
         "29' S",
         COLUMN_PLACE},
        {"s/d", COLUMN_NO_DATA},
        {"\xE2\x80\xA6", COLUMN_NO_DATA},
        {"Sin dato", COLUMN_NO_DATA},
        {"31/12/2021", COLUMN_DAY_FIRST},
        {"12/31/2021", COLUMN_MONTH_FIRST},
        {"31/12/21", COLUMN_BAD_DATE},
        {"Sucre", COLUMN_TEXT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *cells[CELLS] = {"", cases[i].cell, NULL};
        struct column_facts facts = facts_of(cells);
        enum column_trait trait = cases[i].trait;
        if (facts.n[trait] != 1 || facts.first[trait].line != 3)
            fail_msg("«%s» is not of trait %d", cases[i].cell, trait);
        assert_int_equal(facts.values, 1);
        assert_int_equal(facts.empty, CELLS - 1);
        int64_t forms = 0;
        for (int form = 0; form <= COLUMN_LAST_FORM; form++)
            forms += facts.n[form];
        assert_int_equal(forms, 1);
    }
}

static void a_sheets_errors_are_no_text(void **state)
{
    (void)state;
    struct column_facts facts = {0};
    column_facts_add(&facts, &(struct source_cell){SOURCE_CELL_ERROR, "#N/A"}, 2);
    column_facts_add(&facts, &(struct source_cell){SOURCE_CELL_NO_VALUE, NULL}, 3);
    column_facts_add(&facts, &(struct source_cell){SOURCE_CELL_PERCENT, "12.5"}, 4);
    column_facts_add(&facts, &(struct source_cell){SOURCE_CELL_DATE, "2021-01-31"}, 5);
    assert_int_equal(facts.n[COLUMN_FAULT], 2);
    assert_int_equal(facts.n[COLUMN_PERCENT], 1);
    assert_int_equal(facts.n[COLUMN_DATE], 1);
    assert_int_equal(facts.values, 4);
}

static void an_example_is_cut_at_a_character(void **state)
{
    (void)state;
    struct column_facts facts = {0};
    char text[] = "Asociación de productores de la zona ññ";
    column_facts_add(&facts, &(struct source_cell){SOURCE_CELL_TEXT, text}, 2);
    assert_int_equal(strlen(facts.first[COLUMN_TEXT].text), 38);
    assert_int_equal(facts.longest, (int64_t)strlen(text));
}

/* A table of two columns of numbers, or of one of numbers and one of coordinates. */
static void the_mark_of_a_column_comes_from_the_table(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *first[CELLS], *second[CELLS];
        enum column_role second_role;
        enum decimal_mark stated, mark;
        enum column_why why;
        bool mixed;
    } cases[] = {
        {"own groups",
         {"1.234", "1.234.567"},
         {"5"},
         COLUMN_NUMBERS,
         0,
         MARK_COMMA,
         COLUMN_OWN,
         false},
        {"own comma groups",
         {"1,234", "1,234,567"},
         {"5"},
         COLUMN_NUMBERS,
         0,
         MARK_POINT,
         COLUMN_OWN,
         false},
        {"own decimals",
         {"1.234", "12.5"},
         {"1,5"},
         COLUMN_NUMBERS,
         0,
         MARK_POINT,
         COLUMN_OWN,
         false},
        {"others", {"1.234"}, {"12,5"}, COLUMN_NUMBERS, 0, MARK_COMMA, COLUMN_OTHERS, false},
        {"others disagree",
         {"1.234"},
         {"12,5", "12.5"},
         COLUMN_NUMBERS,
         0,
         MARK_OPEN,
         COLUMN_UNKNOWN,
         false},
        {"names are no witness",
         {"1.234"},
         {"12,5"},
         COLUMN_OTHER,
         0,
         MARK_OPEN,
         COLUMN_UNKNOWN,
         false},
        {"a GPS is no witness",
         {"1.234"},
         {"-65.1753"},
         COLUMN_POSITION,
         0,
         MARK_OPEN,
         COLUMN_UNKNOWN,
         false},
        {"coordinates with comma are",
         {"1.234"},
         {"-65,1753"},
         COLUMN_POSITION,
         0,
         MARK_COMMA,
         COLUMN_OTHERS,
         false},
        {"typed is no witness",
         {"1.234"},
         {"=12.5"},
         COLUMN_NUMBERS,
         0,
         MARK_OPEN,
         COLUMN_UNKNOWN,
         false},
        {"stated",
         {"1.234", "12,5"},
         {"5"},
         COLUMN_NUMBERS,
         MARK_POINT,
         MARK_POINT,
         COLUMN_STATED,
         false},
        {"mixed",
         {"1.234,5", "1,234.5", "12,5"},
         {"5"},
         COLUMN_NUMBERS,
         0,
         MARK_COMMA,
         COLUMN_OWN,
         true},
        {"mixed evenly",
         {"1.234,5", "1,234.5"},
         {"5"},
         COLUMN_NUMBERS,
         0,
         MARK_OPEN,
         COLUMN_OWN,
         true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct column_facts facts[] = {facts_of(cases[i].first), facts_of(cases[i].second)};
        enum column_role roles[] = {COLUMN_NUMBERS, cases[i].second_role};
        struct column_reading readings[2];
        column_readings_decide(facts, roles, 2, cases[i].stated, readings);
        if (readings[0].mark != cases[i].mark || readings[0].why != cases[i].why ||
            readings[0].mixed != cases[i].mixed)
            fail_msg("%s: mark %d, why %d, mixed %d", cases[i].name, readings[0].mark,
                     readings[0].why, readings[0].mixed);
    }
}

static void a_column_says_what_odd_cells_are(void **state)
{
    (void)state;
    static const char *const columns[][CELLS] = {
        {"12", "s/d", "13*", "x"},
        {"Sucre", "s/d", "Yotala", "12"},
        {"12/31/2021", "03/04/2021"},
        {"12/31/2021", "31/12/2021"},
        {"12%", "0,5"},
        {"1203.0", "1204.0", "-"},
        {"1203.0", "12.5"},
    };
    enum { N = sizeof columns / sizeof *columns };
    struct column_facts facts[N];
    struct column_reading readings[N];
    enum column_role roles[N] = {COLUMN_OTHER};
    for (size_t i = 0; i < N; i++)
        facts[i] = facts_of(columns[i]);
    column_readings_decide(facts, roles, N, MARK_OPEN, readings);
    assert_true(readings[0].no_data);
    assert_false(readings[1].no_data);
    assert_true(readings[2].month_first && !readings[2].days_mixed);
    assert_true(!readings[3].month_first && readings[3].days_mixed);
    assert_true(readings[4].percent);
    assert_true(readings[5].zeros);
    assert_false(readings[6].zeros);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_a_form_and_readings),
        cmocka_unit_test(what_stands_around_a_number_is_told),
        cmocka_unit_test(days_are_read_in_every_usual_way),
        cmocka_unit_test(codes_survive_sheets),
        cmocka_unit_test(numbers_become_codes_only_where_that_is_exact),
        cmocka_unit_test(cells_are_counted_by_what_they_look_like),
        cmocka_unit_test(a_sheets_errors_are_no_text),
        cmocka_unit_test(an_example_is_cut_at_a_character),
        cmocka_unit_test(the_mark_of_a_column_comes_from_the_table),
        cmocka_unit_test(a_column_says_what_odd_cells_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
