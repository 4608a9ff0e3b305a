/* workbook_run.h - a run of letters in a cell that looks unlike the others: raised, as the mark of
 * a footnote, lowered, or struck out.
 *
 * Owns:    nothing.
 * Threads: any.
 * Errors:  false for short memory.
 */
#ifndef GEO_WORKBOOK_RUN_H
#define GEO_WORKBOOK_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/buf.h"

struct workbook_run {
    bool raised, lowered, struck;
};

/* What a run of XLSX states (18.4.7, 18.4.10): the value of vertAlign, "superscript", or of strike,
 * NULL: without a value. */
void workbook_run_align(struct workbook_run *run, const char *value);
void workbook_run_strike(struct workbook_run *run, const char *value);
/* The same of ODS (20.380, 20.360): text-position, "33% 58%", and text-line-through-style; NULL:
 * not stated. */
void workbook_run_position(struct workbook_run *run, const char *value);
void workbook_run_line(struct workbook_run *run, const char *value);

/* The run begins at `at` of the text and ends with it. Struck out letters are taken away; digits,
 * and a letter alone, are written as they stand, raised or lowered: "120" and "1" are "120¹". */
bool workbook_run_write(const struct workbook_run *run, struct buf *text, size_t at);

#endif
