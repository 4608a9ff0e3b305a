/* db_checkpoint_sqlite.h - when the log is moved into the file: never if the files were replaced
 * or do not belong together.
 *
 * Owns:    nothing.
 * Threads: the connection's.
 */
#ifndef GEO_STORE_DB_CHECKPOINT_SQLITE_H
#define GEO_STORE_DB_CHECKPOINT_SQLITE_H

struct db;

/* A reader that closes the last connection must not checkpoint the log and remove it: it
 * may not write, least of all to files that replaced its own. Only an empty log is
 * removed. */
void db_checkpoint_before_close(struct db *db);

/* Checkpoints: moves committed pages from the log into the file, and empties the log if
 * nobody reads at the moment. A failure does not matter: the pages stay in the log. */
void db_checkpoint(struct db *db);

#endif
