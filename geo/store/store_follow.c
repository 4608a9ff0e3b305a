/* store_follow.c - keeps the rows that go with a record: shapes, links, conflicts. */
#include "geo/store/store_follow.h"

#include <stdio.h>
#include <string.h>

#include "geo/store/store_shapes.h"

/* Statements --------------------------------------------------------------- */

static const struct db_sql texts[STORE_FOLLOW_N] = {
    [STORE_FOLLOW_LOST] = {.doing = "anotar el registro borrado",
                           .sql = "INSERT INTO vinculos_perdidos (edicion, capa, municipio)"
                                  " SELECT edicion, capa, coalesce(municipio, '') FROM vinculos"
                                  " WHERE capa = ?1 AND registro = ?2"
                                  " UNION SELECT codigo, ?1, '' FROM ediciones WHERE 1 = 1"
                                  " ON CONFLICT (edicion, capa, municipio) DO NOTHING"},
    [STORE_FOLLOW_LINKS] = {.doing = "borrar los vínculos",
                            .sql = "DELETE FROM vinculos WHERE capa = ?1 AND registro = ?2"},
    [STORE_FOLLOW_CONFLICTS] = {.doing = "borrar los conflictos",
                                .sql = "DELETE FROM conflictos WHERE capa = ?1 AND registro = ?2"},
};

/* The statement, prepared at first use. */
static struct db_query *kept(struct geo_store *store, enum store_follow which,
                             const struct db_sql *sql, struct err *err)
{
    if (!store->follow[which])
        store->follow[which] = db_prepare(store->db, sql, err);
    return store->follow[which];
}

static struct db_query *kept_insert(struct geo_store *store, unsigned shape, struct err *err)
{
    enum store_follow which = STORE_FOLLOW_INSERT + shape;
    struct buf sql;
    if (store->follow[which])
        return store->follow[which];
    buf_init(&sql);
    buf_printf(&sql, "INSERT INTO %s (id, geom) VALUES (?1, ", store_shapes[shape]);
    db_put_geometry_in(store->db, &sql, 2);
    buf_putc(&sql, ')');
    store->follow[which] =
        store_prepare_buf(store, &sql, (struct db_sql){.doing = "escribir la forma"}, err);
    return store->follow[which];
}

/* Shapes ------------------------------------------------------------------- */

static bool has_shapes(const struct geo_table *table)
{
    return strcmp(table->name, "subproyectos") == 0;
}

static bool remove_shapes(struct geo_store *store, int64_t id, struct err *err)
{
    for (unsigned shape = 0; shape < STORE_SHAPES; shape++) {
        char sql[64];
        const struct db_sql text = {.doing = "borrar la forma", .sql = sql};
        snprintf(sql, sizeof sql, "DELETE FROM %s WHERE id = ?1", store_shapes[shape]);
        struct db_query *remove = kept(store, STORE_FOLLOW_REMOVE + shape, &text, err);
        if (!remove)
            return false;
        db_bind_int(remove, 1, id);
        if (!db_run(remove, err))
            return false;
    }
    return true;
}

static bool insert_shape(struct geo_store *store, int64_t id, struct geo_record record,
                         struct err *err)
{
    struct buf multi;
    unsigned kind = store_wkb_kind(&record);
    if (!kind)
        return true;
    struct db_query *insert = kept_insert(store, store_shapes_of(kind), err);
    if (!insert)
        return false;
    buf_init(&multi);
    bool ok = store_make_multi(&record, &multi, err);
    if (ok) {
        db_bind_int(insert, 1, id);
        db_bind_wkb(insert, 2, record.wkb, record.wkb_len);
        ok = db_run(insert, err);
    }
    buf_free(&multi);
    return ok;
}

bool store_follow_put(struct geo_store *store, const struct geo_table *table, int64_t id,
                      const struct geo_record *record, bool is_new, struct err *err)
{
    return !has_shapes(table) ||
           ((is_new || remove_shapes(store, id, err)) && insert_shape(store, id, *record, err));
}

struct store_follow_row {
    struct geo_store *store;
    const struct geo_table *table;
    struct err *err;
    bool ok;
};

static bool follow_row(void *arg, const struct geo_record *record)
{
    struct store_follow_row *row = arg;
    row->ok = store_follow_put(row->store, row->table, record->id, record, false, row->err);
    return row->ok;
}

bool store_follow_row(struct geo_store *store, const struct geo_table *table, int64_t id,
                      struct err *err)
{
    const struct geo_query query = {.id = id};
    struct store_follow_row row = {store, table, err, true};
    return !has_shapes(table) ||
           (geo_store_each(store, table, &query, follow_row, &row, err) && row.ok);
}

/* Removal ------------------------------------------------------------------ */

static bool run(struct geo_store *store, enum store_follow which, const struct geo_table *table,
                int64_t id, struct err *err)
{
    struct db_query *query = kept(store, which, &texts[which], err);
    if (!query)
        return false;
    db_bind_text(query, 1, table->name);
    db_bind_int(query, 2, id);
    return db_run(query, err);
}

bool store_follow_removed(struct geo_store *store, const struct geo_table *table, int64_t id,
                          struct err *err)
{
    bool has_conflicts = table->linked && table->geometry != GEO_NO_GEOMETRY;
    return (!table->counted || run(store, STORE_FOLLOW_LOST, table, id, err)) &&
           (!table->linked || run(store, STORE_FOLLOW_LINKS, table, id, err)) &&
           (!has_conflicts || run(store, STORE_FOLLOW_CONFLICTS, table, id, err));
}
