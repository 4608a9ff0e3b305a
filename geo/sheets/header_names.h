/* header_names.h - the names of columns, of one row or of two.
 *
 * Owns:    nothing; names live in the arena.
 * Threads: any.
 * Errors:  false for short memory.
 */
#ifndef GEO_HEADER_NAMES_H
#define GEO_HEADER_NAMES_H

#include "geo/sheets/header.h"

enum { HEADER_NONE = -1 };

/* A header being found; rows by their index in the input. */
struct header_finder {
    const struct header_input *in;
    struct arena *arena;
    size_t width; /* of most rows */
    int upper;    /* row with groups of columns; HEADER_NONE */
    int row;      /* of the header, or the lower one */
    int last;     /* the last row above the data */
    int units;    /* row below the header, with units; HEADER_NONE */
};

static inline int64_t header_line(const struct header_finder *f, int row)
{
    return f->in->rows[row].line;
}

static inline bool header_is_known(const struct header_finder *f, const char *name)
{
    return f->in->known && name && f->in->known(f->in->arg, name);
}

/* True if the row has names of groups of columns, and the next the names in them; a column of its
 * own has a name in one of the two. If the upper is not known to be of the header, it must be
 * told from a title: by merged cells, by columns of their own, or by lower names that repeat. */
bool header_has_groups(const struct header_finder *f, int upper, bool surely_header);

/* Sets columns, n_columns and n_known. */
bool header_name_columns(const struct header_finder *f, struct header *header);

#endif
