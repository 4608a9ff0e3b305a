/* indicators.h - the results framework: the value of each indicator of the definitions
 * (geo/figures/definitions.h), by place and as of a day.
 *
 * Owns:    the result owns its rows and definitions; geo_indicators_free() releases them.
 * Threads: as the store's.
 * Units:   those of each definition; dates are ISO days.
 * Errors:  unknown edition, malformed date, wrong definitions: ERR_INPUT / ERR_NOT_FOUND.
 *
 * Numerators and denominators are summed over the records of a place, then divided:
 * a group's rate is the ratio of the sums, never a mean of rates. A record counts in its
 * municipality (geo/figures/link.h); results and visits count in that of their alliance.
 * An indicator without records takes the value entered for that place
 * (valores_indicador), the latest by the day.
 */
#ifndef GEO_INDICATORS_H
#define GEO_INDICATORS_H

#include "geo/base/rows.h"
#include "geo/figures/definitions.h"
#include "geo/figures/group.h"

struct geo_indicator_query {
    enum geo_group group;
    const char *as_of;            /* "YYYY-MM-DD"; NULL: everything known */
    const char *edition;          /* NULL: the current one */
    const char *definitions_path; /* NULL: the program's own */
};

enum geo_indicator_origin {
    GEO_ORIGIN_RECORDS, /* "registros" */
    GEO_ORIGIN_ENTERED, /* "ingresado" */
    GEO_ORIGIN_NONE,    /* "sin_dato": the value is NaN */
};

struct geo_indicator_row {
    const struct geo_definition *definition;
    const struct geo_named *place; /* "Bolivia" for the nation */
    enum geo_indicator_origin origin;
    double value, numerator, denominator; /* NaN: none */
    double low, high, population;         /* 95 % interval of a sample; NaN: no sample */
    double share_pct; /* progress from the baseline to the (national) goal; NaN: no goal */
    double before;    /* the value a year before `date`; NaN: none */
    char date[11];    /* as_of, else of the latest record that counts; "": none */
    const char *source;
    bool simulated; /* based on a simulated layer */
};

struct geo_indicators {
    char edition[33];
    char as_of[11];
    struct geo_indicator_row *rows; /* by definition, then place */
    size_t n_rows;
    struct geo_definitions *definitions;
    struct geo_units *units;
    struct geo_named *places; /* of the grouping */
    struct arena *arena;      /* texts of entered values */
};

struct geo_indicators *geo_indicators_compute(struct geo_store *store,
                                              const struct geo_indicator_query *query,
                                              struct err *err);
void geo_indicators_free(struct geo_indicators *indicators); /* NULL is fine */

/* indicador,nombre,unidad,linea_base,meta,logrado,numerador,
 * denominador,metodo, then the place, the share, the trend, the interval, date
 * and source. */
struct rows *geo_indicators_rows(const struct geo_indicators *indicators, struct err *err);
/* Computes the indicators and returns only the table. */
struct rows *geo_indicators_table(struct geo_store *store, const struct geo_indicator_query *query,
                                  struct err *err);

#endif
