/* fields.h - matches the columns of a source to the fields of a table, and parses values
 * into the form that is stored.
 *
 * Owns:    its table of columns; geo_fields_free() releases it. Parsed values live
 *          in the caller's arena.
 * Threads: immutable once matched.
 * Errors:  ERR_USAGE for a --map with an unknown name (and lists the known ones),
 *          ERR_INPUT for a value, with field, value and what is accepted.
 */
#ifndef GEO_FIELDS_H
#define GEO_FIELDS_H

#include "geo/base/arena.h"
#include "geo/base/err.h"
#include "geo/import/source_cell.h"
#include "geo/store/schema.h"
#include "geo/store/store.h"

struct geo_fields; /* opaque */

/* Columns that hold a coordinate; -1: no such column. */
struct geo_position {
    int lon, lat; /* degrees, each in a column */
    int x, y;     /* metres, each in a column */
    int text;     /* both in one text */
};

/* map: "campo=columna", ends with NULL; may be NULL. Besides the table's fields, lon, lat, x, y and
 * coordenada can be mapped. Columns must outlive the result. */
struct geo_fields *geo_fields_match(const struct geo_table *table, const char *const *columns,
                                    size_t n_columns, const char *const *map, struct err *err);
void geo_fields_free(struct geo_fields *fields); /* NULL is fine */

/* Checks that every required field has a column; ERR_INPUT names the missing one. */
bool geo_fields_complete(const struct geo_fields *fields, struct err *err);

int geo_fields_column(const struct geo_fields *fields, int field); /* -1: none */
struct geo_position geo_fields_position(const struct geo_fields *fields);
/* True if the column fills a field or has a coordinate. */
bool geo_fields_uses(const struct geo_fields *fields, size_t column);

/* Parses a row: n_fields values into out; fields without a column are NULL. */
bool geo_fields_parse(const struct geo_fields *fields, const struct source_cell *cells,
                      struct arena *arena, struct geo_value *out, struct err *err);

/* Parses one value of one field. In text "1.234" of an integer or an amount is 1234; a cell
 * that is a number has its decimals after '.'. */
bool geo_field_parse(const struct geo_field *field, const struct source_cell *cell,
                     struct arena *arena, struct geo_value *out, struct err *err);

#endif
