/* crs.h - transforms coordinates of a reference system to lon/lat and back; the only
 * module that uses PROJ's transformations.
 *
 * The systems expected in field data are fixed pipelines, written out in numbers, so that
 * results do not depend on the version of PROJ or on its database: WGS 84 (4326) and its
 * UTM zones; PSAD56 (4248, 24878-24882) by EPSG:1202 "PSAD56 to WGS 84 (2)", Bolivia,
 * 19 m: geocentric translation -270, 188, -388 m; MARGEN (5354-5357) by EPSG:5374, no
 * shift. For other EPSG codes PROJ chooses the operation, without grids from the network.
 * So it does for systems with another name, which get a code from geo_crs_named().
 *
 * Owns:    a PJ_CONTEXT and its operations: one struct geo_crs a thread.
 * Units:   x/y easting/northing or lon/lat in the system's unit, always in
 *          that order whatever the authority says; lon/lat degrees on WGS 84.
 * Errors:  unknown code, or a point that cannot be transformed: ERR_INPUT.
 */
#ifndef GEO_CRS_H
#define GEO_CRS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/err.h"

struct geo_crs;

struct geo_crs *geo_crs_new(struct err *err);
void geo_crs_free(struct geo_crs *crs); /* NULL is fine */

/* n points x,y interleaved, in place. On failure the points are as they were. */
bool geo_crs_to_lonlat(struct geo_crs *crs, int epsg, double *xy, size_t n, struct err *err);
bool geo_crs_from_lonlat(struct geo_crs *crs, int epsg, double *xy, size_t n, struct err *err);

/* A negative code for a system that PROJ knows as "ESRI:102033" or "+proj=laea +lat_0=-17
 * +lon_0=-65", or that is given as WKT. Valid for this struct alone. */
bool geo_crs_named(struct geo_crs *crs, const char *name, int *code, struct err *err);

/* Coordinates are angles (degrees), not metres. */
bool geo_crs_is_geographic(struct geo_crs *crs, int epsg, bool *geographic, struct err *err);

#endif
