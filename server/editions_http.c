/* editions_http.c - /editions, /crosswalk and /conflicts as JSON, CSV and a plain
 * HTML table. Who decided about a conflict, and what they noted, stays inside. */
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/conflicts.h"
#include "geo/analysis/crosswalk.h"
#include "geo/analysis/edition_rows.h"
#include "server/handlers.h"
#include "server/json_out.h"
#include "server/portal.h"
#include "server/respond.h"

static const struct offer offers[] = {
    {"json", "application/json"}, {"csv", "text/csv"}, {"html", "text/html"}, {0}};

/* A table, what it is called, and the question as the cache keeps it. */
struct table {
    const char *name, *title, *key;
    struct rows *(*rows)(struct call *call, struct geo_store *store, struct err *err);
    /* The edition the rows are on. */
    const char *(*edition)(const struct call *call);
};

static void put_json(struct call *call, const struct rows *rows,
                     const struct geo_edition_info *edition, struct buf *out)
{
    buf_putc(out, '{');
    json_text(out, "edicion", edition->codigo[0] ? edition->codigo : NULL);
    json_bool(out, "simulado", call->view->simulated);
    json_bool(out, "esquematica", edition->schematic);
    json_int(out, "revision", call->view->revision);
    json_key(out, "filas");
    rows_write(rows, ROWS_JSON, out);
    buf_puts(out, "}\n");
}

static bool make(struct call *call, const struct table *table, const struct offer *offer,
                 struct buf *out, struct err *err)
{
    struct geo_store *store = call_store(call, err);
    struct geo_edition_info edition = {0};
    const char *asked = table->edition ? table->edition(call) : NULL;
    struct rows *rows = store ? table->rows(call, store, err) : NULL;
    /* Without any edition yet, /editions is an empty list. */
    if (!rows || (!geo_store_edition(store, asked, &edition, NULL) && asked)) {
        rows_free(rows);
        return false;
    }
    if (strcmp(offer->name, "csv") == 0)
        rows_write(rows, ROWS_CSV, out);
    else if (strcmp(offer->name, "html") == 0)
        portal_put_table(rows, table->title, call->view->simulated, edition.schematic,
                         edition.codigo, NULL, out);
    else
        put_json(call, rows, &edition, out);
    rows_free(rows);
    return true;
}

/* The answer from the view's cache, or made and put there. */
static bool answer(struct call *call, const struct table *table, struct err *err)
{
    const struct offer *offer = respond_negotiate(call, offers);
    struct buf body;
    if (respond_unchanged(call, offer->name))
        return true;
    buf_init(&body);
    const char *key = arena_printf(call->arena, "%s/%s/%s", table->name, offer->name, table->key);
    if (!key)
        return err_no_memory(err);
    const struct cache_entry *entry = cache_get(call->view->cache, key);
    if (entry)
        buf_put(&body, entry->data, entry->len);
    else if (!make(call, table, offer, &body, err)) {
        buf_free(&body);
        return false;
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
        const char *file =
            arena_printf(call->arena, "attachment; filename=\"%s.csv\"", table->name);
        respond_header(call, "Content-Disposition", file ? file : "attachment");
    }
    return respond_buf(call, type, &body, err);
}

static bool is_true(const struct call *call, const char *name)
{
    const char *text = call_text(call, name);
    return text && strcmp(text, "true") == 0;
}

/* /editions ---------------------------------------------------------------------- */

static struct rows *edition_rows(struct call *call, struct geo_store *store, struct err *err)
{
    (void)call;
    return geo_edition_rows(store, err);
}

bool editions_http_list(struct call *call, struct err *err)
{
    const struct table table = {
        .name = "ediciones", .title = "Ediciones de límites", .key = "", .rows = edition_rows};
    return answer(call, &table, err);
}

/* /crosswalk --------------------------------------------------------------------- */

static const char *crosswalk_edition(const struct call *call)
{
    return call_text(call, "to");
}

/* Which parameter names an edition that is not there. */
static bool check_edition(struct call *call, struct geo_store *store, const char *name,
                          struct err *err)
{
    struct geo_edition_info edition;
    return geo_store_edition(store, call_text(call, name), &edition, err) ||
           err_wrap(err, "parámetro «%s»", name);
}

static struct rows *crosswalk_rows(struct call *call, struct geo_store *store, struct err *err)
{
    const struct geo_crosswalk_options options = {.from = call_text(call, "from"),
                                                  .to = call_text(call, "to")};
    if (!check_edition(call, store, "from", err) || !check_edition(call, store, "to", err))
        return NULL;
    struct geo_crosswalk *walk = geo_crosswalk_compute(store, &options, err);
    struct rows *rows = walk ? geo_crosswalk_rows(walk, is_true(call, "changes")) : NULL;
    if (walk && !rows)
        err_no_memory(err);
    geo_crosswalk_free(walk);
    return rows;
}

bool editions_http_crosswalk(struct call *call, struct err *err)
{
    const char *from = call_text(call, "from"), *to = call_text(call, "to");
    if (!from || !to)
        return err_set(err, ERR_INPUT,
                       "falta el parámetro «%s»: el código de una edición (véase /editions)",
                       from ? "to" : "from");
    const struct table table = {
        .name = "correspondencia",
        .title = "De una edición de límites a otra",
        .key = arena_printf(call->arena, "%zu/%s/%s/%d", strlen(from), from, to,
                            is_true(call, "changes")),
        .rows = crosswalk_rows,
        .edition = crosswalk_edition,
    };
    return table.key ? answer(call, &table, err) : err_no_memory(err);
}

/* /conflicts --------------------------------------------------------------------- */

static const char *conflicts_edition(const struct call *call)
{
    return call_text(call, "edition");
}

static struct rows *conflict_rows(struct call *call, struct geo_store *store, struct err *err)
{
    const struct geo_conflicts_query query = {
        .layer = call_text(call, "layer"),
        .edition = call_text(call, "edition"),
        .state = call_text(call, "state"),
        .decided = is_true(call, "all"),
        .nameless = true,
    };
    const char *by = call_text(call, "by");
    enum geo_group group;
    if (query.edition && !check_edition(call, store, "edition", err))
        return NULL;
    return by && geo_group_of(by, &group) ? geo_conflicts_summary(store, &query, group, err)
                                          : geo_conflicts_rows(store, &query, err);
}

bool editions_http_conflicts(struct call *call, struct err *err)
{
    static const char *const names[] = {"layer", "by", "state", "edition"};
    struct buf key;
    buf_init(&key);
    /* Lengths keep questions apart whose texts run into each other. */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = call_text(call, names[i]);
        buf_printf(&key, "%zu/%s/", text ? strlen(text) : 0, text ? text : "");
    }
    buf_printf(&key, "%d", is_true(call, "all"));
    const struct table table = {
        .name = "conflictos",
        .title = "Conflictos de ubicación",
        .key = buf_failed(&key) ? NULL : arena_strdup(call->arena, key.data),
        .rows = conflict_rows,
        .edition = conflicts_edition,
    };
    buf_free(&key);
    return table.key ? answer(call, &table, err) : err_no_memory(err);
}
