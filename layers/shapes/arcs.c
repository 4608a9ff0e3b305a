/* arcs.c - cuts rings and lines into arcs that neighbours share. */
#include "layers/shapes/arcs.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"

#define NONE UINT32_MAX

/* State while paths are cut. Arrays by position of `in`, by vertex (distinct position) or
 * by edge (distinct pair of vertices). */
struct arcs_work {
    const struct arc_xy *in;
    const struct arc_path *paths;
    size_t n_paths, n_in;
    uint32_t *vertex;    /* vertex of each position */
    uint32_t *edge;      /* edge from each position to the next of its path */
    uint8_t *degree;     /* neighbours of each vertex: 0, 1, 2, more; JUNCTION once cut */
    uint32_t *edge_arc;  /* or NONE */
    uint32_t *edge_tail; /* vertex at which the arc enters the edge */
    size_t n_edges;
    size_t cap_arcs, cap_xy, cap_refs, n_refs;
};

enum { JUNCTION = 3 };

static size_t table_size(size_t n)
{
    size_t size = 16;
    while (size < 2 * n)
        size *= 2;
    return size;
}

static uint64_t mix(uint64_t key)
{
    key *= 0x9E3779B97F4A7C15u; /* Fibonacci hashing; the high bits are the good ones */
    return key ^ (key >> 32);
}

/* Index of a key, in order of first appearance. */
static uint32_t intern(uint64_t *keys, uint32_t *values, size_t mask, uint64_t key, uint32_t *count)
{
    size_t slot = mix(key) & mask;
    while (values[slot] != NONE && keys[slot] != key)
        slot = (slot + 1) & mask;
    if (values[slot] == NONE) {
        keys[slot] = key;
        values[slot] = (*count)++;
    }
    return values[slot];
}

static uint32_t next_of(const struct arc_path *path, uint32_t i)
{
    return i + 1 == path->first + path->count ? path->first : i + 1;
}

static bool number_vertices_and_edges(struct arcs_work *w, size_t *n_vertices)
{
    size_t size = table_size(w->n_in);
    uint64_t *keys = malloc(size * sizeof *keys);
    uint32_t *values = malloc(size * sizeof *values), count = 0;
    bool ok = keys && values;
    if (!ok)
        goto done;
    memset(values, 0xFF, size * sizeof *values);
    for (size_t i = 0; i < w->n_in; i++)
        w->vertex[i] = intern(keys, values, size - 1,
                              (uint64_t)(uint32_t)w->in[i].x << 32 | (uint32_t)w->in[i].y, &count);
    *n_vertices = count;
    count = 0;
    memset(values, 0xFF, size * sizeof *values);
    for (size_t p = 0; p < w->n_paths; p++) {
        const struct arc_path *path = &w->paths[p];
        for (uint32_t i = path->first; i < path->first + path->count; i++) {
            uint32_t next = next_of(path, i);
            if (next == path->first && !path->ring)
                break;
            uint32_t a = w->vertex[i], b = w->vertex[next], before = count;
            uint64_t key = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
            w->edge[i] = intern(keys, values, size - 1, key, &count);
            if (count > before) {
                w->degree[a] += w->degree[a] < JUNCTION;
                w->degree[b] += w->degree[b] < JUNCTION;
            }
        }
    }
    w->n_edges = count;
    for (size_t v = 0; v < *n_vertices; v++)
        if (w->degree[v] != 2)
            w->degree[v] = JUNCTION;
    for (size_t p = 0; p < w->n_paths; p++)
        if (!w->paths[p].ring && w->paths[p].count) {
            const struct arc_path *path = &w->paths[p];
            w->degree[w->vertex[path->first]] = JUNCTION;
            w->degree[w->vertex[path->first + path->count - 1]] = JUNCTION;
        }
done:
    free(keys);
    free(values);
    return ok;
}

/* Makes an arc from position `start` to the next junction, or around to `start`. */
static bool cut(struct arcs_work *w, struct arcs *out, const struct arc_path *path, uint32_t start)
{
    if (!array_reserve(out->arcs, w->cap_arcs, out->n_arcs + 1))
        return false;
    uint32_t index = (uint32_t)out->n_arcs++;
    struct arc arc = {.first = (uint32_t)out->n_xy,
                      .left = -1,
                      .right = -1,
                      .tail = w->vertex[start],
                      .box = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN}};
    uint32_t i = start;
    for (bool last = false;; i = next_of(path, i)) {
        if (!array_reserve(out->xy, w->cap_xy, out->n_xy + 1))
            return false;
        struct arc_xy at = w->in[i];
        out->xy[out->n_xy++] = at;
        arc.box.min_x = at.x < arc.box.min_x ? at.x : arc.box.min_x;
        arc.box.max_x = at.x > arc.box.max_x ? at.x : arc.box.max_x;
        arc.box.min_y = at.y < arc.box.min_y ? at.y : arc.box.min_y;
        arc.box.max_y = at.y > arc.box.max_y ? at.y : arc.box.max_y;
        if (last)
            break;
        w->edge_arc[w->edge[i]] = index;
        w->edge_tail[w->edge[i]] = w->vertex[i];
        uint32_t next = next_of(path, i);
        last = next == start || w->degree[w->vertex[next]] == JUNCTION;
    }
    arc.head = w->vertex[i];
    arc.count = (uint32_t)out->n_xy - arc.first;
    out->arcs[index] = arc;
    return true;
}

/* The position at which to begin a ring: a junction, or the tail of an existing arc, or
 * its first position. */
static uint32_t start_of(const struct arcs_work *w, const struct arcs *out,
                         const struct arc_path *path)
{
    if (!path->ring)
        return path->first;
    uint32_t known = w->edge_arc[w->edge[path->first]];
    for (uint32_t i = path->first; i < path->first + path->count; i++)
        if (w->degree[w->vertex[i]] == JUNCTION ||
            (known != NONE && out->arcs[known].tail == w->vertex[i]))
            return i;
    return path->first;
}

static bool cut_path(struct arcs_work *w, struct arcs *out, size_t p)
{
    const struct arc_path *path = &w->paths[p];
    size_t edges = path->ring ? path->count : path->count - 1;
    if (path->count < 2)
        return true;
    uint32_t i = start_of(w, out, path);
    for (size_t walked = 0; walked < edges;) {
        uint32_t edge = w->edge[i];
        if (w->edge_arc[edge] == NONE && !cut(w, out, path, i))
            return false;
        uint32_t a = w->edge_arc[edge];
        struct arc *arc = &out->arcs[a];
        bool forward = w->edge_tail[edge] == w->vertex[i];
        int32_t *side = forward ? &arc->left : &arc->right;
        arc->crowded |= *side >= 0;
        *side = (int32_t)p;
        if (!array_reserve(out->refs, w->cap_refs, w->n_refs + 1))
            return false;
        out->refs[w->n_refs++] = forward ? (int32_t)a : ~(int32_t)a;
        walked += arc->count - 1;
        uint32_t offset = (uint32_t)((i - path->first + arc->count - 1) % path->count);
        i = path->first + offset;
    }
    return true;
}

struct arcs *arcs_build(const struct arc_xy *xy, const struct arc_path *paths, size_t n_paths)
{
    struct arcs_work w = {.in = xy, .paths = paths, .n_paths = n_paths};
    for (size_t p = 0; p < n_paths; p++)
        if (paths[p].first + paths[p].count > w.n_in)
            w.n_in = paths[p].first + paths[p].count;
    size_t n = w.n_in ? w.n_in : 1;
    struct arcs *out = calloc(1, sizeof *out);
    bool ok = false;
    w.vertex = malloc(n * sizeof *w.vertex);
    w.edge = malloc(n * sizeof *w.edge);
    w.degree = calloc(n, sizeof *w.degree);
    w.edge_arc = malloc(n * sizeof *w.edge_arc);
    w.edge_tail = malloc(n * sizeof *w.edge_tail);
    if (!out || !w.vertex || !w.edge || !w.degree || !w.edge_arc || !w.edge_tail ||
        !number_vertices_and_edges(&w, &out->n_vertices))
        goto done;
    memset(w.edge_arc, 0xFF, n * sizeof *w.edge_arc);
    out->n_paths = n_paths;
    out->path_first = malloc((n_paths + 1) * sizeof *out->path_first);
    if (!out->path_first)
        goto done;
    ok = true;
    for (size_t p = 0; p < n_paths && ok; p++) {
        out->path_first[p] = (uint32_t)w.n_refs;
        ok = cut_path(&w, out, p);
    }
    out->path_first[n_paths] = (uint32_t)w.n_refs;
done:
    free(w.vertex);
    free(w.edge);
    free(w.degree);
    free(w.edge_arc);
    free(w.edge_tail);
    if (ok)
        return out;
    arcs_free(out);
    return NULL;
}

void arcs_free(struct arcs *arcs)
{
    if (!arcs)
        return;
    free(arcs->arcs);
    free(arcs->xy);
    free(arcs->refs);
    free(arcs->path_first);
    free(arcs);
}
