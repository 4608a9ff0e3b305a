/* broken_lines.h - lines of a delimited text that are one record: a cell has a line break and no
 * quotes, so that its record stands on two lines, both shorter than the header.
 *
 *     X-2;Dos            with a header of 4 columns: 2 and 3 cells, of which the last and the
 *     alto;6;4           first are one, are 4
 *
 * Programs that leave out empty cells at the end of a line write short lines too. Where more
 * lines are short than make such records, it is taken to be that.
 *
 * Owns:    the list; broken_lines_free().
 * Threads: one owner.
 * Errors:  ERR_MEMORY.
 */
#ifndef GEO_BROKEN_LINES_H
#define GEO_BROKEN_LINES_H

#include "geo/sheets/delimited.h"

struct broken_lines {
    int64_t *lines; /* that are parts of a record, in order */
    size_t n, cap;
    int64_t n_short, first_short; /* other lines with fewer cells than the header; line of one */
    int64_t cut; /* the last line, if only it is short, and ends without a line end; 0: none */
};

/* Looks at all rows below header_line. Reading of the text goes on where it was. */
bool broken_lines_find(struct delimited *text, int64_t header_line, size_t columns,
                       struct broken_lines *broken, struct err *err);
void broken_lines_free(struct broken_lines *broken);

bool broken_lines_have(const struct broken_lines *broken, int64_t line);

#endif
