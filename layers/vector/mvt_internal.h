/* mvt_internal.h - shared by mvt.c and mvt_choose.c. */
#ifndef LAYERS_MVT_INTERNAL_H
#define LAYERS_MVT_INTERNAL_H

#include "layers/snapshot/snapshot_internal.h"
#include "layers/vector/mvt.h"
#include "layers/vector/mvt_shape.h"

#define MVT_RECORDS UINT32_C(0x80000000)
#define MVT_NO_COLUMN SIZE_MAX
enum { MVT_RECORDS_SEEN = 1024 };

/* A layer at one reduction. */
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
    uint32_t *cells; /* for thinning: index in `found` of the cell's feature, plus one */
    size_t cap_bits, cap_cells;
    uint32_t *found, *stands_for; /* how many records each stands for */
    size_t n_found, cap_found, cap_stands_for;
    /* By value of the slab: its number in this layer message. `epoch` tells whether the
     * entry is of this layer and tile. */
    struct seen *seen;
    size_t cap_seen;
    uint32_t epoch;
    uint32_t *used; /* values of the layer in order of appearance */
    size_t n_used, cap_used;
    int32_t key_number[MVT_COLUMNS_MAX];      /* of a column, or -1 */
    size_t keys[MVT_COLUMNS_MAX + 1], n_keys; /* columns; MVT_NO_COLUMN: the number of records */
    /* Small numbers of records as values: entries of `used` with MVT_RECORDS set are such
     * numbers. */
    struct seen records[MVT_RECORDS_SEEN];
    int32_t records_key; /* or -1 */
    size_t n_values;     /* of the layer's tables */
    int zoom;
    const struct thinned *thinned; /* features of the layer that the zoom shows; NULL: all */
    struct buf tags;
    struct mvt_part parts[LAYERS_MAX];
};

/* Lists items of a tree whose box meets the tile in `found`, in order of their numbers. */
bool mvt_find(struct mvt_encoder *encoder, const struct geo_rtree *tree, size_t n_items);

/* Lists the features of a reduction in encoder->found. Goes on to a further reduction at
 * once if this one cannot fit, by what is known of the layer. */
bool mvt_choose(struct mvt_encoder *encoder, const struct slab *slab,
                const struct mvt_tables *tables, size_t budget, struct mvt_part *part);
/* True if some features stand for more than one record. */
bool mvt_stands_for_more(const struct mvt_encoder *encoder, const struct mvt_part *part);

#endif
