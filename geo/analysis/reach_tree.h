/* reach_tree.h - the places of a reach in a tree of balls: who is near is told for
 * whole branches at a time, without a list of pairs.
 *
 * Owns:    its nodes and sums; borrows the places, which must outlive it.
 * Threads: one.
 * Units:   metres, geodesic; people.
 * Errors:  NULL with *err when memory is short.
 *
 * Adding people to all that are near one of n places looks at the branches that the
 * circle cuts, in the order of sqrt(n) of them, however many lie within it.
 */
#ifndef GEO_REACH_TREE_H
#define GEO_REACH_TREE_H

#include "geo/analysis/reach.h"

struct reach_tree;

struct reach_tree *reach_tree_new(const struct geo_reach *reach, double distance_m,
                                  struct err *err);
void reach_tree_free(struct reach_tree *tree); /* NULL is fine */

/* Adds to the sum of every place at most distance_m from this one, itself too. */
void reach_tree_add(struct reach_tree *tree, uint32_t place, int64_t people);
/* The sums of all places, by place. */
void reach_tree_sums(struct reach_tree *tree, int64_t *sums);

/* Calls fn for each place at most distance_m from this one, in no order that means
 * anything. */
typedef void reach_tree_fn(void *arg, uint32_t place);
void reach_tree_each(struct reach_tree *tree, uint32_t place, reach_tree_fn *fn, void *arg);

/* Calls fn for each place at most distance_m from the shape, but once a place however
 * many shapes are near it. */
void reach_tree_mark(struct reach_tree *tree, const struct geo_shape *shape, reach_tree_fn *fn,
                     void *arg);

/* Nodes and places looked at so far: for those who measure. */
uint64_t reach_tree_work(const struct reach_tree *tree);

#endif
