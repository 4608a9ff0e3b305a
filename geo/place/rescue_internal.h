/* rescue_internal.h - what struct geo_rescue holds; private to the files geo/place/rescue*.c. */
#ifndef GEO_RESCUE_INTERNAL_H
#define GEO_RESCUE_INTERNAL_H

#include "geo/place/crs.h"

struct geo_rescue {
    struct geo_crs *crs;
};

/* A reading that states its place is accepted this far outside the country's box: the record
 * may lie beyond the border, and linking gives it the state `fuera`. */
#define RESCUE_MARGIN_DEG 1.0

#endif
