/* fields.h - matches the columns of a source to the fields of a table, decides how each column
 * is read, and parses values into the form that is stored.
 *
 *   fields = geo_fields_new(table, columns, n, &options, &err);   by the headings
 *   geo_fields_settle(fields, facts, NULL, &notes, &err);         by all cells of each column
 *   for each row: geo_fields_read(fields, &cells, arena, values, &faults);
 *
 * A column is found by, in this order: --map; the name of the field; its title, an alias or either
 * in other words (geo/fields/heading.h); the same without its unit; the same behind a group of a
 * survey ("datos/codigo"); a name that a shapefile cut to ten bytes.
 *
 * Owns:    its table of columns; geo_fields_free() releases it. Parsed values live
 *          in the caller's arena.
 * Threads: immutable once matched and settled.
 * Errors:  ERR_USAGE for a --map or --ignore with an unknown name (and lists the known ones),
 *          ERR_INPUT for two columns that fit one field, for a column whose numbers have two
 *          readings, for an unused column that looks like a field, and for a value, with field,
 *          value and what is accepted.
 */
#ifndef GEO_FIELDS_H
#define GEO_FIELDS_H

#include "geo/base/arena.h"
#include "geo/base/err.h"
#include "geo/faults/fault.h"
#include "geo/fields/column_reading.h"
#include "geo/store/schema.h"
#include "geo/store/store.h"
#include "geo/texts/source_cell.h"

struct geo_fields; /* opaque */

struct geo_fields_options {
    const char *const *map;    /* "campo=columna", ends with NULL; may be NULL. Besides the table's
                                  fields, lon, lat, x, y and coordenada can be mapped */
    const char *const *ignore; /* columns that fill nothing; ends with NULL; may be NULL */
    bool ignore_unused;        /* no unused column stops the import */
    bool has_geometry;         /* records have one: columns of coordinates are not missed */
    enum decimal_mark decimal; /* stated by --decimal */
    const char *place;         /* what a row is called: "fila"; NULL: "línea" */
};

/* Columns that hold a coordinate; -1: no such column. */
struct geo_position {
    int lon, lat;                           /* degrees, each in a column */
    int x, y;                               /* metres, each in a column */
    int text;                               /* both in one text */
    int lon_min, lat_min, lon_sec, lat_sec; /* of the degrees; minutes both or none */
    int zone, datum;                        /* of the metres; of metres and degrees */
};

/* Columns must outlive the result; options may be NULL. */
struct geo_fields *geo_fields_new(const struct geo_table *table, const char *const *columns,
                                  size_t n_columns, const struct geo_fields_options *options,
                                  struct err *err);
void geo_fields_free(struct geo_fields *fields); /* NULL is fine */

/* Checks that every required field has a column; ERR_INPUT names the missing one. */
bool geo_fields_complete(const struct geo_fields *fields, struct err *err);

/* Decides how each column is read. facts: one entry a column. others: the field that each unmatched
 * column of numbers fills (a wide table of facts); NULL: unmatched columns fill nothing.
 * Warnings and faults, each about one column, are added to notes; with a fault the result is false,
 * and *err has them all. Before this call cells are read one by one, without their column. */
bool geo_fields_settle(struct geo_fields *fields, const struct column_facts *facts,
                       const struct geo_field *others, struct import_faults *notes,
                       struct err *err);

/* True if a field of the table, or a coordinate, goes by that heading. For fields of no column,
 * made once to ask often. */
bool geo_fields_know(const struct geo_fields *fields, const char *heading);
/* True if the text says what the heading of the column does: the same words, however written, or
 * another name of the field that the column fills. Both empty: true. */
bool geo_fields_is_heading(const struct geo_fields *fields, size_t column, const char *text,
                           struct arena *arena);
/* True if a field of the table does, and not a coordinate. */
bool geo_fields_have(const struct geo_fields *fields, const char *heading);

int geo_fields_column(const struct geo_fields *fields, int field); /* -1: none */
struct geo_position geo_fields_position(const struct geo_fields *fields);
/* True if the column fills a field or has a coordinate. */
bool geo_fields_uses(const struct geo_fields *fields, size_t column);
/* True for a column that our exports add and an import computes itself. */
bool geo_fields_is_ours(const struct geo_fields *fields, size_t column);
/* How a column is read, for values that are parsed singly. */
const struct column_reading *geo_fields_reading(const struct geo_fields *fields, size_t column);

/* Parses a row: n_fields values into out; fields without a column are NULL. Every value that
 * is refused is added to faults, and is NULL in out; true if there is none, and memory sufficed. */
bool geo_fields_read(const struct geo_fields *fields, const struct source_cells *row,
                     struct arena *arena, struct geo_value *out, struct import_faults *faults);
/* Adds a fault for each second column of a heading that does not say the same as the first, which
 * fills a field. */
void geo_fields_compare_twins(const struct geo_fields *fields, const struct source_cells *row,
                              struct arena *arena, struct import_faults *faults);
/* Parses one value of one field, as its column is read. */
bool geo_field_read(const struct geo_field *field, const struct source_cell *cell,
                    const struct column_reading *reading, struct arena *arena,
                    struct geo_value *out, struct err *err);
/* True for «Nan», «Null», «Na», «Nd» and «Sd» as a `nombre`, so written: they are names too, and
 * geo_field_read() takes them. Elsewhere, and in other letters, they say that there is no value. */
bool geo_field_is_odd_name(const struct geo_field *field, const char *text);

/* The same without a column: a text with two readings is refused unless only one of them can
 * be a value of the field. typed: text is a number with '.' as decimal mark. */
bool geo_field_parse(const struct geo_field *field, const char *text, bool typed,
                     struct arena *arena, struct geo_value *out, struct err *err);

#endif
