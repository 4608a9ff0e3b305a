/* variates.c - normal, Poisson, gamma and Dirichlet random numbers; log and exp. */
#include "geo/analysis/variates.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* A fused multiply-add rounds once where the source rounds twice, so results would depend
 * on the processor. gcc's -std=c11 never fuses; clang has to be told. */
#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

double geo_variate_unit(struct geo_random *random)
{
    return ((double)(geo_random_next(random) >> 12) + 0.5) * 0x1p-52;
}

double geo_variate_normal(struct geo_random *random)
{
    return geo_normal_quantile(geo_variate_unit(random));
}

unsigned geo_variate_poisson(struct geo_random *random, double mean, double exp_minus_mean)
{
    double u = geo_variate_unit(random), p = exp_minus_mean, below = p;
    unsigned count = 0;
    /* The limit ends a loop that rounding could prolong: P(more than 200) is negligible. */
    while (u > below && count < 200) {
        count++;
        p *= mean / count;
        below += p;
    }
    return count;
}

double geo_variate_gamma(struct geo_random *random, double shape)
{
    double boost = 1;
    if (shape < 1) {
        boost = geo_exp(geo_log(geo_variate_unit(random)) / shape);
        shape += 1;
    }
    const double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = geo_variate_normal(random), v = 1 + c * x;
        if (v <= 0)
            continue;
        v = v * v * v;
        double u = geo_variate_unit(random);
        if (geo_log(u) < 0.5 * x * x + d - d * v + d * geo_log(v))
            return d * v * boost;
    }
}

void geo_variate_dirichlet(struct geo_random *random, const double *shares, size_t n,
                           double concentration, double *out)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = shares[i] > 0 ? geo_variate_gamma(random, concentration * shares[i]) : 0;
        sum += out[i];
    }
    for (size_t i = 0; i < n; i++)
        out[i] = sum > 0 ? out[i] / sum : shares[i];
}

/* Numbers ------------------------------------------------------------------ */

/* a[0] + a[1] x + ... + a[7] x^7, in pairs (Estrin): half the latency of Horner. */
static inline double eighth(const double a[8], double x)
{
    double x2 = x * x;
    return (a[0] + a[1] * x + x2 * (a[2] + a[3] * x)) +
           x2 * x2 * (a[4] + a[5] * x + x2 * (a[6] + a[7] * x));
}

/* The rational functions of AS 241. */
static inline double ratio(const double of[2][8], double r)
{
    return eighth(of[0], r) / eighth(of[1], r);
}

static const double centre[2][8] = {
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
     1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
     3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
     5.2264952788528545610e3},
};
static const double tail[2][8] = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
     3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9},
};
static const double far[2][8] = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15},
};

/* Up to this |q| the function for the middle applies. */
static const double middle = 0.425;

static inline double of_middle(double q)
{
    return q * ratio(centre, 0.180625 - q * q);
}

static double of_tail(double p)
{
    double r = sqrt(-geo_log(p < 0.5 ? p : 1 - p));
    double z = r <= 5 ? ratio(tail, r - 1.6) : ratio(far, r - 5);
    return p < 0.5 ? -z : z;
}

double geo_normal_quantile(double p)
{
    double q = p - 0.5;
    return fabs(q) <= middle ? of_middle(q) : of_tail(p);
}

/* First the function for the middle for all, without a branch, so that the computations
 * overlap; then the tails are recomputed. */
void geo_variate_normals(struct geo_random *random, double *out, size_t n)
{
    enum { BATCH = 128 };
    double p[BATCH];
    for (size_t from = 0; from < n; from += BATCH) {
        size_t many = n - from < BATCH ? n - from : BATCH;
        for (size_t i = 0; i < many; i++)
            p[i] = geo_variate_unit(random);
        for (size_t i = 0; i < many; i++)
            out[from + i] = of_middle(p[i] - 0.5);
        for (size_t i = 0; i < many; i++)
            if (fabs(p[i] - 0.5) > middle)
                out[from + i] = of_tail(p[i]);
    }
}

/* ln 2 as a high part, whose product with an exponent is exact, and the rest. */
static const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;

/* ln(2^e m) = e ln 2 + 2 atanh((m - 1) / (m + 1)), m in [sqrt(1/2), sqrt(2)): the
 * odd powers up to the 21st leave 1e-17. */
static inline double log_of(double x)
{
    static const double odd[8] = {2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,
                                  2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17};
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    /* Offset by sqrt(1/2), the exponent is the one that leaves m in the range above. */
    uint64_t moved = bits - UINT64_C(0x3fe6a09e667f3bcd);
    int64_t exponent = (int64_t)moved >> 52;
    bits -= (uint64_t)exponent << 52;
    double m;
    memcpy(&m, &bits, sizeof m);
    double f = m - 1, s = f / (2 + f), z = s * s, z4 = z * z * (z * z);
    double sum = eighth(odd, z) + z4 * z4 * (2.0 / 19 + z * (2.0 / 21));
    /* 2 s = f - s f keeps the digits of f where m is near 1. */
    double e = (double)(int)exponent;
    return e * ln2_high + (f - s * (f - sum * z) + e * ln2_low);
}

double geo_log(double x)
{
    return x >= DBL_MIN && x <= DBL_MAX ? log_of(x) : -1e300;
}

void geo_log_all(double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = geo_log(x[i]);
}

/* e^x = 2^k e^r, |r| <= ln 2 / 2: fourteen terms leave 1e-17. */
static inline double exp_of(double x)
{
    static const double inverse[8] = {1.0 / 2,   1.0 / 6,    1.0 / 24,    1.0 / 120,
                                      1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880};
    /* Adding 1.5 * 2^52 leaves the nearest whole number in the low bits. */
    double shifted = x * 1.4426950408889634074 + 0x1.8p52, k = shifted - 0x1.8p52;
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    double r = (x - k * ln2_high) - k * ln2_low, r2 = r * r, r4 = r2 * r2;
    double rest =
        (1.0 / 3628800 + r * (1.0 / 39916800)) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800));
    double sum = eighth(inverse, r) + r4 * r4 * rest;
    bits = (bits + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return (1 + (r + r2 * sum)) * power;
}

double geo_exp(double x)
{
    if (!(x >= -708))
        return 0;
    return x > 709 ? DBL_MAX : exp_of(x);
}

void geo_exp_all(double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = geo_exp(x[i]);
}
