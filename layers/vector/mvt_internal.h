/* mvt_internal.h - what mvt.c and mvt_choose.c share. */
#ifndef LAYERS_MVT_INTERNAL_H
#define LAYERS_MVT_INTERNAL_H

#include "layers/snapshot_internal.h"
#include "layers/vector/mvt.h"
#include "layers/vector/mvt_shape.h"

#define MVT_RECORDS UINT32_C(0x80000000)
#define MVT_NO_COLUMN SIZE_MAX
enum { MVT_RECORDS_SEEN = 1024 };

/* What one reduction leaves of a layer. */
struct mvt_part {
    struct buf bytes; /* the Layer message's content */
    size_t features;
    int reduced;
    bool whole; /* can be reduced no further */
};

struct seen {
    uint32_t epoch, number;
};

struct mvt_encoder {
    struct mvt_shaper shaper;
    uint64_t *bits;  /* features found */
    uint32_t *cells; /* of a thinning: place in `found` of who has it, and one more */
    size_t cap_bits, cap_cells;
    uint32_t *found, *stands_for; /* and for how many records each stands */
    size_t n_found, cap_found, cap_stands_for;
    /* Per value of the layer: its number in this one. `epoch` says whether the
     * entry is of this layer and tile. */
    struct seen *seen;
    size_t cap_seen;
    uint32_t epoch;
    uint32_t *used; /* values of the layer in order of appearance */
    size_t n_used, cap_used;
    int32_t key_number[MVT_COLUMNS_MAX];      /* of a column, or -1 */
    size_t keys[MVT_COLUMNS_MAX + 1], n_keys; /* columns; MVT_NO_COLUMN: how many records */
    /* Small numbers of records, as values of the layer: entries of `used` with
     * MVT_RECORDS set are such numbers. */
    struct seen records[MVT_RECORDS_SEEN];
    int32_t records_key; /* or -1 */
    size_t n_values;     /* of the layer's tables */
    int zoom;
    const struct thinned *thinned; /* what the zoom shows of the layer; NULL: all */
    struct buf tags;
    struct mvt_part parts[MVT_LAYERS_MAX];
};

/* Items of a tree whose box meets the tile into `found`, in order of their numbers. */
bool mvt_find(struct mvt_encoder *encoder, const struct geo_rtree *tree, size_t n_items);

/* The features of a reduction, in encoder->found. It goes further at once where
 * what is known of the layer says that it cannot fit. */
bool mvt_choose(struct mvt_encoder *encoder, const struct slab *slab,
                const struct mvt_tables *tables, size_t budget, struct mvt_part *part);
/* Some features stand for more than themselves. */
bool mvt_stands_for_more(const struct mvt_encoder *encoder, const struct mvt_part *part);

#endif
