/* cache.h - a cache of answers in memory (least recently used).
 *
 * An entry is found by its key and by the version of the data it was made from
 * (versions.h). An entry of another version counts as missing, and is replaced.
 *
 * Owns:    its entries, at most max_bytes; the least recently used are dropped first. An
 *          entry that is lent lives until it is returned, even if the cache was freed or
 *          has dropped it. An entry too large to be kept can be found as long as it is
 *          lent, so that identical requests share its bytes.
 * Threads: any.
 * Errors:  when memory is short nothing is kept.
 */
#ifndef SERVER_CACHE_H
#define SERVER_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/budget.h"
#include "geo/base/err.h"

struct cache;

enum { CACHE_VERSION_SIZE = 24 }; /* most bytes of a version, with its NUL */

struct cache_entry {
    const char *data;
    size_t len;
};

/* Things made from an entry and stored with it (compressed bodies, ready responses), by
 * number. */
enum { CACHE_PARTS = 12 };

struct cache *cache_new(size_t max_bytes);
void cache_free(struct cache *cache); /* NULL is fine */

/* NULL: not there. Give it back with cache_return(). */
const struct cache_entry *cache_get(struct cache *cache, const char *key, const char *version);
/* The same with a key of so many bytes. */
const struct cache_entry *cache_find(struct cache *cache, const char *key, size_t len,
                                     const char *version);
/* Stores the bytes (malloc'ed, taken over) and lends them at once. NULL when memory is
 * short: data is still the caller's. An existing entry stays, and is lent. */
const struct cache_entry *cache_put(struct cache *cache, const char *key, const char *version,
                                    char *data, size_t len);
/* Makes a missing entry: malloc'ed bytes, which the cache takes over. */
typedef bool cache_make_fn(void *arg, char **data, size_t *len, struct err *err);
/* The entry; made if it is missing. Of concurrent callers one makes it, and the others
 * wait for the result or the failure. *hit: this caller did not make it. budget: of this
 * caller, NULL for no limit. Waiting callers are counted in `others` of the maker's
 * budget, and stop waiting when their own is spent. If making was cancelled because nobody
 * waited any more, the next caller makes it again. NULL with *err filled. */
const struct cache_entry *cache_fetch(struct cache *cache, const char *key, const char *version,
                                      cache_make_fn *make, void *arg, struct budget *budget,
                                      bool *hit, struct err *err);
/* Drops the entries of versions that are no longer `wanted`. */
typedef bool cache_wanted_fn(const void *arg, const char *version);
void cache_prune(struct cache *cache, cache_wanted_fn *wanted, const void *arg);
/* A part of a lent entry; NULL: not made yet. */
void *cache_part(const struct cache_entry *entry, size_t part);
/* Stores `made` (bytes: its memory) until the entry is freed; then free_part() frees it.
 * An existing part stays, and `made` is freed at once. Returns the part stored. */
void *cache_keep_part(struct cache *cache, const struct cache_entry *entry, size_t part, void *made,
                      size_t bytes, void (*free_part)(void *made));
/* True if an entry of that size is small enough to be kept. */
bool cache_keeps(const struct cache *cache, size_t len);
size_t cache_bytes(struct cache *cache);
/* Bytes of entries that only live because they are lent; max_bytes does not limit them. */
size_t cache_lent_bytes(const struct cache *cache);
/* May be called from any thread; the void pointer lets it be a release function. */
void cache_return(void *entry);

#endif
