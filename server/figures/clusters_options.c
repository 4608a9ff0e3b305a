/* clusters_options.c - checks the parameters of /clusters and `sigg clusters`. */
#include "server/figures/clusters_options.h"

#include "geo/base/parse.h"

bool clusters_options_read(struct geo_clusters_query *query, const char *permutations,
                           const char *seed, const char *level, struct err *err)
{
    int64_t number = 1;
    size_t nearest;
    query->rate = query->rate ? query->rate : "familias";
    query->weights = query->weights ? query->weights : "queen";
    query->permutations = 9999;
    query->level = 0.05;
    if (!geo_clusters_weights_of(query->weights, &nearest))
        return err_field(err, "weights", "«%s»: se espera queen o knn:K, con K de 1 a 50",
                         query->weights);
    if (permutations && !parse_int(permutations, 99, 999999, &query->permutations))
        return err_field(err, "permutations", "«%s»: se espera un entero de 99 a 999999",
                         permutations);
    if (seed && !parse_int(seed, 0, INT64_MAX, &number))
        return err_field(err, "seed", "«%s»: se espera un entero desde 0", seed);
    query->seed = (uint64_t)number;
    if (level && (!parse_real(level, 0, 1, &query->level) || !(query->level > 0)))
        return err_field(err, "fdr", "«%s»: se espera más de 0 y hasta 1", level);
    if (query->as_of && !parse_date(query->as_of))
        return err_field(err, "as-of", "«%s» no es una fecha: se espera AAAA-MM-DD", query->as_of);
    return true;
}
