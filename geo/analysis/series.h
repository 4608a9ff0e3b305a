/* series.h - time series of the programme: what happened in each year or semester (flow)
 * and the state at its end (stock), by place.
 *
 * Threads: as the store's.
 * Units:   Bs and ha in rows; dates are ISO days.
 * Errors:  the budget of the store (geo_store_bound); unknown edition, malformed date, from
 *          after to, more than GEO_SERIES_PERIODS periods: ERR_INPUT / ERR_NOT_FOUND.
 *
 * Every figure has two columns: X_periodo is the flow, X_acumulado the stock on the day
 * `hasta`. A flow is the growth of the stock, so the stock before the first period and
 * all flows sum to the last stock. A record without the date that counts it is never in a
 * flow; it is in the stock from the beginning if the figure as of a day counts it too
 * (geo/figures/coverage.h), else nowhere. The last stock equals `coverage --as-of` the
 * same day.
 *
 * The records are read once, whatever the number of periods. Of irrigation only the
 * clusters of overlapping areas that gained a member in a period are measured again.
 */
#ifndef GEO_SERIES_H
#define GEO_SERIES_H

#include "geo/base/rows.h"
#include "geo/figures/group.h"

enum { GEO_SERIES_PERIODS = 400 };

enum geo_series_what {
    GEO_SERIES_COBERTURA,    /* alliances by fecha_convenio */
    GEO_SERIES_RIEGO,        /* irrigation, geo/figures/overlap.h */
    GEO_SERIES_SUBPROYECTOS, /* works by fecha_inicio, and received by fecha_recepcion */
    GEO_SERIES_PROCESOS,     /* the nine processes of the plan */
    GEO_SERIES_DIFUSION,     /* events by kind */
    GEO_SERIES_EMBUDO,       /* how far applications came */
    GEO_SERIES_RUBROS,       /* applications by line of work */
};

/* "cobertura", "riego", "subproyectos", "procesos", "difusion", "embudo", "rubros". */
bool geo_series_what_of(const char *word, enum geo_series_what *what);

struct geo_series_query {
    enum geo_series_what what;
    enum geo_group group;
    bool semesters;        /* else years */
    const char *from, *to; /* "YYYY-MM-DD" or "YYYY"; NULL: the first and last day known */
    const char *edition;   /* NULL: the current one */
    size_t rows_max; /* if there would be more rows: ERR_INPUT with their number; 0: no limit */
};

/* periodo,desde,hasta,codigo,nombre,departamento,uo, then the class' name and titulo if
 * there are classes, then the figures. In order of place, class, period. */
struct rows *geo_series_rows(struct geo_store *store, const struct geo_series_query *query,
                             struct err *err);

#endif
