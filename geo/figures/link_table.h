/* link_table.h - links the records of one table on one edition, stores the links, and tells
 * which municipalities gained or lost something. Only for geo/figures/linker.c.
 *
 * Threads, errors: as the store's. Writing needs the caller's transaction.
 */
#ifndef GEO_LINK_TABLE_H
#define GEO_LINK_TABLE_H

#include "geo/figures/group.h"
#include "geo/figures/link.h"

struct geo_link_pass {
    struct geo_store *store;
    const struct geo_edition *edition;
    const struct geo_names *names;
    struct geo_urban *urban;
    const struct geo_units *units; /* in the edition's order: slots are unit indexes */
    const int64_t *ids;            /* of the rows to link, sorted; NULL: all */
    size_t n_ids;
    bool *touched;                  /* units->n + 1; set for slots that gained or lost something */
    struct geo_link_counts *counts; /* added to; NULL: not counted */
    geo_progress_fn *progress;      /* called with values from `from` to `to`; may be NULL */
    void *progress_arg;
    double from, to;
};

/* Unchanged links are not written. If one changed, the table's layer is touched
 * (geo_store_touch). The links of rows that no longer exist are removed. */
bool geo_link_table(const struct geo_link_pass *pass, const struct geo_table *table,
                    struct err *err);

#endif
