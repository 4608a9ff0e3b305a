/* irrigation.h - irrigated hectares by municipality, department, UO or nation.
 *
 * Which areas count on a date: geo/figures/coverage.h. How they are measured and
 * split by municipality: geo/figures/overlap.h.
 *
 * Threads: as the store's. A result is immutable and the caller's.
 * Units:   m2 inside, ha in rows; declared figures are ha as declared.
 * Errors:  unknown edition, malformed date: ERR_INPUT / ERR_NOT_FOUND.
 */
#ifndef GEO_IRRIGATION_H
#define GEO_IRRIGATION_H

#include "geo/figures/coverage.h"
#include "geo/store/results.h"

struct geo_irrigation_row {
    struct geo_named named; /* codigo "" for groups and outside */
    bool outside;           /* what lies in no municipality */
    struct geo_irrigated figures;
};

struct geo_irrigation {
    char edition[33];
    char as_of[11]; /* "" for everything known */
    enum geo_group group;
    struct geo_irrigation_row *rows; /* in order of the group; outside last, only if any */
    size_t n_rows;
    struct geo_units *units; /* the names' memory */
};

/* Without a date: read from the stored results, which every edit updates. On a date:
 * measured from the polygons. The nation is one row, what lies outside included. */
struct geo_irrigation *geo_irrigation_compute(struct geo_store *store,
                                              const struct geo_coverage_query *query,
                                              struct err *err);
void geo_irrigation_free(struct geo_irrigation *irrigation); /* NULL is fine */

/* codigo,nombre,departamento,uo,areas,bruto_ha,neto_ha,declarado_ha,traslape_ha;
 * the caller frees the rows. */
struct rows *geo_irrigation_rows(const struct geo_irrigation *irrigation);

/* The figures of every slot (units->n + 1) on a date, as above. */
bool geo_irrigation_slots(struct geo_store *store, const struct geo_units *units,
                          const struct geo_coverage_query *query, struct geo_irrigated *slots,
                          struct err *err);

/* Recomputes the rows of `riego_municipal` for the slots wanted (units->n + 1; NULL:
 * all), and stores those that changed. Slots that share overlapping areas with them
 * are added to `wanted`. Inside a transaction, after the links. *changed is set to
 * true if a row changed, else left as it is. */
bool geo_irrigation_store(struct geo_store *store, const struct geo_edition *edition,
                          const struct geo_units *units, bool *wanted, bool *changed,
                          struct err *err);

#endif
