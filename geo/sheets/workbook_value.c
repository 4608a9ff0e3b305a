/* workbook_value.c - numbers, percentages and dates as the cells of a workbook have them. */
#include "geo/sheets/workbook_value.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/parse.h"

enum {
    SURE_DIGITS = 15,   /* any number of 15 digits survives a double */
    PLAIN_SIZE = 400,   /* digits of the smallest double, written out */
    LAST_DAY = 2958465, /* 9999-12-31, counted from 1899-12-30 */
    DAY_S = 86400,
};

static const double exact_below = 9007199254740992.0; /* 2^53 */

static bool put(struct arena *arena, enum source_cell_kind kind, const char *text,
                struct source_cell *cell)
{
    *cell = (struct source_cell){kind, arena_strdup(arena, text)};
    return cell->text != NULL;
}

/* Numbers -------------------------------------------------------------------------- */

/* True if the text is already the shortest one, without an exponent: at most 15 digits, none
 * superfluous. Most numbers in files are. */
static bool is_shortest(const char *text)
{
    const char *at = text + (*text == '-');
    size_t whole = strspn(at, "0123456789");
    if (!whole || whole > SURE_DIGITS || (at[0] == '0' && whole > 1))
        return false;
    if (!at[whole])
        return at[0] != '0' || at == text; /* not "-0" */
    size_t part = strspn(at + whole + 1, "0123456789");
    return at[whole] == '.' && part && whole + part <= SURE_DIGITS && !at[whole + 1 + part] &&
           at[whole + part] != '0';
}

/* Writes a finite number without an exponent, its decimal point moved `shift` places to the
 * right. digits 0: as many as give the same double again. */
static void put_plain(double value, int digits, int shift, char out[PLAIN_SIZE])
{
    char written[40];
    for (int n = digits ? digits : SURE_DIGITS; n <= (digits ? digits : 17); n++) {
        snprintf(written, sizeof written, "%.*e", n - 1, fabs(value));
        if (strtod(written, NULL) == fabs(value))
            break;
    }
    char *exponent = strchr(written, 'e');
    int point = 1 + shift + atoi(exponent + 1); /* digits before the decimal point */
    *exponent = '\0';
    memmove(written + 1, written + 2, strlen(written + 1)); /* the point of "1.25e-01" */
    int n = (int)strlen(written); /* "%.*d" writes as many zeros as its precision */
    while (n > 1 && written[n - 1] == '0')
        written[--n] = '\0';
    const char *sign = value < 0 ? "-" : "";
    if (written[0] == '0')
        snprintf(out, PLAIN_SIZE, "0");
    else if (point <= 0)
        snprintf(out, PLAIN_SIZE, "%s0.%.*d%s", sign, -point, 0, written);
    else if (point >= n)
        snprintf(out, PLAIN_SIZE, "%s%s%.*d", sign, written, point - n, 0);
    else
        snprintf(out, PLAIN_SIZE, "%s%.*s.%s", sign, point, written, written + point);
}

static bool read_number(const char *text, double *value)
{
    return parse_real(text, -DBL_MAX, DBL_MAX, value);
}

bool workbook_number(struct arena *arena, const char *text, struct source_cell *cell)
{
    double value;
    char plain[PLAIN_SIZE];
    if (is_shortest(text))
        return put(arena, SOURCE_CELL_NUMBER, text, cell);
    if (!read_number(text, &value))
        return put(arena, SOURCE_CELL_TEXT, text, cell);
    if (fabs(value) >= exact_below)
        return put(arena, SOURCE_CELL_NUMBER, text, cell);
    put_plain(value, 0, 0, plain);
    return put(arena, SOURCE_CELL_NUMBER, plain, cell);
}

/* A number that its format pads with zeros, as codes are: 1203 as "000000" is "001203". */
static bool put_padded(struct arena *arena, const char *text, int zeros, struct source_cell *cell)
{
    if (!workbook_number(arena, text, cell))
        return false;
    int n = (int)strspn(cell->text, "0123456789");
    if (cell->kind == SOURCE_CELL_NUMBER && !cell->text[n] && n < zeros)
        cell->text = arena_printf(arena, "%.*d%s", zeros - n, 0, cell->text);
    return cell->text != NULL;
}

bool workbook_percent(struct arena *arena, const char *text, struct source_cell *cell)
{
    double value;
    char plain[PLAIN_SIZE];
    if (!read_number(text, &value) || fabs(value) >= exact_below)
        return workbook_number(arena, text, cell);
    put_plain(value, SURE_DIGITS, 2, plain);
    return put(arena, SOURCE_CELL_PERCENT, plain, cell);
}

bool workbook_foreign(struct arena *arena, const char *text, const char *mark,
                      struct source_cell *cell)
{
    if (!workbook_number(arena, text, cell) || cell->kind != SOURCE_CELL_NUMBER)
        return cell->text != NULL;
    cell->kind = SOURCE_CELL_FOREIGN;
    cell->text = arena_printf(arena, "%s %s", cell->text, mark);
    return cell->text != NULL;
}

/* Digits in the places of a pattern: 5 is "A-005". A number that is no code stays one. */
static bool put_code(struct arena *arena, const char *text, const char *pattern,
                     struct source_cell *cell)
{
    if (!workbook_number(arena, text, cell))
        return false;
    size_t places = 0, n = strlen(cell->text);
    for (const char *at = pattern; *at; at++)
        places += *at == WORKBOOK_DIGIT;
    if (cell->kind != SOURCE_CELL_NUMBER || strspn(cell->text, "0123456789") < n)
        return true;
    struct buf shown;
    buf_init(&shown);
    const char *digits = cell->text;
    size_t first = n > places ? n - places : 0; /* digits in the first place, beside its own */
    for (size_t place = 0; *pattern; pattern++) {
        if (*pattern != WORKBOOK_DIGIT) {
            buf_putc(&shown, *pattern);
            continue;
        }
        for (size_t i = 0; place == 0 && i < first; i++)
            buf_putc(&shown, digits[i]);
        buf_putc(&shown, places - place > n ? '0' : digits[n - (places - place)]);
        place++;
    }
    bool ok = !buf_failed(&shown) && put(arena, SOURCE_CELL_TEXT, shown.data, cell);
    buf_free(&shown);
    return ok;
}

/* Dates ---------------------------------------------------------------------------- */

/* Days from 1899-12-30 to a date and back; Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms": years begin in March, so that a leap day is the last one. 693899 is 1899-12-30
 * counted from 0000-03-01. */
enum { FROM_MARCH_0000 = 693899 };

static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = year / 400, in_era = year % 400;
    int64_t in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - FROM_MARCH_0000;
}

static void date_of(int64_t days, int *year, int *month, int *day)
{
    days += FROM_MARCH_0000;
    int64_t era = days / 146097, in_era = days % 146097;
    int64_t years = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * years + years / 4 - years / 100);
    int64_t march = (5 * in_year + 2) / 153;
    *day = (int)(in_year - (153 * march + 2) / 5 + 1);
    *month = (int)(march < 10 ? march + 3 : march - 9);
    *year = (int)(years + era * 400 + (*month <= 2));
}

static bool put_date(struct arena *arena, int year, int month, int day, int64_t seconds,
                     struct source_cell *cell)
{
    char text[64];
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    if (seconds)
        snprintf(text + n, sizeof text - (size_t)n, "T%02d:%02d:%02d", (int)(seconds / 3600),
                 (int)(seconds / 60 % 60), (int)(seconds % 60));
    return put(arena, SOURCE_CELL_DATE, text, cell);
}

static bool put_time(struct arena *arena, int64_t seconds, struct source_cell *cell)
{
    char text[64];
    snprintf(text, sizeof text, "%02lld:%02d:%02d", (long long)(seconds / 3600),
             (int)(seconds / 60 % 60), (int)(seconds % 60));
    return put(arena, SOURCE_CELL_TEXT, text, cell);
}

/* The system of 1900 takes 1900 for a leap year, as Lotus 1-2-3 did: day 60 is its 29
 * February, and days before it are one less than counted from 1899-12-30. */
static bool put_day(struct arena *arena, int64_t day, int64_t seconds, bool from_1904,
                    struct source_cell *cell)
{
    int year, month, in_month;
    if (from_1904)
        date_of(day + days_of(1904, 1, 1), &year, &month, &in_month);
    else if (day == 0 || day == 60)
        return put_date(arena, 1900, day ? 2 : 1, day ? 29 : 0, seconds, cell);
    else
        date_of(day + (day < 60), &year, &month, &in_month);
    return put_date(arena, year, month, in_month, seconds, cell);
}

bool workbook_month(struct arena *arena, struct source_cell *cell)
{
    enum { MONTH = sizeof "2021-03" - 1 };
    if (cell->kind == SOURCE_CELL_DATE && strcmp(cell->text + MONTH, "-01") == 0)
        cell->text = arena_strndup(arena, cell->text, MONTH);
    return cell->text != NULL;
}

bool workbook_shown(struct arena *arena, const char *text, const struct workbook_format *format,
                    bool from_1904, struct source_cell *cell)
{
    double value;
    bool general = format->n == 1 && format->sections[0].shown == WORKBOOK_SHOWN_NUMBER &&
                   !format->sections[0].zeros;
    if (general || !read_number(text, &value))
        return workbook_number(arena, text, cell);
    enum workbook_shown shown = workbook_format_of(format, value);
    if (shown == WORKBOOK_SHOWN_PERCENT)
        return workbook_percent(arena, text, cell);
    if (shown == WORKBOOK_SHOWN_FOREIGN)
        return workbook_foreign(arena, text, workbook_format_mark(format, value), cell);
    if (shown == WORKBOOK_SHOWN_CODE)
        return put_code(arena, text, workbook_format_mark(format, value), cell);
    if (shown == WORKBOOK_SHOWN_NUMBER)
        return put_padded(arena, text, workbook_format_zeros(format, value), cell);
    double last = LAST_DAY + 1 - (from_1904 ? (double)days_of(1904, 1, 1) : 0);
    if (value < 0 || value >= last)
        return workbook_number(arena, text, cell);
    int64_t day = (int64_t)value;
    int64_t seconds = llround((value - (double)day) * DAY_S);
    if (shown == WORKBOOK_SHOWN_ELAPSED || (shown == WORKBOOK_SHOWN_TIME && day == 0))
        return put_time(arena, day * DAY_S + seconds, cell);
    return put_day(arena, day + seconds / DAY_S, seconds % DAY_S, from_1904, cell) &&
           (shown != WORKBOOK_SHOWN_MONTH || workbook_month(arena, cell));
}

bool workbook_hides_year(const char *text, const struct workbook_format *format)
{
    double value;
    return read_number(text, &value) && workbook_format_of(format, value) == WORKBOOK_SHOWN_DAY;
}

/* Dates of ISO 8601 ---------------------------------------------------------------- */

/* Reads exactly n digits, and moves on. */
static bool read_digits(const char **at, size_t n, int *value)
{
    *value = 0;
    if (strspn(*at, "0123456789") < n)
        return false;
    for (; n > 0; n--)
        *value = *value * 10 + (*(*at)++ - '0');
    return true;
}

static bool read_mark(const char **at, char mark)
{
    return **at == mark ? (*at)++, true : false;
}

/* Reads digits with or without a fraction, and moves on; at least one. */
static bool read_decimal(const char **at, double *value)
{
    char *end = NULL;
    size_t n = strspn(*at, "0123456789.");
    *value = n && isdigit((unsigned char)**at) ? strtod(*at, &end) : 0;
    bool all = end == *at + n;
    *at += n;
    return all;
}

/* Reads "T12:00", "T12:00:00.5Z" or nothing, in seconds. */
static bool read_time(const char *at, int64_t *seconds)
{
    int hour, minute;
    double second = 0;
    *seconds = 0;
    if (!*at)
        return true;
    if ((!read_mark(&at, 'T') && !read_mark(&at, ' ')) || !read_digits(&at, 2, &hour) ||
        !read_mark(&at, ':') || !read_digits(&at, 2, &minute) ||
        (read_mark(&at, ':') && !read_decimal(&at, &second)))
        return false;
    read_mark(&at, 'Z');
    *seconds = hour * 3600 + minute * 60 + llround(fmin(second, 60));
    return !*at && minute < 60 && *seconds <= DAY_S;
}

bool workbook_iso_date(struct arena *arena, const char *text, struct source_cell *cell)
{
    int year, month, day;
    int64_t seconds;
    const char *at = text;
    if (!read_digits(&at, 4, &year) || !read_mark(&at, '-') || !read_digits(&at, 2, &month) ||
        !read_mark(&at, '-') || !read_digits(&at, 2, &day) || month < 1 || month > 12 || day < 1 ||
        day > 31 || !read_time(at, &seconds))
        return put(arena, SOURCE_CELL_TEXT, text, cell);
    if (seconds == DAY_S) /* 24:00, or rounded up to it */
        date_of(days_of(year, month, day) + 1, &year, &month, &day);
    return put_date(arena, year, month, day, seconds % DAY_S, cell);
}

bool workbook_iso_duration(struct arena *arena, const char *text, struct source_cell *cell)
{
    static const struct {
        char letter;
        double seconds;
    } units[] = {{'D', DAY_S}, {'H', 3600}, {'M', 60}, {'S', 1}};
    double total = 0, count;
    const char *at = text;
    bool read = read_mark(&at, 'P') && *at;
    for (size_t unit = 0; read && *at; unit++) {
        read_mark(&at, 'T');
        read = read_decimal(&at, &count);
        while (unit < sizeof units / sizeof *units && units[unit].letter != *at)
            unit++;
        read = read && unit < sizeof units / sizeof *units && read_mark(&at, units[unit].letter);
        total += read ? count * units[unit].seconds : 0;
    }
    if (!read || total > (double)LAST_DAY * DAY_S)
        return put(arena, SOURCE_CELL_TEXT, text, cell);
    return put_time(arena, llround(total), cell);
}
