/* locate_grid.h - the data of the grid of geo/place/locate.h; only for locate.c and
 * locate_build.c.
 *
 * Invariants: an edge of a shape is listed in every cell that it comes within
 * GEO_CELL_SLACK of; the reference point of a border cell lies inside the cell,
 * on no line through one of its edges, and to the left of each; an inner cell
 * (value >= GEO_CELL_NONE) is touched by no edge.
 */
#ifndef GEO_LOCATE_GRID_H
#define GEO_LOCATE_GRID_H

#include "geo/place/locate.h"

/* A cell's value: the index of a shape, GEO_CELL_NONE, or, below it, the number of a
 * border cell. */
enum { GEO_CELL_NONE = -1 };

static inline uint32_t geo_cell_border(int32_t cell)
{
    return (uint32_t)(-2 - cell);
}

/* In cells. Far above the rounding error of a point's cell number (1e-8 of a cell at the
 * smallest cell size), and too small to cost anything. */
#define GEO_CELL_SLACK 1e-5

struct geo_cell_edge {
    double ax, ay, bx, by;
    uint32_t units; /* bit i: an edge of the cell's i-th shape */
};

struct geo_border_cell {
    double x, y;              /* reference point */
    uint32_t reference_units; /* bit i: the cell's i-th shape holds it */
    uint32_t first_edge, n_edges;
    uint32_t first_unit, n_units; /* n_units 0: too crowded, test every ring */
};

struct geo_locate {
    struct geo_shape **shapes;
    size_t n_shapes;
    double x0, y0, per_degree; /* cells a degree */
    int columns, rows;
    int32_t *cells;
    struct geo_border_cell *borders;
    struct geo_cell_edge *edges;
    int32_t *units; /* of border cells, ascending within one */
    size_t n_borders, n_edges, n_units;
};

#endif
