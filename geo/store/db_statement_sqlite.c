/* db_statement_sqlite.c - runs single statements of SQLite, and says why one failed. */
#include "geo/base/budget.h"
#include "geo/store/db_sqlite.h"

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

bool db_script(struct db *db, const char *sql, const char *doing, struct err *err)
{
    if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        return db_fail(db, err, doing);
    return true;
}
