/* equity_compute.c - reads values and people, and computes the measures of equity. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/equity.h"
#include "geo/base/parse.h"
#include "geo/figures/coverage.h"

#define M2_PER_HA 10000.0
#define CTS_PER_BS 100.0

bool geo_equity_of_word(const char *word, enum geo_equity_of *of)
{
    static const char *const words[] = {"familias", "bs", "riego", "obras", "alianzas"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *of = (enum geo_equity_of)i;
            return true;
        }
    return false;
}

static double value_of(const struct geo_coverage_row *row, enum geo_equity_of of)
{
    switch (of) {
    case GEO_EQUITY_FAMILIAS:
        return (double)row->familias;
    case GEO_EQUITY_BS:
        return (double)(row->comprometido_cts + row->subproyectos_comprometido_cts) / CTS_PER_BS;
    case GEO_EQUITY_RIEGO:
        return row->riego_neto_m2 / M2_PER_HA;
    case GEO_EQUITY_OBRAS:
        return (double)row->subproyectos_familias;
    case GEO_EQUITY_ALIANZAS:
        return (double)row->alianzas;
    }
    return 0;
}

/* Reading -------------------------------------------------------------------- */

struct needs {
    const struct geo_units *units;
    double *need;
    int *year;
    int codigo, hecho, valor;
};

/* Keeps the NBI of the latest year; a fact without a year only if there is no other. */
static bool read_need(void *arg, const struct geo_record *record)
{
    struct needs *needs = arg;
    const char *hecho = geo_record_text(record, needs->hecho);
    size_t slot = geo_units_slot(needs->units, geo_record_text(record, needs->codigo));
    int64_t year = 0;
    if (slot == needs->units->n || !hecho || strncmp(hecho, "nbi", 3) != 0 ||
        (hecho[3] && (hecho[3] != '_' || !parse_int(hecho + 4, 1900, 2100, &year))))
        return true;
    if (isnan(needs->need[slot]) || year >= needs->year[slot]) {
        needs->need[slot] = geo_record_real(record, needs->valor);
        needs->year[slot] = (int)year;
    }
    return true;
}

static bool read_needs(struct geo_store *store, struct geo_equity *equity, struct err *err)
{
    const struct geo_table *table = geo_table_find("hechos_municipio");
    struct needs needs = {
        .units = equity->units,
        .need = equity->need,
        .year = calloc(equity->units->n + 1, sizeof *needs.year),
        .codigo = geo_table_field(table, "codigo"),
        .hecho = geo_table_field(table, "hecho"),
        .valor = geo_table_field(table, "valor"),
    };
    for (size_t i = 0; i < equity->units->n; i++)
        needs.need[i] = NAN;
    bool ok = needs.year ? geo_store_each(store, table, NULL, read_need, &needs, err)
                         : err_no_memory(err);
    free(needs.year);
    return ok;
}

/* Reads values and people of each municipality; *unlinked: the value without one. */
static bool read_values(struct geo_store *store, struct geo_equity *equity, double *unlinked,
                        struct err *err)
{
    const struct geo_coverage_query query = {.group = GEO_BY_MUNICIPIO,
                                             .as_of = equity->as_of[0] ? equity->as_of : NULL,
                                             .edition = equity->edition};
    struct geo_coverage *coverage = geo_coverage_compute(store, &query, err);
    if (!coverage)
        return false;
    for (size_t i = 0; i < coverage->n_rows; i++) {
        const struct geo_coverage_row *row = &coverage->rows[i];
        size_t slot = geo_units_slot(equity->units, row->codigo);
        double value = value_of(row, equity->query.of);
        if (slot == equity->units->n) {
            *unlinked += value;
            continue;
        }
        equity->values[slot] = value;
        equity->people[slot] = row->poblacion_rural;
    }
    geo_coverage_free(coverage);
    return true;
}

/* Measuring -------------------------------------------------------------------- */

/* Scratch arrays, of units->n places or more. */
struct bench {
    struct geo_equity_unit *all, *some;
    struct geo_equity_point *points;
    struct geo_equity_share *shares;
    size_t n;
};

static bool bench_new(struct bench *bench, size_t n)
{
    bench->all = calloc(n + 1, sizeof *bench->all);
    bench->some = calloc(n + 1, sizeof *bench->some);
    bench->points = calloc(n + 2, sizeof *bench->points);
    bench->shares = calloc(n + 2, sizeof *bench->shares);
    return bench->all && bench->some && bench->points && bench->shares;
}

static void bench_free(struct bench *bench)
{
    free(bench->all);
    free(bench->some);
    free(bench->points);
    free(bench->shares);
}

/* Gini and concentration index of the units of a group; SIZE_MAX: of all. */
static void measure_group(struct bench *bench, size_t group, struct geo_equity_row *row)
{
    size_t n = 0, n_points;
    for (size_t i = 0; i < bench->n; i++)
        if (group == SIZE_MAX || bench->all[i].group == group)
            bench->some[n++] = bench->all[i];
    row->gini = geo_equity_lorenz(bench->some, n, bench->points);
    row->concentration = geo_equity_concentration(bench->some, n, bench->points, &n_points);
}

static void take_units(struct geo_equity *equity, const struct geo_grouping *grouping,
                       struct bench *bench, struct geo_equity_row *nation)
{
    for (size_t i = 0; i < equity->units->n; i++) {
        struct geo_equity_row *row = &equity->rows[grouping->row_of[i]];
        if (!(equity->people[i] > 0)) {
            if (row != nation) {
                row->excluded++;
                row->excluded_value += equity->values[i];
            }
            nation->excluded++;
            nation->excluded_value += equity->values[i];
            continue;
        }
        bench->all[bench->n++] = (struct geo_equity_unit){.people = equity->people[i],
                                                          .value = equity->values[i],
                                                          .need = equity->need[i],
                                                          .group = grouping->row_of[i],
                                                          .at = i};
        equity->without_need += isnan(equity->need[i]);
    }
}

static void measure(struct geo_equity *equity, const struct geo_grouping *grouping,
                    struct bench *bench, double unlinked)
{
    struct geo_equity_row *nation = &equity->rows[equity->n_rows - 1];
    size_t n_groups = equity->n_rows > 1 ? equity->n_rows - 1 : 1;
    take_units(equity, grouping, bench, nation);
    nation->nombre = "Bolivia";
    nation->excluded_value += unlinked;
    double theil = geo_equity_theil(bench->all, bench->n, n_groups, bench->shares);
    struct geo_equity_share all = {.theil = theil};
    for (size_t g = 0; g < n_groups; g++) {
        const struct geo_equity_share *share = &bench->shares[g];
        all.units += share->units;
        all.people += share->people;
        all.value += share->value;
        all.within += share->within;
        all.between += share->between;
        if (equity->n_rows == 1)
            continue;
        equity->rows[g].nombre = grouping->rows[g].nombre;
        equity->rows[g].share = *share;
        measure_group(bench, g, &equity->rows[g]);
    }
    nation->share = all;
    memcpy(bench->some, bench->all, bench->n * sizeof *bench->all);
    nation->gini = geo_equity_lorenz(bench->some, bench->n, equity->lorenz);
    equity->n_lorenz = bench->n + 1;
    nation->concentration = geo_equity_concentration(bench->some, bench->n, equity->concentration,
                                                     &equity->n_concentration);
}

static bool compute(struct geo_store *store, struct geo_equity *equity, struct err *err)
{
    const size_t n = equity->units->n;
    struct geo_grouping grouping = {0};
    struct bench bench = {0};
    double unlinked = 0;
    bool ok = false;
    equity->people = calloc(n + 1, sizeof *equity->people);
    equity->values = calloc(n + 1, sizeof *equity->values);
    equity->need = calloc(n + 1, sizeof *equity->need);
    equity->lorenz = calloc(n + 2, sizeof *equity->lorenz);
    equity->concentration = calloc(n + 2, sizeof *equity->concentration);
    equity->rows = calloc(n + 2, sizeof *equity->rows);
    if (!equity->people || !equity->values || !equity->need || !equity->lorenz ||
        !equity->concentration || !equity->rows || !bench_new(&bench, n)) {
        err_no_memory(err);
        goto done;
    }
    ok = geo_grouping_make(&grouping, equity->units, equity->query.group, "", err) &&
         read_values(store, equity, &unlinked, err) && read_needs(store, equity, err);
    if (!ok)
        goto done;
    /* The row without a municipality is used for the nation here. */
    equity->n_rows = grouping.n_rows;
    measure(equity, &grouping, &bench, unlinked);
done:
    bench_free(&bench);
    geo_grouping_free(&grouping);
    return ok;
}

struct geo_equity *geo_equity_compute(struct geo_store *store, const struct geo_equity_query *query,
                                      struct err *err)
{
    if (query->as_of && !parse_date(query->as_of)) {
        err_field(err, "as-of", "«%s» no es una fecha: se espera AAAA-MM-DD", query->as_of);
        return NULL;
    }
    if (query->group == GEO_BY_MUNICIPIO) {
        err_field(err, "by", "«municipio»: se acepta departamento, uo o nacional");
        return NULL;
    }
    struct geo_equity *equity = calloc(1, sizeof *equity);
    if (!equity) {
        err_no_memory(err);
        return NULL;
    }
    equity->query = (struct geo_equity_query){.of = query->of, .group = query->group};
    if (query->as_of)
        memcpy(equity->as_of, query->as_of, sizeof equity->as_of);
    equity->units = geo_units_load(store, query->edition, err);
    if (equity->units) {
        memcpy(equity->edition, equity->units->edition, sizeof equity->edition);
        if (compute(store, equity, err))
            return equity;
    }
    geo_equity_free(equity);
    return NULL;
}

void geo_equity_free(struct geo_equity *equity)
{
    if (!equity)
        return;
    free(equity->people);
    free(equity->values);
    free(equity->need);
    free(equity->lorenz);
    free(equity->concentration);
    free(equity->rows);
    geo_units_free(equity->units);
    free(equity);
}
