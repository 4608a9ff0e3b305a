/* points_map.h - a map of where the points of a source fall, over the municipalities: to look at
 * before they are imported.
 *
 * It shows the part of the country where the points are. Points elsewhere stand at its edge,
 * hollow, and are counted.
 *
 * Threads: as page.h. Units: lon/lat degrees (WGS 84); CSS pixels.
 * Errors:  as page_draw(); ERR_INPUT if there are no boundaries.
 */
#ifndef LAYERS_REPORT_POINTS_MAP_H
#define LAYERS_REPORT_POINTS_MAP_H

#include <stddef.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "layers/snapshot/snapshot.h"

enum points_state {
    POINTS_OK,       /* in the municipality it declares, or it declares none */
    POINTS_MOVED,    /* far from where it was stored before */
    POINTS_RESCUED,  /* there too, once its coordinate was read otherwise than written */
    POINTS_CONFLICT, /* in another municipality */
    POINTS_OUTSIDE,  /* in none, or unreadable */
};

struct points_map_point {
    double lon_deg, lat_deg;
    enum points_state state;
};

struct points_map {
    const struct points_map_point *points;
    size_t n;
    const char *title;
    int width_px, height_px; /* 0: 1000 x 1000 */
    const char *version;     /* of the program */
};

/* Appends the PNG file to out. */
bool points_map_png(struct snapshot *snapshot, const struct points_map *map, struct buf *out,
                    struct err *err);

#endif
