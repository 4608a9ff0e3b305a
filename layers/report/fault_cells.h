/* fault_cells.h - writes cells of a source to an XLSX file so that they are read back as they
 * were. Only for layers/report/fault_*.c.
 *
 * Threads: one a file.
 */
#ifndef LAYERS_REPORT_FAULT_CELLS_H
#define LAYERS_REPORT_FAULT_CELLS_H

#include "geo/texts/source_cell.h"
#include "layers/report/xlsx_internal.h"

enum fault_mark { FAULT_NONE, FAULT_WARNED, FAULT_WRONG, FAULT_MARKS };

struct fault_formats {
    lxw_format *of[SOURCE_CELL_KINDS][FAULT_MARKS]; /* by kind; days with a time are texts */
};

/* False: memory. */
bool fault_formats_make(struct xlsx *file, struct fault_formats *formats);

/* `column` is the kind of most cells of its column: an empty cell is formatted for it, so that
 * what is typed there becomes a number, a day or a text like the others. */
void fault_put_cell(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t at,
                    const struct source_cell *cell, enum source_cell_kind column,
                    enum fault_mark mark, const struct fault_formats *formats);

/* A text: a heading that XML cannot hold is "(ilegible)". */
void fault_put_text(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t at,
                    const char *text, lxw_format *format);

/* For texts that the library writes as they are, of comments: characters that XML does not have
 * become blanks; a text that is not UTF-8 becomes empty. */
void fault_clean(char *text);

/* False: a text that a cell cannot hold, for its length or its bytes. */
bool fault_cell_fits(const struct source_cell *cell);

#endif
