/* coords_link.h - the place in a link of a map, or in a geo: URI; private to
 * geo/place/coords.c.
 *
 * From the most certain to the least: the mark of Google Maps (!3d…!4d…), a parameter that
 * names a place (q=, ll=, mlat=&mlon=, destination=, …), the numbers of geo: (RFC 5870), a
 * part of the path that is a pair ("/place/-18.9,-65.1/"), and last the middle of the map
 * shown (@-18.9,-65.1,15z or #map=15/-18.9/-65.1), which is GEO_FORM_VIEW. Two marks of
 * one rank that differ are refused, and so is a link without numbers: a short link has to
 * be opened first. Words around the link are passed over; a coordinate among them must be
 * the link's, and is taken if the link has none.
 *
 * Owns:    nothing. Threads: any.
 * Units:   degrees on WGS 84; first is lon, second is lat.
 * Errors:  COORDS_REFUSED with *err; COORDS_NO if there is no link in the text.
 */
#ifndef GEO_COORDS_LINK_H
#define GEO_COORDS_LINK_H

#include "geo/place/coords_pair.h"

enum coords_answer coords_link_read(const char *text, struct geo_coords *out, struct err *err);

#endif
