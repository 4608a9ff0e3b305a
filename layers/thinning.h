/* thinning.h - what a zoom shows of a layer with very many features.
 *
 * From THINNING_FROM features on, those smaller than a pixel of a zoom's 256 px
 * tiles are told apart by the cell they lie in (2^(24 - zoom + cell) steps wide,
 * the same for every tile; a pixel for points, four for lines and polygons, which
 * cost more to draw and encode): the first by id in each stands for all of them, and
 * `stands_for` says for how many, so that the sum over what is shown is the
 * number of records. What one zoom shows the next shows too; a zoom at which
 * hardly any share a cell shows all.
 *
 * Owns:    its bits and counts. Immutable once built.
 * Threads: any may read.
 * Units:   steps (layers/merc.h).
 * Errors:  NULL when memory is short.
 */
#ifndef LAYERS_THINNING_H
#define LAYERS_THINNING_H

#include "layers/arcs.h"

enum {
    THINNING_FROM = 20000, /* features */
    THINNING_ZOOMS = 15,
    THINNING_POINTS = 0, /* cell: its width in pixels is two to that power */
    THINNING_SHAPES = 2,
};

struct thinned {
    uint64_t *features; /* bits: shown; NULL: all are */
    uint64_t *arcs, *points;
    uint32_t *before;     /* shown ones before a word of `features` */
    uint32_t *stands_for; /* by place among those shown */
    size_t n_shown;
};

struct thinning {
    struct thinned zooms[THINNING_ZOOMS];
    size_t bytes;
};

struct thinning *thinning_build(const struct arc_box *boxes, size_t n_features, int cell);
void thinning_free(struct thinning *thinning); /* NULL is fine */
/* The same for parts of features: feature_of(arg, part) is the one it belongs to. */
bool thinning_parts(struct thinning *thinning, bool arcs, size_t n_parts,
                    uint32_t (*feature_of)(const void *arg, size_t part), const void *arg);

/* At a zoom below 0 or so high that all are shown: NULL. */
const struct thinned *thinning_at(const struct thinning *thinning, int zoom);
uint32_t thinned_stands_for(const struct thinned *thinned, size_t feature);

#endif
