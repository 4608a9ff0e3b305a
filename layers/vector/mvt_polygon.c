/* mvt_polygon.c - makes valid rings of a polygon after rounding and clipping. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "layers/shapes/planar.h"
#include "layers/vector/mvt_shape_internal.h"

static inline int code_of(const struct mvt_shaper *shaper, struct arc_xy at)
{
    return (at.x < shaper->clip.min_x ? LEFT : 0) | (at.x > shaper->clip.max_x ? RIGHT : 0) |
           (at.y < shaper->clip.min_y ? ABOVE : 0) | (at.y > shaper->clip.max_y ? BELOW : 0);
}

/* The sides of the tile beyond which the whole box lies. */
static int box_code(const struct mvt_shaper *shaper, const struct arc_box *box)
{
    int low = code_of(shaper, (struct arc_xy){box->min_x, box->min_y});
    int high = code_of(shaper, (struct arc_xy){box->max_x, box->max_y});
    return (high & (LEFT | ABOVE)) | (low & (RIGHT | BELOW));
}

static inline void put(struct mvt_shaper *shaper, struct arc_xy at)
{
    struct mvt_xy unit = mvt_shaper_round(shaper, at.x, at.y);
    if (shaper->n_path == 0 || !mvt_same(unit, shaper->path[shaper->n_path - 1]))
        shaper->path[shaper->n_path++] = unit;
}

/* Adds an arc without its last vertex, which is the first of the next one. A section that
 * is outside on one side becomes a straight line, which is outside too. Segments that may
 * enter the tile are not changed. */
static void gather_arc(struct mvt_shaper *shaper, const struct geometry *geometry, int32_t ref)
{
    uint32_t n, arc = (uint32_t)(ref < 0 ? ~ref : ref);
    const struct arc_xy *xy = geometry_arc(geometry, shaper->level, arc, &n);
    const struct arc_xy *at = ref < 0 ? xy + n - 1 : xy;
    int step = ref < 0 ? -1 : 1;
    if (!mvt_room(shaper, n))
        return;
    put(shaper, *at);
    if (box_code(shaper, &geometry->arcs->arcs[arc].box))
        return;
    int held = code_of(shaper, *at);
    bool pending = false;
    for (uint32_t i = 1; i + 1 < n; i++) {
        at += step;
        int here = code_of(shaper, *at);
        if (here & held) {
            pending = true;
            held &= here;
            continue;
        }
        if (pending)
            put(shaper, at[-step]);
        pending = false;
        put(shaper, *at);
        held = here;
    }
    if (pending)
        put(shaper, *at);
}

/* Clips to one side (Sutherland and Hodgman). At most every other vertex is outside alone,
 * so clipping adds at most half as many vertices. */
static bool cut_side(struct mvt_shaper *shaper, int side)
{
    size_t n = shaper->n_path, kept = 0;
    if (!mvt_room(shaper, n + 4))
        return false;
    const struct mvt_xy *in = shaper->path;
    struct mvt_xy *out = shaper->spare;
    int64_t limit = side & (LEFT | ABOVE) ? LOW_LIMIT : HIGH_LIMIT;
    int64_t before = n ? mvt_beyond(in[n - 1], side) : 0;
    for (size_t i = 0; i < n; i++) {
        struct mvt_xy a = in[i ? i - 1 : n - 1], b = in[i];
        int64_t after = mvt_beyond(b, side);
        if ((before > 0) != (after > 0)) {
            struct mvt_xy at = mvt_crossing(a, b, side & (ABOVE | BELOW), limit);
            if (kept == 0 || !mvt_same(at, out[kept - 1]))
                out[kept++] = at;
        }
        if (after <= 0 && (kept == 0 || !mvt_same(b, out[kept - 1])))
            out[kept++] = b;
        before = after;
    }
    shaper->spare = shaper->path;
    shaper->path = out;
    shaper->n_path = kept;
    return true;
}

/* Twice the area by the surveyor's formula of the specification. */
static int64_t twice_area(const struct mvt_xy *xy, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 1; i + 1 < n; i++)
        sum += (xy[i].x - xy[0].x) * (xy[i + 1].y - xy[0].y) -
               (xy[i].y - xy[0].y) * (xy[i + 1].x - xy[0].x);
    return sum;
}

static void drop_closing(struct mvt_shaper *shaper)
{
    while (shaper->n_path > 1 && mvt_same(shaper->path[0], shaper->path[shaper->n_path - 1]))
        shaper->n_path--;
}

static int64_t cross(struct mvt_xy a, struct mvt_xy b, struct mvt_xy c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/* True if the path turns back at b. */
static bool turns_back(struct mvt_xy a, struct mvt_xy b, struct mvt_xy c)
{
    return cross(a, b, c) == 0 && (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) <= 0;
}

/* Removes parts thinner than a unit, which go forth and back and enclose nothing. */
static void drop_spikes(struct mvt_shaper *shaper)
{
    struct mvt_xy *path = shaper->path;
    size_t n = 0, first = 0;
    for (size_t i = 0; i < shaper->n_path; i++) {
        struct mvt_xy at = path[i];
        while (n >= 2 && turns_back(path[n - 2], path[n - 1], at))
            n--;
        if (n == 0 || !mvt_same(path[n - 1], at))
            path[n++] = at;
    }
    while (n >= first + 3) {
        if (turns_back(path[n - 2], path[n - 1], path[first]))
            n--;
        else if (turns_back(path[n - 1], path[first], path[first + 1]))
            first++;
        else
            break;
    }
    memmove(path, path + first, (n - first) * sizeof *path);
    shaper->n_path = n - first;
}

/* ---- rings of a feature --------------------------------------------------- */

/* A segment from a vertex to the next of its ring. */
struct mvt_polygon_side {
    int16_t min_x, max_x, min_y, max_y;
    uint32_t from, to; /* in xy; also the numbers of this side and the next */
};

struct mvt_rings {
    struct mvt_xy *xy;
    size_t *ends; /* in xy, by ring */
    size_t n_xy, n_rings, cap_xy, cap_ends;
    struct mvt_polygon_side *sides, *sorted;
    size_t cap_sides, cap_sorted;
    uint32_t *first; /* first of each stripe, in sorted */
    size_t cap_first;
    struct arc_xy *ring; /* a ring, to be added to the graph */
    size_t cap_ring;
    struct planar *planar;
};

void mvt_rings_free(struct mvt_rings *rings)
{
    if (!rings)
        return;
    free(rings->xy);
    free(rings->ends);
    free(rings->sides);
    free(rings->sorted);
    free(rings->first);
    free(rings->ring);
    planar_free(rings->planar);
    free(rings);
}

/* Passes on what array_reserve() answered; a failure stays in shaper->failed. */
static bool reserved(struct mvt_shaper *shaper, bool ok)
{
    shaper->failed = shaper->failed || !ok;
    return ok;
}

static void keep_ring(struct mvt_shaper *shaper)
{
    struct mvt_rings *rings = shaper->rings;
    size_t n = shaper->n_path;
    if (!reserved(shaper, array_reserve(rings->xy, rings->cap_xy, rings->n_xy + n) &&
                              array_reserve(rings->ends, rings->cap_ends, rings->n_rings + 1)))
        return;
    memcpy(rings->xy + rings->n_xy, shaper->path, n * sizeof *rings->xy);
    rings->n_xy += n;
    rings->ends[rings->n_rings++] = rings->n_xy;
}

/* ---- whether they are valid ----------------------------------------------- */

static void list_sides(struct mvt_rings *rings)
{
    size_t start = 0;
    for (size_t r = 0; r < rings->n_rings; start = rings->ends[r++])
        for (size_t i = start; i < rings->ends[r]; i++) {
            size_t next = i + 1 < rings->ends[r] ? i + 1 : start;
            struct mvt_xy a = rings->xy[i], b = rings->xy[next];
            rings->sides[i] = (struct mvt_polygon_side){(int16_t)(a.x < b.x ? a.x : b.x),
                                                        (int16_t)(a.x < b.x ? b.x : a.x),
                                                        (int16_t)(a.y < b.y ? a.y : b.y),
                                                        (int16_t)(a.y < b.y ? b.y : a.y),
                                                        (uint32_t)i,
                                                        (uint32_t)next};
        }
}

/* True if two sides that are not neighbours have a point in common. */
static bool meet(const struct mvt_rings *rings, const struct mvt_polygon_side *s,
                 const struct mvt_polygon_side *t)
{
    if (s->min_y > t->max_y || t->min_y > s->max_y || s->min_x > t->max_x || t->min_x > s->max_x ||
        s->to == t->from || t->to == s->from)
        return false;
    struct mvt_xy a = rings->xy[s->from], b = rings->xy[s->to];
    struct mvt_xy c = rings->xy[t->from], d = rings->xy[t->to];
    int64_t c_side = cross(a, b, c), d_side = cross(a, b, d);
    if ((c_side > 0 && d_side > 0) || (c_side < 0 && d_side < 0))
        return false;
    int64_t a_side = cross(c, d, a), b_side = cross(c, d, b);
    return !((a_side > 0 && b_side > 0) || (a_side < 0 && b_side < 0));
}

/* Sorts sides into stripes by their left end (counting sort); each side is tested against
 * those that begin before it ends. */
static bool none_meet(struct mvt_rings *rings)
{
    size_t n = rings->n_xy, n_stripes = 1;
    int32_t low = INT32_MAX, high = INT32_MIN;
    int shift = 0;
    list_sides(rings);
    for (size_t i = 0; i < n; i++) {
        low = rings->sides[i].min_x < low ? rings->sides[i].min_x : low;
        high = rings->sides[i].min_x > high ? rings->sides[i].min_x : high;
    }
    while (((size_t)(high - low) >> shift) > n)
        shift++;
    n_stripes = ((size_t)(high - low) >> shift) + 1;
#define STRIPE(x) ((size_t)((x)-low) >> shift)
    memset(rings->first, 0, (n_stripes + 2) * sizeof *rings->first);
    for (size_t i = 0; i < n; i++)
        rings->first[STRIPE(rings->sides[i].min_x) + 2]++;
    for (size_t s = 0; s < n_stripes; s++)
        rings->first[s + 2] += rings->first[s + 1];
    for (size_t i = 0; i < n; i++)
        rings->sorted[rings->first[STRIPE(rings->sides[i].min_x) + 1]++] = rings->sides[i];
    for (size_t i = 0; i < n; i++) {
        const struct mvt_polygon_side *side = &rings->sorted[i];
        size_t last = side->max_x >= high ? n_stripes - 1 : STRIPE(side->max_x);
        for (size_t k = i + 1; k < rings->first[last + 1]; k++)
            if (meet(rings, side, &rings->sorted[k]))
                return false;
    }
#undef STRIPE
    return true;
}

static bool valid(struct mvt_shaper *shaper)
{
    struct mvt_rings *rings = shaper->rings;
    size_t n = rings->n_xy;
    return reserved(shaper, array_reserve(rings->sides, rings->cap_sides, n) &&
                                array_reserve(rings->sorted, rings->cap_sorted, n) &&
                                array_reserve(rings->first, rings->cap_first, n + 4)) &&
           none_meet(rings);
}

/* ---- making them valid ---------------------------------------------------- */

/* Cuts rings where they meet, and traces the covered area again. Only crossings move, by
 * less than a unit. */
static bool mend(struct mvt_shaper *shaper)
{
    struct mvt_rings *rings = shaper->rings;
    if (!rings->planar && !(rings->planar = planar_new()))
        return false;
    struct planar *planar = rings->planar;
    size_t start = 0;
    if (!planar_start(planar, rings->n_xy) ||
        !reserved(shaper, array_reserve(rings->ring, rings->cap_ring, rings->n_xy)))
        return false;
    for (size_t r = 0; r < rings->n_rings; start = rings->ends[r++]) {
        size_t n = rings->ends[r] - start;
        for (size_t i = 0; i < n; i++)
            rings->ring[i] =
                (struct arc_xy){(int32_t)rings->xy[start + i].x, (int32_t)rings->xy[start + i].y};
        planar_add_ring(planar, rings->ring, n, 0);
    }
    return planar_node(planar) && planar_faces(planar) && planar_trace(planar, 1);
}

static void put_mended(struct mvt_shaper *shaper)
{
    const struct planar *planar = shaper->rings->planar;
    for (size_t r = 0; r < planar->n_rings; r++) {
        const struct planar_ring *ring = &planar->rings[r];
        shaper->n_path = 0;
        if (!mvt_room(shaper, ring->count))
            return;
        for (uint32_t i = 0; i < ring->count; i++) {
            struct arc_xy at = planar->xy[planar->ring_vertices[ring->first + i]];
            shaper->path[shaper->n_path++] = (struct mvt_xy){at.x, at.y};
        }
        mvt_put_path(shaper, shaper->path, shaper->n_path, true);
    }
}

static void put_rings(struct mvt_shaper *shaper)
{
    const struct mvt_rings *rings = shaper->rings;
    size_t start = 0;
    for (size_t r = 0; r < rings->n_rings; start = rings->ends[r++])
        mvt_put_path(shaper, rings->xy + start, rings->ends[r] - start, true);
}

/* ---- a feature ------------------------------------------------------------ */

enum ring { RING_OUTSIDE, RING_COLLAPSED, RING_KEPT };

/* Takes a ring, unless it collapses or flips by rounding. */
static enum ring take_ring(struct mvt_shaper *shaper, const struct geometry *geometry, size_t path,
                           bool hole)
{
    const struct arcs *arcs = geometry->arcs;
    shaper->n_path = 0;
    for (uint32_t r = arcs->path_first[path]; r < arcs->path_first[path + 1]; r++)
        gather_arc(shaper, geometry, arcs->refs[r]);
    drop_closing(shaper);
    if (shaper->failed || shaper->n_path < 3)
        return RING_COLLAPSED;
    int any = 0, all = LEFT | RIGHT | ABOVE | BELOW;
    for (size_t i = 0; i < shaper->n_path; i++) {
        int code = mvt_code(shaper->path[i]);
        any |= code;
        all &= code;
    }
    if (all)
        return RING_OUTSIDE;
    for (int side = LEFT; side <= BELOW; side <<= 1)
        if (any & side && !cut_side(shaper, side))
            return RING_OUTSIDE;
    drop_spikes(shaper);
    int64_t area = shaper->n_path < 3 ? 0 : twice_area(shaper->path, shaper->n_path);
    if (area == 0 || (area < 0) != hole)
        return any ? RING_OUTSIDE : RING_COLLAPSED;
    keep_ring(shaper);
    return RING_KEPT;
}

void mvt_shape_polygon(struct mvt_shaper *shaper, const struct geometry *geometry,
                       const struct mvt_tables *tables, size_t feature)
{
    bool stands = false, shell = false;
    if (!shaper->rings && !(shaper->rings = calloc(1, sizeof *shaper->rings))) {
        shaper->failed = true;
        return;
    }
    shaper->rings->n_xy = shaper->rings->n_rings = 0;
    for (uint32_t p = geometry->feature_path[feature]; p < geometry->feature_path[feature + 1];
         p++) {
        bool hole = tables->holes[p / 64] >> (p % 64) & 1;
        if (hole && !shell)
            continue;
        enum ring ring = take_ring(shaper, geometry, p, hole);
        stands |= ring == RING_OUTSIDE;
        shell = hole ? shell : ring == RING_KEPT;
    }
    if (shaper->rings->n_rings) {
        if (valid(shaper))
            put_rings(shaper);
        else if (mend(shaper))
            put_mended(shaper);
        else
            shaper->failed = true;
    }
    if (!shaper->commands.len && !stands)
        mvt_put_speck(shaper, &geometry->boxes[feature], true);
}
