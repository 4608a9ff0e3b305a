/* archive_ids.c - from PMTiles tile ids, along a Hilbert curve, to z/x/y. */
#include "layers/archive/archive_ids.h"

#include <math.h>

#include "layers/shapes/merc.h"

struct archive_ids_range {
    uint32_t min_x, min_y, max_x, max_y; /* both ends included */
};

/* Number of tiles of all zooms before z: (4^z - 1) / 3. */
static uint64_t first_id(int z)
{
    return ((UINT64_C(1) << 2 * z) - 1) / 3;
}

/* One step of the curve: rotates the quadrant so that it starts at 0,0. */
static void turn(uint32_t side, uint32_t *x, uint32_t *y, bool right, bool below)
{
    if (below)
        return;
    if (right) {
        *x = side - 1 - *x;
        *y = side - 1 - *y;
    }
    uint32_t swapped = *x;
    *x = *y;
    *y = swapped;
}

struct archive_address archive_tile_of(uint64_t id)
{
    struct archive_address tile = {0, 0, 0};
    while (id >= first_id(tile.z + 1))
        tile.z++;
    uint64_t place = id - first_id(tile.z);
    for (uint32_t half = 1; half < UINT32_C(1) << tile.z; half *= 2, place /= 4) {
        bool right = place & 2, below = (place & 1) ^ (place >> 1 & 1);
        turn(half, &tile.x, &tile.y, right, below);
        tile.x += right ? half : 0;
        tile.y += below ? half : 0;
    }
    return tile;
}

/* The tiles from that of `from` to that just before `to`; both in units of tiles, clamped. */
static void cover(double from, double to, uint32_t last, uint32_t *min, uint32_t *max)
{
    *min = (uint32_t)fmin(fmax(floor(from), 0), last);
    *max = (uint32_t)fmin(fmax(ceil(to) - 1, *min), last);
}

static struct archive_ids_range range_of(const struct archive_area *area, int z)
{
    struct archive_ids_range range;
    double tiles = ldexp(1, z);
    uint32_t last = (UINT32_C(1) << z) - 1;
    cover((merc_x_of(area->box.min_x) / MERC_WORLD + 0.5) * tiles,
          (merc_x_of(area->box.max_x) / MERC_WORLD + 0.5) * tiles, last, &range.min_x,
          &range.max_x);
    cover((merc_y_of(area->box.max_y) / MERC_WORLD + 0.5) * tiles,
          (merc_y_of(area->box.min_y) / MERC_WORLD + 0.5) * tiles, last, &range.min_y,
          &range.max_y);
    return range;
}

uint64_t archive_count(const struct archive_area *area)
{
    uint64_t count = 0;
    for (int z = area->zoom_min; z <= area->zoom_max; z++) {
        struct archive_ids_range range = range_of(area, z);
        count += (uint64_t)(range.max_x - range.min_x + 1) * (range.max_y - range.min_y + 1);
    }
    return count;
}

/* True if the aligned square of 2^k by 2^k tiles around x,y has a tile of the range. */
static bool square_meets(const struct archive_ids_range *range, uint32_t x, uint32_t y, int k)
{
    uint32_t mask = (UINT32_C(1) << k) - 1;
    return (x & ~mask) <= range->max_x && (x | mask) >= range->min_x &&
           (y & ~mask) <= range->max_y && (y | mask) >= range->min_y;
}

/* The curve visits all of an aligned square before it leaves it, so a square outside the
 * range can be skipped at once. */
bool archive_next(const struct archive_area *area, uint64_t *id)
{
    uint64_t at = *id < first_id(area->zoom_min) ? first_id(area->zoom_min) : *id;
    while (at < first_id(area->zoom_max + 1)) {
        struct archive_address tile = archive_tile_of(at);
        struct archive_ids_range range = range_of(area, tile.z);
        if (square_meets(&range, tile.x, tile.y, 0)) {
            *id = at;
            return true;
        }
        uint64_t place = at - first_id(tile.z);
        int k = 0;
        while (k < tile.z && place % (UINT64_C(4) << 2 * k) == 0 &&
               !square_meets(&range, tile.x, tile.y, k + 1))
            k++;
        at += UINT64_C(1) << 2 * k;
    }
    return false;
}
