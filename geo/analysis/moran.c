/* moran.c - global and local Moran's I, with permutation tests. */
#include "geo/analysis/moran.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/analysis/random.h"

enum { THREADS_MAX = 16 };

/* If at most FEW draws are as extreme as the observed value, MORE times as many draws are
 * made: with hundreds of units only a very small p counts as a discovery, and estimating
 * it takes many draws (Besag and Clifford 1991: sequential Monte Carlo). */
enum { FEW = 10, MORE = 100 };

/* Draws between two checks of the budget: a global draw takes some us a unit, a local one
 * depends on the number of neighbours. */
enum { GLOBAL_A_LOOK = 64, LOCAL_A_LOOK = 4096 };

void geo_moran_rates(const double *events, const double *base, size_t n, double *z)
{
    double all_events = 0, all_base = 0, spread = 0;
    for (size_t i = 0; i < n; i++) {
        all_events += events[i];
        all_base += base[i];
    }
    double rate = all_events / all_base;
    for (size_t i = 0; i < n; i++) {
        double off = events[i] / base[i] - rate;
        spread += base[i] / all_base * off * off;
    }
    /* Between-unit variance minus sampling variance. */
    double between = spread - rate / (all_base / (double)n);
    for (size_t i = 0; i < n; i++) {
        double chance = rate / base[i], variance = between + chance;
        if (variance <= 0)
            variance = chance;
        z[i] = variance > 0 ? (events[i] / base[i] - rate) / sqrt(variance) : 0;
    }
}

/* What both statistics begin with ------------------------------------------ */

struct sample {
    const struct geo_weights *weights;
    double *z; /* standardised */
};

static bool standardise(const struct geo_weights *weights, const double *values,
                        struct sample *sample, struct err *err)
{
    size_t n = weights->n;
    double mean = 0, square = 0;
    if (n < 4)
        return err_set(err, ERR_INPUT,
                       "hacen falta al menos cuatro municipios con vecinos y datos");
    for (size_t i = 0; i < n; i++)
        mean += values[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        square += (values[i] - mean) * (values[i] - mean);
    double deviation = sqrt(square / (double)n);
    if (!(deviation > 1e-12 * fabs(mean)))
        return err_set(err, ERR_INPUT,
                       "todos los valores son iguales: no hay diferencias que agrupar");
    sample->weights = weights;
    sample->z = malloc(n * sizeof *sample->z);
    if (!sample->z)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++)
        sample->z[i] = (values[i] - mean) / deviation;
    return true;
}

static double degree(const struct geo_weights *weights, size_t i)
{
    return (double)(weights->start[i + 1] - weights->start[i]);
}

static double lag_of(const struct geo_weights *weights, const double *z, size_t i)
{
    double sum = 0;
    for (size_t j = weights->start[i]; j < weights->start[i + 1]; j++)
        sum += z[weights->to[j]];
    return sum / degree(weights, i);
}

/* Two-sided p from the number of draws not smaller and not greater than the observed
 * value, which counts as one of the draws. */
static double two_sided(int64_t greater, int64_t smaller, int64_t draws)
{
    int64_t extreme = greater < smaller ? greater : smaller;
    return fmin(1, 2 * ((double)extreme + 1) / ((double)draws + 1));
}

/* Sums of the same numbers in different order differ by rounding: this much is equal. */
static const double EQUAL = 1e-11;

/* Global ------------------------------------------------------------------- */

static int find(const void *key, const void *item)
{
    uint32_t x = *(const uint32_t *)key, y = *(const uint32_t *)item;
    return (x > y) - (x < y);
}

/* The weight of i among j's neighbours. */
static double weight_back(const struct geo_weights *weights, size_t j, uint32_t i)
{
    const uint32_t *first = weights->to + weights->start[j];
    return bsearch(&i, first, weights->start[j + 1] - weights->start[j], sizeof i, find)
               ? 1 / degree(weights, j)
               : 0;
}

static void moments(const struct sample *sample, struct geo_moran *moran)
{
    const struct geo_weights *weights = sample->weights;
    double n = (double)weights->n, s0 = n, s1 = 0, s2 = 0, fourth = 0;
    double *columns = moran ? calloc(weights->n, sizeof *columns) : NULL;
    for (size_t i = 0; columns && i < weights->n; i++)
        for (size_t j = weights->start[i]; j < weights->start[i + 1]; j++) {
            double w = 1 / degree(weights, i);
            columns[weights->to[j]] += w;
            s1 += w * w + w * weight_back(weights, weights->to[j], (uint32_t)i);
        }
    for (size_t i = 0; columns && i < weights->n; i++) {
        s2 += (1 + columns[i]) * (1 + columns[i]);
        fourth += sample->z[i] * sample->z[i] * sample->z[i] * sample->z[i];
    }
    double kurtosis = fourth / n; /* z has variance 1 */
    moran->expected = -1 / (n - 1);
    moran->variance = columns ? (n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) -
                                 kurtosis * (n * (n - 1) * s1 - 2 * n * s2 + 6 * s0 * s0)) /
                                        ((n - 1) * (n - 2) * (n - 3) * s0 * s0) -
                                    moran->expected * moran->expected
                              : NAN;
    moran->z = (moran->i - moran->expected) / sqrt(moran->variance);
    free(columns);
}

static double global_of(const struct geo_weights *weights, const double *z)
{
    double sum = 0;
    for (size_t i = 0; i < weights->n; i++)
        sum += z[i] * lag_of(weights, z, i);
    return sum / (double)weights->n; /* S0 = n, sum of z^2 = n */
}

bool geo_moran_global(const struct geo_weights *weights, const double *values,
                      const struct geo_moran_draws *draws, struct geo_moran *moran, struct err *err)
{
    const int64_t permutations = draws->permutations;
    bool ok = true;
    struct sample sample = {0};
    struct geo_random random;
    int64_t greater = 0, smaller = 0;
    if (!standardise(weights, values, &sample, err))
        return false;
    moran->i = global_of(weights, sample.z);
    moments(&sample, moran);
    geo_random_start(&random, draws->seed, UINT64_MAX);
    for (int64_t draw = 0; ok && draw < permutations; draw++) {
        for (size_t i = weights->n; i > 1; i--) {
            uint32_t other = geo_random_below(&random, (uint32_t)i);
            double kept = sample.z[i - 1];
            sample.z[i - 1] = sample.z[other];
            sample.z[other] = kept;
        }
        double drawn = global_of(weights, sample.z);
        greater += drawn >= moran->i - EQUAL;
        smaller += drawn <= moran->i + EQUAL;
        ok = draw % GLOBAL_A_LOOK != 0 || budget_left(draws->budget, err);
    }
    moran->p = two_sided(greater, smaller, permutations);
    free(sample.z);
    return ok;
}

/* Local -------------------------------------------------------------------- */

struct local_work {
    const struct sample *sample;
    const struct geo_moran_draws *draws;
    struct geo_moran_local *local;
    atomic_size_t next;
};

/* Draws the neighbours' values from all other units, without replacement; the unit itself
 * stays. `others` is a scratch permutation of the others. */
static bool permute(const struct local_work *work, size_t i, double *others)
{
    const int64_t permutations = work->draws->permutations;
    const struct geo_weights *weights = work->sample->weights;
    const double *z = work->sample->z;
    struct geo_moran_local *local = &work->local[i];
    uint32_t n = (uint32_t)weights->n - 1;
    uint32_t k = (uint32_t)(weights->start[i + 1] - weights->start[i]);
    int64_t greater = 0, smaller = 0;
    struct geo_random random;
    memcpy(others, z, i * sizeof *z);
    memcpy(others + i, z + i + 1, (n - i) * sizeof *z);
    geo_random_start(&random, work->draws->seed, i);
    int64_t draws = permutations, draw = 0;
    for (; draw < draws; draw++) {
        double sum = 0;
        for (uint32_t j = 0; j < k; j++) {
            uint32_t other = j + geo_random_below(&random, n - j);
            double taken = others[other];
            others[other] = others[j];
            others[j] = taken;
            sum += taken;
        }
        double drawn = z[i] * sum / k;
        greater += drawn >= local->i - EQUAL;
        smaller += drawn <= local->i + EQUAL;
        if (draw + 1 == permutations && (greater < FEW || smaller < FEW))
            draws = MORE * permutations;
        if (draw % LOCAL_A_LOOK == 0 && !budget_left(work->draws->budget, NULL))
            return false;
    }
    local->p = two_sided(greater, smaller, draws);
    return true;
}

static void *work_on(void *arg)
{
    struct local_work *work = arg;
    size_t n = work->sample->weights->n, i;
    double *others = malloc(n * sizeof *others);
    while (others && (i = atomic_fetch_add(&work->next, 1)) < n)
        if (!permute(work, i, others))
            break;
    free(others);
    return NULL;
}

static bool permute_all(struct local_work *work, struct err *err)
{
    pthread_t threads[THREADS_MAX];
    long cores = work->draws->threads > 0 ? work->draws->threads : sysconf(_SC_NPROCESSORS_ONLN);
    int n = 0, wanted = cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (int)cores;
    while (n + 1 < wanted && pthread_create(&threads[n], NULL, work_on, work) == 0)
        n++;
    work_on(work);
    for (int i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    if (!budget_left(work->draws->budget, err))
        return false;
    /* A thread without memory does nothing; the others do its share. */
    return atomic_load(&work->next) >= work->sample->weights->n || err_no_memory(err);
}

static enum geo_moran_class class_of(const struct geo_moran_local *local)
{
    if (local->value > 0)
        return local->lag > 0 ? GEO_MORAN_HH : GEO_MORAN_HL;
    return local->lag > 0 ? GEO_MORAN_LH : GEO_MORAN_LL;
}

bool geo_moran_local(const struct geo_weights *weights, const double *values,
                     const struct geo_moran_draws *draws, double level,
                     struct geo_moran_local *local, struct err *err)
{
    struct sample sample = {0};
    size_t n = weights->n;
    double *p = NULL, *q = NULL;
    bool ok = false;
    if (!standardise(weights, values, &sample, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        double lag = lag_of(weights, sample.z, i);
        local[i] =
            (struct geo_moran_local){.value = sample.z[i], .lag = lag, .i = sample.z[i] * lag};
    }
    struct local_work work = {.sample = &sample, .draws = draws, .local = local};
    p = calloc(n + 1, sizeof *p);
    q = calloc(n + 1, sizeof *q);
    if (!p || !q) {
        err_no_memory(err);
        goto done;
    }
    ok = permute_all(&work, err);
    if (!ok)
        goto done;
    for (size_t i = 0; i < n; i++)
        p[i] = local[i].p;
    ok = geo_moran_discoveries(p, n, q, err);
    for (size_t i = 0; ok && i < n; i++) {
        local[i].q = q[i];
        local[i].class = q[i] <= level ? class_of(&local[i]) : GEO_MORAN_NONE;
    }
done:
    free(p);
    free(q);
    free(sample.z);
    return ok;
}

/* False discoveries ----------------------------------------------------------- */

struct ranked {
    double p;
    size_t index;
};

static int by_p(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return (x->p > y->p) - (x->p < y->p);
}

bool geo_moran_discoveries(const double *p, size_t n, double *q, struct err *err)
{
    struct ranked *ranked = malloc((n + 1) * sizeof *ranked);
    double least = 1;
    if (!ranked)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++)
        ranked[i] = (struct ranked){p[i], i};
    if (n)
        qsort(ranked, n, sizeof *ranked, by_p);
    for (size_t i = n; i-- > 0;) {
        least = fmin(least, ranked[i].p * (double)n / (double)(i + 1));
        q[ranked[i].index] = least;
    }
    free(ranked);
    return true;
}
