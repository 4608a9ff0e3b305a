/* table_texts.h - values of a database table that are not of their column's type.
 *
 * SQLite keeps any value in any column, and GDAL makes a whole number or a number of it: "s/d" is
 * 0, 5.5 in a column of whole numbers is 5; and "04/03/2021" in a column of days is nothing. Such
 * values are asked for once, before the table is read; most tables have none.
 *
 * Owns:    the texts; table_texts_free().
 * Threads: one owner.
 * Errors:  ERR_MEMORY.
 */
#ifndef GEO_TABLE_TEXTS_H
#define GEO_TABLE_TEXTS_H

#include "geo/base/err.h"
#include "geo/files/gdal_internal.h"

struct table_texts {
    struct table_text {
        int64_t id; /* of the record */
        int column; /* of the layer's fields */
        char *text;
    } * list; /* in the order of id, then column */
    size_t n, cap;
};

/* Of a layer of a GeoPackage or SQLite file, not being read; else *texts stays empty. */
bool table_texts_read(GDALDatasetH dataset, OGRLayerH layer, struct table_texts *texts,
                      struct err *err);
void table_texts_free(struct table_texts *texts);

/* NULL: GDAL reads the value rightly. */
const char *table_texts_at(const struct table_texts *texts, int64_t id, int column);

#endif
