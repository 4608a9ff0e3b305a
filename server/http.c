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

#include "server/listen.h"

enum { ARENAS_KEPT = 16, POOL_BYTES = 48 * 1024, LOGGED_MAX = 1000 };

struct http {
    struct http_options options;
    struct MHD_Daemon *daemon;
    int socket; /* ours to close only after MHD_quiesce_daemon() */
    char address[LISTEN_NAME_SIZE];
    pthread_key_t slot;
    bool has_slot;
    atomic_int under_way;
    atomic_uint_fast64_t next_id;
};

/* One per worker thread. */
struct slot {
    struct http *http;
    void *worker;
    struct arena *arenas[ARENAS_KEPT]; /* free ones, to be used again */
    size_t n_arenas;
};

/* One request, from its request line to its log line. */
struct pending {
    struct http *http;
    struct slot *slot;
    struct arena *arena;
    const char *method, *target;
    char id[17], remote[INET6_ADDRSTRLEN];
    struct timespec started;
    bool begun;
    int refused, status;
    size_t bytes;
    struct buf body;
};

static void slot_free(void *value)
{
    struct slot *slot = value;
    slot->http->options.worker_free(slot->worker);
    for (size_t i = 0; i < slot->n_arenas; i++)
        arena_free(slot->arenas[i]);
    free(slot);
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
    return slot;
}

/* splitmix64: ids that do not repeat and do not tell how many came before. */
static void make_id(struct http *http, char id[17])
{
    uint64_t x = atomic_fetch_add_explicit(&http->next_id, UINT64_C(0x9E3779B97F4A7C15),
                                           memory_order_relaxed);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    snprintf(id, 17, "%016llx", (unsigned long long)(x ^ (x >> 31)));
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

/* The request line is there: begins the request. Its result is the *context of
 * the calls that follow. */
static void *on_target(void *arg, const char *uri, struct MHD_Connection *connection)
{
    struct http *http = arg;
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
    make_id(http, pending->id);
    find_remote(connection, pending->remote);
    atomic_fetch_add(&http->under_way, 1);
    return pending;
}

/* Bytes that would break the line apart or hide in a terminal are %-encoded. */
static void put_logged(struct buf *line, const char *text)
{
    for (const char *end = text + LOGGED_MAX; *text && text < end; text++) {
        unsigned char c = (unsigned char)*text;
        if (c <= ' ' || c >= 0x7F || c == '"' || c == '\\')
            buf_printf(line, "%%%02X", c);
        else
            buf_putc(line, (char)c);
    }
}

static void log_request(const struct pending *pending, bool whole)
{
    struct timespec wall, now;
    struct tm utc;
    char stamp[24];
    clock_gettime(CLOCK_REALTIME, &wall);
    clock_gettime(CLOCK_MONOTONIC, &now);
    gmtime_r(&wall.tv_sec, &utc);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &utc);
    long long us = (now.tv_sec - pending->started.tv_sec) * 1000000LL +
                   (now.tv_nsec - pending->started.tv_nsec) / 1000;
    struct buf line;
    buf_init(&line);
    buf_printf(&line, "%s.%03ldZ %s ", stamp, wall.tv_nsec / 1000000, pending->remote);
    put_logged(&line, pending->method);
    buf_putc(&line, ' ');
    put_logged(&line, pending->target);
    buf_printf(&line, " %d %zu %lldus %s%s\n", pending->status, pending->bytes, us, pending->id,
               whole ? "" : " cut");
    if (!buf_failed(&line))
        fwrite(line.data, 1, line.len,
               pending->http->options.log); /* one write: lines stay whole */
    buf_free(&line);
}

static void on_completed(void *arg, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code)
{
    struct http *http = arg;
    struct pending *pending = *context;
    (void)connection;
    if (!pending)
        return;
    *context = NULL;
    if (http->options.log && pending->begun)
        log_request(pending, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    buf_free(&pending->body);
    struct slot *slot = pthread_getspecific(http->slot);
    struct arena *arena = pending->arena; /* pending itself lives in it */
    if (slot && slot == pending->slot && slot->n_arenas < ARENAS_KEPT) {
        arena_reset(arena);
        slot->arenas[slot->n_arenas++] = arena;
    } else {
        arena_free(arena);
    }
    atomic_fetch_sub(&http->under_way, 1);
}

const char *http_header(const struct http_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

void http_add_header(struct http_response *response, const char *name, const char *value)
{
    if (response->n_headers == HTTP_HEADERS_MAX)
        abort();
    response->headers[response->n_headers].name = name;
    response->headers[response->n_headers++].value = value;
}

static struct MHD_Response *make_response(struct http_response *made, size_t *bytes)
{
    struct MHD_Response *response = NULL;
    if (made->lent) {
        *bytes = made->lent_len;
        if (made->release)
            response = MHD_create_response_from_buffer_with_free_callback_cls(
                made->lent_len, (void *)(uintptr_t)made->lent, made->release, made->release_arg);
        else
            response = MHD_create_response_from_buffer(
                made->lent_len, (void *)(uintptr_t)made->lent, MHD_RESPMEM_PERSISTENT);
        if (!response && made->release)
            made->release(made->release_arg);
        return response;
    }
    char *data = buf_take(&made->body, bytes);
    if (!data)
        return NULL;
    response = MHD_create_response_from_buffer(*bytes, data, MHD_RESPMEM_MUST_FREE);
    if (!response)
        free(data);
    return response;
}

static enum MHD_Result answer(struct pending *pending, struct MHD_Connection *connection,
                              const char *method)
{
    const struct http_request request = {
        .method = method,
        .target = pending->target,
        .remote = pending->remote,
        .id = pending->id,
        .body = pending->body.data,
        .body_len = pending->body.len,
        .refused = pending->refused,
        .arena = pending->arena,
        .connection = connection,
    };
    struct http_response made = {.status = MHD_HTTP_OK};
    struct http *http = pending->http;
    http->options.handle(http->options.arg, pending->slot->worker, &request, &made);
    size_t bytes = 0;
    struct MHD_Response *response = make_response(&made, &bytes);
    if (!response)
        return MHD_NO;
    enum MHD_Result result = MHD_YES;
    for (size_t i = 0; i < made.n_headers && result == MHD_YES; i++)
        result = MHD_add_response_header(response, made.headers[i].name, made.headers[i].value);
    if (result == MHD_YES && pending->refused)
        result = MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    if (result == MHD_YES)
        result = MHD_queue_response(connection, (unsigned)made.status, response);
    MHD_destroy_response(response);
    pending->status = made.status;
    pending->bytes = strcmp(method, "HEAD") == 0 ? 0 : bytes;
    return result;
}

static enum MHD_Result count_header(void *arg, enum MHD_ValueKind kind, const char *name,
                                    const char *value)
{
    size_t *bytes = arg;
    (void)kind;
    *bytes += strlen(name) + (value ? strlen(value) : 0) + 4;
    return MHD_YES;
}

/* Whether the headers promise more than we take. */
static int check_limits(const struct http *http, struct MHD_Connection *connection)
{
    size_t header_bytes = 0;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, count_header, &header_bytes);
    if (header_bytes > http->options.headers_max)
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
        pending->method = arena_strdup(pending->arena, method);
        if (!pending->method)
            return MHD_NO;
        if (!pending->refused)
            pending->refused = check_limits(http, connection);
        if (pending->refused) /* answered at once: what follows is not read */
            return answer(pending, connection, pending->method);
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
    return answer(pending, connection, pending->method);
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
    uint64_t seed = (uint64_t)time(NULL);
    if (!http) {
        err_no_memory(err);
        return NULL;
    }
    http->options = *options;
    http->socket = -1;
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != sizeof seed)
        seed ^= (uint64_t)getpid() << 32;
    atomic_init(&http->next_id, seed);
    http->has_slot = pthread_key_create(&http->slot, slot_free) == 0;
    if (!http->has_slot)
        err_no_memory(err);
    else
        http->socket = listen_open(options->listen, http->address, err);
    if (http->socket < 0)
        goto failed;
    http->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, on_request, http,
        MHD_OPTION_LISTEN_SOCKET, http->socket, MHD_OPTION_THREAD_POOL_SIZE, options->threads,
        MHD_OPTION_CONNECTION_LIMIT, options->connections, MHD_OPTION_CONNECTION_TIMEOUT,
        options->idle_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, on_target, http,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_encoded, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
        http, MHD_OPTION_END);
    if (http->daemon)
        return http;
    err_set(err, ERR_DEPENDENCY, "no se pudo iniciar el servidor HTTP: %s", strerror(errno));
failed:
    if (http->socket >= 0)
        close(http->socket);
    if (http->has_slot)
        pthread_key_delete(http->slot);
    free(http);
    return NULL;
}

const char *http_address(const struct http *http)
{
    return http->address;
}

void http_stop(struct http *http, unsigned grace_s)
{
    if (!http)
        return;
    MHD_socket listening = MHD_quiesce_daemon(http->daemon);
    if (listening != MHD_INVALID_SOCKET)
        close(listening);
    const struct timespec step = {.tv_nsec = 5 * 1000 * 1000};
    for (unsigned waited = 0; waited < grace_s * 200 && atomic_load(&http->under_way); waited++)
        nanosleep(&step, NULL);
    MHD_stop_daemon(http->daemon);
    pthread_key_delete(http->slot);
    free(http);
}
