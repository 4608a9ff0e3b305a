/* coverage.c - coverage by place: from the stored figures, or computed for a date. */
#include "geo/figures/coverage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/figures/coverage_tally.h"
#include "geo/store/results.h"

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

/* True if the row of records without a municipality has any figure. */
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

/* What is stored --------------------------------------------------------- */

struct coverage_stored {
    const struct geo_units *units;
    struct geo_coverage_row *slots; /* units->n + 1 */
    size_t n;                       /* rows that have a slot */
    bool whole;
};

static bool take_stored(void *arg, const struct geo_coverage_row *row, bool whole)
{
    struct coverage_stored *stored = arg;
    size_t slot = row->unlinked ? stored->units->n : geo_units_slot(stored->units, row->codigo);
    if (slot == stored->units->n && !row->unlinked)
        return true; /* of a municipality that no longer exists */
    stored->slots[slot] = *row;
    geo_coverage_mark(&stored->slots[slot]);
    stored->whole = stored->whole && whole;
    stored->n++;
    return true;
}

/* Reads the stored rows. *whole: every slot has all its figures; else they cannot be used. */
static bool read_stored(struct geo_store *store, const struct geo_units *units,
                        struct geo_coverage_row *slots, bool *whole, struct err *err)
{
    struct coverage_stored stored = {.units = units, .slots = slots, .whole = true};
    if (!geo_store_coverage(store, units->edition, take_stored, &stored, err))
        return false;
    *whole = stored.whole && stored.n == units->n + 1;
    return true;
}

static bool find_slots(struct geo_store *store, const struct geo_units *units,
                       const struct geo_coverage_query *query, struct geo_coverage_row *slots,
                       struct err *err)
{
    bool whole = false;
    if (!query->as_of && !query->facts && !read_stored(store, units, slots, &whole, err))
        return false;
    if (whole)
        return true;
    memset(slots, 0, (units->n + 1) * sizeof *slots);
    return geo_coverage_tally(store, units, NULL, query, slots, err);
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
    ok = find_slots(store, coverage->units, query, slots, err) && roll_up(coverage, slots, err);
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
    ok = ok &&
         geo_store_coverage_put(store, units->edition, slots, units->n + 1, wanted, changed, err);
    free(slots);
    return ok;
}

/* Is it in order? --------------------------------------------------------- */

struct checking {
    struct geo_store *store;
    geo_coverage_finding_fn *fn;
    void *arg;
    int64_t *findings;
    struct err *err;
    bool ok;
};

static void compare(struct checking *checking, const struct geo_units *units,
                    const struct geo_coverage_row *then, const struct geo_coverage_row *now)
{
    size_t n = 0;
    const char *first = NULL;
    for (size_t i = 0; i <= units->n; i++)
        if (!geo_coverage_row_same(&then[i], &now[i])) {
            if (n++ == 0)
                first = i < units->n ? units->units[i].nombre : "sin municipio";
        }
    if (n == 0)
        return;
    char finding[256];
    snprintf(finding, sizeof finding,
             "cobertura de la edición %s: %zu fila%s no corresponde%s a los registros (la primera: "
             "%s); «sigg link» la calcula de nuevo",
             units->edition, n, n == 1 ? "" : "s", n == 1 ? "" : "n", first);
    ++*checking->findings;
    checking->fn(checking->arg, finding);
}

static bool check_edition(void *arg, const struct geo_edition_info *edition)
{
    struct checking *checking = arg;
    const struct geo_coverage_query query = {.edition = edition->codigo};
    struct geo_units *units = geo_units_load(checking->store, edition->codigo, checking->err);
    struct geo_coverage_row *then = units ? calloc(2 * (units->n + 1), sizeof *then) : NULL;
    bool whole = false;
    checking->ok = then != NULL || (units && err_no_memory(checking->err));
    if (checking->ok)
        checking->ok = read_stored(checking->store, units, then, &whole, checking->err);
    if (checking->ok && whole) {
        struct geo_coverage_row *now = then + units->n + 1;
        checking->ok = geo_coverage_tally(checking->store, units, NULL, &query, now, checking->err);
        if (checking->ok)
            compare(checking, units, then, now);
    }
    free(then);
    geo_units_free(units);
    return checking->ok;
}

bool geo_coverage_check(struct geo_store *store, geo_coverage_finding_fn *fn, void *arg,
                        int64_t *findings, struct err *err)
{
    struct checking checking = {
        .store = store, .fn = fn, .arg = arg, .findings = findings, .err = err, .ok = true};
    return geo_store_editions(store, check_edition, &checking, err) && checking.ok;
}
