/* locate.c - finds the polygon that holds a point, in the grid of locate_build.c. */
#include "geo/place/locate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/locate_grid.h"
#include "geo/place/orient.h"

/* GEO_CELL_NONE outside the grid. */
static inline int32_t cell_at(const struct geo_locate *grid, double x, double y)
{
    double column = (x - grid->x0) * grid->per_degree;
    double row = (y - grid->y0) * grid->per_degree;
    if (!(column >= 0 && row >= 0 && column < grid->columns && row < grid->rows))
        return GEO_CELL_NONE;
    return grid->cells[(size_t)(int)row * (size_t)grid->columns + (size_t)(int)column];
}

static int by_every_ring(const struct geo_locate *grid, double x, double y)
{
    for (size_t i = 0; i < grid->n_shapes; i++)
        if (geo_shape_side(grid->shapes[i], x, y) != GEO_SIDE_OUT)
            return (int)i;
    return -1;
}

static int in_border_cell(const struct geo_locate *grid, const struct geo_border_cell *cell,
                          double x, double y)
{
    if (cell->n_units == 0)
        return by_every_ring(grid, x, y);
    uint32_t inside = cell->reference_units, border = 0;
    const struct geo_cell_edge *edge = grid->edges + cell->first_edge;
    for (const struct geo_cell_edge *end = edge + cell->n_edges; edge < end; edge++) {
        /* The reference point lies to the left of every edge here. */
        int side = geo_orient(edge->ax, edge->ay, edge->bx, edge->by, x, y);
        if (side > 0)
            continue;
        if (side == 0) {
            if ((x >= edge->ax || x >= edge->bx) && (x <= edge->ax || x <= edge->bx) &&
                (y >= edge->ay || y >= edge->by) && (y <= edge->ay || y <= edge->by))
                border |= edge->units;
            continue; /* on the edge's line, but beyond its ends: not crossed */
        }
        /* A vertex exactly on the line to the reference point counts as left of it for all
         * its edges, as if the line were shifted slightly. */
        bool a_left = geo_orient(x, y, cell->x, cell->y, edge->ax, edge->ay) >= 0;
        bool b_left = geo_orient(x, y, cell->x, cell->y, edge->bx, edge->by) >= 0;
        if (a_left != b_left)
            inside ^= edge->units;
    }
    inside |= border;
    return inside ? grid->units[cell->first_unit + (uint32_t)__builtin_ctz(inside)] : -1;
}

int geo_locate_point(const struct geo_locate *grid, double lon_deg, double lat_deg)
{
    int32_t cell = cell_at(grid, lon_deg, lat_deg);
    if (cell >= GEO_CELL_NONE)
        return cell;
    return in_border_cell(grid, &grid->borders[geo_cell_border(cell)], lon_deg, lat_deg);
}

/* The cells of a block of points are prefetched together, to overlap the memory latency;
 * then the points in border cells, which are few, get the exact test. */
void geo_locate_points(const struct geo_locate *grid, const double *xy, size_t n, int *found)
{
    enum { BLOCK = 256 };
    uint16_t border[BLOCK];
    for (size_t first = 0; first < n; first += BLOCK) {
        const double *at = xy + 2 * first;
        int *out = found + first;
        size_t count = n - first < BLOCK ? n - first : BLOCK, n_border = 0;
        for (size_t i = 0; i < count; i++) {
            int32_t cell = cell_at(grid, at[2 * i], at[2 * i + 1]);
            out[i] = cell;
            border[n_border] = (uint16_t)i;
            n_border += cell < GEO_CELL_NONE;
        }
        for (size_t k = 0; k < n_border; k++)
            __builtin_prefetch(&grid->borders[geo_cell_border(out[border[k]])]);
        for (size_t k = 0; k < n_border; k++)
            __builtin_prefetch(
                &grid->edges[grid->borders[geo_cell_border(out[border[k]])].first_edge]);
        for (size_t k = 0; k < n_border; k++) {
            size_t i = border[k];
            const struct geo_border_cell *cell = &grid->borders[geo_cell_border(out[i])];
            out[i] = in_border_cell(grid, cell, at[2 * i], at[2 * i + 1]);
        }
    }
}

/* Whole shapes -------------------------------------------------------------- */

static bool segments_meet(const double *p, const double *q, const struct geo_cell_edge *edge)
{
    if ((p[0] < edge->ax && q[0] < edge->ax && p[0] < edge->bx && q[0] < edge->bx) ||
        (p[0] > edge->ax && q[0] > edge->ax && p[0] > edge->bx && q[0] > edge->bx) ||
        (p[1] < edge->ay && q[1] < edge->ay && p[1] < edge->by && q[1] < edge->by) ||
        (p[1] > edge->ay && q[1] > edge->ay && p[1] > edge->by && q[1] > edge->by))
        return false;
    int a = geo_orient(p[0], p[1], q[0], q[1], edge->ax, edge->ay);
    int b = geo_orient(p[0], p[1], q[0], q[1], edge->bx, edge->by);
    if (a * b > 0)
        return false;
    int c = geo_orient(edge->ax, edge->ay, edge->bx, edge->by, p[0], p[1]);
    int d = geo_orient(edge->ax, edge->ay, edge->bx, edge->by, q[0], q[1]);
    return c * d <= 0;
}

static bool edge_meets(const struct geo_cell_edge *edge, const struct geo_shape *shape)
{
    struct geo_box box = {fmin(edge->ax, edge->bx), fmin(edge->ay, edge->by),
                          fmax(edge->ax, edge->bx), fmax(edge->ay, edge->by)};
    if (!geo_box_meets(box, shape->box))
        return false;
    for (size_t r = 0; r < shape->n_rings; r++)
        for (uint32_t i = shape->rings[r]; i + 1 < shape->rings[r + 1]; i++)
            if (segments_meet(shape->xy + 2 * (size_t)i, shape->xy + 2 * (size_t)i + 2, edge))
                return true;
    /* It crosses no outline, so it is entirely inside the shape or entirely outside. */
    return geo_shape_side(shape, edge->ax, edge->ay) != GEO_SIDE_OUT;
}

struct locate_range {
    int first_column, last_column, first_row, last_row;
};

/* The cells that a box meets; false if it is outside the grid. */
static bool cells_of(const struct geo_locate *grid, struct geo_box box, struct locate_range *range)
{
    double west = floor((box.min_x - grid->x0) * grid->per_degree - GEO_CELL_SLACK);
    double east = floor((box.max_x - grid->x0) * grid->per_degree + GEO_CELL_SLACK);
    double south = floor((box.min_y - grid->y0) * grid->per_degree - GEO_CELL_SLACK);
    double north = floor((box.max_y - grid->y0) * grid->per_degree + GEO_CELL_SLACK);
    if (!(east >= 0 && north >= 0 && west < grid->columns && south < grid->rows))
        return false;
    range->first_column = west > 0 ? (int)west : 0;
    range->first_row = south > 0 ? (int)south : 0;
    range->last_column = east < grid->columns ? (int)east : grid->columns - 1;
    range->last_row = north < grid->rows ? (int)north : grid->rows - 1;
    return true;
}

bool geo_locate_whole(const struct geo_locate *grid, const struct geo_shape *shape, int *found)
{
    struct locate_range range;
    if (shape->kind == GEO_SHAPE_POINT)
        return false;
    if (!cells_of(grid, shape->box, &range)) {
        *found = -1;
        return true;
    }
    for (int row = range.first_row; row <= range.last_row; row++) {
        const int32_t *cells = grid->cells + (size_t)row * (size_t)grid->columns;
        for (int column = range.first_column; column <= range.last_column; column++) {
            if (cells[column] >= GEO_CELL_NONE)
                continue;
            const struct geo_border_cell *cell = &grid->borders[geo_cell_border(cells[column])];
            if (cell->n_units == 0)
                return false;
            for (uint32_t i = 0; i < cell->n_edges; i++)
                if (edge_meets(&grid->edges[cell->first_edge + i], shape))
                    return false;
        }
    }
    int unit = geo_locate_point(grid, shape->xy[0], shape->xy[1]);
    for (size_t r = 1; r < shape->n_parts; r++) { /* parts may lie in different polygons */
        const double *first = shape->xy + 2 * (size_t)shape->rings[shape->parts[r]];
        if (geo_locate_point(grid, first[0], first[1]) != unit)
            return false;
    }
    *found = unit;
    return true;
}

void geo_locate_near(const struct geo_locate *grid, struct geo_box box, unsigned char *marks)
{
    struct locate_range range;
    if (!cells_of(grid, box, &range))
        return;
    for (int row = range.first_row; row <= range.last_row; row++) {
        const int32_t *cells = grid->cells + (size_t)row * (size_t)grid->columns;
        for (int column = range.first_column; column <= range.last_column; column++) {
            if (cells[column] >= 0)
                marks[cells[column]] = 1;
            if (cells[column] >= GEO_CELL_NONE)
                continue;
            const struct geo_border_cell *cell = &grid->borders[geo_cell_border(cells[column])];
            for (uint32_t i = 0; i < cell->n_units; i++)
                marks[grid->units[cell->first_unit + i]] = 1;
            for (size_t i = 0; cell->n_units == 0 && i < grid->n_shapes; i++)
                if (geo_box_meets(grid->shapes[i]->box, box))
                    marks[i] = 1;
        }
    }
}

void geo_locate_free(struct geo_locate *grid)
{
    if (!grid)
        return;
    free(grid->shapes);
    free(grid->cells);
    free(grid->borders);
    free(grid->edges);
    free(grid->units);
    free(grid);
}
