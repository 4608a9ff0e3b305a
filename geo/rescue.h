/* rescue.h - a field coordinate, as it was written, to lon/lat; or what is
 * wrong with it (design: Coordinate rescue).
 *
 * Owns:    PROJ contexts inside struct geo_rescue: one per thread.
 * Units:   lon/lat degrees (OGC:CRS84); written coordinates as they come.
 * Errors:  a coordinate that cannot be placed is an err of kind ERR_INPUT that
 *          says which readings were tried and where each would put the point.
 */
#ifndef GEO_RESCUE_H
#define GEO_RESCUE_H

#include "geo/edition.h"

struct geo_rescue;

struct geo_rescue *geo_rescue_new(struct err *err);
void geo_rescue_free(struct geo_rescue *rescue);

/* A coordinate as written: two numbers' texts (decimal comma, DMS, hemisphere
 * letters allowed), or both in one text. */
struct geo_written {
    const char *first;  /* lon or x/easting; or both in one text, then second is NULL */
    const char *second; /* lat or y/northing */
    int epsg;           /* stated CRS; 0: none stated */
};

struct geo_rescued {
    double lon_deg, lat_deg;
    bool changed;         /* read otherwise than as plain lon/lat or as stated */
    bool datum_uncertain; /* only the datum is open; WGS 84 was taken */
    char crs[16];         /* "EPSG:32719", "OGC:CRS84", ... what was accepted */
    char how[64];         /* "" or kinds joined by '+': "invertidas", "signo", "gms",
                             "coma_decimal", "utm_zona", "datum" */
};

/* declared: unit of the edition, or -1 when nothing is declared: then only
 * readings that need no evidence are accepted (as stated, or lon/lat that lies
 * in the country, in text form or not). Next to = within 2 km (geodesic). */
bool geo_rescue_point(struct geo_rescue *rescue, const struct geo_edition *edition, int declared,
                      const struct geo_written *written, struct geo_rescued *out, struct err *err);

#endif
