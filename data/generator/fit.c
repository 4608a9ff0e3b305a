/* fit.c - a power diagram whose clipped cells have given areas.
 *
 * With fixed generators there are weights that give every cell exactly the
 * area wanted (Aurenhammer, Hoffmann, Aronov 1998), but then half of the towns
 * lie in a neighbour's cell. So generators and weights move together
 * (Levenberg-Marquardt) to make small the squares of
 *   - log(area / wanted) of each cell,
 *   - what each town lacks of its distance from the border of its cell, with a
 *     weight that grows until no town lacks any to speak of,
 *   - the distance of generator and centroid, a little: it keeps cells round.
 */
#include "data/generator/cells.h"
#include "data/generator/generate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Chosen by trial: rounder cells, or towns farther from their borders, cost
 * accuracy of area; see data/README.md for what these give. */
#define ROUNDNESS 0.04
#define MARGIN_OF_SIZE 0.15 /* of the side of a square of the cell's area */
#define MARGIN_OF_GAP 0.3   /* of the distance to the nearest other town */
#define MARGIN_KM 2.0
#define MARGIN_HELD 0.5 /* what a town must have of its margin in the end */

enum { ROUNDS = 300 };

struct slope {
    size_t unknown;
    double value;
};

struct problem {
    struct cells *cells;
    const double (*towns)[2], (*outline)[2];
    const double *wanted; /* areas, km2 */
    size_t n, n_outline;
    size_t *near;   /* n rows of n - 1: the others by distance of their towns */
    double wall;    /* weight of a town too near its border */
    double *margin; /* how far a town should be from its borders, km */
    double *value;  /* of the terms */
    size_t *begin;  /* of each term's slopes; one more than terms */
    struct slope *slopes;
    size_t n_terms, room_terms, n_slopes, room_slopes;
};

/* One term of the sum of squares: value and its derivatives by the unknowns
 * (three a cell: x and y of the generator, weight). */
static void term_begin(struct problem *problem, double value)
{
    if (problem->n_terms == problem->room_terms)
        fail("el ajuste tiene demasiados términos");
    problem->value[problem->n_terms] = value;
    problem->begin[problem->n_terms++] = problem->n_slopes;
    problem->begin[problem->n_terms] = problem->n_slopes;
}

static void term_slope(struct problem *problem, size_t unknown, double slope)
{
    if (problem->n_slopes == problem->room_slopes)
        fail("el ajuste tiene demasiadas derivadas");
    problem->slopes[problem->n_slopes++] = (struct slope){unknown, slope};
    problem->begin[problem->n_terms] = problem->n_slopes;
}

/* Slopes of the term by both cells of a border: own side i, other side j.
 * The border between them moves outwards by
 *   ((x-gi)·dgi - (x-gj)·dgj + (dwi-dwj)/2) / |gj-gi|   at its point x. */
static void border_slopes(struct problem *problem, size_t i, size_t j, const double at[2],
                          double factor)
{
    const struct cells *cells = problem->cells;
    for (int axis = 0; axis < 2; axis++) {
        term_slope(problem, 3 * i + (size_t)axis, factor * (at[axis] - cells->at[i][axis]));
        term_slope(problem, 3 * j + (size_t)axis, -factor * (at[axis] - cells->at[j][axis]));
    }
    term_slope(problem, 3 * i + 2, factor / 2);
    term_slope(problem, 3 * j + 2, -factor / 2);
}

/* log(area / wanted), and what keeps generators near their centroids. False:
 * a cell has all but vanished. */
static bool area_terms(struct problem *problem)
{
    struct corner ring[CELL_ROOM];
    const struct cells *cells = problem->cells;
    for (size_t i = 0; i < problem->n; i++) {
        size_t count = cells_clip(cells, i, problem->near + i * (problem->n - 1), problem->outline,
                                  problem->n_outline, ring);
        double area = 0, centre[2] = {0, 0};
        for (size_t k = 0; k < count; k++) {
            const struct corner *from = &ring[k], *to = &ring[k + 1 == count ? 0 : k + 1];
            double part = (from->x * to->y - to->x * from->y) / 2;
            area += part;
            centre[0] += part * (from->x + to->x) / 3;
            centre[1] += part * (from->y + to->y) / 3;
        }
        if (area < 0.01 * problem->wanted[i])
            return false;
        term_begin(problem, log(area / problem->wanted[i]));
        for (size_t k = 0; k < count; k++) {
            const struct corner *from = &ring[k], *to = &ring[k + 1 == count ? 0 : k + 1];
            if (from->across < 0)
                continue;
            /* An outline with bays makes edges that run to and fro along the
             * line: their signed lengths sum to the true one. */
            size_t j = (size_t)from->across;
            double dx = cells->at[j][0] - cells->at[i][0], dy = cells->at[j][1] - cells->at[i][1];
            double square = dx * dx + dy * dy;
            double length = (-dy * (to->x - from->x) + dx * (to->y - from->y)) / square;
            double middle[2] = {(from->x + to->x) / 2, (from->y + to->y) / 2};
            border_slopes(problem, i, j, middle, length / area);
        }
        double round = ROUNDNESS / sqrt(problem->wanted[i]);
        for (int axis = 0; axis < 2; axis++) {
            term_begin(problem, round * (cells->at[i][axis] - centre[axis] / area));
            term_slope(problem, 3 * i + (size_t)axis, round);
        }
    }
    return true;
}

/* How deep the town of i is on its own side of the border with j, km. */
static double depth(const struct problem *problem, size_t i, size_t j, double *apart)
{
    const struct cells *cells = problem->cells;
    const double *town = problem->towns[i];
    double xi = town[0] - cells->at[i][0], yi = town[1] - cells->at[i][1];
    double xj = town[0] - cells->at[j][0], yj = town[1] - cells->at[j][1];
    double dx = cells->at[j][0] - cells->at[i][0], dy = cells->at[j][1] - cells->at[i][1];
    double own = xi * xi + yi * yi - cells->weight[i];
    double other = xj * xj + yj * yj - cells->weight[j];
    *apart = sqrt(dx * dx + dy * dy);
    return (other - own) / (2 * *apart);
}

/* A wall: grows from nothing where a town comes nearer to a border than its margin. */
static void wall_terms(struct problem *problem)
{
    const struct cells *cells = problem->cells;
    for (size_t i = 0; i < problem->n; i++)
        for (size_t j = 0; j < problem->n; j++) {
            double apart = 1, deep = i == j ? INFINITY : depth(problem, i, j, &apart);
            double margin = problem->margin[i];
            if (deep >= margin)
                continue;
            double wall = problem->wall * (1 - deep / margin), slope = -problem->wall / margin;
            term_begin(problem, wall);
            border_slopes(problem, i, j, problem->towns[i], slope / apart);
            for (int axis = 0; axis < 2; axis++) {
                double d = cells->at[j][axis] - cells->at[i][axis];
                term_slope(problem, 3 * i + (size_t)axis, slope * deep * d / (apart * apart));
                term_slope(problem, 3 * j + (size_t)axis, -slope * deep * d / (apart * apart));
            }
        }
}

/* The sum of squares at the cells' present state; INFINITY: not allowed. */
static double measure(struct problem *problem)
{
    problem->n_terms = problem->n_slopes = 0;
    wall_terms(problem);
    if (!area_terms(problem))
        return INFINITY;
    double sum = 0;
    for (size_t k = 0; k < problem->n_terms; k++)
        sum += problem->value[k] * problem->value[k];
    return sum;
}

static void normal_product(const struct problem *problem, const double *x, const double *damp,
                           double *out)
{
    for (size_t u = 0; u < 3 * problem->n; u++)
        out[u] = damp[u] * x[u];
    for (size_t k = 0; k < problem->n_terms; k++) {
        double sum = 0;
        for (size_t s = problem->begin[k]; s < problem->begin[k + 1]; s++)
            sum += problem->slopes[s].value * x[problem->slopes[s].unknown];
        for (size_t s = problem->begin[k]; s < problem->begin[k + 1]; s++)
            out[problem->slopes[s].unknown] += problem->slopes[s].value * sum;
    }
}

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Levenberg-Marquardt step (JᵀJ + damping·diag) step = -Jᵀr, by conjugate
 * gradients with the diagonal as preconditioner. */
static void find_step(const struct problem *problem, double damping, double *step)
{
    size_t n = 3 * problem->n;
    double *work = need(6 * n, sizeof *work);
    double *rest = work, *to = work + n, *product = work + 2 * n, *scaled = work + 3 * n;
    double *diagonal = work + 4 * n, *damp = work + 5 * n;
    for (size_t k = 0; k < problem->n_terms; k++)
        for (size_t s = problem->begin[k]; s < problem->begin[k + 1]; s++) {
            const struct slope *slope = &problem->slopes[s];
            rest[slope->unknown] -= slope->value * problem->value[k];
            diagonal[slope->unknown] += slope->value * slope->value;
        }
    for (size_t u = 0; u < n; u++) {
        damp[u] = damping * diagonal[u];
        diagonal[u] = 1 / (diagonal[u] + damp[u] + 1e-30);
        step[u] = 0;
        scaled[u] = to[u] = diagonal[u] * rest[u];
    }
    double now = dot(rest, scaled, n), first = now;
    for (int round = 0; round < 300 && now > 1e-10 * first; round++) {
        normal_product(problem, to, damp, product);
        double along = now / dot(to, product, n);
        for (size_t u = 0; u < n; u++) {
            step[u] += along * to[u];
            rest[u] -= along * product[u];
            scaled[u] = diagonal[u] * rest[u];
        }
        double before = now;
        now = dot(rest, scaled, n);
        for (size_t u = 0; u < n; u++)
            to[u] = scaled[u] + now / before * to[u];
    }
    free(work);
}

static void take_step(struct cells *cells, const double *from, const double *step)
{
    for (size_t i = 0; i < cells->n; i++) {
        cells->at[i][0] = from[3 * i] + step[3 * i];
        cells->at[i][1] = from[3 * i + 1] + step[3 * i + 1];
        cells->weight[i] = from[3 * i + 2] + step[3 * i + 2];
    }
}

static void minimise(struct problem *problem)
{
    size_t n = 3 * problem->n;
    struct cells *cells = problem->cells;
    double *step = need(n, sizeof *step), *from = need(n, sizeof *from), damping = 1e-2;
    double cost = measure(problem);
    if (cost == INFINITY)
        fail("las celdas de partida no sirven");
    for (int round = 0; round < ROUNDS && damping < 1e9; round++) {
        for (size_t i = 0; i < problem->n; i++) {
            from[3 * i] = cells->at[i][0];
            from[3 * i + 1] = cells->at[i][1];
            from[3 * i + 2] = cells->weight[i];
        }
        measure(problem);
        double now = INFINITY;
        find_step(problem, damping, step);
        take_step(cells, from, step);
        now = measure(problem);
        if (now < cost) {
            damping = damping > 1e-6 ? damping / 3 : damping;
            if (now > cost * (1 - 2e-4))
                break;
            cost = now;
        } else {
            memset(step, 0, n * sizeof *step);
            take_step(cells, from, step);
            damping *= 4;
        }
    }
    measure(problem);
    free(step);
    free(from);
}

struct cells *cells_solve(const double (*towns)[2], const double *areas, size_t n,
                          const double (*outline)[2], size_t n_outline)
{
    struct cells *cells = need(1, sizeof *cells);
    *cells = (struct cells){n, need(n, sizeof *cells->at), need(n, sizeof *cells->weight)};
    size_t room = 40 * n, slopes = 40 * room;
    struct problem problem = {.cells = cells,
                              .towns = towns,
                              .outline = outline,
                              .wanted = areas,
                              .n = n,
                              .n_outline = n_outline,
                              .near = need(n * n, sizeof *problem.near),
                              .margin = need(n, sizeof(double)),
                              .value = need(room, sizeof(double)),
                              .begin = need(room + 1, sizeof *problem.begin),
                              .slopes = need(slopes, sizeof *problem.slopes),
                              .room_terms = room,
                              .room_slopes = slopes};
    for (size_t i = 0; i < n; i++) {
        cells_order(towns, n, i, problem.near + i * (n - 1));
        const double *other = towns[problem.near[i * (n - 1)]];
        double dx = other[0] - towns[i][0], dy = other[1] - towns[i][1];
        double margin = fmin(MARGIN_OF_SIZE * sqrt(areas[i]), MARGIN_KM);
        problem.margin[i] = fmin(margin, MARGIN_OF_GAP * sqrt(dx * dx + dy * dy));
    }
    /* Voronoi cells: none is empty, each holds its town. */
    memcpy(cells->at, towns, n * sizeof *cells->at);
    for (problem.wall = 0.1; problem.wall < 10; problem.wall *= 2)
        minimise(&problem);
    /* Metres: last digits, which depend on the processor, must not reach the file. */
    for (size_t i = 0; i < n; i++) {
        cells->at[i][0] = round(cells->at[i][0] * 1e3) / 1e3;
        cells->at[i][1] = round(cells->at[i][1] * 1e3) / 1e3;
        cells->weight[i] = round(cells->weight[i] * 1e2) / 1e2;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double apart;
            if (i != j && depth(&problem, i, j, &apart) < MARGIN_HELD * problem.margin[i])
                fail("el municipio %zu no queda dentro de su celda", i);
        }
    free(problem.near);
    free(problem.margin);
    free(problem.value);
    free(problem.begin);
    free(problem.slopes);
    return cells;
}
