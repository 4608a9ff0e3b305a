/* source_cell.h - one cell of a table that is being read: its text, and what the source says
 * that it is.
 *
 * Owns:    nothing; the text lives as long as its row.
 * Units:   see each kind. Texts are UTF-8.
 */
#ifndef GEO_SOURCE_CELL_H
#define GEO_SOURCE_CELL_H

#include <stddef.h>
#include <stdint.h>

enum source_cell_kind {
    SOURCE_CELL_EMPTY, /* text is NULL */
    /* As a person wrote it: which mark is the decimal one, or whether it is a date, is decided
     * by its column. */
    SOURCE_CELL_TEXT,
    /* "1234.5": '.' is the decimal mark, without groups or exponent; the shortest text that gives
     * the same double. */
    SOURCE_CELL_NUMBER,
    /* A number that its sheet shows as a percentage, as it is shown: "12.5" for 0.125. */
    SOURCE_CELL_PERCENT,
    /* A number that its sheet shows in a currency other than Bs: the number as above, a blank, and
     * the mark of the currency: "500 $us". */
    SOURCE_CELL_FOREIGN,
    SOURCE_CELL_DATE,     /* "2021-01-31" or "2021-01-31T12:00:00"; "2021-01": without its day */
    SOURCE_CELL_FLAG,     /* "1" or "0" */
    SOURCE_CELL_ERROR,    /* "#N/A", as the sheet shows it */
    SOURCE_CELL_NO_VALUE, /* a formula whose value the file does not have; text is the formula */
};
enum { SOURCE_CELL_KINDS = SOURCE_CELL_NO_VALUE + 1 };

struct source_cell {
    enum source_cell_kind kind;
    const char *text;
};

/* A row of cells; those after the last one are empty. */
struct source_cells {
    int64_t line; /* of the file or sheet, from 1 */
    size_t n;
    const struct source_cell *cells;
};

#endif
