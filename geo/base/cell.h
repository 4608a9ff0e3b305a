/* cell.h - writes texts as cells of CSV and XLSX, so that they are no formulas and are read back
 * as they were.
 *
 * A spreadsheet that opens a CSV computes any cell that begins with = + - @ (also after a
 * tab or line break, or in full-width form), whether quoted or not: text that somebody
 * typed would run as a formula. An apostrophe in front makes it text. Plain numbers and
 * pairs of them ("-3.5", "+591", "-14.25, -64.75") stay as they are. Import removes the
 * apostrophe, so that importing an export changes nothing: cell_unguard() gives back any
 * text that was guarded.
 *
 * Owns:    nothing.
 * Threads: any.
 */
#ifndef GEO_BASE_CELL_H
#define GEO_BASE_CELL_H

#include <stdbool.h>

#include "geo/base/buf.h"

enum cell_of {
    CELL_CSV,
    CELL_XLSX, /* cells have a type; guarded only so that cell_unguard() gives back the same text */
};

/* True if the text must be written with an apostrophe in front. */
bool cell_needs_guard(const char *text, enum cell_of of);
/* The text without the guard: a pointer into the one given. */
const char *cell_unguard(const char *text);
/* Appends a text as a cell of CSV, quoted if need be. */
void cell_put_csv(struct buf *out, const char *text);
/* Appends a text as a cell of XLSX that is read back as it is: guarded, and with "_x005F_" for an
 * underscore that begins "_x0041_", which readers take for "A" (ECMA-376, 22.9.2.19). */
void cell_put_xlsx(struct buf *out, const char *text);

#endif
