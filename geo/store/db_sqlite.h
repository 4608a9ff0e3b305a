/* db_sqlite.h - the connection as SQLite has it; shared by the files of that engine
 * (db_sqlite.c, db_*_sqlite.c), which alone call sqlite3_*() and SpatiaLite.
 *
 * Owns:    struct db: the handle, SpatiaLite's cache, the statements of the engine.
 * Threads, errors: as in geo/store/db.h.
 */
#ifndef GEO_DB_SQLITE_H
#define GEO_DB_SQLITE_H

#include <sqlite3.h>

#include "geo/store/db.h"
#include "geo/store/db_files_sqlite.h"

enum { DB_BUSY_MS = 10000 }; /* a writer waits this long for another */

struct db {
    sqlite3 *handle;
    void *spatialite; /* SpatiaLite's cache, one a connection */
    char *path;
    sqlite3_stmt *schema_version; /* prepared once */
    int64_t schema_cookie; /* schema_version when the schema was compared (db_guard_sqlite.h) */
    int schema_wanted;     /* enum db_schema it was compared with */
    bool schema_compared;  /* false for a new file of our own */
    bool in_transaction;
    bool reads_only; /* never writes, not even on closing */
    bool wrote;
    bool in_memory;        /* a database in memory, without files */
    bool still;            /* opened as immutable, without its log; or */
    bool copied;           /* copied into memory, with its log */
    char *log_beside;      /* of a copy in memory: path of the file that the log belongs to */
    bool folder_safe;      /* the folder was fsynced after the log was created */
    struct db_files files; /* the files at opening */
    sqlite3_stmt *mark, *put_mark; /* for db_consistency_sqlite.c, as the next fields */
    uint32_t mark_page, page_size;
    unsigned char home_mark[8];
    int64_t home_bytes;
    int64_t changes;             /* sqlite3_total_changes() at the start of the transaction */
    struct db_bulk *bulk;        /* db_bulk_begin(); NULL: triggers are on */
    struct db_undo *undo;        /* that records; NULL: none */
    const struct budget *budget; /* db_bound() */
};

struct db_query {
    struct db *db;
    sqlite3_stmt *statement;
    const char *doing, *table, *kinds; /* as in struct db_sql */
};

/* An SQLite error code as advice for the user; NULL: unknown. */
const char *db_why(int code);
/* "doing: path: what SQLite says", ERR_DEPENDENCY (memory: ERR_MEMORY); false. */
bool db_fail(struct db *db, struct err *err, const char *doing);

/* A statement of the engine's own. NULL with *err filled; the caller finalizes. */
sqlite3_stmt *db_statement(struct db *db, const char *sql, struct err *err);
/* One step of a statement that returns no rows, then reset. */
bool db_statement_run(struct db *db, sqlite3_stmt *statement, const char *doing, struct err *err);
/* Text of a column, "" for NULL. */
const char *db_statement_word(sqlite3_stmt *statement, int column);

/* Converts SpatiaLite's geometry to WKB (little endian, XY); returns as db_wkb(). */
const char *db_geometry_wkb(const unsigned char *blob, size_t len, struct buf *out);

/* Opens the file without a look at its schema or its consistency. */
struct db *db_open_unchecked(const char *path, enum geo_store_mode mode, struct err *err);
/* On a full disk the log's index cannot be created. Then file and log are read once into
 * memory, and the file is closed: holding it without an index would lock all others out,
 * and there may be room again long before a server ends. The connection counts as `still`:
 * it is out of place once the file or the log changes. db->handle must be open. */
bool db_take_into_memory(struct db *db, struct err *err);
/* Copies the database as the connection sees it into an empty file, which gets a mark of
 * its own. */
bool db_copy_to(struct db *db, const char *path, geo_progress_fn *progress, void *arg,
                struct err *err);

/* Identity, schema and migrations (db_make_sqlite.c, db_migrate_sqlite.c) ------ */

/* Runs the migrations from that schema on, without a transaction of its own. */
bool db_run_migrations(struct db *db, int64_t from, struct err *err);
/* Creates SpatiaLite's tables and ours in an empty database. */
bool db_make_schema(struct db *db, struct err *err);
/* The same in a new file, which is marked as ours. */
bool db_create_schema(struct db *db, struct err *err);
/* True if the file says that it is ours. */
bool db_is_ours(struct db *db, bool *ours, struct err *err);
/* Compares the schema with ours; a writer's is migrated first if it is older. */
bool db_bring_up(struct db *db, enum geo_store_mode mode, struct err *err);

#endif
