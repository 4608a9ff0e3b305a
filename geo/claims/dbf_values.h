/* dbf_values.h - values of a .dbf that GDAL would change or drop: of a number "3,75" it reads 3,
 * and of "12.7" in a column without decimals 12; of "****", which did not fit its column, nothing;
 * yes and no are letters to it. They are taken from the file as they stand there; records that are
 * marked as deleted are counted.
 *
 * Owns:    the handle and the current record.
 * Threads: one owner.
 * Errors:  false or NULL: the file cannot be opened, or memory is short.
 */
#ifndef GEO_DBF_VALUES_H
#define GEO_DBF_VALUES_H

#include "geo/base/err.h"
#include "geo/texts/source_cell.h"

struct dbf_values; /* opaque */

/* Looks at all values. path as GDAL opens it; it is copied. */
struct dbf_values *dbf_values_new(const char *path, struct err *err);
void dbf_values_free(struct dbf_values *values); /* NULL is fine */

int64_t dbf_values_deleted(const struct dbf_values *values);
/* Records that the file has beyond those that its header counts; below 0: it lacks as many. */
int64_t dbf_values_beyond(const struct dbf_values *values);

/* The value of a column in a record, both from 0, where GDAL's own does not do: a number is a
 * NUMBER, as the file writes it ("1.2e+001"); what should be a number or a day and is none is a
 * TEXT, yes and no are a FLAG, '?' is EMPTY; a memo, or a number that stands there in binary, is an
 * ERROR. The text is not terminated, in any encoding, and borrowed until the next call. False:
 * GDAL's own does, or there is none. */
bool dbf_values_get(struct dbf_values *values, int64_t record, size_t column,
                    enum source_cell_kind *kind, const char **text, size_t *len);

#endif
