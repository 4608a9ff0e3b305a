/* source_sheet.h - a text file or a sheet of a workbook as a table: its header is found, blank
 * rows, and those that repeat the header, are passed over, and geometries that stand in a cell are
 * read.
 *
 * A cell that covers several rows holds for each of them if it is a text ("Sucre" beside three
 * communities); of a number nobody can say, and its rows are refused.
 *
 * Owns:    the current row; the text or workbook stays the caller's, and outlives the sheet.
 * Threads: one owner.
 * Errors:  as source.h.
 */
#ifndef GEO_SOURCE_SHEET_H
#define GEO_SOURCE_SHEET_H

#include "geo/sheets/delimited.h"
#include "geo/sheets/workbook.h"
#include "geo/source/source.h"
#include "geo/source/source_raw_internal.h"

struct source_sheet; /* opaque */

struct source_sheet_of {
    struct delimited *text;        /* a text file; or NULL: */
    struct geo_workbook *workbook; /* and which of its sheets */
    size_t sheet;
    const char *name;
    bool hidden;
};

/* Texts of *table live in arena. An empty sheet is a table without columns. NULL: *err. */
struct source_sheet *source_sheet_open(const struct source_sheet_of *of,
                                       const struct geo_source_options *options,
                                       const struct geo_source_limits *limits, struct arena *arena,
                                       struct geo_source_table *table, struct err *err);
void source_sheet_free(struct source_sheet *sheet); /* NULL is fine */

/* As geo_source_next(): false with *more true rejects the row. */
bool source_sheet_next(struct source_sheet *sheet, struct source_raw *raw, bool *more,
                       struct err *err);
bool source_sheet_rewind(struct source_sheet *sheet, struct err *err);
struct source_passed source_sheet_passed(const struct source_sheet *sheet);

#endif
