/* coords_wkt.h - a point in WKT, GeoJSON or Esri JSON; private to geo/place/coords.c.
 *
 * "POINT(-65.17 -18.9)", also with Z or M and with "SRID=4326;" before it;
 * {"type":"Point","coordinates":[-65.17,-18.9]}, also as the geometry of a Feature;
 * {"x":-65.17,"y":-18.9,"spatialReference":{"wkid":4326}}; {"lat":-18.9,"lng":-65.17}.
 *
 * Owns:    nothing. Threads: any.
 * Units:   first is x, second is y, in the system that the text names, else open.
 * Errors:  COORDS_REFUSED with *err; COORDS_NO if the text is none of these.
 */
#ifndef GEO_COORDS_WKT_H
#define GEO_COORDS_WKT_H

#include "geo/place/coords_pair.h"

enum coords_answer coords_wkt_read(const char *text, struct geo_coords *out, struct err *err);

/* Two plain numbers as a coordinate whose order is stated: x, y. */
void coords_put_xy(struct geo_coords *out, double x, double y);

#endif
