/* store_bulk.c - after many writes in one transaction the spatial index is made at once, before
 * it is searched or committed. */
#include "geo/store/store_internal.h"

bool store_will_write(struct geo_store *store, struct err *err)
{
    if (store->written == STORE_BULK)
        return true;
    return ++store->written < STORE_BULK || db_bulk_begin(store->db, err);
}

bool store_will_search(struct geo_store *store, struct err *err)
{
    store->written = 0;
    return db_bulk_end(store->db, err);
}
