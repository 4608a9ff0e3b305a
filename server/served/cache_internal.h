/* cache_internal.h - shared by cache.c and cache_fetch.c: the shards of a cache. */
#ifndef SERVER_CACHE_INTERNAL_H
#define SERVER_CACHE_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "server/served/cache.h"

enum { CACHE_BUCKETS = 4096, CACHE_SHARDS = 8 };

struct cache_made {
    _Atomic(void *) made; /* set once, with the shard locked */
    void (*free)(void *made);
};

struct cache_item {
    struct cache_entry entry;               /* first: an entry is its item */
    atomic_int users;                       /* the cache's own counts as one */
    bool kept;                              /* in the cache: bytes of its parts count there */
    enum { NEVER, LISTED, UNLISTED } found; /* LISTED: too large to be kept, but found while lent */
    bool counted;                           /* in cache->lent_bytes */
    struct cache *cache;
    struct cache_item *next; /* in its bucket */
    struct cache_item *newer, *older;
    uint64_t hash;
    size_t part_bytes;
    struct cache_made parts[CACHE_PARTS];
    size_t key_len;
    char version[CACHE_VERSION_SIZE];
    char key[];
};

/* An eighth of the keys, with its own lock and order of use. */
struct cache_shard {
    pthread_mutex_t lock;
    struct cache_item *buckets[CACHE_BUCKETS / CACHE_SHARDS];
    struct cache_item *newest, *oldest;
    size_t bytes;
    struct cache_flight *flights; /* entries being made (cache_fetch.c) */
    pthread_cond_t landing;
};

struct cache {
    size_t shard_max;
    atomic_size_t lent_bytes;
    atomic_int users; /* items, and the cache itself */
    struct cache_shard shards[CACHE_SHARDS];
};

uint64_t cache_hash(const char *key, size_t len);
struct cache_shard *cache_shard_of(struct cache *cache, uint64_t hash);
/* The shard is locked. Lends the entry and marks it as the last used; NULL: missing. */
struct cache_item *cache_lend(struct cache_shard *shard, const char *key, size_t len, uint64_t hash,
                              const char *version);

#endif
