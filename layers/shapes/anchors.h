/* anchors.h - where the label of a feature is placed.
 *
 * On a polygon: the point inside it farthest from its border (the pole of inaccessibility,
 * searched as in V. Agafonkin's polylabel), with vertical distances counted double, because
 * a label is wider than high. On a line: the middle of its longest part. On a point: the
 * point.
 *
 * Owns:    nothing: the anchors belong to the geometry, and are computed on demand.
 * Threads: any.
 * Units:   layers/shapes/merc.h.
 */
#ifndef LAYERS_ANCHORS_H
#define LAYERS_ANCHORS_H

#include "layers/shapes/geometry.h"

/* By feature; 0, 0 for one without geometry. NULL: memory. */
const struct arc_xy *geometry_anchors(const struct geometry *geometry);

/* The same for rings in any order, by the even-odd rule: ring r is
 * xy[first[r]] .. xy[first[r + 1] - 1], not closed. False: memory. */
bool anchor_in_rings(const struct arc_xy *xy, const uint32_t *first, size_t n_rings,
                     struct arc_xy *anchor);

#endif
