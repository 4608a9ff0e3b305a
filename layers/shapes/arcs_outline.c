/* arcs_outline.c - finds the arcs on the outer outline of all polygons. */
#include <stdlib.h>
#include <string.h>

#include "layers/shapes/arcs.h"

#define NONE UINT32_MAX

/* State of joining the arcs with a path on one side only, each in the direction of that
 * path. */
struct arcs_outline_walk {
    const struct arcs *arcs;
    uint32_t *first; /* by vertex: an arc that begins there and was not visited; NONE */
    uint32_t *next;  /* by arc: the next one that begins at the same vertex; NONE */
    uint32_t *chain; /* the arcs of all loops, one after the other */
    size_t n_chain;
};

/* chain[first] .. chain[first + n - 1] */
struct loop {
    size_t first, n;
    bool hole; /* its area is negative */
};

static bool one_sided(const struct arc *arc)
{
    return (arc->left < 0) != (arc->right < 0);
}

static uint32_t begin_of(const struct arc *arc)
{
    return arc->left >= 0 ? arc->tail : arc->head;
}

static uint32_t end_of(const struct arc *arc)
{
    return arc->left >= 0 ? arc->head : arc->tail;
}

/* The arc's contribution to twice the area of its loop, relative to `at`. */
static double swept(const struct arcs *arcs, const struct arc *arc, struct arc_xy at)
{
    const struct arc_xy *xy = arcs->xy + arc->first;
    double sum = 0;
    for (uint32_t i = 0; i + 1 < arc->count; i++) {
        double ax = (double)xy[i].x - at.x, ay = (double)xy[i].y - at.y;
        double bx = (double)xy[i + 1].x - at.x, by = (double)xy[i + 1].y - at.y;
        sum += ax * by - bx * ay;
    }
    return arc->left >= 0 ? sum : -sum;
}

/* Follows arcs from `start` until they return to it: a loop, or several that touch. */
static struct loop walk_loop(struct arcs_outline_walk *walk, uint32_t start)
{
    const struct arcs *arcs = walk->arcs;
    const struct arc_xy at = arcs->xy[arcs->arcs[start].first];
    const uint32_t begin = begin_of(&arcs->arcs[start]);
    struct loop loop = {.first = walk->n_chain};
    uint32_t vertex = begin;
    double area = 0;
    while (walk->first[vertex] != NONE && (loop.n == 0 || vertex != begin)) {
        uint32_t arc = walk->first[vertex];
        walk->first[vertex] = walk->next[arc];
        walk->chain[loop.first + loop.n++] = arc;
        area += swept(arcs, &arcs->arcs[arc], at);
        vertex = end_of(&arcs->arcs[arc]);
    }
    walk->n_chain += loop.n;
    loop.hole = area <= 0;
    return loop;
}

/* Even-odd rule; undefined for points on the loop. */
static bool encloses(const struct arcs_outline_walk *walk, const struct loop *loop,
                     struct arc_xy at)
{
    bool in = false;
    for (size_t i = 0; i < loop->n; i++) {
        const struct arc *arc = &walk->arcs->arcs[walk->chain[loop->first + i]];
        const struct arc_xy *xy = walk->arcs->xy + arc->first;
        if (arc->box.min_y > at.y || arc->box.max_y < at.y)
            continue;
        for (uint32_t k = 0; k + 1 < arc->count; k++) {
            const struct arc_xy *low = &xy[k], *high = &xy[k + 1];
            if ((low->y > at.y) == (high->y > at.y))
                continue;
            double x = low->x + ((double)at.y - low->y) * ((double)high->x - low->x) /
                                    ((double)high->y - low->y);
            in ^= at.x < x;
        }
    }
    return in;
}

static bool in_a_hole(const struct arcs_outline_walk *walk, const struct loop *loops, size_t n,
                      const struct loop *loop)
{
    const struct arc *arc = &walk->arcs->arcs[walk->chain[loop->first]];
    for (size_t i = 0; i < n; i++)
        if (loops[i].hole && encloses(walk, &loops[i], walk->arcs->xy[arc->first]))
            return true;
    return false;
}

static void list_arcs(struct arcs_outline_walk *walk)
{
    const struct arcs *arcs = walk->arcs;
    for (size_t v = 0; v < arcs->n_vertices; v++)
        walk->first[v] = NONE;
    for (size_t a = 0; a < arcs->n_arcs; a++)
        if (one_sided(&arcs->arcs[a])) {
            uint32_t vertex = begin_of(&arcs->arcs[a]);
            walk->next[a] = walk->first[vertex];
            walk->first[vertex] = (uint32_t)a;
        }
}

bool arcs_outline(const struct arcs *arcs, uint8_t *outline)
{
    struct arcs_outline_walk walk = {
        .arcs = arcs,
        .first = malloc((arcs->n_vertices + 1) * sizeof *walk.first),
        .next = malloc((arcs->n_arcs + 1) * sizeof *walk.next),
        .chain = malloc((arcs->n_arcs + 1) * sizeof *walk.chain),
    };
    struct loop *loops = malloc((arcs->n_arcs + 1) * sizeof *loops);
    bool ok = walk.first && walk.next && walk.chain && loops;
    size_t n = 0;
    memset(outline, 0, arcs->n_arcs);
    if (ok)
        list_arcs(&walk);
    for (size_t v = 0; ok && v < arcs->n_vertices; v++)
        while (walk.first[v] != NONE)
            loops[n++] = walk_loop(&walk, walk.first[v]);
    for (size_t l = 0; l < n; l++) {
        bool around = !loops[l].hole && !in_a_hole(&walk, loops, n, &loops[l]);
        for (size_t i = 0; i < loops[l].n; i++)
            outline[walk.chain[loops[l].first + i]] = around;
    }
    free(walk.first);
    free(walk.next);
    free(walk.chain);
    free(loops);
    return ok;
}
