/* link_conflicts.h - after a record was linked: the verdict on it applied, and
 * its row in `conflictos` kept. Only geo/figures/link_table.c's.
 *
 * Owns:    the layer's verdicts and prepared statements, from open to close.
 * Threads, errors: as the store's. Writing needs the caller's transaction.
 */
#ifndef GEO_LINK_CONFLICTS_H
#define GEO_LINK_CONFLICTS_H

#include "geo/figures/link_table.h"

struct link_conflicts; /* opaque */

struct link_conflicts *link_conflicts_open(const struct geo_link_pass *pass,
                                           const struct geo_table *table, struct err *err);
void link_conflicts_close(struct link_conflicts *conflicts); /* NULL is fine */

/* links: as geo_link_record() found them; they become those that count. */
bool link_conflicts_settle(struct link_conflicts *conflicts, const struct geo_record *record,
                           struct geo_link *links, size_t *n_links, struct err *err);
/* A row was written or removed. */
bool link_conflicts_changed(const struct link_conflicts *conflicts);

#endif
