/* coverage_rows.c - the table of coverage.
 *
 * The counts by model, rubro, stage and state come last, in the order of schema.c.
 */
#include "geo/figures/coverage.h"

#include <math.h>

#include "geo/figures/coverage_tally.h"

#define M2_PER_HA 10000.0

enum { HA_DECIMALS = 4 };

/* clang-format off */
#define FIGURES                                                                                \
    {"codigo", 0}, {"nombre", 0}, {"departamento", 0}, {"uo", 0}, {"alianzas", 0},             \
    {"familias", 0}, {"mujeres", 0}, {"comprometido_bs", 2}, {"solicitado_bs", 2},             \
    {"transferido_bs", 2}, {"descargado_bs", 2}, {"riego_bruto_ha", HA_DECIMALS},              \
    {"riego_neto_ha", HA_DECIMALS}, {"subproyectos", 0}, {"subproyectos_familias", 0},         \
    {"subproyectos_ejecutado_bs", 2}, {"poblacion_rural", 0}, {"viviendas_rurales", 0},        \
    {"cobertura_familias_pct", 2}

#define DETAILS                                                                                \
    {"areas_riego", 0}, {"riego_declarado_ha", HA_DECIMALS},                                   \
    {"subproyectos_comprometido_bs", 2}, GEO_COVERAGE_KINDS(KIND)
#define KIND(column, member) {column, 0},
/* clang-format on */

/* The last column, shown where facts were restated. */
#define RESTATED             \
    {                        \
        "reexpresado_pct", 2 \
    }

static const struct rows_column of_municipios[] = {
    FIGURES,          {"cubierto_alianzas", 0}, {"cubierto_riego", 0}, {"cubierto_subproyectos", 0},
    DETAILS RESTATED,
};

static const struct rows_column of_groups[] = {
    FIGURES,
    {"municipios", 0},
    {"municipios_alianzas", 0},
    {"municipios_riego", 0},
    {"municipios_subproyectos", 0},
    DETAILS RESTATED,
};

/* The columns that fit a terminal. */
static const char *const brief[] = {
    "codigo",
    "nombre",
    "uo",
    "alianzas",
    "familias",
    "mujeres",
    "comprometido_bs",
    "transferido_bs",
    "riego_neto_ha",
    "subproyectos",
    "cobertura_familias_pct",
    "municipios",
    "municipios_alianzas",
    "reexpresado_pct",
    NULL,
};

static void put_counts(struct rows *rows, const int64_t *counts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        rows_int(rows, counts[i]);
}

/* NULL in the row of records without a municipality, which cannot be covered. */
static void put_flag(struct rows *rows, const struct geo_coverage_row *row, int64_t covered)
{
    if (row->unlinked)
        rows_null(rows);
    else
        rows_bool(rows, covered > 0);
}

static void put_row(struct rows *rows, const struct geo_coverage_row *row, enum geo_group group)
{
    rows_text(rows, row->codigo[0] ? row->codigo : NULL);
    rows_text(rows, row->nombre);
    rows_text(rows, row->departamento[0] ? row->departamento : NULL);
    rows_text(rows, row->uo[0] ? row->uo : NULL);
    rows_int(rows, row->alianzas);
    rows_int(rows, row->familias);
    rows_int(rows, row->mujeres);
    rows_money(rows, row->comprometido_cts);
    rows_money(rows, row->solicitado_cts);
    rows_money(rows, row->transferido_cts);
    rows_money(rows, row->descargado_cts);
    rows_real(rows, row->riego_bruto_m2 / M2_PER_HA);
    rows_real(rows, row->riego_neto_m2 / M2_PER_HA);
    rows_int(rows, row->subproyectos);
    rows_int(rows, row->subproyectos_familias);
    rows_money(rows, row->subproyectos_ejecutado_cts);
    rows_real(rows, row->poblacion_rural);
    rows_real(rows, row->viviendas_rurales);
    rows_real(rows, row->cobertura_familias_pct);
    if (group == GEO_BY_MUNICIPIO) {
        put_flag(rows, row, row->municipios_alianzas);
        put_flag(rows, row, row->municipios_riego);
        put_flag(rows, row, row->municipios_subproyectos);
    } else {
        rows_int(rows, row->municipios);
        rows_int(rows, row->municipios_alianzas);
        rows_int(rows, row->municipios_riego);
        rows_int(rows, row->municipios_subproyectos);
    }
    rows_int(rows, row->areas_riego);
    rows_real(rows, row->riego_declarado_ha);
    rows_money(rows, row->subproyectos_comprometido_cts);
    put_counts(rows, row->por_modelo, GEO_MODELOS);
    put_counts(rows, row->por_rubro, GEO_RUBROS);
    put_counts(rows, row->por_etapa, GEO_ETAPAS);
    put_counts(rows, row->por_estado, GEO_ESTADOS);
}

struct rows *geo_coverage_rows(const struct geo_coverage *coverage)
{
    bool units = coverage->group == GEO_BY_MUNICIPIO;
    size_t n =
        units ? sizeof of_municipios / sizeof *of_municipios : sizeof of_groups / sizeof *of_groups;
    struct rows *rows = rows_new(units ? of_municipios : of_groups, n - !coverage->restated);
    if (rows)
        rows_brief(rows, brief);
    for (size_t i = 0; rows && i < coverage->n_rows; i++) {
        const struct geo_coverage_row *row = &coverage->rows[i];
        put_row(rows, row, coverage->group);
        if (coverage->restated)
            rows_real(rows, row->viviendas_rurales > 0
                                ? 100 * row->viviendas_reexpresadas / row->viviendas_rurales
                                : NAN);
    }
    return rows;
}
