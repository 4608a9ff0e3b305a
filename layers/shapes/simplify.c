/* simplify.c - Visvalingam-Whyatt simplification of arcs, one level a zoom. */
#include "layers/shapes/simplify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

struct simplify_work {
    const struct arcs *arcs;
    uint32_t *arc_of;      /* vertex -> arc */
    uint32_t *prev, *next; /* along the arc; NONE for its ends */
    double *area;          /* significance, in square steps; grows monotonically */
    signed char *removed;
    uint32_t *heap, *place; /* binary heap by area; place of a vertex, or NONE */
    size_t n_heap;
    double *ring_area, *ring_whole; /* by path: signed, now and at the start; 0: a line */
    /* A grid over the remaining vertices, for one level. */
    uint32_t *cell_first, *cell_items;
    size_t columns, rows;
    double origin_x, origin_y, cell;
};

static int64_t cross(struct arc_xy a, struct arc_xy b, struct arc_xy c)
{
    return ((int64_t)b.x - a.x) * ((int64_t)c.y - a.y) -
           ((int64_t)b.y - a.y) * ((int64_t)c.x - a.x);
}

/* ---- heap ---------------------------------------------------------------- */

static void heap_set(struct simplify_work *w, size_t at, uint32_t v)
{
    w->heap[at] = v;
    w->place[v] = (uint32_t)at;
}

static void heap_up(struct simplify_work *w, size_t at)
{
    uint32_t v = w->heap[at];
    while (at > 0 && w->area[v] < w->area[w->heap[(at - 1) / 2]]) {
        heap_set(w, at, w->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    heap_set(w, at, v);
}

static void heap_down(struct simplify_work *w, size_t at)
{
    uint32_t v = w->heap[at];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= w->n_heap)
            break;
        if (child + 1 < w->n_heap && w->area[w->heap[child + 1]] < w->area[w->heap[child]])
            child++;
        if (w->area[v] <= w->area[w->heap[child]])
            break;
        heap_set(w, at, w->heap[child]);
        at = child;
    }
    heap_set(w, at, v);
}

static void heap_push(struct simplify_work *w, uint32_t v)
{
    heap_set(w, w->n_heap++, v);
    heap_up(w, w->n_heap - 1);
}

static uint32_t heap_pop(struct simplify_work *w)
{
    uint32_t top = w->heap[0];
    w->place[top] = NONE;
    if (--w->n_heap > 0) {
        heap_set(w, 0, w->heap[w->n_heap]);
        heap_down(w, 0);
    }
    return top;
}

/* ---- guards -------------------------------------------------------------- */

static size_t cell_of(double v, double origin, double cell, size_t count)
{
    double at = (v - origin) / cell;
    return at <= 0 ? 0 : at >= (double)count ? count - 1 : (size_t)at;
}

static size_t cell_at(const struct simplify_work *w, struct arc_xy at)
{
    return cell_of(at.y, w->origin_y, w->cell, w->rows) * w->columns +
           cell_of(at.x, w->origin_x, w->cell, w->columns);
}

/* Sorts the remaining vertices into cells (counting sort). */
static void grid_fill(struct simplify_work *w)
{
    const struct arcs *arcs = w->arcs;
    size_t left = 0;
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < arcs->n_xy; i++) {
        if (w->removed[i] >= 0)
            continue;
        left++;
        box[0] = fmin(box[0], arcs->xy[i].x);
        box[1] = fmin(box[1], arcs->xy[i].y);
        box[2] = fmax(box[2], arcs->xy[i].x);
        box[3] = fmax(box[3], arcs->xy[i].y);
    }
    w->origin_x = box[0];
    w->origin_y = box[1];
    double width = fmax(box[2] - box[0], 1), height = fmax(box[3] - box[1], 1);
    /* As many cells as vertices: lines leave most of them empty. */
    w->cell =
        fmax(sqrt(width * height / (double)(left + 1)), fmax(width, height) / (double)(left + 1));
    w->columns = (size_t)(width / w->cell) + 1;
    w->rows = (size_t)(height / w->cell) + 1;
    size_t cells = w->columns * w->rows;
    memset(w->cell_first, 0, (cells + 1) * sizeof *w->cell_first);
    for (size_t i = 0; i < arcs->n_xy; i++)
        if (w->removed[i] < 0)
            w->cell_first[cell_at(w, arcs->xy[i]) + 1]++;
    for (size_t c = 0; c < cells; c++)
        w->cell_first[c + 1] += w->cell_first[c];
    for (size_t i = 0; i < arcs->n_xy; i++)
        if (w->removed[i] < 0)
            w->cell_items[w->cell_first[cell_at(w, arcs->xy[i])]++] = (uint32_t)i;
    memmove(w->cell_first + 1, w->cell_first, cells * sizeof *w->cell_first);
    w->cell_first[0] = 0;
}

static bool same(struct arc_xy a, struct arc_xy b)
{
    return a.x == b.x && a.y == b.y;
}

/* True if another vertex is in the closed triangle; its own corners do not count. */
static bool triangle_holds_vertex(const struct simplify_work *w, struct arc_xy a, struct arc_xy b,
                                  struct arc_xy c)
{
    if (cross(a, b, c) < 0) {
        struct arc_xy swap = a;
        a = c;
        c = swap;
    }
    double min_x = fmin(a.x, fmin(b.x, c.x)), max_x = fmax(a.x, fmax(b.x, c.x));
    double min_y = fmin(a.y, fmin(b.y, c.y)), max_y = fmax(a.y, fmax(b.y, c.y));
    size_t x0 = cell_of(min_x, w->origin_x, w->cell, w->columns);
    size_t x1 = cell_of(max_x, w->origin_x, w->cell, w->columns);
    size_t y0 = cell_of(min_y, w->origin_y, w->cell, w->rows);
    size_t y1 = cell_of(max_y, w->origin_y, w->cell, w->rows);
    for (size_t y = y0; y <= y1; y++)
        for (uint32_t k = w->cell_first[y * w->columns + x0];
             k < w->cell_first[y * w->columns + x1 + 1]; k++) {
            uint32_t i = w->cell_items[k];
            struct arc_xy p = w->arcs->xy[i];
            if (w->removed[i] >= 0 || p.x < min_x || p.x > max_x || p.y < min_y || p.y > max_y)
                continue;
            if (same(p, a) || same(p, b) || same(p, c))
                continue;
            if (cross(a, b, p) >= 0 && cross(b, c, p) >= 0 && cross(c, a, p) >= 0)
                return true;
        }
    return false;
}

/* True if the ring keeps half of its area; `gain` is added to its signed area. */
static bool ring_stands(const struct simplify_work *w, int32_t path, double gain)
{
    if (path < 0 || w->ring_whole[path] == 0)
        return true;
    return (w->ring_area[path] + gain) / w->ring_whole[path] >= 0.5;
}

static bool may_remove(const struct simplify_work *w, uint32_t v)
{
    const struct arc *arc = &w->arcs->arcs[w->arc_of[v]];
    struct arc_xy a = w->arcs->xy[w->prev[v]], b = w->arcs->xy[v], c = w->arcs->xy[w->next[v]];
    int64_t width = (int64_t)(a.x > c.x ? a.x : c.x) - (a.x < c.x ? a.x : c.x);
    int64_t height = (int64_t)(a.y > c.y ? a.y : c.y) - (a.y < c.y ? a.y : c.y);
    if (width > INT32_MAX / 2 || height > INT32_MAX / 2) /* products stay in 64 bits */
        return false;
    /* a-b-c becomes a-c: the ring to which it runs forward loses cross/2. */
    double loss = (double)cross(a, b, c) / 2;
    return ring_stands(w, arc->left, -loss) && ring_stands(w, arc->right, loss) &&
           !triangle_holds_vertex(w, a, b, c);
}

/* True for a vertex of a ring that shares no border and cannot lose it: it need not be
 * tested again at coarser levels. Of a million small polygons that is most vertices. */
static bool settled(const struct simplify_work *w, uint32_t v)
{
    const struct arc *arc = &w->arcs->arcs[w->arc_of[v]];
    if (arc->tail != arc->head || (arc->left >= 0 && arc->right >= 0))
        return false;
    double loss =
        (double)cross(w->arcs->xy[w->prev[v]], w->arcs->xy[v], w->arcs->xy[w->next[v]]) / 2;
    return !ring_stands(w, arc->left, -loss) || !ring_stands(w, arc->right, loss);
}

/* ---- removal ------------------------------------------------------------- */

/* The triangle's area or, if larger, a quarter of the square of its tip's distance: a thin
 * spike has little area but is visible. */
static double significance(const struct simplify_work *w, uint32_t v)
{
    struct arc_xy a = w->arcs->xy[w->prev[v]], b = w->arcs->xy[v], c = w->arcs->xy[w->next[v]];
    double dx = (double)c.x - a.x, dy = (double)c.y - a.y;
    double bx = (double)b.x - a.x, by = (double)b.y - a.y;
    double base = dx * dx + dy * dy, along = base > 0 ? (bx * dx + by * dy) / base : 0;
    along = along < 0 ? 0 : along > 1 ? 1 : along;
    double ex = bx - along * dx, ey = by - along * dy;
    return fmax(fabs(dx * by - dy * bx) / 2, (ex * ex + ey * ey) / 4);
}

static void revalue(struct simplify_work *w, uint32_t v, double at_least)
{
    if (w->prev[v] == NONE || w->next[v] == NONE)
        return;
    w->area[v] = fmax(significance(w, v), at_least);
    if (w->place[v] == NONE)
        return; /* refused at this level; tested again at the next */
    heap_up(w, w->place[v]);
    heap_down(w, w->place[v]);
}

static void drop(struct simplify_work *w, uint32_t v, int level)
{
    const struct arc *arc = &w->arcs->arcs[w->arc_of[v]];
    uint32_t a = w->prev[v], c = w->next[v];
    double loss = (double)cross(w->arcs->xy[a], w->arcs->xy[v], w->arcs->xy[c]) / 2;
    if (arc->left >= 0)
        w->ring_area[arc->left] -= loss;
    if (arc->right >= 0)
        w->ring_area[arc->right] += loss;
    w->removed[v] = (signed char)level;
    w->next[a] = c;
    w->prev[c] = a;
    revalue(w, a, w->area[v]);
    revalue(w, c, w->area[v]);
}

static void simplify_level(struct simplify_work *w, int level, uint32_t *refused)
{
    double pixel = ldexp(1, 24 - level), limit = SIMPLIFY_AREA_PX2 * pixel * pixel;
    size_t n_refused = 0;
    if (w->n_heap > 0 && w->area[w->heap[0]] < limit)
        grid_fill(w);
    while (w->n_heap > 0 && w->area[w->heap[0]] < limit) {
        uint32_t v = heap_pop(w);
        if (may_remove(w, v))
            drop(w, v, level);
        else if (!settled(w, v))
            refused[n_refused++] = v;
    }
    for (size_t i = 0; i < n_refused; i++)
        heap_push(w, refused[i]);
}

static void start(struct simplify_work *w, const struct arc_path *paths)
{
    const struct arcs *arcs = w->arcs;
    for (size_t a = 0; a < arcs->n_arcs; a++) {
        const struct arc *arc = &arcs->arcs[a];
        double sum = 0; /* shoelace, about the arc's first position */
        for (uint32_t i = arc->first; i < arc->first + arc->count; i++) {
            bool last = i + 1 == arc->first + arc->count;
            w->arc_of[i] = (uint32_t)a;
            w->prev[i] = i == arc->first ? NONE : i - 1;
            w->next[i] = last ? NONE : i + 1;
            w->place[i] = NONE;
            w->removed[i] = -1;
            if (!last)
                sum += (double)arcs->xy[i].x * arcs->xy[i + 1].y -
                       (double)arcs->xy[i].y * arcs->xy[i + 1].x;
        }
        if (arc->left >= 0 && paths[arc->left].ring)
            w->ring_area[arc->left] += sum / 2;
        if (arc->right >= 0 && paths[arc->right].ring)
            w->ring_area[arc->right] -= sum / 2;
    }
    memcpy(w->ring_whole, w->ring_area, arcs->n_paths * sizeof *w->ring_area);
    for (size_t a = 0; a < arcs->n_arcs; a++)
        for (uint32_t i = arcs->arcs[a].first + 1;
             i + 1 < arcs->arcs[a].first + arcs->arcs[a].count && !arcs->arcs[a].crowded; i++) {
            w->area[i] = significance(w, i);
            heap_push(w, i);
        }
}

signed char *simplify_arcs(const struct arcs *arcs, const struct arc_path *paths)
{
    size_t n = arcs->n_xy + 1, rings = arcs->n_paths + 1;
    struct simplify_work w = {.arcs = arcs};
    uint32_t *refused = malloc(n * sizeof *refused);
    bool ok = false;
    w.arc_of = malloc(n * sizeof *w.arc_of);
    w.prev = malloc(n * sizeof *w.prev);
    w.next = malloc(n * sizeof *w.next);
    w.area = malloc(n * sizeof *w.area);
    w.removed = malloc(n);
    w.heap = malloc(n * sizeof *w.heap);
    w.place = malloc(n * sizeof *w.place);
    w.ring_area = calloc(rings, sizeof *w.ring_area);
    w.ring_whole = calloc(rings, sizeof *w.ring_whole);
    /* columns * rows <= 4n + 4 for the cell size chosen in grid_fill() */
    w.cell_first = malloc((4 * n + 8) * sizeof *w.cell_first);
    w.cell_items = malloc(n * sizeof *w.cell_items);
    if (refused && w.arc_of && w.prev && w.next && w.area && w.removed && w.heap && w.place &&
        w.ring_area && w.ring_whole && w.cell_first && w.cell_items) {
        ok = true;
        start(&w, paths);
        for (int level = SIMPLIFY_LEVELS - 1; level >= 0; level--)
            simplify_level(&w, level, refused);
    }
    free(refused);
    free(w.arc_of);
    free(w.prev);
    free(w.next);
    free(w.area);
    free(w.heap);
    free(w.place);
    free(w.ring_area);
    free(w.ring_whole);
    free(w.cell_first);
    free(w.cell_items);
    if (!ok) {
        free(w.removed);
        return NULL;
    }
    return w.removed;
}
