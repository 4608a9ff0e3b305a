/* weights.c - spatial weights matrices: queen contiguity and k nearest neighbours. */
#include "geo/analysis/weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/place/geos.h"
#include "geo/place/measure.h"
#include "geo/place/rtree.h"

static struct geo_weights *weights_new(size_t n, struct err *err)
{
    struct geo_weights *weights = calloc(1, sizeof *weights);
    if (weights)
        weights->start = calloc(n + 1, sizeof *weights->start);
    if (!weights || !weights->start) {
        free(weights);
        err_no_memory(err);
        return NULL;
    }
    weights->n = n;
    return weights;
}

void geo_weights_free(struct geo_weights *weights)
{
    if (!weights)
        return;
    free(weights->start);
    free(weights->to);
    free(weights);
}

/* Queen -------------------------------------------------------------------- */

struct weights_pair {
    uint32_t a, b;
};

struct touching {
    const struct geo_shape *const *shapes;
    struct geo_geos *geos;
    struct geo_geom **geoms;
    struct geo_prepared *prepared; /* of `from` */
    size_t from;
    double snap_deg;
    struct weights_pair *pairs;
    size_t n_pairs, room;
    struct err *err;
    bool failed;
};

static bool add_pair(struct touching *touching, size_t a, size_t b)
{
    if (!array_reserve(touching->pairs, touching->room, touching->n_pairs + 1)) {
        touching->failed = true;
        return err_no_memory(touching->err);
    }
    touching->pairs[touching->n_pairs++] = (struct weights_pair){(uint32_t)a, (uint32_t)b};
    return true;
}

static bool test_touch(void *arg, size_t item)
{
    struct touching *touching = arg;
    bool touches = false;
    if (item <= touching->from)
        return true;
    if (!geo_geos_near(touching->geos, touching->prepared, touching->geoms[item],
                       touching->snap_deg, &touches, touching->err)) {
        touching->failed = true;
        return false;
    }
    return !touches ||
           (add_pair(touching, touching->from, item) && add_pair(touching, item, touching->from));
}

static int by_pair(const void *a, const void *b)
{
    const struct weights_pair *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static struct geo_weights *from_pairs(size_t n, struct weights_pair *pairs, size_t n_pairs,
                                      struct err *err)
{
    struct geo_weights *weights = weights_new(n, err);
    if (!weights)
        return NULL;
    weights->to = malloc((n_pairs + 1) * sizeof *weights->to);
    if (!weights->to) {
        geo_weights_free(weights);
        err_no_memory(err);
        return NULL;
    }
    if (n_pairs)
        qsort(pairs, n_pairs, sizeof *pairs, by_pair);
    for (size_t i = 0; i < n_pairs; i++) {
        weights->to[i] = pairs[i].b;
        weights->start[pairs[i].a + 1]++;
    }
    for (size_t i = 0; i < n; i++)
        weights->start[i + 1] += weights->start[i];
    return weights;
}

static bool find_touching(struct touching *touching, size_t n, const struct geo_rtree *tree,
                          const struct budget *budget)
{
    for (size_t i = 0; i < n && !touching->failed; i++) {
        struct geo_box box = touching->shapes[i]->box;
        box.min_x -= touching->snap_deg;
        box.min_y -= touching->snap_deg;
        box.max_x += touching->snap_deg;
        box.max_y += touching->snap_deg;
        touching->from = i;
        touching->prepared = geo_geos_prepare(touching->geos, touching->geoms[i], touching->err);
        if (!touching->prepared)
            return false;
        geo_rtree_search(tree, box, test_touch, touching);
        geo_geos_free_prepared(touching->geos, touching->prepared);
        if (!budget_left(budget, touching->err))
            return false;
    }
    return !touching->failed;
}

struct geo_weights *geo_weights_queen(const struct geo_shape *const *shapes, size_t n,
                                      double snap_deg, const struct budget *budget, struct err *err)
{
    struct geo_weights *weights = NULL;
    struct geo_rtree *tree = NULL;
    struct touching touching = {.shapes = shapes, .snap_deg = snap_deg, .err = err};
    struct geo_box *boxes = malloc((n + 1) * sizeof *boxes);
    touching.geoms = calloc(n + 1, sizeof *touching.geoms);
    if (!boxes || !touching.geoms) {
        err_no_memory(err);
        goto done;
    }
    touching.geos = geo_geos_new(err);
    bool ok = touching.geos != NULL;
    for (size_t i = 0; i < n && ok; i++) {
        boxes[i] = shapes[i]->box;
        touching.geoms[i] = geo_geos_from_shape(touching.geos, shapes[i], err);
        ok = touching.geoms[i] != NULL;
    }
    tree = ok ? geo_rtree_build(boxes, n, err) : NULL;
    if (tree && find_touching(&touching, n, tree, budget))
        weights = from_pairs(n, touching.pairs, touching.n_pairs, err);
done:
    for (size_t i = 0; touching.geoms && touching.geos && i < n; i++)
        geo_geos_free_geom(touching.geos, touching.geoms[i]);
    geo_geos_free(touching.geos);
    geo_rtree_free(tree);
    free(touching.geoms);
    free(touching.pairs);
    free(boxes);
    return weights;
}

/* Nearest ------------------------------------------------------------------ */

struct weights_candidate {
    double chord_m, distance_m;
    uint32_t index;
};

static int by_chord(const void *a, const void *b)
{
    const struct weights_candidate *x = a, *y = b;
    return (x->chord_m > y->chord_m) - (x->chord_m < y->chord_m);
}

static int by_distance(const void *a, const void *b)
{
    const struct weights_candidate *x = a, *y = b;
    if (x->distance_m != y->distance_m)
        return x->distance_m < y->distance_m ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Chords order points nearly as geodesics do. Points whose chord is no longer than the
 * k-th geodesic are measured exactly. */
static void nearest_of(const double *xy, const double (*space)[3], size_t n, size_t i, size_t k,
                       struct weights_candidate *candidates, uint32_t *to)
{
    size_t m = 0, measured = 0;
    double worst = 0;
    for (size_t j = 0; j < n; j++)
        if (j != i)
            candidates[m++] = (struct weights_candidate){
                .chord_m = geo_measure_chord(space[i], space[j]), .index = (uint32_t)j};
    qsort(candidates, m, sizeof *candidates, by_chord);
    for (; measured < m && (measured < k || candidates[measured].chord_m <= worst); measured++) {
        struct weights_candidate *at = &candidates[measured];
        at->distance_m = geo_measure_distance(xy[2 * i], xy[2 * i + 1], xy[2 * (size_t)at->index],
                                              xy[2 * (size_t)at->index + 1]);
        if (measured < k)
            worst = fmax(worst, at->distance_m);
    }
    qsort(candidates, measured, sizeof *candidates, by_distance);
    for (size_t j = 0; j < k; j++)
        to[j] = candidates[j].index;
    qsort(to, k, sizeof *to, ascending);
}

struct geo_weights *geo_weights_nearest(const double *xy, size_t n, size_t k,
                                        const struct budget *budget, struct err *err)
{
    if (k < 1 || k >= n) {
        err_set(err, ERR_INPUT, "knn: «%zu» está fuera de rango: se espera de 1 a %zu", k,
                n ? n - 1 : 0);
        return NULL;
    }
    struct geo_weights *weights = weights_new(n, err);
    struct weights_candidate *candidates = malloc(n * sizeof *candidates);
    double(*space)[3] = malloc(n * sizeof *space);
    if (weights)
        weights->to = malloc(n * k * sizeof *weights->to);
    if (!weights || !weights->to || !candidates || !space) {
        geo_weights_free(weights);
        weights = NULL;
        err_no_memory(err);
        goto done;
    }
    for (size_t i = 0; i < n; i++)
        geo_measure_space(xy + 2 * i, space[i]);
    for (size_t i = 0; i < n; i++) {
        if (!budget_left(budget, err)) {
            geo_weights_free(weights);
            weights = NULL;
            goto done;
        }
        nearest_of(xy, (const double(*)[3])space, n, i, k, candidates, weights->to + i * k);
        weights->start[i + 1] = (i + 1) * k;
    }
done:
    free(candidates);
    free(space);
    return weights;
}

struct geo_weights *geo_weights_subset(const struct geo_weights *weights, const bool *kept,
                                       struct err *err)
{
    size_t n = 0, links = 0;
    uint32_t *number = malloc((weights->n + 1) * sizeof *number);
    for (size_t i = 0; number && i < weights->n; i++)
        number[i] = kept[i] ? (uint32_t)n++ : UINT32_MAX;
    struct geo_weights *subset = number ? weights_new(n, err) : NULL;
    if (subset)
        subset->to = malloc((weights->start[weights->n] + 1) * sizeof *subset->to);
    if (!subset || !subset->to) {
        geo_weights_free(subset);
        free(number);
        err_no_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < weights->n; i++) {
        if (!kept[i])
            continue;
        for (size_t j = weights->start[i]; j < weights->start[i + 1]; j++)
            if (kept[weights->to[j]])
                subset->to[links++] = number[weights->to[j]];
        subset->start[number[i] + 1] = links;
    }
    free(number);
    return subset;
}
