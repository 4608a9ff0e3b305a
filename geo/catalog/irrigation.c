/* irrigation.c - the figure `irrigation`: irrigated hectares. */
#include "geo/figures/irrigation.h"

#include "geo/base/json.h"
#include "geo/catalog/figure.h"
#include "geo/catalog/params.h"

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    const struct geo_coverage_query query = {.group = figure_group(args),
                                             .as_of = figure_text(args, "as-of"),
                                             .edition = figure_text(args, "edition")};
    struct geo_irrigation *irrigation = geo_irrigation_compute(store, &query, err);
    if (!irrigation)
        return false;
    json_text(&result->head, "por", figure_text(args, "by"));
    bool ok = figure_take_rows(result, geo_irrigation_rows(irrigation), err);
    geo_irrigation_free(irrigation);
    return ok;
}

static const struct param params[] = {
    FIGURE_BY("municipio"), FIGURE_AS_OF, FIGURE_EDITION, FIGURE_DEPARTAMENTO, FIGURE_UO, {0},
};
static const char *const layers[] = {"areas_riego", "alianzas", NULL};

const struct figure figure_irrigation = {
    .command = "irrigation",
    .path = "/irrigation",
    .name = "riego",
    .title = "Riego",
    .summary = "Hectáreas bajo riego: brutas, netas, declaradas y traslapes",
    .about = "Las superficies son geodésicas, sobre el elipsoide WGS 84. Un polígono que cruza "
             "límites se reparte entre sus municipios; lo que no está en ninguno forma una fila "
             "propia, la última, de modo que las filas suman siempre el total; por nacional está "
             "incluido. Lo neto cuenta para el indicador 2.7.",
    .columns = "codigo nombre departamento uo areas bruto_ha neto_ha declarado_ha traslape_ha",
    .examples = "sigg irrigation --by departamento --format csv\n",
    .params = params,
    .layers = layers,
    .place = FIGURE_IN_UNITS,
    .slow = figure_slow_dated,
    .make = make,
};
