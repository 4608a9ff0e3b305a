/* reach.h - where rural people, alliances and works are, and who lives within a distance of
 * them.
 *
 * Owns:    the people, the places, the names; geo_reach_free() releases them.
 *          Immutable once loaded: share it between threads.
 * Units:   lon/lat degrees; distances geodesic on WGS 84, metres, in a straight
 *          line ("en línea recta"): no roads, no rivers, no slopes.
 * Errors:  unknown edition: ERR_NOT_FOUND; malformed date: ERR_INPUT; the budget's.
 *
 * People are located at their communities. If no communities are loaded, the rural people
 * of each municipality are put at one point inside it, and `communities` is false: such
 * figures are rough.
 */
#ifndef GEO_REACH_H
#define GEO_REACH_H

#include "geo/base/budget.h"
#include "geo/figures/group.h"
#include "geo/place/measure.h"

enum geo_reach_of { GEO_REACH_ALIANZAS = 1, GEO_REACH_SUBPROYECTOS = 2 };

struct geo_reach_query {
    unsigned of;         /* geo_reach_of, one or both */
    const char *as_of;   /* what counts on that day (geo/figures/coverage.h); NULL: everything */
    const char *edition; /* NULL: the current one */
};

struct geo_reach_place {
    double lon_deg, lat_deg, space[3]; /* geo_measure_space() */
    int64_t people;
    size_t slot;                 /* of the municipality, units->n for none */
    const char *codigo, *nombre; /* of the community, or of the municipality */
};

struct geo_reach {
    struct geo_units *units;
    struct geo_reach_place *places; /* by codigo */
    size_t n_places;
    bool communities;
    int64_t people;              /* of all places */
    struct geo_shape **what;     /* alliances and works that count and have a geometry */
    size_t n_what, n_nowhere;    /* counted, but without a geometry */
    struct arena *arena;         /* the names' memory */
    const struct budget *budget; /* of the store it was loaded from */
};

struct geo_reach *geo_reach_load(struct geo_store *store, const struct geo_reach_query *query,
                                 struct err *err);
void geo_reach_free(struct geo_reach *reach); /* NULL is fine */

/* reached[i]: place i is within distance_m of an alliance or works. */
bool geo_reach_mark(const struct geo_reach *reach, double distance_m, bool *reached,
                    struct err *err);

#endif
