/* geometry_fit_internal.h - makes of a geometry the kind that its table stores, and says what
 * was done. Private to the sources in geo/source, because it uses OGR's types.
 *
 * Where a polygon is wanted, field data bring what is nearly one: a closed line or track, a
 * ring whose last point is missing, a polygon among other things. They are taken, with a
 * note; what is left out is counted in it. A line is closed if its ends meet, or are at most
 * 20 m and 5 % of its length apart; else it is refused with that distance.
 *
 * Owns:    nothing; the geometry given is the caller's before and after.
 * Threads: any.
 * Units:   lon/lat degrees where lines may become polygons (distances are geodesic), or
 *          metres, beyond 180 and 90; 2D, no curves.
 * Errors:  ERR_INPUT: of another kind, with what it is; ERR_MEMORY.
 */
#ifndef GEO_GEOMETRY_FIT_INTERNAL_H
#define GEO_GEOMETRY_FIT_INTERNAL_H

#include <ogr_api.h>
#include <stdbool.h>

#include "geo/base/err.h"
#include "geo/store/schema.h"

enum { GEOMETRY_NOTE_MAX = 240 };

/* How many of each kind a geometry has, at any depth; empty ones do not count. */
struct geometry_parts {
    int points, lines, polygons;
};
struct geometry_parts geometry_parts_of(OGRGeometryH geometry);

/* Replaces *geometry by a point, a line, a multiline, a polygon or a multipolygon; wanted is
 * not GEO_NO_GEOMETRY. The note is "" or a Spanish sentence without a capital. */
bool geometry_fit(OGRGeometryH *geometry, enum geo_geometry wanted, char note[GEOMETRY_NOTE_MAX],
                  struct err *err);

#endif
