/* field_number.c - parses a value of a field of numbers, by the marks of its column. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/parse.h"
#include "geo/base/text.h"
#include "geo/fields/field_internal.h"

static bool bounded(const struct geo_field *field, double value)
{
    return (field->min == 0 && field->max == 0) || (value >= field->min && value <= field->max);
}

/* A plain number, "-1234.5", as the field keeps it; false: it cannot be a value of the field. */
static bool convert_integer(const struct geo_field *field, const char *plain, struct geo_value *out)
{
    char whole[NUMBER_TEXT_MAX];
    size_t len = strcspn(plain, ".");
    int64_t value;
    if (plain[len] && plain[len + 1 + strspn(plain + len + 1, "0")])
        return false;
    if (len >= sizeof whole)
        return false;
    memcpy(whole, plain, len);
    whole[len] = '\0';
    if (!parse_int(whole, INT64_MIN, INT64_MAX, &value) || !bounded(field, (double)value))
        return false;
    *out = (struct geo_value){.kind = GEO_INT_VALUE, .integer = value};
    return true;
}

static bool convert_real(const struct geo_field *field, const char *plain, struct geo_value *out)
{
    double value;
    if (!parse_real(plain, -HUGE_VAL, HUGE_VAL, &value) || !bounded(field, value))
        return false;
    *out = (struct geo_value){.kind = GEO_REAL_VALUE, .real = value};
    return true;
}

/* Exact: from digits to centavos without floating point. "12.5" -> 1250. */
static bool convert_money(const struct geo_field *field, const char *plain, struct geo_value *out)
{
    char cents[NUMBER_TEXT_MAX + 4];
    size_t len = strcspn(plain, "."), decimals = 0;
    if (strlen(plain) >= NUMBER_TEXT_MAX)
        return false;
    memcpy(cents, plain, len);
    for (const char *at = plain[len] ? plain + len + 1 : ""; *at; at++)
        if (decimals < 2)
            cents[len + decimals++] = *at;
        else if (*at != '0')
            return false;
    for (; decimals < 2; decimals++)
        cents[len + decimals] = '0';
    cents[len + decimals] = '\0';
    int64_t cts;
    if (!parse_int(cents, INT64_MIN, INT64_MAX, &cts) || !bounded(field, (double)cts / 100))
        return false;
    *out = (struct geo_value){.kind = GEO_INT_VALUE, .integer = cts};
    return true;
}

static bool convert(const struct geo_field *field, const char *plain, struct geo_value *out)
{
    return field->type == GEO_INTEGER ? convert_integer(field, plain, out)
           : field->type == GEO_MONEY ? convert_money(field, plain, out)
                                      : convert_real(field, plain, out);
}

static bool refuse_number(const struct field_input *in, struct err *err)
{
    switch (in->field->type) {
    case GEO_INTEGER:
        return field_refuse(in, "un entero", err);
    case GEO_MONEY:
        return field_refuse(in,
                            "un monto en Bs, con dos decimales a lo sumo (como 1234567.89 o "
                            "1.234.567,89),",
                            err);
    default:
        return field_refuse(in, "un número", err);
    }
}

/* "1234" and "1,234" as people write them here. */
static bool two_readings(const struct field_input *in, const char *first, const char *second,
                         const char *advice, struct err *err)
{
    return err_set(err, ERR_INPUT, "%s: «%s» puede ser %s o %s%s", geo_field_published(in->field),
                   in->text, first, second, advice);
}

static bool refuse_open(const struct field_input *in, const struct number_text *number,
                        struct err *err)
{
    char comma[NUMBER_TEXT_MAX];
    memcpy(comma, number->text, sizeof comma);
    *strchr(comma, '.') = ',';
    return two_readings(in, number->as_groups, comma,
                        in->reading->why == COLUMN_OWN
                            ? ", por lo que tiene el resto de su columna; escríbalo sin separador "
                              "de miles"
                            : ": dígalo con --decimal coma o --decimal punto",
                        err);
}

/* 1.234 of a field without three decimals: its mark parts thousands, unless the column's other
 * numbers have it as decimal mark. */
static bool open_whole(const struct field_input *in, const struct number_text *number,
                       struct geo_value *out, struct err *err)
{
    const struct column_reading *reading = in->reading;
    const char *plain = number_text_as(number, reading->mark);
    if (reading->why == COLUMN_STATED)
        return convert(in->field, plain, out) || refuse_number(in, err);
    if (reading->why == COLUMN_OWN && !reading->mixed && plain == number->text)
        return refuse_open(in, number, err);
    return convert(in->field, number->as_groups, out) || refuse_number(in, err);
}

/* 1.234 of a field with decimals: as its column says; else taken if only one reading can be a
 * value. */
static bool open_real(const struct field_input *in, const struct number_text *number,
                      struct geo_value *out, struct err *err)
{
    struct geo_value as_decimals, as_groups;
    const char *plain = number_text_as(number, in->reading->mixed ? MARK_OPEN : in->reading->mark);
    if (plain)
        return convert(in->field, plain, out) || refuse_number(in, err);
    bool decimals = convert(in->field, number->text, &as_decimals);
    bool groups = convert(in->field, number->as_groups, &as_groups);
    if (decimals && groups)
        return refuse_open(in, number, err);
    if (!decimals && !groups)
        return refuse_number(in, err);
    *out = decimals ? as_decimals : as_groups;
    return true;
}

/* "1e+05", as R writes 100000: sheets, whose long numbers have lost digits, write a capital. */
static bool is_computed(const struct field_input *in, const struct number_text *number)
{
    return number->scientific && strstr(in->text, "e+") && !strchr(in->text, ',');
}

/* What stands around the number. */
static bool check_units(const struct field_input *in, const struct number_text *number,
                        struct err *err)
{
    bool any_unit = strcmp(in->field->name, "valor") == 0;
    if (number->percent && !any_unit)
        return field_refuse_because(in, "es un porcentaje, y el campo no lo es", err);
    if (number->bolivianos && in->field->type != GEO_MONEY && !any_unit)
        return field_refuse_because(in, "es un monto en Bs, y el campo no lo es", err);
    if (number->footnote && !in->reading->no_data)
        return field_refuse_because(in, "tiene una llamada a una nota; quítela", err);
    if (is_computed(in, number))
        return true;
    if (number->scientific && in->field->type != GEO_REAL)
        return refuse_number(in, err);
    if (number->scientific && !strchr(strpbrk(number->text, "eE"), '-'))
        return field_refuse_because(in,
                                    "es como una hoja muestra un número largo, y le faltan cifras; "
                                    "dé a la columna formato de número y guárdela otra vez",
                                    err);
    return true;
}

/* In a column with percentages, a number up to 1 without the sign may be a fraction. */
static bool is_perhaps_fraction(const struct field_input *in, const char *plain)
{
    double value;
    return in->reading->percent && parse_real(plain, 0, 1, &value) && value > 0;
}

static bool refuse_fraction(const struct field_input *in, const char *plain, struct err *err)
{
    double value = 0;
    struct buf as_is, percent;
    parse_real(plain, 0, 1, &value);
    buf_init(&as_is);
    buf_init(&percent);
    buf_printf(&as_is, "%s %%", plain);
    buf_put_fixed(&percent, value * 100, 10);
    two_readings(in, as_is.data ? as_is.data : plain, percent.data ? percent.data : "",
                 " %: otras celdas de su columna tienen %; escriba todas igual", err);
    buf_free(&as_is);
    buf_free(&percent);
    return false;
}

/* A sheet computes 1234.5 as 1234.5000000000002, and shows 15 digits; a file writes 1234.1 as
 * 1234.0999999999999. Of a field of whole numbers or centavos those 15 count. */
static bool convert_long(const struct geo_field *field, const char *plain, struct geo_value *out)
{
    char shown[NUMBER_TEXT_MAX];
    double value;
    if (convert(field, plain, out))
        return true;
    if (strspn(plain, "-0123456789.") <= 16 || plain[strspn(plain, "-0123456789.")] ||
        !parse_real(plain, -1e15, 1e15, &value))
        return false;
    snprintf(shown, sizeof shown, "%.15g", value);
    return convert(field, shown, out);
}

/* "500 $us": a number that the sheet shows in another currency. */
static bool parse_foreign(const struct field_input *in, struct geo_value *out, struct err *err)
{
    size_t len = strcspn(in->text, " ");
    if (in->field->type == GEO_MONEY)
        return field_refuse_because(
            in,
            "está en otra moneda, como lo muestra la hoja, y el campo es en Bs; conviértalo, o dé "
            "a la columna formato de número si ya está en Bs",
            err);
    const char *plain = arena_strndup(in->arena, in->text, len);
    return plain ? convert(in->field, plain, out) || refuse_number(in, err) : err_no_memory(err);
}

static bool parse_typed(const struct field_input *in, struct geo_value *out, struct err *err)
{
    if (in->kind == SOURCE_CELL_PERCENT && strcmp(in->field->name, "valor") != 0)
        return field_refuse_because(in, "es un porcentaje, y el campo no lo es", err);
    if (in->kind == SOURCE_CELL_NUMBER && is_perhaps_fraction(in, in->text))
        return refuse_fraction(in, in->text, err);
    return convert_long(in->field, in->text, out) || refuse_number(in, err);
}

/* 1,234.5 in a column that writes 1.234,5. */
static bool contradicts(const struct column_reading *reading, const struct number_text *number)
{
    return number->grouped && (reading->mixed || reading->why == COLUMN_STATED) &&
           number_form_mark(number->form) != reading->mark;
}

/* The number of "20 familias" or "110,5 has.", with the unit that the field has itself; NULL: it is
 * no such text. */
static const char *without_unit(const struct field_input *in)
{
    static const char *const hectares[] = {"ha", "has", "hect", "hectarea", "hectareas"};
    const char *name = in->field->name, *text = in->text;
    size_t len = strspn(text, "0123456789., "), n = strlen(name);
    while (len && text[len - 1] == ' ')
        len--;
    char *unit = len ? text_fold_column(in->arena, text + len) : NULL;
    bool own = unit && strcmp(unit, name) == 0;
    bool ha = n > 3 && strcmp(name + n - 3, "_ha") == 0;
    for (size_t i = 0; unit && ha && !own && i < sizeof hectares / sizeof *hectares; i++)
        own = strcmp(unit, hectares[i]) == 0;
    return own ? arena_strndup(in->arena, text, len) : NULL;
}

static bool parse_computed(const struct field_input *in, const struct number_text *number,
                           struct geo_value *out, struct err *err)
{
    char plain[NUMBER_TEXT_MAX];
    double value;
    if (!parse_real(number->text, -1e15, 1e15, &value))
        return refuse_number(in, err);
    snprintf(plain, sizeof plain, "%.6f", value);
    return convert(in->field, plain, out) || refuse_number(in, err);
}

static bool parse_text(const struct field_input *in, struct geo_value *out, struct err *err)
{
    struct number_text number;
    const struct column_reading *reading = in->reading;
    if (!number_text_read(in->text, &number)) {
        struct field_input bare = *in;
        bare.text = without_unit(in);
        return bare.text ? parse_text(&bare, out, err) : refuse_number(in, err);
    }
    if (!check_units(in, &number, err))
        return false;
    if (contradicts(reading, &number))
        return field_refuse_because(in,
                                    "usa el punto y la coma al revés que el resto de su columna; "
                                    "escríbalo sin separador de miles",
                                    err);
    if (is_computed(in, &number))
        return parse_computed(in, &number, out, err);
    if (!number.as_groups[0]) {
        if (!number.percent && is_perhaps_fraction(in, number.text))
            return refuse_fraction(in, number.text, err);
        return convert_long(in->field, number.text, out) || refuse_number(in, err);
    }
    return in->field->type == GEO_REAL ? open_real(in, &number, out, err)
                                       : open_whole(in, &number, out, err);
}

bool field_parse_number(const struct field_input *in, struct geo_value *out, struct err *err)
{
    switch (in->kind) {
    case SOURCE_CELL_NUMBER:
    case SOURCE_CELL_PERCENT:
        return parse_typed(in, out, err);
    case SOURCE_CELL_FOREIGN:
        return parse_foreign(in, out, err);
    case SOURCE_CELL_DATE:
        return field_refuse_because(
            in, "es una fecha para la hoja; dé a la columna formato de número", err);
    case SOURCE_CELL_FLAG:
        return field_refuse_because(in, "es un verdadero o falso, no un número", err);
    default:
        return parse_text(in, out, err);
    }
}
