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
/* False where a name leads to another file than was noted, or to none. */
bool db_files_in_place(const struct db *db);
/* The same, with *err, which says what to do. */
bool db_files_check(const struct db *db, struct err *err);
uint64_t db_files_log_bytes(const struct db *db);

#endif
