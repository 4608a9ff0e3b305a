/* store_check.h - shared by the parts of `sigg check`. Only store_check*.c and
 * store_findings.c include it.
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

/* store_findings.c ---------------------------------------------------------- */

/* Findings of one kind that are reported for a table; a damaged one may have as many as it
 * has values. */
enum { STORE_TABLE_FINDINGS_MAX = 200 };

void store_found(struct store_findings *findings, const char *text);
/* Reports that the table has more "celdas" or "formas" of that kind than are named. */
void store_found_more(struct store_findings *findings, const char *table, const char *what);

/* Reports every row of the query as a finding: `before` and the row's first column. */
bool store_each_finding(struct geo_store *store, const char *sql, const char *before,
                        struct store_findings *findings, struct err *err);

/* store_check_cells.c ------------------------------------------------------- */

/* Reports values that are not as the schema says, and invalid geometries. */
bool store_check_cells(struct geo_store *store, struct store_findings *findings, struct err *err);

/* store_check_shapes.c ------------------------------------------------------ */

/* Reports works whose shapes (store_shapes.h) are not those of the work, up to the first
 * work that cannot be read: store_check_cells(), which comes before, reports that one. */
bool store_check_shapes(struct geo_store *store, struct store_findings *findings, struct err *err);

#endif
