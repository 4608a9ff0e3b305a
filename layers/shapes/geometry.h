/* geometry.h - the geometry of a layer for drawing: Web Mercator integers, a simplified
 * copy for each zoom, and R-trees.
 *
 * Owns:    everything in it; reference-counted, immutable.
 * Threads: any may read; ref and unref are atomic.
 * Units:   layers/shapes/merc.h; levels as in layers/shapes/simplify.h.
 * Errors:  NULL with *err.
 */
#ifndef LAYERS_GEOMETRY_H
#define LAYERS_GEOMETRY_H

#include <stdatomic.h>

#include "geo/base/err.h"
#include "geo/place/shape.h"
#include "layers/shapes/outlines.h"
#include "layers/shapes/simplify.h"
#include "layers/shapes/thinning.h"

struct geo_rtree;

enum { GEOMETRY_LEVELS = SIMPLIFY_LEVELS + 1 }; /* the last has every vertex */

struct geometry_run {
    uint32_t first, count; /* in `pool` */
};

struct geometry {
    size_t n_features;
    struct geo_shape **shapes; /* full precision, lon/lat; NULL: no geometry */
    uint8_t *kinds;            /* enum geo_shape_kind of each, 0: no geometry; a compact
                                  copy, so that scans do not read every shape */
    struct arc_box *boxes;     /* of features */

    struct outline_point *points; /* by feature */
    size_t n_points;

    struct arcs *arcs; /* of lines and rings; without xy, which moved to the pool */
    uint8_t *outline;  /* by arc (arcs_outline()); NULL if the layer is not `tiling` */
    struct arc_path *paths;
    uint32_t *feature_path;    /* n_features + 1: paths of a feature */
    struct geometry_run *runs; /* [level * n_arcs + arc] */
    struct arc_xy *pool;
    size_t n_pool;
    /* The layer's polygons do not overlap (municipios), and the data keep to it: every
     * arc has at most one ring on each side. */
    bool tiling;

    struct geo_rtree *feature_tree, *arc_tree, *point_tree;
    struct thinning *thinning;        /* NULL: every zoom shows all */
    _Atomic(struct arc_xy *) anchors; /* of labels, by feature; NULL until asked for (anchors.h) */
    size_t bytes;
};

/* Takes the shapes (NULL entries: no geometry) and their array, also on failure.
 * tiling: polygons that do not overlap, as municipalities. kept: bytes written by
 * outlines_keep(), or NULL; bytes of other shapes are ignored. */
struct geometry *geometry_build(struct geo_shape **shapes, size_t n_features, bool tiling,
                                const struct buf *kept, struct err *err);
struct geometry *geometry_ref(struct geometry *geometry);
void geometry_unref(struct geometry *geometry); /* NULL is fine */

/* True if the geometry was built from equal shapes, coordinate by coordinate. */
bool geometry_same(const struct geometry *geometry, struct geo_shape *const *shapes,
                   size_t n_features);

/* Sets the bit of every item whose box meets `box`, in 64-bit words. */
void geometry_mark(const struct geo_rtree *tree, const struct arc_box *box, uint64_t *bits);

static inline const struct arc_xy *geometry_arc(const struct geometry *geometry, int level,
                                                uint32_t arc, uint32_t *n)
{
    const struct geometry_run *run = &geometry->runs[(size_t)level * geometry->arcs->n_arcs + arc];
    *n = run->count;
    return geometry->pool + run->first;
}

#endif
