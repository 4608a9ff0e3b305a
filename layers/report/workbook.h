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

/* The description of a column in templates/columnas.json; NULL: none. */
struct workbook_words;
struct workbook_words *workbook_words_load(struct err *err);
void workbook_words_free(struct workbook_words *words); /* NULL is fine */
const char *workbook_title(const struct workbook_words *words, const char *column);
const char *workbook_definition(const struct workbook_words *words, const char *column);

#endif
