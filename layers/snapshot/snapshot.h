/* snapshot.h - all data that are served, immutable and in memory, so that requests never
 * wait for the database.
 *
 * Geometry as Web Mercator integers with simplified copies for each zoom, a packed
 * Hilbert R-tree a layer, attributes as columns, and each feature's GeoJSON
 * geometry at full precision.
 *
 * Owns:    everything in it, also what modules above attach to it (attachment.h);
 *          reference-counted. snapshot_ref()/snapshot_unref() may be called by any
 *          thread; the rest only reads.
 * Errors:  building fails with *err; reading only fails if memory is short.
 */
#ifndef LAYERS_SNAPSHOT_H
#define LAYERS_SNAPSHOT_H

#include "geo/base/buf.h"
#include "geo/store/store.h"
#include "layers/layer.h"

struct snapshot;

/* Builds a snapshot in one transaction of the store. Layers that did not change since
 * `previous` (a snapshot of the same file, or NULL) are shared with it. Of the others only
 * the changed records are read, if the store can list them. */
struct snapshot *snapshot_build(struct geo_store *store, struct snapshot *previous,
                                struct err *err);
/* Computes the part of an edition's boundaries that takes longest, and stores it in the
 * database for all snapshots (outlines.h), unless it is there. In a transaction of its
 * own. Without it snapshots are the same but take longer. */
bool snapshot_keep_outlines(struct geo_store *store, struct err *err);
struct snapshot *snapshot_ref(struct snapshot *snapshot);
void snapshot_unref(struct snapshot *snapshot); /* NULL is fine */

/* Sum of all revisions, as geo_store_revision(). */
int64_t snapshot_revision(const struct snapshot *snapshot);
int64_t snapshot_mark(const struct snapshot *snapshot); /* geo_store_content() */
/* A hash that differs between any two contents of a layer in one file: records, names of
 * the municipalities in them, figures, edition. */
uint64_t snapshot_content(const struct snapshot *snapshot, const struct layer *layer);
const struct geo_edition_info *snapshot_edition(const struct snapshot *snapshot); /* current one */
const struct geo_layer_info *snapshot_layer_info(const struct snapshot *snapshot,
                                                 const struct layer *layer);
/* Cost of a layer. shared: taken over from the previous snapshot. */
struct snapshot_cost {
    size_t bytes;
    double read_ms, geometry_ms;
    size_t records_read; /* all, or those that had changed */
    bool shared;
};
struct snapshot_cost snapshot_cost(const struct snapshot *snapshot, const struct layer *layer);
size_t snapshot_bytes(const struct snapshot *snapshot); /* memory, for /health */
size_t snapshot_feature_count(const struct snapshot *snapshot, const struct layer *layer);
struct geo_box snapshot_extent(const struct snapshot *snapshot,
                               const struct layer *layer); /* lon/lat */

#endif
