/* header_below.h - rows below a header that say something of its columns, and are no data: their
 * names again ("labels" of a form beside its machine names), their numbers, units, types, tags,
 * questions or examples.
 *
 * Owns:    nothing; texts live in the arena.
 * Threads: any.
 * Errors:  none: a row that cannot be looked at for want of memory is data.
 */
#ifndef GEO_HEADER_BELOW_H
#define GEO_HEADER_BELOW_H

#include "geo/sheets/header_names.h"

/* True if the row has names that the caller knows in most places where the header has; n_known: of
 * the header. */
bool header_is_names(const struct header_finder *f, int row, size_t n_known);

/* What the row below the header is, a phrase after "la línea 3": "da las unidades y no se lee".
 * NULL: it is data. n_known: names of the header that the caller knows. */
const char *header_below(const struct header_finder *f, int row, size_t n_known);

/* How many cells of a row are names that the caller knows. */
size_t header_count_known(const struct header_finder *f, int row);

#endif
