/* db.h - one connection to the database, whichever the engine: statements, transactions,
 * and what engines do differently.
 *
 * SQL that goes through db_prepare() is written in what SQLite 3.40 and PostgreSQL 15 both
 * take (tests/cli/test_sql_texts), with parameters ?1, ?2, … without a gap; one that may be
 * NULL is compared with a column before it is asked IS NULL, which says its type. What one
 * engine alone takes stands in that engine's files, db_sqlite.c and db_*_sqlite.c.
 *
 * Owns:    the connection, its files, the caches of the engine; queries belong to who
 *          prepared them, and are freed before db_close().
 * Threads: one connection a thread; db_interrupt() may be called from another.
 * Units:   geometry is WKB in lon/lat degrees (OGC:CRS84, little endian); flags are 0 or 1.
 * Errors:  false, NULL or DB_FAILED with *err filled: "doing: database: what is wrong".
 *          ERR_DEPENDENCY for what the engine reports, with advice where there is any;
 *          ERR_MEMORY; the budget's own error once it is spent.
 */
#ifndef GEO_DB_H
#define GEO_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "geo/store/store.h"

struct db;       /* a connection; opaque */
struct db_query; /* a prepared statement; opaque */

/* Connection --------------------------------------------------------------- */

/* Opens, creates or migrates the database as geo_store_open() promises. */
struct db *db_open(const char *path, enum geo_store_mode mode, struct err *err);
void db_close(struct db *db); /* NULL is fine; rolls back what is open */

/* geo_store_sound(), _apart(), _settle(), _interrupt(), _bound(), _budget() */
bool db_sound(struct db *db, struct err *err);
bool db_apart(const struct db *db);
bool db_settle(struct db *db, struct err *err);
void db_interrupt(struct db *db);
void db_bound(struct db *db, const struct budget *budget);
const struct budget *db_budget(const struct db *db);

/* Transactions ------------------------------------------------------------- */

/* What a transaction reads is one state of the database. Only one that `writes` may write;
 * it waits for others that do. */
bool db_begin(struct db *db, bool writes, struct err *err);
/* True: the changes are on the disk. False: they may be rolled back, or not be there. */
bool db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db); /* without a transaction it does nothing */

/* From now on, in this transaction, many rows with geometries are written. Until
 * db_bulk_end(), which db_commit() calls, boxes of the tables written meanwhile may not be
 * searched (db_put_box), and some of what a write checks may be checked at the end only. */
bool db_bulk_begin(struct db *db, struct err *err);
bool db_bulk_end(struct db *db, struct err *err); /* without a beginning it does nothing */
/* True if rows of the table were written since the beginning. */
bool db_bulk_holds(const struct db *db, const char *table);

/* trust: whoever writes knows that what the rows refer to is there, and the engine does not look;
 * false: it looks again. Nothing is trusted while a reference is open until the commit. */
void db_trust_keys(struct db *db, bool trust);

/* Statements --------------------------------------------------------------- */

/* A statement, and what is said of it in errors. The texts but `sql` are borrowed until
 * the query is freed. */
struct db_sql {
    const char *doing; /* "leer los alias" */
    const char *table; /* of the rows it returns, or of db_run_insert(); may be NULL */
    const char *kinds; /* of their columns, a letter each (geo/store/store_cells.h); NULL: their
                          values are not checked */
    const char *sql;
};

struct db_query *db_prepare(struct db *db, const struct db_sql *sql, struct err *err);
void db_free(struct db_query *query); /* NULL is fine */

/* Parameters count from 1 and keep their value until they are bound again. Texts and bytes
 * are borrowed until the query has run. NULL (text, bytes) and NaN bind NULL. */
void db_bind_null(struct db_query *query, int at);
void db_bind_int(struct db_query *query, int at, int64_t value);
void db_bind_real(struct db_query *query, int at, double value);
void db_bind_text(struct db_query *query, int at, const char *text);
void db_bind_bytes(struct db_query *query, int at, const void *bytes, size_t len);
/* WKB, for a parameter that db_put_geometry_in() wrote; len 0: none. */
void db_bind_wkb(struct db_query *query, int at, const unsigned char *wkb, size_t len);

enum db_step { DB_ROW, DB_END, DB_FAILED };

/* The next row; its values are as `kinds` says, or it is DB_FAILED. A query that is not
 * read to DB_END goes on until db_reset() or db_free(). */
enum db_step db_next(struct db_query *query, struct err *err);
void db_reset(struct db_query *query);
/* Runs a statement that returns no rows, and resets it. */
bool db_run(struct db_query *query, struct err *err);
/* The same for an INSERT of one row that db_put_returning() ends; *id is what it got. Where
 * changes are recorded (db_undo_begin), the row is recorded by its id if db_sql.table names a
 * recorded table. */
bool db_run_insert(struct db_query *query, int64_t *id, struct err *err);
/* The same for an UPDATE or DELETE of the row `id` of db_sql.table. */
bool db_run_change(struct db_query *query, int64_t id, struct err *err);
/* Runs a statement without parameters or rows. */
bool db_script(struct db *db, const char *sql, const char *doing, struct err *err);
/* Rows that the last statement inserted, changed or removed. */
int64_t db_changes(const struct db *db);

/* Columns count from 0. Texts and bytes are borrowed until the next step. */
int64_t db_int(const struct db_query *query, int column);
double db_real(const struct db_query *query, int column);      /* NaN for NULL */
const char *db_text(const struct db_query *query, int column); /* NULL for NULL */
const char *db_word(const struct db_query *query, int column); /* "" for NULL */
const void *db_bytes(const struct db_query *query, int column, size_t *len);
bool db_is_null(const struct db_query *query, int column);

/* A value as it is stored, of whatever type: for the checks of store_cells.c. */
enum db_kind { DB_NULL, DB_INT, DB_REAL, DB_TEXT, DB_BYTES };

struct db_cell {
    enum db_kind kind;
    int64_t integer;  /* DB_INT */
    double real;      /* DB_INT, DB_REAL */
    const char *text; /* DB_TEXT: ended by NUL, any bytes; NULL: memory was short */
    size_t len;       /* of a DB_TEXT or DB_BYTES */
};

struct db_cell db_cell(const struct db_query *query, int column);
const char *db_column_name(const struct db_query *query, int column);
/* A geometry of db_put_geometry_out() as WKB in `out`, which is emptied first. Returns
 * NULL, or what is wrong with it, to follow «una geometría que …»; then `out` is empty, and
 * short memory shows in buf_failed(). */
const char *db_wkb(const struct db_query *query, int column, struct buf *out);

/* What engines write differently -------------------------------------------- */

/* The value of a geometry column that is given as parameter `at`. */
void db_put_geometry_in(const struct db *db, struct buf *sql, int at);
/* The end of an INSERT for db_run_insert(). */
void db_put_returning(const struct db *db, struct buf *sql);
/* A column for db_wkb(). */
void db_put_geometry_out(const struct db *db, struct buf *sql, const char *column);
/* A condition on the table's `geom`: its box meets the one given in the parameters from
 * `at` on: least lon, least lat, greatest lon, greatest lat. */
void db_put_box(const struct db *db, struct buf *sql, const struct geo_table *table, int at);
/* A condition: the geometry is there and not valid. */
void db_put_invalid(const struct db *db, struct buf *sql, const char *column);

/* Undo --------------------------------------------------------------------- */

/* Records the changes of the tables until db_undo_bytes(). What was recorded goes to keep, and is
 * forgotten, whenever it takes much memory. Such parts are reverted from the last to the first; a
 * row may be in several. */
struct db_undo; /* opaque */
typedef bool db_undo_keep_fn(void *arg, const void *bytes, size_t len, struct err *err);
struct db_undo *db_undo_begin(struct db *db, const char *const *tables, db_undo_keep_fn *keep,
                              void *arg, struct err *err);
/* Ends recording. The bytes, which may be none, are the last part, and the undo's. */
bool db_undo_bytes(struct db_undo *undo, const void **bytes, size_t *len, struct err *err);
void db_undo_free(struct db_undo *undo); /* NULL is fine */
/* Reverts recorded changes of these tables, in the caller's transaction; ERR_INPUT if a
 * row was changed since. */
bool db_undo_apply(struct db *db, const char *const *tables, const void *bytes, size_t len,
                   struct err *err);

/* What a recorded change did to a row. */
enum db_change { DB_INSERTED, DB_UPDATED, DB_REMOVED };
typedef bool db_change_fn(void *arg, const char *table, int64_t id, enum db_change what);
/* Calls fn with each change, by the first column of the row; false stops. */
bool db_undo_each(const void *bytes, size_t len, db_change_fn *fn, void *arg, struct err *err);

/* The whole database --------------------------------------------------------- */

/* Reports what is wrong with the schema, the pages and the keys. */
bool db_check(struct db *db, geo_finding_fn *fn, void *arg, struct err *err);
/* Reports what is wrong with the spatial index of a table. */
bool db_check_index(struct db *db, const struct geo_table *table, geo_finding_fn *fn, void *arg,
                    struct err *err);
/* geo_store_backup() */
bool db_backup(struct db *db, const char *path, geo_progress_fn *progress, void *arg,
               struct err *err);

#endif
