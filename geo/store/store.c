/* store.c - opens and closes the store; transactions. */
#include <stdlib.h>

#include "geo/store/store_internal.h"

struct geo_store *geo_store_open(const char *path, enum geo_store_mode mode, struct err *err)
{
    struct geo_store *store = calloc(1, sizeof *store);
    if (!store) {
        err_no_memory(err);
        return NULL;
    }
    store->db = db_open(path, mode, err);
    if (store->db)
        return store;
    free(store);
    return NULL;
}

void geo_store_close(struct geo_store *store)
{
    if (!store)
        return;
    for (int i = 0; i < GEO_TABLES_MAX; i++) {
        buf_free(&store->tables[i].key);
        db_free(store->tables[i].find);
        db_free(store->tables[i].insert);
        db_free(store->tables[i].update);
        db_free(store->tables[i].remove);
        db_free(store->tables[i].at);
    }
    for (int i = 0; i < STORE_FOLLOW_N; i++)
        db_free(store->follow[i]);
    db_free(store->content);
    db_close(store->db);
    free(store);
}

bool geo_store_begin(struct geo_store *store, struct err *err)
{
    return store->writes = db_begin(store->db, true, err);
}

bool geo_store_begin_read(struct geo_store *store, struct err *err)
{
    return db_begin(store->db, false, err);
}

bool geo_store_commit(struct geo_store *store, struct err *err)
{
    store_forget_found(store);
    if (!store_write_notes(store, err) || !db_commit(store->db, err)) {
        geo_store_rollback(store);
        return false;
    }
    store->written = 0;
    store->writes = false;
    store_forget_notes(store);
    return true;
}

void geo_store_rollback(struct geo_store *store)
{
    store_forget_found(store);
    db_rollback(store->db);
    store->written = 0;
    store->writes = false;
    store_forget_notes(store);
}

bool geo_store_sound(struct geo_store *store, struct err *err)
{
    return db_sound(store->db, err);
}

bool geo_store_apart(const struct geo_store *store)
{
    return db_apart(store->db);
}

void geo_store_interrupt(struct geo_store *store)
{
    db_interrupt(store->db);
}

bool geo_store_settle(struct geo_store *store, struct err *err)
{
    return db_settle(store->db, err);
}

void geo_store_bound(struct geo_store *store, const struct budget *budget)
{
    db_bound(store->db, budget);
}

const struct budget *geo_store_budget(const struct geo_store *store)
{
    return db_budget(store->db);
}

bool geo_store_backup(struct geo_store *store, const char *path, geo_progress_fn *progress,
                      void *arg, struct err *err)
{
    return db_backup(store->db, path, progress, arg, err);
}
