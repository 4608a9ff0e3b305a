/* geometry_text_internal.h - reads a geometry written as text in a cell. Private to the
 * sources in geo/source, because it uses OGR's types.
 *
 * Known are WKT, EWKT ("SRID=32719;POINT(…)"), WKB and EWKB in hexadecimal digits, and a
 * GeoJSON geometry. A text is read to its end or not at all: OGR closes what was cut, leaves
 * out holes that it cannot read, and stops at a comma in a number.
 *
 * Owns:    nothing; the geometry is the caller's.
 * Threads: any.
 * Errors:  ERR_INPUT with a Spanish reason; ERR_MEMORY.
 */
#ifndef GEO_GEOMETRY_TEXT_INTERNAL_H
#define GEO_GEOMETRY_TEXT_INTERNAL_H

#include <ogr_api.h>
#include <stdbool.h>

#include "geo/base/err.h"

enum geometry_text_kind {
    GEOMETRY_TEXT_NONE, /* not one of these; a column of such texts is no geometry */
    GEOMETRY_TEXT_WKT,
    GEOMETRY_TEXT_WKB,
    GEOMETRY_TEXT_GEOJSON,
};

/* By its beginning; it may still be cut or faulty. */
enum geometry_text_kind geometry_text_kind(const char *text);

/* *geometry is NULL without an error for blanks and an empty geometry. *epsg: the SRID that
 * the text states; 0: none. text is UTF-8. */
bool geometry_text_read(const char *text, OGRGeometryH *geometry, int *epsg, struct err *err);

#endif
