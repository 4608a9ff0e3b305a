/* store_undo.c - records the changes of an import with SQLite's sessions, and undoes them. */

/* sqlite3.h declares the session extension only with these. */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1

#include "geo/store/store_undo.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/store/db_changeset_sqlite.h"
#include "geo/store/store_internal.h"

struct store_undo {
    struct geo_store *store;
    sqlite3_session *session;
};

/* Tables that an import changes beside those of records. */
static const char *const others[] = {"ediciones", "alias_municipio", "veredictos"};
enum { N_OTHERS = sizeof others / sizeof *others };

struct store_undo *geo_undo_begin(struct geo_store *store, struct err *err)
{
    struct store_undo *undo = calloc(1, sizeof *undo);
    if (!undo) {
        err_no_memory(err);
        return NULL;
    }
    undo->store = store;
    int code = sqlite3session_create(store->db, "main", &undo->session);
    for (const struct geo_table *table = geo_tables; table->name && code == SQLITE_OK; table++)
        code = sqlite3session_attach(undo->session, table->name);
    for (size_t i = 0; i < N_OTHERS && code == SQLITE_OK; i++)
        code = sqlite3session_attach(undo->session, others[i]);
    if (code == SQLITE_OK)
        return undo;
    err_set(err, code == SQLITE_NOMEM ? ERR_MEMORY : ERR_DEPENDENCY,
            "no se pueden anotar los cambios: %s", sqlite3_errstr(code));
    geo_undo_free(undo);
    return NULL;
}

void geo_undo_free(struct store_undo *undo)
{
    if (!undo)
        return;
    if (undo->session)
        sqlite3session_delete(undo->session);
    free(undo);
}

bool geo_undo_finish(struct store_undo *undo, const char *layer, const char *source,
                     const char *summary, int64_t *id, struct err *err)
{
    char now[21];
    int size = 0;
    void *changes = NULL;
    bool ok = false;
    sqlite3session_enable(undo->session, 0);
    int code = sqlite3session_changeset(undo->session, &size, &changes);
    if (code != SQLITE_OK)
        return err_set(err, code == SQLITE_NOMEM ? ERR_MEMORY : ERR_DEPENDENCY,
                       "no se pueden anotar los cambios: %s", sqlite3_errstr(code));
    sqlite3_stmt *statement = store_prepare(
        undo->store,
        "INSERT INTO importaciones (fecha, capa, fuente, resumen, cambios) VALUES (?, ?, ?, ?, ?)",
        err);
    if (!statement)
        goto done;
    date_now(now);
    sqlite3_bind_text(statement, 1, now, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, layer, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, source, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, summary, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 5, changes, size, SQLITE_STATIC);
    ok = store_run(undo->store, statement, "anotar la importación", err);
    if (ok && id)
        *id = sqlite3_last_insert_rowid(undo->store->db);
done:
    sqlite3_finalize(statement);
    sqlite3_free(changes);
    return ok;
}

bool geo_undo_each(struct geo_store *store, geo_import_row_fn *fn, void *arg, struct err *err)
{
    sqlite3_stmt *statement =
        store_prepare(store,
                      "SELECT id, fecha, capa, fuente, resumen, coalesce(deshecha, '')"
                      " FROM importaciones ORDER BY id DESC",
                      err);
    if (!statement)
        return false;
    int step;
    while ((step = store_step(store, statement, "importaciones", "nttttt", "leer las importaciones",
                              err)) == SQLITE_ROW) {
        struct geo_import_row row = {
            .id = sqlite3_column_int64(statement, 0),
            .date = store_text(statement, 1),
            .layer = store_text(statement, 2),
            .source = store_text(statement, 3),
            .summary = store_text(statement, 4),
            .undone = store_text(statement, 5),
        };
        if (!fn(arg, &row)) {
            step = SQLITE_DONE;
            break;
        }
    }
    sqlite3_finalize(statement);
    return step == SQLITE_DONE;
}

/* The record that prevents the undo; of the first conflict. */
struct conflict {
    bool met;
    char table[64];
};

/* A dangling reference may be resolved when the links are recomputed; the commit checks
 * again. Any other conflict means that somebody changed the record. */
static int on_conflict(void *arg, int kind, sqlite3_changeset_iter *change)
{
    struct conflict *conflict = arg;
    if (kind == SQLITE_CHANGESET_FOREIGN_KEY)
        return SQLITE_CHANGESET_OMIT;
    const char *table = NULL;
    int columns, operation, indirect;
    if (!conflict->met && sqlite3changeset_op(change, &table, &columns, &operation, &indirect) == 0)
        store_copy(conflict->table, sizeof conflict->table, table);
    conflict->met = true;
    return SQLITE_CHANGESET_ABORT;
}

/* No other table is written, whatever the stored bytes say. */
static int is_undone(void *arg, const char *table)
{
    (void)arg;
    for (size_t i = 0; i < N_OTHERS; i++)
        if (strcmp(table, others[i]) == 0)
            return 1;
    return geo_table_find(table) != NULL;
}

/* The row id is the first column of every table of records. */
static bool tell_touched(struct geo_store *store, const void *changes, int size,
                         geo_undo_touched_fn *fn, void *arg, struct err *err)
{
    sqlite3_changeset_iter *each = NULL;
    int code = sqlite3changeset_start(&each, size, (void *)(uintptr_t)changes);
    bool more = true;
    while (code == SQLITE_OK && more && sqlite3changeset_next(each) == SQLITE_ROW) {
        const char *table;
        int columns, operation, indirect;
        sqlite3_value *id = NULL;
        code = sqlite3changeset_op(each, &table, &columns, &operation, &indirect);
        bool known = geo_table_find(table) || strcmp(table, "veredictos") == 0;
        if (code != SQLITE_OK || !known)
            continue;
        code = operation == SQLITE_INSERT ? sqlite3changeset_new(each, 0, &id)
                                          : sqlite3changeset_old(each, 0, &id);
        if (code != SQLITE_OK || !id)
            continue;
        geo_store_note(store, table, sqlite3_value_int64(id));
        more = !fn || fn(arg, table, sqlite3_value_int64(id));
    }
    sqlite3changeset_finalize(each);
    return code == SQLITE_OK ||
           err_set(err, ERR_DEPENDENCY, "no se pueden leer los cambios: %s", sqlite3_errstr(code));
}

static int refuse(void *arg)
{
    (void)arg;
    return 1;
}

/* SpatiaLite's triggers answer a geometry of the wrong kind with RAISE(ROLLBACK). That
 * ends the transaction, and SQLite would apply the next changes and commit each of them.
 * So commits are refused meanwhile; our own transaction ends later. SQLite's savepoint
 * around all changes is not used: with it the time grows with the square of their number. */
static int apply(struct geo_store *store, void *changes, int size, struct conflict *conflict)
{
    sqlite3_commit_hook(store->db, refuse, NULL);
    int code = sqlite3changeset_apply_v2(store->db, size, changes, is_undone, on_conflict, conflict,
                                         NULL, NULL, SQLITE_CHANGESETAPPLY_NOSAVEPOINT);
    sqlite3_commit_hook(store->db, NULL, NULL);
    return code == SQLITE_OK && sqlite3_get_autocommit(store->db) ? SQLITE_ABORT : code;
}

static bool revert(struct geo_store *store, const void *changes, int size, struct err *err)
{
    struct conflict conflict = {0};
    int inverse_size = 0;
    void *inverse = NULL;
    if (!store_changeset_whole(changes, (size_t)size))
        return err_set(err, ERR_DEPENDENCY,
                       "lo que se guardó para deshacer la importación está dañado; los registros "
                       "quedan como están");
    int code = sqlite3changeset_invert(size, changes, &inverse_size, &inverse);
    if (code == SQLITE_OK)
        code = apply(store, inverse, inverse_size, &conflict);
    sqlite3_free(inverse);
    if (code == SQLITE_OK)
        return true;
    if (conflict.met)
        return err_set(err, ERR_INPUT,
                       "después de esta importación cambiaron registros suyos en %s: no se puede "
                       "deshacer sin perder esos cambios",
                       conflict.table);
    return err_set(err, code == SQLITE_NOMEM ? ERR_MEMORY : ERR_DEPENDENCY,
                   "no se pueden revertir los cambios: %s", sqlite3_errstr(code));
}

static bool mark_undone(struct geo_store *store, int64_t id, struct err *err)
{
    char now[21];
    sqlite3_stmt *statement =
        store_prepare(store, "UPDATE importaciones SET deshecha = ? WHERE id = ?", err);
    if (!statement)
        return false;
    date_now(now);
    sqlite3_bind_text(statement, 1, now, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, id);
    bool ok = store_run(store, statement, "anotar lo deshecho", err);
    sqlite3_finalize(statement);
    return ok;
}

bool geo_undo_apply(struct geo_store *store, int64_t id, geo_undo_touched_fn *fn, void *arg,
                    struct err *err)
{
    bool ok = false;
    void *changes = NULL;
    sqlite3_stmt *statement = store_prepare(
        store, "SELECT cambios FROM importaciones WHERE id = ? AND deshecha IS NULL", err);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, id);
    int step = store_step(store, statement, "importaciones", "B", "leer la importación", err);
    if (step != SQLITE_ROW) {
        if (step == SQLITE_DONE)
            err_set(err, ERR_NOT_FOUND, "no hay una importación %lld por deshacer", (long long)id);
        goto done;
    }
    int size = sqlite3_column_bytes(statement, 0);
    changes = malloc(size ? (size_t)size : 1);
    if (!changes) {
        err_no_memory(err);
        goto done;
    }
    if (size)
        memcpy(changes, sqlite3_column_blob(statement, 0), (size_t)size);
    ok = (size == 0 || revert(store, changes, size, err)) &&
         (size == 0 || tell_touched(store, changes, size, fn, arg, err)) &&
         mark_undone(store, id, err);
done:
    sqlite3_finalize(statement);
    free(changes);
    return ok;
}
