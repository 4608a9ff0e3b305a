/* fuzz_figures.c - any bytes as text parameters of figures.
 * Weights, facts, errors, dates, lists and numbers, as an HTTP request carries them, computed
 * on a small country. Errors are the caller's and have a message in UTF-8. A figure has a
 * budget of 20 ms and must end when it is spent. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/access.h"
#include "geo/analysis/clusters.h"
#include "geo/analysis/conflicts.h"
#include "geo/analysis/crosswalk.h"
#include "geo/analysis/equity.h"
#include "geo/analysis/indicators.h"
#include "geo/analysis/restate.h"
#include "geo/analysis/series.h"
#include "geo/analysis/sites.h"
#include "geo/analysis/targeting.h"
#include "geo/base/text.h"
#include "geo/figures/irrigation.h"
#include "server/figures/access_options.h"
#include "server/figures/clusters_options.h"
#include "server/figures/targeting_options.h"
#include "server/routes.h"
#include "tests/unit/country.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LIMIT_MS = 20, DRAWS_MAX = 64 };

struct question {
    const struct route *route;
    const struct param_value *values;
    struct geo_store *store;
    struct err *err;
};

static const struct param_value *param(const struct question *question, const char *name)
{
    const struct param *params = question->route->params;
    for (size_t i = 0; params[i].name; i++)
        if (strcmp(params[i].name, name) == 0)
            return &question->values[i];
    abort();
}

static const char *text(const struct question *question, const char *name)
{
    return param(question, name)->text;
}

static enum geo_group group_of(const struct question *question, enum geo_group otherwise)
{
    enum geo_group group = otherwise;
    if (text(question, "by") && !geo_group_of(text(question, "by"), &group))
        abort();
    return group;
}

static bool rows_made(struct rows *rows)
{
    struct buf out;
    buf_init(&out);
    if (rows)
        rows_write(rows, ROWS_JSON, &out);
    if (out.len && !text_is_utf8(out.data, out.len))
        abort();
    buf_free(&out);
    rows_free(rows);
    return rows != NULL;
}

static bool target(const struct question *q)
{
    struct geo_target_query query = {.as_of = text(q, "as-of"),
                                     .edition = text(q, "edition"),
                                     .weights = text(q, "weights"),
                                     .facts = text(q, "facts"),
                                     .errors = text(q, "errors"),
                                     .scenario = text(q, "scenario"),
                                     .explain = text(q, "explain"),
                                     .draws = param(q, "draws")->integer % DRAWS_MAX + 1,
                                     .seed = (uint64_t)param(q, "seed")->integer,
                                     .k = param(q, "k")->given ? param(q, "k")->integer : 0,
                                     .threads = 1};
    struct buf words;
    if (!targeting_options_words(text(q, "by"), text(q, "form"), text(q, "normalise"), &query,
                                 q->err) ||
        !targeting_options_concentration(text(q, "concentration"), &query, q->err))
        return false;
    struct geo_targeting *made = geo_targeting_compute(q->store, &query, q->err);
    buf_init(&words);
    if (made) {
        geo_targeting_describe(made, &words);
        if (query.explain && !geo_targeting_explain(made, query.explain, &words, q->err))
            buf_clear(&words);
        rows_made(geo_targeting_rows(made));
    }
    buf_free(&words);
    geo_targeting_free(made);
    return made != NULL;
}

static bool access_to(const struct question *q, bool sites)
{
    struct access_options options = {
        .query = {.as_of = text(q, "as-of"), .edition = text(q, "edition")}};
    struct geo_sites *found = NULL;
    struct geo_access *made = NULL;
    if (!access_options_read(&options, text(q, "km"), text(q, "of"), sites ? NULL : text(q, "by"),
                             sites ? text(q, "k") : NULL, NULL, q->err))
        return false;
    struct geo_reach *reach = geo_reach_load(q->store, &options.query, q->err);
    bool *reached = reach ? calloc(reach->n_places + 1, sizeof *reached) : NULL;
    if (reached && sites && geo_reach_mark(reach, options.distance_m, reached, q->err))
        found = geo_sites_greedy(reach, options.distance_m, reached, options.sites, q->err);
    else if (reached && !sites)
        made = geo_access_compute(reach, options.distance_m, options.group, q->err);
    bool ok = (found && rows_made(geo_sites_rows(found, reach))) ||
              (made && rows_made(geo_access_rows(made, reach)));
    geo_sites_free(found);
    geo_access_free(made);
    free(reached);
    geo_reach_free(reach);
    return ok;
}

static bool clusters(const struct question *q)
{
    struct geo_clusters_query query = {.rate = text(q, "rate"),
                                       .weights = text(q, "weights"),
                                       .as_of = text(q, "as-of"),
                                       .edition = text(q, "edition"),
                                       .threads = 1};
    if (!clusters_options_read(&query, NULL, text(q, "seed"), text(q, "fdr"), q->err))
        return false;
    struct geo_clusters *made = geo_clusters_compute(q->store, &query, q->err);
    bool ok = made && rows_made(geo_clusters_rows(made));
    geo_clusters_free(made);
    return ok;
}

static bool coverage(const struct question *q, bool irrigation)
{
    const struct geo_coverage_query query = {.group = group_of(q, GEO_BY_MUNICIPIO),
                                             .as_of = text(q, "as-of"),
                                             .edition = text(q, "edition")};
    const struct geo_crosswalk_options editions = {
        .from = irrigation ? NULL : text(q, "restate-from"), .threads = 1};
    if (irrigation) {
        struct geo_irrigation *made = geo_irrigation_compute(q->store, &query, q->err);
        bool ok = made && rows_made(geo_irrigation_rows(made));
        geo_irrigation_free(made);
        return ok;
    }
    struct geo_coverage *made = editions.from
                                    ? geo_restate_coverage(q->store, &editions, &query, q->err)
                                    : geo_coverage_compute(q->store, &query, q->err);
    bool ok = made && rows_made(geo_coverage_rows(made));
    geo_coverage_free(made);
    return ok;
}

static bool series(const struct question *q)
{
    struct geo_series_query query = {.group = group_of(q, GEO_BY_NACIONAL),
                                     .semesters = text(q, "step") && text(q, "step")[0] == 's',
                                     .from = text(q, "from"),
                                     .to = text(q, "to"),
                                     .edition = text(q, "edition"),
                                     .rows_max = 5000};
    if (!geo_series_what_of(text(q, "what") ? text(q, "what") : "cobertura", &query.what))
        abort();
    return rows_made(geo_series_rows(q->store, &query, q->err));
}

static bool indicators(const struct question *q)
{
    const struct geo_indicator_query query = {.group = group_of(q, GEO_BY_NACIONAL),
                                              .as_of = text(q, "as-of"),
                                              .edition = text(q, "edition")};
    return rows_made(geo_indicators_table(q->store, &query, q->err));
}

static bool equity(const struct question *q)
{
    struct geo_equity_query query = {.group = group_of(q, GEO_BY_DEPARTAMENTO),
                                     .as_of = text(q, "as-of"),
                                     .edition = text(q, "edition")};
    if (!geo_equity_of_word(text(q, "of") ? text(q, "of") : "familias", &query.of))
        abort();
    struct geo_equity *made = geo_equity_compute(q->store, &query, q->err);
    bool ok = made && rows_made(text(q, "curve") ? geo_equity_curve_rows(made, GEO_EQUITY_LORENZ)
                                                 : geo_equity_rows(made, ROWS_JSON));
    geo_equity_free(made);
    return ok;
}

static bool crosswalk(const struct question *q)
{
    const struct geo_crosswalk_options options = {
        .from = text(q, "from"), .to = text(q, "to"), .threads = 1};
    if (!options.from || !options.to)
        return err_set(q->err, ERR_INPUT, "falta una edición");
    struct geo_crosswalk *made = geo_crosswalk_compute(q->store, &options, q->err);
    bool ok = made && rows_made(geo_crosswalk_rows(made, text(q, "changes") != NULL));
    geo_crosswalk_free(made);
    return ok;
}

static bool conflicts(const struct question *q)
{
    const struct geo_conflicts_query query = {.layer = text(q, "layer"),
                                              .edition = text(q, "edition"),
                                              .state = text(q, "state"),
                                              .nameless = true};
    return rows_made(text(q, "by")
                         ? geo_conflicts_summary(q->store, &query, group_of(q, GEO_BY_UO), q->err)
                         : geo_conflicts_rows(q->store, &query, q->err));
}

/* False: the route is no figure. */
static bool ask(const struct question *question, bool *made)
{
    const char *path = question->route->pattern;
    if (strcmp(path, "/targeting") == 0)
        *made = target(question);
    else if (strcmp(path, "/access") == 0 || strcmp(path, "/access/sites") == 0)
        *made = access_to(question, path[7] != '\0');
    else if (strcmp(path, "/clusters") == 0)
        *made = clusters(question);
    else if (strcmp(path, "/coverage") == 0 || strcmp(path, "/irrigation") == 0)
        *made = coverage(question, path[1] == 'i');
    else if (strcmp(path, "/series") == 0)
        *made = series(question);
    else if (strcmp(path, "/indicators") == 0)
        *made = indicators(question);
    else if (strcmp(path, "/equity") == 0)
        *made = equity(question);
    else if (strcmp(path, "/crosswalk") == 0)
        *made = crosswalk(question);
    else if (strcmp(path, "/conflicts") == 0)
        *made = conflicts(question);
    else
        return false;
    return true;
}

static void compute(struct geo_store *store, const struct route *route,
                    const struct param_value *values)
{
    struct err err = {0};
    struct budget budget;
    const struct question question = {route, values, store, &err};
    bool made = false;
    budget_start(&budget, LIMIT_MS);
    geo_store_bound(store, &budget);
    bool asked = ask(&question, &made);
    geo_store_bound(store, NULL);
    if (!asked || made)
        return;
    if (!text_is_utf8(err.message, strlen(err.message)))
        abort();
    /* Errors are the caller's or "not found"; any other needs a spent budget. */
    if (err.kind == ERR_NONE || (err.kind != ERR_INPUT && err.kind != ERR_USAGE &&
                                 err.kind != ERR_NOT_FOUND && budget_left(&budget, NULL)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct country *country; /* lives as long as the fuzzer */
    struct route_values values;
    struct param_value params[PARAMS_MAX];
    struct target target_read;
    struct err err = {0};
    char allow[ROUTE_ALLOW_MAX];
    if (!country)
        country = country_new();
    struct arena *arena = arena_new();
    char *request = arena ? arena_strndup(arena, (const char *)data, size) : NULL;
    if (!request)
        abort();
    if (request_parse_target(arena, request, &target_read, &err)) {
        const struct route *route = route_match(routes, "GET", &target_read, arena, &values, allow);
        if (route && route->params &&
            request_parse_params(&target_read, route->params, params, &err))
            compute(country->store, route, params);
    }
    arena_free(arena);
    return 0;
}
