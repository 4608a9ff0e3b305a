/* attachment.h - data that higher modules attach: vector tables to a layer, drawing tools to
 * a store. They are found there again, and freed with it.
 *
 * A module makes its attachment when it first needs it. The snapshot does not know what it
 * is: it adds up its memory, and frees it.
 *
 * Owns:    a slot owns what is attached to it.
 * Threads: any may get and put; the owner frees once nobody does.
 */
#ifndef LAYERS_ATTACHMENT_H
#define LAYERS_ATTACHMENT_H

#include <stdatomic.h>
#include <stddef.h>

/* The first member of what is attached. */
struct attachment {
    void (*free)(struct attachment *attachment);
    size_t (*bytes)(struct attachment *attachment); /* memory so far; NULL: not counted */
};

/* All zero: nothing is attached. */
struct attachment_slot {
    _Atomic(struct attachment *) held;
};

/* NULL: nothing is attached yet. */
static inline struct attachment *attachment_get(const struct attachment_slot *slot)
{
    return atomic_load_explicit(&slot->held, memory_order_acquire);
}

/* Attaches `made`, or frees it if another thread was first; returns what is attached. The
 * slot is of a snapshot, which is const to its readers. */
struct attachment *attachment_put(const struct attachment_slot *slot, struct attachment *made);
void attachment_free(struct attachment_slot *slot);
size_t attachment_bytes(const struct attachment_slot *slot);

#endif
