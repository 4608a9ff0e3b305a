/* import_fit.h - which layers a source could be imported into, by the columns and the geometry of
 * its tables. Nothing is read but the headings, and no database.
 *
 * Threads: one. Errors: as geo_source_open().
 */
#ifndef GEO_IMPORT_FIT_H
#define GEO_IMPORT_FIT_H

#include "geo/import/import.h"

struct import_fit {
    const struct geo_table *layer;
    char table[128]; /* of the source: the one that fits best */
    size_t filled;   /* fields with a column */
    bool complete;   /* it could be imported as it is */
    char lacks[256]; /* the required fields that it lacks, or why else it could not */
};

/* How well the source fits options->layer; filled 0: not at all. */
bool import_fit(const struct geo_import_options *options, struct import_fit *fit, struct err *err);
/* -1: a fits better than b; qsort()'s order. */
int import_fit_compare(const void *a, const void *b);

#endif
