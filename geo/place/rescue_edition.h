/* rescue_edition.h - puts the boundaries of an edition where they were meant, or says which
 * order, sign or zone would put them there.
 *
 * All units are read in one way. As they stand, if all lie in the country or within 1 degree
 * of its box; the country is Bolivia's box and that of the editions known. Else in the other
 * ways of geo/place/rescue_shape.h, of which the one is taken that puts all units there; of
 * several, the one that puts more units than any other, and at least half, where the editions
 * known have their codes. Boundaries that lie in the country as they stand, but only in
 * another zone where their codes are known, are refused.
 *
 * Owns:    nothing. Threads: one struct geo_rescue a thread.
 * Units:   lon/lat degrees (OGC:CRS84), or as struct geo_written_shape.
 * Errors:  ERR_INPUT that names units and readings.
 */
#ifndef GEO_RESCUE_EDITION_H
#define GEO_RESCUE_EDITION_H

#include "geo/place/rescue.h"

/* units: what the source gives, in any order; `box` is not looked at. epsg: as in struct
 * geo_written_shape. known: the editions loaded, in any order; n_known may be 0.
 *
 * out->changed: the units as they were meant are appended to wkbs[i], one buffer a unit.
 * wkbs NULL: boundaries that had to be changed are refused instead. out->lon_deg, lat_deg:
 * the first vertex of the first unit. */
bool geo_rescue_edition(struct geo_rescue *rescue, const struct geo_edition *const *known,
                        size_t n_known, const struct geo_source_unit *units, size_t n_units,
                        int epsg, struct geo_rescued *out, struct buf *wkbs, struct err *err);

#endif
