/* series.c - sums records by period and place into the table of a time series. */
#include "geo/analysis/series.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/series_internal.h"
#include "geo/base/array.h"
#include "geo/base/budget.h"
#include "geo/base/parse.h"

#define M2_PER_HA 10000.0

bool geo_series_what_of(const char *word, enum geo_series_what *what)
{
    static const char *const words[] = {"cobertura", "riego",  "subproyectos", "procesos",
                                        "difusion",  "embudo", "rubros"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0) {
            *what = (enum geo_series_what)i;
            return true;
        }
    return false;
}

/* Events ------------------------------------------------------------------- */

void series_span(struct series *series, const char *day)
{
    if (!series->first[0] || strcmp(day, series->first) < 0)
        snprintf(series->first, sizeof series->first, "%s", day);
    if (strcmp(day, series->last) > 0)
        snprintf(series->last, sizeof series->last, "%s", day);
}

bool series_add(struct series *series, const char *day, size_t slot, size_t class,
                const double values[SERIES_MEASURES])
{
    if (!array_reserve(series->events, series->cap_events, series->n_events + 1))
        return err_no_memory(series->err);
    struct series_event *event = &series->events[series->n_events++];
    *event = (struct series_event){.slot = slot, .class = class};
    memcpy(event->values, values, sizeof event->values);
    if (!day)
        return true;
    snprintf(event->day, sizeof event->day, "%s", day);
    series_span(series, day);
    return true;
}

/* Periods ------------------------------------------------------------------ */

/* "2021" or "2021-06-30"; a year is its first or last day. */
static bool read_day(const char *given, const char *name, const char *month_day, char day[11],
                     struct err *err)
{
    char whole[16];
    snprintf(whole, sizeof whole, "%.10s%s", given, strlen(given) == 4 ? month_day : "");
    if (strlen(given) > 10 || !parse_date(whole))
        return err_field(err, name,
                         "«%.40s» no es una fecha: se espera AAAA-MM-DD o AAAA, de 1900 a 2100",
                         given);
    memcpy(day, whole, 11);
    return true;
}

static void set_period(struct series_period *period, int year, int half, const char *from,
                       const char *to)
{
    static const char *const starts[] = {"01-01", "01-01", "07-01"};
    static const char *const ends[] = {"12-31", "06-30", "12-31"};
    snprintf(period->from, sizeof period->from, "%04d-%s", year % 10000, starts[half]);
    snprintf(period->to, sizeof period->to, "%04d-%s", year % 10000, ends[half]);
    if (half)
        snprintf(period->name, sizeof period->name, "%04d-S%d", year % 10000, half % 10);
    else
        snprintf(period->name, sizeof period->name, "%04d", year % 10000);
    if (strcmp(period->from, from) < 0)
        memcpy(period->from, from, sizeof period->from);
    if (strcmp(period->to, to) > 0)
        memcpy(period->to, to, sizeof period->to);
}

static bool make_periods(struct series *series)
{
    const struct geo_series_query *query = series->query;
    char from[11], to[11], first[11], last[11];
    date_today(from);
    memcpy(first, series->first[0] ? series->first : from, sizeof first);
    memcpy(last, series->last[0] ? series->last : from, sizeof last);
    first[4] = last[4] = '\0'; /* whole years, unless days were given */
    if (!read_day(query->from ? query->from : first, "from", "-01-01", from, series->err) ||
        !read_day(query->to ? query->to : last, "to", "-12-31", to, series->err))
        return false;
    if (!query->from && strcmp(from, to) > 0) /* before the first record: a year of nothing */
        memcpy(from, to, 4);
    if (strcmp(from, to) > 0)
        return err_field(series->err, "from", "%s es posterior a to, %s", from, to);
    int year = (int)strtol(from, NULL, 10), until = (int)strtol(to, NULL, 10);
    size_t room = (size_t)(until - year + 1) * (query->semesters ? 2 : 1);
    if (room > GEO_SERIES_PERIODS)
        return err_set(series->err, ERR_INPUT, "de %s a %s son más de %d periodos", from, to,
                       GEO_SERIES_PERIODS);
    series->periods = calloc(room, sizeof *series->periods);
    if (!series->periods)
        return err_no_memory(series->err);
    for (; year <= until; year++)
        for (int half = query->semesters ? 1 : 0; half <= (query->semesters ? 2 : 0); half++) {
            struct series_period *period = &series->periods[series->n_periods];
            set_period(period, year, half, from, to);
            series->n_periods += strcmp(period->from, period->to) <= 0;
        }
    return true;
}

long series_period_of(const struct series *series, const char *day)
{
    long low = 0, high = (long)series->n_periods;
    if (series->n_periods == 0 || strcmp(day, series->periods[0].from) < 0)
        return -1;
    while (low < high) {
        long middle = (low + high) / 2;
        if (strcmp(day, series->periods[middle].to) <= 0)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Figures ------------------------------------------------------------------ */

/* Sums by row of the grouping, class and period; period 0 is before the first. */
struct sums {
    double *all;
    bool *seen; /* by row of the grouping: has a figure */
};

static double *sum_at(const struct series *series, const struct sums *sums, size_t row,
                      size_t class, size_t period)
{
    return sums->all + ((row * series->n_classes + class) * (series->n_periods + 1) + period) *
                           series->shape->n_measures;
}

static bool add_events(const struct series *series, const struct geo_grouping *grouping,
                       struct sums *sums)
{
    size_t n =
        grouping->n_rows * series->n_classes * (series->n_periods + 1) * series->shape->n_measures;
    sums->all = calloc(n + 1, sizeof *sums->all);
    sums->seen = calloc(grouping->n_rows + 1, sizeof *sums->seen);
    if (!sums->all || !sums->seen)
        return err_no_memory(series->err);
    for (size_t i = 0; i < series->n_events; i++) {
        const struct series_event *event = &series->events[i];
        long period = event->day[0] ? series_period_of(series, event->day) : -1;
        if (period >= (long)series->n_periods)
            continue;
        size_t row = grouping->row_of[event->slot];
        double *at = sum_at(series, sums, row, event->class, (size_t)(period + 1));
        for (size_t m = 0; m < series->shape->n_measures; m++)
            at[m] += event->values[m];
        sums->seen[row] = true;
    }
    return true;
}

static void put_value(struct rows *rows, enum series_kind kind, double value)
{
    if (kind == SERIES_HECTARES)
        rows_real(rows, value / M2_PER_HA);
    else if (kind == SERIES_MONEY)
        rows_money(rows, (int64_t)value); /* whole centavos, below 2^53 */
    else
        rows_int(rows, (int64_t)value);
}

static void put_series(struct rows *rows, const struct series *series, const struct sums *sums,
                       const struct geo_named *named, size_t row, size_t class)
{
    const struct series_shape *shape = series->shape;
    double stock[SERIES_MEASURES] = {0};
    for (size_t p = 0; p <= series->n_periods; p++) {
        const double *flow = sum_at(series, sums, row, class, p);
        for (size_t m = 0; m < series->shape->n_measures; m++)
            stock[m] += flow[m];
        if (p == 0)
            continue;
        rows_text(rows, series->periods[p - 1].name);
        rows_text(rows, series->periods[p - 1].from);
        rows_text(rows, series->periods[p - 1].to);
        rows_text(rows, named->codigo[0] ? named->codigo : NULL);
        rows_text(rows, named->nombre);
        rows_text(rows, named->departamento[0] ? named->departamento : NULL);
        rows_text(rows, named->uo[0] ? named->uo : NULL);
        if (shape->has_classes && shape->classes) {
            rows_text(rows, shape->classes[class].name);
            rows_text(rows, shape->classes[class].title);
        } else if (shape->has_classes) {
            const struct geo_table *table = geo_table_find(shape->table);
            const struct geo_choice *choice =
                &table->fields[geo_table_field(table, shape->choice)].choices[class];
            rows_text(rows, choice->value);
            rows_text(rows, choice->label);
        }
        for (size_t m = 0; m < series->shape->n_measures; m++) {
            put_value(rows, shape->kinds[m], flow[m]);
            put_value(rows, shape->kinds[m], stock[m]);
        }
    }
}

/* Checked before the rows are made: this table can be the largest of all. */
static bool check_rows(const struct series *series, const struct geo_grouping *grouping)
{
    size_t most = series->query->rows_max,
           n = grouping->n_rows * series->n_classes * series->n_periods;
    return !most || n <= most ||
           err_field(series->err, "from",
                     "son %zu filas (periodos, lugares y clases), y se dan a lo más %zu: pida "
                     "menos años, o por departamento, uo o nacional; «sigg series» las da todas",
                     n, most);
}

static bool put_all(struct rows *rows, const struct series *series, const struct sums *sums,
                    const struct geo_grouping *grouping)
{
    bool nation = series->query->group == GEO_BY_NACIONAL;
    for (size_t row = 0; row < grouping->n_rows; row++) {
        for (size_t class = 0; class < series->n_classes; class ++)
            if (nation || row + 1 < grouping->n_rows || sums->seen[row])
                put_series(rows, series, sums, &grouping->rows[row], row, class);
        if (!budget_left(geo_store_budget(series->store), series->err))
            return false;
    }
    return true;
}

static struct rows *roll_up(struct series *series)
{
    struct geo_grouping grouping = {0};
    struct sums sums = {0};
    struct rows *rows = NULL;
    /* The name that other commands use for the row. */
    const char *none =
        series->query->what == GEO_SERIES_RIEGO ? "Fuera de los municipios" : "Sin municipio";
    if (!geo_grouping_make(&grouping, series->units, series->query->group, none, series->err))
        return NULL;
    if (check_rows(series, &grouping) && add_events(series, &grouping, &sums)) {
        rows = rows_new(series->shape->columns, series->shape->n_columns);
        if (rows)
            rows_brief(rows, series->shape->brief);
        else
            err_no_memory(series->err);
        if (rows && !put_all(rows, series, &sums, &grouping)) {
            rows_free(rows);
            rows = NULL;
        }
    }
    free(sums.all);
    free(sums.seen);
    geo_grouping_free(&grouping);
    return rows;
}

/* -------------------------------------------------------------------------- */

static void count_shape(struct series *series)
{
    const struct series_shape *shape = series->shape;
    series->n_classes = 1;
    if (shape->has_classes && shape->classes)
        for (series->n_classes = 0; shape->classes[series->n_classes].name;)
            series->n_classes++;
    else if (shape->has_classes) {
        const struct geo_table *table = geo_table_find(shape->table);
        const struct geo_choice *choices =
            table->fields[geo_table_field(table, shape->choice)].choices;
        for (series->n_classes = 0; choices[series->n_classes].value;)
            series->n_classes++;
    }
}

struct rows *geo_series_rows(struct geo_store *store, const struct geo_series_query *query,
                             struct err *err)
{
    struct series series = {
        .store = store, .query = query, .shape = &series_shapes[query->what], .err = err};
    struct series_areas *areas = NULL;
    struct rows *rows = NULL;
    bool irrigation = query->what == GEO_SERIES_RIEGO;
    count_shape(&series);
    series.units = geo_units_load(store, query->edition, err);
    bool ok = series.units != NULL;
    if (ok && irrigation)
        ok = (areas = series_areas_open(&series)) != NULL;
    else if (ok)
        ok = series_read(&series);
    ok = ok && make_periods(&series) && (!irrigation || series_areas_measure(&series, areas));
    if (ok)
        rows = roll_up(&series);
    series_areas_close(areas);
    geo_units_free(series.units);
    free(series.events);
    free(series.periods);
    return rows;
}
