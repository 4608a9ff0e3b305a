/* form_sheet.c - the sheet «Datos» of a form: headings, formats, limits, drop-downs. */
#include <stdio.h>
#include <string.h>

#include "layers/report/form_internal.h"

enum { LAST_ROW = LXW_ROW_MAX - 1, MESSAGE_MAX = 250, NAME_MAX = 31, HEAD_HEIGHT = 48 };

lxw_format *form_format(const struct form_book *book, const struct form_column *column)
{
    const struct xlsx *file = &book->file;
    if (!column->field)
        return file->places[column->place == FORM_LON || column->place == FORM_LAT ? 6 : 1];
    switch (column->field->type) {
    case GEO_TEXT:
        return book->styles[FORM_CODE];
    case GEO_INTEGER:
        return book->styles[FORM_COUNT];
    case GEO_MONEY:
        return file->places[2];
    case GEO_DATE:
        return file->formats[F_DATE];
    case GEO_REAL:
    case GEO_CHOICE:
    case GEO_FLAG:
        break;
    }
    return NULL; /* as the program shows numbers and texts */
}

/* At most that many characters, which is what Excel counts. */
static char *cut(struct form_book *book, const char *text, size_t most)
{
    size_t n = 0, at = 0;
    for (; text[at] && n < most; at++)
        n += (text[at + 1] & 0xC0) != 0x80;
    return text[at] ? arena_printf(book->arena, "%.*s…", (int)at, text)
                    : arena_strdup(book->arena, text);
}

static void bound(lxw_data_validation *rule, double min, double max)
{
    rule->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    rule->minimum_number = min;
    rule->maximum_number = max;
}

static void rule_of_place(lxw_data_validation *rule, enum form_place place)
{
    static const double bounds[][2] = {
        /* Bolivia and a degree around it, as far as import takes; UTM 19S to 21S. */
        [FORM_LON] = {-71, -56},
        [FORM_LAT] = {-24, -8},
        [FORM_EAST] = {100000, 900000},
        [FORM_NORTH] = {7300000, 9100000},
    };
    rule->validate = LXW_VALIDATION_TYPE_DECIMAL;
    bound(rule, bounds[place][0], bounds[place][1]);
}

/* What the schema does not bound is held to what a cell can show exactly. */
static void rule_of_field(lxw_data_validation *rule, const struct geo_field *field)
{
    bool bounded = field->min != 0 || field->max != 0;
    switch (field->type) {
    case GEO_INTEGER:
    case GEO_REAL:
    case GEO_MONEY:
        rule->validate =
            field->type == GEO_INTEGER ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL;
        bound(rule, bounded ? field->min : -1e15, bounded ? field->max : 1e15);
        break;
    case GEO_DATE:
        rule->validate = LXW_VALIDATION_TYPE_DATE;
        rule->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        rule->minimum_datetime = (lxw_datetime){.year = 1900, .month = 1, .day = 1};
        rule->maximum_datetime = (lxw_datetime){.year = 2100, .month = 12, .day = 31};
        break;
    case GEO_TEXT:
    case GEO_CHOICE:
    case GEO_FLAG:
        rule->validate = LXW_VALIDATION_TYPE_ANY;
        break;
    }
}

/* What the column takes appears beside each of its cells. It is no comment of the heading: some
 * readers of ODS, as which the form may be saved, take a comment for a part of its cell. */
static void put_rule(struct form_book *book, lxw_worksheet *sheet, lxw_col_t at)
{
    struct form_column *column = &book->columns[at];
    lxw_data_validation rule = {.input_title = cut(book, column->heading, NAME_MAX),
                                .input_message = cut(book, column->accepts, MESSAGE_MAX),
                                .error_title = cut(book, column->heading, NAME_MAX),
                                .error_message = cut(book, column->accepts, MESSAGE_MAX)};
    if (!rule.input_title || !rule.input_message || !rule.error_title || !rule.error_message)
        xlsx_keep_error(&book->file, LXW_ERROR_MEMORY_MALLOC_FAILED);
    if (column->list) {
        rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
        rule.value_formula = column->list;
        /* Import knows other spellings of names, and alliances loaded since. */
        if (column->field->type == GEO_TEXT)
            rule.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
    } else if (column->field)
        rule_of_field(&rule, column->field);
    else
        rule_of_place(&rule, column->place);
    xlsx_keep_error(&book->file,
                    worksheet_data_validation_range(sheet, 1, at, LAST_ROW, at, &rule));
}

/* In characters: names are long, and a choice shows its longest label. */
static double width_of(const struct form_column *column)
{
    enum { NARROW = 16, WIDE = 30, WIDEST = 44 };
    const struct geo_field *field = column->field;
    size_t width = NARROW;
    if (field && field->type == GEO_TEXT && !strstr(column->name, "codigo"))
        width = WIDE;
    for (const struct geo_choice *choice = field ? field->choices : NULL; choice && choice->value;
         choice++) {
        size_t need = xlsx_length(choice->label) + 3; /* and its button */
        width = need > width ? need : width;
    }
    return (double)(width < WIDEST ? width : WIDEST);
}

static void put_heading(struct form_book *book, lxw_worksheet *sheet, lxw_col_t at)
{
    const struct form_column *column = &book->columns[at];
    bool required = column->field && column->field->flags & GEO_REQUIRED;
    lxw_format *format = book->styles[required ? FORM_REQUIRED : FORM_OPTIONAL];
    xlsx_keep_error(&book->file, worksheet_write_string(sheet, 0, at, column->heading, format));
    worksheet_set_column(sheet, at, at, width_of(column), form_format(book, column));
}

lxw_worksheet *form_add_data(struct form_book *book, const char *name)
{
    lxw_worksheet *sheet = xlsx_add_sheet(&book->file, name);
    if (!sheet)
        return NULL;
    for (size_t c = 0; c < book->n_columns; c++)
        put_heading(book, sheet, (lxw_col_t)c);
    worksheet_set_row(sheet, 0, HEAD_HEIGHT, NULL);
    worksheet_freeze_panes(sheet, 1, 1);
    worksheet_set_landscape(sheet);
    worksheet_repeat_rows(sheet, 0, 0);
    /* Codes are texts. */
    worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
    return sheet;
}

bool form_put_data(struct form_book *book)
{
    lxw_worksheet *sheet = form_add_data(book, FORM_SHEET_DATA);
    for (size_t c = 0; sheet && c < book->n_columns; c++)
        put_rule(book, sheet, (lxw_col_t)c);
    return sheet != NULL;
}
