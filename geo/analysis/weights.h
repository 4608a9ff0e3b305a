/* weights.h - spatial weights: which municipalities are neighbours.
 *
 * Owns:    its arrays; geo_weights_free() releases them. Immutable: share it.
 * Units:   row-standardised: each neighbour of a unit has the weight 1/number.
 * Errors:  NULL with *err; the budget's (NULL: no limit).
 */
#ifndef GEO_WEIGHTS_H
#define GEO_WEIGHTS_H

#include <stddef.h>
#include <stdint.h>

#include "geo/base/budget.h"
#include "geo/place/shape.h"

/* Neighbours of i are to[start[i]] .. to[start[i + 1] - 1], ascending, never i. */
struct geo_weights {
    size_t n;
    size_t *start; /* n + 1 */
    uint32_t *to;
};

/* Polygons at most this far apart touch, in degrees (some 110 m): borders digitised twice
 * do not meet exactly (docs/methods.md: Clusters). */
#define GEO_WEIGHTS_SNAP_DEG 0.001

/* Queen: polygons that share a border or a point. */
struct geo_weights *geo_weights_queen(const struct geo_shape *const *shapes, size_t n,
                                      double snap_deg, const struct budget *budget,
                                      struct err *err);
/* The k nearest of each point by geodesic distance (equal ones: the lower
 * index); xy interleaved lon/lat. Not symmetric. 0 < k < n. */
struct geo_weights *geo_weights_nearest(const double *xy, size_t n, size_t k,
                                        const struct budget *budget, struct err *err);
/* The weights among the units kept, which are numbered anew. */
struct geo_weights *geo_weights_subset(const struct geo_weights *weights, const bool *kept,
                                       struct err *err);
void geo_weights_free(struct geo_weights *weights); /* NULL is fine */

#endif
