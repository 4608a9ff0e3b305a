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
    uint64_t stamp;    /* what it was built from (snapshot_build.c) */
    uint64_t content;  /* snapshot_content() */
    uint64_t names;    /* of municipios: what linked records have of them */
    int64_t built_for; /* the revision it was built for */
    double read_ms, geometry_ms;
    size_t records_read;
    struct geometry *geometry;
    struct columns *columns;
    struct mvt_index *vectors; /* for vector tiles, made when one is asked for */
};

struct snapshot {
    atomic_int refs;
    int64_t revision, mark;
    struct geo_edition_info edition; /* codigo "": there is none yet */
    struct slab **slabs;             /* by layer, in order of layers_at() */
    size_t n_slabs;
    struct lettering *lettering; /* shared with the snapshots before and after */
    struct painters *painters;   /* likewise */
};

/* Where layers are read from. */
struct snapshot_reader {
    struct geo_store *store;
    const char *edition;         /* "": there is none */
    const struct columns *units; /* of municipios, for the names of those that records are
                                    linked to; NULL: there are none */
    const struct geo_ids *only;  /* these records alone; NULL: all */
};

/* A layer's records in order of id. What was made is the caller's, also on failure. */
bool snapshot_read(const struct snapshot_reader *from, const struct layer *layer,
                   struct columns **columns, struct geo_shape ***shapes, struct err *err);
/* Its steps: records and links as they come; the figures of municipios, which the
 * core keeps current (codes are there already); then ids from codes, where a code is
 * missing or repeats the row's number, and everything in their order. */
bool snapshot_read_records(const struct snapshot_reader *from, const struct layer *layer,
                           struct columns **columns, struct geo_shape ***shapes, struct err *err);
bool snapshot_read_figures(const struct snapshot_reader *from, struct columns *columns,
                           struct err *err);
bool snapshot_order(struct columns *columns, struct geo_shape **shapes); /* false: memory */

/* What snapshot_read() would give, from what was read before and the records that
 * changed since (store.h), in a time that hardly depends on how many there are. `from`
 * is for the same edition and the same municipalities. *done false, nothing made: too
 * much changed, read it whole. *changed: how many records were read again. */
bool snapshot_update(const struct snapshot_reader *from, const struct slab *before,
                     struct columns **columns, struct geo_shape ***shapes, bool *done,
                     size_t *changed, struct err *err);

/* The figures of municipios replaced by these (by codigo). */
struct geo_coverage_row;
void snapshot_put_figures(struct columns *columns, const struct geo_coverage_row *rows, size_t n);

const struct slab *snapshot_slab(const struct snapshot *snapshot, const struct layer *layer);

#endif
