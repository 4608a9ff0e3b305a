/* rtree.h - a static packed R-tree over boxes, in Hilbert order
 * (the layout of flatbush, V. Agafonkin; Kamel and Faloutsos 1993 for the order).
 *
 * Owns:    copies of the boxes. Immutable once built: share it between threads.
 * Units:   the caller's.
 * Errors:  NULL with *err when memory is short.
 */
#ifndef GEO_RTREE_H
#define GEO_RTREE_H

#include <stddef.h>

#include "geo/base/box.h"
#include "geo/base/err.h"

struct geo_rtree;

/* Items are numbered by their index in boxes; empty boxes are never found. */
struct geo_rtree *geo_rtree_build(const struct geo_box *boxes, size_t n, struct err *err);
void geo_rtree_free(struct geo_rtree *tree); /* NULL is fine */
size_t geo_rtree_bytes(const struct geo_rtree *tree);

/* Calls fn for every item whose box meets the one given, in any order; fn returns false to
 * stop early. */
typedef bool geo_rtree_fn(void *arg, size_t item);
void geo_rtree_search(const struct geo_rtree *tree, struct geo_box box, geo_rtree_fn *fn,
                      void *arg);

#endif
