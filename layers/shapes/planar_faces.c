/* planar_faces.c - finds the faces of the graph and what covers them; traces rings. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layers/shapes/planar_internal.h"

static uint32_t half_origin(const struct planar *planar, uint32_t half)
{
    return planar_origin(planar, half);
}

/* ---- half-edges around vertices ------------------------------------------ */

static bool upper(struct arc_xy from, struct arc_xy to)
{
    return to.y > from.y || (to.y == from.y && to.x > from.x);
}

/* True if half-edge g leaves their common vertex at a smaller angle than h. */
static bool before(const struct planar *planar, uint32_t g, uint32_t h)
{
    struct arc_xy at = planar->xy[half_origin(planar, g)];
    struct arc_xy a = planar->xy[half_origin(planar, g ^ 1)];
    struct arc_xy b = planar->xy[half_origin(planar, h ^ 1)];
    bool a_up = upper(at, a), b_up = upper(at, b);
    return a_up != b_up ? a_up : planar_side(planar, at, a, b) > 0;
}

/* Collects the edges that bound a ring, and bridges. */
static bool take_live(struct planar *planar)
{
    struct planar_inner *in = planar->inner;
    planar->n_live = 0;
    if (!planar_grow(planar, &planar->live, &in->cap_live, planar->n_edges + 1,
                     sizeof *planar->live))
        return false;
    for (size_t e = 0; e < planar->n_edges; e++) {
        const struct planar_edge *edge = &planar->edges[e];
        bool bounds = edge->bridge;
        for (uint32_t u = edge->uses; u != PLANAR_NONE; u = planar->uses[u].next)
            bounds |= planar->uses[u].sign != 0;
        if (!edge->dead && bounds)
            planar->live[planar->n_live++] = (uint32_t)e;
    }
    return true;
}

static bool sort_around(struct planar *planar)
{
    struct planar_inner *in = planar->inner;
    size_t n = 2 * planar->n_live, vertices = planar->n_xy;
    if (!planar_grow(planar, &in->first, &in->cap_first, vertices + 2, sizeof *in->first) ||
        !planar_grow(planar, &in->around, &in->cap_around, n + 1, sizeof *in->around) ||
        !planar_grow(planar, &in->place, &in->cap_place, n + 1, sizeof *in->place) ||
        !planar_grow(planar, &planar->next, &in->cap_next, n + 1, sizeof *planar->next))
        return false;
    memset(in->first, 0, (vertices + 2) * sizeof *in->first);
    for (uint32_t h = 0; h < n; h++)
        in->first[half_origin(planar, h) + 2]++;
    for (size_t v = 0; v < vertices; v++)
        in->first[v + 2] += in->first[v + 1];
    for (uint32_t h = 0; h < n; h++)
        in->around[in->first[half_origin(planar, h) + 1]++] = h;
    for (size_t v = 0; v < vertices; v++) {
        uint32_t *list = in->around + in->first[v], count = in->first[v + 1] - in->first[v];
        for (uint32_t i = 1; i < count; i++)
            for (uint32_t k = i; k > 0 && before(planar, list[k], list[k - 1]); k--) {
                uint32_t swap = list[k];
                list[k] = list[k - 1];
                list[k - 1] = swap;
            }
        for (uint32_t i = 0; i < count; i++)
            in->place[list[i]] = in->first[v] + i;
    }
    /* The next half-edge is the first one clockwise from the way back. */
    for (uint32_t h = 0; h < n; h++) {
        uint32_t v = half_origin(planar, h ^ 1), at = in->place[h ^ 1];
        planar->next[h] = in->around[at > in->first[v] ? at - 1 : in->first[v + 1] - 1];
    }
    return true;
}

/* ---- cycles and what covers them ----------------------------------------- */

static bool find_cycles(struct planar *planar)
{
    struct planar_inner *in = planar->inner;
    size_t n = 2 * planar->n_live;
    if (!planar_grow(planar, &planar->cycle_of, &in->cap_cycle_of, n + 1, sizeof *planar->cycle_of))
        return false;
    memset(planar->cycle_of, 0xFF, n * sizeof *planar->cycle_of);
    planar->n_cycles = 0;
    for (uint32_t start = 0; start < n; start++) {
        if (planar->cycle_of[start] != PLANAR_NONE)
            continue;
        if (!planar_grow(planar, &planar->cycles, &in->cap_cycles, planar->n_cycles + 1,
                         sizeof *planar->cycles))
            return false;
        struct planar_cycle cycle = {.half = start, .given = PLANAR_AS_IS};
        struct arc_xy origin = planar->xy[half_origin(planar, start)], a = origin;
        for (uint32_t h = start; planar->cycle_of[h] == PLANAR_NONE; h = planar->next[h]) {
            struct arc_xy b = planar->xy[half_origin(planar, h ^ 1)];
            double ax = (double)a.x - origin.x, ay = (double)a.y - origin.y;
            double bx = (double)b.x - origin.x, by = (double)b.y - origin.y;
            cycle.area2 += ax * by - ay * bx;
            cycle.length += sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
            planar->cycle_of[h] = (uint32_t)planar->n_cycles;
            a = b;
        }
        planar->cycles[planar->n_cycles++] = cycle;
    }
    return true;
}

static void count_in(struct planar *planar, int32_t mark, int32_t count)
{
    struct planar_inner *in = planar->inner;
    size_t at = 0;
    while (at < in->n_base && in->base[at].mark < mark)
        at++;
    if (at < in->n_base && in->base[at].mark == mark) {
        in->base[at].count += count;
        return;
    }
    if (!count || !planar_grow(planar, &in->base, &in->cap_base, in->n_base + 1, sizeof *in->base))
        return;
    memmove(in->base + at + 1, in->base + at, (in->n_base - at) * sizeof *in->base);
    in->base[at] = (struct planar_count){mark, count};
    in->n_base++;
}

/* Stores in->base as the cover of a cycle. */
static bool keep_cover(struct planar *planar, struct planar_cycle *cycle)
{
    struct planar_inner *in = planar->inner;
    if (!planar_grow(planar, &planar->covers, &in->cap_covers, in->n_covers + in->n_base,
                     sizeof *planar->covers))
        return false;
    cycle->cover = (uint32_t)in->n_covers;
    for (size_t i = 0; i < in->n_base; i++)
        if (in->base[i].count)
            planar->covers[in->n_covers++] = in->base[i];
    cycle->n_cover = (uint32_t)in->n_covers - cycle->cover;
    cycle->known = true;
    return true;
}

/* Computes the cover of a point just left of a component's leftmost vertex, from all edges
 * that a ray to the left crosses. */
static void cover_outside(struct planar *planar, uint32_t vertex)
{
    struct planar_inner *in = planar->inner;
    struct arc_xy at = planar->xy[vertex];
    size_t row = planar_row(planar, at.y), last = planar_column(planar, at.x);
    in->n_base = 0;
    in->stamp++;
    for (size_t column = 0; column <= last; column++)
        for (uint32_t n = in->heads[row * in->columns + column]; n != PLANAR_NONE;
             n = in->nodes[n].next) {
            struct planar_edge *edge = &planar->edges[in->nodes[n].edge];
            struct arc_xy a = planar->xy[edge->a], b = planar->xy[edge->b];
            if (edge->dead || edge->seen == in->stamp)
                continue;
            edge->seen = in->stamp;
            bool down = a.y <= at.y && at.y < b.y, up = b.y <= at.y && at.y < a.y;
            /* y grows downwards: left of the edge is its smaller x */
            if ((!down && !up) || planar_side(planar, a, b, at) * (down ? 1 : -1) >= 0)
                continue;
            for (uint32_t u = edge->uses; u != PLANAR_NONE; u = planar->uses[u].next)
                count_in(planar, planar->uses[u].mark,
                         down ? -planar->uses[u].sign : planar->uses[u].sign);
        }
}

/* Collects the cycles of a component on the stack; finds the outer one, and the leftmost
 * vertex. */
static size_t gather_component(struct planar *planar, uint32_t start, uint32_t *outer,
                               uint32_t *leftmost)
{
    struct planar_inner *in = planar->inner;
    size_t n = 0;
    *outer = start;
    *leftmost = half_origin(planar, planar->cycles[start].half);
    in->stack[n++] = start;
    planar->cycles[start].known = true;
    for (size_t i = 0; i < n; i++) {
        const struct planar_cycle *cycle = &planar->cycles[in->stack[i]];
        if (cycle->area2 < planar->cycles[*outer].area2)
            *outer = in->stack[i];
        uint32_t h = cycle->half;
        do {
            uint32_t v = half_origin(planar, h), beside = planar->cycle_of[h ^ 1];
            if (planar->xy[v].x < planar->xy[*leftmost].x)
                *leftmost = v;
            if (!planar->cycles[beside].known) {
                planar->cycles[beside].known = true;
                in->stack[n++] = beside;
            }
            h = planar->next[h];
        } while (h != cycle->half);
    }
    for (size_t i = 0; i < n; i++)
        planar->cycles[in->stack[i]].known = false;
    return n;
}

/* Passes the cover on from a cycle to its neighbours. */
static bool spread(struct planar *planar, uint32_t start)
{
    struct planar_inner *in = planar->inner;
    size_t n = 0;
    in->stack[n++] = start;
    while (n) {
        const struct planar_cycle here = planar->cycles[in->stack[--n]];
        uint32_t h = here.half;
        do {
            uint32_t beside = planar->cycle_of[h ^ 1];
            if (!planar->cycles[beside].known) {
                const struct planar_edge *edge = &planar->edges[planar->live[h >> 1]];
                in->n_base = 0;
                for (uint32_t i = 0; i < here.n_cover; i++)
                    count_in(planar, planar->covers[here.cover + i].mark,
                             planar->covers[here.cover + i].count);
                for (uint32_t u = edge->uses; u != PLANAR_NONE; u = planar->uses[u].next)
                    count_in(planar, planar->uses[u].mark,
                             h & 1 ? planar->uses[u].sign : -planar->uses[u].sign);
                if (planar->failed || !keep_cover(planar, &planar->cycles[beside]))
                    return false;
                in->stack[n++] = beside;
            }
            h = planar->next[h];
        } while (h != here.half);
    }
    return true;
}

bool planar_faces(struct planar *planar)
{
    struct planar_inner *in = planar->inner;
    if (planar->failed || !take_live(planar) || !sort_around(planar) || !find_cycles(planar) ||
        !planar_grow(planar, &in->stack, &in->cap_stack, planar->n_cycles + 1, sizeof *in->stack))
        return false;
    in->n_covers = 0;
    for (uint32_t c = 0; c < planar->n_cycles; c++) {
        uint32_t outer, leftmost;
        if (planar->cycles[c].known)
            continue;
        gather_component(planar, c, &outer, &leftmost);
        cover_outside(planar, leftmost);
        if (planar->failed || !keep_cover(planar, &planar->cycles[outer]) || !spread(planar, outer))
            return false;
    }
    return true;
}

/* ---- rings --------------------------------------------------------------- */

static bool owns(const struct planar *planar, uint32_t cycle, int32_t mark)
{
    const struct planar_cycle *at = &planar->cycles[cycle];
    if (at->given != PLANAR_AS_IS)
        return at->given == mark;
    for (uint32_t i = 0; i < at->n_cover; i++)
        if (planar->covers[at->cover + i].mark == mark)
            return planar->covers[at->cover + i].count > 0;
    return false;
}

/* Lists every mark that owns the face on the left of the half-edge and not the one on its
 * right. fill false: only counts. */
static void sort_half(struct planar *planar, uint32_t half, bool fill)
{
    struct planar_inner *in = planar->inner;
    uint32_t left = planar->cycle_of[half], right = planar->cycle_of[half ^ 1];
    const struct planar_cycle *at = &planar->cycles[left];
    bool given = at->given != PLANAR_AS_IS;
    for (uint32_t i = 0; i < (given ? 1 : at->n_cover); i++) {
        int32_t mark = given ? at->given : planar->covers[at->cover + i].mark;
        if ((!given && planar->covers[at->cover + i].count <= 0) || owns(planar, right, mark))
            continue;
        if (fill)
            in->of[in->of_first[mark + 1]++] = half;
        else
            in->of_first[mark + 2]++;
    }
}

static bool sort_halves(struct planar *planar, size_t n_marks)
{
    struct planar_inner *in = planar->inner;
    size_t n = 2 * planar->n_live;
    if (!planar_grow(planar, &in->of_first, &in->cap_of_first, n_marks + 2, sizeof *in->of_first) ||
        !planar_grow(planar, &in->flag, &in->cap_flag, n + 1, sizeof *in->flag) ||
        !planar_grow(planar, &in->seen, &in->cap_seen, planar->n_xy + 1, sizeof *in->seen))
        return false;
    memset(in->of_first, 0, (n_marks + 2) * sizeof *in->of_first);
    memset(in->flag, 0, (n + 1) * sizeof *in->flag);
    memset(in->seen, 0, (planar->n_xy + 1) * sizeof *in->seen);
    for (uint32_t h = 0; h < n; h++)
        sort_half(planar, h, false);
    for (size_t m = 0; m < n_marks; m++)
        in->of_first[m + 2] += in->of_first[m + 1];
    if (!planar_grow(planar, &in->of, &in->cap_of, in->of_first[n_marks + 1] + 1, sizeof *in->of))
        return false;
    for (uint32_t h = 0; h < n; h++)
        sort_half(planar, h, true);
    return true;
}

/* Keeps a simple ring of the path's vertices from `from` on. */
static bool keep_loop(struct planar *planar, int32_t mark, size_t from, size_t to)
{
    struct planar_inner *in = planar->inner;
    size_t n = to - from;
    double area2 = 0;
    if (n < 3)
        return true;
    if (!planar_grow(planar, &in->loops, &in->cap_loops, in->n_loops + 1, sizeof *in->loops) ||
        !planar_grow(planar, &in->parents, &in->cap_parents, in->n_loops + 1,
                     sizeof *in->parents) ||
        !planar_grow(planar, &in->loop_vertices, &in->cap_loop_vertices, in->n_loop_vertices + n,
                     sizeof *in->loop_vertices))
        return false;
    struct arc_xy origin = planar->xy[in->path[from]];
    for (size_t i = from + 1; i + 1 < to; i++) {
        struct arc_xy a = planar->xy[in->path[i]], b = planar->xy[in->path[i + 1]];
        area2 += ((double)a.x - origin.x) * ((double)b.y - origin.y) -
                 ((double)a.y - origin.y) * ((double)b.x - origin.x);
    }
    memcpy(in->loop_vertices + in->n_loop_vertices, in->path + from, n * sizeof *in->path);
    in->parents[in->n_loops] = PLANAR_NONE;
    in->loops[in->n_loops++] =
        (struct planar_ring){mark, (uint32_t)in->n_loop_vertices, (uint32_t)n, area2 < 0, area2};
    in->n_loop_vertices += n;
    return true;
}

/* Traces a boundary and cuts it where it touches itself. What is on its left is connected,
 * so the pieces are one shell with the holes that touch it, or only holes. */
static bool trace(struct planar *planar, int32_t mark, uint32_t start)
{
    struct planar_inner *in = planar->inner;
    uint32_t here = (uint32_t)mark + 1, h = start;
    size_t n = 0, loops = in->n_loops;
    do {
        uint32_t v = half_origin(planar, h);
        if (in->seen[v]) {
            size_t from = in->seen[v] - 1;
            if (!keep_loop(planar, mark, from, n))
                return false;
            for (size_t i = from + 1; i < n; i++)
                in->seen[in->path[i]] = 0;
            n = from;
        }
        if (!planar_grow(planar, &in->path, &in->cap_path, n + 1, sizeof *in->path))
            return false;
        in->path[n++] = v;
        in->seen[v] = (uint32_t)n;
        in->flag[h] = 0;
        h = planar->next[h];
        while (in->flag[h] != here && h != start)
            h = planar->next[h ^ 1];
    } while (h != start);
    for (size_t i = 0; i < n; i++)
        in->seen[in->path[i]] = 0;
    if (!keep_loop(planar, mark, 0, n))
        return false;
    for (size_t s = loops; s < in->n_loops; s++)
        for (size_t l = loops; l < in->n_loops && !in->loops[s].hole; l++)
            if (in->loops[l].hole)
                in->parents[l] = (uint32_t)s;
    return true;
}

static bool holds(const struct planar *planar, const struct planar_ring *ring, struct arc_xy at)
{
    const uint32_t *path = planar->inner->loop_vertices + ring->first;
    bool in = false;
    for (uint32_t i = 0, k = ring->count - 1; i < ring->count; k = i++) {
        struct arc_xy a = planar->xy[path[k]], b = planar->xy[path[i]];
        if ((a.y <= at.y) != (b.y <= at.y) && (planar_side(planar, a, b, at) > 0) == (b.y > a.y))
            in = !in;
    }
    return in;
}

/* Assigns holes that touch no shell to the smallest shell around them. */
static void find_parents(struct planar *planar)
{
    struct planar_inner *in = planar->inner;
    for (size_t l = 0; l < in->n_loops; l++) {
        double least = INFINITY;
        if (!in->loops[l].hole || in->parents[l] != PLANAR_NONE)
            continue;
        struct arc_xy at = planar->xy[in->loop_vertices[in->loops[l].first]];
        for (size_t s = 0; s < in->n_loops; s++)
            if (!in->loops[s].hole && in->loops[s].area2 < least &&
                holds(planar, &in->loops[s], at)) {
                in->parents[l] = (uint32_t)s;
                least = in->loops[s].area2;
            }
    }
}

static void put_ring(struct planar *planar, const struct planar_ring *loop)
{
    memcpy(planar->ring_vertices + planar->n_ring_vertices,
           planar->inner->loop_vertices + loop->first, loop->count * sizeof *planar->ring_vertices);
    planar->rings[planar->n_rings] = *loop;
    planar->rings[planar->n_rings++].first = (uint32_t)planar->n_ring_vertices;
    planar->n_ring_vertices += loop->count;
}

/* Writes each shell, then its holes. */
static bool put_rings(struct planar *planar)
{
    struct planar_inner *in = planar->inner;
    if (!planar_grow(planar, &planar->rings, &in->cap_rings, planar->n_rings + in->n_loops,
                     sizeof *planar->rings) ||
        !planar_grow(planar, &planar->ring_vertices, &in->cap_ring_vertices,
                     planar->n_ring_vertices + in->n_loop_vertices, sizeof *planar->ring_vertices))
        return false;
    size_t n_holes = 0;
    for (size_t l = 0; l < in->n_loops; l++)
        n_holes += in->loops[l].hole;
    for (size_t s = 0; s < in->n_loops; s++) {
        if (in->loops[s].hole)
            continue;
        put_ring(planar, &in->loops[s]);
        for (size_t l = 0; l < in->n_loops && n_holes; l++)
            if (in->loops[l].hole && in->parents[l] == s)
                put_ring(planar, &in->loops[l]);
    }
    return true;
}

bool planar_trace(struct planar *planar, size_t n_marks)
{
    struct planar_inner *in = planar->inner;
    planar->n_rings = planar->n_ring_vertices = 0;
    if (planar->failed || !sort_halves(planar, n_marks))
        return false;
    for (size_t m = 0; m < n_marks; m++) {
        in->n_loops = in->n_loop_vertices = 0;
        for (uint32_t i = in->of_first[m]; i < in->of_first[m + 1]; i++)
            in->flag[in->of[i]] = (uint32_t)m + 1;
        for (uint32_t i = in->of_first[m]; i < in->of_first[m + 1]; i++)
            if (in->flag[in->of[i]] == m + 1 && !trace(planar, (int32_t)m, in->of[i]))
                return false;
        find_parents(planar);
        if (!put_rings(planar))
            return false;
    }
    return true;
}
