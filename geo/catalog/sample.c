/* sample.c - the figure `indicators sample`: members to visit for indicator R3. */
#include "geo/analysis/sample.h"

#include "geo/base/json.h"
#include "geo/catalog/figure.h"
#include "geo/catalog/params.h"

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    const struct geo_sample_query query = {.size = figure_int(args, "size"),
                                           .seed = (uint64_t)figure_int(args, "seed"),
                                           .round = figure_text(args, "round"),
                                           .as_of = figure_text(args, "as-of"),
                                           .edition = figure_text(args, "edition")};
    int64_t population = 0;
    result->rows = geo_sample_rows(store, &query, &population, err);
    if (!result->rows)
        return false;
    json_int(&result->head, "poblacion", population);
    json_int(&result->head, "semilla", (int64_t)query.seed);
    buf_printf(&result->note, "muestra de %lld de %lld miembros, semilla %llu\n",
               (long long)query.size, (long long)population, (unsigned long long)query.seed);
    return true;
}

static const struct param params[] = {
    {.name = "size",
     .kind = PARAM_INT,
     .min = 1,
     .max = 1000000000,
     .required = true,
     .value = "N",
     .title = "cuántos miembros visitar"},
    {.name = "seed", .kind = PARAM_INT, .fallback = "0", .value = "N", .title = "semilla"},
    {.name = "round",
     .kind = PARAM_TEXT,
     .fallback = "1",
     .value = "R",
     .title = "nombre de la muestra"},
    FIGURE_AS_OF,
    FIGURE_EDITION,
    FIGURE_DEPARTAMENTO,
    FIGURE_UO,
    {0},
};
static const char *const layers[] = {"alianzas", NULL};

const struct figure figure_sample = {
    .command = "indicators sample",
    .name = "muestra",
    .title = "Muestra de miembros",
    .summary = "Sortea los miembros que se visitan para el indicador R3",
    .about = "Una muestra aleatoria simple, sin reposición, de las familias de las alianzas con "
             "convenio. Con la misma semilla y los mismos registros sale la misma en cualquier "
             "máquina. Llenadas las columnas fecha y practicas, la lista se carga: "
             "sigg import practicas lista.csv",
    .columns = "codigo muestra alianza_codigo miembro fecha practicas opp familias municipio "
               "municipio_nombre departamento uo",
    .examples = "sigg indicators sample --size 400 --seed 2023 --round 2023 --format csv\n",
    .params = params,
    .layers = layers,
    .make = make,
};
