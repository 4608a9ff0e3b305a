/* anchors.c - finds where labels go: pole of inaccessibility, middle of a line. */
#include "layers/shapes/anchors.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/array.h"

/* Ratio of width to height of the free space that a label needs. */
#define STRETCH 2.0

/* A square of the search: its centre, half its side, the distance of the centre to the
 * border (negative outside), and the greatest distance that any point in it can have. */
struct anchors_cell {
    double x, y, half, distance, most;
};

struct anchors_side {
    double x, y, dx, dy, inverse; /* inverse: 1 / its length squared */
};

struct search {
    struct anchors_side *sides;
    size_t n_sides;
    struct anchors_cell *heap; /* the most promising cell on top */
    size_t n, cap;
};

static bool load_sides(struct search *search, const struct arc_xy *xy, const uint32_t *first,
                       size_t n_rings)
{
    search->sides = malloc((first[n_rings] + 1) * sizeof *search->sides);
    if (!search->sides)
        return false;
    for (size_t r = 0; r < n_rings; r++)
        for (uint32_t i = first[r], before = first[r + 1] - 1; i < first[r + 1]; before = i++) {
            double x = xy[before].x, y = STRETCH * xy[before].y, dx = xy[i].x - x,
                   dy = STRETCH * xy[i].y - y, length = dx * dx + dy * dy;
            if (length > 0)
                search->sides[search->n_sides++] = (struct anchors_side){x, y, dx, dy, 1 / length};
        }
    return true;
}

/* False: a side nearer than `least` was found, before all were tested. */
static bool signed_distance(const struct search *search, double x, double y, double least,
                            double *distance)
{
    bool inside = false;
    double nearest = INFINITY, enough = least > 0 ? least * least : -1;
    for (size_t i = 0; i < search->n_sides; i++) {
        const struct anchors_side *side = &search->sides[i];
        double px = x - side->x, py = y - side->y;
        double t = (px * side->dx + py * side->dy) * side->inverse;
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        double ex = px - t * side->dx, ey = py - t * side->dy, squared = ex * ex + ey * ey;
        if (squared < nearest) {
            nearest = squared;
            if (nearest <= enough)
                return false;
        }
        if ((py < 0) != (py < side->dy) && (px < side->dx * py / side->dy))
            inside = !inside;
    }
    *distance = inside ? sqrt(nearest) : -sqrt(nearest);
    return true;
}

/* False: no point in it can be farther from the border than `best`. */
static bool cell_at(const struct search *search, double x, double y, double half, double best,
                    struct anchors_cell *cell)
{
    double reach = half * sqrt(2), distance;
    if (!signed_distance(search, x, y, best - reach, &distance) || distance + reach <= best)
        return false;
    *cell = (struct anchors_cell){x, y, half, distance, distance + reach};
    return true;
}

static bool push(struct search *search, struct anchors_cell cell)
{
    if (!array_reserve(search->heap, search->cap, search->n + 1))
        return false;
    size_t i = search->n++;
    for (; i > 0 && search->heap[(i - 1) / 2].most < cell.most; i = (i - 1) / 2)
        search->heap[i] = search->heap[(i - 1) / 2];
    search->heap[i] = cell;
    return true;
}

static struct anchors_cell pop(struct search *search)
{
    struct anchors_cell top = search->heap[0], last = search->heap[--search->n];
    size_t i = 0;
    for (size_t child = 1; child < search->n; child = 2 * i + 1) {
        if (child + 1 < search->n && search->heap[child + 1].most > search->heap[child].most)
            child++;
        if (last.most >= search->heap[child].most)
            break;
        search->heap[i] = search->heap[child];
        i = child;
    }
    search->heap[i] = last;
    return top;
}

/* Takes the square's centre if it is the best so far, and queues the square. */
static bool consider(struct search *search, double x, double y, double half,
                     struct anchors_cell *best)
{
    struct anchors_cell cell;
    if (!cell_at(search, x, y, half, best->distance, &cell))
        return true;
    if (cell.distance > best->distance)
        *best = cell;
    return push(search, cell);
}

bool anchor_in_rings(const struct arc_xy *xy, const uint32_t *first, size_t n_rings,
                     struct arc_xy *anchor)
{
    struct search search = {0};
    double min_x = INFINITY, min_y = INFINITY, max_x = -INFINITY, max_y = -INFINITY;
    for (uint32_t i = first[0]; i < first[n_rings]; i++) {
        min_x = fmin(min_x, xy[i].x);
        max_x = fmax(max_x, xy[i].x);
        min_y = fmin(min_y, STRETCH * xy[i].y);
        max_y = fmax(max_y, STRETCH * xy[i].y);
    }
    double width = max_x - min_x, height = max_y - min_y, side = fmin(width, height);
    double longer = fmax(width, height), enough = longer / 100;
    struct anchors_cell best = {min_x + width / 2, min_y + height / 2, 0, -INFINITY, 0};
    bool ok = load_sides(&search, xy, first, n_rings);
    /* A polygon a thousand times longer than wide is not searched. */
    for (double x = min_x; x < max_x && ok && longer < 1000 * side; x += side)
        for (double y = min_y; y < max_y && ok; y += side)
            ok = consider(&search, x + side / 2, y + side / 2, side / 2, &best);
    while (ok && search.n) {
        struct anchors_cell cell = pop(&search);
        if (cell.most - best.distance <= enough)
            break; /* the same is true for all others */
        double half = cell.half / 2;
        for (int q = 0; q < 4 && ok; q++)
            ok = consider(&search, cell.x + (q & 1 ? half : -half), cell.y + (q & 2 ? half : -half),
                          half, &best);
    }
    free(search.heap);
    free(search.sides);
    *anchor = (struct arc_xy){(int32_t)lrint(best.x), (int32_t)lrint(best.y / STRETCH)};
    return ok;
}

/* Scratch memory, reused for every feature. */
struct anchors_outline {
    struct arc_xy *xy;
    uint32_t *first;
    size_t n, cap, n_paths, cap_paths;
};

static bool room(struct anchors_outline *outline, size_t points, size_t paths)
{
    return array_reserve(outline->xy, outline->cap, points) &&
           array_reserve(outline->first, outline->cap_paths, paths + 2);
}

/* Reads the paths of a feature, simplified to some 200 pixels width. */
static bool trace(const struct geometry *geometry, uint32_t feature,
                  struct anchors_outline *outline)
{
    const struct arc_box *box = &geometry->boxes[feature];
    double side = fmax((double)box->max_x - box->min_x, (double)box->max_y - box->min_y);
    double wanted = side > 1 ? 24 - log2(side / 200) : GEOMETRY_LEVELS - 1;
    int level = (int)fmin(fmax(wanted, 0), GEOMETRY_LEVELS - 1);
    const struct arcs *arcs = geometry->arcs;
    outline->n = outline->n_paths = 0;
    for (uint32_t p = geometry->feature_path[feature]; p < geometry->feature_path[feature + 1];
         p++) {
        if (!room(outline, outline->n, outline->n_paths))
            return false;
        outline->first[outline->n_paths++] = (uint32_t)outline->n;
        for (uint32_t r = arcs->path_first[p]; r < arcs->path_first[p + 1]; r++) {
            int32_t ref = arcs->refs[r];
            uint32_t n;
            const struct arc_xy *xy =
                geometry_arc(geometry, level, (uint32_t)(ref < 0 ? ~ref : ref), &n);
            if (!room(outline, outline->n + n, outline->n_paths))
                return false;
            bool last = !geometry->paths[p].ring && r + 1 == arcs->path_first[p + 1];
            for (uint32_t i = 0; i + (last ? 0 : 1) < n; i++)
                outline->xy[outline->n++] = ref < 0 ? xy[n - 1 - i] : xy[i];
        }
    }
    if (!room(outline, outline->n, outline->n_paths))
        return false;
    outline->first[outline->n_paths] = (uint32_t)outline->n;
    return true;
}

static double length_of(const struct anchors_outline *outline, size_t path)
{
    double length = 0;
    for (uint32_t i = outline->first[path] + 1; i < outline->first[path + 1]; i++)
        length += hypot((double)outline->xy[i].x - outline->xy[i - 1].x,
                        (double)outline->xy[i].y - outline->xy[i - 1].y);
    return length;
}

static struct arc_xy middle(const struct anchors_outline *outline)
{
    size_t longest = 0;
    double length = -1;
    for (size_t p = 0; p < outline->n_paths; p++) {
        double here = length_of(outline, p);
        if (here > length) {
            length = here;
            longest = p;
        }
    }
    const struct arc_xy *at = &outline->xy[outline->first[longest]];
    const struct arc_xy *end = &outline->xy[outline->first[longest + 1] - 1];
    for (double left = length / 2; at < end; at++) {
        double dx = (double)at[1].x - at->x, dy = (double)at[1].y - at->y, step = hypot(dx, dy);
        if (step >= left && step > 0)
            return (struct arc_xy){(int32_t)lrint(at->x + dx * left / step),
                                   (int32_t)lrint(at->y + dy * left / step)};
        left -= step;
    }
    return *end;
}

static bool find_anchors(const struct geometry *geometry, struct arc_xy *anchors)
{
    struct anchors_outline outline = {0};
    bool ok = true;
    for (size_t i = geometry->n_points; i-- > 0;) /* the first of several is kept */
        anchors[geometry->points[i].feature] =
            (struct arc_xy){geometry->points[i].x, geometry->points[i].y};
    for (uint32_t f = 0; f < geometry->n_features && ok; f++) {
        if (!geometry->shapes[f] || geometry->shapes[f]->kind == GEO_SHAPE_POINT)
            continue;
        ok = trace(geometry, f, &outline);
        if (!ok || outline.n == 0)
            continue;
        if (geometry->shapes[f]->kind == GEO_SHAPE_LINE)
            anchors[f] = middle(&outline);
        else
            ok = anchor_in_rings(outline.xy, outline.first, outline.n_paths, &anchors[f]);
    }
    free(outline.xy);
    free(outline.first);
    return ok;
}

const struct arc_xy *geometry_anchors(const struct geometry *geometry_)
{
    /* Cached in the geometry, which is immutable to its readers. */
    struct geometry *geometry = (struct geometry *)(uintptr_t)geometry_;
    struct arc_xy *known = atomic_load_explicit(&geometry->anchors, memory_order_acquire);
    if (known)
        return known;
    struct arc_xy *anchors = calloc(geometry->n_features + 1, sizeof *anchors);
    if (!anchors || !find_anchors(geometry, anchors)) {
        free(anchors);
        return NULL;
    }
    if (atomic_compare_exchange_strong(&geometry->anchors, &known, anchors))
        return anchors;
    free(anchors); /* another thread was first */
    return known;
}
