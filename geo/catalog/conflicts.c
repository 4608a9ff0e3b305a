/* conflicts.c - the figure `conflicts`: records that lie elsewhere than they declare. */
#include "geo/analysis/conflicts.h"

#include "geo/catalog/figure.h"
#include "geo/catalog/params.h"

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    const struct geo_conflicts_query query = {
        .layer = figure_text(args, "layer"),
        .edition = figure_text(args, "edition"),
        .state = figure_text(args, "state"),
        .decided = figure_flag(args, "all"),
        /* The persons who decided, and their notes, are not published. */
        .nameless = args->server,
    };
    result->rows = figure_text(args, "by")
                       ? geo_conflicts_summary(store, &query, figure_group(args), err)
                       : geo_conflicts_rows(store, &query, err);
    return result->rows != NULL;
}

static const char *const *layer_names(void)
{
    return geo_tables_names(GEO_TABLES_PLACED);
}

static const struct param params[] = {
    {.name = "layer",
     .kind = PARAM_CHOICE,
     .choices_of = layer_names,
     .position = 1,
     .value = "CAPA",
     .title = "solo los registros de esta capa; si falta, los de todas"},
    FIGURE_BY(NULL),
    {.name = "state",
     .kind = PARAM_TEXT,
     .list = true,
     .value = "E",
     .title = "solo estos estados, separados por comas: conflicto, vecino, en_agua, fuera"},
    {.name = "all", .kind = PARAM_FLAG, .title = "también los decididos"},
    FIGURE_EDITION,
    FIGURE_UO,
    {0},
};

const struct figure figure_conflicts = {
    .command = "conflicts",
    .path = "/conflicts",
    .name = "conflictos",
    .title = "Conflictos de ubicación",
    .summary = "Los registros que están en otro lugar que el declarado, y qué se decidió",
    .about =
        "Una fila por registro cuyo lugar y cuyo municipio declarado no coinciden, o que cae en "
        "agua o fuera del país; con una agrupación, cuántos hay en cada grupo. Estados: conflicto "
        "(a más de 2 km del municipio declarado), vecino (a 2 km o menos), en_agua, fuera; si el "
        "registro cambió después, el de ahora. Resolución: abierto; decidido (hay un veredicto en "
        "vigor); caduco (lo había, y después cambiaron el lugar o la declaración: ya no vale).\n"
        "El CSV vuelve a entrar: se llenan veredicto, coordenadas y nota en una hoja de cálculo, y "
        "sigg verdict --from ARCHIVO los aplica. En el mapa: sigg render --style conflictos.",
    .columns = "capa codigo nombre estado resolucion distancia_m ubicado_codigo ubicado_nombre "
               "declarado_codigo declarado_nombre uo veredicto coordenadas fecha persona nota "
               "abiertos conflicto vecino en_agua fuera caducos decididos aceptar_ubicacion "
               "aceptar_declaracion corregir_coordenadas",
    .examples = "sigg conflicts --by uo\n"
                "sigg conflicts alianzas --state conflicto --format csv > conflictos.csv\n",
    .params = params,
    .slow = figure_slow,
    .make = make,
};
