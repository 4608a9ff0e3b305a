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
    for (int i = 0; i < GEO_TABLES_MAX; i++)
        store->noted[i].n = store->noted[i].any = store->noted[i].all = store->noted[i].touched = 0;
}

static bool count_rows(struct geo_store *store, const char *layer, int64_t *count, struct err *err)
{
    static const struct db_sql sql = {.doing = "leer los cambios",
                                      .sql = "SELECT count(*) FROM cambios WHERE capa = ?1"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, layer);
    bool ok = db_next(query, err) == DB_ROW;
    if (ok)
        *count = db_int(query, 0);
    db_free(query);
    return ok;
}

/* Inserts a row for each record (0: NULL). */
static bool insert_rows(struct geo_store *store, const char *layer, bool touched,
                        const int64_t *records, size_t n, struct err *err)
{
    /* If the layer's revision did not change, the notes count for its next one, so that
     * readers of the current revision see them too. */
    static const struct db_sql sql = {
        .doing = "anotar los cambios",
        .sql = "INSERT INTO cambios (capa, registro, revision) VALUES"
               " (?1, ?2, coalesce((SELECT revision FROM capas WHERE capa = ?1), 0) + ?3)"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    bool ok = query != NULL;
    for (size_t i = 0; i < n && ok; i++) {
        db_bind_text(query, 1, layer);
        if (records[i])
            db_bind_int(query, 2, records[i]);
        else
            db_bind_null(query, 2);
        db_bind_int(query, 3, touched ? 0 : 1);
        ok = db_run(query, err);
    }
    db_free(query);
    return ok;
}

static bool write_notes(struct geo_store *store, const char *layer, const struct store_noted *noted,
                        struct err *err)
{
    static const int64_t none[] = {0};
    static const struct db_sql clear = {.doing = "anotar los cambios",
                                        .sql = "DELETE FROM cambios WHERE capa = ?1"};
    int64_t there = 0;
    if (!noted->all && !count_rows(store, layer, &there, err))
        return false;
    if (!noted->all && there + (int64_t)noted->n <= ROWS_MAX)
        return insert_rows(store, layer, noted->touched, noted->ids, noted->n, err);
    return store_run_with(store, &clear, &layer, 1, err) &&
           insert_rows(store, layer, noted->touched, none, 1, err);
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
    static const struct db_sql sql = {
        .doing = "leer los cambios",
        .table = "cambios",
        .kinds = "N",
        .sql = "SELECT DISTINCT registro FROM cambios WHERE capa = ?1 AND revision > ?2"
               " ORDER BY registro NULLS FIRST"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, layer);
    db_bind_int(query, 2, since);
    bool many = false;
    enum db_step step = DB_END;
    while (!many && (step = db_next(query, err)) == DB_ROW)
        many = db_is_null(query, 0) || !fn(arg, db_int(query, 0));
    bool ok = step != DB_FAILED;
    if (ok)
        *all = many;
    db_free(query);
    return ok;
}

/* Outlines ----------------------------------------------------------------- */

bool geo_store_outlines(struct geo_store *store, const char *edition, struct buf *bytes,
                        struct err *err)
{
    static const struct db_sql sql = {.doing = "leer los contornos",
                                      .table = "contornos",
                                      .kinds = "b",
                                      .sql = "SELECT datos FROM contornos WHERE edicion = ?1"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    size_t len = 0;
    if (!query)
        return false;
    db_bind_text(query, 1, edition);
    enum db_step step = db_next(query, err);
    const void *data = step == DB_ROW ? db_bytes(query, 0, &len) : NULL;
    buf_clear(bytes);
    if (len)
        buf_put(bytes, data, len);
    db_free(query);
    if (buf_failed(bytes))
        return err_no_memory(err);
    return step != DB_FAILED;
}

bool geo_store_outlines_put(struct geo_store *store, const char *edition, const struct buf *bytes,
                            struct err *err)
{
    static const struct db_sql sql = {
        .doing = "guardar los contornos",
        .sql = "INSERT INTO contornos (edicion, datos) VALUES (?1, ?2)"
               " ON CONFLICT (edicion) DO UPDATE SET datos = excluded.datos"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, edition);
    db_bind_bytes(query, 2, bytes->data, bytes->len);
    bool ok = db_run(query, err);
    db_free(query);
    return ok;
}
