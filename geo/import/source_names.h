/* source_names.h - tells by which names a header of the wanted layer is known: those of its fields
 * and of coordinates, and the columns that --map names.
 *
 * Owns:    source_names_close().
 * Threads: one owner.
 */
#ifndef GEO_SOURCE_NAMES_H
#define GEO_SOURCE_NAMES_H

#include "geo/import/source.h"

struct geo_fields;

struct source_names {
    const struct geo_source_options *options;
    struct geo_fields *fields; /* of no column; NULL: options has no table */
};

bool source_names_open(struct source_names *names, const struct geo_source_options *options,
                       struct err *err);
void source_names_close(struct source_names *names);

/* For header_find() and delimited_new(): arg is a struct source_names. */
bool source_names_known(void *arg, const char *name);

#endif
