/* arena.c - arena allocator: a list of chunks that are released together. */
#include "geo/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 16 * 1024, MAX_CHUNK = 4 * 1024 * 1024 };

struct chunk {
    struct chunk *older;
    size_t used, size; /* bytes of data */
    alignas(max_align_t) unsigned char data[];
};

struct arena {
    struct chunk *newest; /* NULL: nothing was asked for yet; many arenas stay so */
};

static struct chunk *chunk_new(size_t size, struct chunk *older)
{
    struct chunk *chunk = malloc(sizeof *chunk + size);
    if (!chunk)
        return NULL;
    chunk->older = older;
    chunk->used = 0;
    chunk->size = size;
    return chunk;
}

struct arena *arena_new(void)
{
    return calloc(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct chunk *chunk = arena->newest, *older; chunk; chunk = older) {
        older = chunk->older;
        free(chunk);
    }
    free(arena);
}

void arena_reset(struct arena *arena)
{
    struct chunk *chunk = arena->newest;
    if (!chunk)
        return;
    while (chunk->older) {
        struct chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
    chunk->used = 0;
    arena->newest = chunk;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + align - 1) / align * align;
    struct chunk *chunk = arena->newest;
    if (!chunk || chunk->size - chunk->used < size) {
        size_t grown = !chunk                    ? FIRST_CHUNK
                       : chunk->size < MAX_CHUNK ? chunk->size * 2
                                                 : chunk->size;
        chunk = chunk_new(size > grown ? size : grown, chunk);
        if (!chunk)
            return NULL;
        arena->newest = chunk;
    }
    void *block = chunk->data + chunk->used;
    chunk->used += size;
    return memset(block, 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return arena_alloc(arena, count * size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);
    if (copy)
        memcpy(copy, text, len);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
    if (text)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}
