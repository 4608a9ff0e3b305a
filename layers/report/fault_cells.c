/* fault_cells.c - writes the cells of a source to an XLSX file. */
#include "layers/report/fault_cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/base/text.h"

enum { CELL_CHARACTERS = 32767, FIRST_YEAR = 1900, WRONG = 0xF8B4AE, WARNED = 0xFFF0B8 };

bool fault_formats_make(struct xlsx *file, struct fault_formats *formats)
{
    static const char *const patterns[SOURCE_CELL_KINDS] = {
        [SOURCE_CELL_EMPTY] = "@",   [SOURCE_CELL_TEXT] = "@",
        [SOURCE_CELL_NUMBER] = NULL, [SOURCE_CELL_PERCENT] = "0.########%",
        [SOURCE_CELL_FLAG] = NULL,   [SOURCE_CELL_DATE] = "dd/mm/yyyy",
        [SOURCE_CELL_ERROR] = NULL,  [SOURCE_CELL_NO_VALUE] = NULL,
        [SOURCE_CELL_FOREIGN] = "@",
    };
    static const lxw_color_t colors[FAULT_MARKS] = {[FAULT_WARNED] = WARNED, [FAULT_WRONG] = WRONG};
    for (int kind = 0; kind < SOURCE_CELL_KINDS; kind++)
        for (int mark = 0; mark < FAULT_MARKS; mark++) {
            lxw_format *format = formats->of[kind][mark] = workbook_add_format(file->book);
            if (!format)
                return false;
            if (patterns[kind])
                format_set_num_format(format, patterns[kind]);
            if (mark != FAULT_NONE)
                format_set_bg_color(format, colors[mark]);
        }
    return true;
}

/* XML has no U+FFFE and U+FFFF. */
static bool is_xml_text(const char *text)
{
    return text_is_utf8(text, strlen(text)) && !strstr(text, "\xEF\xBF\xBE") &&
           !strstr(text, "\xEF\xBF\xBF");
}

void fault_clean(char *text)
{
    if (!is_xml_text(text))
        text[0] = '\0';
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 && *text != '\n')
            *text = ' ';
}

bool fault_cell_fits(const struct source_cell *cell)
{
    size_t n = 0;
    for (const char *at = cell->text; at && *at; at++)
        n += (*at & 0xC0) != 0x80;
    return n <= CELL_CHARACTERS && (!cell->text || is_xml_text(cell->text));
}

void fault_put_text(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t at,
                    const char *text, lxw_format *format)
{
    xlsx_put_text(file, sheet, row, at, is_xml_text(text) ? text : "(ilegible)", format);
}

/* A number whose text is read again as it is: the file has 16 digits of it. */
static bool is_exact(const char *text, double *value)
{
    char written[40];
    struct buf again;
    if (!parse_real(text, -1e15, 1e15, value))
        return false;
    snprintf(written, sizeof written, "%.16G", *value);
    buf_init(&again);
    buf_put_real(&again, strtod(written, NULL));
    bool same = !buf_failed(&again) && strcmp(again.data, text) == 0;
    buf_free(&again);
    return same;
}

static bool is_day(const char *text)
{
    return strlen(text) == 10 && parse_date(text) && atoi(text) >= FIRST_YEAR;
}

void fault_put_cell(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t at,
                    const struct source_cell *cell, enum source_cell_kind column,
                    enum fault_mark mark, const struct fault_formats *formats)
{
    enum source_cell_kind kind = cell->text ? cell->kind : SOURCE_CELL_EMPTY;
    lxw_format *format = formats->of[kind == SOURCE_CELL_EMPTY ? column : kind][mark];
    lxw_format *as_text = formats->of[SOURCE_CELL_TEXT][mark];
    lxw_error error = LXW_NO_ERROR;
    double value;
    if (kind == SOURCE_CELL_EMPTY)
        error = worksheet_write_blank(sheet, row, at, format);
    else if (kind == SOURCE_CELL_NUMBER && is_exact(cell->text, &value))
        error = worksheet_write_number(sheet, row, at, value, format);
    else if (kind == SOURCE_CELL_PERCENT && is_exact(cell->text, &value))
        error = worksheet_write_number(sheet, row, at, value / 100, format);
    else if (kind == SOURCE_CELL_FLAG)
        error = worksheet_write_boolean(sheet, row, at, cell->text[0] == '1', format);
    else if (kind == SOURCE_CELL_DATE && is_day(cell->text)) {
        lxw_datetime date = {
            .year = atoi(cell->text), .month = atoi(cell->text + 5), .day = atoi(cell->text + 8)};
        error = worksheet_write_datetime(sheet, row, at, &date, format);
    } else
        fault_put_text(file, sheet, row, at, cell->text, as_text);
    xlsx_keep_error(file, error);
}
