#include "geo/figures/coverage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/figures/coverage_tally.h"
#include "geo/figures/results.h"

static void add_known(double *sum, double value)
{
    if (!isnan(value))
        *sum = isnan(*sum) ? value : *sum + value;
}

static void add_counts(int64_t *to, const int64_t *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += from[i];
}

static void add_row(struct geo_coverage_row *to, const struct geo_coverage_row *from)
{
    to->municipios += from->municipios;
    to->municipios_alianzas += from->municipios_alianzas;
    to->municipios_riego += from->municipios_riego;
    to->municipios_subproyectos += from->municipios_subproyectos;
    to->alianzas += from->alianzas;
    to->familias += from->familias;
    to->mujeres += from->mujeres;
    to->comprometido_cts += from->comprometido_cts;
    to->solicitado_cts += from->solicitado_cts;
    to->transferido_cts += from->transferido_cts;
    to->descargado_cts += from->descargado_cts;
    to->areas_riego += from->areas_riego;
    to->riego_bruto_m2 += from->riego_bruto_m2;
    to->riego_neto_m2 += from->riego_neto_m2;
    to->riego_declarado_ha += from->riego_declarado_ha;
    to->subproyectos += from->subproyectos;
    to->subproyectos_familias += from->subproyectos_familias;
    to->subproyectos_comprometido_cts += from->subproyectos_comprometido_cts;
    to->subproyectos_ejecutado_cts += from->subproyectos_ejecutado_cts;
    add_known(&to->poblacion_rural, from->poblacion_rural);
    add_known(&to->viviendas_rurales, from->viviendas_rurales);
    to->viviendas_reexpresadas += from->viviendas_reexpresadas;
    add_counts(to->por_modelo, from->por_modelo, GEO_MODELOS);
    add_counts(to->por_rubro, from->por_rubro, GEO_RUBROS);
    add_counts(to->por_etapa, from->por_etapa, GEO_ETAPAS);
    add_counts(to->por_estado, from->por_estado, GEO_ESTADOS);
}

/* Anything to show in the row of what has no municipality. */
static bool has_any(const struct geo_coverage_row *row)
{
    return row->alianzas || row->subproyectos || row->areas_riego || row->riego_bruto_m2 > 0 ||
           row->riego_declarado_ha > 0;
}

static bool roll_up(struct geo_coverage *coverage, const struct geo_coverage_row *slots,
                    struct err *err)
{
    const struct geo_units *units = coverage->units;
    struct geo_grouping grouping = {0};
    if (!geo_grouping_make(&grouping, units, coverage->group, "Sin municipio", err))
        return false;
    coverage->rows = calloc(grouping.n_rows, sizeof *coverage->rows);
    if (!coverage->rows) {
        geo_grouping_free(&grouping);
        return err_no_memory(err);
    }
    coverage->n_rows = grouping.n_rows;
    for (size_t i = 0; i < grouping.n_rows; i++) {
        struct geo_coverage_row *row = &coverage->rows[i];
        memcpy(row->codigo, grouping.rows[i].codigo, sizeof row->codigo);
        row->nombre = grouping.rows[i].nombre;
        row->departamento = grouping.rows[i].departamento;
        row->uo = grouping.rows[i].uo;
        row->poblacion_rural = row->viviendas_rurales = NAN;
    }
    for (size_t i = 0; i <= units->n; i++)
        add_row(&coverage->rows[grouping.row_of[i]], &slots[i]);
    for (size_t i = 0; i < coverage->n_rows; i++)
        geo_coverage_share(&coverage->rows[i]);
    if (coverage->group != GEO_BY_NACIONAL) {
        coverage->rows[coverage->n_rows - 1].unlinked = true;
        if (!has_any(&coverage->rows[coverage->n_rows - 1]))
            coverage->n_rows--;
    }
    geo_grouping_free(&grouping);
    return true;
}

struct geo_coverage *geo_coverage_compute(struct geo_store *store,
                                          const struct geo_coverage_query *query, struct err *err)
{
    if (query->as_of && !parse_date(query->as_of)) {
        err_set(err, ERR_INPUT, "«%s» no es una fecha: se espera AAAA-MM-DD", query->as_of);
        return NULL;
    }
    struct geo_coverage_row *slots = NULL;
    bool ok = false;
    struct geo_coverage *coverage = calloc(1, sizeof *coverage);
    if (!coverage) {
        err_no_memory(err);
        return NULL;
    }
    coverage->group = query->group;
    coverage->restated = query->facts != NULL;
    if (query->as_of)
        memcpy(coverage->as_of, query->as_of, sizeof coverage->as_of);
    coverage->units = geo_units_load(store, query->edition, err);
    if (!coverage->units)
        goto done;
    memcpy(coverage->edition, coverage->units->edition, sizeof coverage->edition);
    slots = calloc(coverage->units->n + 1, sizeof *slots);
    if (!slots) {
        err_no_memory(err);
        goto done;
    }
    ok = geo_coverage_tally(store, coverage->units, NULL, query, slots, err) &&
         roll_up(coverage, slots, err);
done:
    free(slots);
    if (ok)
        return coverage;
    geo_coverage_free(coverage);
    return NULL;
}

void geo_coverage_free(struct geo_coverage *coverage)
{
    if (!coverage)
        return;
    geo_units_free(coverage->units);
    free(coverage->rows);
    free(coverage);
}

bool geo_coverage_store(struct geo_store *store, const struct geo_units *units, const bool *wanted,
                        bool *changed, struct err *err)
{
    struct geo_coverage_row *slots = calloc(units->n + 1, sizeof *slots);
    if (!slots)
        return err_no_memory(err);
    const struct geo_coverage_query query = {.edition = units->edition};
    bool ok = geo_coverage_tally(store, units, wanted, &query, slots, err);
    for (size_t i = 0; i <= units->n && ok; i++)
        if (!wanted || wanted[i])
            ok = geo_results_put_coverage(store, units->edition, &slots[i], changed, err);
    free(slots);
    return ok;
}
