/* cache_fetch.c - makes a missing entry once, however many callers ask for it. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "server/served/cache_internal.h"

enum { LOOK_MS = 20 }; /* a waiting caller checks this often whether it is still needed */

/* An entry being made, shared by its maker and the waiting callers. The last one frees it. */
struct cache_flight {
    struct cache_flight *next; /* next in the shard */
    const char *key, *version; /* owned by the maker while it works */
    uint64_t hash;
    struct budget *budget;   /* owned by the maker while it works; NULL: no limit */
    struct cache_item *item; /* with one use for each waiter; NULL: it failed */
    struct err err;
    size_t waiters;
    bool landed;
};

/* Waits until the entry was made, or for a short time. */
static void wait_a_while(struct cache_shard *shard)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&shard->landing, &shard->lock, &until);
}

/* The shard is locked. Waits for another caller's work; NULL with *err: it failed, or this
 * caller's budget is spent. */
static struct cache_item *await(struct cache_shard *shard, struct cache_flight *flight,
                                const struct budget *budget, struct err *err)
{
    flight->waiters++;
    if (flight->budget)
        atomic_fetch_add(&flight->budget->others, 1);
    while (!flight->landed && budget_left(budget, err))
        wait_a_while(shard);
    flight->waiters--;
    if (!flight->landed) { /* its maker still uses it */
        if (flight->budget)
            atomic_fetch_sub(&flight->budget->others, 1);
        return NULL;
    }
    struct cache_item *item = flight->item;
    if (!item && err)
        *err = flight->err;
    if (flight->waiters == 0)
        free(flight);
    return item;
}

/* Gives the result to the waiting callers, a use of the item each (NULL: *err is the
 * reason). */
static void land(struct cache_shard *shard, struct cache_flight *flight, struct cache_item *item,
                 const struct err *err)
{
    pthread_mutex_lock(&shard->lock);
    struct cache_flight **at = &shard->flights;
    while (*at != flight)
        at = &(*at)->next;
    *at = flight->next;
    flight->landed = true;
    flight->item = item;
    flight->err = *err;
    if (item)
        atomic_fetch_add(&item->users, (int)flight->waiters);
    bool alone = flight->waiters == 0;
    pthread_cond_broadcast(&shard->landing);
    pthread_mutex_unlock(&shard->lock);
    if (alone)
        free(flight);
}

/* The shard is locked. The work in progress for that entry; NULL: none. */
static struct cache_flight *flight_of(const struct cache_shard *shard, const char *key,
                                      uint64_t hash, const char *version)
{
    struct cache_flight *flight = shard->flights;
    while (flight && (flight->hash != hash || strcmp(flight->key, key) != 0 ||
                      strcmp(flight->version, version) != 0))
        flight = flight->next;
    return flight;
}

/* Finds the entry, or waits for another caller who makes it. False: this caller has to
 * make it. */
static bool find_made(struct cache_shard *shard, const char *key, uint64_t hash,
                      const char *version, const struct budget *budget, struct cache_item **item,
                      struct err *err)
{
    for (;;) {
        struct err why = {0};
        struct cache_flight *flight;
        *item = cache_lend(shard, key, strlen(key), hash, version);
        if (*item)
            return true;
        if (!(flight = flight_of(shard, key, hash, version)))
            return false;
        *item = await(shard, flight, budget, &why);
        if (*item)
            return true;
        if (why.kind == ERR_CANCELLED && budget_left(budget, NULL))
            continue; /* its maker was cancelled just before */
        if (err)
            *err = why;
        return true;
    }
}

/* If the budget is spent, its error is returned, whichever function noticed it. */
static bool make_bounded(cache_make_fn *make, void *arg, const struct budget *budget, char **data,
                         size_t *len, struct err *err)
{
    if (make(arg, data, len, err))
        return true;
    if (err->kind != ERR_INPUT && err->kind != ERR_NOT_FOUND)
        budget_left(budget, err);
    return false;
}

const struct cache_entry *cache_fetch(struct cache *cache, const char *key, const char *version,
                                      cache_make_fn *make, void *arg, struct budget *budget,
                                      bool *hit, struct err *err)
{
    uint64_t hash = cache_hash(key, strlen(key));
    struct cache_shard *shard = cache_shard_of(cache, hash);
    struct err failure = {0};
    struct cache_item *item = NULL;
    char *data = NULL;
    size_t len = 0;
    pthread_mutex_lock(&shard->lock);
    *hit = find_made(shard, key, hash, version, budget, &item, err);
    struct cache_flight *flight = *hit ? NULL : calloc(1, sizeof *flight);
    if (flight) {
        *flight = (struct cache_flight){
            .next = shard->flights, .key = key, .version = version, .hash = hash, .budget = budget};
        shard->flights = flight;
    }
    pthread_mutex_unlock(&shard->lock);
    if (*hit)
        return item ? &item->entry : NULL;
    if (!flight) {
        err_no_memory(err);
        return NULL;
    }
    const struct cache_entry *entry = NULL;
    if (make_bounded(make, arg, budget, &data, &len, &failure) &&
        !(entry = cache_put(cache, key, version, data, len))) {
        free(data);
        err_no_memory(&failure);
    }
    land(shard, flight, (struct cache_item *)(uintptr_t)entry, &failure);
    if (!entry && err)
        *err = failure;
    return entry;
}
