#include "layers/geometry.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/rtree.h"
#include "layers/merc.h"
#include "layers/snap.h"

struct counted {
    struct geometry geometry; /* first: the public pointer is this one */
    atomic_int refs;
};

/* Positions and paths while they are gathered. */
struct gather {
    struct arc_xy *xy;
    size_t n_xy;
    size_t n_paths, n_points;
};

static void count(const struct geo_shape *shape, struct gather *need)
{
    if (shape->kind == GEO_SHAPE_POINT)
        need->n_points += shape->n_points;
    else {
        /* Three more a ring for one that vanishes in rounding. */
        need->n_xy += shape->n_points + 3 * shape->n_rings;
        need->n_paths += shape->n_rings;
    }
}

static struct arc_xy project(const struct geo_shape *shape, size_t i)
{
    return (struct arc_xy){merc_round(merc_x_of(shape->xy[2 * i])),
                           merc_round(merc_y_of(shape->xy[2 * i + 1]))};
}

static bool same(struct arc_xy a, struct arc_xy b)
{
    return a.x == b.x && a.y == b.y;
}

static double twice_area(const struct arc_xy *xy, size_t n)
{
    double sum = 0;
    for (size_t i = 1; i + 1 < n; i++)
        sum += ((double)xy[i].x - xy[0].x) * ((double)xy[i + 1].y - xy[0].y) -
               ((double)xy[i].y - xy[0].y) * ((double)xy[i + 1].x - xy[0].x);
    return sum;
}

static void reverse(struct arc_xy *xy, size_t n)
{
    for (size_t i = 0, j = n; i + 1 < j; i++) {
        struct arc_xy swap = xy[i];
        xy[i] = xy[--j];
        xy[j] = swap;
    }
}

/* One ring or line; shells get a positive area in our axes, holes a negative
 * one, so that a polygon always lies on the same side of its arcs. */
static void take_path(struct geometry *g, struct gather *to, const struct geo_shape *shape,
                      size_t ring, bool hole, uint32_t feature)
{
    bool closed = shape->kind == GEO_SHAPE_POLYGON;
    struct arc_xy *xy = to->xy + to->n_xy;
    size_t n = 0;
    for (size_t i = shape->rings[ring]; i < shape->rings[ring + 1]; i++) {
        struct arc_xy at = project(shape, i);
        if (n == 0 || !same(at, xy[n - 1]))
            xy[n++] = at;
    }
    while (closed && n > 1 && same(xy[0], xy[n - 1]))
        n--;
    double area = closed ? twice_area(xy, n) : 0;
    if (closed && area == 0) {
        if (hole)
            return;
        /* Smaller than a step: the smallest triangle stands for it. */
        xy[1] = (struct arc_xy){xy[0].x + (xy[0].x < INT32_MAX), xy[0].y};
        xy[2] = (struct arc_xy){xy[0].x, xy[0].y + (xy[0].y < INT32_MAX)};
        n = 3;
    } else if (closed && (area > 0) == hole)
        reverse(xy, n);
    if (n < 2)
        return;
    g->paths[to->n_paths++] = (struct arc_path){(uint32_t)to->n_xy, (uint32_t)n, feature, closed};
    to->n_xy += n;
}

static void take_shape(struct geometry *g, struct gather *to, const struct geo_shape *shape,
                       uint32_t feature)
{
    struct arc_box *box = &g->boxes[feature];
    *box = (struct arc_box){
        merc_round(merc_x_of(shape->box.min_x)), merc_round(merc_y_of(shape->box.max_y)),
        merc_round(merc_x_of(shape->box.max_x)), merc_round(merc_y_of(shape->box.min_y))};
    if (shape->kind == GEO_SHAPE_POINT) {
        for (size_t i = 0; i < shape->n_points; i++) {
            struct arc_xy at = project(shape, i);
            g->points[to->n_points++] = (struct geometry_point){at.x, at.y, feature};
        }
        return;
    }
    for (size_t part = 0; part < shape->n_parts; part++)
        for (size_t ring = shape->parts[part]; ring < shape->parts[part + 1]; ring++)
            take_path(g, to, shape, ring, ring > shape->parts[part], feature);
}

/* Every shape into points and paths. */
static bool gather(struct geometry *g, struct gather *to)
{
    struct gather need = {0};
    for (size_t f = 0; f < g->n_features; f++)
        if (g->shapes[f])
            count(g->shapes[f], &need);
    to->xy = malloc((need.n_xy + 1) * sizeof *to->xy);
    g->paths = malloc((need.n_paths + 1) * sizeof *g->paths);
    g->points = malloc((need.n_points + 1) * sizeof *g->points);
    g->feature_path = malloc((g->n_features + 1) * sizeof *g->feature_path);
    g->boxes = malloc((g->n_features + 1) * sizeof *g->boxes);
    if (!to->xy || !g->paths || !g->points || !g->feature_path || !g->boxes)
        return false;
    for (size_t f = 0; f < g->n_features; f++) {
        g->feature_path[f] = (uint32_t)to->n_paths;
        g->boxes[f] = (struct arc_box){INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
        if (g->shapes[f])
            take_shape(g, to, g->shapes[f], (uint32_t)f);
    }
    g->feature_path[g->n_features] = (uint32_t)to->n_paths;
    g->n_points = to->n_points;
    return true;
}

/* Borders that two neighbours drew apart become one. The boxes stay those of
 * what was delivered, and take in what was won. */
static bool snap(struct geometry *g, struct gather *to)
{
    struct snapped snapped;
    uint32_t p = 0;
    for (size_t i = 0; i < to->n_paths; i++)
        if (!g->paths[i].ring)
            return true;
    if (!to->n_paths || !snap_paths(to->xy, g->paths, to->n_paths, g->n_features, &snapped))
        return true; /* as delivered, then */
    free(to->xy);
    free(g->paths);
    to->xy = snapped.xy;
    to->n_xy = snapped.n_xy;
    g->paths = snapped.paths;
    to->n_paths = snapped.n_paths;
    for (uint32_t f = 0; f <= g->n_features; f++) {
        g->feature_path[f] = p;
        for (; p < to->n_paths && g->paths[p].feature == f; p++)
            for (uint32_t i = 0; i < g->paths[p].count; i++) {
                struct arc_xy at = to->xy[g->paths[p].first + i];
                struct arc_box *box = &g->boxes[f];
                box->min_x = at.x < box->min_x ? at.x : box->min_x;
                box->min_y = at.y < box->min_y ? at.y : box->min_y;
                box->max_x = at.x > box->max_x ? at.x : box->max_x;
                box->max_y = at.y > box->max_y ? at.y : box->max_y;
            }
    }
    return true;
}

/* A copy of every arc a level, finest first; a level that drops nothing of an
 * arc shares the copy of the level above. */
static bool pyramid(struct geometry *g, const signed char *removed)
{
    struct arcs *arcs = g->arcs;
    size_t room = 0;
    g->runs = malloc((arcs->n_arcs * GEOMETRY_LEVELS + 1) * sizeof *g->runs);
    if (!g->runs)
        return false;
    /* First counts and places, then the copies. */
    for (int level = GEOMETRY_LEVELS - 1; level >= 0; level--)
        for (size_t a = 0; a < arcs->n_arcs; a++) {
            const struct arc *arc = &arcs->arcs[a];
            struct geometry_run *run = &g->runs[(size_t)level * arcs->n_arcs + a];
            run->count = 0;
            for (uint32_t i = arc->first; i < arc->first + arc->count; i++)
                run->count += removed[i] < level;
            bool full = level == GEOMETRY_LEVELS - 1;
            if (!full && run[arcs->n_arcs].count == run->count)
                run->first = run[arcs->n_arcs].first;
            else {
                run->first = (uint32_t)room;
                room += run->count;
            }
        }
    g->pool = malloc((room + 1) * sizeof *g->pool);
    g->n_pool = room;
    if (!g->pool)
        return false;
    for (int level = GEOMETRY_LEVELS - 1; level >= 0; level--)
        for (size_t a = 0; a < arcs->n_arcs; a++) {
            const struct arc *arc = &arcs->arcs[a];
            struct geometry_run *run = &g->runs[(size_t)level * arcs->n_arcs + a];
            if (level < GEOMETRY_LEVELS - 1 && run[arcs->n_arcs].first == run->first)
                continue;
            struct arc_xy *to = g->pool + run->first;
            for (uint32_t i = arc->first; i < arc->first + arc->count; i++)
                if (removed[i] < level)
                    *to++ = arcs->xy[i];
        }
    return true;
}

static struct geo_box box_of(struct arc_box box)
{
    return (struct geo_box){box.min_x, box.min_y, box.max_x, box.max_y};
}

enum tree_of { TREE_FEATURES, TREE_ARCS, TREE_POINTS };

static struct geo_rtree *tree(const struct geometry *g, enum tree_of what, struct err *err)
{
    size_t n = what == TREE_FEATURES ? g->n_features
               : what == TREE_ARCS   ? g->arcs->n_arcs
                                     : g->n_points;
    struct geo_box *boxes = malloc((n + 1) * sizeof *boxes);
    if (!boxes) {
        err_no_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        boxes[i] = what == TREE_FEATURES ? box_of(g->boxes[i])
                   : what == TREE_ARCS   ? box_of(g->arcs->arcs[i].box)
                                         : (struct geo_box){g->points[i].x, g->points[i].y,
                                                            g->points[i].x, g->points[i].y};
    struct geo_rtree *made = geo_rtree_build(boxes, n, err);
    free(boxes);
    return made;
}

static uint32_t feature_of_arc(const void *arg, size_t part)
{
    const struct geometry *g = arg;
    const struct arc *arc = &g->arcs->arcs[part];
    return g->paths[arc->left >= 0 ? arc->left : arc->right].feature;
}

static uint32_t feature_of_point(const void *arg, size_t part)
{
    const struct geometry *g = arg;
    return g->points[part].feature;
}

static bool thin(struct geometry *g)
{
    if (g->n_features < THINNING_FROM || g->tiling)
        return true;
    g->thinning = thinning_build(g->boxes, g->n_features,
                                 g->arcs->n_arcs ? THINNING_SHAPES : THINNING_POINTS);
    return g->thinning && thinning_parts(g->thinning, true, g->arcs->n_arcs, feature_of_arc, g) &&
           thinning_parts(g->thinning, false, g->n_points, feature_of_point, g);
}

static void find_overlaps(struct geometry *g)
{
    for (size_t a = 0; a < g->arcs->n_arcs && g->tiling; a++) {
        const struct arc *arc = &g->arcs->arcs[a];
        g->tiling = !arc->crowded && (arc->left < 0 || g->paths[arc->left].ring) &&
                    (arc->right < 0 || g->paths[arc->right].ring);
    }
}

static void weigh(struct geometry *g)
{
    g->bytes = sizeof(struct counted) + g->n_points * sizeof *g->points +
               g->n_pool * sizeof *g->pool +
               g->arcs->n_arcs * (sizeof *g->arcs->arcs + GEOMETRY_LEVELS * sizeof *g->runs) +
               g->arcs->path_first[g->arcs->n_paths] * sizeof *g->arcs->refs +
               g->arcs->n_paths * (sizeof *g->paths + sizeof *g->arcs->path_first) +
               g->n_features * (sizeof *g->boxes + sizeof *g->feature_path + sizeof *g->shapes);
    g->bytes += geo_rtree_bytes(g->feature_tree) + geo_rtree_bytes(g->arc_tree) +
                geo_rtree_bytes(g->point_tree) + (g->thinning ? g->thinning->bytes : 0);
    for (size_t f = 0; f < g->n_features; f++)
        if (g->shapes[f])
            g->bytes += sizeof *g->shapes[f] + g->shapes[f]->n_points * 2 * sizeof(double);
}

struct geometry *geometry_build(struct geo_shape **shapes, size_t n_features, bool tiling,
                                struct err *err)
{
    struct counted *made = calloc(1, sizeof *made);
    struct gather to = {0};
    signed char *removed = NULL;
    bool ok = false;
    if (!made) {
        for (size_t f = 0; f < n_features; f++)
            geo_shape_free(shapes[f]);
        free(shapes);
        err_no_memory(err);
        return NULL;
    }
    struct geometry *g = &made->geometry;
    atomic_init(&made->refs, 1);
    g->shapes = shapes;
    g->n_features = n_features;
    g->tiling = tiling;
    if (!gather(g, &to) || (tiling && !snap(g, &to)) ||
        !(g->arcs = arcs_build(to.xy, g->paths, to.n_paths)) ||
        !(removed = simplify_arcs(g->arcs, g->paths)) || !pyramid(g, removed)) {
        err_no_memory(err);
        goto done;
    }
    find_overlaps(g);
    free(g->arcs->xy);
    g->arcs->xy = NULL;
    g->feature_tree = tree(g, TREE_FEATURES, err);
    g->arc_tree = g->feature_tree ? tree(g, TREE_ARCS, err) : NULL;
    g->point_tree = g->arc_tree ? tree(g, TREE_POINTS, err) : NULL;
    if (!g->point_tree)
        goto done;
    if (!thin(g)) {
        err_no_memory(err);
        goto done;
    }
    weigh(g);
    ok = true;
done:
    free(removed);
    free(to.xy);
    if (ok)
        return g;
    geometry_unref(g);
    return NULL;
}

static bool set_bit(void *arg, size_t item)
{
    uint64_t *bits = arg;
    bits[item / 64] |= (uint64_t)1 << (item % 64);
    return true;
}

void geometry_mark(const struct geo_rtree *tree, const struct arc_box *box, uint64_t *bits)
{
    geo_rtree_search(tree, box_of(*box), set_bit, bits);
}

struct geometry *geometry_ref(struct geometry *geometry)
{
    atomic_fetch_add_explicit(&((struct counted *)geometry)->refs, 1, memory_order_relaxed);
    return geometry;
}

void geometry_unref(struct geometry *geometry)
{
    struct counted *counted = (struct counted *)geometry;
    if (!geometry || atomic_fetch_sub_explicit(&counted->refs, 1, memory_order_acq_rel) > 1)
        return;
    for (size_t f = 0; f < geometry->n_features; f++)
        geo_shape_free(geometry->shapes[f]);
    free(geometry->shapes);
    free(geometry->boxes);
    free(geometry->points);
    arcs_free(geometry->arcs);
    free(geometry->paths);
    free(geometry->feature_path);
    free(geometry->runs);
    free(geometry->pool);
    free(atomic_load(&geometry->anchors));
    geo_rtree_free(geometry->feature_tree);
    geo_rtree_free(geometry->arc_tree);
    geo_rtree_free(geometry->point_tree);
    thinning_free(geometry->thinning);
    free(counted);
}

static bool same_shape(const struct geo_shape *a, const struct geo_shape *b)
{
    if (!a || !b)
        return a == b;
    return a->kind == b->kind && a->n_points == b->n_points && a->n_rings == b->n_rings &&
           a->n_parts == b->n_parts && memcmp(a->xy, b->xy, a->n_points * 2 * sizeof *a->xy) == 0 &&
           memcmp(a->rings, b->rings, (a->n_rings + 1) * sizeof *a->rings) == 0 &&
           memcmp(a->parts, b->parts, (a->n_parts + 1) * sizeof *a->parts) == 0;
}

bool geometry_same(const struct geometry *geometry, struct geo_shape *const *shapes,
                   size_t n_features)
{
    bool same = geometry->n_features == n_features;
    for (size_t f = 0; f < n_features && same; f++)
        same = same_shape(geometry->shapes[f], shapes[f]);
    return same;
}
