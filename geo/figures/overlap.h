/* overlap.h - gross and net area of overlapping polygons, split by municipality
 * (docs/decisions/0003-hectares-add-up.md).
 *
 * Polygons that intersect, directly or through others, form a cluster. Gross area is
 * the sum of the polygons; net area is the geodesic area of the union of each cluster.
 * Both are split by the shares of geo_edition_split(), which sum to 1. So the parts in
 * municipalities and the part outside sum to the whole. Overlap is gross less net.
 *
 * Threads: any. Units: m2 on WGS 84 (geodesic); declared figures in ha.
 * Errors:  ERR_INPUT for a polygon that cannot be read; the budget's (NULL: no bound).
 */
#ifndef GEO_OVERLAP_H
#define GEO_OVERLAP_H

#include "geo/base/budget.h"
#include "geo/place/edition.h"
#include "geo/store/results.h"

struct geo_area {
    int64_t id;
    const unsigned char *wkb; /* (Multi)Polygon; wkb_len 0: none */
    size_t wkb_len;
    double declarado_ha; /* NaN: not declared */
    int unit;            /* the municipality that counts the record; -1: none */
};

/* Adds the areas, in the order given, to by_unit: one entry a unit of the edition, and a
 * last one for what lies in none. The figures of a unit depend only on the clusters
 * that have a part in it. */
bool geo_overlap_measure(const struct geo_edition *edition, const struct geo_area *areas, size_t n,
                         const struct budget *budget, struct geo_irrigated *by_unit,
                         struct err *err);

#endif
