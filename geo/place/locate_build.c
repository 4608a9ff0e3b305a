/* locate_build.c - builds the point location grid of geo/place/locate.h.
 *
 * Edges are sorted into cells; then one sweep a row carries the set of polygons
 * from cell to cell (locate_sweep.c). Time grows with the number of edges plus the number of cells.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/locate_sweep.h"

/* A finer grid has fewer border cells but more cache misses: with Bolivia's 138,000 edges
 * a point took 12, 10, 15 and 24 ns at 3, 6, 12 and 24 cells an edge
 * (tests/bench/bench_link.c). */
enum { CELLS_PER_EDGE = 6, LEAST_CELLS = 65536, MOST_CELLS = 4000000 };
/* If edges are listed in more cells than this on average, the grid is made coarser. */
enum { LISTINGS_PER_EDGE = 16 };
/* About a metre; keeps GEO_CELL_SLACK far above rounding. */
static const double LEAST_CELL_DEG = 1e-5;

/* Calls fn for every edge of every shape. Edges of zero length are skipped, except in a
 * ring that is a single point: that edge is on no side of a line, so its cell tests every
 * ring. */
typedef void edge_fn(struct locate_builder *builder, int32_t shape, const double *a,
                     const double *b);

static void each_edge(struct locate_builder *builder, edge_fn *fn)
{
    for (size_t s = 0; s < builder->grid->n_shapes; s++) {
        const struct geo_shape *shape = builder->grid->shapes[s];
        for (size_t r = 0; r < shape->n_rings; r++) {
            bool any = false;
            for (uint32_t i = shape->rings[r]; i + 1 < shape->rings[r + 1]; i++) {
                const double *a = shape->xy + 2 * (size_t)i;
                bool last = i + 2 == shape->rings[r + 1];
                if (a[0] == a[2] && a[1] == a[3] && (any || !last))
                    continue;
                any = true;
                fn(builder, (int32_t)s, a, a + 2);
            }
        }
    }
}

static int clamp(double value, int count)
{
    return value < 0 ? 0 : value >= count ? count - 1 : (int)value;
}

/* Cells in which an edge is listed --------------------------------------------- */

typedef void cell_fn(struct locate_builder *builder, size_t cell, int32_t shape, const double *a,
                     const double *b);

static void each_cell(struct locate_builder *builder, int32_t shape, const double *a,
                      const double *b, cell_fn *fn)
{
    const struct geo_locate *grid = builder->grid;
    /* In cells, lower end first. */
    const double *low = a[1] <= b[1] ? a : b, *high = a[1] <= b[1] ? b : a;
    double x0 = (low[0] - grid->x0) * grid->per_degree;
    double y0 = (low[1] - grid->y0) * grid->per_degree;
    double x1 = (high[0] - grid->x0) * grid->per_degree;
    double y1 = (high[1] - grid->y0) * grid->per_degree;
    int first = clamp(floor(y0 - GEO_CELL_SLACK), grid->rows);
    int last = clamp(floor(y1 + GEO_CELL_SLACK), grid->rows);
    for (int row = first; row <= last; row++) {
        /* The piece of the edge within the row, with slack at both ends. */
        double from = fmax(y0, row - GEO_CELL_SLACK), to = fmin(y1, row + 1 + GEO_CELL_SLACK);
        double west = x0, east = x1;
        if (y1 > y0) {
            west = x0 + (x1 - x0) * fmax(0, (from - y0) / (y1 - y0));
            east = x0 + (x1 - x0) * fmin(1, (to - y0) / (y1 - y0));
        }
        int left = clamp(floor(fmin(west, east) - GEO_CELL_SLACK), grid->columns);
        int right = clamp(floor(fmax(west, east) + GEO_CELL_SLACK), grid->columns);
        for (int column = left; column <= right; column++)
            fn(builder, (size_t)row * (size_t)grid->columns + (size_t)column, shape, a, b);
    }
}

static void count_cell(struct locate_builder *builder, size_t cell, int32_t shape, const double *a,
                       const double *b)
{
    (void)shape, (void)a, (void)b;
    builder->grid->n_borders += builder->grid->cells[cell]++ == 0;
    builder->grid->n_edges++;
}

static void list_cell(struct locate_builder *builder, size_t cell, int32_t shape, const double *a,
                      const double *b)
{
    struct geo_locate *grid = builder->grid;
    struct geo_border_cell *border = &grid->borders[geo_cell_border(grid->cells[cell])];
    uint32_t at = border->first_edge + border->n_edges++;
    grid->edges[at] = (struct geo_cell_edge){a[0], a[1], b[0], b[1], 0};
    builder->edge_shape[at] = shape;
}

static void count_edge(struct locate_builder *builder, int32_t shape, const double *a,
                       const double *b)
{
    each_cell(builder, shape, a, b, count_cell);
}

static void list_edge(struct locate_builder *builder, int32_t shape, const double *a,
                      const double *b)
{
    each_cell(builder, shape, a, b, list_cell);
}

/* Turns the counts into border cells with room for their edges. */
static bool lay_out_cells(struct locate_builder *builder)
{
    struct geo_locate *grid = builder->grid;
    grid->borders = calloc(grid->n_borders + 1, sizeof *grid->borders);
    grid->edges = malloc((grid->n_edges + 1) * sizeof *grid->edges);
    builder->edge_shape = malloc((grid->n_edges + 1) * sizeof *builder->edge_shape);
    if (!grid->borders || !grid->edges || !builder->edge_shape)
        return false;
    uint32_t n_borders = 0, first = 0;
    size_t n_cells = (size_t)grid->rows * (size_t)grid->columns;
    for (size_t cell = 0; cell < n_cells; cell++) {
        uint32_t count = (uint32_t)grid->cells[cell];
        grid->cells[cell] = GEO_CELL_NONE;
        if (count == 0)
            continue;
        grid->borders[n_borders].first_edge = first;
        first += count;
        grid->cells[cell] = -2 - (int32_t)n_borders++;
    }
    each_edge(builder, list_edge);
    return true;
}

/* Where edges cross the middle of each row --------------------------------------- */

static void rows_crossed(const struct geo_locate *grid, const double *a, const double *b,
                         int *first, int *last)
{
    double low = fmin(a[1], b[1]), high = fmax(a[1], b[1]);
    *first = clamp(floor((low - grid->y0) * grid->per_degree - 0.5), grid->rows);
    *last = clamp(floor((high - grid->y0) * grid->per_degree + 0.5), grid->rows);
    while (*first <= *last && !(locate_row_height(grid, *first) >= low))
        ++*first;
    while (*last >= *first && !(locate_row_height(grid, *last) < high))
        --*last;
}

static void count_crossings(struct locate_builder *builder, int32_t shape, const double *a,
                            const double *b)
{
    int first, last;
    (void)shape;
    rows_crossed(builder->grid, a, b, &first, &last);
    for (int row = first; row <= last; row++)
        builder->row_start[row + 1]++;
}

static void list_crossings(struct locate_builder *builder, int32_t shape, const double *a,
                           const double *b)
{
    int first, last;
    rows_crossed(builder->grid, a, b, &first, &last);
    for (int row = first; row <= last; row++) {
        double part = (locate_row_height(builder->grid, row) - a[1]) / (b[1] - a[1]);
        builder->crossings[builder->row_start[row]++] =
            (struct locate_crossing){a[0] + part * (b[0] - a[0]), shape};
    }
}

static int by_x(const void *a, const void *b)
{
    double left = ((const struct locate_crossing *)a)->x,
           right = ((const struct locate_crossing *)b)->x;
    return left < right ? -1 : left > right;
}

static bool find_crossings(struct locate_builder *builder)
{
    int rows = builder->grid->rows;
    builder->row_start = calloc((size_t)rows + 1, sizeof *builder->row_start);
    if (!builder->row_start)
        return false;
    each_edge(builder, count_crossings);
    for (int row = 0; row < rows; row++)
        builder->row_start[row + 1] += builder->row_start[row];
    builder->crossings =
        malloc(((size_t)builder->row_start[rows] + 1) * sizeof *builder->crossings);
    if (!builder->crossings)
        return false;
    /* Filling moves each row's start to its end, which is the next row's start. */
    each_edge(builder, list_crossings);
    for (int row = rows; row > 0; row--)
        builder->row_start[row] = builder->row_start[row - 1];
    builder->row_start[0] = 0;
    for (int row = 0; row < rows; row++)
        qsort(builder->crossings + builder->row_start[row],
              builder->row_start[row + 1] - builder->row_start[row], sizeof *builder->crossings,
              by_x);
    return true;
}

/* The grid ---------------------------------------------------------------------- */

static bool lay_out_grid(struct geo_locate *grid, struct geo_box box, double n_cells)
{
    double width = box.max_x - box.min_x, height = box.max_y - box.min_y;
    /* Square cells; a very flat box gets one row of them. */
    double size = fmax(sqrt(width * height / n_cells), fmax(width, height) / n_cells);
    size = fmax(size, LEAST_CELL_DEG);
    grid->per_degree = 1 / size;
    /* A margin of half a cell keeps edges away from the grid's rim. */
    grid->x0 = box.min_x - 0.5 * size;
    grid->y0 = box.min_y - 0.5 * size;
    grid->columns = (int)ceil(width / size) + 2;
    grid->rows = (int)ceil(height / size) + 2;
    grid->n_borders = grid->n_edges = 0;
    free(grid->cells);
    grid->cells = calloc((size_t)grid->rows * (size_t)grid->columns, sizeof *grid->cells);
    return grid->cells != NULL;
}

/* Chooses the cell size and counts the edges of each cell; coarser if many long edges
 * would be listed in many cells. */
static bool size_grid(struct locate_builder *builder)
{
    struct geo_locate *grid = builder->grid;
    struct geo_box box = geo_box_empty();
    double edges = 0;
    for (size_t i = 0; i < grid->n_shapes; i++) {
        box = geo_box_join(box, grid->shapes[i]->box);
        edges += (double)grid->shapes[i]->n_points;
    }
    if (grid->n_shapes == 0)
        box = (struct geo_box){0, 0, 0, 0};
    double n_cells = fmin(MOST_CELLS, fmax(LEAST_CELLS, edges * CELLS_PER_EDGE));
    for (;; n_cells /= 4) {
        if (!lay_out_grid(grid, box, n_cells))
            return false;
        each_edge(builder, count_edge);
        if ((double)grid->n_edges <= LISTINGS_PER_EDGE * edges + LEAST_CELLS || n_cells < 16)
            return grid->n_edges <= UINT32_MAX;
    }
}

struct geo_locate *geo_locate_build(struct geo_shape *const *shapes, size_t n, struct err *err)
{
    struct locate_builder builder = {.grid = calloc(1, sizeof *builder.grid)};
    struct geo_locate *grid = builder.grid;
    bool done = false;
    if (!grid || n > INT32_MAX)
        goto done;
    grid->shapes = malloc((n + 1) * sizeof(struct geo_shape *));
    builder.active = malloc((n + 1) * sizeof *builder.active);
    if (!grid->shapes || !builder.active)
        goto done;
    if (n) /* shapes may be NULL then */
        memcpy(grid->shapes, shapes, n * sizeof(struct geo_shape *));
    grid->n_shapes = n;
    if (!size_grid(&builder) || !lay_out_cells(&builder) || !find_crossings(&builder))
        goto done;
    done = locate_sweep(&builder);
done:
    free(builder.row_start);
    free(builder.crossings);
    free(builder.edge_shape);
    free(builder.active);
    if (done)
        return grid;
    geo_locate_free(grid);
    err_no_memory(err);
    return NULL;
}
