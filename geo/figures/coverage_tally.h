/* coverage_tally.h - counts the records into figures by municipality. Which records count
 * is defined in geo/figures/coverage.h. Only for geo/figures/coverage*.c. */
#ifndef GEO_COVERAGE_TALLY_H
#define GEO_COVERAGE_TALLY_H

#include "geo/figures/coverage.h"

/* Fills zeroed slots (units->n + 1, the last for no municipality); wanted NULL: all, else
 * records of other slots are not counted. Names are not set. */
bool geo_coverage_tally(struct geo_store *store, const struct geo_units *units, const bool *wanted,
                        const struct geo_coverage_query *query, struct geo_coverage_row *slots,
                        struct err *err);

/* Computes cobertura_familias_pct from the other figures. */
void geo_coverage_share(struct geo_coverage_row *row);

#endif
