/* snapshot.c - access to a snapshot's layers, and its reference count. */
#include "layers/snapshot.h"

#include <stdlib.h>

#include "layers/shapes/meets.h"
#include "layers/shapes/merc.h"
#include "layers/snapshot_internal.h"
#include "layers/vector/geojson.h"

static void slab_unref(struct slab *slab)
{
    if (!slab || atomic_fetch_sub_explicit(&slab->refs, 1, memory_order_acq_rel) > 1)
        return;
    geometry_unref(slab->geometry);
    columns_free(slab->columns);
    mvt_index_free(slab->vectors);
    free(slab);
}

void snapshot_warm(const struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->n_slabs; i++) {
        const struct slab *slab = snapshot->slabs[i];
        if (slab->geometry->thinning)
            mvt_index_get(slab->vectors, slab->columns, slab->geometry);
    }
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
    lettering_unref(snapshot->lettering);
    painters_unref(snapshot->painters);
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
    return slab->geometry->bytes + columns_bytes(slab->columns) + mvt_index_bytes(slab->vectors);
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

/* A lon/lat box in steps, one step wider on each side for rounding. */
static struct arc_box around(const struct geo_box *box)
{
    return (struct arc_box){
        merc_round(floor(merc_x_of(box->min_x)) - 1), merc_round(floor(merc_y_of(box->max_y)) - 1),
        merc_round(ceil(merc_x_of(box->max_x)) + 1), merc_round(ceil(merc_y_of(box->min_y)) + 1)};
}

void snapshot_put_features(const struct snapshot *snapshot, const struct layer *layer,
                           const struct snapshot_query *query, struct buf *out, int64_t *matched,
                           int64_t *returned)
{
    const struct slab *slab = snapshot_slab(snapshot, layer);
    const struct geometry *geometry = slab->geometry;
    uint64_t *bits = NULL;
    *matched = *returned = 0;
    if (query->box) {
        struct arc_box box = around(query->box);
        bits = calloc(geometry->n_features / 64 + 1, sizeof *bits);
        if (!bits) {
            out->failed = true;
            return;
        }
        geometry_mark(geometry->feature_tree, &box, bits);
    }
    for (size_t f = 0; f < geometry->n_features; f++) {
        if (bits && (!(bits[f / 64] >> (f % 64) & 1) || !geometry->shapes[f] ||
                     !shape_meets_box(geometry->shapes[f], *query->box)))
            continue;
        if (*matched >= query->offset && *returned < query->limit) {
            if ((*returned)++)
                buf_putc(out, ',');
            geojson_put_feature(slab->columns, geometry->shapes, f, out);
        }
        (*matched)++;
    }
    free(bits);
}

bool snapshot_put_feature(const struct snapshot *snapshot, const struct layer *layer,
                          const char *id, struct buf *out)
{
    const struct slab *slab = snapshot_slab(snapshot, layer);
    int64_t feature = columns_find(slab->columns, id);
    if (feature < 0)
        return false;
    geojson_put_feature(slab->columns, slab->geometry->shapes, (size_t)feature, out);
    return true;
}
