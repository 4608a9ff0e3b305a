/* export_tally.h - counts values and bytes of a written file, to compare it with the input.
 *
 * A GDAL writer that is short of memory may leave a value out and still report success.
 *
 * Owns:    nothing.
 * Threads: one owner.
 * Errors:  none.
 */
#ifndef GEO_EXPORT_TALLY_H
#define GEO_EXPORT_TALLY_H

#include "geo/files/gdal_internal.h"

enum { EXPORT_MAX_COLUMNS = 64, EXPORT_NAME_BYTES = 64 };

/* A column that is compared. Lengths are compared for text columns only: a format may write
 * other types in a form of its own. */
struct export_column {
    char name[EXPORT_NAME_BYTES];
    bool is_text;
};

struct export_tally {
    int64_t records, values, text_bytes, geometries, geometry_bytes;
};

/* Adds one record; field: index in the layer of each of the n columns, -1 if it has none. */
void export_tally_add(struct export_tally *tally, OGRFeatureH feature,
                      const struct export_column *columns, const int *field, int n);
/* Adds all records of a layer, from its read position on. */
void export_tally_layer(struct export_tally *tally, OGRLayerH layer,
                        const struct export_column *columns, int n);

#endif
