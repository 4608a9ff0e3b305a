/* store_files.h - the files under a database: its own, its log (-wal), its index
 * (-shm); are they still those that were opened?
 *
 * SQLite holds a file that was removed or replaced as if nothing had happened: what is
 * committed then goes nowhere, and what is read is of the past.
 *
 * Owns:    nothing.
 * Threads: as the store's.
 * Errors:  ERR_DEPENDENCY.
 */
#ifndef GEO_STORE_FILES_H
#define GEO_STORE_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/base/err.h"

enum { STORE_DB, STORE_LOG, STORE_INDEX, STORE_PARTS };

/* Of a file that is not there all is 0. */
struct store_file {
    uint64_t device, inode, bytes, changed_ns;
};

struct store_files {
    struct store_file part[STORE_PARTS];
};

struct geo_store;

/* Notes which files the names lead to now: right after opening. */
void store_files_note(struct geo_store *store);
/* False with *err, which says what to do, where a name leads to another file than was
 * noted, or to none. */
bool store_files_check(const struct geo_store *store, struct err *err);
uint64_t store_files_log_bytes(const struct geo_store *store);

/* A reader that closes last would bring the log home and remove it: it may not write,
 * least of all beside files that are no longer its own. Only an empty log is removed. */
void store_files_before_close(struct geo_store *store);

/* What has been committed goes from the log into the file; the log is left empty where
 * nobody reads at the moment. Of no consequence if it fails: the log has it. */
void store_files_settle(struct geo_store *store);

#endif
