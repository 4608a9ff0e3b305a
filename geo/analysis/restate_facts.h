/* restate_facts.h - the facts of every municipality of an edition, as a table:
 * one column a fact (`hechos_municipio`), one slot a unit.
 *
 * Owns:    names and values, the caller's to free.
 * Threads: immutable once loaded. Errors: as the store's.
 */
#ifndef GEO_RESTATE_FACTS_H
#define GEO_RESTATE_FACTS_H

#include "geo/figures/group.h"

struct restate_facts {
    size_t n, n_slots;
    const char **names; /* by name */
    double *values;     /* [fact * n_slots + slot]; NaN: not given */
    struct arena *arena;
};

bool restate_facts_load(struct geo_store *store, const struct geo_units *units,
                        struct restate_facts *facts, struct err *err);
void restate_facts_free(struct restate_facts *facts);

/* The fact of that name, or "name_YYYY" of the latest year; -1: none. */
int restate_facts_latest(const struct restate_facts *facts, const char *name);

static inline double restate_fact(const struct restate_facts *facts, int fact, size_t slot)
{
    return facts->values[(size_t)fact * facts->n_slots + slot];
}

#endif
