/* geometry.c - builds a layer's simplified geometry and its R-trees. */
#include "layers/shapes/geometry.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/rtree.h"
#include "layers/shapes/merc.h"

struct geometry_counted {
    struct geometry geometry; /* first: the public pointer is this one */
    atomic_int refs;
};

/* Makes a copy of every arc for each level, finest first. If a level drops no vertex of an
 * arc it shares the copy of the level above. */
static bool pyramid(struct geometry *g, const signed char *removed)
{
    struct arcs *arcs = g->arcs;
    size_t room = 0;
    g->runs = malloc((arcs->n_arcs * GEOMETRY_LEVELS + 1) * sizeof *g->runs);
    if (!g->runs)
        return false;
    /* First counts and positions, then the copies. */
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
    g->bytes = sizeof(struct geometry_counted) + g->n_points * sizeof *g->points +
               g->n_pool * sizeof *g->pool +
               g->arcs->n_arcs * (sizeof *g->arcs->arcs + GEOMETRY_LEVELS * sizeof *g->runs) +
               g->arcs->path_first[g->arcs->n_paths] * sizeof *g->arcs->refs +
               g->arcs->n_paths * (sizeof *g->paths + sizeof *g->arcs->path_first) +
               g->n_features * (sizeof *g->boxes + sizeof *g->feature_path + sizeof *g->shapes + 1);
    g->bytes += geo_rtree_bytes(g->feature_tree) + geo_rtree_bytes(g->arc_tree) +
                geo_rtree_bytes(g->point_tree) + (g->thinning ? g->thinning->bytes : 0);
    for (size_t f = 0; f < g->n_features; f++)
        if (g->shapes[f])
            g->bytes += sizeof *g->shapes[f] + g->shapes[f]->n_points * 2 * sizeof(double);
}

static void drop_shapes(struct geo_shape **shapes, size_t n_features)
{
    for (size_t f = 0; f < n_features; f++)
        geo_shape_free(shapes[f]);
    free(shapes);
}

/* Takes ownership of the shapes and of the outlines' arrays; NULL: memory. */
static struct geometry *take(struct geo_shape **shapes, bool tiling, struct outlines *outlines)
{
    struct geometry_counted *made = calloc(1, sizeof *made);
    if (!made)
        return NULL;
    uint8_t *kinds = malloc(outlines->n_features + 1);
    if (!kinds) {
        free(made);
        return NULL;
    }
    for (size_t f = 0; f < outlines->n_features; f++)
        kinds[f] = shapes[f] ? (uint8_t)shapes[f]->kind : 0;
    atomic_init(&made->refs, 1);
    made->geometry = (struct geometry){.n_features = outlines->n_features,
                                       .shapes = shapes,
                                       .kinds = kinds,
                                       .tiling = tiling,
                                       .boxes = outlines->boxes,
                                       .points = outlines->points,
                                       .n_points = outlines->n_points,
                                       .paths = outlines->paths,
                                       .feature_path = outlines->feature_path,
                                       .arcs = outlines->arcs,
                                       .anchors = outlines->anchors};
    outlines->boxes = NULL;
    outlines->points = NULL;
    outlines->paths = NULL;
    outlines->feature_path = NULL;
    outlines->arcs = NULL;
    outlines->anchors = NULL;
    return &made->geometry;
}

static bool finish(struct geometry *g, const signed char *removed, struct err *err)
{
    if (!pyramid(g, removed))
        return err_no_memory(err);
    find_overlaps(g);
    if (g->tiling &&
        (!(g->outline = malloc(g->arcs->n_arcs + 1)) || !arcs_outline(g->arcs, g->outline)))
        return err_no_memory(err);
    free(g->arcs->xy);
    g->arcs->xy = NULL;
    g->feature_tree = tree(g, TREE_FEATURES, err);
    g->arc_tree = g->feature_tree ? tree(g, TREE_ARCS, err) : NULL;
    g->point_tree = g->arc_tree ? tree(g, TREE_POINTS, err) : NULL;
    if (!g->point_tree)
        return false;
    if (!thin(g))
        return err_no_memory(err);
    weigh(g);
    return true;
}

struct geometry *geometry_build(struct geo_shape **shapes, size_t n_features, bool tiling,
                                const struct buf *kept, struct err *err)
{
    struct outlines outlines;
    bool have = tiling && kept && kept->len &&
                outlines_restore(kept->data, kept->len, outlines_key(shapes, n_features),
                                 n_features, &outlines);
    if (!have && !outlines_build(shapes, n_features, tiling, &outlines)) {
        drop_shapes(shapes, n_features);
        err_no_memory(err);
        return NULL;
    }
    struct geometry *geometry = take(shapes, tiling, &outlines);
    if (!geometry) {
        drop_shapes(shapes, n_features);
        err_no_memory(err);
    } else if (!finish(geometry, outlines.removed, err)) {
        geometry_unref(geometry);
        geometry = NULL;
    }
    outlines_free(&outlines);
    return geometry;
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
    atomic_fetch_add_explicit(&((struct geometry_counted *)geometry)->refs, 1,
                              memory_order_relaxed);
    return geometry;
}

void geometry_unref(struct geometry *geometry)
{
    struct geometry_counted *counted = (struct geometry_counted *)geometry;
    if (!geometry || atomic_fetch_sub_explicit(&counted->refs, 1, memory_order_acq_rel) > 1)
        return;
    for (size_t f = 0; f < geometry->n_features; f++)
        geo_shape_free(geometry->shapes[f]);
    free(geometry->shapes);
    free(geometry->kinds);
    free(geometry->outline);
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
