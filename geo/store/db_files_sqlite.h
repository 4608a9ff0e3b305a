/* db_files_sqlite.h - detects that the files of an open database (the file itself, its log
 * -wal, its index -shm) were removed or replaced.
 *
 * SQLite goes on using a file that was removed or replaced, without an error: commits are
 * then lost, and reads return old data.
 *
 * Owns:    nothing.
 * Threads: the connection's.
 * Errors:  ERR_DEPENDENCY.
 */
#ifndef GEO_DB_FILES_SQLITE_H
#define GEO_DB_FILES_SQLITE_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/base/err.h"

enum { DB_FILE, DB_LOG, DB_INDEX, DB_PARTS };

/* All 0 if there is no such file. */
struct db_file {
    uint64_t device, inode, bytes, changed_ns;
};

struct db_files {
    struct db_file part[DB_PARTS];
};

struct db;

/* Remembers which files are at the paths now; to be called right after opening. */
void db_files_note(struct db *db);
/* False with *err, which says what to do, where a name leads to another file than was
 * noted, or to none. */
bool db_files_check(const struct db *db, struct err *err);
uint64_t db_files_log_bytes(const struct db *db);

/* A reader that closes the last connection must not checkpoint the log and remove it: it
 * may not write, least of all to files that replaced its own. Only an empty log is
 * removed. */
void db_files_before_close(struct db *db);

/* Checkpoints: moves committed pages from the log into the file, and empties the log if
 * nobody reads at the moment. A failure does not matter: the pages stay in the log. */
void db_files_settle(struct db *db);

#endif
