/* results.h - what the core computed, kept in the database as tables and views
 * that QGIS reads: links, irrigation by municipality, coverage.
 *
 * Threads, errors: as the store's. Writing needs the caller's transaction.
 */
#ifndef GEO_RESULTS_H
#define GEO_RESULTS_H

#include "geo/store.h"

/* A row of `vinculos`. */
struct geo_link_row {
    const char *layer;     /* table of the record */
    int64_t record;        /* its row id */
    const char *codigo;    /* its code */
    const char *municipio; /* code, or NULL */
    const char *metodo, *estado;
    double distancia_m; /* NaN: none */
    double parte;
    bool principal, urbana;
};

typedef bool geo_link_row_fn(void *arg, const struct geo_link_row *row);

/* In order of the record's code, main link first. layer NULL: every layer. */
bool geo_results_links(struct geo_store *store, const char *layer, const char *edition,
                       geo_link_row_fn *fn, void *arg, struct err *err);

#endif
