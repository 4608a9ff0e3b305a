/* export.h - a table of records as a file, in the format of its extension:
 * GPKG, GeoJSON, FlatGeobuf, CSV, XLSX, KML.
 *
 * Published fields, amounts in Bs, and for linked tables the main link on one
 * edition. CSV and XLSX carry the place of points as lon, lat, and no other
 * geometry. What is simulated or schematic says so in a column.
 *
 * Threads: as the store's.
 * Errors:  ERR_USAGE for an unknown layer or extension; a file that was there
 *          stays as it was unless the new one is whole.
 */
#ifndef GEO_EXPORT_H
#define GEO_EXPORT_H

#include "geo/store/store.h"

struct geo_export_options {
    const char *layer;
    const char *path;
    const char *edition; /* of links and of municipios; NULL: the current one */
    geo_progress_fn *progress;
    void *progress_arg;
};

bool geo_export_run(struct geo_store *store, const struct geo_export_options *options,
                    int64_t *records, struct err *err);

#endif
