/* cell.h - texts in cells of CSV that a spreadsheet must not take for a formula.
 *
 * A spreadsheet that opens a CSV computes a cell that begins with = + - @ (or a tab or
 * line break before them, or their full-width forms), whatever quotes stand around it:
 * a name that somebody typed becomes a program. An apostrophe before it makes it text.
 * Plain numbers, and pairs of them ("-3.5", "+591", "-14.25, -64.75") stay as they are. What is
 * read from such files loses the apostrophe again, so that an export that is imported changes
 * nothing: cell_unguard() of what a writer guards is the text itself, whatever the text.
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
    CELL_XLSX, /* texts are texts there; only what reading would take away is guarded */
};

/* An apostrophe is to stand before the text. */
bool cell_needs_guard(const char *text, enum cell_of of);
/* The text that was meant: within the one given. */
const char *cell_unguard(const char *text);
/* Appends a text as a cell of CSV, quoted if need be. */
void cell_put_csv(struct buf *out, const char *text);

#endif
