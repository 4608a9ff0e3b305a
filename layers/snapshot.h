/* snapshot.h - all that is served, immutable and in memory, so that requests
 * never wait for the database.
 *
 * Geometry as Web Mercator integers with per-zoom simplification, a packed
 * Hilbert R-tree a layer, attributes as columns, and each feature's GeoJSON
 * geometry at full precision.
 *
 * Owns:    everything in it; reference-counted. snapshot_ref()/snapshot_unref()
 *          may be called by any thread; the rest only reads.
 * Errors:  building fails with *err; reading does not fail but for memory.
 */
#ifndef LAYERS_SNAPSHOT_H
#define LAYERS_SNAPSHOT_H

#include "geo/base/buf.h"
#include "geo/store/store.h"
#include "layers/layer.h"

struct snapshot;

/* Reads the store in one transaction. Layers whose revision is that of `previous` (a
 * snapshot of the same file, or NULL) are shared with it; of the others only what
 * changed since is read, where the store can tell. */
struct snapshot *snapshot_build(struct geo_store *store, struct snapshot *previous,
                                struct err *err);

/* Makes ready what the first vector tile of a large layer would wait for; requests
 * may come meanwhile. */
void snapshot_warm(const struct snapshot *snapshot);
/* Computes what of an edition's boundaries takes longest, and keeps it in the store
 * for every snapshot of it (outlines.h); what is there already stays. A transaction
 * of its own: without it snapshots are the same, and take longer. */
bool snapshot_keep_outlines(struct geo_store *store, struct err *err);
struct snapshot *snapshot_ref(struct snapshot *snapshot);
void snapshot_unref(struct snapshot *snapshot); /* NULL is fine */

/* Sum of all revisions, as geo_store_revision(). */
int64_t snapshot_revision(const struct snapshot *snapshot);
int64_t snapshot_mark(const struct snapshot *snapshot); /* geo_store_content() */
/* Differs between any two contents of a layer in one file: its records, the names of
 * the municipalities in them, its figures, the edition. */
uint64_t snapshot_content(const struct snapshot *snapshot, const struct layer *layer);
const struct geo_edition_info *snapshot_edition(const struct snapshot *snapshot); /* current one */
const struct geo_layer_info *snapshot_layer_info(const struct snapshot *snapshot,
                                                 const struct layer *layer);
/* What a layer takes and took; shared: it is as the previous snapshot built it. */
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

/* Features for the API ----------------------------------------------------- */

struct snapshot_query {
    const struct geo_box *box; /* lon/lat; the geometry itself must meet it, not only its box */
    int64_t offset, limit;
};

/* Puts the features, separated by commas (no array brackets), in order of
 * their id; *matched counts all that meet the query. */
void snapshot_put_features(const struct snapshot *snapshot, const struct layer *layer,
                           const struct snapshot_query *query, struct buf *out, int64_t *matched,
                           int64_t *returned);
/* One feature by its id (codigo; where codes repeat, the row's number); false: none. */
bool snapshot_put_feature(const struct snapshot *snapshot, const struct layer *layer,
                          const char *id, struct buf *out);

#endif
