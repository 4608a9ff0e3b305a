/* anchors.h - where the label of a feature stands.
 *
 * A polygon's is the place inside it that is farthest from its border (the pole
 * of inaccessibility; the search is that of V. Agafonkin's polylabel), with
 * distances up and down counted twice, since a name is wider than it is high.
 * A line's is the middle of its longest part, a point's the point.
 *
 * Owns:    nothing: the anchors are the geometry's, found when first asked for.
 * Threads: any.
 * Units:   layers/merc.h.
 */
#ifndef LAYERS_ANCHORS_H
#define LAYERS_ANCHORS_H

#include "layers/geometry.h"

/* By feature; of one without geometry it is 0, 0. NULL: memory. */
const struct arc_xy *geometry_anchors(const struct geometry *geometry);

/* The same for rings in any order, by the even-odd rule: ring r is
 * xy[first[r]] .. xy[first[r + 1] - 1], not closed. False: memory. */
bool anchor_in_rings(const struct arc_xy *xy, const uint32_t *first, size_t n_rings,
                     struct arc_xy *anchor);

#endif
