/* fault_page.h - the page that tells a field team what to correct after an import: one HTML file
 * that needs nothing else, for a screen, a phone and paper.
 *
 * What to do now stands first; then the counts, and for each sheet its faults by row: what is said
 * of many rows is said once. Warnings stand apart. Everything that comes from the source is
 * escaped; the page runs no script.
 *
 * Threads: any. Errors: ERR_MEMORY.
 */
#ifndef LAYERS_REPORT_FAULT_PAGE_H
#define LAYERS_REPORT_FAULT_PAGE_H

#include "geo/base/err.h"
#include "geo/faults/fault_report.h"

/* The most faults that the page has; it says how many more there are. */
enum { FAULT_PAGE_MAX = 5000 };

/* Appends the whole page to out. */
bool fault_page_write(const struct fault_report *report, struct buf *out, struct err *err);

#endif
