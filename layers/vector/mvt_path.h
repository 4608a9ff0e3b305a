/* mvt_path.h - clipping and commands of paths in tile units; internal to mvt_shape.c and
 * mvt_polygon.c. */
#ifndef LAYERS_MVT_PATH_H
#define LAYERS_MVT_PATH_H

#include "layers/vector/mvt.h"
#include "layers/vector/mvt_shaper.h"

enum { LEFT = 1, RIGHT = 2, ABOVE = 4, BELOW = 8 };

#define LOW_LIMIT ((int64_t)-MVT_BUFFER)
#define HIGH_LIMIT ((int64_t)MVT_EXTENT + MVT_BUFFER)

static inline bool mvt_same(struct mvt_xy a, struct mvt_xy b)
{
    return a.x == b.x && a.y == b.y;
}

/* The sides on which a position is outside the tile and its buffer. */
static inline int mvt_code(struct mvt_xy at)
{
    return (at.x < LOW_LIMIT ? LEFT : 0) | (at.x > HIGH_LIMIT ? RIGHT : 0) |
           (at.y < LOW_LIMIT ? ABOVE : 0) | (at.y > HIGH_LIMIT ? BELOW : 0);
}

/* How far it is outside on one side; 0 or less: it is inside. */
static inline int64_t mvt_beyond(struct mvt_xy at, int side)
{
    switch (side) {
    case LEFT:
        return LOW_LIMIT - at.x;
    case RIGHT:
        return at.x - HIGH_LIMIT;
    case ABOVE:
        return LOW_LIMIT - at.y;
    default:
        return at.y - HIGH_LIMIT;
    }
}

/* The point where the segment crosses the limit; independent of its direction. */
struct mvt_xy mvt_crossing(struct mvt_xy a, struct mvt_xy b, bool across_y, int64_t limit);
/* Makes room in the path and its spare for so many more. */
bool mvt_room(struct mvt_shaper *shaper, size_t more);
void mvt_put_path(struct mvt_shaper *shaper, const struct mvt_xy *xy, size_t n, bool close);
/* Writes the path as points. */
void mvt_put_points(struct mvt_shaper *shaper);
/* Writes a shape of one unit at the feature; only in the tiles that contain its centre. */
void mvt_put_speck(struct mvt_shaper *shaper, const struct arc_box *box, bool area);

#endif
