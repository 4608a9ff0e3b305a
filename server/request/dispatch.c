/* dispatch.c - handles one request: parse, route, check limits, answer. */
#include "server/request/dispatch.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "layers/vector/mvt.h"
#include "server/request/problem.h"
#include "server/request/respond.h"
#include "server/request/response_cache.h"

/* After an answer that took this long the allocator's free memory is returned. */
#define TRIM_NS 250000000

void *dispatch_worker_new(void *service)
{
    struct worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return NULL;
    worker->service = service;
    worker->coder = content_coding_new();
    worker->counts = metrics_worker(worker->service->metrics);
    if (worker->coder && worker->counts)
        return worker;
    dispatch_worker_free(worker);
    return NULL;
}

void dispatch_worker_free(void *arg)
{
    struct worker *worker = arg;
    if (!worker)
        return;
    content_coding_free(worker->coder);
    mvt_encoder_free(worker->vectors);
    free(worker);
}

/* The same for every request, before its handler. A cached tile costs next to nothing. */
static bool may_begin(struct call *call)
{
    unsigned retry_s = 0;
    bool begun = call->http->queue == HTTP_FIGURE || call->http->queue == HTTP_DRAWING;
    if (begun || call->route->unlimited ||
        rate_limit_allows(call->service->limit, call->http->client, RATE_REST, &retry_s) ||
        response_cache_has_tile(call))
        return true;
    problem_busy(call, retry_s);
    return false;
}

/* Sets "http://host" for links: the public URL, or the address that the client
 * connected to. The Host header is not used: a client can send anything. */
static bool find_base_url(struct call *call, struct err *err)
{
    call->base_url = call->service->public_url.text;
    if (!call->base_url[0])
        call->base_url = arena_printf(call->arena, "http://%s", http_local(call->http));
    return call->base_url || err_no_memory(err);
}

static void answer_refused(struct call *call, int status)
{
    static const struct {
        int status;
        const char *detail;
    } reasons[] = {
        {413, "El cuerpo de la petición es mayor de lo que se acepta (1 MiB)."},
        {414, "La dirección es más larga de lo que se acepta (8192 bytes)."},
        {431, "Las cabeceras son mayores de lo que se acepta (12 KiB con la dirección)."},
        {503, "Se están calculando demasiadas cifras o teselas a la vez; intente de nuevo en unos "
              "segundos."},
    };
    if (call->http->refusal) {
        problem_answer(call, status, call->http->refusal);
        return;
    }
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].status == status)
            problem_answer(call, status, reasons[i].detail);
}

/* Answers OPTIONS: a CORS preflight, or the question which methods are allowed. */
static void answer_options(struct call *call, const char *allow)
{
    call->out->status = 204;
    call->out->lent = "";
    respond_header(call, "Allow", allow);
    respond_header(call, "Access-Control-Allow-Methods", allow);
    respond_header(call, "Access-Control-Allow-Headers",
                   "Accept, Accept-Language, Content-Type, If-None-Match, If-Range, Range");
    respond_header(call, "Access-Control-Max-Age", "86400");
}

static void answer_unrouted(struct call *call, const char *allow)
{
    const char *detail;
    if (!allow[0]) {
        detail = arena_printf(call->arena,
                              "No hay nada en «%.200s». La lista de direcciones "
                              "está en /api.",
                              call->target.path);
        problem_answer(call, 404, detail ? detail : "No hay nada en esa dirección.");
        return;
    }
    if (strcmp(call->http->method, "OPTIONS") == 0) {
        answer_options(call, allow);
        return;
    }
    detail = arena_printf(call->arena, "El método «%.40s» no se acepta aquí; se aceptan: %s.",
                          call->http->method, allow);
    problem_answer(call, 405, detail ? detail : "El método no se acepta aquí.");
    respond_header(call, "Allow", allow);
}

static void call_begin(struct call *call)
{
    call->target = (struct target){0};
    call->path.n = 0;
    call->base_url = NULL;
    call->compressible = call->versioned = call->finished = call->costly = false;
    call->cache_key = NULL;
    call->version = call->served ? versions_all(call->served->versions) : "";
}

static bool run(struct call *call, struct err *err)
{
    char allow[ROUTE_ALLOW_MAX];
    if (!find_base_url(call, err) ||
        !request_parse_target(call->arena, call->address, &call->target, err))
        return false;
    const char *method = strcmp(call->http->method, "HEAD") == 0 ? "GET" : call->http->method;
    call->route =
        route_match(call->service->routes, method, &call->target, call->arena, &call->path, allow);
    if (!call->route) {
        const char *kept = arena_strdup(call->arena, allow); /* headers outlive this function */
        if (!kept)
            return err_no_memory(err);
        answer_unrouted(call, kept);
        return true;
    }
    if (!may_begin(call))
        return true;
    return request_parse_params(&call->target, call->route->params, call->values, err) &&
           call->route->handler(call, err) && response_cache_store(call, err);
}

/* If the budget is spent, its reason is answered: an interrupted read looks like a failure
 * of the database. */
static void answer_failed(struct call *call, struct err *err)
{
    struct err own = {0};
    if (err->kind != ERR_INPUT && err->kind != ERR_NOT_FOUND && !budget_left(call->budget, &own))
        *err = own;
    if (own.kind == ERR_LIMIT)
        err_set(err, ERR_LIMIT,
                "tarda más de %u segundos, lo que se da en el servidor a una respuesta: pida menos "
                "(otra agrupación, un año), o hágalo con el programa «sigg», que no tiene ese "
                "límite",
                call->limit_s);
    problem_from_err(call, err);
}

/* Processor time of the thread. Costs a system call, so it is not used for answers from
 * the cache. */
static int64_t processor_ns(const struct service *service)
{
    struct timespec now = {0};
    if (service->limit)
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Returns the memory that the C library keeps for this thread after a long answer. */
static void give_back_memory(int64_t took_ns)
{
    if (took_ns > TRIM_NS)
        malloc_trim(0);
}

/* Answers a request, other than a tile that is cached as a ready response. */
static void answer(struct call *call)
{
    const struct http_request *request = call->http;
    struct err err = {0};
    int64_t began = processor_ns(call->service);
    call_begin(call);
    if (request->refused)
        answer_refused(call, request->refused);
    else if (!call->address) {
        err_no_memory(&err);
        answer_failed(call, &err);
    } else if (!budget_left(request->budget, &err) || !run(call, &err))
        answer_failed(call, &err);
    if (!call->out->queue)
        respond_finish(call);
    if (request->refused || (call->route && call->route->unlimited))
        return;
    int64_t took = processor_ns(call->service) - began;
    rate_limit_take(call->service->limit, request->client, call->costly ? RATE_FIGURES : RATE_REST,
                    took);
    if (request->queue)
        give_back_memory(took);
}

size_t dispatch_lent_bytes(void *arg)
{
    struct service *service = arg;
    struct served *served = state_acquire(service->state);
    size_t bytes = served ? cache_lent_bytes(served->cache) : 0;
    if (served)
        served_unref(served);
    return bytes;
}

static int64_t ns_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void dispatch_handle(void *service, void *worker, const struct http_request *request,
                     struct http_response *response)
{
    struct call call;
    int64_t began = ns_now();
    /* A cached tile needs only these fields; the rest is cleared later. */
    call.http = request;
    call.arena = request->arena;
    call.worker = worker;
    call.service = service;
    call.out = response;
    call.route = NULL;
    call.store = NULL;
    call.served = request->refused ? NULL : state_acquire(call.service->state);
    call.address = request->refused ? request->target
                                    : public_url_inside(&call.service->public_url, request->target,
                                                        request->arena);
    if (!call.served || !call.address || !response_cache_answer_tile(&call)) {
        struct budget budget;
        budget_start_for(&budget, request->budget, call.service->figure_ms);
        call.budget = &budget;
        call.limit_s = (call.service->figure_ms + 999) / 1000;
        answer(&call);
    }
    if (call.store) {
        geo_store_bound(call.store, NULL);
        stores_give(state_stores(call.service->state), call.served->file, call.store);
    }
    if (call.served)
        served_unref(call.served);
    if (response->queue) /* counted when it will be answered */
        return;
    metrics_request(call.worker->counts, call.route,
                    response->ready ? http_ready_status(response->ready) : response->status,
                    ns_now() - began);
}
