/* cache.c - least-recently-used cache of answers. */
#include "server/served/cache.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/hash.h"
#include "server/served/cache_internal.h"

/* What an item takes beside its bytes. */
enum { OVERHEAD = 256 };

uint64_t cache_hash(const char *key, size_t len)
{
    uint64_t hash = hash_bytes(HASH_START, key, len);
    return hash ^ (hash >> 32);
}

struct cache_shard *cache_shard_of(struct cache *cache, uint64_t hash)
{
    return &cache->shards[hash % CACHE_SHARDS];
}

static struct cache_item **bucket_of(struct cache_shard *shard, uint64_t hash)
{
    return &shard->buckets[hash / CACHE_SHARDS % (CACHE_BUCKETS / CACHE_SHARDS)];
}

static size_t size_of(const struct cache_item *item)
{
    return item->entry.len + item->part_bytes + OVERHEAD;
}

static void cache_unref(struct cache *cache)
{
    if (atomic_fetch_sub(&cache->users, 1) != 1)
        return;
    for (size_t i = 0; i < CACHE_SHARDS; i++) {
        pthread_cond_destroy(&cache->shards[i].landing);
        pthread_mutex_destroy(&cache->shards[i].lock);
    }
    free(cache);
}

/* Counts an item that is no longer kept but only lent. */
static void count_lent(struct cache_item *item)
{
    item->counted = true;
    atomic_fetch_add(&item->cache->lent_bytes, size_of(item));
}

static void free_item(struct cache_item *item)
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

static void unlink_bucket(struct cache_shard *shard, struct cache_item *item)
{
    struct cache_item **at = bucket_of(shard, item->hash);
    while (*at != item)
        at = &(*at)->next;
    *at = item->next;
}

/* Returns an item that others can find; its last use must end with the shard locked. */
static void return_found(struct cache_item *item)
{
    struct cache_shard *shard = cache_shard_of(item->cache, item->hash);
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
    struct cache_item *item = entry;
    if (item && item->found != NEVER)
        return_found(item);
    else if (item && atomic_fetch_sub(&item->users, 1) == 1)
        free_item(item);
}

static void unlink_use(struct cache_shard *shard, struct cache_item *item)
{
    *(item->newer ? &item->newer->older : &shard->newest) = item->older;
    *(item->older ? &item->older->newer : &shard->oldest) = item->newer;
}

static void link_newest(struct cache_shard *shard, struct cache_item *item)
{
    item->newer = NULL;
    item->older = shard->newest;
    *(shard->newest ? &shard->newest->newer : &shard->oldest) = item;
    shard->newest = item;
}

static void drop(struct cache_shard *shard, struct cache_item *item)
{
    unlink_bucket(shard, item);
    unlink_use(shard, item);
    shard->bytes -= size_of(item);
    item->kept = false;
    count_lent(item);
    cache_return(&item->entry);
}

/* The shard is locked. Drops the least recently used items, except `item`. */
static void make_room(const struct cache *cache, struct cache_shard *shard,
                      const struct cache_item *item)
{
    while (shard->bytes > cache->shard_max && shard->oldest != item)
        drop(shard, shard->oldest);
}

/* The shard is locked. */
static struct cache_item *find(struct cache_shard *shard, const char *key, size_t len,
                               uint64_t hash)
{
    for (struct cache_item *item = *bucket_of(shard, hash); item; item = item->next)
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
    cache->shard_max = max_bytes / CACHE_SHARDS;
    for (size_t i = 0; i < CACHE_SHARDS; i++) {
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
    for (size_t i = 0; i < CACHE_SHARDS; i++)
        while (cache->shards[i].oldest)
            drop(&cache->shards[i], cache->shards[i].oldest);
    cache_unref(cache);
}

struct cache_item *cache_lend(struct cache_shard *shard, const char *key, size_t len, uint64_t hash,
                              const char *version)
{
    struct cache_item *item = find(shard, key, len, hash);
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
    uint64_t hash = cache_hash(key, len);
    struct cache_shard *shard = cache_shard_of(cache, hash);
    pthread_mutex_lock(&shard->lock);
    struct cache_item *item = cache_lend(shard, key, len, hash, version);
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
static void give_way(struct cache_shard *shard, struct cache_item *item)
{
    if (item->kept) {
        drop(shard, item);
    } else {
        unlink_bucket(shard, item);
        item->found = UNLISTED;
    }
}

/* The shard is locked. */
static void link_found(struct cache_shard *shard, struct cache_item *item)
{
    struct cache_item **bucket = bucket_of(shard, item->hash);
    item->next = *bucket;
    *bucket = item;
    item->found = LISTED;
    count_lent(item);
}

const struct cache_entry *cache_put(struct cache *cache, const char *key, const char *version,
                                    char *data, size_t len)
{
    size_t key_size = strlen(key) + 1, version_size = strlen(version) + 1;
    struct cache_item *item =
        version_size <= CACHE_VERSION_SIZE ? malloc(sizeof *item + key_size) : NULL;
    if (!item)
        return NULL;
    memset(item, 0, sizeof *item);
    item->cache = cache;
    atomic_fetch_add(&cache->users, 1);
    item->entry.data = data;
    item->entry.len = len;
    item->key_len = key_size - 1;
    item->hash = cache_hash(key, item->key_len);
    memcpy(item->key, key, key_size);
    memcpy(item->version, version, version_size);
    atomic_init(&item->users, 1); /* the caller */
    struct cache_shard *shard = cache_shard_of(cache, item->hash);
    pthread_mutex_lock(&shard->lock);
    struct cache_item *there = find(shard, key, item->key_len, item->hash);
    if (there && strcmp(there->version, version) != 0) {
        give_way(shard, there);
        there = NULL;
    }
    if (there) { /* another worker was quicker */
        atomic_fetch_add(&there->users, 1);
    } else if (!cache_keeps(cache, len)) { /* lent only */
        link_found(shard, item);
    } else {
        struct cache_item **bucket = bucket_of(shard, item->hash);
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

void cache_prune(struct cache *cache, cache_wanted_fn *wanted, const void *arg)
{
    for (size_t i = 0; i < CACHE_SHARDS; i++) {
        struct cache_shard *shard = &cache->shards[i];
        pthread_mutex_lock(&shard->lock);
        for (struct cache_item *item = shard->newest, *older; item; item = older) {
            older = item->older;
            if (!wanted(arg, item->version))
                drop(shard, item);
        }
        pthread_mutex_unlock(&shard->lock);
    }
}

void *cache_part(const struct cache_entry *entry, size_t part)
{
    struct cache_item *item = (struct cache_item *)(uintptr_t)entry;
    return atomic_load_explicit(&item->parts[part].made, memory_order_acquire);
}

void *cache_keep_part(struct cache *cache, const struct cache_entry *entry, size_t number,
                      void *made, size_t bytes, void (*free_part)(void *made))
{
    struct cache_item *item = (struct cache_item *)(uintptr_t)entry;
    struct cache_made *part = &item->parts[number];
    struct cache_shard *shard = cache_shard_of(cache, item->hash);
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
    for (size_t i = 0; i < CACHE_SHARDS; i++) {
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
