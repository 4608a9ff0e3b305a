/* array.h - arrays that grow.
 *
 *     if (!array_reserve(list->items, list->cap, list->n + 1))
 *         return err_no_memory(err);
 *     list->items[list->n++] = item;
 *
 * Owns:    nothing. `items` is a pointer for free(), NULL at first; `cap`, a
 *          size_t, is how many it has room for, 0 at first.
 * Threads: as its owner.
 * Errors:  false when memory is short or the size does not fit in a size_t; items
 *          and cap are then unchanged.
 */
#ifndef GEO_BASE_ARRAY_H
#define GEO_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/* Makes room for `need` items in all. The array at least doubles, so n items added
 * one by one cost fewer than 2 n copies. New items have no value yet; pointers into
 * the array become invalid. The macro evaluates its arguments more than once: they
 * must not have side effects. */
#define array_reserve(items, cap, need) \
    ((need) <= (cap) || array_grow((void *)&(items), &(cap), (need), sizeof *(items)))

/* As array_reserve(), and sets every byte of the new items to `byte`: 0xFF makes
 * signed numbers -1. */
#define array_reserve_filled(items, cap, need, byte) \
    ((need) <= (cap) || array_grow_filled((void *)&(items), &(cap), (need), sizeof *(items), byte))

/* Order of int64_t, lowest first, for qsort() and bsearch(). */
int array_by_int64(const void *a, const void *b);

/* Behind the macros. `items` is the address of the pointer, `size` the bytes of an
 * item. */
bool array_grow(void *items, size_t *cap, size_t need, size_t size);
bool array_grow_filled(void *items, size_t *cap, size_t need, size_t size, int byte);

#endif
