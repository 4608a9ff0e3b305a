/* crs.h - from a coordinate reference system to lon/lat and back; the only
 * module that uses PROJ's transformations.
 *
 * The candidate systems of the design are pinned pipelines, spelt out in
 * numbers, so that figures depend neither on the version of PROJ nor on its
 * database: WGS 84 (4326) and its UTM zones, PSAD56 (4248, 24878-24882) through
 * EPSG:1202 "PSAD56 to WGS 84 (2)", Bolivia, 19 m: geocentric translation
 * -270, 188, -388 m; MARGEN (5354-5357) through EPSG:5374, no shift.
 * Any other EPSG code is PROJ's own choice, without grids from the network, and
 * so is a system of another name, which geo_crs_named() gives a code of its own.
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

/* A code, negative, for what PROJ calls "ESRI:102033", "+proj=laea +lat_0=-17
 * +lon_0=-65", or describes in WKT: good for this struct alone. */
bool geo_crs_named(struct geo_crs *crs, const char *name, int *code, struct err *err);

/* Coordinates are angles (degrees), not metres. */
bool geo_crs_is_geographic(struct geo_crs *crs, int epsg, bool *geographic, struct err *err);

#endif
