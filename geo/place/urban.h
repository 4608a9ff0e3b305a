/* urban.h - whether a point lies in an urban area (the layer zonas_urbanas).
 *
 * There may be a few towns or millions of blocks. The first points are looked up in the
 * store, by its spatial index. Once so many were asked for that it pays, all areas are read
 * and indexed in memory, unless they take too much of it: then each point is looked up.
 *
 * Owns:    what it read. The store must outlive it; areas written after the first question
 *          may be missed.
 * Threads: one.
 * Units:   lon/lat degrees (OGC:CRS84).
 * Errors:  the store's; ERR_INPUT for an area that is no polygon.
 */
#ifndef GEO_URBAN_H
#define GEO_URBAN_H

#include "geo/store/store.h"

struct geo_urban; /* opaque */

/* Caller owns the result and releases it with geo_urban_close(). */
struct geo_urban *geo_urban_open(struct geo_store *store, struct err *err);
void geo_urban_close(struct geo_urban *urban); /* NULL is fine */

/* *holds: an area holds the point, its border included. */
bool geo_urban_holds(struct geo_urban *urban, double lon_deg, double lat_deg, bool *holds,
                     struct err *err);

#endif
