/* picture_internal.h - position and scale of a picture's map; only for
 * layers/report/picture*.c. */
#ifndef LAYERS_REPORT_PICTURE_INTERNAL_H
#define LAYERS_REPORT_PICTURE_INTERNAL_H

#include "layers/report/picture.h"

struct picture_place {
    double origin_x, origin_y, steps_per_px; /* steps of layers/shapes/merc.h */
    double zoom;                             /* of the style */
    double metres_per_px;
    int width_px, height_px; /* CSS px */
};

/* False: there is nothing to show. */
bool picture_place_of(const struct picture *picture, const struct picture_request *request,
                      struct picture_place *at);

#endif
