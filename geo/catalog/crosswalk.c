/* crosswalk.c - the figure `crosswalk`: what became of each municipality between editions. */
#include "geo/analysis/crosswalk.h"

#include "geo/catalog/editions.h"
#include "geo/catalog/figure.h"
#include "geo/catalog/params.h"

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    struct geo_crosswalk_options options = {.tolerance_m = figure_real(args, "tolerance")};
    if (!catalog_editions(args, store, &options, err))
        return false;
    struct geo_crosswalk *walk = geo_crosswalk_compute(store, &options, err);
    if (!walk)
        return false;
    bool ok = figure_take_rows(result, geo_crosswalk_rows(walk, figure_flag(args, "changes")), err);
    geo_crosswalk_free(walk);
    return ok;
}

static const struct param params[] = {
    CATALOG_FROM,
    CATALOG_TO,
    {.name = "changes",
     .kind = PARAM_FLAG,
     .title = "solo los cambios legales: transferencia, recodificada, perdida, ganada"},
    {.name = "tolerance",
     .kind = PARAM_REAL,
     .min = 0.1,
     .max = 100000,
     .fallback = "125",
     .value = "M",
     .command_only = true,
     .title = "radio en metros: un pedazo en el que no cabe un círculo de ese radio es una "
              "astilla, dos trazos del mismo límite, por larga que sea"},
    {0},
};
static const char *const layers[] = {"comunidades", "hechos_municipio", NULL};

const struct figure figure_crosswalk = {
    .command = "crosswalk",
    .path = "/crosswalk",
    .name = "correspondencia",
    .title = "De una edición a otra",
    .summary = "Qué fue de cada municipio de una edición de límites a otra",
    .about =
        "Una fila por par de municipios, uno de la edición A y otro de la B, que tienen tierra en "
        "común; tierra de A que no está en ningún municipio de B (o al revés) es un par con un "
        "solo municipio. Sin changes, los pares que solo comparten el trazo del límite también "
        "salen, como astillas.",
    .columns = "codigo_a nombre_a codigo_b nombre_b cambio km2 parte_a_pct parte_b_pct personas "
               "personas_a_pct personas_b_pct metodo_personas comunidades ancho_m",
    .examples = "sigg crosswalk 339 2024 --changes\n",
    .params = params,
    .layers = layers,
    .edition = "to",
    .slow = figure_slow,
    .make = make,
};
