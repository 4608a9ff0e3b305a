/* access.c - the figure `access`: rural people near alliances or works. */
#include "geo/analysis/access.h"

#include <string.h>

#include "geo/base/json.h"
#include "geo/catalog/reach.h"

double catalog_distance_m(const struct figure_args *args)
{
    return 1000 * figure_real(args, "km");
}

static unsigned what(const char *word)
{
    if (strcmp(word, "alianzas") == 0)
        return GEO_REACH_ALIANZAS;
    return strcmp(word, "subproyectos") == 0 ? GEO_REACH_SUBPROYECTOS
                                             : GEO_REACH_ALIANZAS | GEO_REACH_SUBPROYECTOS;
}

struct geo_reach *catalog_reach(const struct figure_args *args, struct geo_store *store,
                                struct figure_result *result, struct err *err)
{
    const struct geo_reach_query query = {.of = what(figure_text(args, "of")),
                                          .as_of = figure_text(args, "as-of"),
                                          .edition = figure_text(args, "edition")};
    struct geo_reach *reach = geo_reach_load(store, &query, err);
    if (!reach)
        return NULL;
    struct buf *head = &result->head, *note = &result->note;
    json_double(head, "km", figure_real(args, "km"));
    json_text(head, "distancia", "geodésica, en línea recta");
    json_text(head, "base", reach->communities ? "comunidades" : "municipios");
    json_int(head, "sin_ubicacion", (int64_t)reach->n_nowhere);
    if (!reach->communities)
        buf_puts(note, "No hay comunidades cargadas: la población rural de cada municipio se toma "
                       "en un solo punto, y el resultado es aproximado. Vea: sigg import "
                       "comunidades\n");
    if (reach->n_nowhere)
        buf_printf(note, "%zu registros sin ubicación no se tomaron en cuenta.\n",
                   reach->n_nowhere);
    return reach;
}

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    struct geo_reach *reach = catalog_reach(args, store, result, err);
    struct geo_access *access =
        reach ? geo_access_compute(reach, catalog_distance_m(args), figure_group(args), err) : NULL;
    bool ok = access && figure_take_rows(result, geo_access_rows(access, reach), err);
    geo_access_free(access);
    geo_reach_free(reach);
    return ok;
}

static const struct param params[] = {
    REACH_KM,  REACH_OF, FIGURE_BY("municipio"), FIGURE_AS_OF, FIGURE_EDITION, FIGURE_DEPARTAMENTO,
    FIGURE_UO, {0},
};
static const char *const layers[] = {"alianzas", "subproyectos", NULL};

const struct figure figure_access = {
    .command = "access",
    .path = "/access",
    .name = "acceso",
    .title = "Población rural alcanzada",
    .summary = "Población rural a cierta distancia de una alianza o un subproyecto",
    .about =
        "Las personas del área rural que viven a no más de esa distancia EN LÍNEA RECTA "
        "(geodésica) de una alianza con convenio o de un subproyecto: no mide caminos. Donde no "
        "hay comunidades cargadas, la población rural de cada municipio se toma en un punto dentro "
        "de él; la columna base lo dice.",
    .columns = "codigo nombre departamento uo lugares lugares_alcanzados personas "
               "personas_alcanzadas alcance_pct base",
    .examples = "sigg access --km 15 --by departamento\n",
    .params = params,
    .layers = layers,
    .place = FIGURE_IN_UNITS,
    .slow = figure_slow,
    .make = make,
};
