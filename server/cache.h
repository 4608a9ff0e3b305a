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
/* May be called from any thread; takes a void pointer to be a release function. */
void cache_return(void *entry);

#endif
