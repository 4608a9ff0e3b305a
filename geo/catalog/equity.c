/* equity.c - the figure `equity`: how evenly the programme reaches rural people. */
#include "geo/analysis/equity.h"

#include <stdlib.h>

#include "geo/base/json.h"
#include "geo/catalog/figure.h"
#include "geo/catalog/params.h"

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    const char *of = figure_text(args, "of"), *curve = figure_text(args, "curve");
    struct geo_equity_query query = {.group = figure_group(args),
                                     .as_of = figure_text(args, "as-of"),
                                     .edition = figure_text(args, "edition")};
    if (!geo_equity_of_word(of, &query.of))
        abort();
    struct geo_equity *equity = geo_equity_compute(store, &query, err);
    if (!equity)
        return false;
    geo_equity_describe(equity, &result->note);
    json_words(&result->head, "descripcion", &result->note);
    buf_putc(&result->note, '\n');
    json_text(&result->head, "de", of);
    json_text(&result->head, "por", figure_text(args, "by"));
    enum geo_equity_curve which =
        curve && curve[0] == 'c' ? GEO_EQUITY_CONCENTRATION : GEO_EQUITY_LORENZ;
    struct rows *rows = curve ? geo_equity_curve_rows(equity, which)
                              : geo_equity_rows(equity, args->rounded ? ROWS_TABLE : ROWS_CSV);
    bool ok = figure_take_rows(result, rows, err);
    geo_equity_free(equity);
    return ok;
}

static const struct param params[] = {
    {.name = "of",
     .kind = PARAM_CHOICE,
     .choices = PARAM_WORDS("familias", "bs", "riego", "obras", "alianzas"),
     .fallback = "familias",
     .value = "Q",
     .title = "lo que se reparte: familias en alianzas; bs comprometidos en alianzas y "
              "subproyectos; riego, ha netas; obras, familias de subproyectos; o alianzas"},
    {.name = "by",
     .kind = PARAM_CHOICE,
     .choices = PARAM_WORDS("nacional", "departamento", "uo"),
     .fallback = "departamento",
     .value = "G",
     .title = "grupos entre y dentro de los cuales se parte el Theil; con nacional, ninguno"},
    {.name = "curve",
     .kind = PARAM_CHOICE,
     .choices = PARAM_WORDS("lorenz", "concentracion"),
     .value = "C",
     .title = "en vez de las medidas, los puntos de la curva de Lorenz, o los de la de "
              "concentración, que ordena los municipios del mayor al menor NBI"},
    FIGURE_AS_OF,
    FIGURE_EDITION,
    {0},
};
static const char *const layers[] = {"alianzas", "areas_riego", "subproyectos", NULL};

const struct figure figure_equity = {
    .command = "equity",
    .path = "/equity",
    .name = "equidad",
    .title = "Equidad",
    .summary = "Cuán parejo llega el programa a la población rural: Lorenz, Gini, Theil",
    .about =
        "Cada municipio pesa por su población rural. Los que no la tienen, o tienen 0, quedan "
        "fuera y se cuentan aparte, como lo que no tiene municipio. Una fila por grupo y la última "
        "del país, cuyo Theil es la suma de lo que aportan los grupos, dentro y entre ellos. Una "
        "concentración negativa dice que los municipios de mayor NBI reciben más que lo que toca a "
        "su población.",
    .columns = "grupo municipios excluidos poblacion_rural valor valor_excluido por_mil_personas "
               "participacion_poblacion participacion_valor gini theil theil_dentro theil_entre "
               "indice_concentracion orden codigo nombre departamento nbi_pct poblacion_acumulada "
               "valor_acumulado",
    .examples = "sigg equity --of bs --by uo\n",
    .params = params,
    .layers = layers,
    .slow = figure_slow_dated,
    .make = make,
};
