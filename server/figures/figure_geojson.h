/* figure_geojson.h - rows of a figure as GeoJSON features, for QGIS and web maps.
 *
 * Threads: as the store's. Errors: the store's, GEOS', ERR_MEMORY.
 *
 * A row of a municipality has its polygon; one of a department, a UO or the nation, those of
 * its municipalities dissolved, with holes below a square kilometre closed (borders digitised
 * apart); one of neither has a null geometry (RFC 7946, 3.2).
 */
#ifndef SERVER_FIGURES_FIGURE_GEOJSON_H
#define SERVER_FIGURES_FIGURE_GEOJSON_H

#include "geo/catalog/figure.h"

/* Appends the member "features", with its comma. */
bool figure_geojson_put(const struct figure_args *args, const struct rows *rows,
                        const char *edition, struct geo_store *store, struct buf *out,
                        struct err *err);

#endif
