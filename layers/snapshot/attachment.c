/* attachment.c - slots for what modules above the snapshot keep with it. */
#include "layers/snapshot/attachment.h"

#include <stdint.h>

struct attachment *attachment_put(const struct attachment_slot *slot_, struct attachment *made)
{
    struct attachment_slot *slot = (struct attachment_slot *)(uintptr_t)slot_;
    struct attachment *first = NULL;
    if (atomic_compare_exchange_strong(&slot->held, &first, made))
        return made;
    made->free(made);
    return first;
}

void attachment_free(struct attachment_slot *slot)
{
    struct attachment *held = attachment_get(slot);
    if (held)
        held->free(held);
    atomic_store_explicit(&slot->held, NULL, memory_order_relaxed);
}

size_t attachment_bytes(const struct attachment_slot *slot)
{
    struct attachment *held = attachment_get(slot);
    return held && held->bytes ? held->bytes(held) : 0;
}
