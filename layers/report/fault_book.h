/* fault_book.h - the workbook of the rows to correct after an import: the original headings and
 * cells, and a first column with the row in the source.
 *
 * A cell with a fault is red and has a comment: what is wrong and what is accepted; one with a
 * warning is yellow. The other cells are as they came. Corrected, it is imported as it is
 * (geo/fields/form_sheets.h). A sheet has the places to look at (geo/faults/fault_place.h); an
 * import passes over it.
 *
 * Threads: any. Errors: ERR_DEPENDENCY with libxlsxwriter's message.
 */
#ifndef LAYERS_REPORT_FAULT_BOOK_H
#define LAYERS_REPORT_FAULT_BOOK_H

#include "geo/base/err.h"
#include "geo/faults/fault_report.h"

/* The most rows of a sheet, and comments of the file; «Instrucciones» says what is left out. */
enum { FAULT_BOOK_ROWS = 100000, FAULT_BOOK_COMMENTS = 5000 };

/* True if there are rows to correct. */
bool fault_book_needed(const struct fault_report *report);
/* True if there are places to look at, which the book has all. Else, and without rows to correct,
 * there is no book to write. */
bool fault_book_has_places(const struct fault_report *report);
/* Appends the whole file to out. */
bool fault_book_write(const struct fault_report *report, struct buf *out, struct err *err);

#endif
