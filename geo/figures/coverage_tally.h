/* coverage_tally.h - from the records to the figures of each municipality; what
 * counts is defined in geo/figures/coverage.h. Only for geo/figures/coverage.c
 * and geo/figures/results_coverage.c.
 */
#ifndef GEO_COVERAGE_TALLY_H
#define GEO_COVERAGE_TALLY_H

#include "geo/figures/coverage.h"

/* Fills zeroed slots (units->n + 1, the last for no municipality); wanted NULL:
 * all of them, else the others have no records counted. Names are not set. */
bool geo_coverage_tally(struct geo_store *store, const struct geo_units *units, const bool *wanted,
                        const struct geo_coverage_query *query, struct geo_coverage_row *slots,
                        struct err *err);

/* How many municipalities the row is, and covered by what, from its figures: 1
 * or 0 each; the row of what has no municipality is none. */
void geo_coverage_mark(struct geo_coverage_row *row);

/* cobertura_familias_pct from the other figures. */
void geo_coverage_share(struct geo_coverage_row *row);

#endif
