/* snapshot_internal.h - a snapshot's insides, for layers/ alone. */
#ifndef LAYERS_SNAPSHOT_INTERNAL_H
#define LAYERS_SNAPSHOT_INTERNAL_H

#include <stdatomic.h>

#include "layers/columns.h"
#include "layers/geometry.h"
#include "layers/painters.h"
#include "layers/snapshot.h"
#include "layers/text/lettering.h"
#include "layers/vector/mvt_index.h"

/* One layer's content; shared by the snapshots in which it did not change. */
struct slab {
    atomic_int refs;
    const struct layer *layer;
    struct geo_layer_info info;
    int64_t stamp;     /* what it was built from (snapshot_build.c) */
    int64_t built_for; /* the revision it was built for */
    double read_ms, geometry_ms;
    struct geometry *geometry;
    struct columns *columns;
    struct mvt_index *vectors; /* for vector tiles, made when one is asked for */
};

struct snapshot {
    atomic_int refs;
    int64_t revision;
    struct geo_edition_info edition; /* codigo "": there is none yet */
    struct slab **slabs;             /* by layer, in order of layers_at() */
    size_t n_slabs;
    struct lettering *lettering; /* shared with the snapshots before and after */
    struct painters *painters;   /* likewise */
};

/* A layer's records in order of id. edition "": there is none. units: columns of
 * municipios, for the names of those that records are linked to. What was made
 * is the caller's, also on failure. */
bool snapshot_read(struct geo_store *store, const char *edition, const struct layer *layer,
                   const struct columns *units, struct columns **columns,
                   struct geo_shape ***shapes, struct err *err);

/* The figures of municipios replaced by these (by codigo). */
struct geo_coverage_row;
void snapshot_put_figures(struct columns *columns, const struct geo_coverage_row *rows, size_t n);

void slab_unref(struct slab *slab); /* NULL is fine */
const struct slab *snapshot_slab(const struct snapshot *snapshot, const struct layer *layer);

#endif
