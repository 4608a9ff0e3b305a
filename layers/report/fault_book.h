/* fault_book.h - the workbook of the rows to correct after an import: the original headings and
 * cells, and a first column with the row in the source.
 *
 * A cell with a fault is red and has a comment: what is wrong and what is accepted; one with a
 * warning is yellow. The other cells are as they came. Corrected, it is imported as it is
 * (geo/fields/form_sheets.h).
 *
 * Threads: any. Errors: ERR_DEPENDENCY with libxlsxwriter's message.
 */
#ifndef LAYERS_REPORT_FAULT_BOOK_H
#define LAYERS_REPORT_FAULT_BOOK_H

#include "geo/base/err.h"
#include "geo/faults/fault_report.h"

/* The most rows of a sheet, and comments of the file; «Instrucciones» says what is left out. */
enum { FAULT_BOOK_ROWS = 100000, FAULT_BOOK_COMMENTS = 5000 };

/* True if there are rows to correct: else there is no book to write. */
bool fault_book_needed(const struct fault_report *report);
/* Appends the whole file to out. */
bool fault_book_write(const struct fault_report *report, struct buf *out, struct err *err);

#endif
