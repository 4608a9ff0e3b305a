/* mid_values.h - values of a MapInfo .mid that GDAL would change or drop: of a number "3,75" it
 * makes 3, of "s/d" and of nothing 0, of 1.234 in a Decimal(10,2) 1.23; of a day that is not
 * written 20210131, nothing. They are taken from the file as they stand there.
 *
 * The .mif says which mark parts the values (Delimiter) and which type each column has (Columns);
 * the .mid has a line a record.
 *
 * Owns:    the handle and the current record.
 * Threads: one owner.
 * Errors:  NULL: ERR_INPUT, a line has more or fewer values than there are columns; ERR_MEMORY.
 */
#ifndef GEO_MID_VALUES_H
#define GEO_MID_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/err.h"
#include "geo/texts/source_cell.h"

struct mid_values; /* opaque */

/* Looks at all lines. mif, as GDAL opens it, and the .mid beside it; one that is not there has no
 * values. */
struct mid_values *mid_values_new(const char *mif, const char *mid, struct err *err);
void mid_values_free(struct mid_values *values); /* NULL is fine */

/* The value of a column in a record, both from 0, where GDAL's own does not do: an EMPTY, a NUMBER
 * as the file writes it ("1.5e+003"), or a TEXT, in any encoding; borrowed until the next call.
 * Records are asked for in their order. False: GDAL's own does, or there is none. */
bool mid_values_get(struct mid_values *values, int64_t record, size_t column,
                    enum source_cell_kind *kind, const char **text);

#endif
