/* clusters.h - where municipalities of high or low coverage are next to each other:
 * Moran's I of a rate, global and by municipality (docs/methods.md: Clusters).
 *
 * Threads: as the store's. A result is immutable and the caller's.
 * Errors:  the budget of the store (geo_store_bound); unknown edition or fact: ERR_NOT_FOUND;
 *          ERR_INPUT with the field's name.
 *
 * A municipality without the figure, or whose rate has no base, is left out with the
 * reason; one that then has no neighbour is left out as isolated. Only the others are
 * analysed.
 */
#ifndef GEO_CLUSTERS_H
#define GEO_CLUSTERS_H

#include "geo/analysis/moran.h"
#include "geo/base/rows.h"
#include "geo/figures/group.h"

struct geo_clusters_query {
    const char *rate;    /* "familias", "obras", "riego", or a fact: "nbi_2024" */
    const char *weights; /* "queen", "knn:6" */
    int64_t permutations;
    uint64_t seed;
    double level;        /* of false discoveries */
    int threads;         /* 0: one a processor */
    const char *as_of;   /* NULL: everything known */
    const char *edition; /* NULL: the current one */
};

enum geo_clusters_state { GEO_CLUSTERS_USED, GEO_CLUSTERS_NO_DATA, GEO_CLUSTERS_ISOLATED };

struct geo_clusters_row {
    const struct geo_named *named;
    enum geo_clusters_state state;
    double rate; /* for people: per 100 dwellings, or the fact; NaN */
    int neighbours;
    struct geo_moran_local local; /* where used */
};

struct geo_clusters {
    struct geo_moran global;
    struct geo_clusters_row *rows; /* every municipality, by codigo */
    size_t n_rows, n_used, n_no_data, n_isolated;
    double mean_neighbours;
    bool empirical_bayes; /* the rate is a count over a base */
    struct geo_units *units;
};

struct geo_clusters *geo_clusters_compute(struct geo_store *store,
                                          const struct geo_clusters_query *query, struct err *err);
void geo_clusters_free(struct geo_clusters *clusters); /* NULL is fine */

/* codigo,nombre,departamento,uo,tasa,z,z_vecinos,vecinos,moran_local,p,q,clase;
 * the caller frees the rows. */
struct rows *geo_clusters_rows(const struct geo_clusters *clusters);

/* "queen", "knn:6" (1 to 50): false for another word. */
bool geo_clusters_weights_of(const char *word, size_t *k); /* *k 0: queen */

#endif
