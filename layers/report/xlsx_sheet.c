/* xlsx_sheet.c - writes tables and explanations as sheets of an XLSX file. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/parse.h"
#include "layers/report/xlsx_internal.h"

enum { MAX_WIDTH = 44, MIN_WIDTH = 8, FIRST_YEAR = 1900, A4 = 9 };

/* The second column of a sheet of explanations, and the height of a line in points. */
enum { WORDS_WIDTH = 92, LINE_HEIGHT = 15 };

lxw_worksheet *xlsx_add_sheet(struct xlsx *file, const char *name)
{
    lxw_worksheet *sheet = workbook_add_worksheet(file->book, name);
    if (!sheet) {
        err_set(file->err, ERR_SETUP, "no se puede hacer la hoja «%s»", name);
        return NULL;
    }
    worksheet_set_paper(sheet, A4);
    worksheet_fit_to_pages(sheet, 1, 0);
    return sheet;
}

static void put_text(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                     const char *text, enum xlsx_format format)
{
    xlsx_put_text(file, sheet, row, column, text, file->formats[format]);
}

size_t xlsx_length(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += (*text & 0xC0) != 0x80;
    return n;
}

/* A name may look like a day. Days before 1900 stay texts: XLSX has none. */
static bool is_date(const char *column, const char *text)
{
    bool of_days = strncmp(column, "fecha", 5) == 0 || strcmp(column, "desde") == 0 ||
                   strcmp(column, "hasta") == 0;
    return of_days && parse_date(text) && atoi(text) >= FIRST_YEAR;
}

/* More decimals than this are asked for by values that are written exactly. */
enum { EXACT = 15 };

static lxw_format *number_format(const struct xlsx *file, const struct rows_column *head)
{
    int places = head->decimals < XLSX_PLACES_MAX ? head->decimals : XLSX_PLACES_MAX;
    bool year = strcmp(head->name, "anio") == 0;
    if (head->decimals > EXACT)
        return NULL; /* as it is */
    return year ? file->formats[F_YEAR] : file->places[places > 0 ? places : 0];
}

/* Returns the width it takes. */
static size_t put_cell(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                       const struct rows_column *head, const char *text, enum rows_kind kind)
{
    switch (kind) {
    case ROWS_NULL:
        return 0;
    case ROWS_BOOL:
        xlsx_keep_error(
            file, worksheet_write_number(sheet, row, column, text[0] == '1', file->places[0]));
        return 2;
    case ROWS_NUMBER:
        xlsx_keep_error(file, worksheet_write_number(sheet, row, column, strtod(text, NULL),
                                                     number_format(file, head)));
        return strlen(text) + strlen(text) / 3 + 1;
    case ROWS_TEXT:
        break;
    }
    if (is_date(head->name, text)) {
        lxw_datetime date = {.year = atoi(text), .month = atoi(text + 5), .day = atoi(text + 8)};
        xlsx_keep_error(file,
                        worksheet_write_datetime(sheet, row, column, &date, file->formats[F_DATE]));
        return 11;
    }
    size_t length = xlsx_length(text);
    put_text(file, sheet, row, column, text, length > MAX_WIDTH ? F_WRAP : F_TEXT);
    return length;
}

static void put_column(struct xlsx *file, lxw_worksheet *sheet, lxw_col_t column,
                       const struct rows *rows)
{
    const struct rows_column *heads;
    rows_columns(rows, &heads);
    const struct rows_column *head = &heads[column];
    const char *title = column_title(file->words, file->figure, head->name);
    title = title ? title : head->name;
    size_t widest = xlsx_length(title) / 2 + 3; /* heads take two lines */
    widest = widest > MIN_WIDTH ? widest : MIN_WIDTH;
    put_text(file, sheet, 0, column, title, F_HEAD);
    for (size_t r = 0; r < rows_count(rows); r++) {
        enum rows_kind kind;
        const char *text = rows_cell(rows, r, column, &kind);
        size_t width = put_cell(file, sheet, (lxw_row_t)(r + 1), column, head, text, kind);
        widest = width > widest ? width : widest;
    }
    worksheet_set_column(sheet, column, column,
                         (double)(widest > MAX_WIDTH ? MAX_WIDTH : widest) + 1, NULL);
}

bool xlsx_add_rows(struct xlsx *file, const char *name, const struct rows *rows)
{
    const struct rows_column *columns;
    size_t n = rows_columns(rows, &columns), n_rows = rows_count(rows);
    lxw_worksheet *sheet = xlsx_add_sheet(file, name);
    if (!sheet)
        return false;
    for (size_t c = 0; c < n; c++) {
        put_column(file, sheet, (lxw_col_t)c, rows);
        if (!budget_left(file->budget, file->err))
            return false;
    }
    worksheet_set_row(sheet, 0, 45, NULL);
    bool coded = n > 2 && strcmp(columns[0].name, "codigo") == 0 && n_rows > 40;
    worksheet_freeze_panes(sheet, 1, coded ? 2 : 1);
    if (n_rows > 0)
        worksheet_autofilter(sheet, 0, 0, (lxw_row_t)n_rows, (lxw_col_t)(n - 1));
    /* Codes are texts. */
    worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
    worksheet_set_landscape(sheet);
    worksheet_repeat_rows(sheet, 0, 0);
    return true;
}

lxw_worksheet *xlsx_add_words(struct xlsx *file, const char *name, const char *title)
{
    static const double widths[] = {38, WORDS_WIDTH, 30};
    lxw_worksheet *sheet = xlsx_add_sheet(file, name);
    if (!sheet)
        return NULL;
    for (lxw_col_t c = 0; c < 3; c++)
        worksheet_set_column(sheet, c, c, widths[c], NULL);
    worksheet_set_portrait(sheet);
    put_text(file, sheet, 0, 0, title, F_TITLE);
    return sheet;
}

/* A row as high as its explanation: Excel does so by itself, LibreOffice does not. */
static void fit_row(lxw_worksheet *sheet, lxw_row_t row, const char *text)
{
    size_t lines = 1, in_line = 0;
    for (; *text; text++) {
        in_line += (*text & 0xC0) != 0x80;
        if (*text == '\n' || in_line > WORDS_WIDTH + 2) {
            lines++;
            in_line = 0;
        }
    }
    if (lines > 1)
        worksheet_set_row(sheet, row, (double)(lines * LINE_HEIGHT), NULL);
}

lxw_row_t xlsx_put_pair(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row, const char *name,
                        const char *value)
{
    struct buf text;
    size_t len = strlen(value);
    buf_init(&text);
    buf_put(&text, value, len > 0 && value[len - 1] == '\n' ? len - 1 : len);
    if (buf_failed(&text))
        xlsx_keep_error(file, LXW_ERROR_MEMORY_MALLOC_FAILED);
    put_text(file, sheet, row, 0, name, F_BOLD);
    put_text(file, sheet, row, 1, text.data, F_WRAP);
    if (text.data)
        fit_row(sheet, row, text.data);
    buf_free(&text);
    return row + 1;
}

lxw_row_t xlsx_put_head(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row,
                        const char *const heads[3])
{
    for (lxw_col_t c = 0; c < 3; c++)
        put_text(file, sheet, row, c, heads[c], F_HEAD);
    return row + 1;
}

static bool is_listed(const struct xlsx *file, const char *name)
{
    for (size_t i = 0; i < file->n_listed; i++)
        if (strcmp(file->listed[i], name) == 0)
            return true;
    return false;
}

lxw_row_t xlsx_put_columns(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row,
                           const struct rows *rows)
{
    static const char *const heads[] = {"Columna", "Definición", "Nombre en CSV"};
    const struct rows_column *columns;
    size_t n = rows_columns(rows, &columns);
    if (file->n_listed == 0)
        row = xlsx_put_head(file, sheet, row, heads);
    if (!array_reserve(file->listed, file->listed_cap, file->n_listed + n)) {
        xlsx_keep_error(file, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return row;
    }
    for (size_t c = 0; c < n; c++) {
        const char *name = columns[c].name;
        if (is_listed(file, name))
            continue;
        file->listed[file->n_listed++] = name;
        const char *title = column_title(file->words, file->figure, name);
        const char *text = column_definition(file->words, file->figure, name);
        put_text(file, sheet, row, 0, title ? title : name, F_BOLD);
        put_text(file, sheet, row, 1, text ? text : "", F_WRAP);
        fit_row(sheet, row, text ? text : "");
        put_text(file, sheet, row++, 2, name, F_TEXT);
    }
    return row;
}
