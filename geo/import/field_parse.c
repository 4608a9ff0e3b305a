/* field_parse.c - parses a value of a field, as people and spreadsheets write it. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "geo/base/buf.h"
#include "geo/base/parse.h"
#include "geo/base/text.h"
#include "geo/import/fields.h"

enum { PLAIN_MAX = 64 };

/* True if every group after the first has three digits, and the first one to three. */
static bool is_grouped(const char *text, size_t len, char mark)
{
    size_t group = 0, groups = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] != mark) {
            group++;
            continue;
        }
        if (groups++ == 0 ? group < 1 || group > 3 || text[0] == '0' : group != 3)
            return false;
        group = 0;
    }
    return groups > 0 && group == 3;
}

/* Position of the decimal mark; len: none; SIZE_MAX: not a number.
 *   "1.234.567,89" and "1,234,567.89": the last kind of mark is the decimal mark
 *   "1.234.567": one kind, repeated: thousands
 *   "1.234" and "1,234": thousands if single_groups, else decimals */
static size_t decimals_at(const char *digits, size_t len, bool single_groups)
{
    const char *dot = memrchr(digits, '.', len), *comma = memrchr(digits, ',', len);
    if (!dot && !comma)
        return len;
    if (dot && comma) {
        const char *last = dot > comma ? dot : comma;
        size_t whole = (size_t)(last - digits);
        if (memchr(digits, *last, whole))
            return SIZE_MAX;
        return is_grouped(digits, whole, *last == '.' ? ',' : '.') ? whole : SIZE_MAX;
    }
    const char *last = dot ? dot : comma;
    bool repeated = memchr(digits, *last, (size_t)(last - digits)) != NULL;
    if ((repeated || single_groups) && is_grouped(digits, len, *last))
        return len;
    return repeated ? SIZE_MAX : (size_t)(last - digits);
}

/* "-1.234.567,89" -> "-1234567.89". Blanks, also no-break ones, may separate thousands. */
static bool plain_number(const char *text, bool typed, bool single_groups, char out[PLAIN_MAX])
{
    char digits[PLAIN_MAX - 16] = ""; /* leaves room in out for a sign and centavos */
    size_t len = 0, at = 0;
    bool negative = text[0] == '-';
    text += text[0] == '-' || text[0] == '+';
    for (; *text; text++) {
        if (*text == ' ' && !typed && len > 0)
            continue;
        if (len + 2 >= sizeof digits || !strchr("0123456789.,", *text))
            return false;
        digits[len++] = *text;
    }
    digits[len] = '\0';
    size_t mark = typed ? strcspn(digits, ".") : decimals_at(digits, len, single_groups);
    if (mark == SIZE_MAX || len == 0 || mark == 0 || mark + 1 == len)
        return false;
    if (negative)
        out[at++] = '-';
    for (size_t i = 0; i < len; i++) {
        if (digits[i] >= '0' && digits[i] <= '9')
            out[at++] = digits[i];
        else if (i == mark)
            out[at++] = '.';
        else if (typed)
            return false;
    }
    out[at] = '\0';
    return true;
}

/* Removes decimals that are zeros: "12.00" -> "12". */
static void drop_zeros(char *number)
{
    char *mark = strchr(number, '.');
    if (mark && !mark[1 + strspn(mark + 1, "0")])
        *mark = '\0';
}

static bool bounded(const struct geo_field *field, double value)
{
    return (field->min == 0 && field->max == 0) || (value >= field->min && value <= field->max);
}

static bool refuse(const struct geo_field *field, const char *text, const char *what,
                   struct err *err)
{
    struct buf range;
    buf_init(&range);
    if ((field->min != 0 || field->max != 0) && field->type != GEO_DATE) {
        buf_puts(&range, " de ");
        buf_put_real(&range, field->min);
        buf_puts(&range, " a ");
        buf_put_real(&range, field->max);
    }
    err_set(err, ERR_INPUT, "%s: «%s» no es %s%s", field->name, text, what,
            range.data ? range.data : "");
    buf_free(&range);
    return false;
}

static bool parse_integer(const struct geo_field *field, const char *text, bool typed,
                          struct geo_value *out, struct err *err)
{
    char number[PLAIN_MAX];
    if (plain_number(text, typed, true, number)) {
        drop_zeros(number);
        int64_t value;
        if (parse_int(number, INT64_MIN, INT64_MAX, &value) && bounded(field, (double)value)) {
            *out = (struct geo_value){.kind = GEO_INT_VALUE, .integer = value};
            return true;
        }
    }
    return refuse(field, text, "un entero", err);
}

static bool parse_decimal(const struct geo_field *field, const char *text, bool typed,
                          struct geo_value *out, struct err *err)
{
    char number[PLAIN_MAX];
    double value;
    bool ok = parse_real(text, -HUGE_VAL, HUGE_VAL, &value); /* also 1e-05 */
    ok = ok || (plain_number(text, typed, false, number) &&
                parse_real(number, -HUGE_VAL, HUGE_VAL, &value));
    if (!ok || !bounded(field, value))
        return refuse(field, text, "un número", err);
    *out = (struct geo_value){.kind = GEO_REAL_VALUE, .real = value};
    return true;
}

/* Exact: from digits to centavos without floating point. */
static bool parse_money(const struct geo_field *field, const char *text, bool typed,
                        struct geo_value *out, struct err *err)
{
    const char *amount = text;
    if (strncasecmp(amount, "bs", 2) == 0) {
        amount += 2 + (amount[2] == '.');
        amount += *amount == ' ';
    }
    char trimmed[PLAIN_MAX], number[PLAIN_MAX];
    size_t len = strlen(amount);
    if (len > 3 && strcasecmp(amount + len - 3, " bs") == 0)
        len -= 3;
    if (len >= sizeof trimmed)
        return refuse(field, text, "un monto en Bs", err);
    memcpy(trimmed, amount, len);
    trimmed[len] = '\0';
    if (!plain_number(trimmed, typed, true, number))
        return refuse(field, text, "un monto en Bs (como 1234567.89 o 1.234.567,89)", err);
    char *mark = strchr(number, '.');
    size_t decimals = mark ? strlen(mark + 1) : 0;
    while (decimals > 2 && mark[decimals] == '0')
        mark[decimals--] = '\0';
    if (decimals > 2)
        return refuse(field, text, "un monto en Bs con centavos: tiene más de dos decimales", err);
    if (mark) /* 12.5 -> 1250 */
        memmove(mark, mark + 1, decimals + 1);
    for (; decimals < 2; decimals++)
        strcat(number, "0");
    int64_t cts;
    if (!parse_int(number, INT64_MIN, INT64_MAX, &cts) || !bounded(field, (double)cts / 100))
        return refuse(field, text, "un monto en Bs", err);
    *out = (struct geo_value){.kind = GEO_INT_VALUE, .integer = cts};
    return true;
}

/* The date of a spreadsheet's day number (1 is 1900-01-01, counting a 29 February 1900
 * that did not exist); false for other texts. Only used in the message of an error: the
 * number may also be a code or an amount in the wrong column. */
static bool sheet_day(const char *text, char day[11])
{
    int64_t number;
    if (!parse_int(text, 20000, 60000, &number)) /* 1954 to 2064 */
        return false;
    time_t seconds = (time_t)(number - 25569) * 86400; /* 25569: 1970-01-01 */
    struct tm date;
    return gmtime_r(&seconds, &date) && strftime(day, 11, "%Y-%m-%d", &date) == 10;
}

/* ISO, or day first with '/', '-' or '.' between; a time of day is dropped. */
static bool parse_day(const struct geo_field *field, const char *text, struct arena *arena,
                      struct geo_value *out, struct err *err)
{
    int a = 0, b = 0, c = 0, used = 0;
    char part1 = 0, part2 = 0;
    char day[48] = "";
    if (sscanf(text, "%4d%c%2d%c%4d%n", &a, &part1, &b, &part2, &c, &used) == 5 && part1 == part2 &&
        strchr("-/.", part1) && text[0] >= '0' && text[0] <= '9' &&
        (!text[used] || text[used] == 'T' || text[used] == ' ')) {
        if (a >= 1000 && c >= 1 && c <= 31 && b >= 1)
            snprintf(day, sizeof day, "%04d-%02d-%02d", a, b % 100, c % 100);
        else if (c >= 1000 && a >= 1 && a <= 31 && b >= 1)
            snprintf(day, sizeof day, "%04d-%02d-%02d", c % 10000, b % 100, a % 100);
    }
    char meant[11];
    if (sheet_day(text, meant))
        return err_set(err, ERR_INPUT,
                       "%s: «%s» es el número con que una hoja de cálculo guarda el %s; dé formato "
                       "de fecha a la columna",
                       field->name, text, meant);
    if (!parse_date(day))
        return refuse(field, text, "una fecha (AAAA-MM-DD o DD/MM/AAAA, de 1900 a 2100)", err);
    *out = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = arena_strdup(arena, day)};
    return out->text || err_no_memory(err);
}

static bool parse_choice(const struct geo_field *field, const char *text, struct arena *arena,
                         struct geo_value *out, struct err *err)
{
    struct buf accepted;
    buf_init(&accepted);
    char *wanted = text_fold_column(arena, text);
    for (const struct geo_choice *choice = field->choices; choice->value; choice++) {
        char *value = text_fold_column(arena, choice->value);
        char *label = text_fold_column(arena, choice->label);
        if (wanted && value && label &&
            (strcmp(wanted, value) == 0 || strcmp(wanted, label) == 0)) {
            *out = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = choice->value};
            buf_free(&accepted);
            return true;
        }
        buf_printf(&accepted, "%s%s", accepted.len ? ", " : "", choice->value);
    }
    err_set(err, ERR_INPUT, "%s: «%s» no es uno de: %s", field->name, text,
            accepted.data ? accepted.data : "");
    buf_free(&accepted);
    return false;
}

static bool parse_flag(const struct geo_field *field, const char *text, struct arena *arena,
                       struct geo_value *out, struct err *err)
{
    static const struct {
        const char *word;
        int value;
    } words[] = {{"1", 1}, {"si", 1}, {"true", 1}, {"0", 0}, {"no", 0}, {"false", 0}};
    char *folded = text_fold_column(arena, text);
    for (size_t i = 0; folded && i < sizeof words / sizeof *words; i++)
        if (strcmp(folded, words[i].word) == 0) {
            *out = (struct geo_value){.kind = GEO_INT_VALUE, .integer = words[i].value};
            return true;
        }
    return refuse(field, text, "sí o no (1 o 0)", err);
}

bool geo_field_parse(const struct geo_field *field, const struct source_cell *cell,
                     struct arena *arena, struct geo_value *out, struct err *err)
{
    bool typed = cell->kind == SOURCE_CELL_NUMBER;
    const char *clean = cell->text ? text_clean(arena, cell->text) : "";
    if (!clean)
        return err_set(err, ERR_INPUT, "%s: el texto no es UTF-8", field->name);
    *out = (struct geo_value){.kind = GEO_NULL};
    if (!clean[0]) {
        if (field->flags & GEO_REQUIRED)
            return err_set(err, ERR_INPUT, "%s: falta, y es obligatorio", field->name);
        return true;
    }
    switch (field->type) {
    case GEO_TEXT:
        *out = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = clean};
        return true;
    case GEO_INTEGER:
        return parse_integer(field, clean, typed, out, err);
    case GEO_REAL:
        return parse_decimal(field, clean, typed, out, err);
    case GEO_MONEY:
        return parse_money(field, clean, typed, out, err);
    case GEO_DATE:
        return parse_day(field, clean, arena, out, err);
    case GEO_CHOICE:
        return parse_choice(field, clean, arena, out, err);
    case GEO_FLAG:
        return parse_flag(field, clean, arena, out, err);
    }
    return err_set(err, ERR_SETUP, "%s: tipo desconocido", field->name);
}
