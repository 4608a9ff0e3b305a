/* thinning.h - what a zoom shows of a layer with very many features.
 *
 * Layers of THINNING_FROM features or more are thinned. The plane is divided into
 * square cells of one pixel (points) or four pixels (lines and polygons, which cost
 * more to draw and encode), in pixels of the zoom's 256 px tiles: 2^(24 - zoom + cell)
 * steps. Of the features in a cell that are smaller than a pixel only the one with
 * the lowest id is shown. `stands_for` is how many records a shown feature
 * represents: summed over the shown features it gives the number of records.
 *
 * Cells do not depend on the tile. A feature shown at one zoom is shown at the next.
 * A zoom at which thinning would hide next to nothing shows all features.
 *
 * Owns:    its bits and counts. Immutable once built.
 * Threads: any may read.
 * Units:   steps (layers/shapes/merc.h).
 * Errors:  NULL when memory is short.
 */
#ifndef LAYERS_THINNING_H
#define LAYERS_THINNING_H

#include "layers/shapes/arcs.h"

enum {
    THINNING_FROM = 20000, /* features */
    THINNING_ZOOMS = 15,
    THINNING_POINTS = 0, /* cell: its width in pixels is two to that power */
    THINNING_SHAPES = 2,
};

struct thinned {
    uint64_t *features; /* bits: shown; NULL: all are */
    uint64_t *arcs, *points;
    uint32_t *before;     /* number of shown features before each word of `features` */
    uint32_t *stands_for; /* by index among the shown features */
    size_t n_shown;
};

struct thinning {
    struct thinned zooms[THINNING_ZOOMS];
    size_t bytes;
};

struct thinning *thinning_build(const struct arc_box *boxes, size_t n_features, int cell);
void thinning_free(struct thinning *thinning); /* NULL is fine */
/* Marks the arcs or points of shown features; feature_of(arg, part) is the feature of a
 * part. */
bool thinning_parts(struct thinning *thinning, bool arcs, size_t n_parts,
                    uint32_t (*feature_of)(const void *arg, size_t part), const void *arg);

/* NULL for a zoom below 0, or one at which all features are shown. */
const struct thinned *thinning_at(const struct thinning *thinning, int zoom);
uint32_t thinned_stands_for(const struct thinned *thinned, size_t feature);

#endif
