/* db_undo_sqlite.c - records changes (SQLite's sessions, runs of ids), and reverts them. */

/* sqlite3.h declares the session extension only with these. */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/store/db_bulk_sqlite.h"
#include "geo/store/db_changeset_sqlite.h"
#include "geo/store/db_inserted_sqlite.h"
#include "geo/store/db_sqlite.h"

/* Reverting more bytes than that, or rows, is a large transaction (db_bulk_begin). */
enum { BULK_BYTES = 100000, BULK_ROWS = 256 };

/* Of memory, for the old values of a part. */
enum { PART_BYTES = 16 << 20 };

struct db_undo {
    struct db *db;
    const char *const *tables;
    db_undo_keep_fn *keep;
    void *keep_arg;
    sqlite3_session *session;    /* records all changes but those of ... */
    struct db_inserted inserted; /* ... rows of db_run_insert() */
    struct buf bytes;
};

static bool not_recorded(int code, struct err *err)
{
    return err_set(err, code == SQLITE_NOMEM ? ERR_MEMORY : ERR_DEPENDENCY,
                   "no se pueden anotar los cambios: %s", sqlite3_errstr(code));
}

static bool begin_session(struct db_undo *undo, struct err *err)
{
    int code = sqlite3session_create(undo->db->handle, "main", &undo->session);
    for (const char *const *table = undo->tables; *table && code == SQLITE_OK; table++)
        code = sqlite3session_attach(undo->session, *table);
    return code == SQLITE_OK || not_recorded(code, err);
}

struct db_undo *db_undo_begin(struct db *db, const char *const *tables, db_undo_keep_fn *keep,
                              void *arg, struct err *err)
{
    struct db_undo *undo = calloc(1, sizeof *undo);
    if (!undo) {
        err_no_memory(err);
        return NULL;
    }
    *undo = (struct db_undo){.db = db, .tables = tables, .keep = keep, .keep_arg = arg};
    buf_init(&undo->bytes);
    if (begin_session(undo, err))
        return db->undo = undo;
    db_undo_free(undo);
    return NULL;
}

void db_undo_free(struct db_undo *undo)
{
    if (!undo)
        return;
    if (undo->db->undo == undo)
        undo->db->undo = NULL;
    if (undo->session)
        sqlite3session_delete(undo->session);
    db_inserted_free(&undo->inserted);
    buf_free(&undo->bytes);
    free(undo);
}

static bool insert_noted(struct db_undo *undo, struct db_query *query, struct err *err)
{
    sqlite3session_enable(undo->session, 0);
    bool ok = db_run(query, err);
    sqlite3session_enable(undo->session, 1);
    return ok && (db_inserted_add(&undo->inserted, query->table,
                                  sqlite3_last_insert_rowid(undo->db->handle)) ||
                  err_no_memory(err));
}

/* Gives what was recorded away, and begins anew. */
static bool end_part(struct db_undo *undo, struct err *err)
{
    int size = 0;
    void *changes = NULL;
    int code = sqlite3session_changeset(undo->session, &size, &changes);
    bool ok = code == SQLITE_OK || not_recorded(code, err);
    sqlite3session_delete(undo->session);
    undo->session = NULL;
    ok = ok && (size == 0 || undo->keep(undo->keep_arg, changes, (size_t)size, err));
    sqlite3_free(changes);
    return ok && begin_session(undo, err);
}

static bool change_noted(struct db_undo *undo, struct db_query *query, int64_t id, struct err *err)
{
    sqlite3session_enable(undo->session, !db_inserted_has(&undo->inserted, query->table, id));
    bool ok = db_run(query, err);
    sqlite3session_enable(undo->session, 1);
    return ok && (sqlite3session_memory_used(undo->session) < PART_BYTES || end_part(undo, err));
}

bool db_run_insert(struct db_query *query, int64_t *id, struct err *err)
{
    struct db_undo *undo = query->table ? query->db->undo : NULL;
    if (undo ? !insert_noted(undo, query, err) : !db_run(query, err))
        return false;
    *id = sqlite3_last_insert_rowid(query->db->handle);
    return true;
}

bool db_run_change(struct db_query *query, int64_t id, struct err *err)
{
    struct db_undo *undo = query->db->undo;
    return undo ? change_noted(undo, query, id, err) : db_run(query, err);
}

bool db_undo_bytes(struct db_undo *undo, const void **bytes, size_t *len, struct err *err)
{
    int size = 0;
    void *changes = NULL;
    undo->db->undo = NULL;
    sqlite3session_enable(undo->session, 0);
    int code = sqlite3session_changeset(undo->session, &size, &changes);
    bool ok = code == SQLITE_OK ? db_inserted_write(undo->db, &undo->inserted, &undo->bytes, err)
                                : not_recorded(code, err);
    if (ok)
        buf_put(&undo->bytes, changes, (size_t)size);
    sqlite3_free(changes);
    *bytes = undo->bytes.data;
    *len = undo->bytes.len;
    return ok && (!buf_failed(&undo->bytes) || err_no_memory(err));
}

static bool each_change(const void *bytes, size_t len, db_change_fn *fn, void *arg, bool *more,
                        struct err *err)
{
    sqlite3_changeset_iter *each = NULL;
    int code = sqlite3changeset_start(&each, (int)len, (void *)(uintptr_t)bytes);
    while (code == SQLITE_OK && *more && sqlite3changeset_next(each) == SQLITE_ROW) {
        const char *table;
        int columns, operation, indirect;
        sqlite3_value *id = NULL;
        code = sqlite3changeset_op(each, &table, &columns, &operation, &indirect);
        if (code == SQLITE_OK)
            code = operation == SQLITE_INSERT ? sqlite3changeset_new(each, 0, &id)
                                              : sqlite3changeset_old(each, 0, &id);
        if (code == SQLITE_OK && id)
            *more = fn(arg, table, sqlite3_value_int64(id),
                       operation == SQLITE_INSERT   ? DB_INSERTED
                       : operation == SQLITE_DELETE ? DB_REMOVED
                                                    : DB_UPDATED);
    }
    sqlite3changeset_finalize(each);
    return code == SQLITE_OK ||
           err_set(err, ERR_DEPENDENCY, "no se pueden leer los cambios: %s", sqlite3_errstr(code));
}

bool db_undo_each(const void *bytes, size_t len, db_change_fn *fn, void *arg, struct err *err)
{
    struct db_inserted inserted;
    size_t used;
    bool more = true;
    if (!db_inserted_read(bytes, len, &inserted, &used, err))
        return false;
    bool ok = each_change((const char *)bytes + used, len - used, fn, arg, &more, err);
    for (size_t i = 0; i < inserted.n && ok; i++) {
        const struct db_inserted_table *table = &inserted.tables[i];
        for (size_t r = 0; r < table->n; r++)
            for (int64_t id = table->runs[r].first; id <= table->runs[r].last && more; id++)
                more = fn(arg, table->name, id, DB_INSERTED);
    }
    db_inserted_free(&inserted);
    return ok;
}

/* Reverting ---------------------------------------------------------------- */

struct db_revert {
    const char *const *tables;
    bool met;       /* a conflict */
    char table[64]; /* of the record that prevents the undo, in the first conflict */
};

/* A dangling reference may be resolved when the links are recomputed; the commit checks
 * again. Any other conflict means that somebody changed the record. */
static int on_conflict(void *arg, int kind, sqlite3_changeset_iter *change)
{
    struct db_revert *revert = arg;
    if (kind == SQLITE_CHANGESET_FOREIGN_KEY)
        return SQLITE_CHANGESET_OMIT;
    const char *table = NULL;
    int columns, operation, indirect;
    if (!revert->met && sqlite3changeset_op(change, &table, &columns, &operation, &indirect) == 0)
        snprintf(revert->table, sizeof revert->table, "%s", table);
    revert->met = true;
    return SQLITE_CHANGESET_ABORT;
}

/* No other table is written, whatever the stored bytes say. */
static int is_undone(void *arg, const char *table)
{
    const struct db_revert *revert = arg;
    for (const char *const *each = revert->tables; *each; each++)
        if (strcmp(table, *each) == 0)
            return 1;
    return 0;
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
static int apply(struct db *db, void *changes, int size, struct db_revert *revert)
{
    sqlite3_commit_hook(db->handle, refuse, NULL);
    int code = sqlite3changeset_apply_v2(db->handle, size, changes, is_undone, on_conflict, revert,
                                         NULL, NULL, SQLITE_CHANGESETAPPLY_NOSAVEPOINT);
    sqlite3_commit_hook(db->handle, NULL, NULL);
    return code == SQLITE_OK && sqlite3_get_autocommit(db->handle) ? SQLITE_ABORT : code;
}

static bool damaged(struct err *err)
{
    return err_set(err, ERR_DEPENDENCY,
                   "lo que se guardó para deshacer la importación está dañado; los registros "
                   "quedan como están");
}

static bool changed_since(const char *table, struct err *err)
{
    return err_set(err, ERR_INPUT,
                   "después de esta importación cambiaron registros suyos en %s: no se puede "
                   "deshacer sin perder esos cambios",
                   table);
}

static bool revert_changes(struct db *db, const char *const *tables, const void *bytes, size_t len,
                           struct err *err)
{
    struct db_revert revert = {.tables = tables};
    int inverse_size = 0;
    void *inverse = NULL;
    int code = sqlite3changeset_invert((int)len, bytes, &inverse_size, &inverse);
    if (code == SQLITE_OK)
        code = apply(db, inverse, inverse_size, &revert);
    sqlite3_free(inverse);
    if (code == SQLITE_OK)
        return true;
    if (revert.met)
        return changed_since(revert.table, err);
    return err_set(err, code == SQLITE_NOMEM ? ERR_MEMORY : ERR_DEPENDENCY,
                   "no se pueden revertir los cambios: %s", sqlite3_errstr(code));
}

static bool revert_all(struct db *db, const char *const *tables, const struct db_inserted *inserted,
                       const void *changes, size_t len, struct err *err)
{
    struct db_revert revert = {.tables = tables};
    const char *table = "";
    bool same = false, large = len > BULK_BYTES;
    for (size_t i = 0; i < inserted->n; i++) {
        large = large || inserted->tables[i].rows > BULK_ROWS;
        if (!is_undone(&revert, inserted->tables[i].name))
            return damaged(err);
    }
    if (!db_changeset_whole(changes, len))
        return damaged(err);
    if (!db_inserted_same(db, inserted, &same, &table, err))
        return false;
    if (!same)
        return changed_since(table, err);
    return (!large || db_bulk_begin(db, err)) && db_inserted_remove(db, inserted, err) &&
           (len == 0 || revert_changes(db, tables, changes, len, err));
}

bool db_undo_apply(struct db *db, const char *const *tables, const void *bytes, size_t len,
                   struct err *err)
{
    struct db_inserted inserted;
    size_t used;
    if (!db_inserted_read(bytes, len, &inserted, &used, err))
        return false;
    bool ok = revert_all(db, tables, &inserted, (const char *)bytes + used, len - used, err);
    db_inserted_free(&inserted);
    return ok;
}
