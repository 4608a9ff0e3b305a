/* field_internal.h - the parts of parsing one value, for geo/fields/field_*.c only.
 *
 * Owns:    nothing; texts of values live in the arena.
 * Threads: any.
 * Errors:  ERR_INPUT, with field, value and what is accepted or advised.
 */
#ifndef GEO_FIELD_INTERNAL_H
#define GEO_FIELD_INTERNAL_H

#include "geo/fields/fields.h"

/* One value on its way to the store. */
struct field_input {
    const struct geo_field *field;
    const struct column_reading *reading; /* of its column */
    enum source_cell_kind kind;
    const char *text; /* clean; not empty */
    struct arena *arena;
};

/* geo/fields/field_refuse.c.
 * "FIELD: «TEXT» no es WHAT de MIN a MAX"; false. */
bool field_refuse(const struct field_input *in, const char *what, struct err *err);
/* "FIELD: «TEXT» WHY"; false. */
bool field_refuse_because(const struct field_input *in, const char *why, struct err *err);

/* geo/fields/field_number.c: GEO_INTEGER, GEO_REAL, GEO_MONEY. */
bool field_parse_number(const struct field_input *in, struct geo_value *out, struct err *err);
/* geo/fields/field_day.c: GEO_DATE. */
bool field_parse_day(const struct field_input *in, struct geo_value *out, struct err *err);

#endif
