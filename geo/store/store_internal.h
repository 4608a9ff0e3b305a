/* store_internal.h - shared by the parts of the store. Only geo/store includes it: no other
 * code contains SQL. */
#ifndef GEO_STORE_INTERNAL_H
#define GEO_STORE_INTERNAL_H

#include "geo/base/buf.h"
#include "geo/store/db.h"
#include "geo/store/store.h"
#include "geo/store/store_cells.h"

enum { STORE_NOTED_MAX = 256 };

/* With this many writes a transaction counts as large (db_bulk_begin). */
enum { STORE_BULK = 256 };

/* Records of a table that a transaction changed. */
struct store_noted {
    int64_t ids[STORE_NOTED_MAX];
    size_t n;
    bool any, all;
    bool touched; /* its layer's revision was raised */
};

/* Prepared once a table. In a transaction that writes, `find` stands on the row that
 * was searched last until a record of the table is written: who puts a record has mostly
 * searched it before. */
struct store_statements {
    struct db_query *find, *insert, *update, *remove, *at;
    struct buf key; /* what was searched; empty: `find` is reset */
    bool there;     /* a row has that key */
};

/* Statements about what goes with a record (store_follow.c), prepared once; those of shapes
 * are three each. */
enum store_follow {
    STORE_FOLLOW_LOST,
    STORE_FOLLOW_LINKS,
    STORE_FOLLOW_CONFLICTS,
    STORE_FOLLOW_REMOVE,
    STORE_FOLLOW_INSERT = STORE_FOLLOW_REMOVE + 3,
    STORE_FOLLOW_N = STORE_FOLLOW_INSERT + 3,
};

struct geo_store {
    struct db *db;
    struct store_statements tables[GEO_TABLES_MAX]; /* by index in geo_tables */
    struct store_noted noted[GEO_TABLES_MAX];       /* likewise */
    struct db_query *follow[STORE_FOLLOW_N];
    bool writes;    /* in a transaction of geo_store_begin() */
    size_t written; /* records and conflicts written in this transaction, up to STORE_BULK */
    struct db_query *content; /* prepared once: the server runs it many times a second */
};

/* Prepares the text, and frees the buffer; sql->sql is set to the text meanwhile. NULL with
 * *err. */
struct db_query *store_prepare_buf(struct geo_store *store, struct buf *text, struct db_sql sql,
                                   struct err *err);
/* Prepares, runs and frees a statement that binds these texts (NULL: none), as ?1 on. */
bool store_run_with(struct geo_store *store, const struct db_sql *sql, const char *const *texts,
                    int n, struct err *err);

/* What is done with results, in errors. */
#define STORE_READING "leer los resultados"
#define STORE_KEEPING "guardar los resultados"

/* Calls fn with each row until it returns false. */
typedef bool store_row_fn(void *arg, const struct db_query *query);
bool store_step_rows(struct db_query *query, store_row_fn *fn, void *arg, struct err *err);
/* The same, and frees the query. */
bool store_each_row(struct db_query *query, store_row_fn *fn, void *arg, struct err *err);

/* "id, a, b, c[, geom]": the row id, the fields asked for (NULL: all), the geometry as
 * store_read_record() takes it. */
void store_put_columns(struct geo_store *store, struct buf *sql, const struct geo_table *table,
                       const bool *fields, bool geometry);
/* Reads a row of such columns. The record borrows from the query, from values and from wkb
 * (NULL: without geometry). */
bool store_read_record(const struct db_query *query, const struct geo_table *table,
                       const bool *fields, struct geo_value *values, struct buf *wkb,
                       struct geo_record *record, struct err *err);

/* Resets the searches for records. */
void store_forget_found(struct geo_store *store);

/* geo/store/store_bulk.c */
/* Called before each write of a row with a geometry. */
bool store_will_write(struct geo_store *store, struct err *err);
/* Called before boxes of the table are searched. */
bool store_will_search(struct geo_store *store, const struct geo_table *table, struct err *err);

/* Writes the notes (geo_store_note) to `cambios`, before the commit. */
bool store_write_notes(struct geo_store *store, struct err *err);
void store_forget_notes(struct geo_store *store);

/* Copies into a fixed field, cut to its size at a character boundary. */
void store_copy(char *to, size_t size, const char *from);

/* " AND column IN (1, 2, 3)"; nothing for NULL. */
void store_put_ids(struct buf *sql, const char *column, const struct geo_ids *ids);

#endif
