/* import_fit.h - which layers a source could be imported into, by the columns and the geometry of
 * its tables. The source is opened once; but for a wide table of facts nothing is read but the
 * headings, and no database.
 *
 * Threads: one. Errors: as geo_source_open().
 */
#ifndef GEO_IMPORT_FIT_H
#define GEO_IMPORT_FIT_H

#include "geo/import/import.h"

struct import_fit {
    const struct geo_table *layer;
    char table[128]; /* of the source: the one that fits best */
    size_t filled; /* fields with a column; of a wide table of facts, columns that are facts too */
    bool complete; /* it could be imported as it is */
    bool named;    /* the table has the layer's name */
    char lacks[256]; /* the required fields that it lacks, or why else it could not */
};

/* How well the source fits each layer, by its best table; best layer first. Layers of which no
 * field has a column are left out. options->layer is not used. */
bool import_fits(const struct geo_import_options *options, struct import_fit fits[GEO_TABLES_MAX],
                 size_t *n, struct err *err);

#endif
