/* random.c - the seeded generator, and whole shares of a total. */
#include "data/generator/generate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/hash.h"

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014. */
static uint64_t next(struct rng *rng)
{
    uint64_t z = rng->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

struct rng rng_seeded(const char *step)
{
    return (struct rng){hash_bytes(HASH_START, step, strlen(step))};
}

double rng_unit(struct rng *rng)
{
    return (double)(next(rng) >> 11) * 0x1p-53;
}

double rng_range(struct rng *rng, double low, double high)
{
    return low + (high - low) * rng_unit(rng);
}

int rng_below(struct rng *rng, int n)
{
    return (int)(rng_unit(rng) * n);
}

size_t rng_pick(struct rng *rng, const double *weights, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weights[i];
    double left = rng_unit(rng) * sum;
    size_t last = 0;
    for (size_t i = 0; i < n; i++) {
        if (weights[i] <= 0)
            continue;
        last = i;
        left -= weights[i];
        if (left < 0)
            break;
    }
    return last;
}

void rng_shuffle(struct rng *rng, int *items, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t other = (size_t)rng_below(rng, (int)i);
        int item = items[i - 1];
        items[i - 1] = items[other];
        items[other] = item;
    }
}

static double bounded(double share, double low, double high)
{
    return share < low ? low : share > high ? high : share;
}

void apportion(int64_t total, size_t n, const double *weights, const int64_t *low,
               const int64_t *high, int64_t *out)
{
    double *real = need(n, sizeof *real);
    double least = 0, most = 0, scale_low = 0, scale_high = 1;
    for (size_t i = 0; i < n; i++) {
        least += low ? (double)low[i] : 0;
        most += high ? (double)high[i] : weights[i] > 0 ? 1e15 : 0;
    }
    if ((double)total < least || (double)total > most)
        fail("no hay reparto de %lld entre %.0f y %.0f", (long long)total, least, most);
    /* sum(bounded(scale * weight)) grows with scale: find the scale that meets
     * total, first a bound, then by halving. */
    for (int step = 0; step < 400; step++) {
        bool widening = step < 200;
        double scale = widening ? scale_high : (scale_low + scale_high) / 2, sum = 0;
        for (size_t i = 0; i < n; i++) {
            real[i] = bounded(scale * weights[i], low ? (double)low[i] : 0,
                              high ? (double)high[i] : 1e15);
            sum += real[i];
        }
        if (widening && sum >= (double)total)
            step = 199;
        else if (widening)
            scale_high *= 2;
        else if (sum < (double)total)
            scale_low = scale;
        else
            scale_high = scale;
    }
    int64_t left = total;
    for (size_t i = 0; i < n; i++) {
        out[i] = (int64_t)floor(real[i] + 1e-9);
        left -= out[i];
    }
    for (; left != 0; left += left < 0 ? 1 : -1) {
        int64_t step = left < 0 ? -1 : 1;
        size_t best = n;
        for (size_t i = 0; i < n; i++) {
            bool room = step > 0 ? (!high || out[i] < high[i]) && weights[i] > 0
                                 : out[i] > (low ? low[i] : 0);
            if (room && (best == n || (real[i] - (double)out[i]) * (double)step >
                                          (real[best] - (double)out[best]) * (double)step))
                best = i;
        }
        if (best == n)
            fail("el reparto de %lld no cierra", (long long)total);
        out[best] += step;
    }
    free(real);
}
