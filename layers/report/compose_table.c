/* compose_table.c - blocks with tables, charts and comparisons. */
#include <math.h>
#include <pango/pango.h>
#include <string.h>

#include "geo/base/number.h"
#include "layers/report/chart.h"
#include "layers/report/compose_internal.h"

static int places_of(const json_t *item)
{
    const json_t *places = json_object_get(item, "decimales");
    return places ? (int)json_integer_value(places) : -1;
}

/* The label of a choice: "riego_tecnificado" is "Riego tecnificado". */
static const char *label_of(struct compose *c, const struct picked *picked, size_t row, int column,
                            const json_t *item, const char *choices)
{
    const struct geo_table *table = geo_table_find(choices);
    const char *name = json_string_value(json_object_get(item, "campo"));
    int field = table ? geo_table_field(table, name) : -1;
    const char *text = report_text(picked->rows, picked->at[row], column);
    if (field < 0 || !text[0])
        return compose_cell(c, picked->rows, picked->at[row], column, -1);
    return geo_choice_label(&table->fields[field], text);
}

/* A column of numbers divided by its factor, or the cell as it is. */
static const char *cell_of(struct compose *c, const struct picked *picked, size_t row, int column,
                           const json_t *item)
{
    const json_t *factor = json_object_get(item, "entre");
    const char *choices = json_string_value(json_object_get(item, "etiquetas"));
    struct buf out;
    if (choices)
        return label_of(c, picked, row, column, item, choices);
    if (!factor)
        return compose_cell(c, picked->rows, picked->at[row], column, places_of(item));
    buf_init(&out);
    number_put(&out,
               report_number(picked->rows, picked->at[row], column) / json_number_value(factor),
               places_of(item) < 0 ? 1 : places_of(item));
    const char *kept = buf_failed(&out) ? NULL : arena_strdup(c->arena, out.data);
    buf_free(&out);
    return kept;
}

static bool is_number(const struct picked *picked, int column)
{
    for (size_t r = 0; r < picked->n; r++) {
        enum rows_kind kind;
        rows_cell(picked->rows, picked->at[r], (size_t)column, &kind);
        if (kind != ROWS_NULL)
            return kind == ROWS_NUMBER;
    }
    return true;
}

/* The total of a column that can be summed, for the last row; "" for others. */
static const char *total_of(struct compose *c, const struct picked *picked, int column,
                            const json_t *item)
{
    double total = 0;
    struct buf out;
    const json_t *factor = json_object_get(item, "entre");
    if (!json_is_true(json_object_get(item, "suma")))
        return "";
    for (size_t r = 0; r < picked->n; r++) {
        double value = report_number(picked->rows, picked->at[r], column);
        total += isnan(value) ? 0 : value;
    }
    buf_init(&out);
    number_put(&out, factor ? total / json_number_value(factor) : total,
               places_of(item) >= 0 ? places_of(item)
               : factor             ? 1
                                    : 0);
    const char *kept = buf_failed(&out) ? NULL : arena_strdup(c->arena, out.data);
    buf_free(&out);
    return kept;
}

static bool fill_table(struct compose *c, const json_t *block, const struct picked *picked,
                       struct table *table)
{
    const json_t *columns = json_object_get(block, "columnas");
    const char *total = json_string_value(json_object_get(block, "total"));
    size_t n = json_array_size(columns), rows = picked->n + (total != NULL);
    struct table_column *heads = arena_array(c->arena, n + 1, sizeof *heads);
    const char **cells = arena_array(c->arena, rows * n + 1, sizeof *cells);
    if (!heads || !cells)
        return err_no_memory(c->err);
    if (n == 0 || n > TABLE_COLUMNS)
        return err_set(c->err, ERR_SETUP, "un cuadro tiene de 1 a %d columnas", TABLE_COLUMNS);
    for (size_t k = 0; k < n; k++) {
        const json_t *item = json_array_get(columns, k);
        const char *field = json_string_value(json_object_get(item, "campo"));
        const char *title = json_string_value(json_object_get(item, "titulo"));
        int column = compose_column(c, picked->rows, field ? field : "");
        if (column < 0)
            return false;
        heads[k] = (struct table_column){title ? title : field, is_number(picked, column)};
        for (size_t r = 0; r < picked->n; r++)
            cells[r * n + k] = cell_of(c, picked, r, column, item);
        if (total)
            cells[picked->n * n + k] = k == 0 ? total : total_of(c, picked, column, item);
        for (size_t r = 0; r < rows; r++)
            if (!cells[r * n + k])
                return err_no_memory(c->err);
    }
    *table = (struct table){heads, n, cells, rows, total != NULL};
    return true;
}

/* {"tabla": "title", "unidad", "fuente", ..., "columnas": [{"campo", "titulo",
 * "decimales", "entre", "suma"}], "total": "Total", "vacio": "..."} */
bool block_table(struct compose *c, const json_t *block)
{
    struct picked picked;
    struct table table;
    char *title = compose_string(c, block, "tabla", false);
    char *unit = compose_string(c, block, "unidad", false);
    char *empty = compose_string(c, block, "vacio", true);
    if (!title || !unit || !empty || !compose_pick(c, block, &picked) ||
        !fill_table(c, block, &picked, &table))
        return false;
    if (picked.n == 0) {
        paper_need(c->paper, 40);
        compose_caption(c, "Cuadro", &c->tables, title, "");
        paper_text(c->paper, PEN_TABLE, PEN_GREY, empty[0] ? empty : "No hay filas.", 8);
        return true;
    }
    char *escaped = g_markup_escape_text(title, -1);
    paper_need(c->paper,
               compose_caption_height(c, escaped, unit) + table_least(c->paper, &table) + 4);
    g_free(escaped);
    compose_caption(c, "Cuadro", &c->tables, title, unit);
    table_put(c->paper, &table);
    compose_source(c, block);
    return true;
}

/* ---- charts -------------------------------------------------------------- */

static bool fill_chart(struct compose *c, const json_t *block, const struct picked *picked,
                       struct chart *chart)
{
    const json_t *series = json_object_get(block, "series"), *item;
    const char *label = json_string_value(json_object_get(block, "etiqueta"));
    int names = compose_column(c, picked->rows, label ? label : "");
    const char **labels = arena_array(c->arena, picked->n + 1, sizeof *labels);
    size_t s;
    if (names < 0)
        return false;
    if (!labels)
        return err_no_memory(c->err);
    for (size_t r = 0; r < picked->n; r++)
        labels[r] = report_text(picked->rows, picked->at[r], names);
    *chart = (struct chart){.n = picked->n, .labels = labels};
    json_array_foreach(series, s, item)
    {
        const char *field = json_string_value(json_object_get(item, "campo"));
        const char *title = json_string_value(json_object_get(item, "titulo"));
        const json_t *factor = json_object_get(item, "entre");
        int column = compose_column(c, picked->rows, field ? field : "");
        double *values = arena_array(c->arena, picked->n + 1, sizeof *values);
        if (column < 0)
            return false;
        if (!values)
            return err_no_memory(c->err);
        if (s == CHART_SERIES)
            return err_set(c->err, ERR_SETUP, "un gráfico tiene hasta %d series", CHART_SERIES);
        for (size_t r = 0; r < picked->n; r++)
            values[r] = report_number(picked->rows, picked->at[r], column) /
                        (factor ? json_number_value(factor) : 1);
        chart->values[chart->n_series] = values;
        chart->titles[chart->n_series++] = title ? title : field;
    }
    chart->decimals = places_of(block) < 0 ? 0 : places_of(block);
    chart->x_title = json_string_value(json_object_get(block, "eje_x"));
    chart->y_title = json_string_value(json_object_get(block, "eje_y"));
    return true;
}

/* {"grafico": "barras", "titulo", "unidad", "fuente", ..., "etiqueta": column,
 * "series": [{"campo", "titulo", "entre"}], "decimales"} */
bool block_chart(struct compose *c, const json_t *block)
{
    struct paper *paper = c->paper;
    struct picked picked;
    struct chart chart = {0};
    const char *name = json_string_value(json_object_get(block, "grafico"));
    const struct chart_kind *kind = chart_kind_find(name ? name : "");
    char *title = compose_string(c, block, "titulo", false);
    char *unit = compose_string(c, block, "unidad", false);
    char *note = compose_string(c, block, "lectura", true);
    if (!title || !unit || !note || !compose_pick(c, block, &picked) ||
        !fill_chart(c, block, &picked, &chart))
        return false;
    if (!kind || chart.n_series < kind->min_series || chart.n_series > kind->max_series)
        return err_set(c->err, ERR_SETUP, "no hay un gráfico «%s» de %zu series", name ? name : "",
                       chart.n_series);
    chart.note = note[0] ? note : NULL;
    double height = kind->height(paper->pen, &chart, paper->width);
    char *escaped = g_markup_escape_text(title, -1);
    paper_need(paper, compose_caption_height(c, escaped, unit) + height + 16);
    g_free(escaped);
    compose_caption(c, "Gráfico", &c->charts, title, unit);
    paper_tag(paper, "Figure");
    if (!paper->counting)
        kind->draw(paper->pen, &chart, paper->x, paper->y, paper->width, height);
    paper_untag(paper, "Figure");
    paper->y += height;
    compose_source(c, block);
    return true;
}

/* ---- comparison ---------------------------------------------------------- */

/* A figure of a place; divided by its municipalities if it is a sum. */
static double figure(const struct rows *rows, size_t row, const char *field, bool each)
{
    double value = report_number(rows, row, report_column(rows, field));
    double units = report_number(rows, row, report_column(rows, "municipios"));
    return each ? (units > 0 ? value / units : NAN) : value;
}

static bool find_row(const struct rows *rows, const char *column, const char *wanted, size_t *row)
{
    int at = report_column(rows, column);
    for (*row = 0; *row < rows_count(rows); (*row)++)
        if (wanted && strcmp(report_text(rows, *row, at), wanted) == 0)
            return true;
    return false;
}

static void put_compared(struct compose *c, const char *title, const double values[3], int places,
                         double most)
{
    struct paper *paper = c->paper;
    char text[48];
    const double row = 15.5, names = paper->width * 0.36, number = paper->width * 0.115;
    const double bars = paper->x + names + 3 * number + 10;
    const double room = paper->x + paper->width - bars;
    const double line = paper->y + 10;
    pen_text(paper->pen, PEN_TABLE, PEN_BLACK, paper->x, line, 0, names - 4, title);
    for (int i = 0; i < 3; i++) {
        number_text(text, sizeof text, values[i], places);
        pen_text(paper->pen, i == 0 ? PEN_TABLE_BOLD : PEN_TABLE, PEN_BLACK,
                 paper->x + names + number * (i + 1), line, 1, 0, text);
    }
    if (most > 0) {
        if (values[0] > 0)
            pen_rect(paper->pen, PEN_DEEP, bars, paper->y + 4, room * values[0] / most, 7);
        for (int i = 1; i < 3; i++)
            if (isfinite(values[i])) {
                double x = bars + room * values[i] / most;
                pen_rule(paper->pen, i == 1 ? PEN_OCHRE : PEN_PLUM, 1.6, x, paper->y + 2, x,
                         paper->y + 13);
            }
    }
    pen_rule(paper->pen, PEN_GREY, 0.5, bars, paper->y + 2, bars, paper->y + 13);
    pen_rule(paper->pen, PEN_RULE, 0.4, paper->x, paper->y + row, paper->x + paper->width,
             paper->y + row);
    paper->y += row;
}

/* {"comparacion": "title", "filas": [{"campo", "titulo", "decimales", "entre",
 * "razon": true for what is a ratio already}]}: the municipality beside the means
 * of its department and of the country. */
bool block_compare(struct compose *c, const json_t *block)
{
    struct paper *paper = c->paper;
    const json_t *list = json_object_get(block, "filas"), *item;
    const struct rows *rows[3] = {report_rows(c->data, "cobertura_municipio", c->err),
                                  report_rows(c->data, "cobertura_departamento", c->err),
                                  report_rows(c->data, "cobertura_nacional", c->err)};
    size_t at[3] = {0}, i;
    char *title = compose_string(c, block, "comparacion", false);
    if (!rows[0] || !rows[1] || !rows[2] || !title)
        return false;
    if (!find_row(rows[0], "codigo", c->scope->codigo, &at[0]) ||
        !find_row(rows[1], "nombre", c->scope->departamento, &at[1]))
        return err_set(c->err, ERR_SETUP, "la comparación es de las fichas municipales");
    paper_need(paper, 30 + 15.5 * (double)json_array_size(list));
    compose_caption(c, "Cuadro", &c->tables, title, "");
    static const char *const heads[3] = {"Municipio", "Depto.", "País"};
    static const enum pen_color marks[3] = {PEN_DEEP, PEN_OCHRE, PEN_PLUM};
    for (int k = 0; k < 3; k++)
        pen_text(paper->pen, PEN_SMALL_BOLD, marks[k],
                 paper->x + paper->width * (0.36 + 0.115 * (k + 1)), paper->y + 7, 1, 0, heads[k]);
    paper->y += 11;
    pen_rule(paper->pen, PEN_DEEP, 0.9, paper->x, paper->y, paper->x + paper->width, paper->y);
    json_array_foreach(list, i, item)
    {
        const char *field = json_string_value(json_object_get(item, "campo"));
        const char *name = json_string_value(json_object_get(item, "titulo"));
        const json_t *factor = json_object_get(item, "entre");
        bool ratio = json_is_true(json_object_get(item, "razon"));
        double values[3], most = 0;
        if (!field || !name || compose_column(c, rows[0], field) < 0)
            return false;
        for (int k = 0; k < 3; k++) {
            values[k] = figure(rows[k], at[k], field, k > 0 && !ratio) /
                        (factor ? json_number_value(factor) : 1);
            most = isfinite(values[k]) ? fmax(most, values[k]) : most;
        }
        put_compared(c, name, values, places_of(item) < 0 ? 0 : places_of(item), most);
    }
    compose_source(c, block);
    return true;
}
