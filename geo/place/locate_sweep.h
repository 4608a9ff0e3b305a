/* locate_sweep.h - internal to geo/place/locate*.c: a grid being built, and the sweep that ends it.
 */
#ifndef GEO_LOCATE_SWEEP_H
#define GEO_LOCATE_SWEEP_H

#include "geo/place/locate_grid.h"

struct locate_crossing {
    double x;
    int32_t shape;
};

struct locate_builder {
    struct geo_locate *grid;
    uint32_t *row_start;               /* crossings of a row */
    struct locate_crossing *crossings; /* by row, then by x */
    int32_t *edge_shape;               /* shape of each listed edge, until masks are known */
    int32_t *active; /* shapes that contain the current point of the sweep, unordered */
    size_t n_active;
    size_t cap_units; /* of grid->units */
};

/* The latitude of the middle of a row. */
static inline double locate_row_height(const struct geo_locate *grid, int row)
{
    return grid->y0 + (row + 0.5) / grid->per_degree;
}

/* Finds the polygons of every cell; edges and crossings are listed. False: memory. */
bool locate_sweep(struct locate_builder *builder);

#endif
