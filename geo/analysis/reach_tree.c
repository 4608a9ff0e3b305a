/* reach_tree.c - a complete binary tree over the places, with bounding balls.
 *
 * Each node is split at the median of the widest axis in space. Node i has the children 2i
 * and 2i + 1; the leaves come last.
 */
#include "geo/analysis/reach_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAF_PLACES = 16, DEPTH_MAX = 40 };

struct node {
    double centre[3], radius_m; /* a ball that contains its places */
    int64_t added;              /* people added to all of its places */
    uint32_t unmarked;          /* unmarked places in it; not updated below a node without any */
};

struct reach_tree {
    const struct geo_reach_place *places;
    double distance_m, within_m, beyond_m; /* geo_measure_chords() */
    size_t n, first_leaf;                  /* leaves: first_leaf .. 2 * first_leaf - 1 */
    uint32_t *order;                       /* places in the order of the leaves */
    double (*space)[3];                    /* likewise */
    int64_t *sums;                         /* sums in that order, without what was added to nodes */
    bool *marked;                          /* likewise */
    struct node *nodes;                    /* from 1 */
    uint64_t work;
};

struct reach_tree_range {
    size_t first, end;
};

/* Building ------------------------------------------------------------------- */

/* The places of a node: levels are divided evenly. */
static struct reach_tree_range range_of(const struct reach_tree *tree, size_t node)
{
    size_t width = (size_t)1 << (63 - __builtin_clzll(node)), at = node - width;
    return (struct reach_tree_range){tree->n * at / width, tree->n * (at + 1) / width};
}

/* Hoare's selection: afterwards nothing before `middle` is greater on the axis than what
 * follows. */
static void split(const struct geo_reach_place *places, uint32_t *order,
                  struct reach_tree_range range, size_t middle, int axis)
{
    size_t low = range.first, high = range.end - 1;
    while (low < high) {
        double pivot = places[order[(low + high) / 2]].space[axis];
        size_t i = low, j = high;
        for (;;) {
            while (places[order[i]].space[axis] < pivot)
                i++;
            while (places[order[j]].space[axis] > pivot)
                j--;
            if (i >= j)
                break;
            uint32_t other = order[i];
            order[i++] = order[j];
            order[j--] = other;
        }
        if (middle <= j) /* low..j is at most the pivot, j + 1..high at least */
            high = j;
        else
            low = j + 1;
    }
}

static void find_box(const struct reach_tree *tree, struct reach_tree_range range, double low[3],
                     double high[3])
{
    for (int k = 0; k < 3; k++) {
        low[k] = INFINITY;
        high[k] = -INFINITY;
        for (size_t i = range.first; i < range.end; i++) {
            low[k] = fmin(low[k], tree->places[tree->order[i]].space[k]);
            high[k] = fmax(high[k], tree->places[tree->order[i]].space[k]);
        }
    }
}

static void make_node(struct reach_tree *tree, size_t at)
{
    struct node *node = &tree->nodes[at];
    struct reach_tree_range range = range_of(tree, at);
    double low[3], high[3];
    int widest = 0;
    node->unmarked = (uint32_t)(range.end - range.first);
    if (range.first == range.end)
        return;
    find_box(tree, range, low, high);
    for (int k = 0; k < 3; k++) {
        node->centre[k] = 0.5 * (low[k] + high[k]);
        if (high[k] - low[k] > high[widest] - low[widest])
            widest = k;
    }
    for (size_t i = range.first; i < range.end; i++)
        node->radius_m = fmax(node->radius_m,
                              geo_measure_chord(tree->places[tree->order[i]].space, node->centre));
    node->radius_m *= 1 + 1e-12;
    if (at < tree->first_leaf)
        split(tree->places, tree->order, range, range_of(tree, 2 * at).end, widest);
}

static bool make_arrays(struct reach_tree *tree)
{
    size_t n = tree->n;
    tree->order = malloc((n + 1) * sizeof *tree->order);
    tree->space = malloc((n + 1) * sizeof *tree->space);
    tree->sums = calloc(n + 1, sizeof *tree->sums);
    tree->marked = calloc(n + 1, sizeof *tree->marked);
    tree->nodes = calloc(2 * tree->first_leaf, sizeof *tree->nodes);
    return tree->order && tree->space && tree->sums && tree->marked && tree->nodes;
}

struct reach_tree *reach_tree_new(const struct geo_reach *reach, double distance_m, struct err *err)
{
    struct reach_tree *tree = calloc(1, sizeof *tree);
    if (tree) {
        tree->places = reach->places;
        tree->n = reach->n_places;
        tree->distance_m = distance_m;
        geo_measure_chords(distance_m, &tree->within_m, &tree->beyond_m);
        for (tree->first_leaf = 1; tree->first_leaf * LEAF_PLACES < tree->n;)
            tree->first_leaf *= 2;
    }
    if (!tree || !make_arrays(tree)) {
        reach_tree_free(tree);
        err_no_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < tree->n; i++)
        tree->order[i] = (uint32_t)i;
    for (size_t at = 1; at < 2 * tree->first_leaf; at++)
        make_node(tree, at);
    for (size_t i = 0; i < tree->n; i++)
        memcpy(tree->space[i], tree->places[tree->order[i]].space, sizeof *tree->space);
    return tree;
}

void reach_tree_free(struct reach_tree *tree)
{
    if (!tree)
        return;
    free(tree->order);
    free(tree->space);
    free(tree->sums);
    free(tree->marked);
    free(tree->nodes);
    free(tree);
}

uint64_t reach_tree_work(const struct reach_tree *tree)
{
    return tree->work;
}

/* Near a place --------------------------------------------------------------- */

struct visitor {
    /* Called for a node that is near as a whole; for a near place, by its position. */
    void (*whole)(struct visitor *visitor, size_t node);
    void (*one)(struct visitor *visitor, size_t at);
    struct reach_tree *tree;
    reach_tree_fn *fn;
    void *arg;
    int64_t people;
};

static bool near_one(const struct reach_tree *tree, const struct geo_reach_place *from, size_t at)
{
    double chord = geo_measure_chord(from->space, tree->space[at]);
    if (chord > tree->beyond_m)
        return false;
    if (chord <= tree->within_m)
        return true;
    const struct geo_reach_place *to = &tree->places[tree->order[at]];
    return geo_measure_distance(from->lon_deg, from->lat_deg, to->lon_deg, to->lat_deg) <=
           tree->distance_m;
}

static void visit(struct visitor *visitor, const struct geo_reach_place *from)
{
    struct reach_tree *tree = visitor->tree;
    size_t stack[DEPTH_MAX] = {1}, n = 1;
    while (n) {
        size_t at = stack[--n];
        const struct node *node = &tree->nodes[at];
        double chord = geo_measure_chord(from->space, node->centre);
        tree->work++;
        if (chord - node->radius_m > tree->beyond_m)
            continue;
        if (chord + node->radius_m <= tree->within_m) {
            visitor->whole(visitor, at);
        } else if (at < tree->first_leaf) {
            stack[n++] = 2 * at;
            stack[n++] = 2 * at + 1;
        } else {
            struct reach_tree_range range = range_of(tree, at);
            tree->work += range.end - range.first;
            for (size_t i = range.first; i < range.end; i++)
                if (near_one(tree, from, i))
                    visitor->one(visitor, i);
        }
    }
}

static void add_whole(struct visitor *visitor, size_t node)
{
    visitor->tree->nodes[node].added += visitor->people;
}

static void add_one(struct visitor *visitor, size_t at)
{
    visitor->tree->sums[at] += visitor->people;
}

void reach_tree_add(struct reach_tree *tree, uint32_t place, int64_t people)
{
    struct visitor adding = {.whole = add_whole, .one = add_one, .tree = tree, .people = people};
    visit(&adding, &tree->places[place]);
}

/* First moves what was added to nodes down to their places. */
void reach_tree_sums(struct reach_tree *tree, int64_t *sums)
{
    for (size_t at = 1; at < 2 * tree->first_leaf; at++) {
        struct node *node = &tree->nodes[at];
        if (!node->added)
            continue;
        if (at < tree->first_leaf) {
            tree->nodes[2 * at].added += node->added;
            tree->nodes[2 * at + 1].added += node->added;
        } else {
            struct reach_tree_range range = range_of(tree, at);
            for (size_t i = range.first; i < range.end; i++)
                tree->sums[i] += node->added;
        }
        node->added = 0;
    }
    for (size_t i = 0; i < tree->n; i++)
        sums[tree->order[i]] = tree->sums[i];
}

static void give_one(struct visitor *visitor, size_t at)
{
    visitor->fn(visitor->arg, visitor->tree->order[at]);
}

static void give_whole(struct visitor *visitor, size_t node)
{
    struct reach_tree_range range = range_of(visitor->tree, node);
    for (size_t i = range.first; i < range.end; i++)
        give_one(visitor, i);
}

void reach_tree_each(struct reach_tree *tree, uint32_t place, reach_tree_fn *fn, void *arg)
{
    struct visitor giving = {
        .whole = give_whole, .one = give_one, .tree = tree, .fn = fn, .arg = arg};
    visit(&giving, &tree->places[place]);
}

/* Near a shape ---------------------------------------------------------------- */

struct reach_tree_marking {
    struct reach_tree *tree;
    const struct geo_shape *shape;
    struct geo_ball ball;
    reach_tree_fn *fn;
    void *arg;
};

/* The ball contains every point of the shape: a place that is near to the farthest of them
 * is near. */
static bool near_shape(const struct reach_tree_marking *marking, size_t at)
{
    const struct reach_tree *tree = marking->tree;
    const struct geo_shape *shape = marking->shape;
    const struct geo_reach_place *place = &tree->places[tree->order[at]];
    double chord = geo_measure_chord(tree->space[at], marking->ball.centre);
    if (chord - marking->ball.radius_m > tree->distance_m)
        return false;
    if (chord + marking->ball.radius_m <= tree->within_m)
        return true;
    if (shape->n_points > 1)
        return geo_measure_to_shape(shape, place->lon_deg, place->lat_deg, NULL) <=
               tree->distance_m;
    return geo_measure_distance(shape->xy[0], shape->xy[1], place->lon_deg, place->lat_deg) <=
           tree->distance_m;
}

/* Marks the near places of a leaf, or all of a node, and updates the counts of its
 * ancestors. */
static void mark_range(struct reach_tree_marking *marking, size_t node, bool whole)
{
    struct reach_tree *tree = marking->tree;
    struct reach_tree_range range = range_of(tree, node);
    uint32_t many = 0;
    for (size_t i = range.first; i < range.end; i++) {
        if (tree->marked[i] || !(whole || near_shape(marking, i)))
            continue;
        tree->marked[i] = true;
        marking->fn(marking->arg, tree->order[i]);
        many++;
    }
    tree->work += range.end - range.first;
    for (; node && many; node /= 2)
        tree->nodes[node].unmarked -= many;
}

void reach_tree_mark(struct reach_tree *tree, const struct geo_shape *shape, reach_tree_fn *fn,
                     void *arg)
{
    struct reach_tree_marking marking = {
        .tree = tree, .shape = shape, .ball = geo_measure_ball(shape), .fn = fn, .arg = arg};
    size_t stack[DEPTH_MAX] = {1}, n = 1;
    while (n) {
        size_t at = stack[--n];
        const struct node *node = &tree->nodes[at];
        tree->work++;
        if (!node->unmarked)
            continue;
        double chord = geo_measure_chord(marking.ball.centre, node->centre);
        double slack = node->radius_m + marking.ball.radius_m;
        if (chord - slack > tree->distance_m)
            continue;
        if (chord + slack <= tree->within_m)
            mark_range(&marking, at, true);
        else if (at >= tree->first_leaf)
            mark_range(&marking, at, false);
        else {
            stack[n++] = 2 * at;
            stack[n++] = 2 * at + 1;
        }
    }
}
