/* targeting.h - which municipalities are underserved, why, and how certain that is.
 *
 * An index of need and gap for every municipality of an edition, the ranking by it, and how
 * the ranking varies if weights and data have errors. docs/methods.md ("Targeting") has
 * every formula with its reason, under the names used below.
 *
 * Owns:    a result owns its rows and names; geo_targeting_free() releases it.
 * Threads: as the store's; the draws run on threads of their own, which end
 *          before the function returns. The same seed gives the same result on
 *          any number of threads and any machine.
 * Units:   in the fields' names; norms, pillars and probabilities are 0-1, the
 *          index 0-100.
 * Errors:  ERR_INPUT with the parameter as its field ("weights"); ERR_NOT_FOUND
 *          for an unknown edition.
 */
#ifndef GEO_TARGETING_H
#define GEO_TARGETING_H

#include "geo/base/rows.h"
#include "geo/figures/group.h"

enum {
    GEO_TARGET_FACTS_MAX = 8,
    GEO_TARGET_BASIC = 5, /* nbi, rural, familias, riego, obras */
    GEO_TARGET_COMPONENTS_MAX = GEO_TARGET_BASIC + GEO_TARGET_FACTS_MAX,
    GEO_TARGET_DRAWS_MAX = 1000000,
    GEO_TARGET_DRAWS = 10000, /* unless said otherwise */
    GEO_TARGET_NO_DRAWS = -1,
    GEO_TARGET_K = 50,
    GEO_TARGET_K_DEPARTMENT = 5,
};
#define GEO_TARGET_CONCENTRATION 50.0

enum geo_target_pillar { GEO_TARGET_NEED, GEO_TARGET_GAP };

/* How need and gap are combined into the index. */
enum geo_target_form {
    GEO_TARGET_MULTIPLICATIVE, /* 100 need^w gap^(1 - w) */
    GEO_TARGET_ADDITIVE,       /* 100 (w need + (1 - w) gap) */
};

/* How a component is scaled to 0-1. */
enum geo_target_scale {
    GEO_TARGET_RANGE,      /* linear between stated percentiles, cut at both */
    GEO_TARGET_PERCENTILE, /* the share of municipalities with less, ties half */
};

/* Texts as the user wrote them; NULL: the documented default. */
struct geo_target_query {
    const char *as_of;    /* "YYYY-MM-DD": coverage on that day */
    const char *edition;  /* the current one */
    const char *weights;  /* "nbi=2,gap=1.5"; others keep their default */
    const char *facts;    /* "a,b:-": more components of need; ":-" where less is more need */
    const char *errors;   /* "nbi=3,registro=0" */
    const char *scenario; /* weights to compare with */
    const char *explain;  /* a code; refused before any draw if the edition does not have it */
    enum geo_target_form form;
    enum geo_target_scale scale;
    double concentration; /* of the weights; 0: GEO_TARGET_CONCENTRATION */
    int64_t draws;        /* GEO_TARGET_NO_DRAWS: none, and no probabilities */
    int64_t k;            /* 0: the default of the grouping */
    uint64_t seed;
    bool by_departamento; /* ranked within each department */
    int threads;          /* 0: one a processor */
};

struct geo_target_component {
    char name[64];        /* of weights: "nbi" */
    char column[72];      /* "nbi_pct" */
    char column_norm[72]; /* "nbi_norm" */
    const char *title;    /* for sentences: "hogares con necesidades básicas insatisfechas" */
    const char *unit;     /* "%" */
    const char *missing;  /* "sin NBI" */
    int decimals;
    enum geo_target_pillar pillar;
    bool less_is_more; /* less of it is more need or gap */
    double weight;     /* within its pillar; they sum to 1 */
};

struct geo_target_row {
    struct geo_named named;
    const char *excluded;                    /* why it is not ranked; NULL: it is */
    size_t group;                            /* of result->groups */
    double value[GEO_TARGET_COMPONENTS_MAX]; /* NaN: missing */
    double norm[GEO_TARGET_COMPONENTS_MAX];  /* NaN if not ranked, as all below */
    double need, gap, index;
    int64_t place;                           /* 1 is the first; 0: not ranked */
    int64_t place_scenario;                  /* 0: no scenario */
    int64_t in_first_k;                      /* draws of result->draws */
    int64_t place_p05, place_p50, place_p95; /* 0: no draws */
};

struct geo_target_group {
    const char *nombre; /* "" for the whole country */
    int64_t ranked;
};

struct geo_target_model; /* weights, scales and errors from the query; opaque */

struct geo_targeting {
    char edition[33], as_of[11];
    enum geo_target_form form;
    enum geo_target_scale scale;
    bool by_departamento;
    double concentration;
    int64_t draws, k;
    uint64_t seed;
    double weight_need, weight_gap; /* they sum to 1 */
    struct geo_target_component components[GEO_TARGET_COMPONENTS_MAX];
    size_t n_components;
    bool has_scenario;
    /* In order of group and place; unranked ones last, by code. */
    struct geo_target_row *rows;
    size_t n_rows, n_ranked;
    struct geo_target_group *groups;
    size_t n_groups;
    struct geo_units *units;
    struct geo_target_model *model;
    struct rows_column *columns; /* of geo_targeting_rows() */
};

struct geo_targeting *geo_targeting_compute(struct geo_store *store,
                                            const struct geo_target_query *query, struct err *err);
void geo_targeting_free(struct geo_targeting *targeting); /* NULL is fine */

/* puesto,codigo,nombre,departamento,uo,indice,necesidad,brecha, a column a
 * component and one for its norm, prob_primeros_k,puesto_p05,puesto_p50,
 * puesto_p95, with a scenario puesto_escenario,cambio_puestos, motivo. They must
 * not outlive the targeting; the caller frees them. */
struct rows *geo_targeting_rows(struct geo_targeting *targeting);

/* The formula, weights and draws, in two or three Spanish sentences. */
void geo_targeting_describe(const struct geo_targeting *targeting, struct buf *out);

/* Explains the place of a municipality, and what would change it, in Spanish, line by
 * line. ERR_NOT_FOUND: no such code in the edition. */
bool geo_targeting_explain(const struct geo_targeting *targeting, const char *codigo,
                           struct buf *out, struct err *err);

#endif
