/* sites.c - the figure `access sites`: new sites that reach the most rural people. */
#include "geo/analysis/sites.h"

#include <stdlib.h>

#include "geo/base/json.h"
#include "geo/base/number.h"
#include "geo/catalog/reach.h"

/* Says what the table does not show. */
static void explain(const struct geo_reach *reach, const struct geo_sites *sites, bool exact,
                    bool proven, struct buf *note)
{
    const double before = (double)(reach->people - sites->unreached), all = (double)reach->people;
    number_put_sentence(note,
                        "Población rural alcanzada en línea recta: # % antes, # % con # sitios "
                        "nuevos (# personas más).\n",
                        2, 100 * before / all, 2, 100 * (before + (double)sites->reached) / all, 0,
                        (double)sites->n, 0, (double)sites->reached);
    if (exact && proven)
        buf_puts(note, "Es el óptimo: ninguna otra elección alcanza a más personas.\n");
    else if (sites->bound > 0)
        number_put_sentence(note,
                            "Ninguna elección alcanza a más de # personas nuevas: esta llega al "
                            "menos al # % del óptimo (garantía general: 63,2 %).\n",
                            0, (double)sites->bound, 1,
                            100 * (double)sites->reached / (double)sites->bound);
    if (exact && !proven)
        buf_puts(note, "El tiempo de la búsqueda exacta no alcanzó para probar el óptimo; con más "
                       "segundos, quizá.\n");
}

static bool answer(const struct geo_reach *reach, const struct geo_sites *sites, bool exact,
                   bool proven, struct figure_result *result, struct err *err)
{
    json_int(&result->head, "personas", reach->people);
    json_int(&result->head, "personas_no_alcanzadas", sites->unreached);
    json_int(&result->head, "personas_nuevas", sites->reached);
    json_int(&result->head, "personas_nuevas_cota", sites->bound);
    explain(reach, sites, exact, proven, &result->note);
    return figure_take_rows(result, geo_sites_rows(sites, reach), err);
}

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    const double distance_m = catalog_distance_m(args), exact_s = figure_real(args, "exact");
    const int64_t k = figure_int(args, "k");
    struct geo_sites *greedy = NULL, *best = NULL;
    bool proven = false, ok = false;
    struct geo_reach *reach = catalog_reach(args, store, result, err);
    bool *reached = reach ? calloc(reach->n_places + 1, sizeof *reached) : NULL;
    if (reach && !reached)
        err_no_memory(err);
    if (reached && geo_reach_mark(reach, distance_m, reached, err))
        greedy = geo_sites_greedy(reach, distance_m, reached, k, err);
    if (greedy && exact_s > 0)
        best = geo_sites_exact(reach, distance_m, reached, greedy, k, exact_s, &proven, err);
    if (greedy && (best || exact_s <= 0))
        ok = answer(reach, best ? best : greedy, best != NULL, proven, result, err);
    geo_sites_free(best);
    geo_sites_free(greedy);
    free(reached);
    geo_reach_free(reach);
    return ok;
}

static const struct param params[] = {
    REACH_KM,
    REACH_OF,
    {.name = "k",
     .kind = PARAM_INT,
     .min = 1,
     .max = 1000,
     .server_max = 100,
     .beyond = "en el servidor no se buscan más; con «sigg access sites -k» se puede hasta 1000",
     .fallback = "10",
     .value = "N",
     .title = "cuántos sitios nuevos"},
    {.name = "exact",
     .kind = PARAM_REAL,
     .above_min = true,
     .max = 3600,
     .value = "S",
     .command_only = true, /* it may take as long as its user allows */
     .title = "busca la mejor elección posible, durante S segundos a lo sumo"},
    FIGURE_AS_OF,
    FIGURE_EDITION,
    FIGURE_DEPARTAMENTO,
    {0},
};
static const char *const layers[] = {"alianzas", "subproyectos", NULL};

const struct figure figure_sites = {
    .command = "access sites",
    .path = "/access/sites",
    .name = "sitios",
    .title = "Sitios nuevos",
    .summary = "Sitios nuevos que alcanzan a más personas aún no alcanzadas",
    .about = "Un sitio se ubica en una comunidad. Los sitios se eligen uno tras otro, cada vez el "
             "que agrega más personas; se dice cuánto, a lo sumo, podría mejorar otra elección.",
    .columns = "puesto codigo nombre municipio departamento lon lat personas_nuevas "
               "personas_acumuladas alcance_pct",
    .examples = "sigg access sites --km 15 -k 5 --exact 20\n",
    .params = params,
    .layers = layers,
    .place = FIGURE_AT_POINTS,
    .slow = figure_slow,
    .make = make,
};
