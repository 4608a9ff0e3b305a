/* db_sqlite.c - statements, rows and transactions of a connection to an SQLite file. */
#include "geo/store/db_sqlite.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/budget.h"
#include "geo/base/folder.h"
#include "geo/store/db_consistency_sqlite.h"
#include "geo/store/db_guard_sqlite.h"
#include "geo/store/store_cells.h"

/* Errors ------------------------------------------------------------------- */

const char *db_why(int code)
{
    switch (code & 0xFF) {
    case SQLITE_CORRUPT:
        return "la base de datos está dañada: «sigg restore COPIA» pone en su lugar una copia de "
               "«sigg backup»";
    case SQLITE_NOTADB:
        return "no es una base de datos de SIGG, o está dañada: «sigg restore COPIA» pone en su "
               "lugar una copia de «sigg backup»";
    case SQLITE_CANTOPEN:
        return "no se puede abrir: no es un archivo, o falta permiso";
    case SQLITE_PERM:
        return "no hay permiso para abrir el archivo";
    case SQLITE_READONLY:
        return "no hay permiso para escribir en el archivo o en su carpeta";
    case SQLITE_FULL:
        return "el disco está lleno";
    case SQLITE_IOERR:
        return "el disco no responde bien: puede estar lleno o desconectado";
    default:
        return NULL;
    }
}

bool db_fail(struct db *db, struct err *err, const char *doing)
{
    int code = sqlite3_errcode(db->handle) & 0xFF;
    if (code == SQLITE_INTERRUPT && !budget_left(db->budget, err))
        return err_wrap(err, "%s", doing);
    if (code == SQLITE_NOMEM)
        return err_no_memory(err);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return err_set(err, ERR_DEPENDENCY,
                       "%s: otro proceso está escribiendo en %s; vuelva a intentarlo", doing,
                       db->path);
    const char *why = db_why(code);
    return err_set(err, ERR_DEPENDENCY, "%s: %s: %s", doing, db->path,
                   why ? why : sqlite3_errmsg(db->handle));
}

/* Statements --------------------------------------------------------------- */

struct db_query {
    struct db *db;
    sqlite3_stmt *statement;
    const char *doing, *table, *kinds;
};

sqlite3_stmt *db_statement(struct db *db, const char *sql, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) != SQLITE_OK) {
        db_fail(db, err, "preparar la consulta");
        return NULL;
    }
    return statement;
}

bool db_statement_run(struct db *db, sqlite3_stmt *statement, const char *doing, struct err *err)
{
    bool ok = sqlite3_step(statement) == SQLITE_DONE;
    if (!ok)
        db_fail(db, err, doing);
    sqlite3_reset(statement);
    return ok;
}

const char *db_statement_word(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text ? (const char *)text : "";
}

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

bool db_run_insert(struct db_query *query, int64_t *id, struct err *err)
{
    if (!db_run(query, err))
        return false;
    *id = sqlite3_last_insert_rowid(query->db->handle);
    return true;
}

bool db_script(struct db *db, const char *sql, const char *doing, struct err *err)
{
    if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        return db_fail(db, err, doing);
    return true;
}

int64_t db_changes(const struct db *db)
{
    return sqlite3_changes64(db->handle);
}

/* Rows --------------------------------------------------------------------- */

int64_t db_int(const struct db_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

double db_real(const struct db_query *query, int column)
{
    return db_is_null(query, column) ? NAN : sqlite3_column_double(query->statement, column);
}

const char *db_text(const struct db_query *query, int column)
{
    return (const char *)sqlite3_column_text(query->statement, column);
}

const char *db_word(const struct db_query *query, int column)
{
    return db_statement_word(query->statement, column);
}

const void *db_bytes(const struct db_query *query, int column, size_t *len)
{
    const void *bytes = sqlite3_column_blob(query->statement, column);
    *len = (size_t)sqlite3_column_bytes(query->statement, column);
    return bytes;
}

bool db_is_null(const struct db_query *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

/* The value is looked up once for several reads. It is SQLite's "unprotected" kind, which
 * is safe because no other thread uses the connection. */
struct db_cell db_cell(const struct db_query *query, int column)
{
    sqlite3_value *value = sqlite3_column_value(query->statement, column);
    struct db_cell cell = {.kind = DB_NULL};
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        cell.kind = DB_INT;
        cell.integer = sqlite3_value_int64(value);
        cell.real = (double)cell.integer;
        break;
    case SQLITE_FLOAT:
        cell.kind = DB_REAL;
        cell.real = sqlite3_value_double(value);
        break;
    case SQLITE_TEXT:
        cell.kind = DB_TEXT;
        cell.text = (const char *)sqlite3_value_text(value);
        cell.len = (size_t)sqlite3_value_bytes(value);
        break;
    case SQLITE_BLOB:
        cell.kind = DB_BYTES;
        cell.len = (size_t)sqlite3_value_bytes(value);
        break;
    default:
        break;
    }
    return cell;
}

const char *db_column_name(const struct db_query *query, int column)
{
    return sqlite3_column_name(query->statement, column);
}

const char *db_wkb(const struct db_query *query, int column, struct buf *out)
{
    size_t len;
    const unsigned char *blob = db_bytes(query, column, &len);
    return db_geometry_wkb(blob, blob ? len : 0, out);
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

/* Transactions ------------------------------------------------------------- */

/* A reader may have created the log: the folder is fsynced before a commit relies on it. */
static bool make_folder_safe(struct db *db, struct err *err)
{
    if (!db->folder_safe) {
        if (!db->files.part[DB_FILE].inode) /* it is new */
            db_files_note(db);
        db->folder_safe = folder_sync(sqlite3_db_filename(db->handle, "main"), err);
    }
    return db->folder_safe;
}

bool db_begin(struct db *db, bool writes, struct err *err)
{
    if (!db_script(db, writes ? "BEGIN IMMEDIATE" : "BEGIN", "empezar la transacción", err))
        return false;
    db->in_transaction = true;
    db->changes = sqlite3_total_changes64(db->handle);
    if ((!db->schema_compared || db_schema_again(db, err)) &&
        (!writes || make_folder_safe(db, err)))
        return true;
    db_rollback(db);
    return false;
}

/* If the log was removed, a commit into it would be lost; if the file has another's
 * content, it would mix the two. Both are refused; a log removed or emptied during the
 * commit is reported. */
bool db_commit(struct db *db, struct err *err)
{
    bool writes = sqlite3_total_changes64(db->handle) != db->changes;
    db->wrote = db->wrote || writes;
    if (writes && (!db_goes_on(db, err) || !db_mark(db, err)))
        return false;
    if (!db_files_check(db, err) || !db_script(db, "COMMIT", "guardar", err))
        return false;
    db->in_transaction = false;
    return db_files_check(db, err) && (!writes || db_log_holds(db, err));
}

void db_rollback(struct db *db)
{
    if (db->in_transaction)
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    db->in_transaction = false;
}

/* Limits ------------------------------------------------------------------- */

/* Instructions of SQLite's virtual machine between two checks of the budget: some 0.1 ms. */
enum { STEPS = 2000 };

static int is_over(void *budget)
{
    return !budget_left(budget, NULL);
}

void db_bound(struct db *db, const struct budget *budget)
{
    sqlite3_progress_handler(db->handle, budget ? STEPS : 0, budget ? is_over : NULL,
                             (void *)(uintptr_t)budget);
    db->budget = budget;
}

const struct budget *db_budget(const struct db *db)
{
    return db->budget;
}

void db_interrupt(struct db *db)
{
    sqlite3_interrupt(db->handle);
}
