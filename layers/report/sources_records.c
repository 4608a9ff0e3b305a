/* sources_records.c - report tables of records, and counts by place.
 *
 * Every record counts in its main municipality.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layers/report/data_internal.h"

#define COUNTRY "Bolivia"

enum { DEPARTMENTS = 16 };

/* Decimals with which a double from 1 on is read back as it was. */
enum { EXACT = 16 };

/* ---- records as they are ------------------------------------------------- */

static void put_cell(struct rows *rows, const struct columns *columns, size_t column, size_t f)
{
    const union column_cell *cell = columns_cell(columns, column, f);
    if (columns_is_null(columns, column, f)) {
        rows_null(rows);
        return;
    }
    switch (columns->layer->columns[column].kind) {
    case LAYER_TEXT:
        rows_text(rows, cell->text);
        break;
    case LAYER_INTEGER:
        rows_int(rows, cell->integer);
        break;
    case LAYER_BOOL:
        rows_bool(rows, cell->integer != 0);
        break;
    case LAYER_REAL:
        rows_real(rows, cell->real);
        break;
    }
}

typedef bool keep_fn(const struct columns *columns, size_t feature);

/* All published columns of the records that count; keep: a further filter, or NULL. */
static struct rows *records(struct report_data *data, const char *layer, keep_fn *keep,
                            struct err *err)
{
    const struct columns *columns = report_columns(data, layer);
    const size_t n = columns->layer->n_columns;
    struct rows_column *heads = arena_array(report_arena(data), n, sizeof *heads);
    struct rows *rows = heads ? rows_new(heads, n) : NULL;
    if (!rows) {
        err_no_memory(err);
        return NULL;
    }
    for (size_t c = 0; c < n; c++) {
        const struct layer_column *column = &columns->layer->columns[c];
        heads[c] = (struct rows_column){column->name, column->decimals < 0 ? 6 : column->decimals};
    }
    for (size_t f = 0; f < columns->n_features; f++)
        if (report_counts(data, columns, f) && (!keep || keep(columns, f)))
            for (size_t c = 0; c < n; c++)
                put_cell(rows, columns, c, f);
    return rows;
}

struct rows *source_alianzas(struct report_data *data, struct err *err)
{
    return records(data, "alianzas", NULL, err);
}

struct rows *source_areas_riego(struct report_data *data, struct err *err)
{
    return records(data, "areas_riego", NULL, err);
}

struct rows *source_subproyectos(struct report_data *data, struct err *err)
{
    return records(data, "subproyectos", NULL, err);
}

static const char *text_of(const struct columns *columns, const char *name, size_t f)
{
    int column = layer_column(columns->layer, name);
    return column < 0 ? NULL : columns_cell(columns, (size_t)column, f)->text;
}

static double real_of(const struct columns *columns, const char *name, size_t f)
{
    int column = layer_column(columns->layer, name);
    double real = column < 0 ? NAN : columns_cell(columns, (size_t)column, f)->real;
    return isfinite(real) ? real : 0;
}

static int64_t whole_of(const struct columns *columns, const char *name, size_t f)
{
    int column = layer_column(columns->layer, name);
    int64_t whole = column < 0 ? 0 : columns_cell(columns, (size_t)column, f)->integer;
    return whole == COLUMN_NO_INTEGER ? 0 : whole;
}

/* ---- the country and its departments ------------------------------------- */

/* Place 0 is the country; a record without department only counts there. */
struct sources_records_places {
    const char *names[DEPARTMENTS];
    size_t n;
};

static struct sources_records_places places_of(const struct report_data *data)
{
    const struct geo_units *units = report_units(data);
    struct sources_records_places places = {.names = {COUNTRY}, .n = 1};
    for (size_t u = 0; u < units->n; u++) {
        const char *name = units->units[u].departamento;
        size_t i = 1;
        while (i < places.n && strcmp(places.names[i], name) != 0)
            i++;
        if (i == places.n && i < DEPARTMENTS && name[0])
            places.names[places.n++] = name;
    }
    return places;
}

static size_t place_of(const struct sources_records_places *places, const struct columns *columns,
                       size_t f)
{
    const char *name = text_of(columns, "departamento", f);
    for (size_t i = 1; i < places->n && name; i++)
        if (strcmp(places->names[i], name) == 0)
            return i;
    return 0;
}

struct rows *source_obras_estado(struct report_data *data, struct err *err)
{
    static const struct rows_column heads[] = {
        {"ambito", 0},   {"estado", 0},          {"etiqueta", 0},    {"subproyectos", 0},
        {"familias", 0}, {"comprometido_bs", 2}, {"ejecutado_bs", 2}};
    const struct columns *columns = report_columns(data, "subproyectos");
    const struct geo_table *table = layer_table(columns->layer);
    const struct geo_field *field = &table->fields[geo_table_field(table, "estado")];
    const struct sources_records_places places = places_of(data);
    struct rows *rows = rows_new(heads, sizeof heads / sizeof *heads);
    if (!rows) {
        err_no_memory(err);
        return NULL;
    }
    for (size_t p = 0; p < places.n; p++)
        for (const struct geo_choice *state = field->choices; state->value; state++) {
            int64_t n = 0, families = 0, committed = 0, spent = 0;
            for (size_t f = 0; f < columns->n_features; f++) {
                const char *own = text_of(columns, "estado", f);
                if (!own || strcmp(own, state->value) != 0 || !report_counts(data, columns, f) ||
                    (p > 0 && place_of(&places, columns, f) != p))
                    continue;
                n++;
                families += whole_of(columns, "familias", f);
                committed += llround(100 * real_of(columns, "comprometido_empoderar_bs", f)) +
                             llround(100 * real_of(columns, "comprometido_cp_bs", f));
                spent += llround(100 * real_of(columns, "ejecutado_empoderar_bs", f)) +
                         llround(100 * real_of(columns, "ejecutado_cp_bs", f));
            }
            rows_text(rows, places.names[p]);
            rows_text(rows, state->value);
            rows_text(rows, state->label);
            rows_int(rows, n);
            rows_int(rows, families);
            rows_money(rows, committed);
            rows_money(rows, spent);
        }
    return rows;
}

/* ---- links --------------------------------------------------------------- */

static const char *const linked[] = {"alianzas", "areas_riego", "subproyectos"};

struct rows *source_vinculos(struct report_data *data, struct err *err)
{
    static const struct rows_column heads[] = {{"uo", 0},     {"registros", 0}, {"coincide", 0},
                                               {"vecino", 0}, {"conflicto", 0}, {"en_agua", 0},
                                               {"fuera", 0},  {"otros", 0}};
    static const char *const states[] = {"coincide", "vecino", "conflicto", "en_agua", "fuera"};
    enum { STATES = 5 };
    const struct rows *uos = report_rows(data, "cobertura_uo", err);
    struct rows *rows = uos ? rows_new(heads, sizeof heads / sizeof *heads) : NULL;
    if (!rows) {
        if (uos)
            err_no_memory(err);
        return NULL;
    }
    int name = report_column(uos, "nombre");
    for (size_t r = 0; r < rows_count(uos); r++) {
        const char *uo = report_text(uos, r, name);
        int64_t counts[STATES + 1] = {0}, all = 0;
        for (size_t l = 0; l < 3; l++) {
            const struct columns *columns = report_columns(data, linked[l]);
            for (size_t f = 0; f < columns->n_features; f++) {
                const char *own = text_of(columns, "uo", f);
                const char *state = text_of(columns, "estado_vinculo", f);
                if (strcmp(own && own[0] ? own : "Sin municipio", uo) != 0 ||
                    !report_counts(data, columns, f))
                    continue;
                size_t s = 0;
                while (s < STATES && (!state || strcmp(states[s], state) != 0))
                    s++;
                counts[s]++;
                all++;
            }
        }
        rows_text(rows, uo);
        rows_int(rows, all);
        for (size_t s = 0; s <= STATES; s++)
            rows_int(rows, counts[s]);
    }
    return rows;
}

/* ---- facts --------------------------------------------------------------- */

struct sources_records_facts {
    struct rows *rows;
    const struct geo_units *units;
    int codigo, hecho, valor;
};

static bool take_fact(void *arg, const struct geo_record *record)
{
    struct sources_records_facts *facts = arg;
    const char *code = geo_record_text(record, facts->codigo);
    size_t slot = geo_units_slot(facts->units, code);
    rows_text(facts->rows, code);
    rows_text(facts->rows, slot < facts->units->n ? facts->units->units[slot].nombre : NULL);
    rows_text(facts->rows, geo_record_text(record, facts->hecho));
    rows_real(facts->rows, geo_record_real(record, facts->valor));
    return true;
}

struct rows *source_hechos(struct report_data *data, struct err *err)
{
    static const struct rows_column heads[] = {
        {"codigo", 0}, {"nombre", 0}, {"hecho", 0}, {"valor", EXACT}};
    const struct geo_table *table = geo_table_find("hechos_municipio");
    const struct geo_query all = {.no_geometry = true};
    struct sources_records_facts facts = {.rows = rows_new(heads, sizeof heads / sizeof *heads),
                                          .units = report_units(data),
                                          .codigo = geo_table_field(table, "codigo"),
                                          .hecho = geo_table_field(table, "hecho"),
                                          .valor = geo_table_field(table, "valor")};
    if (!facts.rows) {
        err_no_memory(err);
        return NULL;
    }
    if (geo_store_each(report_store(data), table, &all, take_fact, &facts, err))
        return facts.rows;
    rows_free(facts.rows);
    return NULL;
}
