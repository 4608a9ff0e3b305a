/* cache.h - answers kept in memory until they are crowded out.
 *
 * Owns:    its entries, at most max_bytes of them; the least recently used go
 *          first. An entry that is lent lives until it is returned, even if
 *          the cache is freed or has dropped it meanwhile.
 * Threads: any.
 * Errors:  when memory is short nothing is kept.
 */
#ifndef SERVER_CACHE_H
#define SERVER_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/err.h"

struct cache;

struct cache_entry {
    const char *data;
    size_t len;
};

struct cache *cache_new(size_t max_bytes);
void cache_free(struct cache *cache); /* NULL is fine */

/* NULL: not there. Give it back with cache_return(). */
const struct cache_entry *cache_get(struct cache *cache, const char *key);
/* Keeps the bytes (malloc'ed, taken over) and lends them at once. NULL when
 * memory is short: data is the caller's still. An entry that is there already
 * stays, and is lent. */
const struct cache_entry *cache_put(struct cache *cache, const char *key, char *data, size_t len);
/* Makes what is not there: malloc'ed bytes, which the cache takes over. */
typedef bool cache_make_fn(void *arg, char **data, size_t *len, struct err *err);
/* The entry, made if it is not there. However many ask for one key at a time,
 * one of them makes it and the others wait for it, and share its failure. *hit:
 * this caller did not make it. NULL with *err filled. */
const struct cache_entry *cache_fetch(struct cache *cache, const char *key, cache_make_fn *make,
                                      void *arg, bool *hit, struct err *err);
size_t cache_bytes(struct cache *cache);
/* May be called from any thread; takes a void pointer to be a release function. */
void cache_return(void *entry);

#endif
