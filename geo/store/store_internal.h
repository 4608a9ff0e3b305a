/* store_internal.h - what the parts of the store share. Only geo/store and the
 * results in geo/figures include it: SQL is spoken nowhere else. */
#ifndef GEO_STORE_INTERNAL_H
#define GEO_STORE_INTERNAL_H

#include <sqlite3.h>

#include "geo/base/buf.h"
#include "geo/store/store.h"
#include "geo/store/store_cells.h"
#include "geo/store/store_files.h"

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
    void *spatialite; /* its cache, one a connection */
    char *path;
    struct store_statements tables[GEO_STORE_MAX_TABLES]; /* by index in geo_tables */
    struct store_noted noted[GEO_STORE_MAX_TABLES];       /* likewise */
    sqlite3_stmt *content; /* kept: the server asks many times a second */
    sqlite3_stmt *schema_version;
    int64_t schema_cookie; /* of the schema that was compared (store_guard.h) ... */
    int schema_wanted;     /* ... enum store_schema ... */
    bool schema_compared;  /* ... if it was: our own new file needs it not */
    bool in_transaction;
    bool reads_only; /* it never writes, its closing neither */
    bool wrote;
    bool in_memory;                /* there are no files */
    bool still;                    /* the file is read as it lies, without its log ... */
    bool copied;                   /* ... or it was copied into memory, with its log */
    char *log_beside;              /* of a copy: the file that the log lies beside */
    bool folder_safe;              /* the names of its files are on the disk */
    struct store_files files;      /* as they were opened */
    sqlite3_stmt *mark, *put_mark; /* of store_consistency.c, with what follows */
    uint32_t mark_page, page_size;
    unsigned char home_mark[8];
    int64_t home_bytes;
    int64_t changes;             /* of the connection when the transaction began */
    const struct budget *budget; /* geo_store_bound() */
};

/* What an SQLite error code means to the person who can act on it; NULL: unknown. */
const char *store_why(int code);
/* "doing: what SQLite says", ERR_DEPENDENCY (memory: ERR_MEMORY); false. */
bool store_fail(struct geo_store *store, struct err *err, const char *doing);

/* Opens the file for the mode, and looks at nothing in it; NULL with *err. */
struct geo_store *store_open_unchecked(const char *path, enum geo_store_mode mode, struct err *err);

/* A full disk has no room for the log's index. What the log holds is then read once, into
 * memory, and the file is let go: one that is held without an index keeps all others out,
 * and there may be room again long before a server ends. It counts as still: once the
 * file or the log changes it is out of place. Needs store->db to be open. */
bool store_take_into_memory(struct geo_store *store, struct err *err);

/* What `sigg restore` set aside: "sigg.sqlite.anterior-20261130-064512". */
#define STORE_ASIDE ".anterior-"
/* The last that was set aside of the file at `path`; false: none lies beside it. */
bool store_last_aside(const char *path, char aside[4096]);

/* All that the store sees into an empty file; it gets a mark of its own. */
bool store_copy_to(struct geo_store *store, const char *path, geo_progress_fn *progress, void *arg,
                   struct err *err);

/* Runs SQL without parameters. */
bool store_exec(struct geo_store *store, const char *sql, const char *doing, struct err *err);

/* NULL with *err filled. The caller finalizes. */
sqlite3_stmt *store_prepare(struct geo_store *store, const char *sql, struct err *err);

/* One step of a statement that returns no rows, then reset. */
bool store_run(struct geo_store *store, sqlite3_stmt *statement, const char *doing,
               struct err *err);

/* SpatiaLite's tables and ours into an empty database in memory. */
bool store_make_schema(struct geo_store *store, struct err *err);

/* The notes (geo_store_note) into `cambios`, before the commit. */
bool store_write_notes(struct geo_store *store, struct err *err);
void store_forget_notes(struct geo_store *store);

/* Text of a column, "" for NULL. */
const char *store_text(sqlite3_stmt *statement, int column);
/* Copies into a fixed field, cut to its size at a character boundary. */
void store_copy(char *to, size_t size, const char *from);

/* " AND column IN (1, 2, 3)"; nothing for NULL. */
void store_put_ids(struct buf *sql, const char *column, const struct geo_ids *ids);

/* SpatiaLite's geometry as WKB (little endian, XY) in `out`, which is emptied first.
 * NULL, or what is wrong with it, for «una geometría que …»; then `out` is empty, and
 * short memory shows in buf_failed(). */
const char *store_wkb(const unsigned char *blob, size_t len, struct buf *out);

#endif
