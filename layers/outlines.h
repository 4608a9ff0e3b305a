/* outlines.h - the shapes of a layer as points and arcs in Web Mercator integers,
 * and at which zoom each vertex can be missed: what a geometry is built from.
 *
 * Of the official boundaries this takes most of a start (borders snapped, arcs
 * found, vertices ranked, and where names stand), and nothing but the shapes decides
 * it. So it can be kept as bytes in the database, and be restored from them.
 *
 * Owns:    its arrays; outlines_free() ends them, or who takes one puts NULL there.
 * Threads: one at a time.
 * Units:   layers/merc.h.
 * Errors:  false when memory is short: then there is nothing to free.
 */
#ifndef LAYERS_OUTLINES_H
#define LAYERS_OUTLINES_H

#include "geo/base/buf.h"
#include "geo/place/shape.h"
#include "layers/arcs.h"

struct outline_point {
    int32_t x, y;
    uint32_t feature;
};

struct outlines {
    size_t n_features;
    struct arc_box *boxes;        /* of features; min > max: no geometry */
    struct outline_point *points; /* by feature */
    size_t n_points;
    struct arc_path *paths; /* `first` means nothing any more */
    uint32_t *feature_path; /* n_features + 1: paths of a feature */
    struct arcs *arcs;      /* of paths */
    signed char *removed;   /* by arcs->xy (simplify.h) */
    struct arc_xy *anchors; /* of labels, by feature (text/anchors.h); NULL: not found yet */
};

/* shapes: NULL entries have no geometry. tiling: polygons that do not overlap, as
 * municipalities; their borders are snapped (snap.h). */
bool outlines_build(struct geo_shape *const *shapes, size_t n_features, bool tiling,
                    struct outlines *out);
void outlines_free(struct outlines *outlines);

/* What the outlines of a layer that parts the land rest on, as one number: the
 * shapes, and the rules of this program. */
uint64_t outlines_key(struct geo_shape *const *shapes, size_t n_features);
/* The outlines as bytes, appended; anchors: of the geometry built from them, or NULL. */
void outlines_keep(const struct outlines *outlines, const struct arc_xy *anchors, uint64_t key,
                   struct buf *out);
/* The outlines that were kept with this key. False: they are of other shapes, of
 * another program, damaged, or memory is short; then build them. */
bool outlines_restore(const void *bytes, size_t len, uint64_t key, size_t n_features,
                      struct outlines *out);

#endif
