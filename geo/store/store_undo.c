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
    const char *names[GEO_TABLES_MAX + N_OTHERS + 1];
    int64_t id;    /* of the row of `importaciones`; 0: it is not there yet */
    int64_t parts; /* of `importaciones_partes` */
};

/* The row is filled by geo_undo_finish(). */
static bool make_row(struct store_undo *undo, struct err *err)
{
    struct buf sql;
    if (undo->id)
        return true;
    buf_init(&sql);
    buf_puts(&sql, "INSERT INTO importaciones (fecha, capa, fuente, resumen)"
                   " VALUES ('', '', '', '')");
    db_put_returning(undo->store->db, &sql);
    struct db_query *query = store_prepare_buf(
        undo->store, &sql, (struct db_sql){.doing = "anotar la importación"}, err);
    bool ok = query && db_run_insert(query, &undo->id, err);
    db_free(query);
    return ok;
}

/* A db_undo_keep_fn. */
static bool keep_part(void *arg, const void *bytes, size_t len, struct err *err)
{
    static const struct db_sql sql = {
        .doing = "anotar la importación",
        .sql = "INSERT INTO importaciones_partes (importacion, parte, cambios)"
               " VALUES (?1, ?2, ?3)"};
    struct store_undo *undo = arg;
    if (!make_row(undo, err))
        return false;
    struct db_query *query = db_prepare(undo->store->db, &sql, err);
    if (!query)
        return false;
    db_bind_int(query, 1, undo->id);
    db_bind_int(query, 2, ++undo->parts);
    db_bind_bytes(query, 3, bytes, len);
    bool ok = db_run(query, err);
    db_free(query);
    return ok;
}

struct store_undo *geo_undo_begin(struct geo_store *store, struct err *err)
{
    struct store_undo *undo = calloc(1, sizeof *undo);
    if (!undo) {
        err_no_memory(err);
        return NULL;
    }
    list_tables(undo->names);
    undo->store = store;
    undo->changes = db_undo_begin(store->db, undo->names, keep_part, undo, err);
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
    static const struct db_sql sql = {
        .doing = "anotar la importación",
        .sql = "UPDATE importaciones SET fecha = ?1, capa = ?2, fuente = ?3, resumen = ?4,"
               " cambios = ?5 WHERE id = ?6"};
    char now[21];
    const void *bytes;
    size_t len;
    if (!db_undo_bytes(undo->changes, &bytes, &len, err) || !make_row(undo, err))
        return false;
    struct db_query *query = db_prepare(undo->store->db, &sql, err);
    if (!query)
        return false;
    date_now(now);
    const char *const texts[] = {now, layer, source, summary};
    for (int i = 0; i < 4; i++)
        db_bind_text(query, i + 1, texts[i]);
    db_bind_bytes(query, 5, bytes, len);
    db_bind_int(query, 6, undo->id);
    bool ok = db_run(query, err);
    if (ok && id)
        *id = undo->id;
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

/* Of `importaciones_partes`. */
static bool count_parts(struct geo_store *store, int64_t id, int64_t *n, struct err *err)
{
    static const struct db_sql sql = {
        .doing = "leer la importación",
        .table = "importaciones_partes",
        .kinds = "n",
        .sql = "SELECT count(*) FROM importaciones_partes WHERE importacion = ?1"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_int(query, 1, id);
    bool ok = db_next(query, err) == DB_ROW;
    if (ok)
        *n = db_int(query, 0);
    db_free(query);
    return ok;
}

/* Reads a part of what an import changed; part 0: the last one, which may be empty. */
static bool read_changes(struct geo_store *store, int64_t id, int64_t part, struct buf *changes,
                         struct err *err)
{
    static const struct db_sql last = {
        .doing = "leer la importación",
        .table = "importaciones",
        .kinds = "B",
        .sql = "SELECT cambios FROM importaciones WHERE id = ?1 AND deshecha IS NULL"};
    static const struct db_sql earlier = {
        .doing = "leer la importación",
        .table = "importaciones_partes",
        .kinds = "b",
        .sql = "SELECT cambios FROM importaciones_partes WHERE importacion = ?1 AND parte = ?2"};
    struct db_query *query = db_prepare(store->db, part ? &earlier : &last, err);
    if (!query)
        return false;
    db_bind_int(query, 1, id);
    if (part)
        db_bind_int(query, 2, part);
    enum db_step step = db_next(query, err);
    size_t len = 0;
    const void *bytes = step == DB_ROW ? db_bytes(query, 0, &len) : NULL;
    buf_clear(changes);
    if (len)
        buf_put(changes, bytes, len);
    db_free(query);
    if (step == DB_END)
        return err_set(err, ERR_NOT_FOUND, "no hay una importación %lld por deshacer",
                       (long long)id);
    return step == DB_ROW && (!buf_failed(changes) || err_no_memory(err));
}

/* Reverts the last part first. */
static bool revert(struct geo_store *store, int64_t id, int64_t parts, struct buf *changes,
                   struct err *err)
{
    const char *names[GEO_TABLES_MAX + N_OTHERS + 1];
    bool ok = true;
    list_tables(names);
    for (int64_t left = parts; ok && left >= 0; left--)
        ok = read_changes(store, id, left == parts ? 0 : left + 1, changes, err) &&
             (!changes->len || db_undo_apply(store->db, names, changes->data, changes->len, err));
    return ok;
}

static bool touch_all(struct store_undo_touched *touched, int64_t id, int64_t parts,
                      struct buf *changes)
{
    bool ok = true;
    for (int64_t part = 0; ok && part <= parts; part++)
        ok = read_changes(touched->store, id, part, changes, touched->err) &&
             (!changes->len ||
              db_undo_each(changes->data, changes->len, touch, touched, touched->err)) &&
             touched->ok;
    return ok;
}

bool geo_undo_apply(struct geo_store *store, int64_t id, geo_undo_touched_fn *fn, void *arg,
                    struct err *err)
{
    struct store_undo_touched touched = {
        .store = store, .fn = fn, .arg = arg, .err = err, .ok = true};
    struct buf changes;
    int64_t parts = 0;
    buf_init(&changes);
    store_forget_found(store);
    bool ok = count_parts(store, id, &parts, err) && revert(store, id, parts, &changes, err) &&
              touch_all(&touched, id, parts, &changes) && mark_undone(store, id, err);
    buf_free(&changes);
    return ok;
}
