/* planar.c - builds the planar graph: cuts segments where they meet. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "layers/shapes/planar_internal.h"

/* If edges are cut into more pieces than this on average, noding is given up. */
enum { PIECES_MAX = 64 };

struct planar *planar_new(void)
{
    struct planar *planar = calloc(1, sizeof *planar);
    if (planar)
        planar->inner = calloc(1, sizeof *planar->inner);
    if (planar && planar->inner)
        return planar;
    free(planar);
    return NULL;
}

void planar_free(struct planar *planar)
{
    if (!planar)
        return;
    struct planar_inner *in = planar->inner;
    void *const owned[] = {planar->xy,        planar->edges,
                           planar->uses,      planar->live,
                           planar->next,      planar->cycle_of,
                           planar->cycles,    planar->covers,
                           planar->rings,     planar->ring_vertices,
                           in->vertices.keys, in->vertices.values,
                           in->edges.keys,    in->edges.values,
                           in->heads,         in->nodes,
                           in->cells,         in->queue,
                           in->cuts,          in->first,
                           in->around,        in->place,
                           in->stack,         in->base,
                           in->of_first,      in->of,
                           in->flag,          in->seen,
                           in->path,          in->loops,
                           in->parents,       in->loop_vertices};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    free(in);
    free(planar);
}

bool planar_grow(struct planar *planar, void *array, size_t *cap, size_t n, size_t size)
{
    bool ok = n <= *cap || array_grow(array, cap, n, size);
    planar->failed = planar->failed || !ok;
    return ok;
}

/* ---- tables -------------------------------------------------------------- */

static bool table_clear(struct planar *planar, struct planar_table *table, size_t n)
{
    size_t size = 64, cap = table->cap;
    while (size < 2 * n)
        size *= 2;
    if (!planar_grow(planar, &table->keys, &cap, size, sizeof *table->keys))
        return false;
    cap = table->cap;
    if (!planar_grow(planar, &table->values, &cap, size, sizeof *table->values))
        return false;
    table->cap = cap;
    table->mask = size - 1;
    memset(table->values, 0xFF, size * sizeof *table->values);
    return true;
}

static size_t table_slot(const struct planar_table *table, uint64_t key)
{
    uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (hash ^ hash >> 32) & table->mask;
    while (table->values[slot] != PLANAR_NONE && table->keys[slot] != key)
        slot = (slot + 1) & table->mask;
    return slot;
}

/* Doubles the table when it is half full. */
static bool table_room(struct planar *planar, struct planar_table *table, size_t n)
{
    if (2 * n <= table->mask)
        return true;
    struct planar_table more = {0};
    if (!table_clear(planar, &more, 2 * n + 2)) {
        free(more.keys);
        free(more.values);
        return false;
    }
    for (size_t i = 0; i <= table->mask; i++)
        if (table->values[i] != PLANAR_NONE) {
            size_t slot = table_slot(&more, table->keys[i]);
            more.keys[slot] = table->keys[i];
            more.values[slot] = table->values[i];
        }
    free(table->keys);
    free(table->values);
    *table = more;
    return true;
}

/* ---- vertices and edges -------------------------------------------------- */

bool planar_start(struct planar *planar, size_t segments)
{
    struct planar_inner *in = planar->inner;
    planar->failed = false;
    planar->n_xy = planar->n_edges = planar->n_uses = planar->n_live = 0;
    planar->n_cycles = planar->n_rings = 0;
    in->n_queue = in->done = in->n_nodes = 0;
    in->laid = false;
    return table_clear(planar, &in->vertices, segments) &&
           table_clear(planar, &in->edges, segments);
}

uint32_t planar_vertex(struct planar *planar, struct arc_xy at)
{
    struct planar_inner *in = planar->inner;
    uint64_t key = (uint64_t)(uint32_t)at.x << 32 | (uint32_t)at.y;
    if (planar->failed || !table_room(planar, &in->vertices, planar->n_xy + 1) ||
        !planar_grow(planar, &planar->xy, &in->cap_xy, planar->n_xy + 1, sizeof *planar->xy))
        return 0;
    size_t slot = table_slot(&in->vertices, key);
    if (in->vertices.values[slot] == PLANAR_NONE) {
        in->vertices.keys[slot] = key;
        in->vertices.values[slot] = (uint32_t)planar->n_xy;
        planar->xy[planar->n_xy++] = at;
    }
    return in->vertices.values[slot];
}

/* The edge between two vertices; queued for testing if it is new or was cut. */
static uint32_t edge_between(struct planar *planar, uint32_t a, uint32_t b)
{
    struct planar_inner *in = planar->inner;
    uint64_t key = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
    if (planar->failed || !table_room(planar, &in->edges, planar->n_edges + 1) ||
        !planar_grow(planar, &planar->edges, &in->cap_edges, planar->n_edges + 1,
                     sizeof *planar->edges) ||
        !planar_grow(planar, &in->queue, &in->cap_queue, in->n_queue + 1, sizeof *in->queue))
        return PLANAR_NONE;
    size_t slot = table_slot(&in->edges, key);
    if (in->edges.values[slot] == PLANAR_NONE) {
        in->edges.keys[slot] = key;
        in->edges.values[slot] = (uint32_t)planar->n_edges;
        planar->edges[planar->n_edges] = (struct planar_edge){.a = a, .b = b, .uses = PLANAR_NONE};
        in->queue[in->n_queue++] = (uint32_t)planar->n_edges++;
    }
    uint32_t edge = in->edges.values[slot];
    if (planar->edges[edge].dead) { /* its uses were moved to its pieces */
        planar->edges[edge].dead = false;
        planar->edges[edge].uses = PLANAR_NONE;
        in->queue[in->n_queue++] = edge;
    }
    return edge;
}

static void use(struct planar *planar, uint32_t edge, uint32_t from, int32_t mark, int32_t sign)
{
    struct planar_inner *in = planar->inner;
    if (planar->edges[edge].a != from)
        sign = -sign;
    for (uint32_t u = planar->edges[edge].uses; u != PLANAR_NONE; u = planar->uses[u].next)
        if (planar->uses[u].mark == mark) {
            planar->uses[u].sign += sign;
            return;
        }
    if (!planar_grow(planar, &planar->uses, &in->cap_uses, planar->n_uses + 1,
                     sizeof *planar->uses))
        return;
    planar->uses[planar->n_uses] = (struct planar_use){mark, sign, planar->edges[edge].uses};
    planar->edges[edge].uses = (uint32_t)planar->n_uses++;
}

void planar_add(struct planar *planar, uint32_t from, uint32_t to, int32_t mark)
{
    uint32_t edge = from == to ? PLANAR_NONE : edge_between(planar, from, to);
    if (edge == PLANAR_NONE)
        return;
    if (mark < 0)
        planar->edges[edge].bridge = true;
    else
        use(planar, edge, from, mark, 1);
}

void planar_add_ring(struct planar *planar, const struct arc_xy *xy, size_t n, int32_t mark)
{
    if (n < 2)
        return;
    uint32_t first = planar_vertex(planar, xy[0]), from = first;
    for (size_t i = 1; i <= n; i++) {
        uint32_t to = i < n ? planar_vertex(planar, xy[i]) : first;
        planar_add(planar, from, to, mark);
        from = to;
    }
}

/* ---- the grid ------------------------------------------------------------ */

size_t planar_row(const struct planar *planar, double y)
{
    const struct planar_inner *in = planar->inner;
    double at = (y - in->origin_y) / in->cell;
    return at <= 0 ? 0 : at >= (double)in->rows ? in->rows - 1 : (size_t)at;
}

size_t planar_column(const struct planar *planar, double x)
{
    const struct planar_inner *in = planar->inner;
    double at = (x - in->origin_x) / in->cell;
    return at <= 0 ? 0 : at >= (double)in->columns ? in->columns - 1 : (size_t)at;
}

/* A grid with as many cells as edges. */
static bool lay_grid(struct planar *planar)
{
    struct planar_inner *in = planar->inner;
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY}, n = (double)planar->n_edges + 1;
    for (size_t v = 0; v < planar->n_xy; v++) {
        box[0] = fmin(box[0], planar->xy[v].x);
        box[1] = fmin(box[1], planar->xy[v].y);
        box[2] = fmax(box[2], planar->xy[v].x);
        box[3] = fmax(box[3], planar->xy[v].y);
    }
    double width = fmax(box[2] - box[0], 1), height = fmax(box[3] - box[1], 1);
    in->narrow = width < 1 << 30 && height < 1 << 30;
    in->origin_x = box[0];
    in->origin_y = box[1];
    in->cell = fmax(sqrt(width * height / n), fmax(width, height) / n);
    in->columns = (size_t)(width / in->cell) + 1;
    in->rows = (size_t)(height / in->cell) + 1;
    if (!planar_grow(planar, &in->heads, &in->cap_heads, in->columns * in->rows, sizeof *in->heads))
        return false;
    memset(in->heads, 0xFF, in->columns * in->rows * sizeof *in->heads);
    in->laid = true;
    return true;
}

/* Lists the cells that an edge passes, row by row. */
static bool find_cells(struct planar *planar, const struct planar_edge *edge)
{
    struct planar_inner *in = planar->inner;
    struct arc_xy a = planar->xy[edge->a], b = planar->xy[edge->b];
    if (b.y < a.y) {
        struct arc_xy swap = a;
        a = b;
        b = swap;
    }
    size_t top = planar_row(planar, a.y), bottom = planar_row(planar, b.y);
    double slope = b.y > a.y ? ((double)b.x - a.x) / ((double)b.y - a.y) : 0;
    double low = fmin(a.x, b.x), high = fmax(a.x, b.x);
    in->n_cells = 0;
    for (size_t row = top; row <= bottom; row++) {
        double from = a.x, to = b.x;
        if (row > top)
            from += slope * (in->origin_y + (double)row * in->cell - a.y);
        if (row < bottom)
            to = a.x + slope * (in->origin_y + (double)(row + 1) * in->cell - a.y);
        /* One more on each side, for rounding. */
        size_t first = planar_column(planar, fmax(fmin(from, to) - 1, low));
        size_t last = planar_column(planar, fmin(fmax(from, to) + 1, high));
        if (!planar_grow(planar, &in->cells, &in->cap_cells, in->n_cells + last - first + 1,
                         sizeof *in->cells))
            return false;
        for (size_t column = first; column <= last; column++)
            in->cells[in->n_cells++] = (uint32_t)(row * in->columns + column);
    }
    return true;
}

static bool place(struct planar *planar, uint32_t edge)
{
    struct planar_inner *in = planar->inner;
    if (planar->edges[edge].placed)
        return true;
    if (!planar_grow(planar, &in->nodes, &in->cap_nodes, in->n_nodes + in->n_cells,
                     sizeof *in->nodes))
        return false;
    for (size_t i = 0; i < in->n_cells; i++) {
        in->nodes[in->n_nodes] = (struct planar_node){edge, in->heads[in->cells[i]]};
        in->heads[in->cells[i]] = (uint32_t)in->n_nodes++;
    }
    planar->edges[edge].placed = true;
    return true;
}

void planar_near(struct planar *planar, const struct arc_box *box,
                 void (*fn)(void *arg, uint32_t edge), void *arg)
{
    struct planar_inner *in = planar->inner;
    size_t left = planar_column(planar, box->min_x), right = planar_column(planar, box->max_x);
    size_t top = planar_row(planar, box->min_y), bottom = planar_row(planar, box->max_y);
    for (size_t row = top; row <= bottom; row++)
        for (size_t column = left; column <= right; column++)
            for (uint32_t n = in->heads[row * in->columns + column]; n != PLANAR_NONE;
                 n = in->nodes[n].next)
                if (!planar->edges[in->nodes[n].edge].dead)
                    fn(arg, in->nodes[n].edge);
}

/* ---- cutting ------------------------------------------------------------- */

__extension__ typedef __int128 wide;

int planar_side(const struct planar *planar, struct arc_xy a, struct arc_xy b, struct arc_xy c)
{
    int64_t bx = (int64_t)b.x - a.x, by = (int64_t)b.y - a.y;
    int64_t cx = (int64_t)c.x - a.x, cy = (int64_t)c.y - a.y;
    if (planar->inner->narrow) {
        int64_t cross = bx * cy - by * cx;
        return (cross > 0) - (cross < 0);
    }
    wide cross = (wide)bx * cy - (wide)by * cx;
    return (cross > 0) - (cross < 0);
}

static double along(struct arc_xy a, struct arc_xy b, struct arc_xy at)
{
    return ((double)b.x - a.x) * ((double)at.x - a.x) + ((double)b.y - a.y) * ((double)at.y - a.y);
}

void planar_cut(struct planar *planar, uint32_t edge, uint32_t *vertices, size_t n)
{
    const struct planar_edge whole = planar->edges[edge];
    struct arc_xy a = planar->xy[whole.a], b = planar->xy[whole.b];
    for (size_t i = 1; i < n; i++) /* few */
        for (size_t k = i; k > 0 && along(a, b, planar->xy[vertices[k]]) <
                                        along(a, b, planar->xy[vertices[k - 1]]);
             k--) {
            uint32_t swap = vertices[k];
            vertices[k] = vertices[k - 1];
            vertices[k - 1] = swap;
        }
    planar->edges[edge].dead = true;
    uint32_t from = whole.a;
    for (size_t i = 0; i <= n; i++) {
        uint32_t to = i < n ? vertices[i] : whole.b;
        if (to == from || (i < n && to == whole.b))
            continue;
        uint32_t piece = edge_between(planar, from, to);
        if (piece == PLANAR_NONE)
            return;
        planar->edges[piece].bridge |= whole.bridge;
        for (uint32_t u = whole.uses; u != PLANAR_NONE && !planar->failed; u = planar->uses[u].next)
            use(planar, piece, from, planar->uses[u].mark, planar->uses[u].sign);
        from = to;
    }
}

static bool between(int32_t v, int32_t a, int32_t b)
{
    return a < b ? a <= v && v <= b : b <= v && v <= a;
}

static bool in_box(struct arc_xy at, struct arc_xy a, struct arc_xy b)
{
    return between(at.x, a.x, b.x) && between(at.y, a.y, b.y);
}

/* Notes a vertex that lies on the edge being tested. */
static void note_cut(struct planar *planar, uint32_t vertex)
{
    struct planar_inner *in = planar->inner;
    for (size_t i = 0; i < in->n_cuts; i++)
        if (in->cuts[i] == vertex)
            return;
    if (planar_grow(planar, &in->cuts, &in->cap_cuts, in->n_cuts + 1, sizeof *in->cuts))
        in->cuts[in->n_cuts++] = vertex;
}

static struct arc_xy crossing(struct arc_xy a, struct arc_xy b, struct arc_xy c, struct arc_xy d)
{
    double bx = (double)b.x - a.x, by = (double)b.y - a.y;
    double dx = (double)d.x - c.x, dy = (double)d.y - c.y;
    double t = (((double)c.x - a.x) * dy - ((double)c.y - a.y) * dx) / (bx * dy - by * dx);
    return (struct arc_xy){a.x + (int32_t)lrint(t * bx), a.y + (int32_t)lrint(t * by)};
}

/* Handles an edge that meets another: the other is cut at once, the first one later. */
static void meet(struct planar *planar, uint32_t edge, uint32_t other)
{
    const struct planar_edge e = planar->edges[edge], o = planar->edges[other];
    struct arc_xy a = planar->xy[e.a], b = planar->xy[e.b];
    struct arc_xy c = planar->xy[o.a], d = planar->xy[o.b];
    if ((a.x < c.x && a.x < d.x && b.x < c.x && b.x < d.x) ||
        (a.x > c.x && a.x > d.x && b.x > c.x && b.x > d.x) ||
        (a.y < c.y && a.y < d.y && b.y < c.y && b.y < d.y) ||
        (a.y > c.y && a.y > d.y && b.y > c.y && b.y > d.y))
        return;
    int c_side = planar_side(planar, a, b, c), d_side = planar_side(planar, a, b, d);
    if (c_side * d_side > 0)
        return;
    int a_side = planar_side(planar, c, d, a), b_side = planar_side(planar, c, d, b);
    if (a_side * b_side > 0)
        return;
    uint32_t on_other[2];
    size_t n = 0;
    if (c_side == 0 && o.a != e.a && o.a != e.b && in_box(c, a, b))
        note_cut(planar, o.a);
    if (d_side == 0 && o.b != e.a && o.b != e.b && in_box(d, a, b))
        note_cut(planar, o.b);
    if (a_side == 0 && e.a != o.a && e.a != o.b && in_box(a, c, d))
        on_other[n++] = e.a;
    if (b_side == 0 && e.b != o.a && e.b != o.b && in_box(b, c, d))
        on_other[n++] = e.b;
    if (c_side * d_side < 0 && a_side * b_side < 0) {
        uint32_t at = planar_vertex(planar, crossing(a, b, c, d));
        if (at != e.a && at != e.b)
            note_cut(planar, at);
        if (at != o.a && at != o.b)
            on_other[n++] = at;
    }
    if (n)
        planar_cut(planar, other, on_other, n);
}

static void look_at(struct planar *planar, uint32_t edge)
{
    struct planar_inner *in = planar->inner;
    if (planar->edges[edge].dead || !find_cells(planar, &planar->edges[edge]))
        return;
    in->n_cuts = 0;
    in->stamp++;
    for (size_t i = 0; i < in->n_cells && !planar->failed; i++)
        for (uint32_t n = in->heads[in->cells[i]]; n != PLANAR_NONE && !planar->failed;
             n = in->nodes[n].next) {
            uint32_t other = in->nodes[n].edge;
            if (other == edge || planar->edges[other].dead ||
                planar->edges[other].seen == in->stamp)
                continue;
            planar->edges[other].seen = in->stamp;
            meet(planar, edge, other);
        }
    if (in->n_cuts && !planar->failed)
        planar_cut(planar, edge, in->cuts, in->n_cuts);
    else
        place(planar, edge);
}

bool planar_node(struct planar *planar)
{
    struct planar_inner *in = planar->inner;
    if (!in->laid && (planar->failed || !lay_grid(planar)))
        return false;
    size_t most = PIECES_MAX * (planar->n_edges + 64);
    for (; in->done < in->n_queue && !planar->failed; in->done++) {
        look_at(planar, in->queue[in->done]);
        planar->failed |= in->n_queue > most;
    }
    in->n_queue = in->done = 0;
    return !planar->failed;
}
