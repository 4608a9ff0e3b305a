#include "server/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "server/access_log.h"
#include "server/aside.h"
#include "server/http_internal.h"
#include "server/listen.h"

enum {
    ARENAS_KEPT = 16,
    /* A connection's memory: the request's head (cmd_serve.c) and ours. It is
     * cleared with every request, so that room to spare costs each of them. */
    POOL_BYTES = 16 * 1024,
};

struct http {
    struct http_options options;
    struct MHD_Daemon *daemon;
    struct aside *aside;
    int socket; /* ours to close only after MHD_quiesce_daemon() */
    char address[LISTEN_NAME_SIZE];
    pthread_key_t slot;
    bool has_slot;
    atomic_uint_fast64_t seeds; /* of the slots' ids */
    pthread_mutex_t lock;       /* of slots */
    struct slot *slots;
};

/* One per worker thread, which alone writes it. */
struct slot {
    struct http *http;
    struct slot *next; /* of http->slots */
    void *worker;
    atomic_int under_way; /* read by who stops the server */
    uint64_t next_id;
    struct access_clock clock;
    struct arena *arenas[ARENAS_KEPT]; /* free ones, to be used again */
    size_t n_arenas;
};

/* One request, from its request line to its log line. While its answer is made
 * aside, nobody but that thread touches it. */
struct pending {
    struct aside_task task; /* first: a task is its request */
    struct MHD_Connection *connection;
    struct http_response *made; /* aside, until it is sent */
    struct http *http;
    struct slot *slot;
    struct arena *arena;
    const char *method, *target;
    char id[17]; /* "": nobody has asked for it */
    char client[INET6_ADDRSTRLEN];
    struct budget budget;
    struct timespec started;
    bool begun;
    int refused, status;
    size_t bytes;
    struct buf body;
    void (*release)(void *arg); /* of what is lent to the response */
    void *release_arg;
};

static void slot_free(void *value)
{
    struct slot *slot = value, **at = &slot->http->slots;
    pthread_mutex_lock(&slot->http->lock);
    while (*at != slot)
        at = &(*at)->next;
    *at = slot->next;
    pthread_mutex_unlock(&slot->http->lock);
    slot->http->options.worker_free(slot->worker);
    for (size_t i = 0; i < slot->n_arenas; i++)
        arena_free(slot->arenas[i]);
    free(slot);
}

/* splitmix64: ids that do not repeat and do not tell how many came before. */
#define GOLDEN UINT64_C(0x9E3779B97F4A7C15)

static uint64_t mixed(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

static struct slot *slot_here(struct http *http)
{
    struct slot *slot = pthread_getspecific(http->slot);
    if (slot)
        return slot;
    slot = calloc(1, sizeof *slot);
    if (!slot)
        return NULL;
    slot->http = http;
    slot->worker = http->options.worker_new(http->options.arg);
    if (!slot->worker || pthread_setspecific(http->slot, slot) != 0) {
        http->options.worker_free(slot->worker);
        free(slot);
        return NULL;
    }
    slot->next_id = mixed(atomic_fetch_add(&http->seeds, GOLDEN));
    pthread_mutex_lock(&http->lock);
    slot->next = http->slots;
    http->slots = slot;
    pthread_mutex_unlock(&http->lock);
    return slot;
}

static void make_id(struct pending *pending)
{
    static const char hex[] = "0123456789abcdef";
    uint64_t x = mixed(pending->slot->next_id += GOLDEN);
    for (int i = 0; i < 16; i++, x >>= 4)
        pending->id[15 - i] = hex[x & 15];
    pending->id[16] = '\0';
}

const char *http_id(const struct http_request *request)
{
    struct pending *pending = request->inner;
    if (!pending->id[0])
        make_id(pending);
    return pending->id;
}

static void find_remote(struct MHD_Connection *connection, char remote[INET6_ADDRSTRLEN])
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info ? info->client_addr : NULL;
    snprintf(remote, INET6_ADDRSTRLEN, "-");
    if (address && address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, remote,
                  INET6_ADDRSTRLEN);
    else if (address && address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr,
                  remote, INET6_ADDRSTRLEN);
}

static void count_under_way(struct slot *slot, int more)
{
    /* One writer: no need for the bus. */
    int now = atomic_load_explicit(&slot->under_way, memory_order_relaxed);
    atomic_store_explicit(&slot->under_way, now + more, memory_order_relaxed);
}

/* The request line is there: begins the request. Its result is the *context of
 * the calls that follow. */
static void *on_target(void *arg, const char *uri, struct MHD_Connection *connection)
{
    struct http *http = arg;
    (void)connection;
    struct slot *slot = slot_here(http);
    if (!slot)
        return NULL;
    struct arena *arena = slot->n_arenas ? slot->arenas[--slot->n_arenas] : arena_new();
    struct pending *pending = arena ? arena_alloc(arena, sizeof *pending) : NULL;
    if (!pending) {
        arena_free(arena);
        return NULL;
    }
    pending->http = http;
    pending->slot = slot;
    pending->arena = arena;
    pending->method = "-";
    clock_gettime(CLOCK_MONOTONIC, &pending->started);
    if (strlen(uri) > http->options.target_max)
        pending->refused = MHD_HTTP_URI_TOO_LONG;
    pending->target = arena_strndup(arena, uri, strnlen(uri, http->options.target_max));
    count_under_way(slot, 1);
    return pending;
}

static void log_request(struct pending *pending, bool whole)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!pending->id[0])
        make_id(pending);
    const struct access_line line = {
        .remote = pending->client,
        .method = pending->method,
        .target = pending->target,
        .id = pending->id,
        .status = pending->status,
        .bytes = pending->bytes,
        .us = (now.tv_sec - pending->started.tv_sec) * 1000000LL +
              (now.tv_nsec - pending->started.tv_nsec) / 1000,
        .whole = whole,
    };
    access_log(pending->http->options.log, &pending->slot->clock, &line);
}

static void on_completed(void *arg, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code)
{
    (void)connection;
    struct http *http = arg;
    struct pending *pending = *context;
    if (!pending)
        return;
    *context = NULL;
    /* A connection stays with the worker that took it; only one that is closed
     * as the server ends may come here from another thread, its slot gone. */
    struct slot *slot = pthread_getspecific(http->slot);
    bool here = slot && slot == pending->slot;
    if (http->options.log && pending->begun && here)
        log_request(pending, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    if (pending->made) { /* the client hung up meanwhile */
        buf_free(&pending->made->body);
        if (pending->made->file >= 0)
            close(pending->made->file);
    }
    if (pending->release)
        pending->release(pending->release_arg);
    buf_free(&pending->body);
    struct arena *arena = pending->arena; /* pending itself lives in it */
    if (here && slot->n_arenas < ARENAS_KEPT) {
        arena_reset(arena);
        slot->arenas[slot->n_arenas++] = arena;
    } else {
        arena_free(arena);
    }
    if (here)
        count_under_way(slot, -1);
}

void http_aside_counts(const struct http_request *request, struct aside_counts *counts)
{
    const struct pending *pending = request->inner;
    aside_count(pending->http->aside, counts);
}

const char *http_header(const struct http_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

/* Has the handler make the answer. */
static void make(struct pending *pending, void *worker, bool aside, struct http_response *made)
{
    const struct http_request request = {
        .method = pending->method,
        .target = pending->target,
        .body = pending->body.data,
        .body_len = pending->body.len,
        .refused = pending->refused,
        .aside = aside,
        .client = pending->client,
        .budget = &pending->budget,
        .arena = pending->arena,
        .connection = pending->connection,
        .inner = pending,
    };
    struct http *http = pending->http;
    made->ready = NULL; /* the headers' array need not be cleared */
    made->status = MHD_HTTP_OK;
    made->n_headers = 0;
    made->lent = NULL;
    made->lent_len = 0;
    made->file = -1;
    made->release = NULL;
    made->release_arg = NULL;
    made->aside = false;
    buf_init(&made->body);
    http->options.handle(http->options.arg, worker, &request, made);
    pending->release = made->release;
    pending->release_arg = made->release_arg;
}

static enum MHD_Result send_made(struct pending *pending, struct http_response *made)
{
    struct MHD_Connection *connection = pending->connection;
    enum MHD_Result result = MHD_NO;
    if (made->ready) {
        pending->status = made->ready->status;
        pending->bytes = made->ready->bytes;
        result =
            MHD_queue_response(connection, (unsigned)made->ready->status, made->ready->response);
    } else {
        pending->status = made->status;
        struct MHD_Response *response = http_make_response(made, &pending->bytes);
        if (!response)
            return MHD_NO;
        if (!pending->refused ||
            MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES)
            result = MHD_queue_response(connection, (unsigned)made->status, response);
        MHD_destroy_response(response);
    }
    if (strcmp(pending->method, "HEAD") == 0)
        pending->bytes = 0;
    return result;
}

/* On a thread of aside.c. Its connection sleeps; after it was woken, the request
 * is its worker's again. */
static void run_aside(void *worker, struct aside_task *task, bool late)
{
    struct pending *pending = (struct pending *)task;
    if (late)
        pending->refused = MHD_HTTP_SERVICE_UNAVAILABLE;
    make(pending, worker, true, pending->made);
    MHD_resume_connection(pending->connection);
}

static enum MHD_Result answer(struct pending *pending)
{
    struct http_response made;
    make(pending, pending->slot->worker, false, &made);
    if (!made.aside)
        return send_made(pending, &made);
    pending->made = arena_alloc(pending->arena, sizeof *pending->made);
    if (!pending->made)
        return MHD_NO;
    if (!pending->id[0])
        make_id(pending); /* of the worker's numbers */
    MHD_suspend_connection(pending->connection);
    pending->task.client = pending->client;
    pending->task.budget = &pending->budget;
    if (aside_add(pending->http->aside, &pending->task))
        return MHD_YES;
    MHD_resume_connection(pending->connection);
    pending->refused = MHD_HTTP_SERVICE_UNAVAILABLE;
    make(pending, pending->slot->worker, false, pending->made);
    return MHD_YES; /* called again at once */
}

/* Whether the headers promise more than we take. */
static int check_limits(const struct http *http, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    if (info && info->header_size > http->options.headers_max)
        return MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
    const char *length =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    if (length && strtoull(length, NULL, 10) > http->options.body_max)
        return MHD_HTTP_CONTENT_TOO_LARGE;
    return 0;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_len, void **context)
{
    struct http *http = arg;
    struct pending *pending = *context;
    (void)url;
    (void)version;
    if (!pending || !pending->target)
        return MHD_NO;
    if (!pending->begun) {
        pending->begun = true;
        pending->connection = connection;
        find_remote(connection, pending->client);
        budget_start(&pending->budget, 0);
        pending->method = strcmp(method, "GET") == 0 ? "GET" : arena_strdup(pending->arena, method);
        if (!pending->method)
            return MHD_NO;
        if (!pending->refused)
            pending->refused = check_limits(http, connection);
        if (pending->refused) /* answered at once: what follows is not read */
            return answer(pending);
        return MHD_YES;
    }
    if (*upload_len) {
        /* Chunked bodies promise no length: what is too much is let pass by
         * and refused at the end. */
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

/* Paths and values are decoded by request.c; libmicrohttpd leaves them alone. */
static size_t keep_encoded(void *arg, struct MHD_Connection *connection, char *text)
{
    (void)arg;
    (void)connection;
    return strlen(text);
}

struct http *http_start(const struct http_options *options, struct err *err)
{
    struct http *http = calloc(1, sizeof *http);
    struct aside_options asides;
    uint64_t seed = (uint64_t)time(NULL);
    if (!http) {
        err_no_memory(err);
        return NULL;
    }
    http->options = *options;
    http->socket = -1;
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != sizeof seed)
        seed ^= (uint64_t)getpid() << 32;
    atomic_init(&http->seeds, seed);
    pthread_mutex_init(&http->lock, NULL);
    http->has_slot = pthread_key_create(&http->slot, slot_free) == 0;
    if (!http->has_slot)
        err_no_memory(err);
    else
        http->socket = listen_open(options->listen, http->address, err);
    if (http->socket < 0)
        goto failed;
    asides = (struct aside_options){
        .threads = options->asides,
        .threads_each = options->asides_each,
        .line = options->asides_line,
        .line_each = options->asides_line_each,
        .wait_s = options->asides_wait_s,
        .run = run_aside,
        .worker_new = options->worker_new,
        .worker_free = options->worker_free,
        .arg = options->arg,
    };
    http->aside = aside_start(&asides, err);
    if (!http->aside)
        goto failed;
    http->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
        on_request, http, MHD_OPTION_LISTEN_SOCKET, http->socket, MHD_OPTION_THREAD_POOL_SIZE,
        options->threads, MHD_OPTION_CONNECTION_LIMIT, options->connections,
        MHD_OPTION_CONNECTION_TIMEOUT, options->idle_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)POOL_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, on_target,
        http, MHD_OPTION_UNESCAPE_CALLBACK, keep_encoded, NULL, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, http, MHD_OPTION_END);
    if (http->daemon)
        return http;
    err_set(err, ERR_DEPENDENCY, "no se pudo iniciar el servidor HTTP: %s", err_reason(errno));
failed:
    aside_stop(http->aside);
    if (http->socket >= 0)
        close(http->socket);
    if (http->has_slot)
        pthread_key_delete(http->slot);
    pthread_mutex_destroy(&http->lock);
    free(http);
    return NULL;
}

const char *http_address(const struct http *http)
{
    return http->address;
}

static int under_way(struct http *http)
{
    int all = 0;
    pthread_mutex_lock(&http->lock);
    for (struct slot *slot = http->slots; slot; slot = slot->next)
        all += atomic_load_explicit(&slot->under_way, memory_order_relaxed);
    pthread_mutex_unlock(&http->lock);
    return all;
}

void http_stop(struct http *http, unsigned grace_s)
{
    if (!http)
        return;
    MHD_socket listening = MHD_quiesce_daemon(http->daemon);
    if (listening != MHD_INVALID_SOCKET)
        close(listening);
    const struct timespec step = {.tv_nsec = 5 * 1000 * 1000};
    for (unsigned waited = 0; waited < grace_s * 200 && under_way(http); waited++)
        nanosleep(&step, NULL);
    aside_stop(http->aside); /* no connection sleeps any more */
    MHD_stop_daemon(http->daemon);
    pthread_key_delete(http->slot);
    pthread_mutex_destroy(&http->lock);
    free(http);
}
