/* column_facts.c - what the cells of one column look like, counted in one pass. */
#include "geo/texts/column_facts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/texts/code_text.h"
#include "geo/texts/day_text.h"
#include "geo/texts/number_text.h"
#include "geo/texts/place_text.h"

/* Zero of a sheet that shows "Bs -" for it. */
static const char *without_bolivianos(const char *text)
{
    if (strncasecmp(text, "bs", 2) != 0)
        return text;
    text += 2 + (text[2] == '.');
    return text + strspn(text, " \t");
}

bool column_facts_no_data(const char *text)
{
    static const char *const words[] = {"s/d",
                                        "sd",
                                        "s.d.",
                                        "n/d",
                                        "nd",
                                        "n.d.",
                                        "n/a",
                                        "na",
                                        "n.a.",
                                        "s/i",
                                        "s.i.",
                                        "n/c",
                                        "ns/nr",
                                        "sin dato",
                                        "sin datos",
                                        "sin informaci\xC3\xB3n",
                                        "sin informacion",
                                        "no aplica",
                                        "no corresponde",
                                        "no disponible",
                                        "null",
                                        "\\N",
                                        "nan",
                                        "<null>",
                                        "<nulo>",
                                        "(null)",
                                        "<na>",
                                        "<nan>",
                                        "nat",
                                        "none",
                                        "undefined",
                                        "(en blanco)",
                                        "(blank)",
                                        "(vacío)",
                                        "(vacías)",
                                        "-",
                                        "--",
                                        "---",
                                        "\xE2\x80\x93",
                                        "\xE2\x80\x94",
                                        "...",
                                        "\xE2\x80\xA6",
                                        "."};
    text += strspn(text, " \t");
    if (!strchr("sSnNbBuU<(-.\\\xE2", text[0])) /* the usual text ends here */
        return false;
    text = without_bolivianos(text);
    size_t len = strlen(text);
    while (len && strchr(" \t", text[len - 1]))
        len--;
    if (len == 2 && text[0] == '.' && islower((unsigned char)text[1]))
        return true; /* ".a" to ".z" of Stata */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && strncasecmp(text, words[i], len) == 0)
            return true;
    return false;
}

static void note(struct column_facts *facts, enum column_trait trait, const char *text,
                 int64_t line)
{
    struct column_example *first = &facts->first[trait];
    if (facts->n[trait]++ > 0)
        return;
    first->line = line;
    int len = text_cut(text, COLUMN_EXAMPLE_MAX - 1);
    memcpy(first->text, text, (size_t)len);
    first->text[len] = '\0';
}

static bool between(double value, double min, double max)
{
    return value >= min && value <= max;
}

/* Where in Bolivia, in degrees or metres, a number might be. */
static void note_place(struct column_facts *facts, double value, bool whole, const char *text,
                       int64_t line)
{
    if (!whole && between(value, -70, -57))
        note(facts, COLUMN_LON, text, line);
    if (!whole && between(value, -23, -9))
        note(facts, COLUMN_LAT, text, line);
    if (between(value, 100000, 900000))
        note(facts, COLUMN_EAST, text, line);
    if (between(value, 7400000, 9000000))
        note(facts, COLUMN_NORTH, text, line);
}

static double value_of_long(const char *number, bool *whole)
{
    *whole = !strchr(number, '.');
    return strtod(number, NULL);
}

/* As strtod(), quicker for short numbers and off by a rounding: enough for ranges. *whole: it has
 * no decimals. */
static double value_of(const char *number, bool *whole)
{
    static const double powers[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *at = number + (*number == '-'), *mark = NULL;
    int64_t digits = 0;
    int n = 0;
    for (; *at && n < 15; at++) {
        if (*at == '.')
            mark = at;
        else if (isdigit((unsigned char)*at)) {
            digits = digits * 10 + (*at - '0');
            n++;
        } else
            return value_of_long(number, whole);
    }
    if (*at)
        return value_of_long(number, whole);
    *whole = !mark;
    double value = (double)digits / powers[mark ? at - mark - 1 : 0];
    return *number == '-' ? -value : value;
}

static void note_value(struct column_facts *facts, const char *number, bool percent,
                       const char *text, int64_t line)
{
    bool whole;
    double value = value_of(number, &whole);
    if (percent)
        note(facts, COLUMN_PERCENT, text, line);
    else if (value > 0 && value <= 1)
        note(facts, COLUMN_SMALL, text, line);
    if (between(value, 0, 1))
        note(facts, COLUMN_UP_TO_ONE, text, line);
    note_place(facts, value, whole, text, line);
}

static void note_code(struct column_facts *facts, const char *text, int64_t line)
{
    char digits[7];
    if (!isdigit((unsigned char)text[0]) && !strchr("bB ", text[0]))
        return;
    enum code_form form = code_text_municipality(text, digits);
    if (form == CODE_NONE)
        return;
    if (form == CODE_P || form == CODE_PARTED || (form == CODE_SIX && digits[0] == '0'))
        note(facts, COLUMN_CODE, text, line);
    if (strncmp(digits, "01", 2) >= 0 && strncmp(digits, "09", 2) <= 0)
        note(facts, COLUMN_SIX, text, line);
}

static bool note_number(struct column_facts *facts, const char *text, int64_t line)
{
    static const enum column_trait forms[NUMBER_FORMS] = {
        [NUMBER_WHOLE] = COLUMN_WHOLE,
        [NUMBER_POINT] = COLUMN_POINT,
        [NUMBER_COMMA] = COLUMN_COMMA,
        [NUMBER_OPEN_POINT] = COLUMN_OPEN_POINT,
        [NUMBER_OPEN_COMMA] = COLUMN_OPEN_COMMA,
        [NUMBER_POINT_GROUPS] = COLUMN_POINT_GROUPS,
        [NUMBER_COMMA_GROUPS] = COLUMN_COMMA_GROUPS,
    };
    struct number_text number;
    if (!number_text_read(text, &number))
        return false;
    note(facts, forms[number.form], text, line);
    if (number.bolivianos)
        note(facts, COLUMN_BOLIVIANOS, text, line);
    if (number.footnote)
        note(facts, COLUMN_FOOTNOTE, text, line);
    if (number.grouped && strchr(number.text, '.'))
        note(facts, COLUMN_MARKED, text, line);
    const char *mark = number.form == NUMBER_WHOLE ? NULL : strchr(number.text, '.');
    if (mark && mark[1] == '0' && !mark[1 + strspn(mark + 1, "0")] && !number.grouped)
        note(facts, COLUMN_ZEROS, text, line);
    note_value(facts, number.text, number.percent, text, line);
    return true;
}

static bool note_date(struct column_facts *facts, const char *text, int64_t line)
{
    static const enum column_trait kinds[DAY_KINDS] = {
        [DAY_SURE] = COLUMN_DATE,           [DAY_FIRST] = COLUMN_DAY_FIRST,
        [DAY_OPEN] = COLUMN_DAY_OPEN,       [DAY_MONTH_FIRST] = COLUMN_MONTH_FIRST,
        [DAY_SHORT_YEAR] = COLUMN_BAD_DATE, [DAY_MISSING] = COLUMN_BAD_DATE,
        [DAY_IMPOSSIBLE] = COLUMN_BAD_DATE,
    };
    char iso[11];
    enum day_kind kind = day_text_starts(text) ? day_text_read(text, iso) : DAY_NONE;
    if (kind == DAY_NONE)
        return false;
    note(facts, kinds[kind], text, line);
    return true;
}

/* Of the first texts of a column none is a place: it is no column of places. */
enum { PLACES_LOOKED_FOR = 200 };

/* Quicker than strcspn() for the usual short text. */
static bool has_digit(const char *text)
{
    while (*text && (*text < '0' || *text > '9'))
        text++;
    return *text;
}

bool column_facts_no_digit(const char *text)
{
    return !has_digit(text);
}

bool column_facts_words(const char *text)
{
    text += strspn(text, " \t");
    size_t first = strcspn(text, " \t");
    return (first && text[first - 1] == ':') || text[first + strspn(text + first, " \t")];
}

static void note_text(struct column_facts *facts, const char *text, int64_t line)
{
    size_t len = strlen(text);
    bool digits = has_digit(text);
    if ((int64_t)len > facts->longest)
        facts->longest = (int64_t)len;
    if (!digits)
        note(facts, COLUMN_NO_DIGIT, text, line);
    if (column_facts_words(text))
        note(facts, COLUMN_WORDS, text, line);
    if (digits) {
        note_code(facts, text, line);
        if (note_number(facts, text, line) || note_date(facts, text, line))
            return;
    }
    note(facts, column_facts_no_data(text) ? COLUMN_NO_DATA : COLUMN_TEXT, text, line);
    bool looked_for = facts->n[COLUMN_TEXT] <= PLACES_LOOKED_FOR || facts->n[COLUMN_PLACE] > 0;
    if (looked_for && (digits || strchr(text, ':')) && place_text_is(text))
        note(facts, COLUMN_PLACE, text, line);
}

/* "2021-04-03", or "2021-04" without its day. */
static void note_typed_date(struct column_facts *facts, const char *text, int64_t line)
{
    note(facts, COLUMN_DATE, text, line);
    const char *day = strlen(text) >= strlen("2021-04-03") ? text + strlen("2021-04-") : NULL;
    if (day)
        note(facts, strncmp(day, "12", 2) <= 0 ? COLUMN_TO_TWELFTH : COLUMN_FROM_13TH, text, line);
}

static bool is_blank(const struct source_cell *cell)
{
    if (cell->kind != SOURCE_CELL_TEXT || (unsigned char)cell->text[0] > ' ')
        return cell->kind == SOURCE_CELL_EMPTY;
    return !cell->text[strspn(cell->text, " \t\r\n")];
}

void column_facts_add(struct column_facts *facts, const struct source_cell *cell, int64_t line)
{
    if (is_blank(cell)) {
        facts->empty++;
        return;
    }
    facts->values++;
    switch (cell->kind) {
    case SOURCE_CELL_EMPTY:
        break;
    case SOURCE_CELL_TEXT:
        note_text(facts, cell->text, line);
        break;
    case SOURCE_CELL_NUMBER:
        note_code(facts, cell->text, line);
        /* fallthrough */
    case SOURCE_CELL_FOREIGN:
    case SOURCE_CELL_PERCENT:
    case SOURCE_CELL_FLAG:
        note(facts, COLUMN_TYPED, cell->text, line);
        note_value(facts, cell->text, cell->kind == SOURCE_CELL_PERCENT, cell->text, line);
        break;
    case SOURCE_CELL_DATE:
        note_typed_date(facts, cell->text, line);
        break;
    case SOURCE_CELL_ERROR:
    case SOURCE_CELL_NO_VALUE:
        note(facts, COLUMN_FAULT, cell->text ? cell->text : "", line);
        break;
    }
}

static int64_t sum(const struct column_facts *facts, int first, int last)
{
    int64_t n = 0;
    for (int trait = first; trait <= last; trait++)
        n += facts->n[trait];
    return n;
}

int64_t column_facts_numbers(const struct column_facts *facts)
{
    return sum(facts, COLUMN_FIRST_NUMBER, COLUMN_LAST_NUMBER);
}

int64_t column_facts_dates(const struct column_facts *facts)
{
    return sum(facts, COLUMN_FIRST_DATE, COLUMN_LAST_DATE);
}
