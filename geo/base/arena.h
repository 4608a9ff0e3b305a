/* arena.h - memory that is released all at once.
 *
 * Owns:    every block it hands out; arena_reset() and arena_free() end them.
 * Threads: one arena per thread.
 * Errors:  NULL when memory is short. Blocks are aligned for any type.
 *
 * A request's memory comes from the arena of its worker; a module that builds
 * a result for its caller takes the caller's arena.
 */
#ifndef GEO_BASE_ARENA_H
#define GEO_BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is fine */

/* Zeroed memory; size 0 gives a valid block. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size); /* checked product */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Forgets every block and keeps the first chunk for reuse. */
void arena_reset(struct arena *arena);

#endif
