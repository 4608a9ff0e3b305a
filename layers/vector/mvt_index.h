/* mvt_index.h - data for the vector tiles of a layer beside its geometry and columns: each
 * distinct value once, already encoded; which rings are holes; where a feature's points
 * begin.
 *
 * Made when the first tile needs it, so commands without vector tiles do not pay for it,
 * and kept with the layer (layers/snapshot/attachment.h): snapshots that share the layer share it.
 * For a large layer (layers/shapes/thinning.h) the server makes it at once (mvt_warm()).
 *
 * Owns:    its tables, until the layer is freed. Immutable once made.
 * Threads: any; the first one builds, the others wait.
 * Errors:  NULL when memory is short.
 */
#ifndef LAYERS_MVT_INDEX_H
#define LAYERS_MVT_INDEX_H

#include <stddef.h>
#include <stdint.h>

struct layer;
struct slab;

#define MVT_NO_VALUE UINT32_MAX

enum { MVT_COLUMNS_MAX = 64 }; /* of a layer, as in snapshot_build.c */

struct mvt_tables {
    /* value_of[feature * n_columns + column], or MVT_NO_VALUE */
    uint32_t *value_of;
    size_t n_values;
    /* Value v as a Layer message holds it: bytes[at[v]] .. bytes[at[v + 1]] */
    size_t *at;
    char *bytes;
    uint64_t own_texts;      /* bit by column: a text that is different in most features */
    uint64_t *holes;         /* bit by path */
    uint32_t *feature_point; /* n_features + 1: points of a feature */
    size_t feature_bytes[3]; /* average bytes of a feature, at reductions 0, 1, 2 (mvt.h) */
    size_t size;             /* bytes of memory */
};

/* The columns that a reduction (mvt.h) keeps, as bits. */
uint64_t mvt_columns_kept(const struct layer *layer, const struct mvt_tables *tables, int reduced);

const struct mvt_tables *mvt_index_get(const struct slab *slab);

#endif
