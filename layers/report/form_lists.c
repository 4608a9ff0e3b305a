/* form_lists.c - the sheets «Municipios» and «Listas» of a form, which its drop-downs show. */
#include <stdio.h>

#include "layers/report/form_internal.h"

static void put_text(struct form_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                     const char *text, lxw_format *format)
{
    xlsx_put_text(&book->file, sheet, row, column, text, format);
}

/* Names the rows 2 to n + 1 of a column. */
static void name_range(struct form_book *book, const char *name, const char *sheet, lxw_col_t at,
                       size_t n)
{
    char first[LXW_MAX_CELL_NAME_LENGTH], last[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell_abs(first, 1, at, 1, 1);
    lxw_rowcol_to_cell_abs(last, (lxw_row_t)n, at, 1, 1);
    const char *formula = arena_printf(book->arena, "=%s!%s:%s", sheet, first, last);
    xlsx_keep_error(&book->file, formula ? workbook_define_name(book->file.book, name, formula)
                                         : LXW_ERROR_MEMORY_MALLOC_FAILED);
}

bool form_put_units(struct form_book *book)
{
    static const char *const heads[] = {"Departamento", "Municipio", "Código INE", "Provincia"};
    static const double widths[] = {18, 36, 14, 30};
    if (book->n_units == 0)
        return true;
    lxw_worksheet *sheet = xlsx_add_sheet(&book->file, FORM_SHEET_UNITS);
    if (!sheet)
        return false;
    for (lxw_col_t c = 0; c < 4; c++) {
        worksheet_set_column(sheet, c, c, widths[c], book->styles[FORM_CODE]);
        put_text(book, sheet, 0, c, heads[c], book->file.formats[F_HEAD]);
    }
    for (size_t i = 0; i < book->n_units; i++) {
        const struct form_unit *unit = &book->units[i];
        const char *const texts[] = {unit->departamento, unit->nombre, unit->codigo,
                                     unit->provincia};
        for (lxw_col_t c = 0; c < 4; c++)
            put_text(book, sheet, (lxw_row_t)(i + 1), c, texts[c], book->styles[FORM_CODE]);
    }
    name_range(book, "lista_municipios", FORM_SHEET_UNITS, 1, book->n_units);
    name_range(book, "lista_codigos", FORM_SHEET_UNITS, 2, book->n_units);
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_autofilter(sheet, 0, 0, (lxw_row_t)book->n_units, 3);
    worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
    return true;
}

bool form_put_lists(struct form_book *book)
{
    if (book->n_lists == 0)
        return true;
    lxw_worksheet *sheet = xlsx_add_sheet(&book->file, FORM_SHEET_LISTS);
    if (!sheet)
        return false;
    for (size_t l = 0; l < book->n_lists; l++) {
        const struct form_list *list = &book->lists[l];
        lxw_col_t at = (lxw_col_t)l;
        put_text(book, sheet, 0, at, list->name, book->file.formats[F_HEAD]);
        for (size_t i = 0; i < list->n; i++)
            put_text(book, sheet, (lxw_row_t)(i + 1), at, list->items[i], book->styles[FORM_CODE]);
        name_range(book, list->name, FORM_SHEET_LISTS, at, list->n);
        worksheet_set_column(sheet, at, at, 34, NULL);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    return true;
}
