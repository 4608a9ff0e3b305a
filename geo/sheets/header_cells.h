/* header_cells.h - what a row of a sheet looks like: words, units, numbers of columns.
 *
 * Owns:    nothing; texts live in the arena.
 * Threads: any.
 * Errors:  NULL or false for short memory too.
 */
#ifndef GEO_HEADER_CELLS_H
#define GEO_HEADER_CELLS_H

#include <stdbool.h>

#include "geo/base/arena.h"
#include "geo/texts/source_cell.h"

/* The text of a cell, NULL if it has blanks only or the row ends before it. */
const char *header_cell(const struct source_cells *row, size_t column);
/* The same on one line, mended (text_mend.h), without blanks around it and the guard of CSV cells.
 */
char *header_cell_name(const struct source_cells *row, size_t column, struct arena *arena);

size_t header_width(const struct source_cells *row);  /* columns up to the last that is not blank */
size_t header_filled(const struct source_cells *row); /* cells that are not blank */

/* True if each cell that is not blank has letters, or is a year if years may be names. */
bool header_is_words(const struct source_cells *row, bool or_years);
/* True if a cell has letters. */
bool header_has_word(const struct source_cells *row);
/* "1, 2, 3, …" in the first `width` columns, three or more. */
bool header_is_numbering(const struct source_cells *row, size_t width);
/* Each cell that is not blank names a unit: "ha", "(m²)", "Bs". */
bool header_is_units(const struct source_cells *row, struct arena *arena);
/* The unit of a column in such a row, if it is one that no field is in, as "m2" and "$us" are; the
 * fields' own ("ha", "Bs"), and others that measure something else, give NULL. */
const char *header_other_unit(const struct source_cells *row, size_t column, struct arena *arena);

#endif
