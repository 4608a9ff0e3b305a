/* import_names.h - tells by which names the header of a sheet is known: those of the layer's fields
 * and of coordinates, and the columns that --map names.
 *
 * Owns:    import_names_close().
 * Threads: one owner; also in a child process after a fork.
 */
#ifndef GEO_IMPORT_NAMES_H
#define GEO_IMPORT_NAMES_H

#include "geo/base/err.h"
#include "geo/store/schema.h"

struct geo_fields;

struct import_names {
    const char *const *map;    /* "campo=columna"; ends with NULL; may be NULL */
    struct geo_fields *fields; /* of no column */
};

bool import_names_open(struct import_names *names, const struct geo_table *table,
                       const char *const *map, struct err *err);
void import_names_close(struct import_names *names);

/* For geo_source_options.known; arg is a struct import_names. */
bool import_names_known(void *arg, const char *name);
/* For geo_source_options.fills, likewise. */
bool import_names_fills(void *arg, const char *name);

#endif
