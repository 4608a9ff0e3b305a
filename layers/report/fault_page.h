/* fault_page.h - the page that tells a field team what to correct after an import: one HTML file
 * that needs nothing else, for a screen, a phone and paper.
 *
 * What to do now stands first; then the counts, and for each sheet its faults by row: what is said
 * of many rows is said once. Warnings stand apart, and so do places to look at (fault_place.h),
 * with a map of them. Everything that comes from the source is escaped; the page runs no script.
 *
 * Threads: any. Errors: ERR_MEMORY.
 */
#ifndef LAYERS_REPORT_FAULT_PAGE_H
#define LAYERS_REPORT_FAULT_PAGE_H

#include "geo/base/err.h"
#include "geo/faults/fault_report.h"
#include "layers/report/points_map.h"

/* The most faults, and places, that the page has; it says how many more there are. */
enum { FAULT_PAGE_MAX = 5000, FAULT_PAGE_PLACES = 1000 };

/* Appends the whole page to out. *map_at: where it has room for a map. */
bool fault_page_write(const struct fault_report *report, struct buf *out, size_t *map_at,
                      struct err *err);
/* Puts the map there, a PNG file: it is drawn later, when the import has let go of the database. */
bool fault_page_put_map(struct buf *page, size_t map_at, const struct buf *png, struct err *err);

/* The state of a place on the map. */
enum points_state fault_page_state(const struct fault_place *place);

#endif
