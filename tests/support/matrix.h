/* matrix.h - column and row of the Web Mercator tile of a place, by the formulas of the
 * web's tile maps. Independent of layers/shapes/merc.h. */
#ifndef TESTS_SUPPORT_MATRIX_H
#define TESTS_SUPPORT_MATRIX_H

#include <math.h>
#include <stdint.h>

static inline int64_t matrix_column(double lon_deg, int z)
{
    return (int64_t)floor((lon_deg + 180) / 360 * ldexp(1, z));
}

static inline int64_t matrix_row(double lat_deg, int z)
{
    double lat = lat_deg * acos(-1) / 180;
    return (int64_t)floor((1 - asinh(tan(lat)) / acos(-1)) / 2 * ldexp(1, z));
}

#endif
