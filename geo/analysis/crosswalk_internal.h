/* crosswalk_internal.h - the steps of a crosswalk; for geo/analysis/crosswalk*.c
 * alone.
 */
#ifndef GEO_CROSSWALK_INTERNAL_H
#define GEO_CROSSWALK_INTERNAL_H

#include "geo/analysis/crosswalk.h"
#include "geo/base/budget.h"
#include "geo/place/shape.h"

/* The polygons of an edition, in the order of its units. */
struct crosswalk_side {
    const struct geo_units *units;
    struct geo_shape **shapes;
    uint64_t *prints; /* hashes: equal polygons have equal ones */
    double *area_m2;
};

/* A piece of land: area, and whether it is wider than the tolerance. */
struct crosswalk_piece {
    int a, b;
    double area_m2, radius_m;
    bool wide, same;
};

struct crosswalk_pieces {
    struct crosswalk_piece *list;
    size_t n, cap;
    size_t n_overlays;
};

/* Computes the overlays that are necessary, on that many threads; pieces in any order. */
bool crosswalk_overlay(const struct crosswalk_side *from, const struct crosswalk_side *to,
                       double tolerance_m, unsigned threads, const struct budget *budget,
                       struct crosswalk_pieces *pieces, struct err *err);

/* Fills people, communities and basis of every pair, whose areas and shares are set. */
bool crosswalk_people(struct geo_store *store, struct geo_crosswalk *crosswalk, struct err *err);

#endif
