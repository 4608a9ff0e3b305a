/* export_file.h - writes one file with OGR: columns, then records. The file appears when it
 * is complete. Private to the export in geo/import.
 *
 * Owns:    the GDAL data set; the file under its temporary name.
 * Threads: one owner.
 */
#ifndef GEO_EXPORT_FILE_H
#define GEO_EXPORT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/err.h"
#include "geo/store/schema.h"

struct export_file; /* opaque */

/* NULL: an unknown extension, *err lists the known ones; or FlatGeobuf for records of which some
 * have no geometry. */
struct export_file *export_file_open(const char *path, const char *layer, const char *title,
                                     enum geo_geometry geometry, bool all_have_geometry,
                                     struct err *err);
/* Closes the file. With `keep` it is moved to path, else it is removed. */
bool export_file_close(struct export_file *file, bool keep, struct err *err);

/* True if the format has no geometry: the position of points belongs into columns. */
bool export_file_is_sheet(const struct export_file *file);

/* Adds a column, before the first record; indexes count from 0. decimals: for GEO_REAL and
 * GEO_MONEY; 0: as many as needed. */
bool export_file_column(struct export_file *file, const char *name, enum geo_type type,
                        int decimals, struct err *err);

/* A record: begin, values by column, end. A value that is not set is missing. */
bool export_file_begin(struct export_file *file, struct err *err);
void export_file_text(struct export_file *file, int column, const char *text);
void export_file_int(struct export_file *file, int column, int64_t value);
void export_file_real(struct export_file *file, int column, double value);
bool export_file_end(struct export_file *file, const unsigned char *wkb, size_t wkb_len,
                     struct err *err);

#endif
