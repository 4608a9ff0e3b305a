/* store_check.h - shared by the parts of `sigg check`. Only store_check*.c include it.
 *
 * Owns:    nothing; findings go to the caller's function one by one.
 * Errors:  false when the database cannot be read; a finding is no error.
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

/* Reports every row of the query as a finding: `before` and the row's first column. */
bool store_each_finding(struct geo_store *store, const char *sql, const char *before,
                        struct store_findings *findings, struct err *err);

/* Reports values that are not as the schema says, and invalid geometries. */
bool store_check_cells(struct geo_store *store, struct store_findings *findings, struct err *err);

#endif
