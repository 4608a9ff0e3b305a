/* targeting_draws.c - ranks repeatedly with random errors in weights and data.
 *
 * It counts the places of each municipality (docs/methods.md: "How sure").
 *
 * Every draw has its own stream of random numbers, determined by the seed and the number of
 * the draw, and adds integers to counts. So the counts do not depend on which thread makes
 * which draw, or in which order.
 */
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/analysis/targeting_internal.h"
#include "geo/analysis/variates.h"

enum { THREADS_MAX = 16, DRAWS_A_THREAD = 64, SORT_BYTES = 7, UNITS_MAX = 4096 };

/* Used as the logarithm of 0: below any other score. */
static const double score_floor = -64;

/* Standard deviations of a municipality's data, and expected records not registered yet. */
struct spread {
    double nbi, people, dwellings, log_people, facts[GEO_TARGET_FACTS_MAX];
    double lag_mean[3], lag_none[3]; /* expected records, and the probability of none */
};

struct targeting_draws_job {
    const struct geo_target_model *model;
    const struct target_draws *draws;
    const struct spread *spreads;
    int64_t first, step;
    /* Per worker. counts[i * n + r - 1]: number of draws that gave i place r. */
    uint32_t *counts;
    struct target_key *keys, *scratch;
    uint32_t *in_group;
    double *noise;      /* of one draw: NOISES + facts arrays of n */
    double *pillars[2]; /* pillars, then their logarithms */
    bool stopped;       /* before all its draws were made */
};

/* Arrays of noise; those of the facts come after them. */
enum { NOISE_NBI, NOISE_PEOPLE, NOISE_DWELLINGS, NOISE_HECTARES, NOISES };

/* Sorting ------------------------------------------------------------------- */

/* Radix sort, lowest byte first: its time does not depend on the order or on ties. Only
 * the low SORT_BYTES bytes of a key are sorted by. */
void target_sort(struct target_key *keys, struct target_key *scratch, size_t n)
{
    uint32_t counts[SORT_BYTES][256];
    memset(counts, 0, sizeof counts);
    for (size_t i = 0; i < n; i++)
        for (int b = 0; b < SORT_BYTES; b++)
            counts[b][keys[i].key >> 8 * b & 255]++;
    struct target_key *from = keys, *to = scratch;
    for (int b = 0; b < SORT_BYTES; b++) {
        if (n == 0 || counts[b][from[0].key >> 8 * b & 255] == n)
            continue; /* all alike here */
        uint32_t at = 0;
        for (int value = 0; value < 256; value++) {
            uint32_t many = counts[b][value];
            counts[b][value] = at;
            at += many;
        }
        for (size_t i = 0; i < n; i++)
            to[counts[b][from[i].key >> 8 * b & 255]++] = from[i];
        struct target_key *other = from;
        from = to;
        to = other;
    }
    if (from != keys)
        memcpy(keys, from, n * sizeof *keys);
}

/* Errors ---------------------------------------------------------------------- */

static double aged(double spread, double a_year, int year, int reference)
{
    double age = year && reference ? fabs((double)(reference - year)) * a_year : 0;
    return sqrt(spread * spread + age * age);
}

static void make_spread(const struct geo_target_model *model, const struct target_input *input,
                        struct spread *spread)
{
    const struct target_errors *errors = &model->errors;
    spread->nbi = aged(errors->nbi, errors->envejecimiento, input->nbi_year, model->year);
    spread->people =
        aged(errors->poblacion, errors->envejecimiento, input->people_year, model->year) / 100;
    spread->dwellings =
        aged(errors->poblacion, errors->envejecimiento, input->dwellings_year, model->year) / 100;
    spread->log_people = input->people > 1 ? geo_log(input->people) : 0;
    for (size_t f = 0; f < model->n_facts; f++)
        spread->facts[f] = errors->hechos / 100 * model->fact_spread[f];
    for (int l = 0; l < 3; l++) {
        double share =
            model->dwellings > 0 && input->dwellings > 0 ? input->dwellings / model->dwellings : 0;
        spread->lag_mean[l] = errors->registro / 100 * model->lag[l].records * share;
        spread->lag_none[l] = geo_exp(-spread->lag_mean[l]);
    }
}

static double *noise_of(const struct targeting_draws_job *job, size_t which)
{
    return job->noise + which * job->model->n;
}

/* Draws standard normals for all, then converts those of dwellings and hectares to
 * factors. The numbers do not depend on the weights, so that two weightings are compared
 * on the same draws. */
static void draw_noise(const struct targeting_draws_job *job, struct geo_random *random)
{
    const struct geo_target_model *model = job->model;
    const size_t n = model->n;
    geo_variate_normals(random, job->noise, (NOISES + model->n_facts) * n);
    double *dwellings = noise_of(job, NOISE_DWELLINGS), *hectares = noise_of(job, NOISE_HECTARES);
    for (size_t i = 0; i < n; i++)
        dwellings[i] *= job->spreads[i].dwellings;
    geo_exp_all(dwellings, n);
    for (size_t i = 0; i < n; i++)
        hectares[i] *= model->errors.riego / 100;
    geo_exp_all(hectares, n);
}

static double late(struct geo_random *random, const struct targeting_draws_job *job,
                   const struct spread *spread, int what)
{
    return spread->lag_mean[what] > 0
               ? job->model->lag[what].each *
                     geo_variate_poisson(random, spread->lag_mean[what], spread->lag_none[what])
               : 0;
}

static double percent(double value)
{
    return value < 0 ? 0 : value > 100 ? 100 : value;
}

/* The municipality's data with random errors. */
static void perturb(const struct targeting_draws_job *job, size_t i, struct geo_random *random,
                    struct target_input *input, double *log_people)
{
    const struct geo_target_model *model = job->model;
    const struct spread *spread = &job->spreads[i];
    *input = model->inputs[i];
    input->nbi_pct = percent(input->nbi_pct + spread->nbi * noise_of(job, NOISE_NBI)[i]);
    *log_people = spread->log_people + spread->people * noise_of(job, NOISE_PEOPLE)[i];
    input->dwellings *= noise_of(job, NOISE_DWELLINGS)[i];
    input->irrigated_ha *= noise_of(job, NOISE_HECTARES)[i];
    input->families += late(random, job, spread, 0);
    input->irrigated_ha += late(random, job, spread, 1);
    input->works_families += late(random, job, spread, 2);
    for (size_t f = 0; f < model->n_facts; f++)
        input->facts[f] += spread->facts[f] * noise_of(job, NOISES + f)[i];
}

/* Draws ------------------------------------------------------------------------- */

struct drawn_weights {
    double pillar[2], component[GEO_TARGET_COMPONENTS_MAX];
};

static void draw_weights(const struct geo_target_model *model, struct geo_random *random,
                         struct drawn_weights *drawn)
{
    geo_variate_dirichlet(random, model->weight, 2, model->concentration, drawn->pillar);
    for (int p = 0; p < 2; p++) {
        double set[GEO_TARGET_COMPONENTS_MAX], got[GEO_TARGET_COMPONENTS_MAX];
        size_t n = 0, at = 0;
        for (size_t c = 0; c < model->n_components; c++)
            if ((int)model->components[c].pillar == p)
                set[n++] = model->components[c].weight;
        geo_variate_dirichlet(random, set, n, model->concentration, got);
        for (size_t c = 0; c < model->n_components; c++)
            if ((int)model->components[c].pillar == p)
                drawn->component[c] = got[at++];
    }
}

/* The key sorts the best score first; equal scores are in random order, another in each
 * draw, so that no code is favoured. */
static uint64_t key_of(double score, size_t i, uint64_t salt)
{
    uint64_t mixed = (salt ^ i) * UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    return (uint64_t)((1 - score) * 0xffffffffff) << 16 | mixed >> 48;
}

/* Need and gap of every municipality in this draw. */
static void draw_pillars(const struct targeting_draws_job *job, struct geo_random *random,
                         const struct drawn_weights *weights)
{
    const struct geo_target_model *model = job->model;
    for (size_t i = 0; i < model->n; i++) {
        struct target_input input;
        double log_people, values[GEO_TARGET_COMPONENTS_MAX], norms[GEO_TARGET_COMPONENTS_MAX];
        double pillars[2];
        perturb(job, i, random, &input, &log_people);
        target_values(model, &input, values);
        target_norms(model, values, log_people, norms);
        target_pillars(model, norms, weights->component, pillars);
        job->pillars[0][i] = pillars[0];
        job->pillars[1][i] = pillars[1];
    }
    for (int p = 0; p < 2 && model->form == GEO_TARGET_MULTIPLICATIVE; p++)
        geo_log_all(job->pillars[p], model->n);
}

/* A number in the order of target_combine(), from 0 to 1. For the product it is the
 * logarithm, which is cut at score_floor. */
static double score_of(const struct targeting_draws_job *job, size_t i, const double weight[2])
{
    double sum = 0;
    for (int p = 0; p < 2; p++)
        if (weight[p] > 0) /* nothing to the 0 is 1 */
            sum += weight[p] * job->pillars[p][i];
    double score = job->model->form == GEO_TARGET_ADDITIVE ? sum : 1 - sum / score_floor;
    return score < 0 ? 0 : score > 1 ? 1 : score;
}

static void one_draw(struct targeting_draws_job *job, int64_t draw)
{
    const size_t n = job->model->n;
    struct geo_random random;
    geo_random_start(&random, job->draws->seed, (uint64_t)draw);
    struct drawn_weights weights;
    draw_weights(job->model, &random, &weights);
    uint64_t salt = geo_random_next(&random);
    draw_noise(job, &random);
    draw_pillars(job, &random, &weights);
    for (size_t i = 0; i < n; i++)
        job->keys[i] =
            (struct target_key){key_of(score_of(job, i, weights.pillar), i, salt), (uint32_t)i};
    target_sort(job->keys, job->scratch, n);
    memset(job->in_group, 0, job->draws->n_groups * sizeof *job->in_group);
    for (size_t place = 0; place < n; place++) {
        size_t i = job->keys[place].at;
        job->counts[i * n + job->in_group[job->draws->group[i]]++]++;
    }
}

static void *work(void *arg)
{
    struct targeting_draws_job *job = arg;
    for (int64_t draw = job->first; draw < job->draws->n && !job->stopped; draw += job->step) {
        one_draw(job, draw);
        job->stopped = !budget_left(job->draws->budget, NULL);
    }
    return NULL;
}

static int thread_count(const struct target_draws *draws)
{
    long threads = draws->threads > 0 ? draws->threads : sysconf(_SC_NPROCESSORS_ONLN);
    int64_t useful = draws->n / DRAWS_A_THREAD + 1;
    threads = threads < useful ? threads : (long)useful;
    return threads < 1 ? 1 : threads > THREADS_MAX ? THREADS_MAX : (int)threads;
}

/* The quantile of the places: the smallest one that is not exceeded in this share of the
 * draws. */
static int64_t place_at(const uint32_t *counts, size_t n, int64_t draws, double share)
{
    double wanted = share * (double)draws;
    uint64_t sum = 0;
    for (size_t r = 0; r < n; r++) {
        sum += counts[r];
        if ((double)sum >= wanted - 1e-9)
            return (int64_t)r + 1;
    }
    return (int64_t)n;
}

static void summarise(const struct targeting_draws_job *job, struct target_outcome *outcomes)
{
    const size_t n = job->model->n;
    for (size_t i = 0; i < n; i++) {
        const uint32_t *counts = job->counts + i * n;
        outcomes[i] = (struct target_outcome){
            .p05 = place_at(counts, n, job->draws->n, 0.05),
            .p50 = place_at(counts, n, job->draws->n, 0.50),
            .p95 = place_at(counts, n, job->draws->n, 0.95),
        };
        for (size_t r = 0; r < n && (int64_t)r < job->draws->k; r++)
            outcomes[i].in_first_k += counts[r];
    }
}

static bool prepare(struct targeting_draws_job *job, size_t n)
{
    job->counts = calloc(n * n + 1, sizeof *job->counts);
    job->keys = malloc((n + 1) * sizeof *job->keys);
    job->scratch = malloc((n + 1) * sizeof *job->scratch);
    job->in_group = malloc((job->draws->n_groups + 1) * sizeof *job->in_group);
    job->noise = malloc((NOISES + job->model->n_facts) * (n + 1) * sizeof *job->noise);
    job->pillars[0] = malloc((n + 1) * sizeof *job->pillars[0]);
    job->pillars[1] = malloc((n + 1) * sizeof *job->pillars[1]);
    return job->counts && job->keys && job->scratch && job->in_group && job->noise &&
           job->pillars[0] && job->pillars[1];
}

static void release(struct targeting_draws_job *job)
{
    free(job->counts);
    free(job->keys);
    free(job->scratch);
    free(job->in_group);
    free(job->noise);
    free(job->pillars[0]);
    free(job->pillars[1]);
}

/* Runs every job on a thread; jobs for which no thread can be started run here. */
static void run_all(struct targeting_draws_job *jobs, int n)
{
    pthread_t threads[THREADS_MAX];
    bool started[THREADS_MAX] = {false};
    for (int t = 1; t < n; t++)
        started[t] = pthread_create(&threads[t], NULL, work, &jobs[t]) == 0;
    for (int t = 0; t < n; t++)
        if (!started[t])
            work(&jobs[t]);
    for (int t = 1; t < n; t++)
        if (started[t])
            pthread_join(threads[t], NULL);
}

bool target_draw(const struct geo_target_model *model, const struct target_draws *draws,
                 struct target_outcome *outcomes, struct err *err)
{
    const size_t n = model->n;
    const int n_jobs = thread_count(draws);
    struct targeting_draws_job jobs[THREADS_MAX] = {0};
    if (n > UNITS_MAX)
        return err_field(err, "draws", "son más de %d municipios", UNITS_MAX);
    struct spread *spreads = malloc((n + 1) * sizeof *spreads);
    bool ok = spreads != NULL;
    for (size_t i = 0; ok && i < n; i++)
        make_spread(model, &model->inputs[i], &spreads[i]);
    for (int t = 0; ok && t < n_jobs; t++) {
        jobs[t] = (struct targeting_draws_job){
            .model = model, .draws = draws, .spreads = spreads, .first = t, .step = n_jobs};
        ok = prepare(&jobs[t], n);
    }
    bool stopped = false;
    if (ok) {
        run_all(jobs, n_jobs);
        for (int t = 0; t < n_jobs; t++)
            stopped = stopped || jobs[t].stopped;
    }
    if (ok && !stopped) {
        for (int t = 1; t < n_jobs; t++)
            for (size_t at = 0; at < n * n; at++)
                jobs[0].counts[at] += jobs[t].counts[at];
        summarise(&jobs[0], outcomes);
    }
    for (int t = 0; t < n_jobs; t++)
        release(&jobs[t]);
    free(spreads);
    if (stopped)
        return budget_left(draws->budget, err); /* false: it says why */
    return ok || err_no_memory(err);
}
