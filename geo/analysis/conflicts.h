/* conflicts.h - the report of records that lie elsewhere than they declare, in water or
 * outside the country, and of the verdicts on them (geo/figures/verdict.h). Read from
 * `conflictos`, which linking updates.
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
    bool decided;        /* also the decided ones, not only those open or stale */
    bool nameless;       /* without the person and the note: for the public */
};

/* One row a record; geo_verdicts_from_file() can read these columns back:
 * capa,codigo,nombre,estado,resolucion,distancia_m,ubicado_codigo,
 * ubicado_nombre,declarado_codigo,declarado_nombre,uo,veredicto,coordenadas,
 * fecha,persona,nota. */
struct rows *geo_conflicts_rows(struct geo_store *store, const struct geo_conflicts_query *query,
                                struct err *err);
/* One row a group, by the location of the record or else its declaration: nombre,
 * abiertos, conflicto, vecino, en_agua, fuera (of the open ones), caducos, decididos,
 * aceptar_ubicacion, aceptar_declaracion, corregir_coordenadas. */
struct rows *geo_conflicts_summary(struct geo_store *store, const struct geo_conflicts_query *query,
                                   enum geo_group group, struct err *err);

#endif
