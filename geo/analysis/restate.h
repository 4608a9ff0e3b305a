/* restate.h - converts facts of one edition's municipalities to those of another.
 *
 * Counts of records need no conversion: each record is linked on every edition. Facts known
 * only by municipality (population, dwellings, NBI) are converted by the shares of the
 * crosswalk, ignoring slivers. So a unit whose border was only redrawn keeps its figures
 * exactly.
 *
 *   sum of people   value of a x (people of a in b / people of a)
 *   sum of area     value of a x (area of a in b / area of a)
 *   mean            sum over a of value x weight / sum of weights, the weight
 *                   being a's people in b (its latest `poblacion`, else
 *                   `poblacion_rural`, else its area, by the share of people)
 * People are those of communities, else by area (geo/analysis/crosswalk.h). The share of
 * sums for land that lies in no unit of the second edition is lost.
 *
 * Owns:    everything in it, the caller's to free.
 * Threads: as the store's. Units: those of each fact; pct 0–100.
 * Errors:  as geo_crosswalk_compute(); ERR_INPUT if a fact asked for by name is not known
 *          or its kind is not.
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
    double *pct;   /* per cent of the value that comes from divided units; NaN as above */
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

/* Coverage on query->edition with the facts of editions->from converted to it (`to` is not
 * read); the caller frees it. */
struct geo_coverage *geo_restate_coverage(struct geo_store *store,
                                          const struct geo_crosswalk_options *editions,
                                          const struct geo_coverage_query *query, struct err *err);

#endif
