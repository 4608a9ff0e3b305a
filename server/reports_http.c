/* reports_http.c - /reports: the reports as PDF, and the workbook. Made once a
 * state of the data and kept; aside, so that tiles never wait for them. */
#include <stdlib.h>
#include <string.h>

#include "layers/report/report.h"
#include "layers/report/workbook.h"
#include "server/handlers.h"
#include "server/json_out.h"
#include "server/kept.h"
#include "server/respond.h"
#include "server/version.h"

#define TYPE_PDF "application/pdf"
#define TYPE_XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/* Of the workbook: its cells take some 1.5 KiB a row of alliances until it is done. */
enum { REPORTS_ROWS_MAX = 50000 };

struct asked {
    struct call *call;
    bool workbook;
    enum report_kind kind;
    const char *which;
    struct report_query query;
};

static bool make(void *arg, char **data, size_t *len, struct err *err)
{
    const struct asked *asked = arg;
    struct report_scope scope;
    struct buf out;
    buf_init(&out);
    struct geo_store *store = call_store(asked->call, err);
    struct report_data *report = store ? report_data_open(store, &asked->query, err) : NULL;
    bool ok = report != NULL;
    if (ok && asked->workbook)
        ok = workbook_write(report, &out, err);
    else if (ok)
        ok = report_scope_find(report, asked->kind, asked->which, &scope, err) &&
             report_pdf(report, asked->kind, &scope, &out, err);
    report_data_close(report);
    if (ok) {
        *data = buf_take(&out, len);
        ok = *data || err_no_memory(err);
    }
    buf_free(&out);
    return ok;
}

static bool answer(struct call *call, struct asked *asked, const char *name, struct err *err)
{
    struct arena *arena = call->arena;
    bool hit = true;
    asked->call = call;
    asked->query = (struct report_query){.as_of = call_text(call, "as-of"),
                                         .edition = call_text(call, "edition"),
                                         .version = SIGG_VERSION,
                                         .rows_max = REPORTS_ROWS_MAX};
    const char *key =
        arena_printf(arena, "reports/%s/%s/%s", name, asked->query.as_of ? asked->query.as_of : "",
                     asked->query.edition ? asked->query.edition : "");
    const char *file = arena_printf(arena, "inline; filename=\"sigg-%s\"", name);
    if (!key || !file)
        return err_no_memory(err);
    if (respond_unchanged_own(call, asked->workbook ? "xlsx" : "pdf"))
        return true;
    const struct cache_entry *entry = cache_get(call->view->cache, key, call->version);
    if (!entry && call_aside(call))
        return true;
    if (!entry)
        entry = cache_fetch(call->view->cache, key, call->version, make, asked, call->budget, &hit,
                            err);
    metrics_cache(call->worker->counts, hit);
    if (!entry)
        return false;
    respond_header(call, "Content-Disposition", file);
    respond_header(call, "Content-Type", asked->workbook ? TYPE_XLSX : TYPE_PDF);
    return kept_answer_once(call, entry, false, err);
}

bool reports_nacional(struct call *call, struct err *err)
{
    struct asked asked = {.kind = REPORT_NACIONAL};
    return answer(call, &asked, "nacional.pdf", err);
}

bool reports_libro(struct call *call, struct err *err)
{
    struct asked asked = {.workbook = true};
    return answer(call, &asked, "libro.xlsx", err);
}

/* The name of the file, of letters that no header has to quote. */
static const char *file_name(struct call *call, const char *kind, const char *which)
{
    char *name = arena_printf(call->arena, "%s-%.40s.pdf", kind, which);
    for (char *at = name; at && *at; at++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_", *at))
            *at = '_';
    return name;
}

static bool of_place(struct call *call, enum report_kind kind, const char *word, const char *which,
                     struct err *err)
{
    struct asked asked = {.kind = kind, .which = which};
    const char *name = file_name(call, word, which);
    return name ? answer(call, &asked, name, err) : err_no_memory(err);
}

bool reports_departamento(struct call *call, struct err *err)
{
    return of_place(call, REPORT_DEPARTAMENTO, "departamento", call_path(call, "departamento"),
                    err);
}

bool reports_municipio(struct call *call, struct err *err)
{
    return of_place(call, REPORT_MUNICIPIO, "municipio", call_path(call, "codigo"), err);
}

bool reports_list(struct call *call, struct err *err)
{
    static const struct {
        const char *path, *title, *type;
        bool templated;
    } list[] = {
        {"/reports/nacional.pdf", "Informe nacional", TYPE_PDF, false},
        {"/reports/departamentos/{departamento}.pdf", "Informe de un departamento", TYPE_PDF, true},
        {"/reports/municipios/{codigo}.pdf", "Ficha de un municipio", TYPE_PDF, true},
        {"/reports/libro.xlsx", "Libro de cálculo", TYPE_XLSX, false},
    };
    struct buf body;
    if (respond_unchanged(call, "reports"))
        return true;
    buf_init(&body);
    buf_puts(&body, "{\"informes\":[");
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        char *href = arena_printf(call->arena, "%s%s", call->base_url, list[i].path);
        json_next(&body);
        buf_putc(&body, '{');
        json_text(&body, "titulo", list[i].title);
        json_text(&body, "href", href ? href : "");
        json_text(&body, "type", list[i].type);
        json_bool(&body, "templated", list[i].templated);
        buf_putc(&body, '}');
    }
    buf_puts(&body, "]");
    json_bool(&body, "simulado", call->view->simulated);
    json_text(&body, "edicion", call->view->edition.codigo);
    json_key(&body, "links");
    buf_putc(&body, '[');
    json_link(&body, call->base_url, "/reports", "self", TYPE_JSON, "Informes");
    buf_puts(&body, "]}\n");
    return respond_buf(call, TYPE_JSON, &body, err);
}
