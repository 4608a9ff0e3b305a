/* xlsx.h - XLSX files: the workbook of every table of data.h, and a figure as one table. Typed
 * cells, frozen heads, and a sheet with the sources and the meaning of each column.
 *
 * Threads: one a data. Errors: ERR_DEPENDENCY with libxlsxwriter's message.
 */
#ifndef LAYERS_REPORT_XLSX_H
#define LAYERS_REPORT_XLSX_H

#include "layers/report/data.h"

/* `sigg report libro`: the whole file, appended to out. */
bool xlsx_write_book(struct report_data *data, struct buf *out, struct err *err);

/* One table of a figure: its sheet, and a sheet that says what it is, of which data, and
 * what each column means. */
struct xlsx_table {
    const struct rows *rows;
    const char *figure; /* name of the figure: its columns (geo/catalog/column_words.h) */
    const char *title, *about;
    const struct xlsx_pair {
        const char *name, *value; /* a line break at the end of the value is left out */
    } * pairs;                    /* of where the data come from; ends with a NULL name */
    const struct budget *budget;
};
bool xlsx_write_table(const struct xlsx_table *table, struct buf *out, struct err *err);

#endif
