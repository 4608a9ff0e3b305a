/* archive_ids.h - numbers of tiles in the order of PMTiles 3: zoom by zoom, along a Hilbert
 * curve, so that tiles near each other on the map are near in the file
 * (github.com/protomaps/PMTiles, spec/v3, "TileID").
 *
 * Threads: any. Units: XYZ addresses; boxes in lon/lat degrees.
 */
#ifndef LAYERS_ARCHIVE_IDS_H
#define LAYERS_ARCHIVE_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/base/box.h"

enum { ARCHIVE_MAX_ZOOM = 22 };

struct archive_address {
    int z;
    uint32_t x, y;
};

/* Tile with this number: 0 is 0/0/0, 1 is 1/0/0, 2 is 1/0/1, 3 is 1/1/1, 4 is 1/1/0,
 * 5 is 2/0/0. */
struct archive_address archive_tile_of(uint64_t id);

/* Tiles of these zooms that a box overlaps, not only touches. */
struct archive_area {
    int zoom_min, zoom_max;
    struct geo_box box;
};

uint64_t archive_count(const struct archive_area *area);
/* The first tile of the area at or after *id; false: there is none. */
bool archive_next(const struct archive_area *area, uint64_t *id);

#endif
