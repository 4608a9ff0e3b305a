/* rescue.h - a field coordinate, as it was written, to lon/lat; or what is
 * wrong with it (design: Coordinate rescue).
 *
 * Owns:    PROJ contexts inside struct geo_rescue: one per thread.
 * Units:   lon/lat degrees (OGC:CRS84); written coordinates as they come.
 * Errors:  a coordinate that cannot be placed is an err of kind ERR_INPUT that
 *          says which readings were tried and where each would put the point.
 *
 * How it decides, and why:
 * - A stated system (epsg, or zone or EPSG code in the text) is used as it is;
 *   a result farther than 1 degree outside the country's box is an error.
 *   Nearer than that it stays, and linking calls it `fuera`.
 * - A reading that the text itself states (columns or letters give the order,
 *   no sign added) and that lies in the declared municipality wins outright.
 * - Else the one reading that lies in or next to the declared municipality is
 *   taken; two are an error that lists both. Next to is within 2 km; a point
 *   on water counts where the declared municipality is the nearest.
 * - If none does, a stated lon/lat in the country (or in the 1 degree around
 *   it) stays as it is: the declaration may be what is wrong, and linking
 *   reports `conflicto`. No damaged lon/lat can pass for it: Bolivia's
 *   longitudes (-70 to -57) and latitudes (-23 to -9) share no value with each
 *   other nor with their opposites, so at most one order and sign of two
 *   numbers lies there. A UTM pair has no such reading and is refused.
 * - Readings that differ by datum alone are one family: WGS 84 is taken and
 *   datum_uncertain set (PSAD56 moves a point some 400 m, less than what
 *   "next to" allows; MARGEN is WGS 84 to a centimetre, so it is not a reading
 *   of its own). Only where WGS 84 does not fit and PSAD56 does, at the 2 km
 *   edge, PSAD56 is taken: `how` says "datum", and datum_uncertain is set too.
 * - In one text neither order is the stated one unless letters say so: "lat
 *   lon" there is not a correction.
 */
#ifndef GEO_RESCUE_H
#define GEO_RESCUE_H

#include "geo/place/edition.h"

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
    bool datum_uncertain; /* the datum is open; WGS 84 was taken (but see `how`) */
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
