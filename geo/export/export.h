/* export.h - exports the records of a table to a file, in the format of its extension:
 * GPKG, GeoJSON, FlatGeobuf, CSV, XLSX, KML.
 *
 * The file has the published fields, amounts in Bs and, for linked tables, the main link
 * on one edition. CSV and XLSX have the position of points as lon, lat, and no other
 * geometry. A column marks simulated or schematic data.
 *
 * Threads: as the store's.
 * Errors:  ERR_USAGE for an unknown layer or extension. An existing file is only replaced
 *          by a complete new one.
 */
#ifndef GEO_EXPORT_H
#define GEO_EXPORT_H

#include "geo/store/store.h"

struct geo_export_options {
    const char *layer;
    const char *path;
    const char *edition; /* edition of links and of municipios; NULL: the current one */
    geo_progress_fn *progress;
    void *progress_arg;
};

bool geo_export_run(struct geo_store *store, const struct geo_export_options *options,
                    int64_t *records, struct err *err);

#endif
