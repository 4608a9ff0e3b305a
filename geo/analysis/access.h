/* access.h - rural people within a distance of an alliance or of works, by
 * municipality, department, UO or nation (docs/methods.md: Access).
 *
 * Threads: as the store's. A result is immutable and the caller's.
 * Units:   distances metres, geodesic, in a straight line.
 * Errors:  as geo/analysis/reach.h.
 */
#ifndef GEO_ACCESS_H
#define GEO_ACCESS_H

#include "geo/analysis/reach.h"
#include "geo/base/rows.h"

struct geo_access_row {
    struct geo_named named; /* codigo "" for groups and for people in no municipality */
    int64_t places, places_reached;
    int64_t people, people_reached;
};

struct geo_access {
    struct geo_grouping grouping; /* the names of the rows */
    struct geo_access_row *rows;  /* in order of the group; no municipality last, if any */
    size_t n_rows;
};

/* The names are borrowed from reach. */
struct geo_access *geo_access_compute(const struct geo_reach *reach, double distance_m,
                                      enum geo_group group, struct err *err);
void geo_access_free(struct geo_access *access); /* NULL is fine */

/* codigo,nombre,departamento,uo,lugares,lugares_alcanzados,personas,
 * personas_alcanzadas,alcance_pct,base; base says where people were taken to live
 * ("comunidades", "municipios"). The caller frees the rows. */
struct rows *geo_access_rows(const struct geo_access *access, const struct geo_reach *reach);

#endif
