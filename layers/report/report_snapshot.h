/* report_snapshot.h - builds the snapshot for a report: any edition of the boundaries, any date.
 *
 * On a date the municipalities have the figures of that day, and records that did not
 * count yet (geo/figures/coverage.h) are not drawn. Stages and states are today's.
 *
 * Owns:    a snapshot of its own, never the server's.
 * Threads: as snapshot.h. Errors: as snapshot_build(); unknown edition:
 *          ERR_NOT_FOUND.
 */
#ifndef LAYERS_REPORT_SNAPSHOT_H
#define LAYERS_REPORT_SNAPSHOT_H

#include "layers/snapshot/snapshot.h"

/* To be called within the caller's geo_store_begin_read(). edition NULL: the current one;
 * as_of NULL: everything known. Release with snapshot_unref(). */
struct snapshot *report_snapshot_build(struct geo_store *store, const char *edition,
                                       const char *as_of, struct err *err);
struct columns;
/* True if the record counts on that day (those of layers other than the programme's always
 * do). */
bool report_snapshot_counts(const struct snapshot *snapshot, const struct columns *columns,
                            size_t feature, const char *as_of);

#endif
