/* restate.h - the facts of one edition's municipalities restated on another's.
 *
 * Records need none of this: each is linked on every edition, so their counts
 * are native. What is known by municipality alone (population, dwellings, NBI)
 * is carried over by the crosswalk's shares, slivers left out, so that a unit
 * whose border was only drawn anew keeps its figures to the last digit.
 *
 *   sum of people   value of a x (people of a in b / people of a)
 *   sum of area     value of a x (area of a in b / area of a)
 *   mean            sum over a of value x weight / sum of weights, the weight
 *                   being a's people in b (its latest `poblacion`, else
 *                   `poblacion_rural`, else its area, by the share of people)
 * People are those of communities, else by area (geo/analysis/crosswalk.h). Land
 * that lies in no unit of the second edition takes its part of the sums along.
 *
 * Owns:    everything in it, the caller's to free.
 * Threads: as the store's. Units: those of each fact; pct 0–100.
 * Errors:  as geo_crosswalk_compute(); a fact not known or of unknown kind that
 *          was asked for by name: ERR_INPUT.
 */
#ifndef GEO_RESTATE_H
#define GEO_RESTATE_H

#include "geo/analysis/crosswalk.h"
#include "geo/figures/coverage.h"

enum geo_fact_kind {
    GEO_FACT_UNKNOWN,
    GEO_FACT_PEOPLE, /* "suma": a count that goes with people */
    GEO_FACT_AREA,   /* "suma_superficie": one that goes with land */
    GEO_FACT_MEAN,   /* "media": a rate or an index */
};

/* By the words of its name: "poblacion_2024", "area_km2", "nbi_2012", "riego_pct". */
enum geo_fact_kind geo_fact_kind(const char *name);

struct geo_restate_options {
    struct geo_crosswalk_options editions;
    const char *const *facts; /* names, ends with NULL; NULL or none: all of known kind */
    const char *const *sums;  /* these are sums of people, whatever their names say; may be NULL */
    const char *const *means; /* these are means; may be NULL */
};

struct geo_restated_fact {
    const char *name;
    enum geo_fact_kind kind;
    double *value; /* by slot of the second edition's units; NaN: not known */
    double *pct;   /* of the value, what comes from units that were divided; NaN as above */
};

struct geo_restated {
    struct geo_crosswalk *walk;
    struct geo_restated_fact *facts; /* by name */
    size_t n_facts;
    struct geo_coverage_facts coverage; /* the latest rural people and dwellings */
    char **unknown;                     /* facts left out: their kind is not known */
    size_t n_unknown;
    void *memory; /* of names and values */
};

struct geo_restated *geo_restate(struct geo_store *store, const struct geo_restate_options *options,
                                 struct err *err);
void geo_restated_free(struct geo_restated *restated); /* NULL is fine */

/* codigo,nombre,departamento,uo,hecho,tipo,valor,reexpresado_pct,desde; the
 * caller frees the rows. */
struct rows *geo_restated_rows(const struct geo_restated *restated);

/* Coverage on query->edition with the facts of municipalities of editions->from carried
 * over (`to` is not read); the caller frees it. */
struct geo_coverage *geo_restate_coverage(struct geo_store *store,
                                          const struct geo_crosswalk_options *editions,
                                          const struct geo_coverage_query *query, struct err *err);

#endif
