/* db_consistency_sqlite.h - checks that a database file and its log belong together, and that
 * the file is complete. Cheap enough for every opening, and for a server's polling.
 *
 * Every commit writes a new random mark together with the mark before it
 * (migrations/0008.sql). The file, read without its log, holds the mark of the last commit
 * that was checkpointed into it. That mark must be one of those in the log, or the one
 * that precedes the log's first commit. If another copy was put in the file's place it has
 * a different mark.
 *
 * Threads: the connection's.
 * Errors:  ERR_DEPENDENCY with what to do.
 */
#ifndef GEO_DB_CONSISTENCY_SQLITE_H
#define GEO_DB_CONSISTENCY_SQLITE_H

#include <stdbool.h>

#include "geo/base/err.h"

struct db;

/* True also for a database of a schema that has no marks yet. */
bool db_consistent(struct db *db, struct err *err);

/* To be called inside a transaction that writes. False: the file has the content of
 * another database, not what the transaction began with. */
bool db_goes_on(struct db *db, struct err *err);
/* To be called after a commit. False: the log does not have what was committed. */
bool db_log_holds(struct db *db, struct err *err);

/* Writes a new mark, inside a transaction. */
bool db_mark(struct db *db, struct err *err);

#endif
