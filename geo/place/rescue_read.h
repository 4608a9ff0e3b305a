/* rescue_read.h - the ways a written coordinate can be read, each as a point;
 * private to geo/place/rescue.c, which decides between them.
 *
 * Owns:    nothing. Threads: as the struct geo_crs given.
 * Units:   lon/lat degrees on WGS 84.
 * Errors:  a reading that cannot be transformed is left out.
 */
#ifndef GEO_RESCUE_READ_H
#define GEO_RESCUE_READ_H

#include "geo/place/coords.h"
#include "geo/place/crs.h"

/* What a reading changes; in the order of `how` (geo/place/rescue.h). */
enum rescue_kind {
    RESCUE_SWAPPED = 1,
    RESCUE_SIGN = 2,
    RESCUE_DMS = 4,
    RESCUE_COMMA = 8,
    RESCUE_ZONE = 16,
    RESCUE_DATUM = 32,
};

struct reading {
    double lon, lat;
    unsigned kinds;
    bool evident; /* the text itself states it */
    int zone;     /* UTM zone, 0: degrees */
    int epsg;     /* 0: OGC:CRS84 */
    int shifted;  /* the same numbers in PSAD56: its EPSG code; 0: the datum is known */
    double shifted_lon, shifted_lat;
};

enum { READINGS_MAX = 8 }; /* 2 orders x 4 signs; or 2 orders x 3 zones */

struct readings {
    struct reading all[READINGS_MAX];
    int n;
};

/* Every order and sign of degrees; every zone of the country and order of metres. */
void rescue_read(struct geo_crs *crs, const struct geo_coords *coords, struct readings *out);

/* The one reading in a stated system. order 1: first is x; 2: first is y. */
bool rescue_read_stated(struct geo_crs *crs, const struct geo_coords *coords, int epsg,
                        bool geographic, unsigned order, bool datum_open, struct readings *out);

/* The order that columns, letters or labels state; 0: none does. */
unsigned rescue_stated_order(const struct geo_coords *coords);

/* A number as metres: below a kilometre what may part thousands does, for an
 * easting has six digits nearly everywhere. NaN: it is an angle. */
double rescue_metres(const struct geo_coord *coord);

/* Easting and northing of a place in the country, in its own or another zone. */
bool rescue_is_utm(double x_m, double y_m);

/* The EPSG code of a zone, -1: none; and the zone of a code, 0: none. */
int rescue_utm_code(enum geo_datum datum, int zone, bool north);
int rescue_zone_of(int epsg);
enum geo_datum rescue_datum_of(int epsg); /* GEO_DATUM_OPEN: none of those we know */

#endif
