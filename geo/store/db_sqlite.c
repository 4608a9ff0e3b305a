/* db_sqlite.c - queries to an SQLite file, and the pieces of SQL that are its own. */
#include "geo/store/db_sqlite.h"

#include <math.h>
#include <stdlib.h>

#include "geo/store/store_cells.h"

/* Queries ------------------------------------------------------------------ */

struct db_query *db_prepare(struct db *db, const struct db_sql *sql, struct err *err)
{
    sqlite3_stmt *statement = db_statement(db, sql->sql, err);
    struct db_query *query = statement ? malloc(sizeof *query) : NULL;
    if (query) {
        *query = (struct db_query){db, statement, sql->doing, sql->table, sql->kinds};
        return query;
    }
    if (statement)
        err_no_memory(err);
    sqlite3_finalize(statement);
    return NULL;
}

void db_free(struct db_query *query)
{
    if (!query)
        return;
    sqlite3_finalize(query->statement);
    free(query);
}

void db_bind_null(struct db_query *query, int at)
{
    sqlite3_bind_null(query->statement, at);
}

void db_bind_int(struct db_query *query, int at, int64_t value)
{
    sqlite3_bind_int64(query->statement, at, value);
}

void db_bind_real(struct db_query *query, int at, double value)
{
    if (isnan(value))
        sqlite3_bind_null(query->statement, at);
    else
        sqlite3_bind_double(query->statement, at, value);
}

void db_bind_text(struct db_query *query, int at, const char *text)
{
    sqlite3_bind_text(query->statement, at, text, -1, SQLITE_STATIC);
}

void db_bind_bytes(struct db_query *query, int at, const void *bytes, size_t len)
{
    sqlite3_bind_blob64(query->statement, at, bytes, len, SQLITE_STATIC);
}

void db_bind_wkb(struct db_query *query, int at, const unsigned char *wkb, size_t len)
{
    if (len)
        db_bind_bytes(query, at, wkb, len);
    else
        db_bind_null(query, at);
}

enum db_step db_next(struct db_query *query, struct err *err)
{
    int step = sqlite3_step(query->statement);
    if (step == SQLITE_DONE)
        return DB_END;
    bool ok = step == SQLITE_ROW
                  ? !query->kinds || store_row_is(query, query->table, query->kinds, err)
                  : db_fail(query->db, err, query->doing);
    return ok ? DB_ROW : DB_FAILED;
}

void db_reset(struct db_query *query)
{
    sqlite3_reset(query->statement);
}

bool db_run(struct db_query *query, struct err *err)
{
    return db_statement_run(query->db, query->statement, query->doing, err);
}

int64_t db_changes(const struct db *db)
{
    return sqlite3_changes64(db->handle);
}

/* Texts -------------------------------------------------------------------- */

void db_put_geometry_in(const struct db *db, struct buf *sql, int at)
{
    (void)db;
    buf_printf(sql, "GeomFromWKB(?%d, 4326)", at);
}

/* Nothing: RETURNING fills a temporary table, a tenth of the time of an insert. */
void db_put_returning(const struct db *db, struct buf *sql)
{
    (void)db;
    (void)sql;
}

void db_put_geometry_out(const struct db *db, struct buf *sql, const char *column)
{
    (void)db;
    buf_puts(sql, column);
}

/* The R*Tree has 32-bit floats, rounded outward; the second test is exact. */
void db_put_box(const struct db *db, struct buf *sql, const struct geo_table *table, int at)
{
    (void)db;
    buf_printf(sql,
               "id IN (SELECT pkid FROM idx_%s_geom WHERE xmin <= ?%d AND xmax >= ?%d"
               " AND ymin <= ?%d AND ymax >= ?%d)",
               table->name, at + 2, at, at + 3, at + 1);
    buf_printf(sql,
               " AND MbrMinX(geom) <= ?%d AND MbrMaxX(geom) >= ?%d"
               " AND MbrMinY(geom) <= ?%d AND MbrMaxY(geom) >= ?%d",
               at + 2, at, at + 3, at + 1);
}

void db_put_invalid(const struct db *db, struct buf *sql, const char *column)
{
    (void)db;
    buf_printf(sql, "coalesce(ST_IsValid(%s), 0) <> 1", column);
}
