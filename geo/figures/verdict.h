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
#include "geo/store/store_verdicts.h"

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
