/* snap.c - closes the slivers between borders that neighbours digitised separately. */
#include "layers/shapes/snap.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/array.h"
#include "layers/shapes/merc.h"
#include "layers/shapes/planar.h"

/* A vertex near another polygon's edge, and where it meets that edge. */
struct bridge {
    uint32_t vertex, edge, foot;
};

struct snap_work {
    struct planar *planar;
    double step_m;      /* metres of a step on the ground, at the middle of the layer */
    bool *lone;         /* by vertex: it has an edge with land on one side only */
    double *area, *has; /* by feature, twice the area: original, and current */
    size_t n_features, n_slivers;
    struct bridge *bridges;
    size_t n_bridges, cap_bridges;
    /* State of searching the nearest edge of another polygon. */
    uint32_t vertex, nearest;
    double distance;
    struct arc_xy foot;
};

/* ---- bridges ------------------------------------------------------------- */

/* The mark with land on just one side of the edge; -1: both sides have land. */
static int32_t lone_mark(const struct planar *planar, const struct planar_edge *edge)
{
    int32_t mark = -1;
    for (uint32_t u = edge->uses; u != PLANAR_NONE; u = planar->uses[u].next) {
        if (!planar->uses[u].sign)
            continue;
        if (mark >= 0)
            return -1;
        mark = planar->uses[u].mark;
    }
    return mark;
}

static void measure(void *arg, uint32_t index)
{
    struct snap_work *w = arg;
    const struct planar *planar = w->planar;
    const struct planar_edge *edge = &planar->edges[index];
    if (edge->a == w->vertex || edge->b == w->vertex || lone_mark(planar, edge) < 0)
        return;
    struct arc_xy a = planar->xy[edge->a], b = planar->xy[edge->b], at = planar->xy[w->vertex];
    double dx = (double)b.x - a.x, dy = (double)b.y - a.y;
    double px = (double)at.x - a.x, py = (double)at.y - a.y;
    double t = fmin(fmax((px * dx + py * dy) / (dx * dx + dy * dy), 0), 1);
    double distance = hypot(px - t * dx, py - t * dy);
    if (distance >= w->distance)
        return;
    w->distance = distance;
    w->nearest = index;
    w->foot = (struct arc_xy){a.x + (int32_t)lrint(t * dx), a.y + (int32_t)lrint(t * dy)};
}

/* Finds a bridge; it may also join a polygon to itself, because bridges bound nothing. */
static bool find_bridge(struct snap_work *w, uint32_t vertex)
{
    struct arc_xy at = w->planar->xy[vertex];
    double reach = BRIDGE_M / w->step_m;
    const struct arc_box box = {merc_round((double)at.x - reach), merc_round((double)at.y - reach),
                                merc_round((double)at.x + reach), merc_round((double)at.y + reach)};
    w->vertex = vertex;
    w->nearest = PLANAR_NONE;
    w->distance = reach;
    planar_near(w->planar, &box, measure, w);
    if (w->nearest == PLANAR_NONE)
        return true;
    if (!array_reserve(w->bridges, w->cap_bridges, w->n_bridges + 1))
        return false;
    /* If the vertex is on the line but for rounding, the line is cut at the vertex. */
    uint32_t foot = w->distance < 2 ? vertex : planar_vertex(w->planar, w->foot);
    w->bridges[w->n_bridges++] = (struct bridge){vertex, w->nearest, foot};
    return true;
}

static int by_edge(const void *a, const void *b)
{
    const struct bridge *x = a, *y = b;
    return (x->edge > y->edge) - (x->edge < y->edge);
}

static bool build_bridges(struct snap_work *w)
{
    struct planar *planar = w->planar;
    size_t n_vertices = planar->n_xy;
    uint32_t *feet = NULL;
    w->lone = calloc(n_vertices + 1, sizeof *w->lone);
    bool ok = w->lone != NULL;
    for (size_t e = 0; e < planar->n_edges && ok; e++)
        if (!planar->edges[e].dead && lone_mark(planar, &planar->edges[e]) >= 0)
            w->lone[planar->edges[e].a] = w->lone[planar->edges[e].b] = true;
    for (uint32_t v = 0; v < n_vertices && ok; v++)
        ok = !w->lone[v] || find_bridge(w, v);
    feet = ok ? malloc((w->n_bridges + 1) * sizeof *feet) : NULL;
    if (!feet)
        return false;
    if (w->n_bridges)
        qsort(w->bridges, w->n_bridges, sizeof *w->bridges, by_edge);
    for (size_t i = 0, end; i < w->n_bridges; i = end) {
        for (end = i; end < w->n_bridges && w->bridges[end].edge == w->bridges[i].edge; end++) {
            feet[end - i] = w->bridges[end].foot;
            planar_add(planar, w->bridges[end].vertex, w->bridges[end].foot, -1);
        }
        planar_cut(planar, w->bridges[i].edge, feet, end - i);
    }
    free(feet);
    return planar_node(planar);
}

/* ---- faces that change hands --------------------------------------------- */

static size_t owners(const struct planar *planar, const struct planar_cycle *cycle)
{
    size_t n = 0;
    for (uint32_t i = 0; i < cycle->n_cover; i++)
        n += planar->covers[cycle->cover + i].count > 0;
    return n;
}

/* The first owner of a face, or the one it was given to; -1: none. */
static int32_t owner(const struct planar *planar, const struct planar_cycle *cycle)
{
    if (cycle->given != PLANAR_AS_IS)
        return cycle->given;
    for (uint32_t i = 0; i < cycle->n_cover; i++)
        if (planar->covers[cycle->cover + i].count > 0)
            return planar->covers[cycle->cover + i].mark;
    return -1;
}

static bool sliver(const struct snap_work *w, const struct planar_cycle *cycle)
{
    /* A strip's width is twice its area over the length of its outline. */
    return cycle->area2 > 0 && cycle->area2 * w->step_m <= SLIVER_M * cycle->length;
}

static bool can_spare(const struct snap_work *w, int32_t mark, double area2)
{
    return w->has[mark] - area2 > w->area[mark] / 2;
}

/* Gives a face of several owners to one of them. */
static void settle_overlap(struct snap_work *w, struct planar_cycle *cycle)
{
    const struct planar *planar = w->planar;
    int32_t keeper = -1;
    for (uint32_t i = 0; i < cycle->n_cover; i++) {
        const struct planar_count *here = &planar->covers[cycle->cover + i];
        if (here->count > 0 && !can_spare(w, here->mark, cycle->area2)) {
            if (keeper >= 0)
                return; /* two would lose too much: it stays as it is */
            keeper = here->mark;
        }
    }
    cycle->given = keeper >= 0 ? keeper : owner(planar, cycle);
    for (uint32_t i = 0; i < cycle->n_cover; i++) {
        const struct planar_count *here = &planar->covers[cycle->cover + i];
        if (here->count > 0 && here->mark != cycle->given)
            w->has[here->mark] -= cycle->area2;
    }
    w->n_slivers++;
}

/* Gives a face without owner to one of its neighbours. */
static void settle_gap(struct snap_work *w, struct planar_cycle *cycle)
{
    enum { MOST = 8 };
    struct planar *planar = w->planar;
    int32_t marks[MOST];
    double lengths[MOST];
    size_t n = 0, best = 0;
    uint32_t h = cycle->half;
    do {
        int32_t mark = owner(planar, &planar->cycles[planar->cycle_of[h ^ 1]]);
        struct arc_xy a = planar->xy[planar_origin(planar, h)];
        struct arc_xy b = planar->xy[planar_origin(planar, h ^ 1)];
        size_t i = 0;
        while (i < n && marks[i] != mark)
            i++;
        if (mark >= 0 && i == n && n < MOST) {
            marks[n] = mark;
            lengths[n++] = 0;
        }
        if (mark >= 0 && i < n)
            lengths[i] += hypot((double)b.x - a.x, (double)b.y - a.y);
        h = planar->next[h];
    } while (h != cycle->half);
    if (n == 0)
        return;
    for (size_t i = 1; i < n; i++)
        if (n == 2 ? marks[i] > marks[best] : lengths[i] > lengths[best])
            best = i;
    cycle->given = marks[best];
    w->n_slivers++;
}

static void settle(struct snap_work *w)
{
    struct planar *planar = w->planar;
    for (size_t c = 0; c < planar->n_cycles; c++) {
        const struct planar_cycle *cycle = &planar->cycles[c];
        for (uint32_t i = 0; i < cycle->n_cover && cycle->area2 > 0; i++)
            if (planar->covers[cycle->cover + i].count > 0)
                w->has[planar->covers[cycle->cover + i].mark] += cycle->area2;
    }
    for (size_t f = 0; f < w->n_features; f++)
        w->area[f] = w->has[f];
    for (size_t c = 0; c < planar->n_cycles; c++)
        if (sliver(w, &planar->cycles[c]) && owners(planar, &planar->cycles[c]) > 1)
            settle_overlap(w, &planar->cycles[c]);
    for (size_t c = 0; c < planar->n_cycles; c++)
        if (sliver(w, &planar->cycles[c]) && owners(planar, &planar->cycles[c]) == 0)
            settle_gap(w, &planar->cycles[c]);
}

/* ---- the whole ----------------------------------------------------------- */

static double step_on_ground(const struct arc_xy *xy, size_t n)
{
    int32_t north = INT32_MAX, south = INT32_MIN;
    for (size_t i = 0; i < n; i++) {
        north = xy[i].y < north ? xy[i].y : north;
        south = xy[i].y > south ? xy[i].y : south;
    }
    double lat = merc_lat(((double)north + south) / 2) * (MERC_PI / 180);
    return 40075016.69 / MERC_WORLD * cos(lat); /* layers/shapes/merc.h */
}

static bool take(const struct snap_work *w, struct snapped *out)
{
    const struct planar *planar = w->planar;
    struct arc_xy *xy = malloc((planar->n_ring_vertices + 1) * sizeof *xy);
    struct arc_path *paths = malloc((planar->n_rings + 1) * sizeof *paths);
    if (!xy || !paths) {
        free(xy);
        free(paths);
        return false;
    }
    for (size_t i = 0; i < planar->n_ring_vertices; i++)
        xy[i] = planar->xy[planar->ring_vertices[i]];
    for (size_t r = 0; r < planar->n_rings; r++) {
        const struct planar_ring *ring = &planar->rings[r];
        paths[r] = (struct arc_path){ring->first, ring->count, (uint32_t)ring->mark, true};
    }
    *out = (struct snapped){xy, planar->n_ring_vertices, paths, planar->n_rings, w->n_slivers};
    return true;
}

bool snap_paths(const struct arc_xy *xy, const struct arc_path *paths, size_t n_paths,
                size_t n_features, struct snapped *out)
{
    struct snap_work w = {.planar = planar_new(), .n_features = n_features};
    size_t n = n_paths ? paths[n_paths - 1].first + paths[n_paths - 1].count : 0;
    w.area = calloc(n_features + 1, sizeof *w.area);
    w.has = calloc(n_features + 1, sizeof *w.has);
    w.step_m = step_on_ground(xy, n);
    bool ok = w.planar && w.area && w.has && n > 0 && planar_start(w.planar, n);
    for (size_t p = 0; p < n_paths && ok; p++)
        planar_add_ring(w.planar, xy + paths[p].first, paths[p].count, (int32_t)paths[p].feature);
    ok = ok && planar_node(w.planar) && build_bridges(&w) && planar_faces(w.planar);
    if (ok) {
        settle(&w);
        ok = planar_trace(w.planar, n_features) && take(&w, out);
    }
    planar_free(w.planar);
    free(w.lone);
    free(w.area);
    free(w.has);
    free(w.bridges);
    return ok;
}
