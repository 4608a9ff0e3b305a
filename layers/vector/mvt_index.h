/* mvt_index.h - what vector tiles of a layer need beside its geometry and
 * columns: every distinct value once, encoded already; which rings are holes;
 * where a feature's points begin.
 *
 * Made when the first tile asks for it: commands that draw none pay nothing.
 * Of a large layer (layers/thinning.h) the server asks for it at once (snapshot_warm).
 *
 * Owns:    its tables. Immutable once they are there.
 * Threads: any; the first one builds, the others wait.
 * Errors:  NULL when memory is short.
 */
#ifndef LAYERS_MVT_INDEX_H
#define LAYERS_MVT_INDEX_H

#include "layers/columns.h"
#include "layers/geometry.h"

#define MVT_NO_VALUE UINT32_MAX

enum { MVT_COLUMNS_MAX = 64 }; /* of a layer, as in snapshot_build.c */

struct mvt_tables {
    /* value_of[feature * n_columns + column], or MVT_NO_VALUE */
    uint32_t *value_of;
    size_t n_values;
    /* Value v as a Layer message holds it: bytes[at[v]] .. bytes[at[v + 1]] */
    size_t *at;
    char *bytes;
    uint64_t own_texts;      /* bit by column: a text most features have one of their own of */
    uint64_t *holes;         /* bit by path */
    uint32_t *feature_point; /* n_features + 1: points of a feature */
    size_t feature_bytes[3]; /* a feature's, on average, at reductions 0, 1, 2 (mvt.h) */
    size_t size;             /* bytes of memory */
};

struct mvt_index;

struct mvt_index *mvt_index_new(void);        /* NULL: memory */
void mvt_index_free(struct mvt_index *index); /* NULL is fine */

/* The columns that a reduction (mvt.h) leaves, as bits. */
uint64_t mvt_columns_kept(const struct layer *layer, const struct mvt_tables *tables, int reduced);

/* Always with the same columns and geometry. */
const struct mvt_tables *mvt_index_get(struct mvt_index *index, const struct columns *columns,
                                       const struct geometry *geometry);
/* Memory it has taken so far. */
size_t mvt_index_bytes(struct mvt_index *index);

#endif
