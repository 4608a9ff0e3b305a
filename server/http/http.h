/* http.h - sockets, connections and worker threads; the only module that uses
 * libmicrohttpd.
 *
 * Owns:    the listening socket, the connections, the worker threads and every
 *          request's arena from its request line to its line in the access log.
 * Threads: http_start/stop from one thread; the handler runs in the workers,
 *          each of which makes its own `worker` with worker_new.
 * Errors:  http_start says what could not be bound; afterwards errors are
 *          responses, made by the handler.
 *
 * A worker serves many connections. A long answer is made on a background thread
 * (jobs.h); its connection is suspended meanwhile, the others are served.
 *
 * No client can block the others: a connection waits for its first request head outside
 * of the workers (http_acceptor.c); slow clients are disconnected (http_watch.c); if there
 * are too many connections the longest idle ones are closed; the bytes of large answers
 * being sent are limited; /health and /metrics have a thread of their own.
 *
 * A request that exceeds a limit is also given to the handler, with `refused` set to the
 * status it must get, so that all errors have the same form.
 */
#ifndef SERVER_HTTP_H
#define SERVER_HTTP_H

#include <stdint.h>

#include "geo/base/arena.h"
#include "geo/base/budget.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"

struct http;
struct http_proxies;
struct log_ring;

/* Where an answer is made: in the worker, or on background threads for figures or for
 * large pictures, each kind with its own queue (jobs.h). */
enum http_queue {
    HTTP_BY_WORKER,
    HTTP_FIGURE,
    HTTP_DRAWING,
    HTTP_STRAYED, /* a request that is not urgent, on a connection of the urgent worker */
    HTTP_QUEUES
};

struct http_request {
    const char *method;
    const char *target; /* as it came: path and query, still encoded */
    const char *body;
    size_t body_len;
    int refused;                 /* 0, a status of http_head.h, or 503: too many requests */
    const char *refusal;         /* why, for the client; NULL: the status says it */
    enum http_queue queue;       /* made on a background thread of that kind */
    const char *client;          /* its address, "192.0.2.7"; "-": not known */
    const struct budget *budget; /* of the answer; cancelled when the client hangs up */
    struct arena *arena;
    void *connection; /* for http_header() */
    void *inner;      /* for http_id() */
};

/* NULL: not sent. Borrowed for the length of the request. */
const char *http_header(const struct http_request *request, const char *name);

/* State of the queue of a kind; not for HTTP_BY_WORKER. */
struct jobs_counts;
void http_queue_counts(const struct http_request *request, enum http_queue kind,
                       struct jobs_counts *counts);

/* "192.0.2.1:8080": the local address that the client connected to. */
const char *http_local(const struct http_request *request);

/* True if an answer of that size may be sent now, beside the others; an own (not shared)
 * answer that may not becomes a 503. */
bool http_room(const struct http_request *request, size_t bytes);

/* The request's id for the log and for errors: 16 hex digits, made when first needed. */
const char *http_id(const struct http_request *request);

enum { HTTP_HEADERS_MAX = 24 };

/* A response reused for many requests. Its bytes are borrowed, and must outlive every
 * request that uses it. */
struct http_ready;

struct http_response {
    /* If set it is the complete answer, except `release`. */
    const struct http_ready *ready;
    int status;
    size_t n_headers;
    struct {
        const char *name, *value; /* live as long as the arena, or longer */
    } headers[HTTP_HEADERS_MAX];
    /* The body: bytes that are lent until release(release_arg) is called, at the
     * end of the request (NULL: they live as long as the program), or else the
     * buffer, taken over. */
    const char *lent;
    size_t lent_len;
    int file; /* a file as the body, instead: its descriptor, taken over, and range; -1: none */
    uint64_t file_offset, file_len;
    void (*release)(void *arg);
    void *release_arg;
    struct buf body;
    /* Set by the handler to defer, instead of all the above: it is called again with
     * the same request on a background thread, while the worker serves others. */
    enum http_queue queue;
};

/* Adds a header without copying; more than HTTP_HEADERS_MAX is a programming error
 * (abort). */
void http_add_header(struct http_response *response, const char *name, const char *value);

/* A reusable response with made's status, headers and lent bytes; all but the bytes are
 * copied. NULL: memory. */
struct http_ready *http_ready_new(const struct http_response *made);
int http_ready_status(const struct http_ready *ready);
void http_ready_free(void *ready); /* NULL is fine; allowed while it is being sent */

struct http_options {
    const char *listen;                       /* "127.0.0.1:8080", "[::1]:0", "localhost:80" */
    unsigned threads;                         /* workers */
    unsigned connections;                     /* open at once */
    unsigned connections_busy;                /* of them, with a worker */
    unsigned per_address;                     /* of one client (IPv6: of one /64); 0: no limit */
    bool limit_loopback;                      /* that limit for clients on this machine too */
    unsigned head_ms;                         /* time limit for a whole request head */
    unsigned body_ms;                         /* and for its body, from then on */
    unsigned rate_min;                        /* least bytes a second, of bodies and answers */
    size_t answers_max;                       /* bytes of large answers that are being sent */
    unsigned jobs;                            /* long answers made at a time */
    unsigned jobs_each;                       /* of these for one client */
    unsigned jobs_line;                       /* requests that may wait for them */
    unsigned jobs_line_each;                  /* of one client */
    unsigned jobs_wait_s;                     /* and for how long, pictures too */
    unsigned drawings_line;                   /* large pictures that may wait; as many are */
    unsigned drawings_line_each;              /* made at a time as there are workers */
    unsigned idle_s;                          /* idle connections are closed after it */
    size_t target_max, headers_max, body_max; /* bytes */
    struct log_ring *log;                     /* access log, one line a request; NULL: none */
    const struct http_proxies *proxies;       /* trusted to name their client; NULL: none */
    /* Writes the body of a refusal without a handler. */
    void (*problem)(struct buf *body, int status, const char *detail, const char *id);
    /* Bytes that are only kept because answers are being sent; NULL: none. */
    size_t (*lent_bytes)(void *arg);
    void (*handle)(void *arg, void *worker, const struct http_request *request,
                   struct http_response *response);
    void *(*worker_new)(void *arg); /* NULL: memory; the connection is closed */
    void (*worker_free)(void *worker);
    void *arg;
};

struct http *http_start(const struct http_options *options, struct err *err);
/* "127.0.0.1:40231": where it listens, with the port the system chose. */
const char *http_address(const struct http *http);

/* Counts for /metrics. */
struct http_counts {
    size_t waiting, parting, idle, reading, making, sending; /* connections */
    size_t arenas;                                           /* that requests hold */
    size_t answer_bytes;                                     /* of large answers being sent */
    uint64_t refused, cut, hung_up; /* refused before reaching a worker; disconnected as too slow;
                                       cancelled by the client */
};
void http_read_counts(struct http *http, struct http_counts *counts);

/* Accepts no more connections, waits up to grace_ms for running requests, cancels the
 * others, and closes everything. */
void http_stop(struct http *http, unsigned grace_ms);

#endif
