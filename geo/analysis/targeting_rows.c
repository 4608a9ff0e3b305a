/* targeting_rows.c - the table of the ranking, and the description of the method. */
#include <math.h>
#include <stdlib.h>

#include "geo/analysis/targeting_internal.h"
#include "geo/base/number.h"

/* The columns that fit a terminal; the other formats also have the components. */
static const char *const brief[] = {
    "puesto",           "codigo",         "nombre",          "departamento", "indice",
    "necesidad",        "brecha",         "prob_primeros_k", "puesto_p05",   "puesto_p95",
    "puesto_escenario", "cambio_puestos", "motivo",          NULL,
};

enum { FIXED_COLUMNS = 15 };

static struct rows_column *make_columns(const struct geo_targeting *targeting, size_t *n_columns)
{
    static const struct rows_column first[] = {{"puesto", 0},       {"codigo", 0}, {"nombre", 0},
                                               {"departamento", 0}, {"uo", 0},     {"indice", 3},
                                               {"necesidad", 4},    {"brecha", 4}};
    static const struct rows_column draws[] = {
        {"prob_primeros_k", 4}, {"puesto_p05", 0}, {"puesto_p50", 0}, {"puesto_p95", 0}};
    struct rows_column *columns =
        calloc(FIXED_COLUMNS + 2 * targeting->n_components, sizeof *columns);
    size_t n = 0;
    if (!columns)
        return NULL;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        columns[n++] = first[i];
    for (size_t c = 0; c < targeting->n_components; c++) {
        const struct geo_target_component *component = &targeting->components[c];
        columns[n++] = (struct rows_column){component->column, component->decimals ? 6 : 0};
        columns[n++] = (struct rows_column){component->column_norm, 4};
    }
    for (size_t i = 0; targeting->draws && i < sizeof draws / sizeof *draws; i++)
        columns[n++] = draws[i];
    if (targeting->has_scenario) {
        columns[n++] = (struct rows_column){"puesto_escenario", 0};
        columns[n++] = (struct rows_column){"cambio_puestos", 0};
    }
    columns[n++] = (struct rows_column){"motivo", 0};
    *n_columns = n;
    return columns;
}

static void put_place(struct rows *rows, int64_t place)
{
    if (place > 0)
        rows_int(rows, place);
    else
        rows_null(rows);
}

static void put_row(struct rows *rows, const struct geo_targeting *targeting,
                    const struct geo_target_row *row)
{
    put_place(rows, row->place);
    geo_named_put(rows, &row->named);
    rows_real(rows, row->index);
    rows_real(rows, row->need);
    rows_real(rows, row->gap);
    for (size_t c = 0; c < targeting->n_components; c++) {
        rows_real(rows, row->value[c]);
        rows_real(rows, row->norm[c]);
    }
    if (targeting->draws) {
        rows_real(rows, row->excluded ? NAN : (double)row->in_first_k / (double)targeting->draws);
        put_place(rows, row->place_p05);
        put_place(rows, row->place_p50);
        put_place(rows, row->place_p95);
    }
    if (targeting->has_scenario) {
        put_place(rows, row->place_scenario);
        if (row->excluded)
            rows_null(rows);
        else
            rows_int(rows, row->place - row->place_scenario);
    }
    rows_text(rows, row->excluded);
}

struct rows *geo_targeting_rows(struct geo_targeting *targeting)
{
    size_t n_columns;
    free(targeting->columns);
    targeting->columns = make_columns(targeting, &n_columns);
    struct rows *rows = targeting->columns ? rows_new(targeting->columns, n_columns) : NULL;
    if (!rows)
        return NULL;
    rows_brief(rows, brief);
    for (size_t i = 0; i < targeting->n_rows; i++)
        put_row(rows, targeting, &targeting->rows[i]);
    return rows;
}

/* In words ---------------------------------------------------------------------- */

static void put_sum(const struct geo_targeting *targeting, enum geo_target_pillar pillar,
                    struct buf *out)
{
    bool some = false;
    for (size_t c = 0; c < targeting->n_components; c++) {
        const struct geo_target_component *component = &targeting->components[c];
        if (component->pillar != pillar || component->weight <= 0)
            continue;
        buf_puts(out, some ? " + " : "");
        number_put_short(out, component->weight, 3);
        buf_printf(out, " %s", component->name);
        some = true;
    }
}

static void put_formula(const struct geo_targeting *targeting, struct buf *out)
{
    bool product = targeting->form == GEO_TARGET_MULTIPLICATIVE;
    buf_puts(out, "Índice = 100 × ");
    buf_puts(out, product ? "necesidad^" : "(");
    number_put_short(out, targeting->weight_need, 3);
    buf_puts(out, product ? " × brecha^" : " necesidad + ");
    number_put_short(out, targeting->weight_gap, 3);
    buf_puts(out, product ? "" : " brecha)");
    if (targeting->weight_need > 0) {
        buf_puts(out, "; necesidad = ");
        put_sum(targeting, GEO_TARGET_NEED, out);
    }
    if (targeting->weight_gap > 0) {
        buf_puts(out, "; brecha = ");
        put_sum(targeting, GEO_TARGET_GAP, out);
    }
    buf_puts(out, targeting->scale == GEO_TARGET_RANGE
                      ? ". Cada componente va de 0 a 1 entre los percentiles 5 y 95 (las brechas, "
                        "desde cero servicio)."
                      : ". Cada componente es su percentil entre los municipios.");
}

void geo_targeting_describe(const struct geo_targeting *targeting, struct buf *out)
{
    put_formula(targeting, out);
    buf_printf(out, " Edición %s", targeting->edition);
    if (targeting->as_of[0])
        buf_printf(out, ", al %s", targeting->as_of);
    buf_printf(out, ": %zu municipios clasificados", targeting->n_ranked);
    if (targeting->n_rows > targeting->n_ranked)
        buf_printf(out, ", %zu sin los datos para clasificarlos (al final, con el motivo)",
                   targeting->n_rows - targeting->n_ranked);
    buf_puts(out, targeting->by_departamento ? ", puestos dentro de cada departamento." : ".");
    if (!targeting->draws)
        return;
    buf_puts(out, " Probabilidad de estar entre los primeros ");
    number_put_short(out, (double)targeting->k, 0);
    buf_printf(out, "%s y puestos del 5 al 95 %% en ",
               targeting->by_departamento ? " del departamento" : "");
    number_put_short(out, (double)targeting->draws, 0);
    buf_printf(out, " sorteos (semilla %llu) de los pesos (concentración ",
               (unsigned long long)targeting->seed);
    number_put_short(out, targeting->concentration, 3);
    buf_puts(out, ") y de los datos.");
}
