/* moran.h - spatial autocorrelation: Moran's I, global and local, of values or
 * of rates, with permutations and control of false discoveries.
 *
 * Threads: any; the local one may start its own, and its result does not depend on
 *          how many.
 * Errors:  ERR_INPUT where there are fewer than four units or all values are equal;
 *          the budget's.
 *
 * Formulas: Cliff and Ord 1981 (I, its moments under randomisation); Anselin 1995
 * (local I, conditional permutations, classes); Assunção and Reis 1999
 * (empirical-Bayes rates); Benjamini and Hochberg 1995 (false discoveries).
 * Every unit must have a neighbour (geo_weights_subset()).
 */
#ifndef GEO_MORAN_H
#define GEO_MORAN_H

#include "geo/analysis/weights.h"

enum geo_moran_class { GEO_MORAN_NONE, GEO_MORAN_HH, GEO_MORAN_LL, GEO_MORAN_HL, GEO_MORAN_LH };

struct geo_moran {
    double i, expected, variance, z; /* under randomisation */
    double p;                        /* of permutations, two-sided */
};

struct geo_moran_local {
    double value; /* standardised: (x - mean)/sd, sd with n */
    double lag;   /* mean of the neighbours' values */
    double i;
    double p, q;                /* of permutations, two-sided; after Benjamini and Hochberg */
    enum geo_moran_class class; /* NONE where q is above the level */
};

/* The deviation of each rate events/base from the common rate, divided by the standard
 * deviation that chance gives for a base of that size: z of Assunção and Reis. base > 0. */
void geo_moran_rates(const double *events, const double *base, size_t n, double *z);

struct geo_moran_draws {
    int64_t permutations;
    uint64_t seed;
    int threads;                 /* of the local statistic; 0: one a processor, at most 16 */
    const struct budget *budget; /* NULL: no bound */
};

bool geo_moran_global(const struct geo_weights *weights, const double *values,
                      const struct geo_moran_draws *draws, struct geo_moran *moran,
                      struct err *err);
/* local: n of them. level: of false discoveries, e.g. 0.05. A unit that fewer than ten
 * draws equal or exceed gets a hundred times as many. */
bool geo_moran_local(const struct geo_weights *weights, const double *values,
                     const struct geo_moran_draws *draws, double level,
                     struct geo_moran_local *local, struct err *err);

/* q of every p: the least level at which it is among the discoveries. */
bool geo_moran_discoveries(const double *p, size_t n, double *q, struct err *err);

#endif
