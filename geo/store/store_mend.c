/* store_mend.c - brings what goes with records up to date after other programs wrote. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/store/store_follow.h"

/* Removed records ---------------------------------------------------------- */

struct store_mend_gone {
    int64_t *ids;
    size_t n, cap;
    bool failed;
};

static bool read_gone(void *arg, const struct db_query *query)
{
    struct store_mend_gone *gone = arg;
    if (!array_reserve(gone->ids, gone->cap, gone->n + 1))
        return !(gone->failed = true);
    gone->ids[gone->n++] = db_int(query, 0);
    return true;
}

/* Lists the records of a table that have links or conflicts, and are not there. */
static bool find_gone(struct geo_store *store, const struct geo_table *table,
                      struct store_mend_gone *gone, struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    buf_printf(&sql,
               "SELECT v.registro FROM vinculos AS v WHERE v.capa = ?1"
               " AND NOT EXISTS (SELECT 1 FROM \"%s\" AS t WHERE t.id = v.registro)"
               " UNION SELECT c.registro FROM conflictos AS c WHERE c.capa = ?1"
               " AND NOT EXISTS (SELECT 1 FROM \"%s\" AS t WHERE t.id = c.registro)",
               table->name, table->name);
    struct db_query *query = store_prepare_buf(
        store, &sql, (struct db_sql){.doing = STORE_READING, .table = "vinculos", .kinds = "n"},
        err);
    if (!query)
        return false;
    db_bind_text(query, 1, table->name);
    return store_each_row(query, read_gone, gone, err) && (!gone->failed || err_no_memory(err));
}

static bool mend_links(struct geo_store *store, const struct geo_table *table, struct err *err)
{
    struct store_mend_gone gone = {0};
    bool ok = find_gone(store, table, &gone, err);
    for (size_t i = 0; i < gone.n && ok; i++)
        ok = store_follow_removed(store, table, gone.ids[i], err);
    free(gone.ids);
    return ok;
}

/* Shapes ------------------------------------------------------------------- */

struct store_mend_shapes {
    struct geo_store *store;
    const struct geo_table *table;
    struct db_query *stored; /* kind of a multi-geometry, geometry: the shapes of a record */
    struct err *err;
    bool ok;
};

static struct db_query *prepare_stored(struct geo_store *store, struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    for (unsigned shape = 0; shape < STORE_SHAPES; shape++) {
        buf_printf(&sql, "%sSELECT %u, ", shape ? " UNION ALL " : "", shape + STORE_MULTIPOINT);
        db_put_geometry_out(store->db, &sql, "geom");
        buf_printf(&sql, " FROM %s WHERE id = ?1", store_shapes[shape]);
    }
    return store_prepare_buf(store, &sql, (struct db_sql){.doing = STORE_READING}, err);
}

/* True if the stored shapes are those of the record: one, or none without a geometry. */
static bool same_shapes(struct store_mend_shapes *mend, const struct geo_record *wanted)
{
    size_t n = 0;
    bool same = true;
    enum db_step step;
    struct buf wkb;
    buf_init(&wkb);
    db_bind_int(mend->stored, 1, wanted->id);
    for (; (step = db_next(mend->stored, mend->err)) == DB_ROW; n++)
        same = same && db_int(mend->stored, 0) == (int64_t)store_wkb_kind(wanted) &&
               !db_wkb(mend->stored, 1, &wkb) && wkb.len == wanted->wkb_len &&
               memcmp(wkb.data, wanted->wkb, wkb.len) == 0;
    db_reset(mend->stored);
    buf_free(&wkb);
    mend->ok = step != DB_FAILED;
    return same && n == (wanted->wkb_len ? 1 : 0);
}

static bool mend_record(void *arg, const struct geo_record *record)
{
    struct store_mend_shapes *mend = arg;
    struct geo_record wanted = *record;
    struct buf multi;
    buf_init(&multi);
    mend->ok = store_make_multi(&wanted, &multi, mend->err);
    if (mend->ok && !same_shapes(mend, &wanted) && mend->ok)
        mend->ok = store_follow_put(mend->store, mend->table, record->id, record, false, mend->err);
    buf_free(&multi);
    return mend->ok;
}

static bool mend_shapes(struct geo_store *store, struct err *err)
{
    struct store_mend_shapes mend = {
        .store = store, .table = geo_table_find("subproyectos"), .err = err, .ok = true};
    mend.stored = prepare_stored(store, err);
    bool ok =
        mend.stored && geo_store_each(store, mend.table, NULL, mend_record, &mend, err) && mend.ok;
    db_free(mend.stored);
    return ok;
}

bool geo_store_mend(struct geo_store *store, struct err *err)
{
    bool ok = true;
    for (const struct geo_table *table = geo_tables; table->name && ok; table++)
        ok = !table->linked || mend_links(store, table, err);
    return ok && mend_shapes(store, err);
}
