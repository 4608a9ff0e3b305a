/* link_table.h - the links of one table on one edition, computed and stored; and
 * which municipalities gained or lost something by it. Only geo/figures/linker.c's.
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
    const struct geo_units *units; /* in the edition's order: slots are unit indexes */
    const int64_t *ids;            /* of the rows meant, sorted; NULL: all */
    size_t n_ids;
    bool *touched;                  /* units->n + 1; slots that gained or lost are set */
    struct geo_link_counts *counts; /* added to; NULL: not counted */
    geo_progress_fn *progress;      /* told from .. to of the whole; may be NULL */
    void *progress_arg;
    double from, to;
};

/* Links that did not change are not written. If one did, the table's layer is
 * touched (geo_store_touch). Ids that are no rows any more lose their links. */
bool geo_link_table(const struct geo_link_pass *pass, const struct geo_table *table,
                    struct err *err);

#endif
