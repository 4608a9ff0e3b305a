/* outlines.h - a layer's shapes as points and arcs in Web Mercator integers, and for each
 * vertex the zooms that do not need it: the input of a geometry.
 *
 * For the official boundaries this takes most of the server's start: snapping borders,
 * finding arcs, ranking vertices, placing labels. The result depends on the shapes alone,
 * so it is stored as bytes in the database, and restored from them.
 *
 * Owns:    its arrays; outlines_free() frees them. Whoever takes one sets it to NULL.
 * Threads: one at a time.
 * Units:   layers/shapes/merc.h.
 * Errors:  false when memory is short: then there is nothing to free.
 */
#ifndef LAYERS_OUTLINES_H
#define LAYERS_OUTLINES_H

#include "geo/base/buf.h"
#include "geo/place/shape.h"
#include "layers/shapes/arcs.h"

struct outline_point {
    int32_t x, y;
    uint32_t feature;
};

struct outlines {
    size_t n_features;
    struct arc_box *boxes;        /* of features; min > max: no geometry */
    struct outline_point *points; /* by feature */
    size_t n_points;
    struct arc_path *paths; /* `first` is no longer valid */
    uint32_t *feature_path; /* n_features + 1: paths of a feature */
    struct arcs *arcs;      /* of paths */
    signed char *removed;   /* by arcs->xy (simplify.h) */
    struct arc_xy *anchors; /* of labels, by feature (text/anchors.h); NULL: not computed yet */
};

/* shapes: NULL entries have no geometry. tiling: polygons that do not overlap, as
 * municipalities; their borders are snapped (snap.h). */
bool outlines_build(struct geo_shape *const *shapes, size_t n_features, bool tiling,
                    struct outlines *out);
void outlines_free(struct outlines *outlines);

/* A hash of everything on which outlines depend: the shapes, and the code of this program. */
uint64_t outlines_key(struct geo_shape *const *shapes, size_t n_features);
/* Appends the outlines as bytes; anchors: of the geometry built from them, or NULL. */
void outlines_keep(const struct outlines *outlines, const struct arc_xy *anchors, uint64_t key,
                   struct buf *out);
/* Restores outlines stored with this key. False: they are of other shapes or of another
 * program, damaged, or memory is short; then they have to be built. */
bool outlines_restore(const void *bytes, size_t len, uint64_t key, size_t n_features,
                      struct outlines *out);

#endif
