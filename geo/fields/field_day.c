/* field_day.c - parses a value of a date field. */
#include <string.h>
#include <time.h>

#include "geo/base/parse.h"
#include "geo/fields/field_internal.h"
#include "geo/texts/day_text.h"

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

static bool keep_day(const struct field_input *in, const char *iso, struct geo_value *out,
                     struct err *err)
{
    *out = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = arena_strdup(in->arena, iso)};
    return out->text || err_no_memory(err);
}

static bool month_first(const struct field_input *in, struct err *err)
{
    return field_refuse_because(in,
                                "parece estar en el orden mes/día/año; escriba el día primero "
                                "(DD/MM/AAAA), o AAAA-MM-DD",
                                err);
}

/* 03/04/2021, where other cells of the column say which order it has. */
static bool open_day(const struct field_input *in, const char *iso, struct geo_value *out,
                     struct err *err)
{
    if (in->reading->days_mixed)
        return field_refuse_because(in,
                                    "puede ser día/mes o mes/día: la columna tiene fechas de los "
                                    "dos órdenes; escríbala AAAA-MM-DD",
                                    err);
    if (in->reading->month_first)
        return field_refuse_because(in,
                                    "puede ser mes/día/año, como otras de su columna; escríbalas "
                                    "con el día primero (DD/MM/AAAA), o AAAA-MM-DD",
                                    err);
    return keep_day(in, iso, out, err);
}

static bool typed_day(const struct field_input *in, struct geo_value *out, struct err *err)
{
    /* The days 1900 to 2100 of the system of 1900. */
    static const char first_year[] = "1905-03-14", last_year[] = "1905-09-30";
    char day[11];
    size_t len = strlen(in->text);
    if (len == sizeof "2021-03" - 1)
        return field_refuse_because(in,
                                    "es como la hoja lo muestra, sin el día; escriba la fecha "
                                    "entera",
                                    err);
    if (len < 10)
        return field_refuse(in, "una fecha", err);
    memcpy(day, in->text, 10);
    day[10] = '\0';
    if (strcmp(day, first_year) >= 0 && strcmp(day, last_year) <= 0)
        return field_refuse_because(in,
                                    "es como una hoja toma por fecha un año solo (2021 es el "
                                    "1905-07-13); escriba la fecha entera",
                                    err);
    return parse_date(day) ? keep_day(in, day, out, err)
                           : field_refuse(in, "una fecha de 1900 a 2100", err);
}

bool field_parse_day(const struct field_input *in, struct geo_value *out, struct err *err)
{
    char iso[11], meant[11];
    if (in->kind == SOURCE_CELL_DATE)
        return typed_day(in, out, err);
    if (sheet_day(in->text, meant))
        return err_set(err, ERR_INPUT,
                       "%s: «%s» es el número con que una hoja de cálculo guarda el %s; dé formato "
                       "de fecha a la columna",
                       in->field->name, in->text, meant);
    bool written = in->kind == SOURCE_CELL_TEXT ||
                   (in->kind == SOURCE_CELL_NUMBER && strlen(in->text) == strlen("20210305"));
    switch (written ? day_text_read(in->text, iso) : DAY_NONE) {
    case DAY_SURE:
    case DAY_FIRST:
        return keep_day(in, iso, out, err);
    case DAY_OPEN:
        return open_day(in, iso, out, err);
    case DAY_MONTH_FIRST:
        return month_first(in, err);
    case DAY_SHORT_YEAR:
        return field_refuse_because(
            in, "tiene el año con dos cifras; escríbalo con cuatro (31/12/2021)", err);
    case DAY_MISSING:
        return field_refuse_because(in, "no dice el día; se necesita la fecha entera", err);
    case DAY_IMPOSSIBLE:
        return field_refuse_because(in, "no es una fecha del calendario, o no es de 1900 a 2100",
                                    err);
    case DAY_NONE:
        break;
    }
    return field_refuse(in, "una fecha (AAAA-MM-DD o DD/MM/AAAA, de 1900 a 2100)", err);
}
