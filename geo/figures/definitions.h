/* definitions.h - the definitions of indicators: what each counts, in a small declarative
 * form read from JSON and checked against the schema. The built-in ones are
 * data/indicadores.json; the form is described in docs/methods.md.
 *
 * Owns:    the definitions own all they point to until geo_definitions_free().
 * Threads: immutable once read.
 * Errors:  ERR_INPUT with the JSON path, as
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

/* Compares a field, or the days between two dates, with a constant, a list of words or
 * another field. An unknown value never meets a condition. */
struct geo_condition {
    int field, days_to; /* days_to -1: the field itself, else days from field to it */
    enum geo_condition_op op;
    int other;    /* field to compare with; -1: a constant */
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
    struct geo_condition among[GEO_TERM_CONDITIONS]; /* "entre": applied before the next two */
    size_t n_among;
    int latest_by; /* "ultimo_por": only the latest record for each value of this field; -1: all */
    int latest_value; /* "ultima": only records whose value of this field is that of the latest
                         record; -1: all */
    struct geo_condition where[GEO_TERM_CONDITIONS]; /* "donde": applied after them */
    size_t n_where;
};

enum geo_term_kind { GEO_TERM_NONE, GEO_TERM_COUNT, GEO_TERM_SUM, GEO_TERM_IRRIGATION };

/* The definition of a numerator or denominator: a count of records, a sum of their
 * columns, or the net hectares of geo/figures/irrigation.h. */
struct geo_term {
    enum geo_term_kind kind;
    struct geo_set set;
    int sums[GEO_TERM_SUMS], signs[GEO_TERM_SUMS]; /* fields; +1 or -1 */
    size_t n_sums;
    /* "relacionados": a record counts if its related records (those whose field `by` is
     * its codigo) number, or sum to, at least `least`. */
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
    double min, max; /* valid range of a value */
    double factor;   /* multiplies numerator / denominator: 100 for percentages */
    struct geo_term numerator, denominator; /* GEO_TERM_NONE: value is entered; no ratio */
    struct geo_term population;             /* GEO_TERM_NONE: no sample, no interval */
};

struct geo_definitions {
    struct geo_definition *list;
    size_t n;
    struct arena *arena;
};

/* text NULL: the built-in ones. */
struct geo_definitions *geo_definitions_read(const char *text, size_t len, struct err *err);
/* The same from a file; ERR_INPUT where it cannot be read. */
struct geo_definitions *geo_definitions_open(const char *path, struct err *err);
void geo_definitions_free(struct geo_definitions *definitions); /* NULL is fine */
/* NULL: no such indicator. */
const struct geo_definition *geo_definitions_find(const struct geo_definitions *definitions,
                                                  const char *code);

#endif
