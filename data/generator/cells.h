/* cells.h - between cells.c and fit.c. Kilometres. */
#ifndef DATA_GENERATOR_CELLS_H
#define DATA_GENERATOR_CELLS_H

#include "data/generator/generate.h"

enum { CELL_ROOM = 1024 };

struct corner {
    double x, y;
    int across; /* owner beyond the edge that starts here; -1: outline */
};

/* The n - 1 other points, the nearest first. */
void cells_order(const double (*points)[2], size_t n, size_t index, size_t *near);

/* The cell of index inside the outline (counterclockwise), edges labelled by
 * who is across; near as from cells_order(), of any points near the cells'
 * generators. ring has room for CELL_ROOM. Returns the corners. */
size_t cells_clip(const struct cells *cells, size_t index, const size_t *near,
                  const double (*outline)[2], size_t n_outline, struct corner *ring);

#endif
