/* sources_series.c - report tables of time series and of the results framework. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/indicators.h"
#include "geo/analysis/series.h"
#include "layers/report/data_internal.h"

static void copy_cell(struct rows *to, const struct rows *from, size_t row, size_t column)
{
    enum rows_kind kind;
    const char *text = rows_cell(from, row, column, &kind);
    switch (kind) {
    case ROWS_NULL:
        rows_null(to);
        break;
    case ROWS_TEXT:
        rows_text(to, text);
        break;
    case ROWS_BOOL:
        rows_bool(to, text[0] == '1');
        break;
    case ROWS_NUMBER:
        if (strchr(text, '.'))
            rows_real(to, strtod(text, NULL));
        else
            rows_int(to, strtoll(text, NULL, 10));
        break;
    }
}

/* The country's rows, then the departments'; only of the last period, if asked. */
static struct rows *series(struct report_data *data, enum geo_series_what what, bool last,
                           struct err *err)
{
    static const enum geo_group groups[] = {GEO_BY_NACIONAL, GEO_BY_DEPARTAMENTO};
    const struct report_query *query = report_query_of(data);
    struct rows *both = NULL;
    for (size_t g = 0; g < 2; g++) {
        const struct geo_series_query asked = {
            .what = what, .group = groups[g], .to = query->as_of, .edition = query->edition};
        struct rows *rows = geo_series_rows(report_store(data), &asked, err);
        const struct rows_column *columns;
        if (!rows) {
            rows_free(both);
            return NULL;
        }
        size_t n = rows_columns(rows, &columns), n_rows = rows_count(rows);
        struct rows_column *heads =
            both ? NULL : arena_array(report_arena(data), n + 1, sizeof *heads);
        if (heads) {
            memcpy(heads, columns, n * sizeof *heads);
            for (size_t c = 0; c < n; c++)
                heads[c].name = arena_strdup(report_arena(data), columns[c].name);
            both = rows_new(heads, n);
        }
        if (!both) {
            rows_free(rows);
            err_no_memory(err);
            return NULL;
        }
        const char *end = "";
        int until = report_column(rows, "hasta");
        for (size_t r = 0; r < n_rows && last; r++)
            if (strcmp(report_text(rows, r, until), end) > 0)
                end = report_text(rows, r, until);
        for (size_t r = 0; r < n_rows; r++)
            if (!last || strcmp(report_text(rows, r, until), end) == 0)
                for (size_t c = 0; c < n; c++)
                    copy_cell(both, rows, r, c);
        rows_free(rows);
    }
    return both;
}

struct rows *source_serie_cobertura(struct report_data *data, struct err *err)
{
    return series(data, GEO_SERIES_COBERTURA, false, err);
}

struct rows *source_serie_riego(struct report_data *data, struct err *err)
{
    return series(data, GEO_SERIES_RIEGO, false, err);
}

struct rows *source_embudo(struct report_data *data, struct err *err)
{
    return series(data, GEO_SERIES_EMBUDO, true, err);
}

struct rows *source_procesos(struct report_data *data, struct err *err)
{
    return series(data, GEO_SERIES_PROCESOS, false, err);
}

/* ---- results framework --------------------------------------------------- */

static void drop_indicators(void *indicators)
{
    geo_indicators_free(indicators);
}

static struct rows *indicators(struct report_data *data, enum geo_group group, const char *name,
                               struct err *err)
{
    const struct report_query *query = report_query_of(data);
    const struct geo_indicator_query asked = {
        .group = group, .as_of = query->as_of, .edition = query->edition};
    struct geo_indicators *found = geo_indicators_compute(report_store(data), &asked, err);
    if (found && !report_keep(data, name, found, drop_indicators)) {
        geo_indicators_free(found);
        err_no_memory(err);
        return NULL;
    }
    return found ? geo_indicators_rows(found, err) : NULL;
}

struct rows *source_indicadores(struct report_data *data, struct err *err)
{
    return indicators(data, GEO_BY_NACIONAL, "indicadores", err);
}

struct rows *source_indicadores_departamento(struct report_data *data, struct err *err)
{
    return indicators(data, GEO_BY_DEPARTAMENTO, "indicadores_departamento", err);
}
