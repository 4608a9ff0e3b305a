/* cells.c - the geometry of a power diagram: cells by clipping. */
#include "data/generator/cells.h"
#include "data/generator/generate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Keeps the part of ring where 2 (b - a)·x <= |b|² - |a|² - wb + wa. */
static size_t clip(const struct corner *ring, size_t n, const struct cells *cells, size_t a,
                   size_t b, struct corner *out)
{
    const double *at = cells->at[a], *other = cells->at[b];
    double nx = 2 * (other[0] - at[0]), ny = 2 * (other[1] - at[1]);
    double limit = other[0] * other[0] + other[1] * other[1] - at[0] * at[0] - at[1] * at[1] -
                   cells->weight[b] + cells->weight[a];
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct corner *from = &ring[i], *to = &ring[i + 1 == n ? 0 : i + 1];
        double start = nx * from->x + ny * from->y - limit;
        double end = nx * to->x + ny * to->y - limit;
        if (kept + 2 > CELL_ROOM)
            fail("una celda tiene demasiados vértices");
        if (start <= 0)
            out[kept++] = *from;
        if ((start <= 0) != (end <= 0)) {
            double t = start / (start - end);
            out[kept++] =
                (struct corner){from->x + t * (to->x - from->x), from->y + t * (to->y - from->y),
                                start <= 0 ? (int)b : from->across};
        }
    }
    return kept;
}

static size_t convex_cell(const struct cells *cells, size_t index, const size_t *near,
                          struct corner *ring)
{
    struct corner spare[CELL_ROOM];
    const double far = 1250;
    const struct corner square[] = {
        {-far, -far, -1}, {far, -far, -1}, {far, far, -1}, {-far, far, -1}};
    size_t n = COUNT(square);
    memcpy(ring, square, sizeof square);
    for (size_t i = 0; i + 1 < cells->n && n > 0; i++) {
        n = clip(ring, n, cells, index, near[i], spare);
        memcpy(ring, spare, n * sizeof *ring);
    }
    return n;
}

size_t cells_clip(const struct cells *cells, size_t index, const size_t *near,
                  const double (*outline)[2], size_t n_outline, struct corner *ring)
{
    struct corner convex[CELL_ROOM], spare[CELL_ROOM];
    size_t sides = convex_cell(cells, index, near, convex);
    size_t count = sides ? n_outline : 0;
    for (size_t k = 0; k < count; k++)
        ring[k] = (struct corner){outline[k][0], outline[k][1], -1};
    for (size_t k = 0; k < sides; k++)
        if (convex[k].across >= 0) {
            count = clip(ring, count, cells, index, (size_t)convex[k].across, spare);
            memcpy(ring, spare, count * sizeof *ring);
        }
    return count;
}

struct ordered {
    double apart;
    size_t index;
};

static int by_distance(const void *a, const void *b)
{
    const struct ordered *left = a, *right = b;
    if (left->apart != right->apart)
        return left->apart < right->apart ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

void cells_order(const double (*points)[2], size_t n, size_t index, size_t *near)
{
    struct ordered *others = need(n, sizeof *others);
    size_t count = 0;
    for (size_t j = 0; j < n; j++) {
        double dx = points[j][0] - points[index][0], dy = points[j][1] - points[index][1];
        if (j != index)
            others[count++] = (struct ordered){dx * dx + dy * dy, j};
    }
    qsort(others, count, sizeof *others, by_distance);
    for (size_t k = 0; k < count; k++)
        near[k] = others[k].index;
    free(others);
}

size_t cells_owner(const struct cells *cells, double x, double y)
{
    size_t best = 0;
    double least = INFINITY;
    for (size_t i = 0; i < cells->n; i++) {
        double dx = x - cells->at[i][0], dy = y - cells->at[i][1];
        double power = dx * dx + dy * dy - cells->weight[i];
        if (power < least) {
            least = power;
            best = i;
        }
    }
    return best;
}

size_t cells_ring(const struct cells *cells, size_t index, double (*ring)[2], int *across,
                  size_t room)
{
    struct corner corners[CELL_ROOM];
    size_t *near = need(cells->n, sizeof *near);
    cells_order((const double(*)[2])cells->at, cells->n, index, near);
    size_t n = convex_cell(cells, index, near, corners);
    free(near);
    if (n > room)
        fail("una celda tiene demasiados vértices");
    for (size_t i = 0; i < n; i++) {
        ring[i][0] = corners[i].x;
        ring[i][1] = corners[i].y;
        across[i] = corners[i].across;
    }
    return n;
}
