/* indicators_rows.c - the results framework as a table: the plan's columns first. */
#include "geo/analysis/indicators.h"

static const struct rows_column columns[] = {
    {"indicador", 0},  {"nombre", 0},        {"unidad", 0},
    {"linea_base", 2}, {"meta", 2},          {"logrado", 2},
    {"numerador", 4},  {"denominador", 4},   {"metodo", 0},
    {"codigo", 0},     {"lugar", 0},         {"departamento", 0},
    {"uo", 0},         {"avance_pct", 2},    {"anterior", 2},
    {"tendencia", 2},  {"ic95_inferior", 2}, {"ic95_superior", 2},
    {"poblacion", 0},  {"fecha", 0},         {"fuente", 0},
    {"origen", 0},     {"simulado", 0},
};

/* The columns that fit a terminal. */
static const char *const brief[] = {
    "indicador",     "lugar",       "unidad",     "meta",      "logrado",
    "numerador",     "denominador", "avance_pct", "tendencia", "ic95_inferior",
    "ic95_superior", "fecha",       "origen",     NULL};

static const char *origin_name(enum geo_indicator_origin origin)
{
    static const char *const names[] = {"registros", "ingresado", "sin_dato"};
    return names[origin];
}

static const char *some(const char *text)
{
    return text && text[0] ? text : NULL;
}

static void put_row(struct rows *rows, const struct geo_indicator_row *row)
{
    const struct geo_definition *definition = row->definition;
    rows_text(rows, definition->code);
    rows_text(rows, definition->name);
    rows_text(rows, definition->unit);
    rows_real(rows, definition->baseline);
    rows_real(rows, definition->goal);
    rows_real(rows, row->value);
    rows_real(rows, row->numerator);
    rows_real(rows, row->denominator);
    rows_text(rows, some(definition->method));
    rows_text(rows, some(row->place->codigo));
    rows_text(rows, row->place->nombre);
    rows_text(rows, some(row->place->departamento));
    rows_text(rows, some(row->place->uo));
    rows_real(rows, row->share_pct);
    rows_real(rows, row->before);
    rows_real(rows, row->value - row->before);
    rows_real(rows, row->low);
    rows_real(rows, row->high);
    rows_real(rows, row->population);
    rows_text(rows, some(row->date));
    rows_text(rows, some(row->source));
    rows_text(rows, origin_name(row->origin));
    rows_bool(rows, row->simulated);
}

struct rows *geo_indicators_rows(const struct geo_indicators *indicators, struct err *err)
{
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    if (rows)
        rows_brief(rows, brief);
    for (size_t i = 0; rows && i < indicators->n_rows; i++)
        put_row(rows, &indicators->rows[i]);
    if (!rows)
        err_no_memory(err);
    return rows;
}

struct rows *geo_indicators_table(struct geo_store *store, const struct geo_indicator_query *query,
                                  struct err *err)
{
    struct geo_indicators *indicators = geo_indicators_compute(store, query, err);
    if (!indicators)
        return NULL;
    struct rows *rows = geo_indicators_rows(indicators, err);
    geo_indicators_free(indicators);
    return rows;
}
