/* sideways.c - offsets a line to its right, for line-offset. */
#include "layers/paint/sideways.h"

#include <math.h>
#include <string.h>

/* The unit normal to the right of a to b; false: a equals b. */
static bool normal_of(const double *a, const double *b, double normal[2])
{
    double dx = b[0] - a[0], dy = b[1] - a[1], length = hypot(dx, dy);
    if (!(length > 0))
        return false;
    normal[0] = -dy / length;
    normal[1] = dx / length;
    return true;
}

static void put(double *out, size_t *made, const double *at, const double *normal, double by)
{
    out[2 * *made] = at[0] + normal[0] * by;
    out[2 * (*made)++ + 1] = at[1] + normal[1] * by;
}

/* Adds the corner between two normals: a mitre's point, or two points. */
static void corner(double *out, size_t *made, const double *at, const double *before,
                   const double *after, double by)
{
    double sum[2] = {before[0] + after[0], before[1] + after[1]};
    /* |sum|^2 = 2 + 2 cos(turn); the mitre is as long as 1 / cos(turn / 2). */
    double square = sum[0] * sum[0] + sum[1] * sum[1];
    if (square >= 1) { /* a mitre of at most twice the offset */
        const double mitre[2] = {2 * sum[0] / square, 2 * sum[1] / square};
        put(out, made, at, mitre, by);
        return;
    }
    put(out, made, at, before, by);
    put(out, made, at, after, by);
}

size_t sideways(const double *xy, size_t n, bool closed, double by, double *out)
{
    double first[2] = {0}, before[2] = {0}, here[2];
    size_t made = 0, last = 0;
    bool any = false;
    for (size_t i = 1; i < n + (closed ? 1 : 0); i++) {
        const double *at = xy + 2 * (i % n);
        if (!normal_of(xy + 2 * last, at, here))
            continue; /* the next one starts from the same position */
        if (any)
            corner(out, &made, xy + 2 * last, before, here, by);
        else {
            memcpy(first, here, sizeof first);
            if (!closed)
                put(out, &made, xy, here, by);
        }
        any = true;
        memcpy(before, here, sizeof before);
        last = i % n;
    }
    if (!any)
        return 0;
    if (closed)
        corner(out, &made, xy, before, first, by);
    else
        put(out, &made, xy + 2 * last, before, by);
    return made;
}
