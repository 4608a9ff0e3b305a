/* store_mend.c - brings what goes with records up to date after other programs wrote. */
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/array.h"
#include "geo/store/store_follow.h"
#include "geo/store/store_shapes.h"

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

/* Another program may remove works with foreign keys off. */
static bool remove_orphans(struct geo_store *store, struct err *err)
{
    bool ok = true;
    for (unsigned shape = 0; shape < STORE_SHAPES && ok; shape++) {
        char sql[96];
        const struct db_sql text = {.doing = "borrar las formas sin registro", .sql = sql};
        snprintf(sql, sizeof sql, "DELETE FROM %s WHERE id NOT IN (SELECT id FROM subproyectos)",
                 store_shapes[shape]);
        ok = store_run_with(store, &text, NULL, 0, err);
    }
    return ok;
}

struct store_mend_shapes {
    struct geo_store *store;
    struct err *err;
    bool ok;
};

static bool mend_shape(void *arg, const struct geo_record *work)
{
    struct store_mend_shapes *mend = arg;
    mend->ok = store_follow_put(mend->store, geo_table_find("subproyectos"), work->id, work, false,
                                mend->err);
    return mend->ok;
}

static bool mend_shapes(struct geo_store *store, struct err *err)
{
    struct store_mend_shapes mend = {store, err, true};
    return remove_orphans(store, err) && store_shapes_each_stale(store, mend_shape, &mend, err) &&
           mend.ok;
}

bool geo_store_mend(struct geo_store *store, struct err *err)
{
    bool ok = true;
    for (const struct geo_table *table = geo_tables; table->name && ok; table++)
        ok = !table->linked || (mend_held(store, "vinculos", table, err) &&
                                mend_held(store, "conflictos", table, err));
    return ok && mend_shapes(store, err);
}
