/* meets.h - exact test of whether a geometry intersects a box. Touching counts. A box of
 * size 0 is a point.
 *
 * Units: lon/lat degrees, straight lines between vertices. Threads: any.
 */
#ifndef LAYERS_MEETS_H
#define LAYERS_MEETS_H

#include "geo/place/shape.h"

bool shape_meets_box(const struct geo_shape *shape, struct geo_box box);

#endif
