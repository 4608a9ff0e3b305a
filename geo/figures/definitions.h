/* definitions.h - the results framework as data: what each indicator counts, in a
 * small declarative form read from JSON and checked against the schema. The
 * program's own is data/indicadores.json; its form is in docs/methods.md.
 *
 * Owns:    the definitions own all they point to until geo_definitions_free().
 * Threads: immutable once read.
 * Errors:  ERR_INPUT with the path of what is wrong, as
 *          "indicadores[3] (R5): numerador.suma: alianzas no tiene la columna «x»".
 */
#ifndef GEO_DEFINITIONS_H
#define GEO_DEFINITIONS_H

#include "geo/store/store.h"

enum { GEO_TERM_SUMS = 4, GEO_TERM_CONDITIONS = 8, GEO_CONDITION_WORDS = 8 };

enum geo_condition_op {
    GEO_OP_EQUAL,     /* "=" */
    GEO_OP_DIFFERENT, /* "!=" */
    GEO_OP_LESS,      /* "<" */
    GEO_OP_AT_MOST,   /* "<=" */
    GEO_OP_MORE,      /* ">" */
    GEO_OP_AT_LEAST,  /* ">=" */
    GEO_OP_ONE_OF,    /* "en" */
    GEO_OP_KNOWN,     /* "existe" */
};

/* A field, or the days from one date to another, against a constant, a list of
 * words or another field. What is unknown meets no condition. */
struct geo_condition {
    int field, days_to; /* days_to -1: the field itself, else days from field to it */
    enum geo_condition_op op;
    int other;    /* field on the right; -1: a constant */
    bool is_text; /* the constant is words[0], or the list */
    double number;
    const char *words[GEO_CONDITION_WORDS];
    size_t n_words;
};

enum geo_undated {
    GEO_UNDATED_OUT,      /* "excluye": a record without the date never counts */
    GEO_UNDATED_IN,       /* "cuenta": it always counts */
    GEO_UNDATED_YEAR_END, /* "fin_de_anio": on the last day of its anio */
};

struct geo_set {
    const struct geo_table *table;
    int date; /* field from which a record counts */
    enum geo_undated undated;
    struct geo_condition among[GEO_TERM_CONDITIONS]; /* "entre": before the latest is taken */
    size_t n_among;
    int latest_by;    /* "ultimo_por": of each of its values the latest record; -1: all */
    int latest_value; /* "ultima": only records with the latest record's value; -1: all */
    struct geo_condition where[GEO_TERM_CONDITIONS]; /* "donde": after it */
    size_t n_where;
};

enum geo_term_kind { GEO_TERM_NONE, GEO_TERM_COUNT, GEO_TERM_SUM, GEO_TERM_IRRIGATION };

/* What a numerator or a denominator is: a count of records, a sum of their
 * columns, or the net hectares of geo/figures/irrigation.h. */
struct geo_term {
    enum geo_term_kind kind;
    struct geo_set set;
    int sums[GEO_TERM_SUMS], signs[GEO_TERM_SUMS]; /* fields; +1 or -1 */
    size_t n_sums;
    /* "relacionados": the record counts if related ones, of which field `by` is
     * its codigo, are (or sum to) at least `least`. */
    bool has_related;
    struct geo_set related;
    int by, related_sum; /* related_sum -1: count */
    double least;
};

struct geo_definition {
    const char *code, *name; /* "R5.1" */
    const char *unit;        /* "porcentaje", "número", "ha" */
    double baseline, goal;   /* NaN: none */
    const char *frequency, *source, *method;
    double min, max;                        /* what a value can be */
    double factor;                          /* of numerator / denominator: 100 for percentages */
    struct geo_term numerator, denominator; /* GEO_TERM_NONE: entered; no ratio */
    struct geo_term population;             /* GEO_TERM_NONE: no sample, no interval */
};

struct geo_definitions {
    struct geo_definition *list;
    size_t n;
    struct arena *arena;
};

/* text NULL: the program's own. */
struct geo_definitions *geo_definitions_read(const char *text, size_t len, struct err *err);
/* The same from a file; ERR_INPUT where it cannot be read. */
struct geo_definitions *geo_definitions_open(const char *path, struct err *err);
void geo_definitions_free(struct geo_definitions *definitions); /* NULL is fine */
/* NULL: no such indicator. */
const struct geo_definition *geo_definitions_find(const struct geo_definitions *definitions,
                                                  const char *code);

#endif
