/* delimited_internal.h - the state of the splitting, for delimited.c and delimited_open.c.
 *
 * Owns:    see delimited.h.
 * Threads: one owner.
 */
#ifndef GEO_DELIMITED_INTERNAL_H
#define GEO_DELIMITED_INTERNAL_H

#include "geo/sheets/delimited.h"
#include "geo/sheets/delimited_text.h"

struct delimited {
    struct delimited_text text;
    const struct geo_source_limits *limits;
    char separator, quote; /* quote: '"', or '\'' where the header has that around each name */
    size_t at;             /* of text.rows */
    int64_t line, blank;
    struct buf copy; /* of the row, split in place */
    bool ascii;      /* that row is */
    struct source_cell *cells;
    size_t cap;
};

#endif
