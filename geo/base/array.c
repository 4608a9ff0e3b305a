/* array.c - grows the room of an array. */
#include "geo/base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CAP_MIN = 16 };

bool array_grow(void *items, size_t *cap, size_t need, size_t size)
{
    size_t more = *cap < CAP_MIN / 2 ? CAP_MIN : *cap > SIZE_MAX / 2 ? SIZE_MAX : 2 * *cap;
    if (more < need)
        more = need;
    if (more > SIZE_MAX / size)
        return false;
    /* The pointer has the caller's type. Its bytes are copied, because reading it as a
     * void * would break C's aliasing rules. */
    void *old, *grown;
    memcpy(&old, items, sizeof old);
    grown = realloc(old, more * size);
    if (!grown)
        return false;
    memcpy(items, &grown, sizeof grown);
    *cap = more;
    /* cppcheck-suppress memleak ; *items has it now */
    return true;
}

bool array_grow_filled(void *items, size_t *cap, size_t need, size_t size, int byte)
{
    size_t before = *cap;
    char *bytes;
    if (!array_grow(items, cap, need, size))
        return false;
    memcpy(&bytes, items, sizeof bytes);
    memset(bytes + before * size, byte, (*cap - before) * size);
    return true;
}

int array_by_int64(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}
