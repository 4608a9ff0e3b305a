/* http_slot.c - the data of a worker thread, reused between requests; ids of requests. */
#include <stdlib.h>

#include "server/http/http_request_internal.h"

void http_slot_free(void *value)
{
    struct slot *slot = value;
    slot->http->options.worker_free(slot->worker);
    for (size_t i = 0; i < slot->n_arenas; i++)
        arena_free(slot->arenas[i]);
    free(slot);
}

struct slot *http_slot_here(struct http *http)
{
    struct slot *slot = pthread_getspecific(http->slot);
    if (slot)
        return slot;
    slot = calloc(1, sizeof *slot);
    if (!slot)
        return NULL;
    slot->http = http;
    slot->worker = http->options.worker_new(http->options.arg);
    if (!slot->worker || pthread_setspecific(http->slot, slot) != 0) {
        http->options.worker_free(slot->worker);
        free(slot);
        return NULL;
    }
    slot->next_id = http_seed_ids(http);
    return slot;
}

/* splitmix64 */
#define GOLDEN UINT64_C(0x9E3779B97F4A7C15)

static uint64_t mixed(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

uint64_t http_seed_ids(struct http *http)
{
    return mixed(atomic_fetch_add(&http->seeds, GOLDEN));
}

void http_make_id(uint64_t *next, char id[17])
{
    static const char hex[] = "0123456789abcdef";
    uint64_t x = mixed(*next += GOLDEN);
    for (int i = 0; i < 16; i++, x >>= 4)
        id[15 - i] = hex[x & 15];
    id[16] = '\0';
}
