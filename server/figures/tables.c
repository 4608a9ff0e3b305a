/* tables.c - answers with a table of figures as JSON, CSV or HTML. */
#include "server/figures/tables.h"

#include <string.h>

#include "geo/base/json.h"
#include "server/portal/portal.h"
#include "server/request/respond.h"
#include "server/request/response_cache.h"

static const struct offer offers[] = {
    {"json", "application/json"}, {"csv", "text/csv"}, {"html", "text/html"}, {0}};

struct tables_making {
    struct call *call;
    const struct tables_table *table;
    const char *format; /* of f= */
};

static void put_json(const struct tables_making *making, const struct rows *rows,
                     const struct buf *head, const struct geo_edition_info *edition,
                     struct buf *out)
{
    buf_putc(out, '{');
    json_text(out, "edicion", edition->codigo[0] ? edition->codigo : NULL);
    json_text(out, "fecha", making->table->as_of);
    json_bool(out, "simulado", making->call->served->simulated);
    json_bool(out, "esquematica", edition->schematic);
    json_int(out, "revision", making->call->served->revision);
    if (head->len) {
        json_next(out);
        buf_put(out, head->data, head->len);
    }
    json_key(out, "filas");
    rows_write(rows, ROWS_JSON, out);
    buf_puts(out, "}\n");
}

static bool put(const struct tables_making *making, struct geo_store *store, struct buf *head,
                struct buf *out, struct err *err)
{
    const struct tables_table *table = making->table;
    struct geo_edition_info edition;
    if (!geo_store_edition(store, table->edition, &edition, err))
        return call_about_edition(making->call, err);
    struct rows *rows = table->rows(making->call, store, head, err);
    if (!rows)
        return call_about_edition(making->call, err);
    if (strcmp(making->format, "csv") == 0)
        rows_write(rows, ROWS_CSV, out);
    else if (strcmp(making->format, "html") == 0)
        portal_put_table(rows, table->title, making->call->served->simulated, edition.schematic,
                         edition.codigo, table->as_of, out);
    else
        put_json(making, rows, head, &edition, out);
    rows_free(rows);
    return !(buf_failed(out) || buf_failed(head)) || err_no_memory(err);
}

static bool make(void *arg, char **data, size_t *len, struct err *err)
{
    const struct tables_making *making = arg;
    struct buf body, head;
    struct geo_store *store = call_store(making->call, err);
    buf_init(&body);
    buf_init(&head);
    bool ok = store && put(making, store, &head, &body, err);
    if (ok) {
        *data = buf_take(&body, len);
        ok = *data != NULL || err_no_memory(err);
    }
    buf_free(&head);
    buf_free(&body);
    return ok;
}

bool tables_answer(struct call *call, const struct tables_table *table, struct err *err)
{
    const struct offer *offer = respond_negotiate(call, offers);
    if (respond_unchanged_own(call, offer->name))
        return true;
    struct tables_making making = {call, table, offer->name};
    return response_cache_answer_figures(call, table->name, offer, table->slow, make, &making, err);
}
