/* source_file.h - one file of a source, open: a data set of GDAL, a workbook, or a text. Private to
 * the sources in geo/source, because it has GDAL's types.
 *
 * Owns:    all of it; source_file_close(). Its tables are closed before.
 * Threads: one owner.
 * Errors:  as source.h.
 */
#ifndef GEO_SOURCE_FILE_H
#define GEO_SOURCE_FILE_H

#include "geo/source/source_ogr.h"
#include "geo/source/source_sheet.h"

struct source_file {
    const char *name; /* within a zip or folder; "": it is the source */
    struct source_path path;
    GDALDatasetH dataset;
    int *layers; /* of it: those that are tables of the source */
    size_t n_layers;
    struct geo_workbook *workbook;
    GByte *bytes; /* of the text */
    struct delimited *text;
};

/* path was found (source_path_find()); it is unpacked here. */
bool source_file_open(struct source_file *file, const struct geo_source_options *options,
                      const struct geo_source_limits *limits, struct err *err);
void source_file_close(struct source_file *file);

/* How many tables it has; a file without one is an error. */
bool source_file_count(const struct source_file *file, size_t *n, struct err *err);

/* A table of it, of either kind. */
struct source_rows {
    struct source_ogr *ogr;
    struct source_sheet *sheet;
};
bool source_rows_open(const struct source_file *file, size_t index,
                      const struct geo_source_options *options,
                      const struct geo_source_limits *limits, struct arena *arena,
                      struct source_rows *rows, struct geo_source_table *table, struct err *err);
void source_rows_close(struct source_rows *rows);
bool source_rows_rewind(struct source_rows *rows, struct err *err);
/* As geo_source_next(). */
bool source_rows_next(struct source_rows *rows, struct source_raw *raw, bool *more,
                      struct err *err);
struct source_passed source_rows_passed(const struct source_rows *rows);
/* As source_ogr_put_note(); nothing for a sheet or a text. */
void source_rows_put_note(const struct source_rows *rows, struct buf *out);

#endif
