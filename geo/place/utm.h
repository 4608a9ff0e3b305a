/* utm.h - the EPSG codes of the UTM zones that are used in Bolivia, on each datum.
 *
 * Owns: nothing. Threads: any. Errors: none.
 */
#ifndef GEO_UTM_H
#define GEO_UTM_H

#include <stdbool.h>

#include "geo/place/coords.h"

/* The EPSG code of a zone, -1: the datum has no such zone. GEO_DATUM_OPEN is WGS 84. */
int geo_utm_code(enum geo_datum datum, int zone, bool north);
int geo_utm_zone(int epsg);             /* 0: it is none of UTM */
enum geo_datum geo_utm_datum(int epsg); /* of lon/lat too; GEO_DATUM_OPEN: an unknown code */

#endif
