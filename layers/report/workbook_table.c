/* workbook_table.c - one table of a figure as a workbook of two sheets. */
#include <stdint.h>

#include "layers/report/workbook.h"
#include "layers/report/workbook_internal.h"

static bool fill(struct book *book)
{
    static const char *const heads[] = {"Columna", "Definición", "Nombre en CSV"};
    const struct workbook_table *table = book->of;
    struct workbook_seen seen = {.n = 0};
    if (!workbook_add_sheet(book, table->title, table->rows))
        return false;
    lxw_worksheet *sheet = workbook_add_worksheet(book->file, "Lea primero");
    worksheet_set_column(sheet, 0, 0, 38, NULL);
    worksheet_set_column(sheet, 1, 1, 92, NULL);
    worksheet_set_column(sheet, 2, 2, 30, NULL);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
    workbook_note(book, worksheet_write_string(sheet, 0, 0, table->title, book->formats[F_TITLE]));
    workbook_note(book, worksheet_write_string(sheet, 2, 1, table->about, book->formats[F_WRAP]));
    lxw_row_t row = 4;
    for (const struct workbook_pair *pair = table->pairs; pair->name; pair++)
        row = workbook_put_pair(book, sheet, row, pair->name, pair->value);
    row = workbook_put_head(book, sheet, row + 1, heads, 3);
    workbook_put_columns(book, sheet, row, table->rows, &seen);
    return true;
}

bool workbook_write_table(const struct workbook_table *table, struct buf *out, struct err *err)
{
    struct workbook_table copy = *table;
    struct book book = {.of = &copy, .figure = table->figure, .budget = table->budget, .err = err};
    lxw_doc_properties properties = {.title = (char *)(uintptr_t)table->title,
                                     .author =
                                         "Programa EMPODERAR, Proyecto de Alianzas Rurales II"};
    return workbook_make(&book, &properties, fill, out);
}
