/* dbf_values.h - values of a .dbf that are no numbers, in columns of numbers.
 *
 * GDAL makes a number of whatever stands in such a column: "s/d" and "-" are 0, "1,5" is 1, "12a"
 * is 12. And of a column of notes (memo), whose texts are in another file, it gives the number of
 * the block there. So the file is looked at once before; most files have neither, and cost
 * nothing more.
 *
 *     values = dbf_values_open(path, &note, err);
 *     text = dbf_values_text(values, record, column);
 *
 * Numbers that are all '*' are no value, as programs write one that is missing.
 *
 * Owns:    the open file and one record; dbf_values_close().
 * Threads: one owner.
 * Errors:  ERR_MEMORY.
 */
#ifndef GEO_DBF_VALUES_H
#define GEO_DBF_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"

struct dbf_values; /* opaque */

/* dbf as GDAL opens it. *values NULL: every value is what GDAL makes of it. note gets a Spanish
 * sentence on columns that cannot be read. */
bool dbf_values_open(const char *dbf, struct dbf_values **values, struct buf *note,
                     struct err *err);
void dbf_values_close(struct dbf_values *values); /* NULL is fine */

/* What stands in a cell, bytes as they are, borrowed until the next call; "" for a column of
 * notes. NULL: GDAL reads it rightly. record and column from 0; values may be NULL. */
const char *dbf_values_text(struct dbf_values *values, int64_t record, size_t column);

#endif
