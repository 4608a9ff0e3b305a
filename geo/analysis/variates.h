/* variates.h - random numbers of several distributions, and the logarithm and exponential
 * they need: the same on every machine.
 *
 * Owns:    nothing.
 * Threads: as random.h's: a generator belongs to one thread.
 *
 * libm is not used, because its last bit differs between versions and processors:
 * logarithm and exponential are implemented here with basic IEEE operations.
 *
 * Sources: normals by the inverse of their distribution (Wichura, algorithm
 * AS 241, Applied Statistics 37, 1988); gammas by Marsaglia and Tsang, ACM TOMS
 * 26, 2000.
 */
#ifndef GEO_VARIATES_H
#define GEO_VARIATES_H

#include <stddef.h>

#include "geo/analysis/random.h"

/* Uniform between 0 and 1, without the ends; 52 bits. */
double geo_variate_unit(struct geo_random *random);
/* Mean 0, standard deviation 1. */
double geo_variate_normal(struct geo_random *random);
/* n normals, the same as n single ones, but much faster. */
void geo_variate_normals(struct geo_random *random, double *out, size_t n);
/* A Poisson number: exp_minus_mean is geo_exp(-mean), mean below 30. */
unsigned geo_variate_poisson(struct geo_random *random, double mean, double exp_minus_mean);
/* shape > 0, scale 1. */
double geo_variate_gamma(struct geo_random *random, double shape);
/* A Dirichlet variate: shares that vary about the n given ones (0 or more, summing to 1),
 * with concentration c: the variance of a share w is w (1 - w) / (c + 1). A share of 0
 * stays 0. out may not be shares. */
void geo_variate_dirichlet(struct geo_random *random, const double *shares, size_t n,
                           double concentration, double *out);

/* The quantile z of the standard normal distribution for a probability p, 0 < p < 1. */
double geo_normal_quantile(double p);
/* Within 2 ulp. x > 0 and normal; other values give -1e300. */
double geo_log(double x);
/* Within 2 ulp; 0 below -708, the largest double above 709. */
double geo_exp(double x);
/* In place, with the same results as one by one. */
void geo_log_all(double *x, size_t n);
void geo_exp_all(double *x, size_t n);

#endif
