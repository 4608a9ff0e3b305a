/* fields_explain.h - which column fills which field and why, for people.
 *
 * Threads: as fields.h. Errors: NULL for short memory, or where there is nothing to say.
 */
#ifndef GEO_IMPORT_FIELDS_EXPLAIN_H
#define GEO_IMPORT_FIELDS_EXPLAIN_H

#include "geo/fields/explanation.h"
#include "geo/fields/fields.h"

/* A field as people write it: "comprometido_bs". */
const char *fields_explain_slot(const struct geo_fields *fields, size_t slot);
/* What a column fills: "familias", "lon"; NULL: nothing. */
const char *fields_explain_name(const struct geo_fields *fields, size_t column,
                                enum explained_by *why);
/* How its values are read: "número, con coma decimal: la muestran sus valores"; NULL: as text. */
const char *fields_explain_reading(const struct geo_fields *fields, size_t column,
                                   const struct column_facts *facts, struct arena *arena);
/* One of its values: "«1.234,5» es 1234,5"; NULL: it is empty. */
const char *fields_explain_example(const struct geo_fields *fields, size_t column,
                                   const struct column_facts *facts, struct arena *arena);
/* Why it fills nothing; NULL: nothing is known. */
const char *fields_explain_unused(const struct geo_fields *fields, size_t column,
                                  const struct column_facts *facts);

#endif
