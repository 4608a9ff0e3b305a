/* group.h - the municipalities of an edition by name, and how figures are summed by
 * municipality, department, operating unit (UO) or nation.
 *
 * Owns:    the names, in geo_units; everything else borrows them.
 * Threads: immutable once loaded.
 * Errors:  unknown edition: ERR_NOT_FOUND.
 *
 * Invariant: figures are arrays of n + 1 slots: one a municipality in order of code, and
 * the last for records without one. A grouping assigns each slot to one row, so that all
 * groupings sum to the same total.
 */
#ifndef GEO_GROUP_H
#define GEO_GROUP_H

#include "geo/base/rows.h"
#include "geo/store/store.h"

enum geo_group { GEO_BY_MUNICIPIO, GEO_BY_DEPARTAMENTO, GEO_BY_UO, GEO_BY_NACIONAL };

/* "municipio", "departamento", "uo", "nacional". */
bool geo_group_of(const char *word, enum geo_group *group);

struct geo_named {
    char codigo[7];                         /* "" for groups */
    const char *nombre, *departamento, *uo; /* never NULL; "" where there is none */
};

/* Writes codigo, nombre, departamento and uo; "" as null. */
void geo_named_put(struct rows *rows, const struct geo_named *named);

/* Names alone, without boundaries: cheap to load for every request. */
struct geo_units {
    char edition[33];
    size_t n;
    struct geo_named *units; /* by codigo */
    struct arena *arena;     /* the names' memory */
};

/* edition NULL: the current one. */
struct geo_units *geo_units_load(struct geo_store *store, const char *edition, struct err *err);
void geo_units_free(struct geo_units *units); /* NULL is fine */
/* Index of the municipality; n (the slot for none) for NULL or an unknown code. */
size_t geo_units_slot(const struct geo_units *units, const char *codigo);

/* The rows of a grouping, in order: municipalities by code; departments and UOs by name
 * (ignoring accents), Chaco after the departments, as in the plan's tables; the row
 * without municipality last. The nation is one row. */
struct geo_grouping {
    size_t n_rows;
    struct geo_named *rows;
    size_t *row_of; /* units->n + 1 of them */
};

/* `none` is the name of the row without municipality. Names are borrowed from units. */
bool geo_grouping_make(struct geo_grouping *grouping, const struct geo_units *units,
                       enum geo_group group, const char *none, struct err *err);
void geo_grouping_free(struct geo_grouping *grouping);

#endif
