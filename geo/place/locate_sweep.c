/* locate_sweep.c - sweeps the rows of a point location grid: which polygons hold each cell. */
#include "geo/place/locate_sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/place/orient.h"

enum { MOST_UNITS_A_CELL = 32, REFERENCE_TRIES = 16 };

static void toggle(struct locate_builder *builder, int32_t shape)
{
    for (size_t i = 0; i < builder->n_active; i++)
        if (builder->active[i] == shape) {
            builder->active[i] = builder->active[--builder->n_active];
            return;
        }
    builder->active[builder->n_active++] = shape;
}

static int32_t lowest_active(const struct locate_builder *builder)
{
    int32_t lowest = GEO_CELL_NONE;
    for (size_t i = 0; i < builder->n_active; i++)
        if (lowest < 0 || builder->active[i] < lowest)
            lowest = builder->active[i];
    return lowest;
}

/* Chooses the reference point: in the middle row of the cell, not near a crossing (so that
 * the sweep is certain about what lies west of it), and on no edge's line. */
static bool choose_reference(const struct locate_builder *builder, struct geo_border_cell *border,
                             int row, int column, const struct locate_crossing *next,
                             const struct locate_crossing *end)
{
    const struct geo_locate *grid = builder->grid;
    const double slack = GEO_CELL_SLACK / grid->per_degree;
    border->y = locate_row_height(grid, row);
    for (int try = 0; try < REFERENCE_TRIES; try++) {
        /* Multiples of the golden ratio spread the tries evenly over the cell. */
        double part = fmod(0.5 + try * 0.6180339887498949, 1) * 0.9 + 0.05;
        double x = grid->x0 + (column + part) / grid->per_degree;
        bool good = true;
        for (const struct locate_crossing *at = next; good && at < end && at->x < x + slack; at++)
            good = at->x < x - slack;
        for (uint32_t i = 0; good && i < border->n_edges; i++) {
            const struct geo_cell_edge *edge = &grid->edges[border->first_edge + i];
            good = geo_orient(edge->ax, edge->ay, edge->bx, edge->by, x, border->y) != 0;
        }
        if (good) {
            border->x = x;
            return true;
        }
    }
    return false;
}

static int by_number(const void *a, const void *b)
{
    int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;
    return left < right ? -1 : left > right;
}

/* The shapes that have an edge in the cell or hold its reference point. */
static uint32_t list_units(const struct locate_builder *builder,
                           const struct geo_border_cell *border, int32_t units[MOST_UNITS_A_CELL])
{
    uint32_t n = 0;
    for (size_t i = 0; i < border->n_edges + builder->n_active; i++) {
        int32_t shape = i < border->n_edges ? builder->edge_shape[border->first_edge + i]
                                            : builder->active[i - border->n_edges];
        bool known = false;
        for (uint32_t k = 0; k < n && !known; k++)
            known = units[k] == shape;
        if (known)
            continue;
        if (n == MOST_UNITS_A_CELL)
            return 0;
        units[n++] = shape;
    }
    qsort(units, n, sizeof *units, by_number);
    return n;
}

static uint32_t bit_of(const int32_t *units, uint32_t n, int32_t shape)
{
    for (uint32_t i = 0; i < n; i++)
        if (units[i] == shape)
            return 1u << i;
    return 0;
}

/* Orients edges so that the reference point is on their left, and sets their shapes' bits.
 * The two copies of a border that neighbours share become one edge with both bits. */
static void finish_edges(const struct locate_builder *builder, struct geo_border_cell *border,
                         const int32_t *units)
{
    struct geo_cell_edge *edges = builder->grid->edges + border->first_edge;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < border->n_edges; i++) {
        struct geo_cell_edge edge = edges[i];
        edge.units = bit_of(units, border->n_units, builder->edge_shape[border->first_edge + i]);
        if (geo_orient(edge.ax, edge.ay, edge.bx, edge.by, border->x, border->y) < 0)
            edge = (struct geo_cell_edge){edge.bx, edge.by, edge.ax, edge.ay, edge.units};
        uint32_t twin = 0;
        /* Not done in crowded cells: the search is quadratic. */
        while (twin < kept && twin < 64 &&
               (edges[twin].ax != edge.ax || edges[twin].ay != edge.ay ||
                edges[twin].bx != edge.bx || edges[twin].by != edge.by ||
                (edges[twin].units & edge.units)))
            twin++;
        if (twin < kept && twin < 64)
            edges[twin].units |= edge.units;
        else
            edges[kept++] = edge;
    }
    border->n_edges = kept;
}

static bool finish_border(struct locate_builder *builder, struct geo_border_cell *border,
                          bool placed)
{
    struct geo_locate *grid = builder->grid;
    int32_t units[MOST_UNITS_A_CELL] = {0};
    border->n_units = placed ? list_units(builder, border, units) : 0;
    border->first_unit = (uint32_t)grid->n_units;
    if (border->n_units == 0)
        return true;
    if (!array_reserve(grid->units, builder->cap_units, grid->n_units + border->n_units))
        return false;
    memcpy(grid->units + grid->n_units, units, border->n_units * sizeof *units);
    grid->n_units += border->n_units;
    for (size_t i = 0; i < builder->n_active; i++)
        border->reference_units |= bit_of(units, border->n_units, builder->active[i]);
    finish_edges(builder, border, units);
    return true;
}

static bool sweep_row(struct locate_builder *builder, int row)
{
    struct geo_locate *grid = builder->grid;
    const struct locate_crossing *next = builder->crossings + builder->row_start[row];
    const struct locate_crossing *end = builder->crossings + builder->row_start[row + 1];
    int32_t *cells = grid->cells + (size_t)row * (size_t)grid->columns;
    int32_t owner = GEO_CELL_NONE;
    builder->n_active = 0;
    for (int column = 0; column < grid->columns; column++) {
        bool is_border = cells[column] < GEO_CELL_NONE, placed = false;
        /* Crossings lie in border cells; those east of the last reference point have not
         * been applied yet. */
        double upto = grid->x0 + (column + 0.5) / grid->per_degree;
        struct geo_border_cell *border = NULL;
        if (is_border) {
            border = &grid->borders[geo_cell_border(cells[column])];
            placed = choose_reference(builder, border, row, column, next, end);
            upto = placed ? border->x : upto;
        }
        if (next < end && next->x < upto) {
            while (next < end && next->x < upto)
                toggle(builder, next++->shape);
            owner = lowest_active(builder);
        }
        if (!is_border)
            cells[column] = owner;
        else if (!finish_border(builder, border, placed))
            return false;
    }
    return true;
}

bool locate_sweep(struct locate_builder *builder)
{
    for (int row = 0; row < builder->grid->rows; row++)
        if (!sweep_row(builder, row))
            return false;
    return true;
}
