/* targeting_internal.h - the model made from a query, and the index of values; only for
 * geo/analysis/targeting*.c and their tests.
 *
 * Names: `value` is a component as people read it (%, ha for 1,000 dwellings);
 * `norm` is 0-1, more is more need or gap.
 */
#ifndef GEO_TARGETING_INTERNAL_H
#define GEO_TARGETING_INTERNAL_H

#include "geo/analysis/targeting.h"
#include "geo/base/budget.h"

/* No fused multiply-add, so that results are the same on every processor (variates.c). */
#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { TARGET_NBI, TARGET_RURAL, TARGET_FAMILIAS, TARGET_RIEGO, TARGET_OBRAS };

/* The data from which a municipality's components are computed. */
struct target_input {
    double nbi_pct, people, dwellings; /* NaN: no such fact */
    double families, irrigated_ha, works_families;
    double facts[GEO_TARGET_FACTS_MAX]; /* NaN: no such fact */
    int nbi_year, people_year, dwellings_year, fact_year[GEO_TARGET_FACTS_MAX]; /* 0: unknown */
};

/* Sizes of the errors, as the user gives them (docs/methods.md has the reasons). */
struct target_errors {
    double nbi;            /* standard deviation, percentage points */
    double poblacion;      /* of people and dwellings, % */
    double riego;          /* of hectares, % */
    double registro;       /* records not registered yet, % of those that are */
    double hechos;         /* of other facts, % of their spread over municipalities */
    double envejecimiento; /* a year: points of NBI, % of people and dwellings */
};

/* How a component's value becomes its norm. */
struct target_ruler {
    double low, high;     /* of the value (its logarithm for rural people) */
    const double *sorted; /* GEO_TARGET_PERCENTILE: every value in order */
    size_t n_sorted;
};

/* The effect of one record that is not registered yet. */
struct target_lag {
    double records; /* in the database, whole country */
    double each;    /* families or hectares of one */
};

struct geo_target_model {
    enum geo_target_form form;
    enum geo_target_scale scale;
    size_t n_components;
    struct geo_target_component components[GEO_TARGET_COMPONENTS_MAX];
    double weight[2]; /* of the pillars, by enum geo_target_pillar */
    double scenario_weight[2], scenario_component[GEO_TARGET_COMPONENTS_MAX];
    char fact_names[GEO_TARGET_FACTS_MAX][64];
    char fact_missing[GEO_TARGET_FACTS_MAX][96]; /* "sin el hecho …" */
    size_t n_facts;
    struct target_errors errors;
    double concentration;
    int year; /* year to which ages are counted */
    struct target_ruler rulers[GEO_TARGET_COMPONENTS_MAX];
    double *sorted; /* the rulers' memory */
    double fact_spread[GEO_TARGET_FACTS_MAX];
    struct target_lag lag[3];    /* families, irrigation, works */
    double dwellings;            /* of all ranked */
    struct target_input *inputs; /* by row of the result, ranked ones first */
    size_t n;                    /* ranked */
};

/* targeting_query.c ---------------------------------------------------------- */

/* Reads weights, facts and errors of the query into the model. */
bool target_read_query(struct geo_target_model *model, const struct geo_target_query *query,
                       struct err *err);

/* targeting_data.c ------------------------------------------------------------ */

/* Reads facts and coverage of every unit, and the country's records for the lag. */
bool target_read_inputs(struct geo_store *store, const struct geo_units *units,
                        const struct geo_target_query *query, struct geo_target_model *model,
                        struct target_input *inputs, struct err *err);

/* targeting_index.c ----------------------------------------------------------- */

void target_values(const struct geo_target_model *model, const struct target_input *input,
                   double *values);
/* What a municipality lacks to be ranked; NULL: nothing. */
const char *target_missing(const struct geo_target_model *model, const double *values,
                           const struct target_input *input);
/* Computes rulers, spreads and totals from model->inputs. */
bool target_make_rulers(struct geo_target_model *model, struct err *err);
/* Norms of values. log_people: the logarithm of the rural people if the caller has it;
 * NaN: it is computed here. */
void target_norms(const struct geo_target_model *model, const double *values, double log_people,
                  double *norms);
void target_pillars(const struct geo_target_model *model, const double *norms,
                    const double *component_weights, double pillars[2]);
/* 0-1 */
double target_combine(enum geo_target_form form, const double pillars[2], const double weight[2]);
/* Places 1..n by index, higher first, ties by order in the array, within groups. */
bool target_places(const double *index, const size_t *group, size_t n, size_t n_groups,
                   int64_t *places, struct err *err);

/* targeting_explain.c ------------------------------------------------------- */

/* Sets the error that the edition has no such municipality; false. */
bool target_no_municipality(const char *edition, const char *codigo, struct err *err);

/* targeting_draws.c ----------------------------------------------------------- */

struct target_draws {
    int64_t n, k;
    uint64_t seed;
    int threads;
    const struct budget *budget;
    const size_t *group; /* of each municipality */
    size_t n_groups;
};

/* in_first_k and the three places of each of model->n municipalities. */
struct target_outcome {
    int64_t in_first_k, p05, p50, p95;
};
bool target_draw(const struct geo_target_model *model, const struct target_draws *draws,
                 struct target_outcome *outcomes, struct err *err);

/* Indexes of keys in ascending order of key; scratch has n places of each. */
struct target_key {
    uint64_t key;
    uint32_t at;
};
void target_sort(struct target_key *keys, struct target_key *scratch, size_t n);

#endif
