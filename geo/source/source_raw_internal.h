/* source_raw_internal.h - a row of a table as its file has it, before its geometry is converted.
 * Private to the sources in geo/source, because it has OGR's type.
 *
 * Owns:    the geometry is its receiver's; cells and the note live until the next row.
 */
#ifndef GEO_SOURCE_RAW_INTERNAL_H
#define GEO_SOURCE_RAW_INTERNAL_H

#include <ogr_api.h>
#include <stdbool.h>

#include "geo/texts/source_cell.h"

struct source_raw {
    int64_t line;
    struct source_cell *cells; /* one a column; NULL: they cannot be read */
    OGRGeometryH geometry;     /* NULL: none */
    bool empty;                /* it says that it has a geometry of nothing: "POINT EMPTY" */
    bool ascii;                /* the cells are known to be ASCII; false: perhaps not */
    const char *note;          /* what is remarkable about it, a phrase; NULL: nothing */
};

/* What was remarkable about rows since the rewind; each line is of the first such row. */
struct source_passed {
    int64_t blank;                   /* passed over */
    int64_t repeated, repeated_line; /* the header again, cell by cell: passed over */
    int64_t cut, cut_line;           /* of a text, with fewer cells than the header */
    int64_t hidden, hidden_line;     /* a person does not see them: read all the same */
    int64_t comments, comment_line;  /* of a sheet: not read; line 0: not known */
    int64_t boxes;                   /* of text, drawn over a sheet: not read */
    int64_t raised, raised_line;     /* with raised letters, written as "120¹" */
    int64_t struck_parts, part_line; /* cells with something struck out: left out */
    int64_t yearless, yearless_line; /* dates shown without their year: the stored one is read */
    int64_t struck, struck_line;     /* cells that are struck out wholly: read all the same */
    int64_t links, link_line;        /* of maps, behind texts of other fields: not read */
};

#endif
