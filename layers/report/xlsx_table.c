/* xlsx_table.c - one table of a figure as a file of two sheets. */
#include "geo/fields/form_sheets.h"
#include "layers/report/xlsx.h"
#include "layers/report/xlsx_internal.h"

/* After the table: programs read the first sheet. */
static bool put_words(struct xlsx *file, const struct xlsx_table *table)
{
    lxw_worksheet *sheet = xlsx_add_words(file, FORM_SHEET_FIGURE, table->title);
    if (!sheet)
        return false;
    lxw_row_t row = xlsx_put_pair(file, sheet, 2, "Qué es", table->about);
    for (const struct xlsx_pair *pair = table->pairs; pair->name; pair++)
        row = xlsx_put_pair(file, sheet, row, pair->name, pair->value);
    xlsx_put_columns(file, sheet, row + 1, table->rows);
    return true;
}

bool xlsx_write_table(const struct xlsx_table *table, struct buf *out, struct err *err)
{
    struct xlsx file = {.figure = table->figure, .budget = table->budget, .err = err};
    bool ok = xlsx_open(&file, table->title, NULL, NULL) &&
              xlsx_add_rows(&file, table->title, table->rows) && put_words(&file, table);
    return xlsx_close(&file, ok, out);
}
