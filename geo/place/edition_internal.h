/* edition_internal.h - the fields of an edition; only for edition.c, split.c and
 * edition_load.c. */
#ifndef GEO_EDITION_INTERNAL_H
#define GEO_EDITION_INTERNAL_H

#include "geo/base/arena.h"
#include "geo/place/edition.h"
#include "geo/place/locate.h"
#include "geo/place/measure.h"

struct geo_edition_areas {
    struct geo_shape **shapes;
    size_t n;
    struct geo_locate *locate;
};

struct geo_edition {
    struct arena *arena; /* names and arrays */
    const char *codigo;
    struct geo_unit *units; /* by codigo; units[i] is areas.shapes[i] */
    struct geo_ball *balls;
    struct geo_box box; /* of all units */
    struct geo_edition_areas areas;
    struct geo_edition_areas water; /* the shells: with the islands */
};

#endif
