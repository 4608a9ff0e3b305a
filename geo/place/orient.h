/* orient.h - on which side of a line a point lies, computed exactly.
 *
 * Threads: any. Units: the caller's.
 * A floating-point filter decides nearly always; else the determinant is summed without
 * rounding (J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic and Fast Robust
 * Geometric Predicates, 1997). Exact unless a product of coordinates underflows, which
 * takes a coordinate that is not zero but nearer to it than 1e-140.
 */
#ifndef GEO_ORIENT_H
#define GEO_ORIENT_H

/* The sign without the filter. */
int geo_orient_exact(double ax, double ay, double bx, double by, double px, double py);

/* +1: p lies to the left of a -> b, -1: to the right, 0: on the line. */
static inline int geo_orient(double ax, double ay, double bx, double by, double px, double py)
{
    /* Shewchuk's bound A, (3 + 16 eps) eps with eps = 2^-53. */
    const double bound = 3.3306690738754716e-16;
    double left = (ax - px) * (by - py);
    double right = (ay - py) * (bx - px);
    double det = left - right;
    double size = (left < 0 ? -left : left) + (right < 0 ? -right : right);
    if (det > bound * size)
        return 1;
    if (-det > bound * size)
        return -1;
    return geo_orient_exact(ax, ay, bx, by, px, py);
}

#endif
