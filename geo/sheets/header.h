/* header.h - finds the header in the first rows of a sheet or text file.
 *
 * Above it may stand titles ("PROGRAMA EMPODERAR", "Lista al 31/12/2021"), which are skipped;
 * it may take two rows, the upper with groups of columns ("Coordenadas" over "Longitud",
 * "Latitud"); below it may be rows that describe the columns (header_below.h), such as their units
 * or the labels of a form, which are skipped too. The header is the row with most names that the
 * caller knows. Where none is known, it is the first row as wide as the table that is all words.
 *
 * Data are the rows below last_line. Rows after the table ("TOTAL", "Fuente: INE") are data too.
 *
 * Owns:    nothing; names and notes live in the arena.
 * Threads: any.
 * Units:   columns from 0; lines as in struct source_cells.
 * Errors:  ERR_INPUT: there is no row, or none on the line stated.
 */
#ifndef GEO_HEADER_H
#define GEO_HEADER_H

#include <stdbool.h>

#include "geo/base/arena.h"
#include "geo/base/err.h"
#include "geo/texts/source_cell.h"

enum { HEADER_ROWS = 50 }; /* enough rows to give to header_find() */

/* Cells of a sheet that are shown as one; the first has the value. */
struct header_merge {
    int64_t first_line, last_line;
    size_t first_column, last_column;
};

struct header_input {
    const struct source_cells *rows; /* the first of the sheet; blank ones may be left out */
    size_t n_rows;
    const struct header_merge *merges; /* NULL: none, as in text */
    size_t n_merges;
    /* True for text: a row wider than the header is a fault. In a sheet its cells are columns
     * without a name. */
    bool is_text;
    int64_t line; /* of the header (its upper row); 0: to be found */
    /* True if a field of the layer goes by this name; NULL: none is known. */
    bool (*known)(void *arg, const char *name);
    void *arg;
};

struct header_column {
    /* Line breaks are blanks; text decoded twice is mended. "Coordenadas / Longitud" of two rows;
     * "columna F" where there is no name; "Nombre (columna F)" where it is that of an earlier
     * column. */
    const char *name;
    /* By which its field is found: "Longitud", if that is known and `name` is not, and no other
     * column has it; else `name`. */
    const char *match;
    bool named;
    bool filled; /* a row of those given has a value in it */
};

/* How the header was found, the best way first. */
enum header_by { HEADER_STATED, HEADER_BY_NAMES, HEADER_BY_SHAPE, HEADER_ASSUMED };

struct header {
    enum header_by by;
    size_t n_known; /* columns with a known name */
    size_t n_columns;
    const struct header_column *columns;
    int64_t first_line, last_line; /* last_line: of the row above the first data */
    bool is_text;                  /* as in the input */
    /* "las líneas 1 a 3 son título y no se leen: «Lista de alianzas»"; NULL: all is read. */
    const char *note;
};

bool header_find(const struct header_input *input, struct arena *arena, struct header *header,
                 struct err *err);

/* False with an error if the row has a value to the right of the last column. Empty cells there
 * are fine. */
bool header_fits(const struct header *header, const struct source_cells *row, struct err *err);

/* True if no cell has more than blanks. */
bool header_is_blank(const struct source_cells *row);

/* "F" for 5, "AA" for 26: the name of a column in sheets. */
const char *header_letters(size_t column, struct arena *arena);

#endif
