/* import.h - any OGR source into a table, in one transaction (design: import).
 *
 * Threads: as the store's.
 * Errors:  ERR_INPUT for a bad record (line, field, value, what is accepted),
 *          and nothing is written; with skip_invalid the bad ones go to the
 *          rejects and the rest is written.
 */
#ifndef GEO_IMPORT_H
#define GEO_IMPORT_H

#include "geo/base/buf.h"
#include "geo/link.h"
#include "geo/store.h"

struct geo_import_options {
    const char *layer;        /* table name */
    const char *source;       /* file, URL or /vsi… path */
    const char *source_layer; /* NULL: the only one, or the first with a fitting geometry */
    const char *edition;      /* of municipios; required there, refused elsewhere */
    const char *edition_title, *data_date;
    bool schematic, simulated, keep_current;
    int epsg;               /* stated CRS; 0: the source's own, or none */
    const char *const *map; /* "campo=columna", ends with NULL; may be NULL */
    bool dry_run, skip_invalid;
    const char *rejects_path; /* CSV; NULL: none */
    struct buf *report;       /* gets the JSON report; NULL: none */
    geo_progress_fn *progress;
    void *progress_arg;
};

struct geo_import_summary {
    int64_t read, created, updated, unchanged, rejected, repaired, rescued, datum_uncertain;
    struct geo_link_counts links;
    int64_t units_overlaps, units_gaps; /* of municipios: beyond slivers */
    double gaps_m2;
};

bool geo_import_run(struct geo_store *store, const struct geo_import_options *options,
                    struct geo_import_summary *summary, struct err *err);

/* The summary as Spanish text, a line each. */
void geo_import_describe(const struct geo_import_options *options,
                         const struct geo_import_summary *summary, struct buf *out);

#endif
