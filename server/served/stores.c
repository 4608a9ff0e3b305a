/* stores.c - the pool of open database connections. */
#include "server/served/stores.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/array.h"

enum { IDLE_MAX = 4 }; /* open connections that are not lent */

struct stores {
    char *db_path;
    pthread_mutex_t lock; /* protects what follows */
    pthread_cond_t back;  /* one was given back */
    struct geo_store *idle[IDLE_MAX];
    size_t n;
    uint64_t file;           /* file of the idle ones */
    struct geo_store **lent; /* those in use */
    size_t n_lent, cap_lent;
    size_t opening; /* about to be lent */
    bool shut;
};

struct stores *stores_new(const char *db_path)
{
    struct stores *stores = calloc(1, sizeof *stores);
    pthread_condattr_t monotonic;
    if (!stores)
        return NULL;
    pthread_mutex_init(&stores->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&stores->back, &monotonic);
    pthread_condattr_destroy(&monotonic);
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
    pthread_cond_destroy(&stores->back);
    pthread_mutex_destroy(&stores->lock);
    free(stores->lent);
    free(stores->db_path);
    free(stores);
}

static bool not_now(struct err *err)
{
    return err_set(err, ERR_DEPENDENCY,
                   "la base de datos falta, está dañada o se está abriendo de nuevo");
}

/* Checks that a connection to be lent again is still to the current file. */
static struct geo_store *open_or_check(struct stores *stores, struct geo_store *idle,
                                       struct err *err)
{
    if (!idle) {
        struct geo_store *store = geo_store_open(stores->db_path, GEO_STORE_READ, err);
        if (!store && err && err->kind == ERR_NOT_FOUND)
            err->kind = ERR_DEPENDENCY; /* not a mistake of the client */
        return store;
    }
    if (geo_store_sound(idle, err))
        return idle;
    geo_store_close(idle);
    return NULL;
}

struct geo_store *stores_take(struct stores *stores, uint64_t file, struct err *err)
{
    struct geo_store *store = NULL;
    pthread_mutex_lock(&stores->lock);
    size_t wanted = stores->n_lent + stores->opening + 1; /* a place before it is opened */
    bool may = !stores->shut;
    bool room = may && array_reserve(stores->lent, stores->cap_lent, wanted);
    if (room && stores->n && stores->file == file)
        store = stores->idle[--stores->n];
    stores->opening += room;
    pthread_mutex_unlock(&stores->lock);
    if (!room) {
        if (may)
            err_no_memory(err);
        else
            not_now(err);
        return NULL;
    }
    store = open_or_check(stores, store, err);
    pthread_mutex_lock(&stores->lock);
    stores->opening--;
    bool shut = stores->shut;
    if (store && !shut)
        stores->lent[stores->n_lent++] = store;
    pthread_cond_signal(&stores->back);
    pthread_mutex_unlock(&stores->lock);
    if (store && shut) {
        geo_store_close(store);
        not_now(err);
        return NULL;
    }
    return store;
}

static void take_back(struct stores *stores, const struct geo_store *store)
{
    for (size_t i = 0; i < stores->n_lent; i++)
        if (stores->lent[i] == store) {
            stores->lent[i] = stores->lent[--stores->n_lent];
            return;
        }
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
    bool shut = stores->shut;
    if (!shut) {
        take_back(stores, store);
        if (stores->n < IDLE_MAX)
            stores->idle[stores->n++] = store;
        else
            closed[n_closed++] = store;
    }
    pthread_mutex_unlock(&stores->lock);
    while (n_closed)
        geo_store_close(closed[--n_closed]);
    if (!shut)
        return;
    /* Until here it may be interrupted; it is closed before any other is opened. */
    pthread_mutex_lock(&stores->lock);
    take_back(stores, store);
    geo_store_close(store);
    pthread_cond_signal(&stores->back);
    pthread_mutex_unlock(&stores->lock);
}

bool stores_shut(struct stores *stores, long wait_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += wait_ms % 1000 * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&stores->lock);
    stores->shut = true;
    while (stores->n)
        geo_store_close(stores->idle[--stores->n]);
    for (size_t i = 0; i < stores->n_lent; i++)
        geo_store_interrupt(stores->lent[i]);
    while ((stores->n_lent || stores->opening) &&
           pthread_cond_timedwait(&stores->back, &stores->lock, &until) != ETIMEDOUT)
        continue;
    bool none = !stores->n_lent && !stores->opening;
    pthread_mutex_unlock(&stores->lock);
    return none;
}

void stores_open(struct stores *stores)
{
    pthread_mutex_lock(&stores->lock);
    stores->shut = false;
    pthread_mutex_unlock(&stores->lock);
}
