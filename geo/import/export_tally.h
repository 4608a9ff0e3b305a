/* export_tally.h - sums over the records of a written file, by which it is compared
 * with what was given: a writer that finds no memory for a value may leave it out, and
 * call that done.
 *
 * Owns:    nothing.
 * Threads: one owner.
 * Errors:  none.
 */
#ifndef GEO_EXPORT_TALLY_H
#define GEO_EXPORT_TALLY_H

#include "geo/import/gdal_internal.h"

enum { EXPORT_MAX_COLUMNS = 64, EXPORT_NAME_BYTES = 64 };

/* What is compared of a column; texts by length, since the other types may be written
 * in another way than they were given. */
struct export_column {
    char name[EXPORT_NAME_BYTES];
    bool is_text;
};

struct export_tally {
    int64_t records, values, text_bytes, geometries, geometry_bytes;
};

/* One record; field: of the columns, n of them, -1 where the layer has none. */
void export_tally_add(struct export_tally *tally, OGRFeatureH feature,
                      const struct export_column *columns, const int *field, int n);
/* All records of a layer, from where it is read. */
void export_tally_layer(struct export_tally *tally, OGRLayerH layer,
                        const struct export_column *columns, int n);

#endif
