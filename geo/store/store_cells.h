/* store_cells.h - cells as their columns promise them.
 *
 * SQLite keeps any kind of value in any column: a damaged page, or another program,
 * may leave a number where a text is promised. Whatever is read from our tables is
 * read through here: it is what the schema says, or the read fails and names the
 * table, the row and the column.
 *
 * Owns:    nothing; texts belong to the statement until its next step.
 * Threads: that of the statement.
 * Errors:  ERR_DEPENDENCY for a cell that is not what it should be.
 */
#ifndef GEO_STORE_CELLS_H
#define GEO_STORE_CELLS_H

#include "geo/base/buf.h"
#include "geo/store/store.h"

typedef struct sqlite3_stmt sqlite3_stmt; /* SQLite's own */

/* Bound of integers without a bound of their own: a thousand of them can be added. */
#define STORE_INTEGER_MAX INT64_C(1000000000000000)

/* A field of a record, whose row has the id given. An integer in a column of reals is
 * a real, a real without a fraction in one of integers is an integer, an empty date or
 * choice is NULL; nothing else is converted. */
bool store_cell(sqlite3_stmt *statement, int column, const struct geo_table *table,
                const struct geo_field *field, int64_t row, struct geo_value *value,
                struct err *err);

/* The geometry of a record as WKB; NULL leaves `wkb` empty. */
bool store_cell_geometry(sqlite3_stmt *statement, int column, const struct geo_table *table,
                         int64_t row, struct buf *wkb, struct err *err);

/* What the columns of other tables hold, a letter each, a capital where NULL is fine:
 *   i  integer, at most STORE_INTEGER_MAX from 0     t  text
 *   n  the same, not negative                        d  day, or an empty text
 *   f  0 or 1                                        r  finite real
 *   b  blob
 *   m  mark: any integer                             -  not looked at
 * The row is named by its first column that is an integer or a text. */
bool store_row_is(sqlite3_stmt *statement, const char *table, const char *kinds, struct err *err);

/* One step: SQLITE_ROW onto a row that is as it should be, SQLITE_DONE, or another code
 * with *err filled ("doing: what SQLite says"). */
int store_step(struct geo_store *store, sqlite3_stmt *statement, const char *table,
               const char *kinds, const char *doing, struct err *err);

#endif
