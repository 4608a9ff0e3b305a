/* figures_time.c - the endpoints /series and /indicators.
 *
 * They have the parameters of the commands of those names.
 */
#include <string.h>

#include "geo/analysis/indicators.h"
#include "geo/analysis/series.h"
#include "geo/base/json.h"
#include "server/figures/handlers.h"
#include "server/portal/portal.h"
#include "server/request/respond.h"
#include "server/request/response_cache.h"

/* Limit of rows: a row takes some 600 bytes as JSON, and 200 while the table is made. */
enum { SERIES_ROWS_MAX = 70000 };

static const struct offer offers[] = {
    {"json", "application/json"}, {"csv", "text/csv"}, {"html", "text/html"}, {0}};

/* Description of one of the two endpoints. */
struct kind {
    const char *name, *title;
    const char *const *params; /* parameters that are part of the cache key; ends with NULL */
    const char *const *layers; /* simulated if one of them is; ends with NULL */
    struct rows *(*rows)(struct call *call, struct geo_store *store, struct err *err);
};

struct figures_time_making {
    struct call *call;
    const struct kind *kind;
    const char *format; /* of f= */
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
                                     .edition = call_text(call, "edition"),
                                     .rows_max = SERIES_ROWS_MAX};
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
    json_int(out, "revision", call->served->revision);
    json_key(out, "filas");
    rows_write(rows, ROWS_JSON, out);
    buf_puts(out, "}\n");
}

static bool put(const struct figures_time_making *making, struct geo_store *store, struct buf *out,
                struct err *err)
{
    struct call *call = making->call;
    const struct kind *kind = making->kind;
    struct geo_edition_info edition;
    bool simulated;
    if (!geo_store_edition(store, call_text(call, "edition"), &edition, err) ||
        !is_simulated(store, kind, &simulated, err))
        return false;
    struct rows *rows = kind->rows(call, store, err);
    if (!rows)
        return false;
    if (strcmp(making->format, "csv") == 0)
        rows_write(rows, ROWS_CSV, out);
    else if (strcmp(making->format, "html") == 0)
        portal_put_table(rows, kind->title, simulated, edition.schematic, edition.codigo,
                         text_or(call, kind == &series ? "to" : "as-of", NULL), out);
    else
        put_json(call, kind, rows, &edition, simulated, out);
    rows_free(rows);
    return !buf_failed(out) || err_no_memory(err);
}

static bool make(void *arg, char **data, size_t *len, struct err *err)
{
    const struct figures_time_making *making = arg;
    struct geo_store *store = call_store(making->call, err);
    struct buf body;
    buf_init(&body);
    bool ok = store && put(making, store, &body, err);
    if (ok) {
        *data = buf_take(&body, len);
        ok = *data != NULL || err_no_memory(err);
    } else {
        call_about_edition(making->call, err);
    }
    buf_free(&body);
    return ok;
}

static bool answer(struct call *call, const struct kind *kind, struct err *err)
{
    const struct offer *offer = respond_negotiate(call, offers);
    if (respond_unchanged_own(call, offer->name))
        return true;
    struct figures_time_making making = {call, kind, offer->name};
    return response_cache_answer_figures(call, kind->name, offer, true, make, &making, err);
}

bool figures_time_series(struct call *call, struct err *err)
{
    return answer(call, &series, err);
}

bool figures_time_indicators(struct call *call, struct err *err)
{
    return answer(call, &indicators, err);
}
