/* figures_options.h - the options shared by commands that print figures: --by, --as-of,
 * --edition, --format.
 *
 * Errors: ERR_USAGE with the option, its value and what is accepted.
 */
#ifndef SERVER_FIGURES_OPTIONS_H
#define SERVER_FIGURES_OPTIONS_H

#include "geo/figures/coverage.h"
#include "server/cli/options.h"

/* *query borrows from argv. */
bool figures_options(int argc, char **argv, struct geo_coverage_query *query,
                     enum rows_format *format, struct err *err);
/* The same with further options of the command. */
bool figures_options_and(int argc, char **argv, const struct option_spec *own, size_t n_own,
                         struct geo_coverage_query *query, enum rows_format *format,
                         struct err *err);

#endif
