/* clusters_options.h - the parameters of /clusters and `sigg clusters`, checked.
 *
 * Errors: ERR_INPUT; the parameter is the error's field.
 */
#ifndef SERVER_CLUSTERS_OPTIONS_H
#define SERVER_CLUSTERS_OPTIONS_H

#include "geo/analysis/clusters.h"

/* rate, weights, as_of and edition are in *query already; NULL words are the
 * defaults. */
bool clusters_options_read(struct geo_clusters_query *query, const char *permutations,
                           const char *seed, const char *level, struct err *err);

#endif
