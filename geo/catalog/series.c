/* series.c - the figure `series`: the programme by year or semester. */
#include "geo/analysis/series.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/json.h"
#include "geo/catalog/figure.h"
#include "geo/catalog/params.h"

/* Limit of rows in the server: a row takes some 600 bytes as JSON, and 200 while the table is
 * made. */
enum { SERIES_ROWS_MAX = 70000 };

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    static const char *const shown[] = {"what", "by", "step", "from", "to"};
    struct geo_series_query query = {.group = figure_group(args),
                                     .semesters =
                                         strcmp(figure_text(args, "step"), "semestre") == 0,
                                     .from = figure_text(args, "from"),
                                     .to = figure_text(args, "to"),
                                     .edition = figure_text(args, "edition"),
                                     .rows_max = args->server ? SERIES_ROWS_MAX : 0};
    if (!geo_series_what_of(figure_text(args, "what"), &query.what))
        abort();
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        json_text(&result->head, shown[i], figure_text(args, shown[i]));
    result->rows = geo_series_rows(store, &query, err);
    return result->rows != NULL;
}

static const struct param params[] = {
    {.name = "what",
     .kind = PARAM_CHOICE,
     .choices = PARAM_WORDS("cobertura", "riego", "subproyectos", "procesos", "difusion", "embudo",
                            "rubros"),
     .fallback = "cobertura",
     .value = "Q",
     .title = "qué se cuenta: cobertura, las alianzas por fecha de convenio; riego, áreas y "
              "hectáreas por puesta en operación; subproyectos, por fecha de inicio, y recibidos "
              "por la de recepción; procesos, los nueve procesos del plan, por fase de "
              "financiamiento; difusion, eventos por tipo, con participantes y mujeres; embudo, "
              "hasta dónde llegaron las solicitudes, por etapa; rubros, solicitudes por rubro"},
    FIGURE_BY("nacional"),
    {.name = "step",
     .kind = PARAM_CHOICE,
     .choices = PARAM_WORDS("anio", "semestre"),
     .older = PARAM_WORDS("year", "semester"),
     .fallback = "anio",
     .value = "S",
     .title = "periodos: años o semestres"},
    {.name = "from",
     .kind = PARAM_TEXT,
     .value = "FECHA",
     .title = "desde: AAAA o AAAA-MM-DD; si falta, la primera fecha conocida. El primer periodo "
              "empieza ahí"},
    {.name = "to",
     .kind = PARAM_TEXT,
     .value = "FECHA",
     .title = "hasta: AAAA o AAAA-MM-DD; si falta, la última fecha conocida. El último periodo "
              "termina ahí"},
    FIGURE_EDITION,
    FIGURE_DEPARTAMENTO,
    FIGURE_UO,
    {0},
};
static const char *const layers[] = {"alianzas",           "areas_riego", "subproyectos", "eventos",
                                     "resultados_alianza", "practicas",   "reclamos",     NULL};

#define FLOW(name) " " name "_periodo " name "_acumulado"

const struct figure figure_series = {
    .command = "series",
    .path = "/series",
    .name = "series",
    .title = "Series",
    .summary = "Cifras por año o semestre: lo del periodo y lo acumulado",
    .about =
        "Cada cifra tiene dos columnas: X_periodo, lo que pasó en el periodo, y X_acumulado, lo "
        "que había al terminar (columna hasta). Lo anterior al primer periodo está en lo "
        "acumulado. Un registro sin la fecha que lo hace contar está en lo acumulado desde el "
        "comienzo donde también cuenta siempre (áreas de riego, subproyectos), y si no, en ninguna "
        "parte. Lo acumulado el último día es lo que da la cobertura con esa fecha.",
    .columns = "periodo desde hasta codigo nombre departamento uo proceso etapa tipo rubro "
               "titulo" FLOW("alianzas") FLOW("familias") FLOW("mujeres") FLOW("comprometido_bs")
                   FLOW("solicitado_bs") FLOW("transferido_bs") FLOW("descargado_bs") FLOW("areas")
                       FLOW("bruto_ha") FLOW("neto_ha") FLOW("declarado_ha") FLOW("fi") FLOW("fa")
                           FLOW("total") FLOW("municipios"),
    .examples = "sigg series --what procesos --from 2018 --to 2022\n"
                "sigg series --by uo --step semestre --format csv > cobertura.csv\n",
    .params = params,
    .layers = layers,
    .day = "to",
    .slow = figure_slow,
    .make = make,
};
