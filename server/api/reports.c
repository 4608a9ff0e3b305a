/* reports.c - the endpoint /reports: reports as PDF, and the workbook.
 *
 * Each is made once for a state of the data, and cached.
 *
 * They are made by `sigg report` in a process of its own: the libraries that write PDF and
 * XLSX end their process when memory is short, and all memory is returned at its end. Few
 * at a time, on background threads: tiles never wait for them.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/json.h"
#include "geo/base/parse.h"
#include "server/api/child.h"
#include "server/api/handlers.h"
#include "server/http/rate_limit.h"
#include "server/request/respond.h"
#include "server/request/response_cache.h"

#define TYPE_PDF "application/pdf"
#define TYPE_XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

enum {
    ANSWER_MAX_MB = 256,
    ATTEMPTS = 3,          /* if the data change meanwhile */
    SERVED_WAIT_MS = 2000, /* waiting until the data of the report are served */
};

/* Reports made at a time: half of the background threads, or one, so that some are left
 * for other answers. */
static unsigned at_a_time(const struct service *service)
{
    return service->workers > 3 ? service->workers / 2 : 1;
}

struct reports_asked {
    struct call *call;
    const char *kind, *which; /* of `sigg report` */
    bool workbook;
    struct child_answer made; /* of newer data than are served; used once they are */
};

static bool is_of_view(const struct reports_asked *asked)
{
    const struct served *served = asked->call->served;
    return asked->made.data && asked->made.revision == served->revision &&
           asked->made.mark == snapshot_mark(served->snapshot);
}

static void log_end(const struct call *call, const char *how)
{
    char now[21];
    date_now(now);
    fprintf(call->service->log, "%s %s %s: el proceso %s\n", now, http_id(call->http),
            call->route->pattern, how);
}

/* Names are passed as "--name=value", so that no value is taken for an option. */
static bool run_child(struct reports_asked *asked, struct err *err)
{
    const struct call *call = asked->call;
    const struct service *service = call->service;
    const char *args[12] = {"--db", state_db_path(service->state), "report", asked->kind,
                            "--for-request"};
    size_t n = 5;
    const struct {
        const char *name, *value;
    } given[] = {{"--which", asked->which},
                 {"--as-of", call_text(call, "as-of")},
                 {"--edition", call_text(call, "edition")}};
    args[n++] = arena_printf(call->arena, "--memory-mb=%u", service->report_memory_mb);
    for (size_t i = 0; i < sizeof given / sizeof *given && args[n - 1]; i++)
        if (given[i].value)
            args[n++] = arena_printf(call->arena, "%s=%s", given[i].name, given[i].value);
    if (!args[n - 1])
        return err_no_memory(err);
    const struct child_options options = {.args = args,
                                          .budget = call->budget,
                                          .seconds = service->report_s,
                                          .answer_bytes = (uint64_t)ANSWER_MAX_MB << 20};
    bool ok = child_run(&options, &asked->made, err);
    rate_limit_take(service->limit, call->http->client, RATE_FIGURES, asked->made.processor_ns);
    if (asked->made.log[0])
        log_end(call, asked->made.log);
    return ok;
}

static bool make(void *arg, char **data, size_t *len, struct err *err)
{
    struct reports_asked *asked = arg;
    if (!is_of_view(asked)) {
        free(asked->made.data);
        asked->made.data = NULL;
        if (!run_child(asked, err))
            return false;
    }
    if (!is_of_view(asked))
        return err_set(err, ERR_LIMIT,
                       "los datos cambiaron mientras se hacía el informe: pídalo de nuevo");
    *data = asked->made.data;
    *len = asked->made.len;
    asked->made.data = NULL;
    return true;
}

/* Waits until newer data than those of this request are served. */
static bool follow_data(struct call *call)
{
    const struct timespec pause = {0, 10 * 1000 * 1000};
    for (int waited_ms = 0; waited_ms < SERVED_WAIT_MS; waited_ms += 10) {
        struct served *now = state_acquire(call->service->state);
        bool changed = now->revision != call->served->revision ||
                       snapshot_mark(now->snapshot) != snapshot_mark(call->served->snapshot);
        if (changed) {
            served_unref(call->served);
            call->served = now;
            call->version = versions_all(now->versions);
            return true;
        }
        served_unref(now);
        nanosleep(&pause, NULL);
    }
    return false;
}

static const struct cache_entry *find_or_make(struct reports_asked *asked, const char *key,
                                              struct err *err)
{
    struct call *call = asked->call;
    atomic_uint *busy = &call->service->reports;
    const struct cache_entry *entry = NULL;
    bool hit = true;
    if (atomic_fetch_add(busy, 1) >= at_a_time(call->service))
        err_set(err, ERR_LIMIT, "ya se hacen otros informes: pídalo de nuevo en unos segundos");
    else
        entry = cache_fetch(call->served->cache, key, call->version, make, asked, call->budget,
                            &hit, err);
    atomic_fetch_sub(busy, 1);
    metrics_cache(call->worker->counts, hit);
    return entry;
}

/* True if another attempt makes sense: other data are served by now, or the request that made the
 * report was cancelled. */
static bool try_again(struct reports_asked *asked, const struct err *err)
{
    return (asked->made.data && follow_data(asked->call)) ||
           (err->kind == ERR_CANCELLED && budget_left(asked->call->http->budget, NULL));
}

static bool answer(struct call *call, struct reports_asked *asked, const char *name,
                   struct err *err)
{
    struct arena *arena = call->arena;
    const char *as_of = call_text(call, "as-of"), *edition = call_text(call, "edition");
    const char *form = asked->workbook ? "xlsx" : "pdf";
    const char *key =
        arena_printf(arena, "reports/%s/%s/%s", name, as_of ? as_of : "", edition ? edition : "");
    const char *file = arena_printf(arena, "inline; filename=\"sigg-%s\"", name);
    if (!key || !file)
        return err_no_memory(err);
    asked->call = call;
    call->limit_s = call->service->report_s;
    budget_start_for(call->budget, call->http->budget, (int64_t)call->limit_s * 1000);
    if (respond_unchanged_own(call, form))
        return true;
    const struct cache_entry *entry = cache_get(call->served->cache, key, call->version);
    if (entry)
        metrics_cache(call->worker->counts, true);
    else if (call_defer(call))
        return true;
    for (int attempt = 1; !entry; attempt++) {
        entry = find_or_make(asked, key, err);
        if (entry || attempt == ATTEMPTS || !try_again(asked, err))
            break;
        call->out->n_headers = 0; /* the headers of the previous attempt */
        if (respond_unchanged_own(call, form))
            break;
    }
    free(asked->made.data);
    if (call->out->status == 304)
        return true;
    if (!entry)
        return false;
    respond_header(call, "Content-Disposition", file);
    respond_header(call, "Content-Type", asked->workbook ? TYPE_XLSX : TYPE_PDF);
    return response_cache_answer_once(call, entry, false, err);
}

bool reports_nacional(struct call *call, struct err *err)
{
    struct reports_asked asked = {.kind = "nacional"};
    return answer(call, &asked, "nacional.pdf", err);
}

bool reports_libro(struct call *call, struct err *err)
{
    struct reports_asked asked = {.kind = "libro", .workbook = true};
    return answer(call, &asked, "libro.xlsx", err);
}

/* The file's name, with characters that need no quoting in a header. */
static const char *file_name(struct call *call, const char *kind, const char *which)
{
    char *name = arena_printf(call->arena, "%s-%.40s.pdf", kind, which);
    for (char *at = name; at && *at; at++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_", *at))
            *at = '_';
    return name;
}

static bool of_place(struct call *call, const char *kind, const char *which, struct err *err)
{
    struct reports_asked asked = {.kind = kind, .which = which};
    const char *name = file_name(call, kind, which);
    return name ? answer(call, &asked, name, err) : err_no_memory(err);
}

bool reports_departamento(struct call *call, struct err *err)
{
    return of_place(call, "departamento", call_path(call, "departamento"), err);
}

bool reports_municipio(struct call *call, struct err *err)
{
    return of_place(call, "municipio", call_path(call, "codigo"), err);
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
    json_bool(&body, "simulado", call->served->simulated);
    json_text(&body, "edicion", call->served->edition.codigo);
    json_key(&body, "links");
    buf_putc(&body, '[');
    json_link(&body, call->base_url, "/reports", "self", TYPE_JSON, "Informes");
    buf_puts(&body, "]}\n");
    return respond_buf(call, TYPE_JSON, &body, err);
}
