/* http.c - starts and stops the server's threads. */
#include "server/http/http.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "server/http/http_request_internal.h"

enum {
    /* Descriptors for other uses: the database, its connections, files, epolls. */
    FILES_BESIDE = 512,
    FILES_BESIDE_LEAST = 64, /* and at least this, or an eighth of all */
    CONNECTIONS_LEAST = 16,
    POOL_FOR_HEAD = 14 * 1024, /* of libmicrohttpd's 16 KiB; the rest is for the answer's head */
    CANCELLED_MS = 250,        /* cancelled requests have this long to end */
};

/* Raises the limit of descriptors for the connections, or lowers the number of connections
 * to the limit. */
static void fit_files(struct http_options *options)
{
    struct rlimit limit;
    rlim_t wanted = (rlim_t)options->connections + FILES_BESIDE;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    if (limit.rlim_cur < wanted) {
        limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
            getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur < wanted) {
        rlim_t beside = FILES_BESIDE_LEAST + limit.rlim_cur / 8;
        if (beside > limit.rlim_cur / 2)
            beside = limit.rlim_cur / 2;
        options->connections = (unsigned)(limit.rlim_cur - beside);
    }
    if (options->connections < CONNECTIONS_LEAST)
        options->connections = CONNECTIONS_LEAST;
    if (options->connections_busy > options->connections)
        options->connections_busy = options->connections;
}

static bool start_workers(struct http *http, struct err *err)
{
    http->n_workers =
        http->options.threads < HTTP_WORKERS_MAX ? http->options.threads : HTTP_WORKERS_MAX - 1;
    for (unsigned i = 0; i <= http->n_workers; i++) {
        http->workers[i].daemon = http_start_worker(http);
        if (!http->workers[i].daemon)
            return err_set(err, ERR_DEPENDENCY, "no se pudo iniciar el servidor HTTP: %s",
                           err_reason(errno));
    }
    return true;
}

static bool start_queues(struct http *http, struct err *err)
{
    for (int kind = HTTP_FIGURE; kind < HTTP_QUEUES; kind++) {
        const struct jobs_options options =
            http_queue_options(&http->options, (enum http_queue)kind);
        http->queues[kind] = jobs_start(&options, err);
        if (!http->queues[kind])
            return false;
    }
    return true;
}

static void free_http(struct http *http)
{
    http_acceptor_stop(http->acceptor);
    for (int kind = HTTP_FIGURE; kind < HTTP_QUEUES; kind++)
        jobs_stop(http->queues[kind]); /* no connection is suspended any more */
    for (unsigned i = 0; i < HTTP_WORKERS_MAX; i++)
        if (http->workers[i].daemon)
            MHD_stop_daemon(http->workers[i].daemon);
    http_connections_free(http->connections);
    if (http->has_slot)
        pthread_key_delete(http->slot);
    free(http);
}

/* Starts each part; *err is filled on failure. */
static bool start(struct http *http, struct err *err)
{
    const struct http_options *options = &http->options;
    const struct http_connections_limits limits = {
        .files = options->connections + (size_t)4 * FILES_BESIDE,
        .open = options->connections,
        .per_address = options->per_address,
    };
    http->has_slot = pthread_key_create(&http->slot, http_slot_free) == 0;
    http->connections = http_connections_new(&limits);
    if (!http->has_slot || !http->connections)
        return err_no_memory(err);
    int listening = listen_open(options->listen, http->address, &http->everywhere, err);
    if (listening < 0)
        return false;
    if (!start_queues(http, err) || !start_workers(http, err)) {
        close(listening);
        return false;
    }
    http->acceptor = http_acceptor_start(http, listening, err);
    return http->acceptor != NULL;
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
    fit_files(&http->options);
    http->head_limits = (struct http_head_limits){.target_max = options->target_max,
                                                  .head_max = options->headers_max,
                                                  .body_max = options->body_max,
                                                  .pool_max = POOL_FOR_HEAD};
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != sizeof seed)
        seed ^= (uint64_t)getpid() << 32;
    atomic_init(&http->seeds, seed);
    if (start(http, err))
        return http;
    free_http(http);
    return NULL;
}

const char *http_address(const struct http *http)
{
    return http->address;
}

void http_read_counts(struct http *http, struct http_counts *counts)
{
    size_t states[HTTP_STATES];
    http_connections_count(http->connections, states);
    *counts = (struct http_counts){
        .waiting = states[HTTP_WAITING],
        .parting = states[HTTP_PARTING],
        .idle = states[HTTP_IDLE],
        .reading = states[HTTP_READING],
        .making = states[HTTP_MAKING],
        .sending = states[HTTP_SENDING],
        .arenas = (size_t)atomic_load(&http->arenas),
        .answer_bytes = http_answer_bytes(http),
        .refused = atomic_load(&http->refused),
        .cut = atomic_load(&http->cut),
        .hung_up = atomic_load(&http->hung_up),
    };
}

/* ---- the end ------------------------------------------------------------------------ */

struct under_way {
    enum http_state from; /* only states from this one on */
    enum http_state to;
    size_t n;
};

static void count_under_way(void *arg, struct http_connection *connection)
{
    struct under_way *under_way = arg;
    int state = atomic_load_explicit(&connection->state, memory_order_relaxed);
    if (!connection->closing && state >= (int)under_way->from && state <= (int)under_way->to)
        under_way->n++;
}

static void cancel(void *arg, struct http_connection *connection)
{
    (void)arg;
    if (atomic_load_explicit(&connection->state, memory_order_relaxed) == HTTP_MAKING)
        budget_cancel(&connection->budget);
}

static void shut(void *arg, struct http_connection *connection)
{
    http_connections_shut(arg, connection);
}

/* Waits until no connection is in one of these states; true if so. */
static bool wait_for(struct http *http, enum http_state from, enum http_state to, unsigned ms)
{
    const struct timespec step = {.tv_nsec = 5 * 1000 * 1000};
    for (int64_t end = http_now_ms() + ms;;) {
        struct under_way under_way = {from, to, 0};
        http_connections_each(http->connections, count_under_way, &under_way);
        if (under_way.n == 0 || http_now_ms() >= end)
            return under_way.n == 0;
        nanosleep(&step, NULL);
    }
}

void http_stop(struct http *http, unsigned grace_ms)
{
    if (!http)
        return;
    http_acceptor_quiet(http->acceptor);
    if (!wait_for(http, HTTP_READING, HTTP_SENDING, grace_ms)) {
        http_connections_each(http->connections, cancel, NULL);
        wait_for(http, HTTP_MAKING, HTTP_MAKING, CANCELLED_MS);
    }
    http_acceptor_stop(http->acceptor); /* no more is handed to a worker */
    http->acceptor = NULL;
    http_connections_each(http->connections, shut, http->connections);
    http_connections_each(http->connections, cancel, NULL);
    free_http(http);
}
