/* figures.c - /coverage and /irrigation as JSON, CSV and a plain HTML table. */
#include <stdlib.h>
#include <string.h>

#include "geo/figures/coverage.h"
#include "geo/figures/irrigation.h"
#include "server/handlers.h"
#include "server/json_out.h"
#include "server/portal.h"
#include "server/respond.h"

static const struct offer offers[] = {
    {"json", "application/json"}, {"csv", "text/csv"}, {"html", "text/html"}, {0}};

/* Rows of one kind of figure, and the edition they were computed on. */
typedef struct rows *figures_fn(struct geo_store *store, const struct geo_coverage_query *query,
                                char edition[33], struct err *err);

static struct rows *coverage_rows(struct geo_store *store, const struct geo_coverage_query *query,
                                  char edition[33], struct err *err)
{
    struct geo_coverage *coverage = geo_coverage_compute(store, query, err);
    if (!coverage)
        return NULL;
    memcpy(edition, coverage->edition, sizeof coverage->edition);
    struct rows *rows = geo_coverage_rows(coverage);
    geo_coverage_free(coverage);
    if (!rows)
        err_no_memory(err);
    return rows;
}

static struct rows *irrigation_rows(struct geo_store *store, const struct geo_coverage_query *query,
                                    char edition[33], struct err *err)
{
    struct geo_irrigation *irrigation = geo_irrigation_compute(store, query, err);
    if (!irrigation)
        return NULL;
    memcpy(edition, irrigation->edition, sizeof irrigation->edition);
    struct rows *rows = geo_irrigation_rows(irrigation);
    geo_irrigation_free(irrigation);
    if (!rows)
        err_no_memory(err);
    return rows;
}

static void put_json(struct call *call, const struct rows *rows, const char *by, const char *as_of,
                     const struct geo_edition_info *edition, struct buf *out)
{
    buf_putc(out, '{');
    json_text(out, "edicion", edition->codigo);
    json_text(out, "fecha", as_of);
    json_text(out, "por", by);
    json_bool(out, "simulado", call->view->simulated);
    json_bool(out, "esquematica", edition->schematic);
    json_int(out, "revision", call->view->revision);
    json_key(out, "filas");
    rows_write(rows, ROWS_JSON, out);
    buf_puts(out, "}\n");
}

static bool make(struct call *call, figures_fn *fn, const struct offer *offer, const char *title,
                 struct buf *out, struct err *err)
{
    struct geo_store *store = call_store(call, err);
    const char *by = call_text(call, "by");
    struct geo_coverage_query query = {.as_of = call_text(call, "as-of"),
                                       .edition = call_text(call, "edition")};
    struct geo_edition_info edition;
    char codigo[33] = "";
    if (!by)
        by = "municipio";
    if (!store || !geo_group_of(by, &query.group) ||
        !geo_store_edition(store, query.edition, &edition, err))
        return false;
    struct rows *rows = fn(store, &query, codigo, err);
    if (!rows)
        return false;
    if (strcmp(offer->name, "csv") == 0)
        rows_write(rows, ROWS_CSV, out);
    else if (strcmp(offer->name, "html") == 0)
        portal_put_table(rows, title, call->view->simulated, edition.schematic, edition.codigo,
                         query.as_of, out);
    else
        put_json(call, rows, by, query.as_of, &edition, out);
    rows_free(rows);
    return true;
}

/* The same question is answered from the view's cache. */
static bool answer(struct call *call, figures_fn *fn, const char *name, const char *title,
                   struct err *err)
{
    const struct offer *offer = respond_negotiate(call, offers);
    if (respond_unchanged(call, offer->name))
        return true;
    const char *by = call_text(call, "by"), *as_of = call_text(call, "as-of");
    const char *edition = call_text(call, "edition");
    struct buf body;
    buf_init(&body);
    const char *key =
        arena_printf(call->arena, "%s/%s/%s/%s/%s", name, offer->name, by ? by : "municipio",
                     as_of ? as_of : "", edition ? edition : "");
    if (!key)
        return err_no_memory(err);
    const struct cache_entry *entry = cache_get(call->view->cache, key);
    if (entry)
        buf_put(&body, entry->data, entry->len);
    else if (!make(call, fn, offer, title, &body, err)) {
        buf_free(&body);
        return err->kind == ERR_NOT_FOUND ? err_wrap(err, "parámetro «edition»") : false;
    }
    if (!entry && !buf_failed(&body)) {
        char *copy = malloc(body.len + 1);
        if (copy) {
            memcpy(copy, body.data, body.len + 1);
            entry = cache_put(call->view->cache, key, copy, body.len);
            if (!entry)
                free(copy);
        }
    }
    cache_return((void *)(uintptr_t)entry);
    const bool csv = strcmp(offer->name, "csv") == 0;
    const char *type = csv ? TYPE_CSV : strcmp(offer->name, "html") == 0 ? TYPE_HTML : TYPE_JSON;
    if (csv) {
        const char *file = arena_printf(call->arena, "attachment; filename=\"%s.csv\"", name);
        respond_header(call, "Content-Disposition", file ? file : "attachment");
    }
    return respond_buf(call, type, &body, err);
}

bool figures_coverage(struct call *call, struct err *err)
{
    return answer(call, coverage_rows, "cobertura", "Cobertura", err);
}

bool figures_irrigation(struct call *call, struct err *err)
{
    return answer(call, irrigation_rows, "riego", "Riego", err);
}
