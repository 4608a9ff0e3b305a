/* fault_book_places.h - the sheet «Lugares por revisar» of the workbook of corrections. Only for
 * layers/report/fault_book*.c.
 *
 * Threads: one a file. Errors: in file->err.
 */
#ifndef LAYERS_REPORT_FAULT_BOOK_PLACES_H
#define LAYERS_REPORT_FAULT_BOOK_PLACES_H

#include "geo/faults/fault_report.h"
#include "layers/report/xlsx_internal.h"

/* A row for each place of all sheets; none: no sheet. */
bool fault_book_put_places(struct xlsx *file, const struct fault_report *report);

#endif
