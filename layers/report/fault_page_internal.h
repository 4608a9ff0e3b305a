/* fault_page_internal.h - what the parts of the page of corrections share. Only for
 * layers/report/fault_page*.c.
 *
 * Threads: any. Errors: the buffer's.
 */
#ifndef LAYERS_REPORT_FAULT_PAGE_INTERNAL_H
#define LAYERS_REPORT_FAULT_PAGE_INTERNAL_H

#include "geo/faults/fault_report.h"

/* A text of the source, escaped. */
void fault_page_put_text(struct buf *out, const char *text);
/* A value of the source, highlighted; cut where it is long. */
void fault_page_put_value(struct buf *out, const char *value);

/* Where the page has the faults of a sheet: a row is found there. */
struct fault_page_groups {
    size_t sheet;
    const struct fault_groups *errors, *warnings;
};
/* The id of a group, for links: "f1-3", of warnings "a1-3". */
void fault_page_put_id(struct buf *out, size_t sheet, bool warnings, size_t group);

/* fault_page_places.c: the places of a sheet to look at, a table for each kind. *left: how many
 * places the page may still have. */
void fault_page_put_places(struct buf *out, const struct fault_report *report,
                           const struct fault_page_groups *groups, size_t *left);

#endif
