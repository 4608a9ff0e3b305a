/* store_internal.h - shared by the parts of the store. Only geo/store and the results in
 * geo/figures include it: no other code contains SQL. */
#ifndef GEO_STORE_INTERNAL_H
#define GEO_STORE_INTERNAL_H

#include <sqlite3.h>

#include "geo/base/buf.h"
#include "geo/store/db_files_sqlite.h"
#include "geo/store/store.h"
#include "geo/store/store_cells.h"

enum {
    GEO_STORE_MAX_TABLES = 16,
    STORE_NOTED_MAX = 256,
    STORE_BUSY_MS = 10000, /* a writer waits this long for another */
};

/* Records of a table that a transaction changed. */
struct store_noted {
    int64_t ids[STORE_NOTED_MAX];
    size_t n;
    bool any, all;
    bool touched; /* its layer's revision was raised */
};

/* Prepared once a table. */
struct store_statements {
    sqlite3_stmt *find, *insert, *update, *remove;
};

struct geo_store {
    sqlite3 *db;
    void *spatialite; /* SpatiaLite's cache, one a connection */
    char *path;
    struct store_statements tables[GEO_STORE_MAX_TABLES]; /* by index in geo_tables */
    struct store_noted noted[GEO_STORE_MAX_TABLES];       /* likewise */
    sqlite3_stmt *content; /* prepared once: the server runs it many times a second */
    sqlite3_stmt *schema_version;
    int64_t schema_cookie; /* schema_version when the schema was compared (db_guard_sqlite.h) */
    int schema_wanted;     /* enum store_schema it was compared with */
    bool schema_compared;  /* false for a new file of our own */
    bool in_transaction;
    bool reads_only; /* never writes, not even on closing */
    bool wrote;
    bool in_memory;           /* a database in memory, without files */
    bool still;               /* opened as immutable, without its log; or */
    bool copied;              /* copied into memory, with its log */
    char *log_beside;         /* of a copy in memory: path of the file that the log belongs to */
    bool folder_safe;         /* the folder was fsynced after the log was created */
    struct store_files files; /* the files at opening */
    sqlite3_stmt *mark, *put_mark; /* for store_consistency.c, as the next fields */
    uint32_t mark_page, page_size;
    unsigned char home_mark[8];
    int64_t home_bytes;
    int64_t changes;             /* sqlite3_total_changes() at the start of the transaction */
    const struct budget *budget; /* geo_store_bound() */
};

/* An SQLite error code as advice for the user; NULL: unknown. */
const char *store_why(int code);
/* "doing: what SQLite says", ERR_DEPENDENCY (memory: ERR_MEMORY); false. */
bool store_fail(struct geo_store *store, struct err *err, const char *doing);

/* Opens the file without checking its content; NULL with *err. */
struct geo_store *store_open_unchecked(const char *path, enum geo_store_mode mode, struct err *err);

/* On a full disk the log's index cannot be created. Then file and log are read once into
 * memory, and the file is closed: holding it without an index would lock all others out,
 * and there may be room again long before a server ends. The store counts as `still`: it
 * is out of place once the file or the log changes. store->db must be open. */
bool store_take_into_memory(struct geo_store *store, struct err *err);

/* Infix of the names that `sigg restore` gives old files:
 * "sigg.sqlite.anterior-20261130-064512". */
#define STORE_ASIDE ".anterior-"
/* The last old file of that kind beside `path`; false: there is none. */
bool store_last_aside(const char *path, char aside[4096]);

/* Copies the database as the store sees it into an empty file, which gets a mark of its
 * own. */
bool store_copy_to(struct geo_store *store, const char *path, geo_progress_fn *progress, void *arg,
                   struct err *err);

/* Runs SQL without parameters. */
bool store_exec(struct geo_store *store, const char *sql, const char *doing, struct err *err);

/* NULL with *err filled. The caller finalizes. */
sqlite3_stmt *store_prepare(struct geo_store *store, const char *sql, struct err *err);

/* One step of a statement that returns no rows, then reset. */
bool store_run(struct geo_store *store, sqlite3_stmt *statement, const char *doing,
               struct err *err);

/* Creates SpatiaLite's tables and ours in an empty database in memory. */
bool store_make_schema(struct geo_store *store, struct err *err);

/* Writes the notes (geo_store_note) to `cambios`, before the commit. */
bool store_write_notes(struct geo_store *store, struct err *err);
void store_forget_notes(struct geo_store *store);

/* Text of a column, "" for NULL. */
const char *store_text(sqlite3_stmt *statement, int column);
/* Copies into a fixed field, cut to its size at a character boundary. */
void store_copy(char *to, size_t size, const char *from);

/* " AND column IN (1, 2, 3)"; nothing for NULL. */
void store_put_ids(struct buf *sql, const char *column, const struct geo_ids *ids);

/* Converts SpatiaLite's geometry to WKB (little endian, XY) in `out`, which is emptied
 * first. Returns NULL, or what is wrong with the geometry, to follow «una geometría que
 * …»; then `out` is empty, and short memory shows in buf_failed(). */
const char *store_wkb(const unsigned char *blob, size_t len, struct buf *out);

#endif
