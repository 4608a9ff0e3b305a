/* indicators.c - the figure `indicators`: the results framework. */
#include "geo/analysis/indicators.h"

#include "geo/base/json.h"
#include "geo/catalog/figure.h"
#include "geo/catalog/params.h"

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    const struct geo_indicator_query query = {.group = figure_group(args),
                                              .as_of = figure_text(args, "as-of"),
                                              .edition = figure_text(args, "edition"),
                                              .definitions_path = figure_text(args, "definitions")};
    json_text(&result->head, "by", figure_text(args, "by"));
    json_text(&result->head, "as-of", query.as_of);
    result->rows = geo_indicators_table(store, &query, err);
    return result->rows != NULL;
}

static const struct param params[] = {
    FIGURE_BY("nacional"),
    FIGURE_AS_OF,
    FIGURE_EDITION,
    {.name = "definitions",
     .kind = PARAM_TEXT,
     .command_only = true,
     .value = "F",
     .title = "archivo con definiciones propias en lugar de las incorporadas "
              "(data/indicadores.json; la forma está en docs/methods.md)"},
    FIGURE_DEPARTAMENTO,
    FIGURE_UO,
    {0},
};
static const char *const layers[] = {"alianzas",           "areas_riego", "subproyectos", "eventos",
                                     "resultados_alianza", "practicas",   "reclamos",     NULL};

const struct figure figure_indicators = {
    .command = "indicators",
    .path = "/indicators",
    .name = "indicadores",
    .title = "Marco de resultados",
    .summary = "El marco de resultados: línea base, meta y lo logrado de cada indicador",
    .about =
        "Numerador y denominador son sumas de los registros del lugar, y lo logrado es su razón. "
        "Lo que viene de una muestra lleva un intervalo de 95 % (Wilson, con corrección por "
        "población finita). Lo que los registros no dan se ingresa con fecha y fuente: "
        "sigg import valores_indicador valores.csv",
    .columns = "indicador nombre unidad linea_base meta logrado numerador denominador metodo "
               "codigo lugar departamento uo avance_pct anterior tendencia ic95_inferior "
               "ic95_superior poblacion fecha fuente origen simulado",
    .examples = "sigg indicators --by uo --as-of 2021-12-31 --format csv\n",
    .params = params,
    .layers = layers,
    .slow = figure_slow,
    .make = make,
};
