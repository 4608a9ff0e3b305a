/* source_reader_internal.h - a source while it is read, shared by geo/source/source_reader*.c.
 * Private to them, because it has GDAL's types. */
#ifndef GEO_SOURCE_READER_INTERNAL_H
#define GEO_SOURCE_READER_INTERNAL_H

#include "geo/source/source_file.h"
#include "geo/source/source_reader.h"
#include "geo/texts/text_mend.h"

/* How a table is read, beside its description in info.tables. */
struct source_reader_table {
    struct source_rows rows;
    struct source_geometry geometry;
};

struct source_reader {
    const struct geo_source_options *options;
    const struct geo_source_limits *limits;
    struct source_position *position;
    const struct source_spoilt *spoilt;
    size_t n_spoilt;
    struct source_path path; /* of the whole source; of its only file once that is open */
    struct source_members members;
    struct source_file *files;
    size_t n_files, cap_files;
    struct geo_geos *geos; /* NULL until something is repaired */
    struct buf repaired, notes;
    struct arena *names, *row;
    struct source_info info;
    struct source_reader_table *tables; /* info.n_tables */
    size_t current;                     /* the table being read */
    int64_t read;                       /* its rows so far */
    int64_t vertices;                   /* in this pass */
    struct text_mended mended;          /* in this pass */
    struct column_facts *facts;         /* NULL, or where this pass counts its rows */
    int64_t heights;                    /* geometries with heights, of such a pass */
    struct err why;                     /* about the current row's polygon */
};

/* GDAL's handler of errors: its last one is asked for where it matters. */
void source_reader_quiet(CPLErr class, CPLErrorNum number, const char *message);

#endif
