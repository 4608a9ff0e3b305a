/* store_check.h - what the parts of `sigg check` share. Only store_check*.c include it.
 *
 * Owns:    nothing; findings go to the caller's function one by one.
 * Errors:  false when the database cannot be asked; what is found is no error.
 */
#ifndef GEO_STORE_CHECK_H
#define GEO_STORE_CHECK_H

#include "geo/store/store_internal.h"

struct store_findings {
    geo_finding_fn *fn;
    void *arg;
    int64_t count;
};

void store_found(struct store_findings *findings, const char *text);

/* Every row of the query is a finding: `before` and the row's first column. */
bool store_each_finding(struct geo_store *store, const char *sql, const char *before,
                        struct store_findings *findings, struct err *err);

/* A table whose reading ended before its end is a finding. true. */
bool store_unreadable(struct geo_store *store, const char *table, struct store_findings *findings);

/* Cells that are not what their columns promise, and geometries that are not valid. */
bool store_check_cells(struct geo_store *store, struct store_findings *findings, struct err *err);

#endif
