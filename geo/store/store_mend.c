/* store_mend.c - brings what goes with records up to date after other programs wrote. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/store/store_follow.h"

/* Removed records ---------------------------------------------------------- */

struct store_mend_gone {
    int64_t *ids;
    size_t n, cap;
};

/* The two lists that find_gone() goes through side by side, both in order. */
static struct db_query *prepare_held(struct geo_store *store, const char *holder,
                                     const struct geo_table *table, struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    buf_printf(&sql, "SELECT DISTINCT registro FROM %s WHERE capa = ?1 ORDER BY registro", holder);
    struct db_query *held = store_prepare_buf(
        store, &sql, (struct db_sql){.doing = STORE_READING, .table = holder, .kinds = "n"}, err);
    if (held)
        db_bind_text(held, 1, table->name);
    return held;
}

static struct db_query *prepare_there(struct geo_store *store, const struct geo_table *table,
                                      struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    buf_printf(&sql, "SELECT id FROM \"%s\" ORDER BY id", table->name);
    return store_prepare_buf(store, &sql, (struct db_sql){.doing = STORE_READING}, err);
}

static bool add_gone(struct store_mend_gone *gone, int64_t record, struct err *err)
{
    if (!array_reserve(gone->ids, gone->cap, gone->n + 1))
        return err_no_memory(err);
    gone->ids[gone->n++] = record;
    return true;
}

/* Lists the records of which `held` has a row, and `there` has none. */
static bool find_gone(struct db_query *held, struct db_query *there, struct store_mend_gone *gone,
                      struct err *err)
{
    int64_t id = 0;
    enum db_step step, at = DB_ROW;
    while ((step = db_next(held, err)) == DB_ROW) {
        int64_t record = db_int(held, 0);
        while (at == DB_ROW && id < record)
            if ((at = db_next(there, err)) == DB_ROW)
                id = db_int(there, 0);
        if (at == DB_FAILED || ((at == DB_END || id != record) && !add_gone(gone, record, err)))
            return false;
    }
    return step == DB_END;
}

/* Removes what goes with records of which the table `holder` has rows, and that are gone. */
static bool mend_held(struct geo_store *store, const char *holder, const struct geo_table *table,
                      struct err *err)
{
    struct store_mend_gone gone = {0};
    struct db_query *held = prepare_held(store, holder, table, err);
    struct db_query *there = held ? prepare_there(store, table, err) : NULL;
    bool ok = there && find_gone(held, there, &gone, err);
    db_free(there);
    db_free(held);
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
        ok = !table->linked || (mend_held(store, "vinculos", table, err) &&
                                mend_held(store, "conflictos", table, err));
    return ok && mend_shapes(store, err);
}
