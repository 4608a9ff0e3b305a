/* sample.h - draws a simple random sample reproducibly; confidence interval of a
 * proportion found in it (indicator R3).
 *
 * Owns:    nothing but the rows it returns. Threads: any; geo_sample_rows as the store's.
 * Errors:  ERR_INPUT for a size below 1 or above the population.
 *
 * The draw is selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2,
 * Algorithm S) with integers from splitmix64 (Steele, Lea, Flood 2014), whose state starts
 * as the seed. A number below b is the generator's output modulo b; outputs in the last,
 * incomplete run of b are rejected. No floating point: the same seed gives the same
 * sample on any machine.
 */
#ifndef GEO_SAMPLE_H
#define GEO_SAMPLE_H

#include "geo/base/rows.h"
#include "geo/store/store.h"

/* Draws `size` of the numbers 0 … population - 1, in ascending order, into out. */
bool geo_sample_draw(uint64_t seed, int64_t population, int64_t size, int64_t *out,
                     struct err *err);

/* 95 % interval of the proportion hits / size found in a simple random sample
 * without replacement of a population (0: infinite): Wilson's score interval
 * (Wilson 1927), with size (population - 1) / (population - size) in place of
 * size, which is the finite-population correction of the variance (Cochran,
 * Sampling Techniques, 3rd ed., 1977, 2.6). A census has no interval: both ends
 * are the proportion. NaN where size is 0. */
void geo_sample_interval(double hits, double size, double population, double *low, double *high);

struct geo_sample_query {
    int64_t size;
    uint64_t seed;
    const char *round;   /* name of the sample, for its records: "2023" */
    const char *as_of;   /* alliances signed by that day; NULL: all */
    const char *edition; /* of the municipalities shown; NULL: the current one */
};

/* A sample of members of organisations to visit. The frame is each family of each signed
 * alliance, alliances by codigo, families by number. One row a member, in the order of the
 * frame, with the columns of the table practicas (fecha and practicas empty) and where to
 * find the member. *population: the frame's size. */
struct rows *geo_sample_rows(struct geo_store *store, const struct geo_sample_query *query,
                             int64_t *population, struct err *err);

#endif
