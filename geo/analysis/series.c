/* series.c - sums records by period and place into the table of a time series. */
#include "geo/analysis/series.h"

#include <stdlib.h>
#include <string.h>

#include "geo/analysis/series_internal.h"
#include "geo/base/budget.h"

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
        geo_named_put(rows, named);
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
                     "son %zu filas (periodos, lugares y clases), y se dan a lo sumo %zu: pida "
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
    ok =
        ok && series_make_periods(&series) && (!irrigation || series_areas_measure(&series, areas));
    if (ok)
        rows = roll_up(&series);
    series_areas_close(areas);
    geo_units_free(series.units);
    free(series.events);
    free(series.periods);
    return rows;
}
