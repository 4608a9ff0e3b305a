/* store_conflicts.h - the table `conflictos`: records located elsewhere than they declare,
 * and records with a verdict (geo/figures/verdict.h).
 *
 * Owns:    prepared statements. Threads, errors: as the store's; writing needs
 *          the caller's transaction.
 * Units:   metres, lon/lat degrees.
 */
#ifndef GEO_STORE_CONFLICTS_H
#define GEO_STORE_CONFLICTS_H

#include "geo/store/store.h"

struct geo_conflict {
    const char *layer;
    int64_t record;
    const char *codigo, *nombre;              /* of the record; nombre may be NULL */
    const char *estado;                       /* state of its link without the verdict */
    const char *resolucion;                   /* "abierto", "decidido", "caduco" */
    const char *veredicto;                    /* NULL: none in force */
    double distancia_m;                       /* NaN: none */
    const char *ubicado, *ubicado_nombre;     /* the municipality in which it lies; NULL: none */
    const char *declarado, *declarado_nombre; /* the municipality it declares; NULL: none usable */
    const char *uo;                           /* the UO of the former, else of the latter */
    /* The line to draw on maps (lon/lat from, lon/lat to). NaN: none. */
    double line[4];
    /* Of the verdict in force, only when read; NULL: none. */
    const char *persona, *fecha, *nota;
    double lon_deg, lat_deg; /* of a correction; else NaN */
};

/* Borrowed during the call; returning false stops. */
typedef bool geo_conflict_fn(void *arg, const struct geo_conflict *conflict);

/* In order of layer, state (conflicto, fuera, en_agua, vecino, others) and
 * distance, the farthest first. layer NULL: all. */
bool geo_store_conflicts(struct geo_store *store, const char *layer, const char *edition,
                         geo_conflict_fn *fn, void *arg, struct err *err);

struct geo_conflict_book; /* opaque */
struct geo_conflict_book *geo_conflict_book_open(struct geo_store *store, const char *layer,
                                                 const char *edition, struct err *err);
/* Before the first put: many of the layer's records follow. What is stored is read in one
 * pass, and a row that would not change is not touched. New rows are inserted together, at
 * the latest by geo_conflict_book_finish(). */
bool geo_conflict_book_in_order(struct geo_conflict_book *book, struct err *err);
void geo_conflict_book_close(struct geo_conflict_book *book); /* NULL is fine */
/* Inserts or replaces the record's row; conflict NULL: removes it. *changed is set to true
 * if that changed the table, else left as it is. */
bool geo_conflict_book_put(struct geo_conflict_book *book, int64_t record,
                           const struct geo_conflict *conflict, bool *changed, struct err *err);
/* To be called after the last put, once in order. */
bool geo_conflict_book_finish(struct geo_conflict_book *book, bool *changed, struct err *err);

#endif
