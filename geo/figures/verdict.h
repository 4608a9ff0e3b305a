/* verdict.h - the decision of a person about a record that lies elsewhere than it declares,
 * and its effect on the record's link.
 *
 *   aceptar_ubicacion     the location is right: the record counts there, state `ubicado`
 *                         (outside the country: it counts in no municipality)
 *   aceptar_declaracion   the declaration is right: the record counts in the declared
 *                         municipality like one without a geometry, state `declarado`.
 *                         On an edition that does not know what is declared, the
 *                         location counts. Not for areas_riego: irrigated land is where
 *                         its polygon is
 *   corregir_coordenadas  the record gets a new point, and is linked as usual
 *
 * A verdict applies to the declaration and the geometry that were judged. If the record
 * is imported again unchanged, the verdict stays in force. With another declaration or
 * geometry it is stale: it has no effect, and is reported as such. A correction is stale
 * only if the geometry is not the corrected one; importing the old coordinate again keeps
 * the corrected one (geo/import).
 *
 * Threads: as the store's; functions without a store: any.
 * Units:   lon/lat degrees.
 */
#ifndef GEO_VERDICT_H
#define GEO_VERDICT_H

#include "geo/base/arena.h"
#include "geo/figures/link.h"

enum geo_verdict_kind { GEO_VERDICT_LOCATION, GEO_VERDICT_DECLARATION, GEO_VERDICT_FIX };

const char *geo_verdict_name(enum geo_verdict_kind kind);
/* The names above, or accept-location, accept-declaration, fix-coordinates. */
bool geo_verdict_of(const char *word, enum geo_verdict_kind *kind);

struct geo_verdict {
    int64_t id;
    const char *layer, *codigo;
    enum geo_verdict_kind kind;
    const char *person, *date, *note; /* date: "YYYY-MM-DDTHH:MM:SSZ" */
    const char *declared, *print;     /* what was judged */
    double lon_deg, lat_deg;          /* of a correction; else NaN */
    double old_lon_deg, old_lat_deg;
    /* How the old point had been read; NULL if the record did not say. */
    const char *old_crs, *old_rescue, *old_written;
    int old_uncertain; /* datum_uncertain of the old point; -1: not said */
    const char *end, *end_why, *end_person, *end_note; /* NULL: in force */
};

enum { GEO_VERDICT_PRINT_SIZE = 17 };

/* A fingerprint of a geometry; "" for none. */
void geo_verdict_print(const struct geo_record *record, char print[GEO_VERDICT_PRINT_SIZE]);
/* "codigo|nombre|departamento" as the record declares them. NULL: memory. */
const char *geo_verdict_declared(const struct geo_table *table, const struct geo_record *record,
                                 struct arena *arena);

/* True if the record still has the declaration and the geometry that were judged. */
bool geo_verdict_holds(const struct geo_verdict *verdict, const struct geo_table *table,
                       const struct geo_record *record, struct arena *arena, bool *holds,
                       struct err *err);

/* True if the state means that location and declaration disagree, or that the record lies
 * in no municipality. */
bool geo_link_disagrees(enum geo_link_state state);

/* Applies the verdict to a record's links; *n may become 1. declared: as
 * geo_link_declared() returns it. */
void geo_verdict_apply(const struct geo_verdict *verdict, const struct geo_table *table,
                       const struct geo_record *record, int declared,
                       enum geo_link_method declared_how, struct geo_link *links, size_t *n);

/* Stored (geo/figures/results_verdicts.c) ---------------------------------------- */

/* Borrowed during the call; returning false stops. */
typedef bool geo_verdict_fn(void *arg, const struct geo_verdict *verdict);

/* Reads verdicts in order of code, newest first. layer, codigo NULL: all. `history`: also
 * those that ended. */
bool geo_verdicts_each(struct geo_store *store, const char *layer, const char *codigo, bool history,
                       geo_verdict_fn *fn, void *arg, struct err *err);
/* Inserts a verdict, inside a transaction; ends the one in force, if any, as
 * "reemplazado". */
bool geo_verdicts_put(struct geo_store *store, const struct geo_verdict *verdict, struct err *err);
/* Ends a verdict, inside a transaction; *ended is false if none was in force. */
bool geo_verdicts_end(struct geo_store *store, const char *layer, const char *codigo,
                      const char *why, const char *person, const char *note, bool *ended,
                      struct err *err);

/* The verdicts in force of a layer, in memory (geo/figures/verdict_load.c). */
struct geo_verdicts {
    struct geo_verdict *list; /* by code */
    size_t n, cap;
    struct arena *arena;
};
bool geo_verdicts_load(struct geo_store *store, const char *layer, struct geo_verdicts *verdicts,
                       struct err *err);
void geo_verdicts_free(struct geo_verdicts *verdicts);
const struct geo_verdict *geo_verdicts_find(const struct geo_verdicts *verdicts,
                                            const char *codigo); /* NULL: none */

#endif
