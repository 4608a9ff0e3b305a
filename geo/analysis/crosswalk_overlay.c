/* crosswalk_overlay.c - the land that units of two editions share.
 *
 * Only what may differ is overlaid. Units whose boxes do not meet share nothing. A unit
 * with the same polygon in both editions is a pair without an overlay. Two such units can
 * only share what they already shared before, which is no change.
 */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/crosswalk_internal.h"
#include "geo/base/array.h"
#include "geo/place/geos.h"
#include "geo/place/measure.h"
#include "geo/place/rtree.h"

/* Smaller pieces are rounding along a border that both editions share. */
static const double LEAST_M2 = 1e-3;

enum { MOST_THREADS = 8 };

/* Shared by the threads: read only, but for `next`. */
struct task {
    const struct crosswalk_side *sides[2]; /* from, to */
    const struct geo_rtree *trees[2];
    const int *twins[2]; /* by unit: the unit with the same code on the other side, or -1 */
    double tolerance_m;
    const struct budget *budget;
    atomic_size_t next; /* units of `from`, then those of `to` */
};

struct crosswalk_overlay_worker {
    struct task *task;
    pthread_t thread;
    struct geo_geos *geos;
    struct geo_geom **geoms[2]; /* made as they are needed */
    struct crosswalk_pieces pieces;
    int *near; /* for the current unit: units of the other side whose box meets it */
    size_t n_near;
    struct err err;
    bool ok;
};

static bool add_piece(struct crosswalk_overlay_worker *worker, struct crosswalk_piece piece)
{
    struct crosswalk_pieces *pieces = &worker->pieces;
    if (!array_reserve(pieces->list, pieces->cap, pieces->n + 1))
        return err_no_memory(&worker->err);
    pieces->list[pieces->n++] = piece;
    return true;
}

static struct geo_geom *geom_of(struct crosswalk_overlay_worker *worker, int side, size_t unit)
{
    struct geo_geom **geom = &worker->geoms[side][unit];
    if (!*geom)
        *geom = geo_geos_from_shape(worker->geos, worker->task->sides[side]->shapes[unit],
                                    &worker->err);
    return *geom;
}

static bool keep_near(void *arg, size_t item)
{
    struct crosswalk_overlay_worker *worker = arg;
    worker->near[worker->n_near++] = (int)item;
    return true;
}

static int by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* The unit with the same code goes first: it leaves little of the unit. */
static void find_near(struct crosswalk_overlay_worker *worker, int side, size_t unit)
{
    const struct task *task = worker->task;
    int twin = task->twins[side][unit];
    worker->n_near = 0;
    geo_rtree_search(task->trees[!side], task->sides[side]->shapes[unit]->box, keep_near, worker);
    qsort(worker->near, worker->n_near, sizeof *worker->near, by_number);
    for (size_t i = 0; twin >= 0 && i < worker->n_near; i++)
        if (worker->near[i] == twin) {
            memmove(worker->near + 1, worker->near, i * sizeof *worker->near);
            worker->near[0] = twin;
            break;
        }
}

static bool same_shape(const struct crosswalk_side *from, size_t a, const struct crosswalk_side *to,
                       size_t b)
{
    const struct geo_shape *x = from->shapes[a], *y = to->shapes[b];
    return from->prints[a] == to->prints[b] && x->n_points == y->n_points &&
           x->n_rings == y->n_rings && x->n_parts == y->n_parts &&
           memcmp(x->xy, y->xy, 2 * x->n_points * sizeof *x->xy) == 0 &&
           memcmp(x->rings, y->rings, (x->n_rings + 1) * sizeof *x->rings) == 0 &&
           memcmp(x->parts, y->parts, (x->n_parts + 1) * sizeof *x->parts) == 0;
}

/* The polygon of this unit did not change from one edition to the other. */
static bool unmoved(const struct task *task, int side, size_t unit)
{
    int twin = task->twins[side][unit];
    size_t a = side ? (size_t)twin : unit, b = side ? unit : (size_t)twin;
    return twin >= 0 && same_shape(task->sides[0], a, task->sides[1], b);
}

/* Adds a piece of an overlay's result with its area and width; empty ones are dropped. */
static bool keep_geom(struct crosswalk_overlay_worker *worker, const struct geo_geom *geom, int a,
                      int b, bool same)
{
    struct err inner = {0};
    struct geo_shape *shape = geo_geos_to_shape(worker->geos, geom, GEO_SHAPE_POLYGON, &inner);
    if (!shape) {
        worker->err = inner;
        return inner.kind == ERR_NONE;
    }
    double tolerance_m = worker->task->tolerance_m;
    struct crosswalk_piece piece = {.a = a, .b = b, .area_m2 = geo_measure_area(shape)};
    bool ok = true;
    if (piece.area_m2 > LEAST_M2) {
        ok = geo_geos_width(worker->geos, shape, same ? tolerance_m : INFINITY, &piece.radius_m,
                            &worker->err);
        piece.wide = piece.radius_m > tolerance_m;
        ok = ok && add_piece(worker, piece);
    }
    geo_shape_free(shape);
    return ok;
}

/* Adds the part of a unit that lies in none of those near. */
static bool cut_rest(struct crosswalk_overlay_worker *worker, int side, size_t unit)
{
    struct geo_geom *rest = NULL, *whole = geom_of(worker, side, unit);
    bool ok = whole != NULL, empty = false;
    for (size_t i = 0; ok && !empty && i < worker->n_near; i++) {
        struct geo_geom *other = geom_of(worker, !side, (size_t)worker->near[i]);
        struct geo_geom *left = other ? geo_geos_difference(worker->geos, rest ? rest : whole,
                                                            other, GEO_SHAPE_POLYGON, &worker->err)
                                      : NULL;
        geo_geos_free_geom(worker->geos, rest);
        rest = left;
        ok = rest && budget_left(worker->task->budget, &worker->err);
        empty = ok && !(geo_geos_extent(worker->geos, rest, GEO_SHAPE_POLYGON) > 0);
        worker->pieces.n_overlays++;
    }
    if (ok && !empty)
        ok = keep_geom(worker, rest ? rest : whole, side ? -1 : (int)unit, side ? (int)unit : -1,
                       false);
    geo_geos_free_geom(worker->geos, rest);
    return ok;
}

static bool cut_pair(struct crosswalk_overlay_worker *worker, size_t a, size_t b)
{
    struct task *task = worker->task;
    bool same = task->twins[0][a] == (int)b;
    struct geo_geom *left = geom_of(worker, 0, a), *right = geom_of(worker, 1, b), *shared = NULL;
    if (left && right)
        shared = geo_geos_intersection(worker->geos, left, right, GEO_SHAPE_POLYGON, &worker->err);
    worker->pieces.n_overlays++;
    bool ok = budget_left(task->budget, &worker->err) && shared &&
              keep_geom(worker, shared, (int)a, (int)b, same);
    geo_geos_free_geom(worker->geos, shared);
    return ok;
}

static bool do_unit(struct crosswalk_overlay_worker *worker, int side, size_t unit)
{
    const struct task *task = worker->task;
    bool still = unmoved(task, side, unit), ok = true;
    find_near(worker, side, unit);
    if (!side)
        for (size_t i = 0; ok && i < worker->n_near; i++) {
            size_t other = (size_t)worker->near[i];
            struct crosswalk_piece whole = {.a = (int)unit,
                                            .b = (int)other,
                                            .area_m2 = task->sides[0]->area_m2[unit],
                                            .radius_m = NAN,
                                            .wide = true,
                                            .same = true};
            if (!still || !unmoved(task, 1, other))
                ok = cut_pair(worker, unit, other);
            else if (task->twins[0][unit] == (int)other)
                ok = add_piece(worker, whole);
        }
    if (ok && !still)
        ok = cut_rest(worker, side, unit);
    return ok ||
           err_wrap(&worker->err, "municipio %s", task->sides[side]->units->units[unit].codigo);
}

static void *work(void *arg)
{
    struct crosswalk_overlay_worker *worker = arg;
    struct task *task = worker->task;
    size_t n[2] = {task->sides[0]->units->n, task->sides[1]->units->n};
    worker->geos = geo_geos_new(&worker->err);
    worker->near = calloc(n[0] + n[1] + 1, sizeof *worker->near);
    worker->ok = worker->geos != NULL;
    for (int side = 0; side < 2; side++)
        worker->geoms[side] = calloc(n[side] + 1, sizeof *worker->geoms[side]);
    if (worker->ok && (!worker->near || !worker->geoms[0] || !worker->geoms[1]))
        worker->ok = err_no_memory(&worker->err);
    while (worker->ok) {
        size_t next = atomic_fetch_add(&task->next, 1);
        if (next >= n[0] + n[1])
            break;
        worker->ok = do_unit(worker, next >= n[0], next >= n[0] ? next - n[0] : next);
    }
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; worker->geoms[side] && i < n[side]; i++)
            if (worker->geoms[side][i])
                geo_geos_free_geom(worker->geos, worker->geoms[side][i]);
        free(worker->geoms[side]);
    }
    free(worker->near);
    geo_geos_free(worker->geos);
    return NULL;
}

static struct geo_rtree *tree_of(const struct crosswalk_side *side, struct err *err)
{
    struct geo_box *boxes = malloc((side->units->n + 1) * sizeof *boxes);
    struct geo_rtree *tree = NULL;
    if (!boxes) {
        err_no_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < side->units->n; i++)
        boxes[i] = side->shapes[i]->box;
    tree = geo_rtree_build(boxes, side->units->n, err);
    free(boxes);
    return tree;
}

static int *twins_of(const struct geo_units *units, const struct geo_units *others)
{
    int *twins = malloc((units->n + 1) * sizeof *twins);
    for (size_t i = 0; twins && i < units->n; i++) {
        size_t slot = geo_units_slot(others, units->units[i].codigo);
        twins[i] = slot < others->n ? (int)slot : -1;
    }
    return twins;
}

static bool run_workers(struct task *task, unsigned threads, struct crosswalk_pieces *pieces,
                        struct err *err)
{
    struct crosswalk_overlay_worker workers[MOST_THREADS] = {0};
    bool ok = true;
    unsigned started = 0;
    if (threads > MOST_THREADS)
        threads = MOST_THREADS;
    for (unsigned i = 0; i < threads; i++)
        workers[i].task = task;
    for (unsigned i = 1; i < threads; i++, started++)
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            break;
    work(&workers[0]);
    for (unsigned i = 0; i <= started; i++) {
        if (i > 0)
            pthread_join(workers[i].thread, NULL);
        if (!workers[i].ok && ok && err)
            *err = workers[i].err;
        ok = ok && workers[i].ok;
        struct crosswalk_pieces *made = &workers[i].pieces;
        if (ok && !array_reserve(pieces->list, pieces->cap, pieces->n + made->n + 1))
            ok = err_no_memory(err);
        if (ok) {
            if (made->n)
                memcpy(pieces->list + pieces->n, made->list, made->n * sizeof *made->list);
            pieces->n += made->n;
            pieces->n_overlays += made->n_overlays;
        }
        free(made->list);
    }
    return ok;
}

bool crosswalk_overlay(const struct crosswalk_side *from, const struct crosswalk_side *to,
                       double tolerance_m, unsigned threads, const struct budget *budget,
                       struct crosswalk_pieces *pieces, struct err *err)
{
    struct geo_rtree *trees[2] = {tree_of(from, err), NULL};
    int *twins[2] = {twins_of(from->units, to->units), twins_of(to->units, from->units)};
    bool ok = trees[0] && (trees[1] = tree_of(to, err));
    if (ok && (!twins[0] || !twins[1]))
        ok = err_no_memory(err);
    if (ok) {
        struct task task = {.sides = {from, to},
                            .trees = {trees[0], trees[1]},
                            .twins = {twins[0], twins[1]},
                            .tolerance_m = tolerance_m,
                            .budget = budget};
        atomic_init(&task.next, 0);
        ok = run_workers(&task, threads ? threads : 1, pieces, err);
    }
    for (int side = 0; side < 2; side++) {
        geo_rtree_free(trees[side]);
        free(twins[side]);
    }
    return ok;
}
