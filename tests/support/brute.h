/* brute.h - point location by brute force, exact in integers: it shares nothing with
 * geo/place/locate.c and geo/place/orient.c. */
#ifndef TESTS_SUPPORT_BRUTE_H
#define TESTS_SUPPORT_BRUTE_H

#include <math.h>

#include "geo/place/shape.h"

__extension__ typedef __int128 wide;

/* Coordinates are multiples of 2^-49 (every double of 8 to 180 is, and the
 * lattice below), so that this is exact in integers and shares nothing with
 * geo/place/orient.c. */
static wide cross(const double *a, const double *b, const double *p)
{
    const double unit = ldexp(1, 49);
    int64_t ax = (int64_t)(a[0] * unit), ay = (int64_t)(a[1] * unit);
    int64_t bx = (int64_t)(b[0] * unit), by = (int64_t)(b[1] * unit);
    int64_t px = (int64_t)(p[0] * unit), py = (int64_t)(p[1] * unit);
    return (wide)(bx - ax) * (py - ay) - (wide)(by - ay) * (px - ax);
}

static bool brute_holds(const struct geo_shape *shape, const double *p)
{
    bool inside = false;
    for (size_t r = 0; r < shape->n_rings; r++)
        for (uint32_t i = shape->rings[r]; i + 1 < shape->rings[r + 1]; i++) {
            const double *a = shape->xy + 2 * (size_t)i, *b = a + 2;
            if ((a[1] > p[1] && b[1] > p[1]) || (a[1] < p[1] && b[1] < p[1]))
                continue;
            wide turn = cross(a, b, p);
            if (turn == 0 && p[0] >= fmin(a[0], b[0]) && p[0] <= fmax(a[0], b[0]))
                return true;
            if ((a[1] > p[1]) != (b[1] > p[1]) && (turn > 0) == (b[1] > a[1]))
                inside = !inside;
        }
    return inside;
}

static int brute_locate(struct geo_shape *const *shapes, size_t n, const double *p)
{
    for (size_t i = 0; i < n; i++)
        if (shapes[i] && geo_box_holds(shapes[i]->box, p[0], p[1]) && brute_holds(shapes[i], p))
            return (int)i;
    return -1;
}

#endif
