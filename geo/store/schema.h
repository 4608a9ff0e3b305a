/* schema.h - the tables of records and their columns, as one list.
 *
 * Import, storage, GeoJSON, export and the web all read this list; the SQL in
 * geo/store/migrations/ must agree with it (tests/unit/test_store.c compares them).
 *
 * Owns:    nothing; everything is constant.
 * Threads: any.
 */
#ifndef GEO_SCHEMA_H
#define GEO_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/err.h"

enum geo_type {
    GEO_TEXT,    /* UTF-8, NFC */
    GEO_INTEGER, /* int64 */
    GEO_REAL,    /* double */
    GEO_MONEY,   /* int64 centavos inside, Bs outside; column ends in _cts */
    GEO_DATE,    /* "YYYY-MM-DD" */
    GEO_CHOICE,  /* one of choices */
    GEO_FLAG,    /* 0 or 1 */
};

enum geo_field_flag {
    GEO_REQUIRED = 1,  /* a record without it is rejected */
    GEO_PUBLISHED = 2, /* shown to the public (GeoJSON, tiles, export) */
    GEO_DERIVED = 4,   /* filled by import itself, never by a source column */
    GEO_CODE = 8,      /* GEO_TEXT that identifies: of a number only its digits are kept */
    GEO_INE_CODE = 16, /* GEO_CODE of a municipality: six digits */
};

/* A value as stored, and its label for people. */
struct geo_choice {
    const char *value; /* "riego_tecnificado" */
    const char *label; /* "Riego tecnificado" */
};

struct geo_field {
    const char *name;      /* column of the database */
    const char *published; /* in exports and messages, of money: "solicitado_bs"; NULL: name */
    enum geo_type type;
    unsigned flags;
    const char *title;                /* Spanish, with its unit */
    const char *aliases;              /* folded column names, blank-separated; may be NULL */
    double min, max;                  /* of numbers; money in Bs; both 0: no bound */
    const struct geo_choice *choices; /* of GEO_CHOICE, ends with a NULL value */
};

enum geo_geometry {
    GEO_NO_GEOMETRY,
    GEO_POINT,
    GEO_MULTIPOLYGON, /* polygons are promoted */
    GEO_ANY_GEOMETRY, /* point, line or polygon, single or multi */
};

enum { GEO_KEY_MAX = 4 };

struct geo_table {
    const char *name;
    const char *title; /* Spanish */
    enum geo_geometry geometry;
    /* Fields that identify a record when it is imported again; ends with NULL. */
    const char *key[GEO_KEY_MAX + 1];
    /* Its records get a municipality on each edition (geo/figures/link.h). Import reads points
     * of linked tables only (geo/import/import.c). */
    bool linked;
    bool counted; /* and count in coverage (geo/figures/coverage.h) */
    bool bounds;  /* links are computed from it: with it changed, all of them are made anew */
    const struct geo_field *fields;
    size_t n_fields;
};

/* Ends with a NULL name. Importable tables, in the order they depend on each other. Arrays by
 * table have GEO_TABLES_MAX places; schema.c does not compile with more tables. */
enum { GEO_TABLES_MAX = 32 };
extern const struct geo_table geo_tables[];

/* `conflictos`: not a table of records but a result (geo/store/store_conflicts.h) that
 * maps show like one. It is not in geo_tables. */
extern const struct geo_table geo_conflicts_table;

const struct geo_table *geo_table_find(const char *name); /* NULL: no such table */
/* The same; NULL with *err: ERR_USAGE with the names of all tables. */
const struct geo_table *geo_table_named(const char *name, struct err *err);

/* Tables that a command, a parameter or a message is about. */
enum geo_tables_kind {
    GEO_TABLES_NONE,
    GEO_TABLES_ALL,
    GEO_TABLES_LINKED,
    GEO_TABLES_PLACED, /* linked, and with a geometry: what may lie elsewhere than it declares */
    GEO_TABLES_KINDS
};

/* The first table of a kind, the next one after `table`; NULL: no more. */
const struct geo_table *geo_tables_first(enum geo_tables_kind kind);
const struct geo_table *geo_tables_next(enum geo_tables_kind kind, const struct geo_table *table);

/* The names of a kind's tables; ends with NULL, constant. */
const char *const *geo_tables_names(enum geo_tables_kind kind);

/* A linked table; NULL with *err of that kind: the message names the tables of `listed`. */
const struct geo_table *geo_table_linked(const char *name, enum geo_tables_kind listed,
                                         enum err_kind kind, struct err *err);

/* The name that exports and messages have: amounts are in Bs there, "comprometido_bs", and in
 * centavos in the database, "comprometido_cts". */
const char *geo_field_published(const struct geo_field *field);

/* Index of a field, or -1. */
int geo_table_field(const struct geo_table *table, const char *field);

/* The label of a choice value, or the value itself. */
const char *geo_choice_label(const struct geo_field *field, const char *value);

#endif
