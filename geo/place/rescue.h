/* rescue.h - converts a coordinate as written in the field to lon/lat, or says what
 * is wrong with it.
 *
 * Owns:    PROJ contexts inside struct geo_rescue: one per thread.
 * Units:   lon/lat degrees (OGC:CRS84); written coordinates as they come.
 * Errors:  a coordinate that cannot be placed is an err of kind ERR_INPUT that
 *          says which readings were tried and where each would put the point.
 *
 * A reading is one way to understand the two numbers: their order, signs, UTM zone
 * and datum. A reading is stated if the text itself gives its order (by columns or
 * letters) and no sign has to be added. The rules, in order:
 * - A stated CRS (epsg, or a zone or EPSG code in the text) is used. A result up to 1 degree
 *   outside the country's box is accepted, and linking gives it the state `fuera`. Farther
 *   away, the numbers are read in other orders, signs and zones of that datum: the only reading
 *   in the declared municipality, or within 2 km of it, is taken; with none declared, northing
 *   and easting of the stated zone swapped. Else it is an error.
 * - A stated reading that lies in the declared municipality is taken.
 * - Else the reading that lies in the declared municipality, or within 2 km of it, is
 *   taken. If two do, it is an error that lists both. A point on water fits if the
 *   declared municipality is the nearest.
 * - If no reading fits, a stated lon/lat in the country, or within 1 degree of its
 *   box, is accepted: the declaration may be wrong, and linking reports `conflicto`.
 *   A lon/lat with swapped numbers or a lost sign is never accepted so. Bolivia's
 *   longitudes (-70 to -57) and latitudes (-23 to -9) share no value with each other
 *   or with their opposites, so at most one order and sign of two numbers lies in the
 *   country. If no reading of UTM numbers fits, they are refused.
 * - If only the datum is open, WGS 84 is taken and datum_uncertain is set. PSAD56 would
 *   move the point some 400 m, less than the 2 km allowed; MARGEN equals WGS 84 to a
 *   centimetre and is no reading of its own. PSAD56 is taken only if it fits and
 *   WGS 84 does not, near the limit of 2 km; then `how` says "datum", and
 *   datum_uncertain is set too.
 * - Two numbers in one text have no stated order unless letters give one. So "lat lon"
 *   in one text is not counted as a correction.
 * - A link, a code, WKT and GeoJSON state their order, as two columns do (coords.h). What
 *   a link or a code says of its system is stated too: WGS 84.
 * - A plus code without its first digits ("36XF+2R Sucre") is the one cell of that name
 *   that lies in the declared municipality, or within 2 km of it; else it is refused.
 * - Numbers that are neither degrees nor UTM may have lost their decimal point: "-651753"
 *   is read as -65.1753, the only place of the point in the country; as 65°17'53"; and
 *   "59356145" as an easting of 593561.45 m. Or they are metres of Web Mercator. As all of
 *   that is guessed, it is taken only if exactly one reading lies in the declared
 *   municipality, or within 2 km of it.
 *
 * The kinds of `how`, in this order:
 *   invertidas     the two numbers were swapped
 *   signo          a minus sign was missing
 *   gms            degrees, minutes and seconds
 *   coma_decimal   a comma as the decimal mark
 *   punto_perdido  the decimal point was missing or elsewhere
 *   utm_zona       UTM metres whose zone was found out
 *   datum          metres of PSAD56, found out
 *   enlace         the place that a link of a map marks, or a geo: URI
 *   vista          the middle of the map that a link shows; it marks no place
 *   mgrs           the middle of a square of MGRS
 *   codigo_plus    the middle of the cell of a plus code
 *   mercator       metres of Web Mercator
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
    const char *first;  /* lon or x/easting; or all in one text, then second is NULL */
    const char *second; /* lat or y/northing */
    int epsg;           /* stated CRS; 0: none stated */
};

struct geo_rescued {
    double lon_deg, lat_deg;
    bool changed;         /* the numbers are not all that was written, or not as written: keep
                             the text */
    bool datum_uncertain; /* the datum is open; WGS 84 was taken (but see `how`) */
    char crs[16];         /* "EPSG:32719", "OGC:CRS84", ... what was accepted */
    char how[64];         /* "" or kinds joined by '+' */
    double written_x, written_y; /* of a shape that changed: its first vertex as written */
    size_t vertices;             /* and how many it has; 0: it did not change */
};

/* declared: unit of the edition, or -1 if none is declared: then only a stated CRS, or a
 * stated lon/lat in the country, is accepted. Distances are geodesic. */
bool geo_rescue_point(struct geo_rescue *rescue, const struct geo_edition *edition, int declared,
                      const struct geo_written *written, struct geo_rescued *out, struct err *err);

#endif
