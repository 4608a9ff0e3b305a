/* raster_lines.c - draws thin lines: each is a region; a pixel gets the largest coverage. */
#include <math.h>
#include <string.h>

#include "layers/paint/raster_internal.h"

static void keep_strongest(void *arg, int row, int from, int to, int cover)
{
    struct raster *r = arg;
    uint8_t *taken = r->taken + (size_t)row * (size_t)r->width;
    for (int x = from; x < to; x++)
        if (taken[x] < cover)
            taken[x] = (uint8_t)cover;
    r->any_line = true;
}

void raster_lines_begin(struct raster *raster)
{
    memset(raster->taken, 0, (size_t)raster->width * (size_t)raster->height);
    raster->any_line = false;
}

bool raster_lines_any(const struct raster *raster)
{
    return raster->any_line;
}

/* Adds the quadrilateral between two positions and their offsets. */
static void add_strip(struct raster *r, const double *a, const double *b, const double *na,
                      const double *nb)
{
    raster_edge(r, a[0] + na[0], a[1] + na[1], b[0] + nb[0], b[1] + nb[1]);
    raster_edge(r, b[0] - nb[0], b[1] - nb[1], a[0] - na[0], a[1] - na[1]);
}

static void add_end(struct raster *r, const double *at, const double *normal, bool start)
{
    double side = start ? 1 : -1;
    raster_edge(r, at[0] - side * normal[0], at[1] - side * normal[1], at[0] + side * normal[0],
                at[1] + side * normal[1]);
}

/* A segment whose end is still open. */
struct strip {
    const double *a, *b;
    double start[2], normal[2]; /* offset at a; the segment's own */
};

void raster_line(struct raster *raster, const double *xy, size_t n, double width_px)
{
    double half = width_px / 2;
    struct strip open = {0};
    const double *at = xy;
    for (size_t i = 1; i < n; i++) {
        const double *next = xy + 2 * i;
        double dx = next[0] - at[0], dy = next[1] - at[1], length = sqrt(dx * dx + dy * dy);
        if (length < 1.0 / 32) /* too short to have a direction */
            continue;
        double normal[2] = {dy / length * half, -dx / length * half};
        double start[2] = {normal[0], normal[1]};
        if (!open.a)
            add_end(raster, at, normal, true);
        else {
            /* The mitre's offset is the mean of both normals over the squared cosine of
             * half the turn; at a turn of more than a right angle the line is split. */
            double mx = (open.normal[0] + normal[0]) / 2, my = (open.normal[1] + normal[1]) / 2;
            double cos2 = (mx * mx + my * my) / (half * half);
            if (cos2 >= 0.5) {
                start[0] = mx / cos2;
                start[1] = my / cos2;
                add_strip(raster, open.a, open.b, open.start, start);
            } else {
                add_strip(raster, open.a, open.b, open.start, open.normal);
                add_end(raster, at, open.normal, false);
                add_end(raster, at, normal, true);
            }
        }
        open = (struct strip){at, next, {start[0], start[1]}, {normal[0], normal[1]}};
        at = next;
    }
    if (open.a) {
        add_strip(raster, open.a, open.b, open.start, open.normal);
        add_end(raster, open.b, open.normal, false);
    }
    raster_sweep(raster, keep_strongest, raster);
}
