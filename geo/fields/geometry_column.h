/* geometry_column.h - the column of a sheet that has the geometries as text: which one it is, if
 * people say so (--map geometria=COLUMNA), or that they have to.
 *
 * Owns:    nothing. Threads: any.
 * Errors:  ERR_USAGE: it is stated and cannot be; ERR_INPUT: two columns may be it.
 */
#ifndef GEO_GEOMETRY_COLUMN_H
#define GEO_GEOMETRY_COLUMN_H

#include "geo/base/err.h"
#include "geo/source/source.h"

/* The word of --map. */
#define GEOMETRY_COLUMN_WORD "geometria"

/* The column that --map gives, NULL: none. Borrowed from map, which ends with NULL and may be
 * NULL. */
const char *geometry_column_stated(const char *const *map);

/* False if a table's geometry would be taken from a column that nobody chose among several, or was
 * chosen where the table has geometries of its own. */
bool geometry_column_settled(const struct geo_source_table *table, const char *const *map,
                             struct err *err);

#endif
