/* source_ogr.h - one layer of a GDAL data set as a table: its description and its rows, as the
 * file has them.
 *
 * Owns:    the current row; the data set stays the caller's, and outlives the layer.
 * Threads: one owner.
 * Errors:  as source.h.
 */
#ifndef GEO_SOURCE_OGR_H
#define GEO_SOURCE_OGR_H

#include "geo/source/source_internal.h"
#include "geo/source/source_path.h"
#include "geo/source/source_raw_internal.h"
#include "geo/source/source_wire.h"

struct source_ogr; /* opaque */

/* index: of a layer of the data set; path: that of the data set. Texts of *table live in arena.
 * NULL: *err. */
struct source_ogr *source_ogr_open(GDALDatasetH dataset, int index, const struct source_path *path,
                                   const struct geo_source_options *options,
                                   const struct geo_source_limits *limits, struct arena *arena,
                                   struct geo_source_table *table, struct err *err);
void source_ogr_free(struct source_ogr *ogr); /* NULL is fine */

/* What the file says of its records; NULL: nothing. */
const struct geometry_claim_list *source_ogr_claims(const struct source_ogr *ogr);

/* The spatial reference of its geometries; NULL: none is known. */
OGRSpatialReferenceH source_ogr_crs(const struct source_ogr *ogr);

/* As geo_source_next(): false with *more true rejects the row. */
bool source_ogr_next(struct source_ogr *ogr, struct source_raw *raw, bool *more, struct err *err);
void source_ogr_rewind(struct source_ogr *ogr);
struct source_passed source_ogr_passed(const struct source_ogr *ogr);
/* Appends which of the records read since have texts in another encoding than UTF-8, but of a .dbf:
 * Spanish sentences after "; ", or nothing. */
void source_ogr_put_note(const struct source_ogr *ogr, struct buf *out);

#endif
