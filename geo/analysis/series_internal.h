/* series_internal.h - the state of a time series; only for geo/analysis/series*.c. */
#ifndef GEO_SERIES_INTERNAL_H
#define GEO_SERIES_INTERNAL_H

#include "geo/analysis/series.h"

enum { SERIES_MEASURES = 8 };

enum series_kind { SERIES_COUNT, SERIES_MONEY, SERIES_HECTARES };

struct series_class {
    const char *name, *title; /* "llenado_formularios", "Facilitación …" */
};

/* The columns and classes of a series. */
struct series_shape {
    bool has_classes;
    /* Ends with a NULL name. NULL: the classes are the options of field `choice` of `table`. */
    const struct series_class *classes;
    const char *table, *choice;
    const struct rows_column *columns;
    size_t n_columns;
    const char *const *brief; /* rows_brief() */
    /* Each kind has two columns; money is in centavos, areas in m2 until they are printed. */
    enum series_kind kinds[SERIES_MEASURES];
    size_t n_measures;
};

/* An event: adds to a slot from a day on. */
struct series_event {
    char day[11]; /* "": from the beginning */
    size_t slot, class;
    double values[SERIES_MEASURES];
};

struct series_period {
    char name[12]; /* "2021", "2021-S1" */
    char from[11], to[11];
};

struct series {
    struct geo_store *store;
    const struct geo_series_query *query;
    const struct series_shape *shape;
    struct geo_units *units;
    struct series_event *events;
    size_t n_events, cap_events;
    struct series_period *periods;
    size_t n_periods, n_classes;
    char first[11], last[11]; /* of the dated events; "": none */
    struct err *err;
};

/* geo/analysis/series_events.c */
/* Adds an event; values are copied. day NULL: from the beginning. */
bool series_add(struct series *series, const char *day, size_t slot, size_t class,
                const double values[SERIES_MEASURES]);
/* Extends first and last to the day. */
void series_span(struct series *series, const char *day);
/* Makes the periods from the first to the last day asked, else of the events. */
bool series_make_periods(struct series *series);
/* The period of a day: n_periods for one after the last, -1 for one before the first. */
long series_period_of(const struct series *series, const char *day);

/* geo/analysis/series_shapes.c */
/* The measures of each series, and its classes, in the order of series_shapes.c. */
enum { ALIANZAS, FAMILIAS, MUJERES, MONEY, MUNICIPIOS = MONEY + 4 }; /* of cobertura */

enum { BEGUN, WORK_FAMILIES, COMMITTED, SPENT, RECEIVED, RECEIVED_FAMILIES };

enum { ALL, FI, FA };

enum {
    P_OUTREACH,
    P_REQUESTS,
    P_OPPORTUNITIES,
    P_PROVIDERS,
    P_PLAN_TRAINING,
    P_PLANS,
    P_ADMIN_TRAINING,
    P_CERTIFICATES,
    P_ALLIANCES
};

enum { EVENTS, PEOPLE, WOMEN, EVENTS_FI, PEOPLE_FI, EVENTS_FA, PEOPLE_FA };

enum {
    S_REQUEST,
    S_APPROVED,
    S_REJECTED,
    S_PLAN,
    S_FINANCED,
    S_CERTIFICATE,
    S_AGREEMENT,
    S_CLOSED
};

enum { F_ALL, F_FI, F_FA, F_FAMILIES, F_WOMEN };

extern const struct series_shape series_shapes[]; /* by enum geo_series_what */

/* geo/analysis/series_records.c: the events of the records, one pass each table. */
bool series_read(struct series *series);

/* geo/analysis/series_irrigation.c; used after the periods are set. */
struct series_areas;
struct series_areas *series_areas_open(struct series *series); /* also extends first and last */
bool series_areas_measure(struct series *series, struct series_areas *areas);
void series_areas_close(struct series_areas *areas); /* NULL is fine */

#endif
