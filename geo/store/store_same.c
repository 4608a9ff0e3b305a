/* store_same.c - whether two geometries are one.
 *
 * A ring may begin elsewhere, or go the other way round, as a Shapefile writes it. Coordinates may
 * differ by less than SAME_DEG, which is what is lost on a way through UTM, a KML of nine decimals
 * or the grid of a File Geodatabase.
 *
 * WKB of this store: little endian, two dimensions, no curves.
 */
#include <math.h>
#include <string.h>

#include "geo/store/store.h"

enum { POINT_BYTES = 16, HEAD_BYTES = 5 };
enum { KIND_POINT = 1, KIND_LINE = 2, KIND_POLYGON = 3 };

static const double SAME_DEG = 1e-8; /* about 1 mm */

/* What is left of each of the two; both move on together. */
struct store_same_pair {
    const unsigned char *a, *b;
    size_t left_a, left_b;
};

static void skip(struct store_same_pair *pair, size_t bytes)
{
    pair->a += bytes;
    pair->b += bytes;
    pair->left_a -= bytes;
    pair->left_b -= bytes;
}

/* Both have these bytes, and they are equal. */
static bool take_equal(struct store_same_pair *pair, size_t bytes)
{
    if (pair->left_a < bytes || pair->left_b < bytes || memcmp(pair->a, pair->b, bytes) != 0)
        return false;
    skip(pair, bytes);
    return true;
}

static bool take_count(struct store_same_pair *pair, uint32_t *count)
{
    if (pair->left_a >= sizeof *count)
        memcpy(count, pair->a, sizeof *count);
    return take_equal(pair, sizeof *count);
}

static bool same_point(const unsigned char *a, size_t i, const unsigned char *b, size_t k)
{
    double one[2], other[2];
    memcpy(one, a + i * POINT_BYTES, sizeof one);
    memcpy(other, b + k * POINT_BYTES, sizeof other);
    return fabs(one[0] - other[0]) < SAME_DEG && fabs(one[1] - other[1]) < SAME_DEG;
}

/* n distinct points in a circle: b from `start` on, forwards or backwards, is a. */
static bool runs_alike(const unsigned char *a, const unsigned char *b, size_t n, size_t start,
                       bool forwards)
{
    for (size_t i = 0; i < n; i++)
        if (!same_point(a, i, b, forwards ? (start + i) % n : (start + n - i) % n))
            return false;
    return true;
}

static bool has_points(const struct store_same_pair *pair, uint32_t points)
{
    return points <= pair->left_a / POINT_BYTES && points <= pair->left_b / POINT_BYTES;
}

/* Points in their order. */
static bool take_points(struct store_same_pair *pair, uint32_t points)
{
    if (!has_points(pair, points))
        return false;
    for (uint32_t i = 0; i < points; i++, skip(pair, POINT_BYTES))
        if (!same_point(pair->a, 0, pair->b, 0))
            return false;
    return true;
}

static bool take_line(struct store_same_pair *pair)
{
    uint32_t points = 0;
    return take_count(pair, &points) && take_points(pair, points);
}

static bool take_ring(struct store_same_pair *pair)
{
    uint32_t points = 0;
    if (!take_count(pair, &points) || !has_points(pair, points))
        return false;
    if (take_equal(pair, points * (size_t)POINT_BYTES))
        return true;
    size_t n = points ? points - 1 : 0; /* the last is the first again */
    bool same = false;
    for (size_t start = 0; !same && start < n; start++)
        same = same_point(pair->a, 0, pair->b, start) &&
               (runs_alike(pair->a, pair->b, n, start, true) ||
                runs_alike(pair->a, pair->b, n, start, false));
    skip(pair, points * (size_t)POINT_BYTES);
    return same;
}

static bool take_geometry(struct store_same_pair *pair);

/* The rings of a polygon, or the parts of several geometries. */
static bool take_parts(struct store_same_pair *pair, bool rings)
{
    uint32_t parts = 0;
    bool same = take_count(pair, &parts);
    for (uint32_t i = 0; same && i < parts; i++)
        same = rings ? take_ring(pair) : take_geometry(pair);
    return same;
}

static bool take_geometry(struct store_same_pair *pair)
{
    uint32_t kind = 0;
    if (pair->left_a >= HEAD_BYTES)
        memcpy(&kind, pair->a + 1, sizeof kind);
    if (!take_equal(pair, HEAD_BYTES))
        return false;
    return kind == KIND_POINT  ? take_points(pair, 1)
           : kind == KIND_LINE ? take_line(pair)
                               : take_parts(pair, kind == KIND_POLYGON);
}

bool geo_store_same_geometry(const unsigned char *a, size_t len_a, const unsigned char *b,
                             size_t len_b)
{
    struct store_same_pair pair = {a, b, len_a, len_b};
    if (len_a != len_b)
        return false;
    return len_a == 0 || memcmp(a, b, len_a) == 0 || (take_geometry(&pair) && pair.left_a == 0);
}
