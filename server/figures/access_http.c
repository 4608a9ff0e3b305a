/* access_http.c - the endpoints /access, /access/sites and /clusters.
 *
 * They give the results of `sigg access` and `sigg clusters`. The exact search for sites
 * is only in the command: it may take as long as its user allows.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/access.h"
#include "geo/analysis/sites.h"
#include "geo/base/json.h"
#include "server/figures/access_options.h"
#include "server/figures/clusters_options.h"
#include "server/figures/handlers.h"
#include "server/figures/tables.h"

static void put_real(struct buf *out, const char *key, double value)
{
    json_key(out, key);
    buf_put_real(out, value);
}

/* /access -------------------------------------------------------------------- */

static struct geo_reach *load(struct call *call, struct geo_store *store,
                              struct access_options *options, bool sites, struct buf *head,
                              struct err *err)
{
    options->query = (struct geo_reach_query){.as_of = call_text(call, "as-of"),
                                              .edition = call_text(call, "edition")};
    if (!access_options_read(options, call_text(call, "km"), call_text(call, "of"),
                             sites ? NULL : call_text(call, "by"),
                             sites ? call_text(call, "k") : NULL, NULL, err))
        return NULL;
    struct geo_reach *reach = geo_reach_load(store, &options->query, err);
    if (reach) {
        put_real(head, "km", options->distance_m / 1000);
        json_text(head, "distancia", "geodésica, en línea recta");
        json_text(head, "base", reach->communities ? "comunidades" : "municipios");
        json_int(head, "sin_ubicacion", (int64_t)reach->n_nowhere);
    }
    return reach;
}

static struct rows *access_rows(struct call *call, struct geo_store *store, struct buf *head,
                                struct err *err)
{
    struct access_options options = {0};
    struct rows *rows = NULL;
    struct geo_reach *reach = load(call, store, &options, false, head, err);
    struct geo_access *access =
        reach ? geo_access_compute(reach, options.distance_m, options.group, err) : NULL;
    if (access && !(rows = geo_access_rows(access, reach)))
        err_no_memory(err);
    geo_access_free(access);
    geo_reach_free(reach);
    return rows;
}

static struct rows *sites_rows(struct call *call, struct geo_store *store, struct buf *head,
                               struct err *err)
{
    struct access_options options = {0};
    struct geo_sites *sites = NULL;
    struct rows *rows = NULL;
    struct geo_reach *reach = load(call, store, &options, true, head, err);
    bool *reached = reach ? calloc(reach->n_places + 1, sizeof *reached) : NULL;
    if (reach && !reached)
        err_no_memory(err);
    if (reached && geo_reach_mark(reach, options.distance_m, reached, err))
        sites = geo_sites_greedy(reach, options.distance_m, reached, options.sites, err);
    if (sites) {
        json_int(head, "personas", reach->people);
        json_int(head, "personas_no_alcanzadas", sites->unreached);
        json_int(head, "personas_nuevas", sites->reached);
        json_int(head, "personas_nuevas_cota", sites->bound);
        if (!(rows = geo_sites_rows(sites, reach)))
            err_no_memory(err);
    }
    geo_sites_free(sites);
    free(reached);
    geo_reach_free(reach);
    return rows;
}

bool access_http_get(struct call *call, struct err *err)
{
    const struct tables_table table = {.name = "acceso",
                                       .slow = true,
                                       .title = "Población rural alcanzada en línea recta",
                                       .edition = call_text(call, "edition"),
                                       .as_of = call_text(call, "as-of"),
                                       .rows = access_rows};
    return tables_answer(call, &table, err);
}

bool access_http_sites(struct call *call, struct err *err)
{
    const struct tables_table table = {.name = "sitios",
                                       .slow = true,
                                       .title = "Sitios nuevos que alcanzan a más personas",
                                       .edition = call_text(call, "edition"),
                                       .as_of = call_text(call, "as-of"),
                                       .rows = sites_rows};
    return tables_answer(call, &table, err);
}

/* /clusters ------------------------------------------------------------------ */

static struct rows *clusters_rows(struct call *call, struct geo_store *store, struct buf *head,
                                  struct err *err)
{
    struct geo_clusters_query query = {.rate = call_text(call, "rate"),
                                       .weights = call_text(call, "weights"),
                                       .as_of = call_text(call, "as-of"),
                                       .edition = call_text(call, "edition"),
                                       .threads = 1}; /* other processors serve other requests */
    struct rows *rows = NULL;
    if (!clusters_options_read(&query, NULL, call_text(call, "seed"), call_text(call, "fdr"), err))
        return NULL;
    struct geo_clusters *clusters = geo_clusters_compute(store, &query, err);
    if (!clusters)
        return NULL;
    const struct geo_moran *moran = &clusters->global;
    json_text(head, "tasa", query.rate);
    json_text(head, "pesos", query.weights);
    json_bool(head, "bayes_empirico", clusters->empirical_bayes);
    json_int(head, "permutaciones", query.permutations);
    json_int(head, "semilla", (int64_t)query.seed);
    put_real(head, "fdr", query.level);
    put_real(head, "moran_i", moran->i);
    put_real(head, "moran_esperada", moran->expected);
    put_real(head, "moran_varianza", moran->variance);
    put_real(head, "moran_z", moran->z);
    put_real(head, "moran_p", moran->p);
    json_int(head, "municipios", (int64_t)clusters->n_used);
    json_int(head, "sin_dato", (int64_t)clusters->n_no_data);
    json_int(head, "aislados", (int64_t)clusters->n_isolated);
    if (!(rows = geo_clusters_rows(clusters)))
        err_no_memory(err);
    geo_clusters_free(clusters);
    return rows;
}

bool access_http_clusters(struct call *call, struct err *err)
{
    const struct tables_table table = {.name = "agrupamientos",
                                       .slow = true,
                                       .title = "Agrupamientos (I de Moran)",
                                       .edition = call_text(call, "edition"),
                                       .as_of = call_text(call, "as-of"),
                                       .rows = clusters_rows};
    return tables_answer(call, &table, err);
}
