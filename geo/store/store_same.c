/* store_same.c - whether two geometries are one.
 *
 * A ring may begin elsewhere, or go the other way round, as a Shapefile writes it.
 *
 * WKB of this store: little endian, two dimensions, no curves.
 */
#include <string.h>

#include "geo/store/store.h"

enum { POINT_BYTES = 16, HEAD_BYTES = 5, KIND_POLYGON = 3 };

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
    return memcmp(a + i * POINT_BYTES, b + k * POINT_BYTES, POINT_BYTES) == 0;
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

static bool take_ring(struct store_same_pair *pair)
{
    uint32_t points = 0;
    if (!take_count(pair, &points) || points > pair->left_a / POINT_BYTES ||
        points > pair->left_b / POINT_BYTES)
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
    return take_parts(pair, kind == KIND_POLYGON);
}

bool geo_store_same_geometry(const unsigned char *a, size_t len_a, const unsigned char *b,
                             size_t len_b)
{
    enum { KIND_MULTIPOLYGON = 6 };
    struct store_same_pair pair = {a, b, len_a, len_b};
    uint32_t kind = 0;
    if (len_a != len_b)
        return false;
    if (len_a == 0 || memcmp(a, b, len_a) == 0)
        return true;
    if (len_a >= HEAD_BYTES)
        memcpy(&kind, a + 1, sizeof kind);
    return (kind == KIND_POLYGON || kind == KIND_MULTIPOLYGON) && take_geometry(&pair) &&
           pair.left_a == 0;
}
