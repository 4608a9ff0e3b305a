/* coords_pair.h - reads two numbers, with their letters, labels, zone and datum; private to
 * geo/place/coords.c and the readers of links and codes beside it.
 *
 * Owns:    nothing. Threads: any. Units: as geo/place/coords.h.
 * Errors:  the answer says what is wrong; the caller words it.
 */
#ifndef GEO_COORDS_PAIR_H
#define GEO_COORDS_PAIR_H

#include "geo/place/coords.h"

enum coords_answer {
    COORDS_NO, /* not of this form */
    COORDS_YES,
    COORDS_MANY,      /* read in several ways */
    COORDS_SAME_AXIS, /* both numbers say they are the same axis */
    COORDS_REFUSED,   /* of this form, but wrong: *err says how */
};

/* second NULL: first holds both numbers. *out is filled unless COORDS_NO. */
enum coords_answer coords_pair_read(const char *first, const char *second, struct geo_coords *out);

#endif
