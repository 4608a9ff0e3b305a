/* reach_tree.h - the places of a reach in a tree of balls, so that whole branches are found
 * near or far at once.
 *
 * Owns:    its nodes and sums; borrows the places, which must outlive it.
 * Threads: one.
 * Units:   metres, geodesic; people.
 * Errors:  NULL with *err when memory is short.
 *
 * Adding people to all places near one of n visits the branches that the circle cuts, in
 * the order of sqrt(n), however many places lie within it.
 */
#ifndef GEO_REACH_TREE_H
#define GEO_REACH_TREE_H

#include "geo/analysis/reach.h"

struct reach_tree;

struct reach_tree *reach_tree_new(const struct geo_reach *reach, double distance_m,
                                  struct err *err);
void reach_tree_free(struct reach_tree *tree); /* NULL is fine */

/* Adds people to the sum of every place within distance_m of this one, itself included. */
void reach_tree_add(struct reach_tree *tree, uint32_t place, int64_t people);
/* The sums of all places, by place. */
void reach_tree_sums(struct reach_tree *tree, int64_t *sums);

/* Calls fn for each place within distance_m of this one, in any order. */
typedef void reach_tree_fn(void *arg, uint32_t place);
void reach_tree_each(struct reach_tree *tree, uint32_t place, reach_tree_fn *fn, void *arg);

/* Calls fn for each place within distance_m of the shape that is not marked yet, and marks
 * it: so each place is reported once, even if it is near several shapes. */
void reach_tree_mark(struct reach_tree *tree, const struct geo_shape *shape, reach_tree_fn *fn,
                     void *arg);

/* Nodes and places visited so far; tests measure the cost by it. */
uint64_t reach_tree_work(const struct reach_tree *tree);

#endif
