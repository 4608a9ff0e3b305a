/* targeting_data.c - reads the facts and coverage of each municipality for the index. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/targeting_internal.h"
#include "geo/base/parse.h"
#include "geo/figures/coverage.h"

#define M2_PER_HA 10000.0

enum { KNOWN_MAX = 40 };

struct targeting_data_reading {
    const struct geo_units *units;
    struct geo_target_model *model;
    struct target_input *inputs;
    int codigo, hecho, valor;
    bool found[GEO_TARGET_FACTS_MAX];
    /* The known facts, for the message about an unknown one. */
    char known[KNOWN_MAX][64];
    size_t n_known;
};

/* The year in a fact's name: 2024 for "nbi_2024" if name is "nbi", 0 for "nbi"; -1:
 * another fact. */
static int year_of(const char *hecho, const char *name)
{
    size_t len = strlen(name);
    int64_t year;
    if (strncmp(hecho, name, len) != 0)
        return -1;
    if (!hecho[len])
        return 0;
    return hecho[len] == '_' && parse_int(hecho + len + 1, 1900, 2100, &year) ? (int)year : -1;
}

/* The year at the end of a name that the user gave: "nbi_2012". */
static int year_in(const char *name)
{
    const char *last = strrchr(name, '_');
    int64_t year;
    return last && parse_int(last + 1, 1900, 2100, &year) ? (int)year : 0;
}

/* Keeps the value of the latest year; one without a year only if there is no other. */
static bool keep_latest(const char *hecho, const char *name, double read, double *value, int *year)
{
    int found = year_of(hecho, name);
    if (found < 0)
        return false;
    if (isnan(*value) || found >= *year) {
        *value = read;
        *year = found;
    }
    return true;
}

static void note_known(struct targeting_data_reading *reading, const char *hecho)
{
    for (size_t i = 0; i < reading->n_known; i++)
        if (strcmp(reading->known[i], hecho) == 0)
            return;
    if (reading->n_known < KNOWN_MAX && strlen(hecho) < sizeof reading->known[0])
        strcpy(reading->known[reading->n_known++], hecho);
}

static bool read_fact(void *arg, const struct geo_record *record)
{
    struct targeting_data_reading *reading = arg;
    const char *hecho = geo_record_text(record, reading->hecho);
    size_t slot = geo_units_slot(reading->units, geo_record_text(record, reading->codigo));
    double value = geo_record_real(record, reading->valor);
    if (slot == reading->units->n || !hecho)
        return true;
    struct target_input *input = &reading->inputs[slot];
    keep_latest(hecho, "nbi", value, &input->nbi_pct, &input->nbi_year);
    keep_latest(hecho, "poblacion_rural", value, &input->people, &input->people_year);
    keep_latest(hecho, "viviendas_rurales", value, &input->dwellings, &input->dwellings_year);
    for (size_t f = 0; f < reading->model->n_facts; f++)
        if (keep_latest(hecho, reading->model->fact_names[f], value, &input->facts[f],
                        &input->fact_year[f]))
            reading->found[f] = true;
    if (reading->model->n_facts)
        note_known(reading, hecho);
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool check_found(struct targeting_data_reading *reading, struct err *err)
{
    for (size_t f = 0; f < reading->model->n_facts; f++) {
        if (reading->found[f])
            continue;
        struct buf known;
        buf_init(&known);
        qsort(reading->known, reading->n_known, sizeof reading->known[0], by_text);
        for (size_t i = 0; i < reading->n_known; i++)
            buf_printf(&known, "%s%s", i ? ", " : "", reading->known[i]);
        err_field(err, "facts", "ningún municipio tiene el hecho «%s»; los que hay: %s",
                  reading->model->fact_names[f], known.len ? known.data : "ninguno");
        buf_free(&known);
        return false;
    }
    return true;
}

static int latest(int year, int other)
{
    return other > year ? other : year;
}

/* The year to which the age of facts is counted: that of the day asked for, else of the
 * newest fact. */
static int reference_year(const struct geo_target_query *query,
                          const struct geo_target_model *model, struct target_input *inputs,
                          size_t n)
{
    int year = 0;
    for (size_t i = 0; i < n; i++) {
        year = latest(year, inputs[i].nbi_year);
        year = latest(year, inputs[i].people_year);
        year = latest(year, inputs[i].dwellings_year);
        for (size_t f = 0; f < model->n_facts; f++) {
            if (inputs[i].fact_year[f] == 0)
                inputs[i].fact_year[f] = year_in(model->fact_names[f]);
            year = latest(year, inputs[i].fact_year[f]);
        }
    }
    return query->as_of ? (int)strtol(query->as_of, NULL, 10) : year;
}

static bool read_facts(struct geo_store *store, struct targeting_data_reading *reading,
                       struct err *err)
{
    const struct geo_table *table = geo_table_find("hechos_municipio");
    reading->codigo = geo_table_field(table, "codigo");
    reading->hecho = geo_table_field(table, "hecho");
    reading->valor = geo_table_field(table, "valor");
    return geo_store_each(store, table, NULL, read_fact, reading, err) && check_found(reading, err);
}

static double mean_of(double sum, double n)
{
    return n > 0 ? sum / n : 0;
}

static void take_coverage(struct targeting_data_reading *reading,
                          const struct geo_coverage *coverage)
{
    double alliances = 0, families = 0, areas = 0, hectares = 0, works = 0, works_families = 0;
    for (size_t i = 0; i < coverage->n_rows; i++) {
        const struct geo_coverage_row *row = &coverage->rows[i];
        size_t slot = geo_units_slot(reading->units, row->codigo);
        alliances += (double)row->alianzas;
        families += (double)row->familias;
        areas += (double)row->areas_riego;
        hectares += row->riego_neto_m2 / M2_PER_HA;
        works += (double)row->subproyectos;
        works_families += (double)row->subproyectos_familias;
        if (slot == reading->units->n)
            continue;
        struct target_input *input = &reading->inputs[slot];
        input->families = (double)row->familias;
        input->irrigated_ha = row->riego_neto_m2 / M2_PER_HA;
        input->works_families = (double)row->subproyectos_familias;
    }
    reading->model->lag[0] = (struct target_lag){alliances, mean_of(families, alliances)};
    reading->model->lag[1] = (struct target_lag){areas, mean_of(hectares, areas)};
    reading->model->lag[2] = (struct target_lag){works, mean_of(works_families, works)};
}

bool target_read_inputs(struct geo_store *store, const struct geo_units *units,
                        const struct geo_target_query *query, struct geo_target_model *model,
                        struct target_input *inputs, struct err *err)
{
    struct targeting_data_reading *reading = calloc(1, sizeof *reading);
    if (!reading)
        return err_no_memory(err);
    *reading = (struct targeting_data_reading){.units = units, .model = model, .inputs = inputs};
    const struct geo_coverage_query of = {
        .group = GEO_BY_MUNICIPIO, .as_of = query->as_of, .edition = units->edition};
    struct geo_coverage *coverage = geo_coverage_compute(store, &of, err);
    for (size_t i = 0; i < units->n; i++) {
        inputs[i].nbi_pct = inputs[i].people = inputs[i].dwellings = NAN;
        for (size_t f = 0; f < GEO_TARGET_FACTS_MAX; f++)
            inputs[i].facts[f] = NAN;
    }
    bool ok = coverage && read_facts(store, reading, err);
    if (ok) {
        take_coverage(reading, coverage);
        model->year = reference_year(query, model, inputs, units->n);
    }
    geo_coverage_free(coverage);
    free(reading);
    return ok;
}
