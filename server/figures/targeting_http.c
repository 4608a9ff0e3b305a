/* targeting_http.c - the endpoints /targeting and /equity as JSON, CSV, HTML and GeoJSON.
 *
 * They give the results of `sigg target` and `sigg equity`.
 *
 * The draws take a good part of a second, so an answer is made once for the data served and a set
 * of parameters, even for concurrent requests, and cached.
 */
#include <stdio.h>
#include <string.h>

#include "geo/analysis/equity.h"
#include "geo/base/json.h"
#include "server/figures/handlers.h"
#include "server/figures/targeting_geojson.h"
#include "server/figures/targeting_options.h"
#include "server/portal/portal.h"
#include "server/request/respond.h"
#include "server/request/response_cache.h"

static const struct offer targeting_offers[] = {{"json", "application/json"},
                                                {"csv", "text/csv"},
                                                {"html", "text/html"},
                                                {"geojson", "application/geo+json"},
                                                {0}};
static const struct offer equity_offers[] = {
    {"json", "application/json"}, {"csv", "text/csv"}, {"html", "text/html"}, {0}};

/* Writes an answer's body. */
struct targeting_http_making;
typedef bool body_fn(const struct targeting_http_making *making, struct geo_store *store,
                     struct buf *out, struct err *err);

struct targeting_http_making {
    struct call *call;
    const char *format; /* of f= */
    body_fn *body;
};

static void json_real(struct buf *out, const char *key, double value)
{
    json_key(out, key);
    buf_put_real(out, value);
}

/* Writes the first members of every JSON answer. */
static bool put_head(const struct targeting_http_making *making, const char *edition,
                     const char *as_of, struct geo_store *store, struct geo_edition_info *info,
                     struct buf *out, struct err *err)
{
    if (!geo_store_edition(store, edition, info, err))
        return false;
    if (strcmp(making->format, "json") != 0)
        return true;
    buf_putc(out, '{');
    json_text(out, "edicion", edition);
    json_text(out, "fecha", as_of);
    json_bool(out, "simulado", making->call->served->simulated);
    json_bool(out, "esquematica", info->schematic);
    json_int(out, "revision", making->call->served->revision);
    return true;
}

/* Writes rows in the format asked for (JSON has its first members already). Frees them. */
static bool put_rows(const struct targeting_http_making *making, struct rows *rows,
                     const char *title, const struct geo_edition_info *info, struct buf *out,
                     struct err *err)
{
    if (!rows)
        return err_no_memory(err);
    if (strcmp(making->format, "csv") == 0) {
        rows_write(rows, ROWS_CSV, out);
    } else if (strcmp(making->format, "html") == 0) {
        portal_put_table(rows, title, making->call->served->simulated, info->schematic,
                         info->codigo, call_text(making->call, "as-of"), out);
    } else {
        json_key(out, "filas");
        rows_write(rows, ROWS_JSON, out);
        buf_puts(out, "}\n");
    }
    rows_free(rows);
    return true;
}

static bool targeting_body(const struct targeting_http_making *making, struct geo_store *store,
                           struct buf *out, struct err *err);

/* Answering ------------------------------------------------------------------- */

static bool make(void *arg, char **data, size_t *len, struct err *err)
{
    const struct targeting_http_making *making = arg;
    struct buf body;
    struct geo_store *store = call_store(making->call, err);
    if (!store)
        return false;
    buf_init(&body);
    if (making->body(making, store, &body, err)) {
        *data = buf_take(&body, len);
        return *data || err_no_memory(err);
    }
    buf_free(&body);
    return false;
}

static bool answer(struct call *call, const struct offer *offers, const char *name, body_fn *body,
                   struct err *err)
{
    const struct offer *offer = respond_negotiate(call, offers);
    if (respond_unchanged_own(call, offer->name))
        return true;
    struct targeting_http_making making = {call, offer->name, body};
    bool slow = body == targeting_body || call_text(call, "as-of");
    return response_cache_answer_figures(call, name, offer, slow, make, &making, err);
}

/* Targeting -------------------------------------------------------------------- */

static bool read_targeting(struct call *call, struct geo_target_query *query, struct err *err)
{
    const struct param_value *k = call_param(call, "k");
    *query = (struct geo_target_query){
        .as_of = call_text(call, "as-of"),
        .edition = call_text(call, "edition"),
        .weights = call_text(call, "weights"),
        .facts = call_text(call, "facts"),
        .errors = call_text(call, "errors"),
        .scenario = call_text(call, "scenario"),
        .explain = call_text(call, "explain"),
        .draws = call_param(call, "draws")->integer,
        .seed = (uint64_t)call_param(call, "seed")->integer,
        .k = k->given ? k->integer : 0, /* not given: the default of the grouping */
        .threads = 1,                   /* other processors serve other requests */
    };
    return targeting_options_words(call_text(call, "by"), call_text(call, "form"),
                                   call_text(call, "normalise"), query, err) &&
           targeting_options_concentration(call_text(call, "concentration"), query, err);
}

static void put_targeting(const struct geo_targeting *targeting, struct buf *out)
{
    struct buf words;
    buf_init(&words);
    geo_targeting_describe(targeting, &words);
    json_words(out, "descripcion", &words);
    buf_free(&words);
    json_text(out, "forma", targeting->form == GEO_TARGET_ADDITIVE ? "aditiva" : "multiplicativa");
    json_text(out, "normalizacion",
              targeting->scale == GEO_TARGET_PERCENTILE ? "percentil" : "rango");
    json_text(out, "por", targeting->by_departamento ? "departamento" : "all");
    json_int(out, "k", targeting->k);
    json_int(out, "sorteos", targeting->draws);
    json_int(out, "semilla", (int64_t)targeting->seed);
    json_real(out, "concentracion", targeting->concentration);
    json_key(out, "pesos");
    buf_putc(out, '{');
    json_real(out, "need", targeting->weight_need);
    json_real(out, "gap", targeting->weight_gap);
    for (size_t c = 0; c < targeting->n_components; c++) {
        json_next(out);
        buf_put_json(out, targeting->components[c].name);
        buf_putc(out, ':');
        buf_put_real(out, targeting->components[c].weight);
    }
    buf_putc(out, '}');
    json_int(out, "clasificados", (int64_t)targeting->n_ranked);
}

/* Writes the explanation of one municipality's place, a line of text an entry. */
static bool put_explanation(const struct geo_targeting *targeting, const char *codigo,
                            struct buf *out, struct err *err)
{
    struct buf text;
    buf_init(&text);
    bool ok = geo_targeting_explain(targeting, codigo, &text, err) &&
              (!buf_failed(&text) || err_no_memory(err));
    if (ok) {
        json_text(out, "codigo", codigo);
        json_key(out, "explicacion");
        buf_putc(out, '[');
        for (char *line = text.data, *end; *line; line = end) {
            end = line + strcspn(line, "\n");
            if (*end)
                *end++ = '\0';
            json_next(out);
            buf_put_json(out, line);
        }
        buf_puts(out, "]}\n");
    }
    buf_free(&text);
    return ok;
}

static bool targeting_body(const struct targeting_http_making *making, struct geo_store *store,
                           struct buf *out, struct err *err)
{
    struct geo_target_query query;
    struct geo_edition_info info;
    if (!read_targeting(making->call, &query, err))
        return call_about_edition(making->call, err);
    if (query.explain && strcmp(making->format, "json") != 0)
        return err_field(err, "f", "«%s»: con «explain» se acepta json", making->format);
    struct geo_targeting *targeting = geo_targeting_compute(store, &query, err);
    if (!targeting)
        return call_about_edition(making->call, err);
    bool ok = put_head(making, targeting->edition, query.as_of, store, &info, out, err);
    if (ok && strcmp(making->format, "geojson") == 0) {
        ok = targeting_geojson_put(store, targeting, out, err);
    } else if (ok) {
        if (strcmp(making->format, "json") == 0)
            put_targeting(targeting, out);
        ok = query.explain
                 ? put_explanation(targeting, query.explain, out, err)
                 : put_rows(making, geo_targeting_rows(targeting), "Focalización", &info, out, err);
    }
    geo_targeting_free(targeting);
    return ok;
}

bool targeting_http_get(struct call *call, struct err *err)
{
    return answer(call, targeting_offers, "focalizacion", targeting_body, err);
}

/* Equity -------------------------------------------------------------------------- */

static void put_equity(const struct geo_equity *equity, const char *by, const char *of,
                       struct buf *out)
{
    struct buf words;
    buf_init(&words);
    geo_equity_describe(equity, &words);
    json_words(out, "descripcion", &words);
    buf_free(&words);
    json_text(out, "de", of);
    json_text(out, "por", by);
}

static bool equity_body(const struct targeting_http_making *making, struct geo_store *store,
                        struct buf *out, struct err *err)
{
    struct call *call = making->call;
    const char *by = call_text(call, "by"), *of = call_text(call, "of");
    const char *curve = call_text(call, "curve");
    struct geo_equity_query query = {.as_of = call_text(call, "as-of"),
                                     .edition = call_text(call, "edition")};
    struct geo_edition_info info;
    by = by ? by : "departamento";
    of = of ? of : "familias";
    if (!geo_group_of(by, &query.group) || !geo_equity_of_word(of, &query.of))
        return err_set(err, ERR_INPUT, "parámetro «by» u «of»: «%s», «%s»", by, of);
    struct geo_equity *equity = geo_equity_compute(store, &query, err);
    if (!equity)
        return call_about_edition(call, err);
    bool ok = put_head(making, equity->edition, query.as_of, store, &info, out, err);
    if (ok && strcmp(making->format, "json") == 0)
        put_equity(equity, by, of, out);
    enum rows_format format = strcmp(making->format, "html") == 0 ? ROWS_HTML : ROWS_JSON;
    enum geo_equity_curve which =
        curve && curve[0] == 'c' ? GEO_EQUITY_CONCENTRATION : GEO_EQUITY_LORENZ;
    ok = ok &&
         put_rows(making,
                  curve ? geo_equity_curve_rows(equity, which) : geo_equity_rows(equity, format),
                  "Equidad", &info, out, err);
    geo_equity_free(equity);
    return ok;
}

bool targeting_http_equity(struct call *call, struct err *err)
{
    return answer(call, equity_offers, "equidad", equity_body, err);
}
