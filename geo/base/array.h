/* array.h - room in an array that grows.
 *
 *     if (!array_reserve(list->items, list->cap, list->n + 1))
 *         return err_no_memory(err);
 *     list->items[list->n++] = item;
 *
 * Owns:    nothing. `items` is a pointer for free(), NULL at first; `cap`, a
 *          size_t, is how many it has room for, 0 at first.
 * Threads: as its owner.
 * Errors:  false when memory is short or so many bytes cannot be counted; items
 *          and cap are then as before.
 */
#ifndef GEO_BASE_ARRAY_H
#define GEO_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/* Room for `need` items in all. The room at least doubles, so that n items added
 * one by one are copied fewer than 2 n times. What is new holds no value yet, and
 * pointers into the array end. The arguments have no side effects: each is
 * evaluated more than once. */
#define array_reserve(items, cap, need) \
    ((need) <= (cap) || array_grow((void *)&(items), &(cap), (need), sizeof *(items)))

/* As array_reserve(); every byte of the new room is set to `byte`, so that 0xFF makes
 * signed numbers -1. */
#define array_reserve_filled(items, cap, need, byte) \
    ((need) <= (cap) || array_grow_filled((void *)&(items), &(cap), (need), sizeof *(items), byte))

/* What they call: `items` is the address of the pointer, `size` that of
 * an item. */
bool array_grow(void *items, size_t *cap, size_t need, size_t size);
bool array_grow_filled(void *items, size_t *cap, size_t need, size_t size, int byte);

#endif
