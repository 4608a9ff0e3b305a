/* rescue_read.h - the possible readings of a written coordinate, each as a point; private
 * to the files geo/place/rescue*.c, which choose between them.
 *
 * Owns:    nothing. Threads: as the struct geo_crs given.
 * Units:   lon/lat degrees on WGS 84.
 * Errors:  a reading that cannot be transformed is left out.
 */
#ifndef GEO_RESCUE_READ_H
#define GEO_RESCUE_READ_H

#include "geo/base/box.h"
#include "geo/place/coords.h"
#include "geo/place/crs.h"
#include "geo/place/utm.h"

/* What a reading changes; in the order of `how` (geo/place/rescue.h). */
enum rescue_kind {
    RESCUE_SWAPPED = 1,
    RESCUE_SIGN = 2,
    RESCUE_DMS = 4,
    RESCUE_COMMA = 8,
    RESCUE_POINT = 16,
    RESCUE_ZONE = 32,
    RESCUE_DATUM = 64,
    RESCUE_LINK = 128,
    RESCUE_VIEW = 256,
    RESCUE_MGRS = 512,
    RESCUE_PLUS = 1024,
    RESCUE_MERCATOR = 2048,
};

struct rescue_reading {
    double lon, lat;
    unsigned kinds, said; /* said: the kinds that a refusal names */
    bool evident;         /* stated by the text itself (geo/place/rescue.h) */
    int zone;             /* UTM zone, 0: degrees */
    int epsg;             /* 0: OGC:CRS84 */
    int shifted;          /* the same numbers in PSAD56: its EPSG code; 0: the datum is known */
    double shifted_lon, shifted_lat;
};

/* 2 orders x 4 signs, 2 orders x 3 zones, or the cells of a short plus code in a municipality;
 * at most the bits of a word. */
enum { READINGS_MAX = 32 };

struct readings {
    struct rescue_reading all[READINGS_MAX];
    int n;
};

/* Lists the readings: degrees in every order and sign; metres in every order and every
 * zone of the country. */
void rescue_read(struct geo_crs *crs, const struct geo_coords *coords, struct readings *out);

/* Lists the places of a plus code without its first digits that lie in the box. False if they
 * are more than READINGS_MAX. */
bool rescue_read_steps(const struct geo_coords *coords, struct geo_box box, struct readings *out);

/* Lists the readings of numbers that are neither degrees nor UTM. They may have lost their
 * decimal point: "-651753" is -65.1753, where that is in the box of the country, or 65°17'53";
 * "59356145" is an easting of 593561.45 m. Or they are metres of Web Mercator. Both numbers
 * are read in the same way. */
void rescue_read_unlikely(struct geo_crs *crs, const struct geo_coords *coords,
                          struct geo_box country, struct readings *out);

/* The single reading in a stated CRS. order 1: first is x; 2: first is y. */
bool rescue_read_stated(struct geo_crs *crs, const struct geo_coords *coords, int epsg,
                        bool geographic, unsigned order, bool datum_open, struct readings *out);

/* The order that columns, letters or labels state; 0: none does. */
unsigned rescue_stated_order(const struct geo_coords *coords);

/* A number as metres. Below 1,000 a separator of three digits is taken for thousands,
 * because nearly all eastings have six digits. NaN: it is an angle. */
double rescue_metres(const struct geo_coord *coord);

/* True for an easting and northing of the country, in its own or a neighbouring zone. */
bool rescue_is_utm(double x_m, double y_m);

/* True for metres of Web Mercator (EPSG:3857) in the country or near it. */
bool rescue_is_mercator(double x_m, double y_m);

#endif
