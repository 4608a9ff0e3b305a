/* http_request.c - a request in libmicrohttpd, from its line to its line in the log.
 *
 * The data of a request belong to its connection, not to libmicrohttpd's context.
 * Version 0.9.75 loses the context if two errors follow each other (a head with more
 * parameters or cookies than fit its pool: it answers 431, goes on parsing, and the second
 * error closes the connection without telling us). Data that a request still holds are
 * released when its connection ends or begins another request.
 */
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "server/http/http_request_internal.h"

enum {
    /* A connection's memory: the request's head (cmd_serve.c) and our data. It is cleared
     * for every request, so spare room costs time. */
    POOL_BYTES = 16 * 1024,
    LOCAL_SIZE = LISTEN_NAME_SIZE,
    STRAYED_LINE = 64, /* that wait */
};

const char *http_id(const struct http_request *request)
{
    struct pending *pending = request->inner;
    if (!pending->id[0])
        http_make_id(&pending->slot->next_id, pending->id);
    return pending->id;
}

/* ---- its beginning and its end ------------------------------------------------------ */

static void set_state(struct http_connection *connection, enum http_state state)
{
    atomic_store_explicit(&connection->state, (int)state, memory_order_release);
}

static void log_request(struct pending *pending)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!pending->id[0])
        http_make_id(&pending->slot->next_id, pending->id);
    const struct access_line line = {
        .remote = pending->client,
        .method = pending->method,
        .target = pending->target,
        .id = pending->id,
        .status = pending->status,
        .bytes = pending->bytes,
        .us = (now.tv_sec - pending->started.tv_sec) * 1000000LL +
              (now.tv_nsec - pending->started.tv_nsec) / 1000,
        .whole = pending->whole,
    };
    access_log(pending->http->options.log, &pending->slot->clock, &line);
}

static void drop_made(struct http_response *made)
{
    buf_free(&made->body);
    if (made->file >= 0)
        close(made->file);
    made->file = -1;
}

/* Releases everything the request holds; its connection may begin another. */
static void end_request(struct http_connection *connection)
{
    struct pending *pending = connection->pending;
    struct http *http = pending->http;
    /* A connection stays with the worker that took it; only one closed at the server's end
     * may come here from another thread, when the slot is gone. */
    struct slot *slot = pthread_getspecific(http->slot);
    bool here = slot && slot == pending->slot;
    connection->pending = NULL;
    atomic_store_explicit(&connection->idle_ms, http_now_ms(), memory_order_relaxed);
    set_state(connection, HTTP_IDLE);
    if (http->options.log && pending->begun && here)
        log_request(pending);
    if (pending->made) /* the client hung up meanwhile */
        drop_made(pending->made);
    if (pending->release)
        pending->release(pending->release_arg);
    if (pending->owned)
        atomic_fetch_sub_explicit(&http->answer_bytes, pending->owned, memory_order_relaxed);
    buf_free(&pending->body);
    struct arena *arena = pending->arena; /* pending itself lives in it */
    if (here && slot->n_arenas < ARENAS_KEPT) {
        arena_reset(arena);
        slot->arenas[slot->n_arenas++] = arena;
    } else {
        arena_free(arena);
    }
    atomic_fetch_sub_explicit(&http->arenas, 1, memory_order_relaxed);
}

static struct http_connection *connection_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* Called when the request line is complete: begins the request. Its result is the *context
 * of the following calls. */
static void *on_target(void *arg, const char *uri, struct MHD_Connection *mhd)
{
    struct http *http = arg;
    struct slot *slot = http_slot_here(http);
    struct http_connection *connection = connection_of(mhd);
    if (!slot || !connection)
        return NULL;
    if (connection->worker == http->n_workers && !slot->first) {
        slot->first = true;
        http_come_first();
    }
    if (connection->pending) /* libmicrohttpd has forgotten it */
        end_request(connection);
    struct arena *arena = slot->n_arenas ? slot->arenas[--slot->n_arenas] : arena_new();
    struct pending *pending = arena ? arena_alloc(arena, sizeof *pending) : NULL;
    if (!pending) {
        arena_free(arena);
        return NULL;
    }
    atomic_fetch_add_explicit(&http->arenas, 1, memory_order_relaxed);
    pending->http = http;
    pending->slot = slot;
    pending->arena = arena;
    pending->mhd = mhd;
    pending->connection = connection;
    pending->client = connection->client;
    pending->method = "-";
    clock_gettime(CLOCK_MONOTONIC, &pending->started);
    connection->pending = pending;
    pending->target = arena_strdup(arena, uri);
    if (http_count_params(uri) > HTTP_HEAD_PARAMS_MAX) { /* more than fits the pool */
        /* libmicrohttpd may not notice its end, but will notice the shutdown. */
        http_connections_shut_one(http->connections, connection->fd, connection->number);
        MHD_set_connection_option(mhd, MHD_CONNECTION_OPTION_TIMEOUT, 1U);
    }
    atomic_fetch_add_explicit(&connection->serial, 1, memory_order_relaxed);
    set_state(connection, HTTP_READING);
    return pending;
}

static void on_completed(void *arg, struct MHD_Connection *mhd, void **context,
                         enum MHD_RequestTerminationCode code)
{
    struct pending *pending = *context;
    (void)arg;
    *context = NULL;
    struct http_connection *connection = connection_of(mhd);
    if (!pending || !connection || connection->pending != pending)
        return;
    pending->whole = code == MHD_REQUEST_TERMINATED_COMPLETED_OK;
    end_request(connection);
}

static void on_connection(void *arg, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct http *http = arg;
    struct http_connection *connection = *context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
        *context = info ? http_connections_at(http->connections, info->connect_fd) : NULL;
        return;
    }
    *context = NULL;
    if (!connection)
        return;
    if (connection->pending)
        end_request(connection);
    atomic_fetch_sub_explicit(&http->workers[connection->worker].connections, 1,
                              memory_order_relaxed);
    http_connections_remove(http->connections, connection);
}

void http_queue_counts(const struct http_request *request, enum http_queue kind,
                       struct jobs_counts *counts)
{
    const struct pending *pending = request->inner;
    jobs_count(pending->http->queues[kind], counts);
}

const char *http_header(const struct http_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

const char *http_local(const struct http_request *request)
{
    const struct pending *pending = request->inner;
    struct http_connection *connection = pending->connection;
    if (!pending->http->everywhere)
        return pending->http->address;
    if (!connection->local && (connection->local = malloc(LOCAL_SIZE)))
        listen_name(connection->fd, connection->local);
    return connection->local ? connection->local : pending->http->address;
}

/* ---- its answer ---------------------------------------------------------------------- */

static bool has_room(struct http *http, size_t bytes)
{
    return bytes < HTTP_ANSWER_LARGE ||
           http_answer_bytes(http) + bytes <= http->options.answers_max;
}

bool http_room(const struct http_request *request, size_t bytes)
{
    const struct pending *pending = request->inner;
    return has_room(pending->http, bytes);
}

/* Calls the handler. */
static void ask(struct pending *pending, void *worker, enum http_queue queue,
                struct http_response *made)
{
    const struct http_request request = {
        .method = pending->method,
        .target = pending->target,
        .body = pending->body.data,
        .body_len = pending->body.len,
        .refused = pending->refused,
        .refusal = pending->refusal,
        .queue = queue,
        .client = pending->client,
        .budget = &pending->connection->budget,
        .arena = pending->arena,
        .connection = pending->mhd,
        .inner = pending,
    };
    struct http *http = pending->http;
    made->ready = NULL; /* the array of headers is not cleared */
    made->status = MHD_HTTP_OK;
    made->n_headers = 0;
    made->lent = NULL;
    made->lent_len = 0;
    made->file = -1;
    made->release = NULL;
    made->release_arg = NULL;
    made->queue = HTTP_BY_WORKER;
    buf_init(&made->body);
    http->options.handle(http->options.arg, worker, &request, made);
    pending->release = made->release;
    pending->release_arg = made->release_arg;
}

/* Makes the answer; an own (not shared) one counts while it is sent, and is refused if
 * there are too many. */
static void make(struct pending *pending, void *worker, enum http_queue queue,
                 struct http_response *made)
{
    ask(pending, worker, queue, made);
    size_t bytes = made->ready || made->lent || made->file >= 0 ? 0 : made->body.len;
    if (bytes < HTTP_ANSWER_LARGE)
        return;
    if (has_room(pending->http, bytes)) {
        pending->owned = bytes;
        atomic_fetch_add_explicit(&pending->http->answer_bytes, bytes, memory_order_relaxed);
        return;
    }
    drop_made(made);
    if (pending->release)
        pending->release(pending->release_arg);
    pending->refused = MHD_HTTP_SERVICE_UNAVAILABLE;
    pending->refusal = "Se están enviando demasiadas respuestas grandes a la vez; intente de nuevo "
                       "en unos segundos.";
    ask(pending, worker, queue, made);
}

/* True if a connection of the urgent worker now asks for something else. The urgent worker
 * does not make such answers; if possible it redirects the client to the others. */
static bool has_strayed(const struct pending *pending)
{
    return pending->connection->worker == pending->http->n_workers && !pending->refused &&
           !http_is_urgent(pending->target, strlen(pending->target));
}

/* After a request that was refused, or had a body, the connection is closed: the next
 * request might not begin where it seems to. */
static bool must_close(const struct pending *pending)
{
    return pending->refused || pending->closes || has_strayed(pending);
}

static enum MHD_Result send_made(struct pending *pending, struct http_response *made)
{
    struct MHD_Connection *mhd = pending->mhd;
    enum MHD_Result result = MHD_NO;
    struct MHD_Response *response = NULL;
    if (made->ready) {
        pending->status = made->ready->status;
        pending->bytes = made->ready->bytes;
    } else {
        pending->status = made->status;
        response = http_make_response(made, &pending->bytes);
        if (!response)
            return MHD_NO;
    }
    if (strcmp(pending->method, "HEAD") == 0)
        pending->bytes = 0;
    atomic_store_explicit(&pending->connection->answer, pending->bytes, memory_order_relaxed);
    set_state(pending->connection, HTTP_SENDING);
    if (made->ready)
        return MHD_queue_response(mhd, (unsigned)made->ready->status, made->ready->response);
    if (!must_close(pending) ||
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES)
        result = MHD_queue_response(mhd, (unsigned)made->status, response);
    MHD_destroy_response(response);
    return result;
}

/* Runs on a background thread. The connection is suspended; once resumed, the request
 * belongs to its worker again. */
static void run_deferred(void *worker, struct jobs_task *task, bool late)
{
    struct pending *pending = (struct pending *)task;
    if (late)
        pending->refused = MHD_HTTP_SERVICE_UNAVAILABLE;
    make(pending, worker, pending->queue, pending->made);
    MHD_resume_connection(pending->mhd);
}

static enum MHD_Result answer(struct pending *pending)
{
    struct http_response made;
    set_state(pending->connection, HTTP_MAKING);
    pending->queue = HTTP_STRAYED;
    if (!has_strayed(pending)) {
        make(pending, pending->slot->worker, HTTP_BY_WORKER, &made);
        if (!made.queue)
            return send_made(pending, &made);
        pending->queue = made.queue;
    }
    pending->made = arena_alloc(pending->arena, sizeof *pending->made);
    if (!pending->made)
        return MHD_NO;
    pending->made->file = -1;
    if (!pending->id[0]) /* made by the worker */
        http_make_id(&pending->slot->next_id, pending->id);
    MHD_suspend_connection(pending->mhd);
    pending->task.client = pending->client;
    pending->task.budget = &pending->connection->budget;
    if (jobs_add(pending->http->queues[pending->queue], &pending->task))
        return MHD_YES;
    MHD_resume_connection(pending->mhd);
    pending->refused = MHD_HTTP_SERVICE_UNAVAILABLE;
    make(pending, pending->slot->worker, HTTP_BY_WORKER, pending->made);
    return MHD_YES; /* called again at once */
}

static enum MHD_Result begin(struct pending *pending, const char *url, const char *method)
{
    pending->begun = true;
    budget_start(&pending->connection->budget, 0);
    http_find_client(pending);
    pending->method = strcmp(method, "GET") == 0 ? "GET" : arena_strdup(pending->arena, method);
    if (!pending->method)
        return MHD_NO;
    http_check_head(pending, method, url);
    if (pending->refused) /* answered at once: the rest is not read */
        return answer(pending);
    return MHD_YES;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *mhd, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_len, void **context)
{
    struct http *http = arg;
    struct pending *pending = *context;
    (void)mhd;
    (void)version;
    if (!pending || !pending->target)
        return MHD_NO;
    if (!pending->begun)
        return begin(pending, url, method);
    if (*upload_len) {
        /* Chunked bodies give no length: bytes beyond the limit are discarded, and refused
         * at the end. */
        if (pending->body.len + *upload_len > http->options.body_max) {
            pending->refused = MHD_HTTP_CONTENT_TOO_LARGE;
            buf_free(&pending->body);
        } else if (!pending->refused) {
            buf_put(&pending->body, upload, *upload_len);
        }
        *upload_len = 0;
        return buf_failed(&pending->body) ? MHD_NO : MHD_YES;
    }
    if (!pending->made)
        return answer(pending);
    struct http_response *made = pending->made;
    pending->made = NULL;
    return send_made(pending, made);
}

/* request.c decodes paths and values; libmicrohttpd leaves them encoded. */
static size_t keep_encoded(void *arg, struct MHD_Connection *connection, char *text)
{
    (void)arg;
    (void)connection;
    return strlen(text);
}

struct MHD_Daemon *http_start_worker(struct http *http)
{
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_NO_LISTEN_SOCKET |
            MHD_ALLOW_SUSPEND_RESUME,
        0, NULL, NULL, on_request, http, MHD_OPTION_CONNECTION_LIMIT,
        http->options.connections * 2 + 1024, /* the acceptor enforces our limit */
        MHD_OPTION_CONNECTION_TIMEOUT, http->options.idle_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)POOL_BYTES, MHD_OPTION_URI_LOG_CALLBACK, on_target, http,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_encoded, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
        http, MHD_OPTION_NOTIFY_CONNECTION, on_connection, http, MHD_OPTION_END);
}

struct jobs_options http_queue_options(const struct http_options *options, enum http_queue kind)
{
    struct jobs_options made = {.wait_s = options->jobs_wait_s,
                                .run = run_deferred,
                                .worker_new = options->worker_new,
                                .worker_free = options->worker_free,
                                .arg = options->arg};
    if (kind == HTTP_STRAYED) {
        made.threads = 1;
        made.line = STRAYED_LINE;
    } else if (kind == HTTP_DRAWING) {
        made.threads = options->threads;
        made.line = options->drawings_line;
        made.line_each = options->drawings_line_each;
    } else {
        made.threads = options->jobs;
        made.threads_each = options->jobs_each;
        made.line = options->jobs_line;
        made.line_each = options->jobs_line_each;
    }
    return made;
}
