/* areas.h - loads the irrigation areas to be measured (geo/figures/overlap.h): all, those
 * that count on a date, or those that affect given municipalities.
 *
 * Owns:    the areas and their geometry. Threads: as the store's.
 * Errors:  as the store's.
 */
#ifndef GEO_AREAS_H
#define GEO_AREAS_H

#include "geo/figures/group.h"
#include "geo/figures/overlap.h"

struct geo_areas; /* opaque */

/* as_of NULL: every area; else those that count on that day (geo/figures/coverage.h). */
struct geo_areas *geo_areas_all(struct geo_store *store, const struct geo_units *units,
                                const char *as_of, struct err *err);
/* The areas that affect the slots wanted (units->n + 1): those with a part in one of them,
 * and those that overlap them, directly or through others. Other slots in which such a
 * cluster of areas has a part are added to `wanted`: where the union was cut changes their
 * figures too, if only in the last digits. */
struct geo_areas *geo_areas_wanted(struct geo_store *store, const struct geo_units *units,
                                   bool *wanted, struct err *err);
/* Every area, each with the day from which it counts. */
struct geo_areas *geo_areas_dated(struct geo_store *store, const struct geo_units *units,
                                  struct err *err);
void geo_areas_free(struct geo_areas *areas); /* NULL is fine */

/* In order of id; geo_area.unit is the slot of the municipality that counts it. */
const struct geo_area *geo_areas_list(const struct geo_areas *areas, size_t *n);
/* For geo_areas_dated(): the day from which the i-th of the list counts; NULL: always. */
const char *geo_areas_since(const struct geo_areas *areas, size_t i);

#endif
