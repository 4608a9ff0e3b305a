/* coverage.c - the figure `coverage`: what the programme has in each place. */
#include "geo/figures/coverage.h"

#include "geo/analysis/restate.h"
#include "geo/base/json.h"
#include "geo/catalog/editions.h"
#include "geo/catalog/params.h"

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    const struct geo_coverage_query query = {.group = figure_group(args),
                                             .as_of = figure_text(args, "as-of"),
                                             .edition = figure_text(args, "edition")};
    const struct geo_crosswalk_options editions = {.from = figure_text(args, "restate-from"),
                                                   .threads = figure_threads(args)};
    if (editions.from && !catalog_edition_is_there(args, store, "restate-from", err))
        return false;
    struct geo_coverage *coverage = editions.from
                                        ? geo_restate_coverage(store, &editions, &query, err)
                                        : geo_coverage_compute(store, &query, err);
    if (!coverage)
        return false;
    json_text(&result->head, "por", figure_text(args, "by"));
    bool ok = figure_take_rows(result, geo_coverage_rows(coverage), err);
    geo_coverage_free(coverage);
    return ok;
}

static bool slow(const struct figure_args *args)
{
    return figure_text(args, "as-of") || figure_text(args, "restate-from");
}

static const struct param params[] = {
    FIGURE_BY("municipio"),
    FIGURE_AS_OF,
    FIGURE_EDITION,
    {.name = "restate-from",
     .kind = PARAM_TEXT,
     .value = "A",
     .title = "edición cuya población y viviendas por municipio se reparten entre los de la otra; "
              "la columna reexpresado_pct dice qué parte de las viviendas se repartió"},
    FIGURE_DEPARTAMENTO,
    FIGURE_UO,
    {0},
};
static const char *const layers[] = {"alianzas", "areas_riego", "subproyectos", NULL};

const struct figure figure_coverage = {
    .command = "coverage",
    .path = "/coverage",
    .name = "cobertura",
    .title = "Cobertura",
    .summary = "Cobertura por municipio, departamento, unidad operativa o país",
    .about =
        "Cuentan las alianzas con convenio firmado, las áreas de riego desde su puesta en "
        "operación (o el convenio de su alianza) y los subproyectos desde su inicio. Cada registro "
        "cuenta en su municipio principal; las hectáreas, donde están. Los registros sin municipio "
        "forman una fila propia, la última, de modo que las filas suman siempre el total; por "
        "nacional están incluidos. Etapas y estados son los de hoy.",
    .columns =
        "codigo nombre departamento uo alianzas familias mujeres comprometido_bs solicitado_bs "
        "transferido_bs descargado_bs riego_bruto_ha riego_neto_ha subproyectos "
        "subproyectos_familias subproyectos_ejecutado_bs poblacion_rural viviendas_rurales "
        "cobertura_familias_pct reexpresado_pct cubierto_alianzas cubierto_riego "
        "cubierto_subproyectos municipios municipios_alianzas municipios_riego "
        "municipios_subproyectos areas_riego riego_declarado_ha subproyectos_comprometido_bs "
        "alianzas_modelo1 alianzas_modelo2 alianzas_modelo3 alianzas_riego_tecnificado "
        "alianzas_agua_ganaderia alianzas_apicultura alianzas_piscicultura alianzas_otro "
        "alianzas_etapa_solicitud alianzas_etapa_evaluacion alianzas_etapa_plan "
        "alianzas_etapa_viable alianzas_etapa_convenio alianzas_etapa_inversion "
        "alianzas_etapa_operacion alianzas_etapa_concluida alianzas_etapa_rechazada "
        "alianzas_etapa_abandonada subproyectos_evaluacion_fps subproyectos_licitacion "
        "subproyectos_ejecucion subproyectos_recepcion_provisional "
        "subproyectos_recepcion_definitiva",
    .examples = "sigg coverage --by uo --as-of 2021-12-31 --format csv\n"
                "sigg coverage --departamento Potosí -o potosi.xlsx\n",
    .params = params,
    .layers = layers,
    .place = FIGURE_IN_UNITS,
    .slow = slow,
    .make = make,
};
