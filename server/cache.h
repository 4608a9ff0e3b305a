/* cache.h - answers kept in memory until they are crowded out.
 *
 * An entry is found by its key and the version of what it was made of
 * (versions.h): one of another version is as good as none, and gives way.
 *
 * Owns:    its entries, at most max_bytes of them; the least recently used go
 *          first. An entry that is lent lives until it is returned, even if
 *          the cache is freed or has dropped it meanwhile. One that is too large
 *          to be kept is found as long as it is lent: who asks the same meanwhile
 *          gets the same bytes.
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

enum { CACHE_VERSION_SIZE = 24 }; /* of a version with its NUL, at most */

struct cache_entry {
    const char *data;
    size_t len;
};

/* What is made of an entry and kept with it (packed bytes, ready responses),
 * by number. */
enum { CACHE_PARTS = 12 };

struct cache *cache_new(size_t max_bytes);
void cache_free(struct cache *cache); /* NULL is fine */

/* NULL: not there. Give it back with cache_return(). */
const struct cache_entry *cache_get(struct cache *cache, const char *key, const char *version);
/* The same with a key of so many bytes. */
const struct cache_entry *cache_find(struct cache *cache, const char *key, size_t len,
                                     const char *version);
/* Keeps the bytes (malloc'ed, taken over) and lends them at once. NULL when
 * memory is short: data is the caller's still. An entry that is there already
 * stays, and is lent. */
const struct cache_entry *cache_put(struct cache *cache, const char *key, const char *version,
                                    char *data, size_t len);
/* Makes what is not there: malloc'ed bytes, which the cache takes over. */
typedef bool cache_make_fn(void *arg, char **data, size_t *len, struct err *err);
/* The entry, made if it is not there. However many ask for it at a time,
 * one of them makes it and the others wait for it, and share its failure. *hit:
 * this caller did not make it. budget: of this caller, NULL for no bound; who waits is
 * one of the `others` of the budget of who makes it, and stops waiting when their own
 * is spent. A failure because nobody waited any more is not shared: the next one makes
 * it anew. NULL with *err filled. */
const struct cache_entry *cache_fetch(struct cache *cache, const char *key, const char *version,
                                      cache_make_fn *make, void *arg, struct budget *budget,
                                      bool *hit, struct err *err);
/* Drops the entries of versions that are not `wanted` any more. */
typedef bool cache_wanted_fn(const void *arg, const char *version);
void cache_prune(struct cache *cache, cache_wanted_fn *wanted, const void *arg);
/* A part of a lent entry; NULL: nobody has made it. */
void *cache_part(const struct cache_entry *entry, size_t part);
/* Keeps `made` (bytes: its memory) until the entry goes, then free_part() frees
 * it. What is there already stays, and `made` is freed at once. Returns what is
 * kept. */
void *cache_keep_part(struct cache *cache, const struct cache_entry *entry, size_t part, void *made,
                      size_t bytes, void (*free_part)(void *made));
/* Whether an entry of that size is kept at all. */
bool cache_keeps(const struct cache *cache, size_t len);
size_t cache_bytes(struct cache *cache);
/* Of entries that live on only because they are lent: max_bytes does not bound them. */
size_t cache_lent_bytes(const struct cache *cache);
/* May be called from any thread; takes a void pointer to be a release function. */
void cache_return(void *entry);

#endif
