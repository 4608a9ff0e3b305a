/* source_reader.h - reads a source in this process: what source.h offers, without the child
 * process. Called by the child, and for built-in data.
 *
 * Owns:    the data sets, their transformations, the current row.
 * Threads: one owner.
 * Errors:  as source.h.
 */
#ifndef GEO_SOURCE_READER_H
#define GEO_SOURCE_READER_H

#include "geo/source/source_wire.h"

struct source_reader;

/* The position of the reader, for the process that watches it. */
struct source_position {
    volatile int64_t record;          /* record being read, from 1 in each pass; 0: opening */
    volatile int64_t repair_began_ns; /* CLOCK_MONOTONIC; 0: nothing is being repaired */
};

/* Records whose repair ended an earlier child; they are not repaired again. */
struct source_spoilt {
    size_t table;
    int64_t record;
    struct err why;
};

/* First step of opening: loads GDAL, downloads a URL, finds the files. The content is read
 * in the second step, which needs neither the network nor other files. */
struct source_reader *source_reader_new(const struct geo_source_options *options,
                                        struct source_position *position, struct err *err);
/* The files and folders that the second step and reading need; ends with NULL. */
const char *const *source_reader_files(const struct source_reader *reader);
bool source_reader_open(struct source_reader *reader, struct err *err);
void source_reader_free(struct source_reader *reader); /* NULL is fine */

/* Borrowed until the reader is freed. */
const struct source_info *source_reader_info(const struct source_reader *reader);
/* As geo_source_facts(). */
bool source_reader_facts(struct source_reader *reader, size_t table, struct column_facts *facts,
                         struct buf *note, struct err *err);
/* The same while the rows are given: begins to read a table, whose rows are counted in facts; at
 * their end source_reader_studied() appends the note. */
bool source_reader_study(struct source_reader *reader, size_t table, struct column_facts *facts,
                         struct err *err);
bool source_reader_studied(const struct source_reader *reader, struct buf *note, struct err *err);
/* Begins to read a table after its first `skip` rows. */
bool source_reader_read(struct source_reader *reader, size_t table, int64_t skip, struct err *err);
/* As geo_source_next(). */
bool source_reader_next(struct source_reader *reader, struct geo_source_row *row, bool *more,
                        struct err *err);
/* Sets the records not to repair, from now on; borrowed. */
void source_reader_spare(struct source_reader *reader, const struct source_spoilt *spoilt,
                         size_t n);

#endif
