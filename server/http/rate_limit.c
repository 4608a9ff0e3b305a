/* rate_limit.c - the token buckets of clients.
 *
 * They are in a balanced tree by key, so that no choice of addresses makes look-ups slow.
 */
#include "server/http/rate_limit.h"

#include <pthread.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "server/http/client_key.h"

enum { LOOK_FOR_FULL = 16 };

#define NS_PER_S 1000000000

struct bucket {
    struct client_key key; /* first: the tree compares keys */
    double left_ns[RATE_KINDS];
    int64_t at_ns;                /* time at which that was left */
    struct bucket *newer, *older; /* by use */
};

struct rate_limit {
    double per_ns[RATE_KINDS], most_ns[RATE_KINDS];
    pthread_mutex_t lock; /* protects all below */
    void *tree;
    struct bucket *newest, *oldest;
    size_t n;
};

static int by_key(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct client_key));
}

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

struct rate_limit *rate_limit_new(unsigned figures_ms)
{
    struct rate_limit *limit = calloc(1, sizeof *limit);
    if (!limit)
        return NULL;
    limit->per_ns[RATE_FIGURES] = figures_ms / 1000.0;
    limit->per_ns[RATE_REST] = RATE_LIMIT_REST * limit->per_ns[RATE_FIGURES];
    for (int kind = 0; kind < RATE_KINDS; kind++)
        limit->most_ns[kind] = limit->per_ns[kind] * RATE_LIMIT_BURST_S * NS_PER_S;
    pthread_mutex_init(&limit->lock, NULL);
    return limit;
}

static void unlink_bucket(struct rate_limit *limit, struct bucket *bucket)
{
    *(bucket->newer ? &bucket->newer->older : &limit->newest) = bucket->older;
    *(bucket->older ? &bucket->older->newer : &limit->oldest) = bucket->newer;
}

static void link_newest(struct rate_limit *limit, struct bucket *bucket)
{
    bucket->newer = NULL;
    bucket->older = limit->newest;
    *(limit->newest ? &limit->newest->newer : &limit->oldest) = bucket;
    limit->newest = bucket;
}

static void drop(struct rate_limit *limit, struct bucket *bucket)
{
    tdelete(bucket, &limit->tree, by_key);
    unlink_bucket(limit, bucket);
    free(bucket);
    limit->n--;
}

void rate_limit_free(struct rate_limit *limit)
{
    if (!limit)
        return;
    while (limit->oldest)
        drop(limit, limit->oldest);
    pthread_mutex_destroy(&limit->lock);
    free(limit);
}

static double left_of(const struct rate_limit *limit, const struct bucket *bucket, int kind,
                      int64_t now)
{
    double left = bucket->left_ns[kind] + limit->per_ns[kind] * (double)(now - bucket->at_ns);
    return left < limit->most_ns[kind] ? left : limit->most_ns[kind];
}

static bool is_full(const struct rate_limit *limit, const struct bucket *bucket, int64_t now)
{
    for (int kind = 0; kind < RATE_KINDS; kind++)
        if (left_of(limit, bucket, kind, now) < limit->most_ns[kind])
            return false;
    return true;
}

/* Drops a bucket. A full one carries no information; one of the least recently used is
 * full, unless thousands of clients came at once. */
static void make_room(struct rate_limit *limit, int64_t now)
{
    struct bucket *bucket = limit->oldest;
    for (int i = 0; i < LOOK_FOR_FULL && bucket && !is_full(limit, bucket, now); i++)
        bucket = bucket->newer;
    drop(limit, bucket && is_full(limit, bucket, now) ? bucket : limit->oldest);
}

static struct bucket *find(const struct rate_limit *limit, const struct client_key *key)
{
    void *found = tfind(key, &limit->tree, by_key);
    return found ? *(struct bucket **)found : NULL;
}

static struct bucket *find_or_make(struct rate_limit *limit, const char *client, int64_t now)
{
    const struct client_key key = client_key_of(client);
    struct bucket *bucket = find(limit, &key);
    if (bucket) {
        unlink_bucket(limit, bucket);
        link_newest(limit, bucket);
        return bucket;
    }
    if (limit->n == RATE_LIMIT_CLIENTS)
        make_room(limit, now);
    bucket = calloc(1, sizeof *bucket);
    if (!bucket)
        return NULL;
    bucket->key = key;
    bucket->at_ns = now;
    memcpy(bucket->left_ns, limit->most_ns, sizeof bucket->left_ns);
    if (!tsearch(bucket, &limit->tree, by_key)) {
        free(bucket);
        return NULL;
    }
    link_newest(limit, bucket);
    limit->n++;
    return bucket;
}

bool rate_limit_allows_at(struct rate_limit *limit, const char *client, enum rate_kind kind,
                          int64_t now, unsigned *retry_s)
{
    if (!limit)
        return true;
    const struct client_key key = client_key_of(client);
    pthread_mutex_lock(&limit->lock);
    const struct bucket *bucket = find(limit, &key);
    double left = bucket ? left_of(limit, bucket, kind, now) : 1;
    pthread_mutex_unlock(&limit->lock);
    if (left > 0)
        return true;
    *retry_s = 1 + (unsigned)(-left / limit->per_ns[kind] / NS_PER_S);
    return false;
}

void rate_limit_take_at(struct rate_limit *limit, const char *client, enum rate_kind kind,
                        int64_t now, int64_t taken_ns)
{
    if (!limit || taken_ns <= 0)
        return;
    pthread_mutex_lock(&limit->lock);
    struct bucket *bucket = find_or_make(limit, client, now);
    for (int k = 0; bucket && k < RATE_KINDS; k++)
        bucket->left_ns[k] = left_of(limit, bucket, k, now);
    if (bucket) {
        bucket->at_ns = now;
        bucket->left_ns[kind] -= (double)taken_ns;
    }
    pthread_mutex_unlock(&limit->lock);
}

bool rate_limit_allows(struct rate_limit *limit, const char *client, enum rate_kind kind,
                       unsigned *retry_s)
{
    return !limit || rate_limit_allows_at(limit, client, kind, now_ns(), retry_s);
}

void rate_limit_take(struct rate_limit *limit, const char *client, enum rate_kind kind,
                     int64_t taken_ns)
{
    if (limit)
        rate_limit_take_at(limit, client, kind, now_ns(), taken_ns);
}

size_t rate_limit_clients(struct rate_limit *limit)
{
    if (!limit)
        return 0;
    pthread_mutex_lock(&limit->lock);
    size_t n = limit->n;
    pthread_mutex_unlock(&limit->lock);
    return n;
}
