/* source_reader.h - a source read with GDAL in this process: what source.h offers,
 * without the child around it. The child calls it, and who reads embedded data.
 *
 * Owns:    the GDAL data set, its transformation, the current row.
 * Threads: one owner.
 * Errors:  as source.h.
 */
#ifndef GEO_SOURCE_READER_H
#define GEO_SOURCE_READER_H

#include "geo/import/source_wire.h"

struct source_reader;

/* Where the reader is, for who watches it from another process. */
struct source_position {
    volatile int64_t record;          /* being read, from 1 in each pass; 0: opening */
    volatile int64_t repair_began_ns; /* CLOCK_MONOTONIC; 0: it repairs nothing */
};

/* Records whose repair ended a child before this one: they are not tried again. */
struct source_spoilt {
    int64_t record;
    struct err why;
};

/* First half of opening: GDAL is loaded, a URL fetched, the files found. What reads
 * what is in them comes with the second, which needs neither network nor other files. */
struct source_reader *source_reader_new(const struct geo_source_options *options,
                                        struct source_position *position, struct err *err);
/* The files and folders that the second half and reading need; ends with NULL. */
const char *const *source_reader_files(const struct source_reader *reader);
bool source_reader_open(struct source_reader *reader, struct err *err);
void source_reader_free(struct source_reader *reader); /* NULL is fine */

/* Borrowed, and good until the reader ends. */
const struct source_info *source_reader_info(const struct source_reader *reader);
/* As geo_source_next(). */
bool source_reader_next(struct source_reader *reader, struct geo_source_row *row, bool *more,
                        struct err *err);
void source_reader_rewind(struct source_reader *reader);
/* Passes over n records from the first. */
void source_reader_skip(struct source_reader *reader, int64_t n);
/* Borrowed; for records met from now on. */
void source_reader_spare(struct source_reader *reader, const struct source_spoilt *spoilt,
                         size_t n);

#endif
