/* store_changes.c - the log of changed records (`cambios`); outlines (`contornos`). */
#include <string.h>

#include "geo/store/store_internal.h"

/* Rows that a layer has at most in `cambios`. Readers that miss more changes read the
 * whole layer, which is then cheaper for them. */
enum { ROWS_MAX = 4 * STORE_NOTED_MAX };

void geo_store_note(struct geo_store *store, const char *layer, int64_t record)
{
    const struct geo_table *table = geo_table_find(layer);
    if (!table)
        return;
    struct store_noted *noted = &store->noted[table - geo_tables];
    noted->any = true;
    noted->all = noted->all || record == GEO_STORE_ALL || noted->n == STORE_NOTED_MAX;
    for (size_t i = noted->n; i > 0 && !noted->all; i--)
        if (noted->ids[i - 1] == record)
            return; /* a record and its links come one after the other */
    if (!noted->all)
        noted->ids[noted->n++] = record;
}

void store_forget_notes(struct geo_store *store)
{
    for (int i = 0; i < GEO_STORE_MAX_TABLES; i++)
        store->noted[i].n = store->noted[i].any = store->noted[i].all = store->noted[i].touched = 0;
}

static void bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

/* Runs a statement with the layer and each record (0: NULL). */
static bool run_for(struct geo_store *store, const char *sql, const char *layer,
                    const int64_t *records, size_t n, struct err *err)
{
    sqlite3_stmt *statement = store_prepare(store, sql, err);
    bool ok = statement != NULL;
    for (size_t i = 0; i < n && ok; i++) {
        bind_text(statement, 1, layer);
        if (records[i])
            sqlite3_bind_int64(statement, 2, records[i]);
        else
            sqlite3_bind_null(statement, 2);
        ok = store_run(store, statement, "anotar los cambios", err);
    }
    sqlite3_finalize(statement);
    return ok;
}

static bool count_rows(struct geo_store *store, const char *layer, int64_t *count, struct err *err)
{
    sqlite3_stmt *statement =
        store_prepare(store, "SELECT count(*) FROM cambios WHERE capa = ?1", err);
    if (!statement)
        return false;
    bind_text(statement, 1, layer);
    bool ok = sqlite3_step(statement) == SQLITE_ROW;
    if (ok)
        *count = sqlite3_column_int64(statement, 0);
    else
        store_fail(store, err, "leer los cambios");
    sqlite3_finalize(statement);
    return ok;
}

static bool write_notes(struct geo_store *store, const char *layer, const struct store_noted *noted,
                        struct err *err)
{
    static const int64_t none[] = {0};
    /* If the layer's revision did not change, the notes count for its next one, so that
     * readers of the current revision see them too. */
    static const char with_revision[] =
        "INSERT INTO cambios (capa, registro, revision) VALUES"
        " (?1, ?2, coalesce((SELECT revision FROM capas WHERE capa = ?1), 0))";
    static const char with_next[] =
        "INSERT INTO cambios (capa, registro, revision) VALUES"
        " (?1, ?2, coalesce((SELECT revision FROM capas WHERE capa = ?1), 0) + 1)";
    const char *insert = noted->touched ? with_revision : with_next;
    int64_t there = 0;
    if (!noted->all && !count_rows(store, layer, &there, err))
        return false;
    if (!noted->all && there + (int64_t)noted->n <= ROWS_MAX)
        return run_for(store, insert, layer, noted->ids, noted->n, err);
    return run_for(store, "DELETE FROM cambios WHERE capa = ?1 AND ?2 IS NULL", layer, none, 1,
                   err) &&
           run_for(store, insert, layer, none, 1, err);
}

bool store_write_notes(struct geo_store *store, struct err *err)
{
    bool ok = true;
    for (int i = 0; geo_tables[i].name && ok; i++)
        if (store->noted[i].any)
            ok = write_notes(store, geo_tables[i].name, &store->noted[i], err);
    return ok;
}

bool geo_store_changed(struct geo_store *store, const char *layer, int64_t since,
                       geo_changed_fn *fn, void *arg, bool *all, struct err *err)
{
    sqlite3_stmt *statement =
        store_prepare(store,
                      "SELECT DISTINCT registro FROM cambios WHERE capa = ?1 AND revision > ?2"
                      " ORDER BY registro", /* NULL sorts first */
                      err);
    if (!statement)
        return false;
    bind_text(statement, 1, layer);
    sqlite3_bind_int64(statement, 2, since);
    bool many = false;
    int step = SQLITE_DONE;
    while (!many && (step = store_step(store, statement, "cambios", "N", "leer los cambios",
                                       err)) == SQLITE_ROW) {
        many = sqlite3_column_type(statement, 0) == SQLITE_NULL;
        if (!many && !fn(arg, sqlite3_column_int64(statement, 0)))
            many = true;
    }
    bool ok = many || step == SQLITE_DONE;
    if (ok)
        *all = many;
    sqlite3_finalize(statement);
    return ok;
}

/* Outlines ----------------------------------------------------------------- */

bool geo_store_outlines(struct geo_store *store, const char *edition, struct buf *bytes,
                        struct err *err)
{
    sqlite3_stmt *statement =
        store_prepare(store, "SELECT datos FROM contornos WHERE edicion = ?1", err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    int step = store_step(store, statement, "contornos", "b", "leer los contornos", err);
    buf_clear(bytes);
    if (step == SQLITE_ROW && sqlite3_column_bytes(statement, 0))
        buf_put(bytes, sqlite3_column_blob(statement, 0),
                (size_t)sqlite3_column_bytes(statement, 0));
    sqlite3_finalize(statement);
    if (buf_failed(bytes))
        return err_no_memory(err);
    return step == SQLITE_ROW || step == SQLITE_DONE;
}

bool geo_store_outlines_put(struct geo_store *store, const char *edition, const struct buf *bytes,
                            struct err *err)
{
    sqlite3_stmt *statement =
        store_prepare(store,
                      "INSERT INTO contornos (edicion, datos) VALUES (?1, ?2)"
                      " ON CONFLICT (edicion) DO UPDATE SET datos = excluded.datos",
                      err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    sqlite3_bind_blob64(statement, 2, bytes->data, bytes->len, SQLITE_STATIC);
    bool ok = store_run(store, statement, "guardar los contornos", err);
    sqlite3_finalize(statement);
    return ok;
}
