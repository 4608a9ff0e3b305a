/* conflicts.h - the declared-against-located report: records that lie elsewhere
 * than they declare, in water or outside the country, and what was decided
 * (geo/figures/verdict.h). Read from `conflictos`, which links keep current.
 *
 * Threads, errors: as the store's. The rows are the caller's to free.
 * Units: metres.
 */
#ifndef GEO_CONFLICTS_H
#define GEO_CONFLICTS_H

#include "geo/base/rows.h"
#include "geo/figures/group.h"

struct geo_conflicts_query {
    const char *layer;   /* NULL: all */
    const char *edition; /* NULL: the current one */
    const char *state;   /* "conflicto,vecino": these alone; NULL: all */
    bool decided;        /* those decided too, not only what is open or stale */
    bool nameless;       /* without who decided and what they noted: for the public */
};

/* A row a record; columns that geo_verdicts_from_file() reads back:
 * capa,codigo,nombre,estado,resolucion,distancia_m,ubicado_codigo,
 * ubicado_nombre,declarado_codigo,declarado_nombre,uo,veredicto,coordenadas,
 * fecha,persona,nota. */
struct rows *geo_conflicts_rows(struct geo_store *store, const struct geo_conflicts_query *query,
                                struct err *err);
/* A row a group, by where the record lies, else by what it declares: nombre,
 * abiertos, conflicto, vecino, en_agua, fuera (of the open ones), caducos,
 * decididos, aceptar_ubicacion, aceptar_declaracion, corregir_coordenadas. */
struct rows *geo_conflicts_summary(struct geo_store *store, const struct geo_conflicts_query *query,
                                   enum geo_group group, struct err *err);

#endif
