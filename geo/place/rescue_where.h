/* rescue_where.h - where a reading lies: in the country, in or next to a municipality; private
 * to the files geo/place/rescue*.c.
 *
 * Owns:    nothing. Threads: any.
 * Units:   lon/lat degrees (OGC:CRS84).
 */
#ifndef GEO_RESCUE_WHERE_H
#define GEO_RESCUE_WHERE_H

#include "geo/place/edition.h"

/* The box of all units, and a margin around it. */
struct geo_box rescue_country_box(const struct geo_edition *edition, double margin_deg);

/* In a unit or in the country's water. */
bool rescue_in_country(const struct geo_edition *edition, double lon_deg, double lat_deg);

/* In the unit, or within 2 km of it; on water, if the unit is the nearest. */
bool rescue_fits(const struct geo_edition *edition, int unit, double lon_deg, double lat_deg);

#endif
