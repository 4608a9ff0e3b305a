/* overlap.h - gross and net surface of polygons that overlap, split by
 * municipality (design: Hectares).
 *
 * Polygons that meet, directly or through others, are one cluster. Gross is the
 * sum of the polygons; net is the geodesic area of each cluster's union. Both
 * are split by the shares of geo_edition_split(), which sum to 1: so the parts
 * and what lies outside sum to the whole. What overlaps is gross less net.
 *
 * Threads: any. Units: m2 on WGS 84 (geodesic); declared figures in ha.
 * Errors:  ERR_INPUT for a polygon that cannot be read; the budget's (NULL: no bound).
 */
#ifndef GEO_OVERLAP_H
#define GEO_OVERLAP_H

#include "geo/base/budget.h"
#include "geo/place/edition.h"

struct geo_area {
    int64_t id;
    const unsigned char *wkb; /* (Multi)Polygon; wkb_len 0: none */
    size_t wkb_len;
    double declarado_ha; /* NaN: not declared */
    int unit;            /* the municipality that counts the record; -1: none */
};

struct geo_irrigated {
    int64_t areas;            /* records it counts */
    double bruto_m2, neto_m2; /* of what lies in it */
    double declarado_ha;      /* by the shares too; without a polygon, where it counts */
};

/* Adds the areas, in the order given, to by_unit: one a unit of the edition and
 * the last for what lies in none. The figures of a unit depend only on the
 * clusters that have a part in it. */
bool geo_overlap_measure(const struct geo_edition *edition, const struct geo_area *areas, size_t n,
                         const struct budget *budget, struct geo_irrigated *by_unit,
                         struct err *err);

#endif
