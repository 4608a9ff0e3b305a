/* store_bulk.c - tells the engine when a transaction writes many geometries. */
#include "geo/store/store_internal.h"

bool store_will_write(struct geo_store *store, struct err *err)
{
    if (store->written == STORE_BULK)
        return true;
    return ++store->written < STORE_BULK || db_bulk_begin(store->db, err);
}

bool store_will_search(struct geo_store *store, const struct geo_table *table, struct err *err)
{
    if (!db_bulk_holds(store->db, table->name))
        return true;
    store->written = 0;
    return db_bulk_end(store->db, err);
}
