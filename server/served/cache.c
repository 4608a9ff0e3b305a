/* cache.c - least-recently-used cache of answers; equal requests wait for one another. */
#include "server/served/cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    BUCKETS = 4096,
    SHARDS = 8,
    OVERHEAD = 256,
    LOOK_MS = 20, /* a waiting caller checks this often whether it is still needed */
};

struct cache_made {
    _Atomic(void *) made; /* set once, with the shard locked */
    void (*free)(void *made);
};

struct item {
    struct cache_entry entry;               /* first: an entry is its item */
    atomic_int users;                       /* the cache's own counts as one */
    bool kept;                              /* in the cache: bytes of its parts count there */
    enum { NEVER, LISTED, UNLISTED } found; /* LISTED: too large to be kept, but found while lent */
    bool counted;                           /* in cache->lent_bytes */
    struct cache *cache;
    struct item *next; /* in its bucket */
    struct item *newer, *older;
    uint64_t hash;
    size_t part_bytes;
    struct cache_made parts[CACHE_PARTS];
    size_t key_len;
    char version[CACHE_VERSION_SIZE];
    char key[];
};

/* An entry being made, shared by its maker and the waiting callers. The last one frees it. */
struct flight {
    struct flight *next;       /* next in the shard */
    const char *key, *version; /* owned by the maker while it works */
    uint64_t hash;
    struct budget *budget; /* owned by the maker while it works; NULL: no limit */
    struct item *item;     /* with one use for each waiter; NULL: it failed */
    struct err err;
    size_t waiters;
    bool landed;
};

/* An eighth of the keys, with its own lock and order of use. */
struct shard {
    pthread_mutex_t lock;
    struct item *buckets[BUCKETS / SHARDS];
    struct item *newest, *oldest;
    size_t bytes;
    struct flight *flights;
    pthread_cond_t landing;
};

struct cache {
    size_t shard_max;
    atomic_size_t lent_bytes;
    atomic_int users; /* items, and the cache itself */
    struct shard shards[SHARDS];
};

/* FNV-1a, 64 bits */
static uint64_t hash_of(const char *key, size_t len)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)key[i]) * UINT64_C(0x100000001b3);
    return hash ^ (hash >> 32);
}

static struct shard *shard_of(struct cache *cache, uint64_t hash)
{
    return &cache->shards[hash % SHARDS];
}

static struct item **bucket_of(struct shard *shard, uint64_t hash)
{
    return &shard->buckets[hash / SHARDS % (BUCKETS / SHARDS)];
}

static size_t size_of(const struct item *item)
{
    return item->entry.len + item->part_bytes + OVERHEAD;
}

static void cache_unref(struct cache *cache)
{
    if (atomic_fetch_sub(&cache->users, 1) != 1)
        return;
    for (size_t i = 0; i < SHARDS; i++) {
        pthread_cond_destroy(&cache->shards[i].landing);
        pthread_mutex_destroy(&cache->shards[i].lock);
    }
    free(cache);
}

/* Counts an item that is no longer kept but only lent. */
static void count_lent(struct item *item)
{
    item->counted = true;
    atomic_fetch_add(&item->cache->lent_bytes, size_of(item));
}

static void free_item(struct item *item)
{
    if (item->counted)
        atomic_fetch_sub(&item->cache->lent_bytes, size_of(item));
    for (size_t i = 0; i < CACHE_PARTS; i++)
        if (atomic_load(&item->parts[i].made))
            item->parts[i].free(atomic_load(&item->parts[i].made));
    free((void *)(uintptr_t)item->entry.data);
    cache_unref(item->cache);
    free(item);
}

static void unlink_bucket(struct shard *shard, struct item *item)
{
    struct item **at = bucket_of(shard, item->hash);
    while (*at != item)
        at = &(*at)->next;
    *at = item->next;
}

/* Returns an item that others can find; its last use must end with the shard locked. */
static void return_found(struct item *item)
{
    struct shard *shard = shard_of(item->cache, item->hash);
    pthread_mutex_lock(&shard->lock);
    bool last = atomic_fetch_sub(&item->users, 1) == 1;
    if (last && item->found == LISTED)
        unlink_bucket(shard, item);
    pthread_mutex_unlock(&shard->lock);
    if (last)
        free_item(item);
}

void cache_return(void *entry)
{
    struct item *item = entry;
    if (item && item->found != NEVER)
        return_found(item);
    else if (item && atomic_fetch_sub(&item->users, 1) == 1)
        free_item(item);
}

static void unlink_use(struct shard *shard, struct item *item)
{
    *(item->newer ? &item->newer->older : &shard->newest) = item->older;
    *(item->older ? &item->older->newer : &shard->oldest) = item->newer;
}

static void link_newest(struct shard *shard, struct item *item)
{
    item->newer = NULL;
    item->older = shard->newest;
    *(shard->newest ? &shard->newest->newer : &shard->oldest) = item;
    shard->newest = item;
}

static void drop(struct shard *shard, struct item *item)
{
    unlink_bucket(shard, item);
    unlink_use(shard, item);
    shard->bytes -= size_of(item);
    item->kept = false;
    count_lent(item);
    cache_return(&item->entry);
}

/* The shard is locked. Drops the least recently used items, except `item`. */
static void make_room(const struct cache *cache, struct shard *shard, const struct item *item)
{
    while (shard->bytes > cache->shard_max && shard->oldest != item)
        drop(shard, shard->oldest);
}

/* The shard is locked. */
static struct item *find(struct shard *shard, const char *key, size_t len, uint64_t hash)
{
    for (struct item *item = *bucket_of(shard, hash); item; item = item->next)
        if (item->hash == hash && item->key_len == len && memcmp(item->key, key, len) == 0)
            return item;
    return NULL;
}

struct cache *cache_new(size_t max_bytes)
{
    struct cache *cache = calloc(1, sizeof *cache);
    pthread_condattr_t monotonic;
    if (!cache)
        return NULL;
    atomic_init(&cache->users, 1);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    cache->shard_max = max_bytes / SHARDS;
    for (size_t i = 0; i < SHARDS; i++) {
        pthread_mutex_init(&cache->shards[i].lock, NULL);
        pthread_cond_init(&cache->shards[i].landing, &monotonic);
    }
    pthread_condattr_destroy(&monotonic);
    return cache;
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < SHARDS; i++)
        while (cache->shards[i].oldest)
            drop(&cache->shards[i], cache->shards[i].oldest);
    cache_unref(cache);
}

/* The shard is locked. Lends the entry and marks it as the last used; NULL: missing. */
static struct item *lend(struct shard *shard, const char *key, size_t len, uint64_t hash,
                         const char *version)
{
    struct item *item = find(shard, key, len, hash);
    if (!item || strcmp(item->version, version) != 0)
        return NULL;
    atomic_fetch_add_explicit(&item->users, 1, memory_order_relaxed);
    if (item->kept && item != shard->newest) {
        unlink_use(shard, item);
        link_newest(shard, item);
    }
    return item;
}

const struct cache_entry *cache_find(struct cache *cache, const char *key, size_t len,
                                     const char *version)
{
    uint64_t hash = hash_of(key, len);
    struct shard *shard = shard_of(cache, hash);
    pthread_mutex_lock(&shard->lock);
    struct item *item = lend(shard, key, len, hash, version);
    pthread_mutex_unlock(&shard->lock);
    return item ? &item->entry : NULL;
}

const struct cache_entry *cache_get(struct cache *cache, const char *key, const char *version)
{
    return cache_find(cache, key, strlen(key), version);
}

bool cache_keeps(const struct cache *cache, size_t len)
{
    return len + OVERHEAD <= cache->shard_max / 2;
}

/* The shard is locked. Makes the item impossible to find. */
static void give_way(struct shard *shard, struct item *item)
{
    if (item->kept) {
        drop(shard, item);
    } else {
        unlink_bucket(shard, item);
        item->found = UNLISTED;
    }
}

/* The shard is locked. */
static void link_found(struct shard *shard, struct item *item)
{
    struct item **bucket = bucket_of(shard, item->hash);
    item->next = *bucket;
    *bucket = item;
    item->found = LISTED;
    count_lent(item);
}

const struct cache_entry *cache_put(struct cache *cache, const char *key, const char *version,
                                    char *data, size_t len)
{
    size_t key_size = strlen(key) + 1, version_size = strlen(version) + 1;
    struct item *item = version_size <= CACHE_VERSION_SIZE ? malloc(sizeof *item + key_size) : NULL;
    if (!item)
        return NULL;
    memset(item, 0, sizeof *item);
    item->cache = cache;
    atomic_fetch_add(&cache->users, 1);
    item->entry.data = data;
    item->entry.len = len;
    item->key_len = key_size - 1;
    item->hash = hash_of(key, item->key_len);
    memcpy(item->key, key, key_size);
    memcpy(item->version, version, version_size);
    atomic_init(&item->users, 1); /* the caller */
    struct shard *shard = shard_of(cache, item->hash);
    pthread_mutex_lock(&shard->lock);
    struct item *there = find(shard, key, item->key_len, item->hash);
    if (there && strcmp(there->version, version) != 0) {
        give_way(shard, there);
        there = NULL;
    }
    if (there) { /* another worker was quicker */
        atomic_fetch_add(&there->users, 1);
    } else if (!cache_keeps(cache, len)) { /* lent only */
        link_found(shard, item);
    } else {
        struct item **bucket = bucket_of(shard, item->hash);
        item->next = *bucket;
        *bucket = item;
        link_newest(shard, item);
        item->kept = true;
        shard->bytes += size_of(item);
        atomic_fetch_add(&item->users, 1);
        make_room(cache, shard, item);
    }
    pthread_mutex_unlock(&shard->lock);
    if (there)
        cache_return(&item->entry);
    return there ? &there->entry : &item->entry;
}

/* Waits until the entry was made, or for a short time. */
static void wait_a_while(struct shard *shard)
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
static struct item *await(struct shard *shard, struct flight *flight, const struct budget *budget,
                          struct err *err)
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
    struct item *item = flight->item;
    if (!item && err)
        *err = flight->err;
    if (flight->waiters == 0)
        free(flight);
    return item;
}

/* Gives the result to the waiting callers, a use of the item each (NULL: *err is the
 * reason). */
static void land(struct shard *shard, struct flight *flight, struct item *item,
                 const struct err *err)
{
    pthread_mutex_lock(&shard->lock);
    struct flight **at = &shard->flights;
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
static struct flight *flight_of(const struct shard *shard, const char *key, uint64_t hash,
                                const char *version)
{
    struct flight *flight = shard->flights;
    while (flight && (flight->hash != hash || strcmp(flight->key, key) != 0 ||
                      strcmp(flight->version, version) != 0))
        flight = flight->next;
    return flight;
}

/* Finds the entry, or waits for another caller who makes it. False: this caller has to
 * make it. */
static bool find_made(struct shard *shard, const char *key, uint64_t hash, const char *version,
                      const struct budget *budget, struct item **item, struct err *err)
{
    for (;;) {
        struct err why = {0};
        struct flight *flight;
        *item = lend(shard, key, strlen(key), hash, version);
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
    uint64_t hash = hash_of(key, strlen(key));
    struct shard *shard = shard_of(cache, hash);
    struct err failure = {0};
    struct item *item = NULL;
    char *data = NULL;
    size_t len = 0;
    pthread_mutex_lock(&shard->lock);
    *hit = find_made(shard, key, hash, version, budget, &item, err);
    struct flight *flight = *hit ? NULL : calloc(1, sizeof *flight);
    if (flight) {
        *flight = (struct flight){
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
    land(shard, flight, (struct item *)(uintptr_t)entry, &failure);
    if (!entry && err)
        *err = failure;
    return entry;
}

void cache_prune(struct cache *cache, cache_wanted_fn *wanted, const void *arg)
{
    for (size_t i = 0; i < SHARDS; i++) {
        struct shard *shard = &cache->shards[i];
        pthread_mutex_lock(&shard->lock);
        for (struct item *item = shard->newest, *older; item; item = older) {
            older = item->older;
            if (!wanted(arg, item->version))
                drop(shard, item);
        }
        pthread_mutex_unlock(&shard->lock);
    }
}

void *cache_part(const struct cache_entry *entry, size_t part)
{
    struct item *item = (struct item *)(uintptr_t)entry;
    return atomic_load_explicit(&item->parts[part].made, memory_order_acquire);
}

void *cache_keep_part(struct cache *cache, const struct cache_entry *entry, size_t number,
                      void *made, size_t bytes, void (*free_part)(void *made))
{
    struct item *item = (struct item *)(uintptr_t)entry;
    struct cache_made *part = &item->parts[number];
    struct shard *shard = shard_of(cache, item->hash);
    pthread_mutex_lock(&shard->lock);
    void *there = atomic_load(&part->made);
    if (!there) {
        part->free = free_part;
        atomic_store_explicit(&part->made, made, memory_order_release);
        item->part_bytes += bytes;
        if (item->counted)
            atomic_fetch_add(&item->cache->lent_bytes, bytes);
        if (item->kept) {
            shard->bytes += bytes;
            make_room(cache, shard, item);
        }
    }
    pthread_mutex_unlock(&shard->lock);
    if (there)
        free_part(made);
    return there ? there : made;
}

size_t cache_bytes(struct cache *cache)
{
    size_t bytes = 0;
    for (size_t i = 0; i < SHARDS; i++) {
        pthread_mutex_lock(&cache->shards[i].lock);
        bytes += cache->shards[i].bytes;
        pthread_mutex_unlock(&cache->shards[i].lock);
    }
    return bytes;
}

size_t cache_lent_bytes(const struct cache *cache)
{
    return atomic_load(&cache->lent_bytes);
}
