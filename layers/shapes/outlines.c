/* outlines.c - projects a layer's shapes to Web Mercator, snaps borders, ranks vertices. */
#include "layers/shapes/outlines.h"

#include <stdlib.h>
#include <string.h>

#include "layers/shapes/merc.h"
#include "layers/shapes/simplify.h"
#include "layers/shapes/snap.h"

/* Positions and paths being collected. */
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
        /* Three more a ring, for rings that vanish by rounding. */
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

/* Adds a ring or line. Shells get a positive area in our axes, holes a negative one, so
 * that a polygon is always on the same side of its arcs. */
static void take_path(struct outlines *g, struct gather *to, const struct geo_shape *shape,
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
        /* Smaller than a step: replaced by the smallest triangle. */
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

static void take_shape(struct outlines *g, struct gather *to, const struct geo_shape *shape,
                       uint32_t feature)
{
    struct arc_box *box = &g->boxes[feature];
    *box = (struct arc_box){
        merc_round(merc_x_of(shape->box.min_x)), merc_round(merc_y_of(shape->box.max_y)),
        merc_round(merc_x_of(shape->box.max_x)), merc_round(merc_y_of(shape->box.min_y))};
    if (shape->kind == GEO_SHAPE_POINT) {
        for (size_t i = 0; i < shape->n_points; i++) {
            struct arc_xy at = project(shape, i);
            g->points[to->n_points++] = (struct outline_point){at.x, at.y, feature};
        }
        return;
    }
    for (size_t part = 0; part < shape->n_parts; part++)
        for (size_t ring = shape->parts[part]; ring < shape->parts[part + 1]; ring++)
            take_path(g, to, shape, ring, ring > shape->parts[part], feature);
}

/* Converts every shape to points and paths. */
static bool gather(struct outlines *g, struct geo_shape *const *shapes, struct gather *to)
{
    struct gather need = {0};
    for (size_t f = 0; f < g->n_features; f++)
        if (shapes[f])
            count(shapes[f], &need);
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
        if (shapes[f])
            take_shape(g, to, shapes[f], (uint32_t)f);
    }
    g->feature_path[g->n_features] = (uint32_t)to->n_paths;
    g->n_points = to->n_points;
    return true;
}

/* Makes one border of those that two neighbours digitised separately. Boxes keep their
 * original extent, and grow by land that was gained. */
static bool snap(struct outlines *g, struct gather *to)
{
    struct snapped snapped;
    uint32_t p = 0;
    for (size_t i = 0; i < to->n_paths; i++)
        if (!g->paths[i].ring)
            return true;
    if (!to->n_paths || !snap_paths(to->xy, g->paths, to->n_paths, g->n_features, &snapped))
        return true; /* unchanged then */
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

bool outlines_build(struct geo_shape *const *shapes, size_t n_features, bool tiling,
                    struct outlines *out)
{
    struct gather to = {0};
    *out = (struct outlines){.n_features = n_features};
    bool ok = gather(out, shapes, &to) && (!tiling || snap(out, &to)) &&
              (out->arcs = arcs_build(to.xy, out->paths, to.n_paths)) &&
              (out->removed = simplify_arcs(out->arcs, out->paths));
    free(to.xy);
    if (!ok)
        outlines_free(out);
    return ok;
}

void outlines_free(struct outlines *outlines)
{
    free(outlines->boxes);
    free(outlines->points);
    free(outlines->paths);
    free(outlines->feature_path);
    arcs_free(outlines->arcs);
    free(outlines->removed);
    free(outlines->anchors);
    *outlines = (struct outlines){0};
}
