/* export_file.h - one file that OGR writes: columns, then records, then whole
 * or not at all. Private to the export in geo/import.
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

/* NULL: not one of ours; *err lists the extensions. */
struct export_file *export_file_open(const char *path, const char *layer, const char *title,
                                     enum geo_geometry geometry, bool all_have_geometry,
                                     struct err *err);
/* Ends the file: with `keep` it takes the place of path, else it is removed. */
bool export_file_close(struct export_file *file, bool keep, struct err *err);

/* The format keeps no geometry: places of points belong into columns. */
bool export_file_is_sheet(const struct export_file *file);

/* Columns come before the first record; the index counts from 0. decimals are
 * those of GEO_REAL and GEO_MONEY; 0: as many as needed. */
bool export_file_column(struct export_file *file, const char *name, enum geo_type type,
                        int decimals, struct err *err);

/* A record: begin, values by column, end. What is not set is missing. */
bool export_file_begin(struct export_file *file, struct err *err);
void export_file_text(struct export_file *file, int column, const char *text);
void export_file_int(struct export_file *file, int column, int64_t value);
void export_file_real(struct export_file *file, int column, double value);
bool export_file_end(struct export_file *file, const unsigned char *wkb, size_t wkb_len,
                     struct err *err);

#endif
