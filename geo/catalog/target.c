/* target.c - the figure `target`: which municipalities to attend first. */
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/targeting.h"
#include "geo/base/json.h"
#include "geo/catalog/figure.h"
#include "geo/catalog/params.h"

static void put_head(const struct figure_args *args, const struct geo_targeting *targeting,
                     struct buf *out)
{
    struct buf words;
    buf_init(&words);
    geo_targeting_describe(targeting, &words);
    json_words(out, "descripcion", &words);
    buf_free(&words);
    json_text(out, "forma", figure_text(args, "form"));
    json_text(out, "normalizacion", figure_text(args, "normalise"));
    json_text(out, "por", figure_text(args, "by"));
    json_int(out, "k", targeting->k);
    json_int(out, "sorteos", targeting->draws);
    json_int(out, "semilla", (int64_t)targeting->seed);
    json_double(out, "concentracion", targeting->concentration);
    json_key(out, "pesos");
    buf_putc(out, '{');
    json_double(out, "need", targeting->weight_need);
    json_double(out, "gap", targeting->weight_gap);
    for (size_t c = 0; c < targeting->n_components; c++) {
        json_next(out);
        buf_put_json(out, targeting->components[c].name);
        buf_putc(out, ':');
        buf_put_real(out, targeting->components[c].weight);
    }
    buf_putc(out, '}');
    json_int(out, "clasificados", (int64_t)targeting->n_ranked);
}

static void release(void *targeting)
{
    geo_targeting_free(targeting);
}

static bool explain(const struct geo_targeting *targeting, const char *codigo,
                    struct figure_result *result, struct err *err)
{
    json_text(&result->head, "codigo", codigo);
    return geo_targeting_explain(targeting, codigo, &result->text, err) ||
           err_about(err, "explain");
}

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    const struct param_value *k = figure_value(args, "k");
    const struct geo_target_query query = {
        .as_of = figure_text(args, "as-of"),
        .edition = figure_text(args, "edition"),
        .weights = figure_text(args, "weights"),
        .facts = figure_text(args, "facts"),
        .errors = figure_text(args, "errors"),
        .scenario = figure_text(args, "scenario"),
        .explain = figure_text(args, "explain"),
        .form = strcmp(figure_text(args, "form"), "aditiva") == 0 ? GEO_TARGET_ADDITIVE
                                                                  : GEO_TARGET_MULTIPLICATIVE,
        .scale = strcmp(figure_text(args, "normalise"), "percentil") == 0 ? GEO_TARGET_PERCENTILE
                                                                          : GEO_TARGET_RANGE,
        .concentration = figure_real(args, "concentration"),
        .draws = figure_int(args, "draws"),
        .seed = (uint64_t)figure_int(args, "seed"),
        .k = k->given ? k->integer : 0, /* not given: the default of the grouping */
        .by_departamento = figure_group(args) == GEO_BY_DEPARTAMENTO,
        .threads = figure_threads(args),
    };
    struct geo_targeting *targeting = geo_targeting_compute(store, &query, err);
    if (!targeting)
        return false;
    result->owner = targeting;
    result->release = release;
    put_head(args, targeting, &result->head);
    if (query.explain)
        return explain(targeting, query.explain, result, err);
    geo_targeting_describe(targeting, &result->note);
    buf_putc(&result->note, '\n');
    return figure_take_rows(result, geo_targeting_rows(targeting), err);
}

static const struct param params[] = {
    {.name = "weights",
     .kind = PARAM_TEXT,
     .value = "P",
     .title = "pesos, p. ej. need=1,gap=1,nbi=2,rural=1,familias=2,riego=1,obras=1; lo que no se "
              "nombra queda como está: need=1, gap=1, nbi=1, rural=1, familias=2, riego=1, "
              "obras=1, y 1 por hecho. Solo cuentan sus proporciones: need y gap entre sí, y los "
              "demás dentro de su parte"},
    {.name = "facts",
     .kind = PARAM_TEXT,
     .value = "H",
     .title = "otros hechos cargados que suman a la necesidad, separados por comas; «hecho:-» si "
              "menos es más necesidad; sin año, el más reciente"},
    {.name = "form",
     .kind = PARAM_CHOICE,
     .choices = PARAM_WORDS("multiplicativa", "aditiva"),
     .fallback = "multiplicativa",
     .value = "F",
     .title = "cómo se unen necesidad y brecha: multiplicativa, 100 × necesidad^w × brecha^(1-w), "
              "sin compensación entre las dos, o aditiva"},
    {.name = "normalise",
     .kind = PARAM_CHOICE,
     .choices = PARAM_WORDS("rango", "percentil"),
     .fallback = "rango",
     .value = "N",
     .title = "cómo llega un componente de 0 a 1: rango, entre los percentiles 5 y 95, las brechas "
              "desde cero servicio, la población en logaritmo; o percentil"},
    {.name = "k",
     .kind = PARAM_INT,
     .min = 1,
     .max = INT32_MAX,
     .server_max = 100000,
     .value = "N",
     .title = "cuántos son los primeros; si falta, 50, o 5 por departamento"},
    {.name = "by",
     .kind = PARAM_CHOICE,
     .choices = PARAM_WORDS("nacional", "departamento"),
     .older = PARAM_WORDS("all"),
     .fallback = "nacional",
     .value = "G",
     .title = "un solo orden, o uno en cada departamento"},
    {.name = "draws",
     .kind = PARAM_INT,
     .min = 1,
     .max = GEO_TARGET_DRAWS_MAX,
     .server_max = 10000,
     .beyond = "en el servidor no se hacen más; con «sigg target --draws» se puede hasta 1000000",
     .fallback = "10000",
     .value = "N",
     .title = "sorteos"},
    {.name = "seed",
     .kind = PARAM_INT,
     .fallback = "1",
     .value = "N",
     .title = "semilla de los sorteos"},
    {.name = "concentration",
     .kind = PARAM_REAL,
     .min = 1,
     .max = 1000000,
     .fallback = "50",
     .value = "C",
     .title = "cuán fijos son los pesos: la varianza de un peso w es w(1-w)/(C+1)"},
    {.name = "errors",
     .kind = PARAM_TEXT,
     .value = "E",
     .title = "errores de los datos, p. ej. nbi=4,riego=0; por omisión nbi=3, poblacion=5, "
              "riego=5, registro=5, hechos=5, envejecimiento=1, y 0 quita uno: puntos de NBI; % de "
              "población y viviendas; % de hectáreas; % de registros que aún no llegan; % de la "
              "dispersión de otros hechos; puntos o % por año de antigüedad"},
    {.name = "scenario",
     .kind = PARAM_TEXT,
     .value = "P",
     .title =
         "otros pesos (lo que no se nombra, el valor por omisión): agrega el puesto con ellos y "
         "cuántos puestos sube"},
    {.name = "explain",
     .kind = PARAM_TEXT,
     .value = "CODIGO",
     .title = "código INE de un municipio: por qué está donde está y qué lo cambiaría, en vez de "
              "la tabla"},
    FIGURE_AS_OF,
    FIGURE_EDITION,
    FIGURE_DEPARTAMENTO,
    FIGURE_UO,
    {0},
};
static const char *const layers[] = {"alianzas", "areas_riego", "subproyectos", NULL};

const struct figure figure_target = {
    .command = "target",
    .path = "/targeting",
    .name = "focalizacion",
    .title = "Focalización",
    .summary = "Qué municipios atender primero, por qué, y con qué certeza",
    .about =
        "Un índice de 0 a 100 por municipio: necesidad × brecha. La necesidad reúne el NBI y la "
        "población rural; la brecha, lo que falta de familias en alianzas, de hectáreas de riego y "
        "de familias de subproyectos por vivienda rural. En cada sorteo los pesos y los datos "
        "cambian dentro de su error; la probabilidad y los puestos salen de todos ellos. La misma "
        "semilla da el mismo resultado en cualquier máquina.\n"
        "Cada hecho pedido tiene su columna, seguida de su valor de 0 a 1. A igual índice, primero "
        "el código menor; en los sorteos, al azar. Lo que no se clasifica va al final, sin puesto, "
        "con su motivo.",
    .columns = "puesto codigo nombre departamento uo indice necesidad brecha nbi_pct nbi_norm "
               "poblacion_rural rural_norm familias_pct familias_norm riego_ha_mil riego_norm "
               "obras_pct obras_norm prob_primeros_k puesto_p05 puesto_p50 puesto_p95 "
               "puesto_escenario cambio_puestos motivo",
    .examples = "sigg target -k 30 --weights nbi=2 --format csv > prioridades.csv\n"
                "sigg target --departamento Potosí --format geojson -o potosi.geojson\n",
    .params = params,
    .layers = layers,
    .place = FIGURE_IN_UNITS,
    .slow = figure_slow,
    .make = make,
};
