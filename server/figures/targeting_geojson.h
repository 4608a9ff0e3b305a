/* targeting_geojson.h - the ranking as GeoJSON: a feature for each municipality with its
 * polygon and the columns of the table, for QGIS and web maps.
 *
 * Threads: as the store's. Errors: the store's, or ERR_MEMORY.
 */
#ifndef SERVER_TARGETING_GEOJSON_H
#define SERVER_TARGETING_GEOJSON_H

#include "geo/analysis/targeting.h"

/* A FeatureCollection (RFC 7946), in order of the rows. */
bool targeting_geojson_put(struct geo_store *store, struct geo_targeting *targeting,
                           struct buf *out, struct err *err);

#endif
