/* meets.h - does a geometry meet a box? Exactly: touching counts, and only the
 * geometry itself does, not its box. A box of no size is a point.
 *
 * Units: lon/lat degrees, straight lines between vertices. Threads: any.
 */
#ifndef LAYERS_MEETS_H
#define LAYERS_MEETS_H

#include "geo/place/shape.h"

bool shape_meets_box(const struct geo_shape *shape, struct geo_box box);

#endif
