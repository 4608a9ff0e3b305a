/* link_conflicts.h - applies the verdict on a record after it was linked, and updates its
 * row in `conflictos`. Only for geo/figures/link_table.c.
 *
 * Owns:    the layer's verdicts and prepared statements, from open to close. Store, edition
 *          and names must outlive it.
 * Threads, errors: as the store's. Writing needs the caller's transaction.
 */
#ifndef GEO_LINK_CONFLICTS_H
#define GEO_LINK_CONFLICTS_H

#include "geo/figures/link.h"

struct link_conflicts; /* opaque */

/* in_order: many of the layer's records follow, in order of id. */
struct link_conflicts *link_conflicts_open(struct geo_store *store, const struct geo_table *table,
                                           const struct geo_edition *edition,
                                           const struct geo_names *names, bool in_order,
                                           struct err *err);
void link_conflicts_close(struct link_conflicts *conflicts); /* NULL is fine */

/* links: in: as geo_link_record() made them; out: with the verdict applied. */
bool link_conflicts_settle(struct link_conflicts *conflicts, const struct geo_record *record,
                           struct geo_link *links, size_t *n_links, struct err *err);
/* To be called after the last record: all is written then. */
bool link_conflicts_finish(struct link_conflicts *conflicts, struct err *err);
/* True if a row was written or removed. */
bool link_conflicts_changed(const struct link_conflicts *conflicts);

#endif
