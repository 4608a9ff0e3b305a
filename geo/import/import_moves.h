/* import_moves.h - tells which stored records an import moves to another municipality or alliance,
 * or by more than 20 km, or gives another name: a correction, or another record of the same code.
 *
 * Owns:    what it notes; import_moves_free() releases it.
 * Threads: one.
 * Errors:  false with *err.
 */
#ifndef GEO_IMPORT_MOVES_H
#define GEO_IMPORT_MOVES_H

#include "geo/import/import_run.h"

/* An updated record, after it is written and before it is linked again. run->stored is how it was.
 * Simulated records may move without a word. */
bool import_moves_note(struct import_run *run, const struct geo_record *record,
                       const struct import_outcome *outcome, struct err *err);
/* After linking: one note for each kind, which counts and names them. */
bool import_moves_tell(struct import_run *run, struct err *err);
void import_moves_free(struct import_moves *moves); /* NULL is fine */

#endif
