/* snapshot_internal.h - the fields of a snapshot; only for layers/. */
#ifndef LAYERS_SNAPSHOT_INTERNAL_H
#define LAYERS_SNAPSHOT_INTERNAL_H

#include <stdatomic.h>

#include "layers/shapes/geometry.h"
#include "layers/snapshot/attachment.h"
#include "layers/snapshot/columns.h"
#include "layers/snapshot/snapshot.h"

/* One layer's content; shared by the snapshots in which it did not change. */
struct slab {
    atomic_int refs;
    const struct layer *layer;
    struct geo_layer_info info;
    uint64_t stamp;    /* what it was built from (snapshot_build.c) */
    uint64_t content;  /* snapshot_content() */
    uint64_t names;    /* of municipios: hash of the names that linked records show */
    int64_t built_for; /* the revision it was built for */
    double read_ms, geometry_ms;
    size_t records_read;
    struct geometry *geometry;
    struct columns *columns;
    struct attachment_slot vectors; /* for vector tiles (layers/vector/mvt_index.h) */
};

/* Shared by a snapshot with those before and after it. */
struct snapshot_shared {
    atomic_int refs;
    struct attachment_slot tools; /* that maps are drawn with (layers/map/tools.h) */
};

struct snapshot {
    atomic_int refs;
    int64_t revision, mark;
    struct geo_edition_info edition; /* codigo "": there is none yet */
    struct slab **slabs;             /* by layer, in order of layers_at() */
    size_t n_slabs;
    struct snapshot_shared *shared;
};

/* Where layers are read from. */
struct snapshot_reader {
    struct geo_store *store;
    const char *edition;         /* "": there is none */
    const struct columns *units; /* of municipios, whose names records show; NULL: none */
    const struct geo_ids *only;  /* only these records; NULL: all */
};

/* Reads a layer's records in order of id. What was allocated is the caller's, also on
 * failure. */
bool snapshot_read(const struct snapshot_reader *from, const struct layer *layer,
                   struct columns **columns, struct geo_shape ***shapes, struct err *err);
/* The steps of snapshot_read(): records and links in the order of the store; the stored
 * figures of municipios (codes must be set); then ids from codes (the row's number if a
 * code is missing or repeated), and sorting by id. */
bool snapshot_read_records(const struct snapshot_reader *from, const struct layer *layer,
                           struct columns **columns, struct geo_shape ***shapes, struct err *err);
bool snapshot_read_figures(const struct snapshot_reader *from, struct columns *columns,
                           struct err *err);
bool snapshot_order(struct columns *columns, struct geo_shape **shapes); /* false: memory */

/* Gives the result of snapshot_read() by merging the previous slab with the records that
 * changed since (store.h), in a time that hardly depends on the number of records. `from`
 * is for the same edition and the same municipalities. *done false, and nothing made: too
 * much changed, read everything. *changed: how many records were read. */
bool snapshot_update(const struct snapshot_reader *from, const struct slab *before,
                     struct columns **columns, struct geo_shape ***shapes, bool *done,
                     size_t *changed, struct err *err);

/* Replaces the figures of municipios by these (by codigo). */
struct geo_coverage_row;
void snapshot_put_figures(struct columns *columns, const struct geo_coverage_row *rows, size_t n);

struct snapshot_shared *snapshot_shared_new(void); /* NULL: memory */
struct snapshot_shared *snapshot_shared_ref(struct snapshot_shared *shared);

const struct slab *snapshot_slab(const struct snapshot *snapshot, const struct layer *layer);

#endif
