/* workbook_ods_cell.c - the value of a cell of an ODS workbook. */
#include <string.h>

#include "geo/base/parse.h"
#include "geo/sheets/workbook_ods_internal.h"
#include "geo/texts/day_text.h"

/* The attribute that has the value, by the type of the cell. */
static const struct {
    const char *type, *attribute;
} types[] = {
    {"float", "value"},         {"currency", "value"},  {"percentage", "value"},
    {"date", "date-value"},     {"time", "time-value"}, {"boolean", "boolean-value"},
    {"string", "string-value"},
};

static bool copy(const char *const *attributes, const char *name, struct arena *arena,
                 const char **text, struct err *err)
{
    const char *value = workbook_xml_attribute(attributes, name);
    *text = value ? arena_strdup(arena, value) : NULL;
    return !value || *text || err_no_memory(err);
}

bool workbook_ods_cell_read(const char *const *attributes, struct arena *arena,
                            struct workbook_ods_cell *stated, struct err *err)
{
    const char *known = workbook_xml_attribute(attributes, "calcext:value-type");
    *stated = (struct workbook_ods_cell){.error = known && strcmp(known, "error") == 0};
    if (!copy(attributes, "value-type", arena, &stated->type, err) ||
        !copy(attributes, "currency", arena, &stated->currency, err) ||
        !copy(attributes, "formula", arena, &stated->formula, err))
        return false;
    for (size_t i = 0; stated->type && i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].type, stated->type) == 0)
            return copy(attributes, types[i].attribute, arena, &stated->value, err);
    return true;
}

/* The formula as a person sees it: without the name of its syntax, "of:". */
static const char *shown_formula(const char *formula)
{
    const char *colon = strchr(formula, ':'), *equals = strchr(formula, '=');
    return colon && equals && colon < equals ? colon + 1 : formula;
}

static bool put_text(const char *text, struct arena *arena, enum source_cell_kind kind,
                     struct source_cell *cell)
{
    if (text[0])
        *cell = (struct source_cell){kind, arena_strdup(arena, text)};
    return !text[0] || cell->text;
}

/* True if a number is shown with zeros in front, as codes are: 1203 as "001203". */
static bool is_padded(const char *text, const char *value)
{
    double shown, stated;
    return text[0] == '0' && text[1] && !text[strspn(text, "0123456789")] &&
           parse_real(text, 0, 1e15, &shown) && parse_real(value, 0, 1e15, &stated) &&
           shown == stated;
}

/* True if a number is shown among letters or dashes, as codes are: 5 as "A-005". */
static bool is_code(const char *text, const char *value)
{
    char digits[16];
    size_t n = 0, marks = 0, whole = strspn(value, "0123456789");
    double shown, stated;
    for (const char *at = text; *at; at++) {
        if (strchr(" .,%+'", *at))
            return false;
        if (*at < '0' || *at > '9')
            marks++;
        else if (n + 1 < sizeof digits)
            digits[n++] = *at;
        else
            return false;
    }
    digits[n] = '\0';
    size_t first = strcspn(text, "0123456789");
    bool joined = first && strchr("-/", text[first - 1]);
    return marks && !value[whole] && (n > whole || joined) && parse_real(digits, 0, 1e15, &shown) &&
           parse_real(value, 0, 1e15, &stated) && shown == stated;
}

bool workbook_ods_hides_year(const char *shown)
{
    size_t groups = 0, letters = 0;
    bool first = shown[0] >= '0' && shown[0] <= '9';
    for (const char *at = shown; *at; at++) {
        bool digit = *at >= '0' && *at <= '9';
        letters += !digit && !strchr(" /.-,", *at);
        groups += digit && (at == shown || at[-1] < '0' || at[-1] > '9');
    }
    return first && groups == (letters ? 1 : 2);
}

static bool put_typed(const struct workbook_ods_cell *stated, const char *text, struct arena *arena,
                      struct source_cell *cell)
{
    const char *type = stated->type, *value = stated->value;
    char day[11];
    if (strcmp(type, "percentage") == 0)
        return workbook_percent(arena, value, cell);
    if (strcmp(type, "date") == 0)
        return workbook_iso_date(arena, value, cell) &&
               (day_text_read(text, day) != DAY_MISSING || workbook_month(arena, cell));
    if (strcmp(type, "time") == 0)
        return workbook_iso_duration(arena, value, cell);
    bool yes = strcmp(value, "true") == 0, no = strcmp(value, "false") == 0;
    if (strcmp(type, "boolean") == 0 && (yes || no))
        return put_text(yes ? "1" : "0", arena, SOURCE_CELL_FLAG, cell);
    if (strcmp(type, "boolean") == 0 || strcmp(type, "string") == 0)
        return put_text(value, arena, SOURCE_CELL_TEXT, cell);
    const char *currency = strcmp(type, "currency") == 0 ? stated->currency : NULL;
    if (currency && workbook_is_foreign(currency, strlen(currency)))
        return workbook_foreign(arena, value, currency, cell);
    if (is_code(text, value))
        return put_text(text, arena, SOURCE_CELL_TEXT, cell);
    return is_padded(text, value) ? put_text(text, arena, SOURCE_CELL_NUMBER, cell)
                                  : workbook_number(arena, value, cell);
}

bool workbook_ods_cell_value(const struct workbook_ods_cell *stated, const char *paragraphs,
                             struct arena *arena, struct source_cell *cell, struct err *err)
{
    const char *text = paragraphs ? paragraphs : "";
    bool is_string = stated->type && strcmp(stated->type, "string") == 0;
    bool ok;
    *cell = (struct source_cell){0};
    if (stated->error)
        ok = put_text(text[0] ? text : "#", arena, SOURCE_CELL_ERROR, cell);
    else if (stated->value && stated->value[0])
        ok = put_typed(stated, text, arena, cell);
    else if (paragraphs || is_string || !stated->formula)
        ok = put_text(text, arena, SOURCE_CELL_TEXT, cell);
    else
        ok = put_text(shown_formula(stated->formula), arena, SOURCE_CELL_NO_VALUE, cell);
    return ok || err_no_memory(err);
}
