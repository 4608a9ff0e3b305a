#include "server/stores.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { IDLE_MAX = 4 }; /* of what is open and not used */

struct stores {
    char *db_path;
    pthread_mutex_t lock; /* of what follows */
    struct geo_store *idle[IDLE_MAX];
    size_t n;
    uint64_t file; /* what the idle ones are of */
};

struct stores *stores_new(const char *db_path)
{
    struct stores *stores = calloc(1, sizeof *stores);
    if (!stores)
        return NULL;
    pthread_mutex_init(&stores->lock, NULL);
    stores->db_path = strdup(db_path);
    if (stores->db_path)
        return stores;
    stores_free(stores);
    return NULL;
}

void stores_free(struct stores *stores)
{
    if (!stores)
        return;
    while (stores->n)
        geo_store_close(stores->idle[--stores->n]);
    pthread_mutex_destroy(&stores->lock);
    free(stores->db_path);
    free(stores);
}

struct geo_store *stores_take(struct stores *stores, uint64_t file, struct err *err)
{
    struct geo_store *found = NULL;
    pthread_mutex_lock(&stores->lock);
    if (stores->n && stores->file == file)
        found = stores->idle[--stores->n];
    pthread_mutex_unlock(&stores->lock);
    return found ? found : geo_store_open(stores->db_path, GEO_STORE_READ, err);
}

void stores_give(struct stores *stores, uint64_t file, struct geo_store *store)
{
    struct geo_store *closed[IDLE_MAX + 1];
    size_t n_closed = 0;
    pthread_mutex_lock(&stores->lock);
    if (stores->n && stores->file != file)
        while (stores->n)
            closed[n_closed++] = stores->idle[--stores->n];
    stores->file = file;
    if (stores->n < IDLE_MAX)
        stores->idle[stores->n++] = store;
    else
        closed[n_closed++] = store;
    pthread_mutex_unlock(&stores->lock);
    while (n_closed)
        geo_store_close(closed[--n_closed]);
}
