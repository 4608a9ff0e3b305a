/* store_undo.c - the table `importaciones`: what imports changed, and how it is undone. */
#include "geo/store/store_undo.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/store/store_follow.h"
#include "geo/store/store_internal.h"

/* Tables that an import changes beside those of records. */
static const char *const others[] = {"ediciones", "alias_municipio", "veredictos"};
enum { N_OTHERS = sizeof others / sizeof *others };

/* The names of all tables that an import changes; NULL ends them. */
static void list_tables(const char *names[GEO_TABLES_MAX + N_OTHERS + 1])
{
    size_t n = 0;
    for (const struct geo_table *table = geo_tables; table->name; table++)
        names[n++] = table->name;
    for (size_t i = 0; i < N_OTHERS; i++)
        names[n++] = others[i];
    names[n] = NULL;
}

struct store_undo {
    struct geo_store *store;
    struct db_undo *changes;
};

struct store_undo *geo_undo_begin(struct geo_store *store, struct err *err)
{
    const char *names[GEO_TABLES_MAX + N_OTHERS + 1];
    struct store_undo *undo = calloc(1, sizeof *undo);
    if (!undo) {
        err_no_memory(err);
        return NULL;
    }
    list_tables(names);
    undo->store = store;
    undo->changes = db_undo_begin(store->db, names, err);
    if (undo->changes)
        return undo;
    free(undo);
    return NULL;
}

void geo_undo_free(struct store_undo *undo)
{
    if (!undo)
        return;
    db_undo_free(undo->changes);
    free(undo);
}

bool geo_undo_finish(struct store_undo *undo, const char *layer, const char *source,
                     const char *summary, int64_t *id, struct err *err)
{
    char now[21];
    struct buf sql;
    const void *bytes;
    size_t len;
    int64_t made;
    if (!db_undo_bytes(undo->changes, &bytes, &len, err))
        return false;
    buf_init(&sql);
    buf_puts(&sql, "INSERT INTO importaciones (fecha, capa, fuente, resumen, cambios)"
                   " VALUES (?1, ?2, ?3, ?4, ?5)");
    db_put_returning(undo->store->db, &sql);
    struct db_query *query = store_prepare_buf(
        undo->store, &sql, (struct db_sql){.doing = "anotar la importación"}, err);
    if (!query)
        return false;
    date_now(now);
    const char *const texts[] = {now, layer, source, summary};
    for (int i = 0; i < 4; i++)
        db_bind_text(query, i + 1, texts[i]);
    db_bind_bytes(query, 5, bytes, len);
    bool ok = db_run_insert(query, &made, err);
    if (ok && id)
        *id = made;
    db_free(query);
    return ok;
}

bool geo_undo_each(struct geo_store *store, geo_import_row_fn *fn, void *arg, struct err *err)
{
    static const struct db_sql sql = {
        .doing = "leer las importaciones",
        .table = "importaciones",
        .kinds = "nttttt",
        .sql = "SELECT id, fecha, capa, fuente, resumen, coalesce(deshecha, '')"
               " FROM importaciones ORDER BY id DESC"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    enum db_step step;
    while ((step = db_next(query, err)) == DB_ROW) {
        struct geo_import_row row = {
            .id = db_int(query, 0),
            .date = db_word(query, 1),
            .layer = db_word(query, 2),
            .source = db_word(query, 3),
            .summary = db_word(query, 4),
            .undone = db_word(query, 5),
        };
        if (!fn(arg, &row))
            break;
    }
    db_free(query);
    return step != DB_FAILED;
}

/* Undoing ------------------------------------------------------------------ */

struct store_undo_touched {
    struct geo_store *store;
    geo_undo_touched_fn *fn;
    void *arg;
    struct err *err;
    bool ok, stopped;
};

/* After the undo: what goes with the row (store_follow.h), and the caller's own. */
static bool touch(void *arg, const char *name, int64_t id, enum db_change what)
{
    struct store_undo_touched *touched = arg;
    const struct geo_table *table = geo_table_find(name);
    if (!table && strcmp(name, "veredictos") != 0)
        return true;
    if (table)
        touched->ok = what == DB_INSERTED
                          ? store_follow_removed(touched->store, table, id, touched->err)
                          : store_follow_row(touched->store, table, id, touched->err);
    if (!touched->ok)
        return false;
    geo_store_note(touched->store, name, id);
    touched->stopped = touched->stopped || (touched->fn && !touched->fn(touched->arg, name, id));
    return true;
}

static bool revert(struct geo_store *store, const void *bytes, size_t len, geo_undo_touched_fn *fn,
                   void *arg, struct err *err)
{
    const char *names[GEO_TABLES_MAX + N_OTHERS + 1];
    struct store_undo_touched touched = {
        .store = store, .fn = fn, .arg = arg, .err = err, .ok = true};
    list_tables(names);
    return db_undo_apply(store->db, names, bytes, len, err) &&
           db_undo_each(bytes, len, touch, &touched, err) && touched.ok;
}

static bool mark_undone(struct geo_store *store, int64_t id, struct err *err)
{
    static const struct db_sql sql = {.doing = "anotar lo deshecho",
                                      .sql =
                                          "UPDATE importaciones SET deshecha = ?1 WHERE id = ?2"};
    char now[21];
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    date_now(now);
    db_bind_text(query, 1, now);
    db_bind_int(query, 2, id);
    bool ok = db_run(query, err);
    db_free(query);
    return ok;
}

/* Reads what an import changed. */
static bool read_changes(struct geo_store *store, int64_t id, struct buf *changes, struct err *err)
{
    static const struct db_sql sql = {
        .doing = "leer la importación",
        .table = "importaciones",
        .kinds = "B",
        .sql = "SELECT cambios FROM importaciones WHERE id = ?1 AND deshecha IS NULL"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_int(query, 1, id);
    enum db_step step = db_next(query, err);
    size_t len = 0;
    const void *bytes = step == DB_ROW ? db_bytes(query, 0, &len) : NULL;
    if (len)
        buf_put(changes, bytes, len);
    db_free(query);
    if (step == DB_END)
        return err_set(err, ERR_NOT_FOUND, "no hay una importación %lld por deshacer",
                       (long long)id);
    return step == DB_ROW && (!buf_failed(changes) || err_no_memory(err));
}

bool geo_undo_apply(struct geo_store *store, int64_t id, geo_undo_touched_fn *fn, void *arg,
                    struct err *err)
{
    struct buf changes;
    buf_init(&changes);
    store_forget_found(store);
    bool ok = read_changes(store, id, &changes, err) &&
              (!changes.len || revert(store, changes.data, changes.len, fn, arg, err)) &&
              mark_undone(store, id, err);
    buf_free(&changes);
    return ok;
}
