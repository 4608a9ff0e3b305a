/* cells.h - between cells.c and fit.c. Kilometres. */
#ifndef DATA_GENERATOR_CELLS_H
#define DATA_GENERATOR_CELLS_H

#include "data/generator/generate.h"

enum { CELL_ROOM = 1024 };

struct corner {
    double x, y;
    int across; /* index of the neighbour at the edge that starts here; -1: outline */
};

/* The n - 1 other points, the nearest first. */
void cells_order(const double (*points)[2], size_t n, size_t index, size_t *near);

/* Writes the cell of `index`, cut by the outline (counterclockwise), to ring,
 * which has room for CELL_ROOM; returns the number of corners. Edges are
 * labelled with the neighbour's index. `near` is the list from cells_order(),
 * for the cells' generators or points close to them. */
size_t cells_clip(const struct cells *cells, size_t index, const size_t *near,
                  const double (*outline)[2], size_t n_outline, struct corner *ring);

#endif
