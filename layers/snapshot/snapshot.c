/* snapshot.c - access to a snapshot's layers, and its reference count. */
#include "layers/snapshot/snapshot.h"

#include <stdlib.h>

#include "layers/snapshot/snapshot_internal.h"

static void slab_unref(struct slab *slab)
{
    if (!slab || atomic_fetch_sub_explicit(&slab->refs, 1, memory_order_acq_rel) > 1)
        return;
    geometry_unref(slab->geometry);
    columns_free(slab->columns);
    attachment_free(&slab->vectors);
    free(slab);
}

struct snapshot_shared *snapshot_shared_new(void)
{
    struct snapshot_shared *shared = calloc(1, sizeof *shared);
    if (shared)
        atomic_init(&shared->refs, 1);
    return shared;
}

struct snapshot_shared *snapshot_shared_ref(struct snapshot_shared *shared)
{
    atomic_fetch_add_explicit(&shared->refs, 1, memory_order_relaxed);
    return shared;
}

static void shared_unref(struct snapshot_shared *shared)
{
    if (!shared || atomic_fetch_sub_explicit(&shared->refs, 1, memory_order_acq_rel) > 1)
        return;
    attachment_free(&shared->tools);
    free(shared);
}

struct snapshot *snapshot_ref(struct snapshot *snapshot)
{
    atomic_fetch_add_explicit(&snapshot->refs, 1, memory_order_relaxed);
    return snapshot;
}

void snapshot_unref(struct snapshot *snapshot)
{
    if (!snapshot || atomic_fetch_sub_explicit(&snapshot->refs, 1, memory_order_acq_rel) > 1)
        return;
    for (size_t i = 0; i < snapshot->n_slabs; i++)
        slab_unref(snapshot->slabs[i]);
    free(snapshot->slabs);
    shared_unref(snapshot->shared);
    free(snapshot);
}

const struct slab *snapshot_slab(const struct snapshot *snapshot, const struct layer *layer)
{
    for (size_t i = 0; i < snapshot->n_slabs; i++)
        if (snapshot->slabs[i]->layer == layer)
            return snapshot->slabs[i];
    return NULL;
}

int64_t snapshot_revision(const struct snapshot *snapshot)
{
    return snapshot->revision;
}

int64_t snapshot_mark(const struct snapshot *snapshot)
{
    return snapshot->mark;
}

uint64_t snapshot_content(const struct snapshot *snapshot, const struct layer *layer)
{
    return snapshot_slab(snapshot, layer)->content;
}

const struct geo_edition_info *snapshot_edition(const struct snapshot *snapshot)
{
    return &snapshot->edition;
}

const struct geo_layer_info *snapshot_layer_info(const struct snapshot *snapshot,
                                                 const struct layer *layer)
{
    return &snapshot_slab(snapshot, layer)->info;
}

static size_t slab_bytes(const struct slab *slab)
{
    return slab->geometry->bytes + columns_bytes(slab->columns) + attachment_bytes(&slab->vectors);
}

struct snapshot_cost snapshot_cost(const struct snapshot *snapshot, const struct layer *layer)
{
    const struct slab *slab = snapshot_slab(snapshot, layer);
    return (struct snapshot_cost){slab_bytes(slab), slab->read_ms, slab->geometry_ms,
                                  slab->records_read, slab->built_for != snapshot->revision};
}

size_t snapshot_bytes(const struct snapshot *snapshot)
{
    size_t bytes = sizeof *snapshot;
    for (size_t i = 0; i < snapshot->n_slabs; i++)
        bytes += slab_bytes(snapshot->slabs[i]);
    return bytes;
}

size_t snapshot_feature_count(const struct snapshot *snapshot, const struct layer *layer)
{
    return snapshot_slab(snapshot, layer)->columns->n_features;
}

struct geo_box snapshot_extent(const struct snapshot *snapshot, const struct layer *layer)
{
    const struct geometry *geometry = snapshot_slab(snapshot, layer)->geometry;
    struct geo_box box = geo_box_empty();
    for (size_t f = 0; f < geometry->n_features; f++)
        if (geometry->shapes[f])
            box = geo_box_join(box, geometry->shapes[f]->box);
    return box;
}
