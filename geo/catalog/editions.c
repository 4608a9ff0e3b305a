/* editions.c - the figure `editions`: the editions of the boundaries. */
#include "geo/catalog/editions.h"
#include "geo/analysis/edition_rows.h"

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    (void)args;
    result->rows = geo_edition_rows(store, err);
    return result->rows != NULL;
}

static const struct param params[] = {{0}};
static const char *const layers[] = {NULL};

const struct figure figure_editions = {
    .command = "editions",
    .path = "/editions",
    .name = "ediciones",
    .title = "Ediciones de límites",
    .summary = "Las ediciones de límites municipales cargadas, y cuál es la vigente",
    .about = "En el orden en que se cargaron.",
    .columns = "codigo titulo municipios vigente esquematica fuente fecha_datos",
    .examples = "sigg editions\n",
    .params = params,
    .layers = layers,
    .make = make,
};

bool catalog_edition_is_there(const struct figure_args *args, struct geo_store *store,
                              const char *name, struct err *err)
{
    struct geo_edition_info edition;
    return geo_store_edition(store, figure_text(args, name), &edition, err) || err_about(err, name);
}

bool catalog_editions(const struct figure_args *args, struct geo_store *store,
                      struct geo_crosswalk_options *options, struct err *err)
{
    options->from = figure_text(args, "from");
    options->to = figure_text(args, "to");
    options->threads = (unsigned)figure_threads(args);
    return catalog_edition_is_there(args, store, "from", err) &&
           catalog_edition_is_there(args, store, "to", err);
}
