/* mvt_choose.c - chooses the features of a layer that a tile shows. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "layers/vector/mvt_internal.h"

enum {
    FIRST_THINNING = 3, /* first thinning among the reductions in mvt.h */
    FIRST_CELL = 8,     /* units; a CSS pixel of a 512 px tile */
    MARGIN = 512,       /* units around the tile that are divided into cells too; whole cells */
};

/* Lists the features whose box meets the tile, in order of their ids; of a large layer
 * only those its zoom shows. */
bool mvt_find(struct mvt_encoder *encoder, const struct geo_rtree *tree, size_t n_items)
{
    size_t words = n_items / 64 + 1, n = 0;
    struct arc_box box = mvt_shaper_box(&encoder->shaper);
    const struct thinned *thinned = encoder->thinned;
    if (!array_reserve(encoder->bits, encoder->cap_bits, words))
        return false;
    memset(encoder->bits, 0, words * sizeof *encoder->bits);
    geometry_mark(tree, &box, encoder->bits);
    for (size_t w = 0; w < words; w++) {
        if (thinned)
            encoder->bits[w] &= thinned->features[w];
        n += (size_t)__builtin_popcountll(encoder->bits[w]);
    }
    if (!array_reserve(encoder->found, encoder->cap_found, n) ||
        !array_reserve(encoder->stands_for, encoder->cap_stands_for, n))
        return false;
    encoder->n_found = 0;
    for (size_t w = 0; w < words; w++)
        for (uint64_t bits = encoder->bits[w]; bits; bits &= bits - 1) {
            uint32_t feature = (uint32_t)(w * 64 + (size_t)__builtin_ctzll(bits));
            encoder->stands_for[encoder->n_found] =
                thinned ? thinned_stands_for(thinned, feature) : 1;
            encoder->found[encoder->n_found++] = feature;
        }
    return true;
}

static size_t cell_at(int64_t unit, int64_t cell, int64_t margin, size_t side)
{
    int64_t at = (unit + margin) / cell; /* cells are the same in every tile */
    return at < 0 ? 0 : at >= (int64_t)side ? side - 1 : (size_t)at;
}

/* Keeps the first feature in each cell, which then stands for the others, and features
 * larger than a cell. Thinning the result again with larger cells equals thinning all with
 * them. */
static bool thin(struct mvt_encoder *encoder, const struct geometry *geometry, int64_t cell)
{
    int64_t margin = cell > MARGIN ? cell : MARGIN;
    size_t side = (size_t)((MVT_EXTENT + 2 * margin) / cell), kept = 0;
    if (!array_reserve(encoder->cells, encoder->cap_cells, side * side))
        return false;
    memset(encoder->cells, 0, side * side * sizeof *encoder->cells);
    for (size_t i = 0; i < encoder->n_found; i++) {
        const struct arc_box *box = &geometry->boxes[encoder->found[i]];
        struct mvt_xy low = mvt_shaper_round(&encoder->shaper, box->min_x, box->min_y);
        struct mvt_xy high = mvt_shaper_round(&encoder->shaper, box->max_x, box->max_y);
        if (high.x - low.x < cell && high.y - low.y < cell) {
            uint32_t *taken =
                &encoder->cells[cell_at((low.y + high.y) >> 1, cell, margin, side) * side +
                                cell_at((low.x + high.x) >> 1, cell, margin, side)];
            if (*taken) {
                encoder->stands_for[*taken - 1] += encoder->stands_for[i];
                continue;
            }
            *taken = (uint32_t)kept + 1;
        }
        encoder->stands_for[kept] = encoder->stands_for[i];
        encoder->found[kept++] = encoder->found[i];
    }
    encoder->n_found = kept;
    return true;
}

/* Estimated by the average size of the layer's features. */
static bool cannot_fit(size_t n, size_t bytes, size_t budget)
{
    return n * bytes > budget;
}

bool mvt_choose(struct mvt_encoder *encoder, const struct slab *slab,
                const struct mvt_tables *tables, size_t budget, struct mvt_part *part)
{
    if (!mvt_find(encoder, slab->geometry->feature_tree, slab->geometry->n_features))
        return false;
    while (!part->whole && part->reduced < FIRST_THINNING - 1 &&
           cannot_fit(encoder->n_found, tables->feature_bytes[part->reduced], budget))
        part->reduced++;
    for (int step = FIRST_THINNING; step <= MVT_REDUCTION_MAX; step++) {
        bool too_many = !part->whole && part->reduced >= FIRST_THINNING - 1 &&
                        cannot_fit(encoder->n_found, tables->feature_bytes[2], budget);
        if (step > part->reduced && !too_many)
            break;
        if (!thin(encoder, slab->geometry, (int64_t)FIRST_CELL << (step - FIRST_THINNING)))
            return false;
        part->reduced = step > part->reduced ? step : part->reduced;
    }
    return true;
}

bool mvt_stands_for_more(const struct mvt_encoder *encoder, const struct mvt_part *part)
{
    return encoder->thinned || part->reduced >= FIRST_THINNING;
}
