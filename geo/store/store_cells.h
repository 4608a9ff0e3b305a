/* store_cells.h - reads values of rows, and checks that they have the types and ranges that
 * the schema promises.
 *
 * SQLite stores a value of any type in any column. A damaged page or another program may
 * leave a number where the schema has a text. All reads of our tables go through here: the
 * value is as the schema says, or the read fails and names the table, the row and the
 * column.
 *
 * Owns:    nothing; texts belong to the query until its next step.
 * Threads: that of the query.
 * Errors:  ERR_DEPENDENCY for a value that is not as the schema says.
 */
#ifndef GEO_STORE_CELLS_H
#define GEO_STORE_CELLS_H

#include "geo/base/buf.h"
#include "geo/store/db.h"

/* Limit for integers that have no other: a thousand of them can be added without overflow. */
#define STORE_INTEGER_MAX INT64_C(1000000000000000)

/* Reads a field of the record with that row id. Conversions: an integer in a column of
 * reals becomes a real; a real without a fraction in a column of integers becomes an
 * integer; an empty date or choice becomes NULL. Nothing else is converted. */
bool store_cell(const struct db_query *query, int column, const struct geo_table *table,
                const struct geo_field *field, int64_t row, struct geo_value *value,
                struct err *err);

/* The geometry of a record as WKB; NULL leaves `wkb` empty. */
bool store_cell_geometry(const struct db_query *query, int column, const struct geo_table *table,
                         int64_t row, struct buf *wkb, struct err *err);

/* What the columns of other tables hold, a letter each, a capital where NULL is fine:
 *   i  integer, at most STORE_INTEGER_MAX from 0     t  text
 *   n  the same, not negative                        d  day, or an empty text
 *   f  0 or 1                                        r  finite real
 *   b  blob
 *   m  mark: any integer                             -  not looked at
 * The row is named by its first column that is an integer or a text. */
bool store_row_is(const struct db_query *query, const char *table, const char *kinds,
                  struct err *err);

#endif
