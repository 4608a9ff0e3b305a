/* workbook.h - writes every table of data.h as a sheet of an XLSX file: typed cells, frozen
 * heads, and a first sheet with the sources and the meaning of each column.
 *
 * Threads: one a data. Errors: ERR_DEPENDENCY with libxlsxwriter's message.
 */
#ifndef LAYERS_REPORT_WORKBOOK_H
#define LAYERS_REPORT_WORKBOOK_H

#include "layers/report/data.h"

/* The whole file, appended to out. */
bool workbook_write(struct report_data *data, struct buf *out, struct err *err);

/* One table of a figure: its sheet, and a sheet that says what it is, of which data, and
 * what each column means. */
struct workbook_table {
    const struct rows *rows;
    const char *figure; /* name of the figure: its columns (geo/catalog/column_words.h) */
    const char *title, *about;
    const struct workbook_pair {
        const char *name, *value;
    } * pairs; /* of where the data come from; ends with a NULL name */
    const struct budget *budget;
};
bool workbook_write_table(const struct workbook_table *table, struct buf *out, struct err *err);

#endif
