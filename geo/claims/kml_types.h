/* kml_types.h - the Schema of a KML, which declares its values and their types.
 *
 * GDAL makes 3 of "3,75" in a column that <SimpleField type="int"> declares, and 0 of "s/d", of
 * "true" and of nothing. Without a type that it knows it gives texts as they stand; so numbers lose
 * theirs before it reads the file, and the names of their columns are kept.
 *
 * Owns:    the names; kml_types_free().
 * Threads: one owner.
 * Errors:  false: short memory.
 */
#ifndef GEO_KML_TYPES_H
#define GEO_KML_TYPES_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/buf.h"

struct kml_types {
    char **numbers; /* names of columns that are declared as numbers */
    size_t n, cap;
};

/* True for "int", "double", "bool"…: types by which GDAL makes a number of a value. */
bool kml_types_is_number(const char *type, size_t len);

/* Overwrites such types in a file in UTF-8, in place, and adds the names of their columns. */
bool kml_types_drop(char *bytes, size_t len, struct kml_types *types);
void kml_types_free(struct kml_types *types);

/* Appends the file with a declaration, as texts, of the values that its records have and no Schema
 * names, which GDAL would drop: other programs write days without one. Nothing is missing: out
 * stays empty. */
bool kml_types_declare(const char *bytes, size_t len, struct buf *out);

/* True for a column that was declared as a number. */
bool kml_types_has(const struct kml_types *types, const char *column);

#endif
