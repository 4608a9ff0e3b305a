/* source_datum_internal.h - the datum of a system of coordinates that has no EPSG code. Private to
 * geo/source/source_geometry.c, because it uses OGR's types.
 *
 * Where GDAL does not know a datum, it takes its numbers for those of WGS 84. In Bolivia that is
 * wrong by some 400 m if the datum is PSAD56, which MapInfo and old programs write by names and
 * numbers of their own.
 *
 * Owns: nothing. Threads: any. Errors: none.
 */
#ifndef GEO_SOURCE_DATUM_INTERNAL_H
#define GEO_SOURCE_DATUM_INTERNAL_H

#include <ogr_srs_api.h>
#include <stdbool.h>

/* The EPSG code of PSAD56, or of a UTM zone on it, if the system names that datum; 0: it does
 * not. */
int source_datum_psad56(OGRSpatialReferenceH crs);

/* True if nobody says how the datum lies to WGS 84, and its ellipsoid is another one. */
bool source_datum_is_open(OGRSpatialReferenceH crs);

/* True for degrees east of Greenwich on a datum that nobody knows: "Undefined geographic SRS",
 * which GeoPackage has for a layer without a system. Their numbers say no more than those of a file
 * that states no system. */
bool source_datum_is_unknown(OGRSpatialReferenceH crs);

#endif
