/* figures_time.c - /series and /indicators as JSON, CSV and a plain HTML table, in
 * the same terms as the commands of those names. */
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/indicators.h"
#include "geo/analysis/series.h"
#include "server/handlers.h"
#include "server/json_out.h"
#include "server/portal.h"
#include "server/respond.h"

static const struct offer offers[] = {
    {"json", "application/json"}, {"csv", "text/csv"}, {"html", "text/html"}, {0}};

/* One of the two: what it is called, what it rests on, how its rows are made. */
struct kind {
    const char *name, *title;
    const char *const *params; /* that tell one question from another; ends with NULL */
    const char *const *layers; /* simulated if one of them is; ends with NULL */
    struct rows *(*rows)(struct call *call, struct geo_store *store, struct err *err);
};

static const char *text_or(struct call *call, const char *name, const char *otherwise)
{
    const char *text = call_text(call, name);
    return text ? text : otherwise;
}

static struct rows *series_rows(struct call *call, struct geo_store *store, struct err *err)
{
    struct geo_series_query query = {.semesters =
                                         strcmp(text_or(call, "step", "year"), "semester") == 0,
                                     .from = call_text(call, "from"),
                                     .to = call_text(call, "to"),
                                     .edition = call_text(call, "edition")};
    if (!geo_series_what_of(text_or(call, "what", "cobertura"), &query.what) ||
        !geo_group_of(text_or(call, "by", "nacional"), &query.group)) {
        err_set(err, ERR_SETUP, "la lista de parámetros no es la de las series");
        return NULL;
    }
    return geo_series_rows(store, &query, err);
}

static struct rows *indicator_rows(struct call *call, struct geo_store *store, struct err *err)
{
    struct geo_indicator_query query = {.as_of = call_text(call, "as-of"),
                                        .edition = call_text(call, "edition")};
    if (!geo_group_of(text_or(call, "by", "nacional"), &query.group)) {
        err_set(err, ERR_SETUP, "la lista de parámetros no es la de los indicadores");
        return NULL;
    }
    return geo_indicators_table(store, &query, err);
}

static const char *const portfolio[] = {
    "alianzas",           "areas_riego", "subproyectos", "eventos",
    "resultados_alianza", "practicas",   "reclamos",     NULL};
static const char *const series_params[] = {"what", "by", "step", "from", "to", "edition", NULL};
static const char *const indicator_params[] = {"by", "as-of", "edition", NULL};
static const struct kind series = {"series", "Series", series_params, portfolio, series_rows};
static const struct kind indicators = {"indicadores", "Marco de resultados", indicator_params,
                                       portfolio, indicator_rows};

static bool is_simulated(struct geo_store *store, const struct kind *kind, bool *simulated,
                         struct err *err)
{
    *simulated = false;
    for (const char *const *layer = kind->layers; *layer; layer++) {
        struct geo_layer_info info;
        if (!geo_store_layer(store, *layer, &info, err))
            return false;
        *simulated = *simulated || info.simulated;
    }
    return true;
}

static void put_json(struct call *call, const struct kind *kind, const struct rows *rows,
                     const struct geo_edition_info *edition, bool simulated, struct buf *out)
{
    buf_putc(out, '{');
    json_text(out, "edicion", edition->codigo);
    for (const char *const *param = kind->params; *param; param++)
        if (strcmp(*param, "edition") != 0)
            json_text(out, *param, call_text(call, *param));
    json_bool(out, "simulado", simulated);
    json_bool(out, "esquematica", edition->schematic);
    json_int(out, "revision", call->view->revision);
    json_key(out, "filas");
    rows_write(rows, ROWS_JSON, out);
    buf_puts(out, "}\n");
}

static bool make(struct call *call, const struct kind *kind, const struct offer *offer,
                 struct buf *out, struct err *err)
{
    struct geo_store *store = call_store(call, err);
    struct geo_edition_info edition;
    bool simulated;
    if (!store || !geo_store_edition(store, call_text(call, "edition"), &edition, err) ||
        !is_simulated(store, kind, &simulated, err))
        return false;
    struct rows *rows = kind->rows(call, store, err);
    if (!rows)
        return false;
    if (strcmp(offer->name, "csv") == 0)
        rows_write(rows, ROWS_CSV, out);
    else if (strcmp(offer->name, "html") == 0)
        portal_put_table(rows, kind->title, simulated, edition.schematic, edition.codigo,
                         text_or(call, kind == &series ? "to" : "as-of", NULL), out);
    else
        put_json(call, kind, rows, &edition, simulated, out);
    rows_free(rows);
    return true;
}

/* Values hold no control characters: the parts of the key cannot run together. */
static const char *key_of(struct call *call, const struct kind *kind, const struct offer *offer)
{
    const char *key = arena_printf(call->arena, "%s\n%s", kind->name, offer->name);
    for (const char *const *param = kind->params; key && *param; param++)
        key = arena_printf(call->arena, "%s\n%s", key, text_or(call, *param, ""));
    return key;
}

/* The same question is answered from the view's cache. */
static bool answer(struct call *call, const struct kind *kind, struct err *err)
{
    const struct offer *offer = respond_negotiate(call, offers);
    if (respond_unchanged(call, offer->name))
        return true;
    struct buf body;
    buf_init(&body);
    const char *key = key_of(call, kind, offer);
    if (!key)
        return err_no_memory(err);
    const struct cache_entry *entry = cache_get(call->view->cache, key, call->version);
    if (!entry && call_aside(call)) {
        buf_free(&body);
        return true;
    }
    if (entry)
        buf_put(&body, entry->data, entry->len);
    else if (!make(call, kind, offer, &body, err)) {
        buf_free(&body);
        return call_name_parameter(call, err);
    }
    if (!entry && !buf_failed(&body)) {
        char *copy = malloc(body.len + 1);
        if (copy) {
            memcpy(copy, body.data, body.len + 1);
            entry = cache_put(call->view->cache, key, call->version, copy, body.len);
            if (!entry)
                free(copy);
        }
    }
    cache_return((void *)(uintptr_t)entry);
    const bool csv = strcmp(offer->name, "csv") == 0;
    if (csv) {
        const char *file = arena_printf(call->arena, "attachment; filename=\"%s.csv\"", kind->name);
        respond_header(call, "Content-Disposition", file ? file : "attachment");
    }
    return respond_buf(call,
                       csv                                ? TYPE_CSV
                       : strcmp(offer->name, "html") == 0 ? TYPE_HTML
                                                          : TYPE_JSON,
                       &body, err);
}

bool figures_series(struct call *call, struct err *err)
{
    return answer(call, &series, err);
}

bool figures_indicators(struct call *call, struct err *err)
{
    return answer(call, &indicators, err);
}
