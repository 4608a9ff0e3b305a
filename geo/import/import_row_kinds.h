/* import_row_kinds.h - rows that are no records, as the fields of the layer tell them; those that
 * the source tells by itself, such as blank ones, are in geo/source/source_sheet.h.
 *
 * Owns:    nothing.
 * Threads: one owner.
 * Errors:  short memory shows in run->faults, or leaves a note out.
 */
#ifndef GEO_IMPORT_ROW_KINDS_H
#define GEO_IMPORT_ROW_KINDS_H

#include "geo/import/import_run.h"

/* A header inside the table, in another order than the first: its row and those below are refused,
 * because their cells would fill other fields. True if it added the fault. */
bool import_refuse_below_header(struct import_run *run, const struct geo_source_row *row);

/* The header again, in other letters or words: each cell is the column's heading, or another name
 * of its field. It is counted. */
bool import_repeats_header(struct import_run *run, const struct geo_source_row *row);
/* Says how many there were in the table that was read. */
void import_tell_repeated(struct import_run *run);

/* A row of a form that was not filled in: no field has a value, and one unused column its number.
 * It is counted. */
bool import_is_only_numbered(struct import_run *run, const struct geo_source_row *row);
/* Says how many there were in the table that was read. */
void import_tell_numbered(struct import_run *run);

#endif
