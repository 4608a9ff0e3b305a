/* link_count.h - counts stored links by state, for records that need not be linked again.
 *
 * Threads, errors: as the store's.
 */
#ifndef GEO_LINK_COUNT_H
#define GEO_LINK_COUNT_H

#include "geo/figures/link.h"

/* Adds the main links that these records (each id once) have on the current edition.
 * *missing: how many of them have none. */
bool geo_link_count(struct geo_store *store, const struct geo_table *table, const int64_t *ids,
                    size_t n_ids, struct geo_link_counts *counts, size_t *missing, struct err *err);

#endif
