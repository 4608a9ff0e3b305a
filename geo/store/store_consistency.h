/* store_consistency.h - do the file and its log belong together, and is the file all
 * there? Cheap enough to be asked at every opening, and by a server at every look.
 *
 * Every commit writes a mark and the one before it (migrations/0008.sql). The file,
 * read without its log, has the mark of the last commit that was brought home: one of
 * the log's, or the one that the log's first commit goes on from. A copy put in the
 * file's place has another.
 *
 * Threads: as the store's.
 * Errors:  ERR_DEPENDENCY with what to do.
 */
#ifndef GEO_STORE_CONSISTENCY_H
#define GEO_STORE_CONSISTENCY_H

#include <stdbool.h>

#include "geo/base/err.h"

struct geo_store;

/* True also for a database of a schema that has no marks yet. */
bool store_consistent(struct geo_store *store, struct err *err);

/* Inside a transaction that writes: the file is still the one that it goes on from, and
 * not another one's content under the same name. */
bool store_goes_on(struct geo_store *store, struct err *err);
/* After a commit: the log has what was committed. */
bool store_log_holds(struct geo_store *store, struct err *err);

/* Inside a transaction that writes: a new mark. */
bool store_mark(struct geo_store *store, struct err *err);

#endif
