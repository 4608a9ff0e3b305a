/* indicators_internal.h - records in memory; only for geo/analysis/indicators*.c. */
#ifndef GEO_INDICATORS_INTERNAL_H
#define GEO_INDICATORS_INTERNAL_H

#include "geo/analysis/indicators.h"
#include "geo/base/arena.h"

struct pool_record {
    int64_t id;
    size_t slot; /* of geo_units */
    struct geo_value *values;
};

/* The records of a table, read once. */
struct pool_table {
    const struct geo_table *table;
    struct pool_record *records; /* in order of id */
    size_t n, cap;
    bool simulated;
};

enum { POOL_TABLES = 16 };

struct pool {
    struct geo_store *store;
    const struct geo_units *units;
    struct arena *arena;
    struct pool_table tables[POOL_TABLES];
    size_t n_tables;
    struct err *err;
};

/* NULL with *err filled. */
struct pool_table *pool_get(struct pool *pool, const struct geo_table *table);
void pool_free(struct pool *pool);

/* The value of a term in each slot. */
struct term_sums {
    double *slots;   /* units->n + 1 */
    char latest[11]; /* day of the latest record that counted; "": none is dated */
    bool empty;      /* no data: no record of the kind, or of the related kind, by then */
    bool simulated;
};

/* Adds into zeroed slots; as_of NULL: everything known. */
bool term_evaluate(struct pool *pool, const struct geo_term *term, const char *as_of,
                   struct term_sums *sums);

#endif
