/* import_located.h - finds the stored records of an import whose place somebody should look at
 * (geo/faults/fault_place.h).
 *
 * While records are stored, only their rows are noted; what else is to be said is read from the
 * store once they are linked.
 *
 * Owns:    what it notes; import_located_free() releases it. Places live in run->kept.
 * Threads: one.
 * Errors:  false with *err.
 */
#ifndef GEO_IMPORT_LOCATED_H
#define GEO_IMPORT_LOCATED_H

#include "geo/import/import_run.h"

/* Metres. A record that moves farther is told: a correction of a point is rarely so large, and the
 * largest municipalities are 200 km across. */
#define IMPORT_LOCATED_FAR_M 20000.0

/* The most places that are kept; the others are counted. */
enum { IMPORT_LOCATED_MAX = 100000 };

/* A record after it is stored. run->stored is how it was. */
bool import_located_note(struct import_run *run, const struct geo_record *record,
                         const struct import_outcome *outcome, struct err *err);
/* After linking: the places of a table, by row, and how many more there are. Without links there
 * are none. */
bool import_located_places(struct import_run *run, const struct import_table *table,
                           const struct fault_place **places, size_t *n, size_t *left_out,
                           struct err *err);
void import_located_free(struct import_located *located); /* NULL is fine */

#endif
