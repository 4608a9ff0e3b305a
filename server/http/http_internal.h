/* http_internal.h - shared by the files of http.h.
 *
 *   http.c              starts and stops everything
 *   http_workers.c      which worker gets a connection; what the threads share
 *   http_acceptor.c     accepts connections, waits for their first head, checks it
 *   http_refusal.c      answers requests that no worker gets
 *   http_watch.c        checks every connection four times a second
 *   http_request.c      a request in libmicrohttpd, from its line to its log line
 *   http_request_head.c checks its head, and finds its client
 *   http_slot.c         data of a worker thread; ids of requests
 *   http_response.c     converts a handler's answer to libmicrohttpd's response
 *   http_connections.c  the table of connections
 */
#ifndef SERVER_HTTP_INTERNAL_H
#define SERVER_HTTP_INTERNAL_H

#include <pthread.h>

#include "server/http/access_log.h"
#include "server/http/http.h"
#include "server/http/http_connections.h"
#include "server/http/http_head.h"
#include "server/http/jobs.h"
#include "server/http/listen.h"

struct MHD_Connection;
struct MHD_Daemon;
struct MHD_Response;
struct http_acceptor;

enum {
    HTTP_WORKERS_MAX = 65, /* with the urgent one */
    /* Answers of this size or more count towards the limit. */
    HTTP_ANSWER_LARGE = 32 * 1024,
};

struct http_worker {
    struct MHD_Daemon *daemon; /* with one thread */
    atomic_uint connections;
};

struct http {
    struct http_options options;
    struct http_head_limits head_limits;
    struct http_worker workers[HTTP_WORKERS_MAX]; /* the last one is for urgent requests */
    unsigned n_workers;
    struct jobs *queues[HTTP_QUEUES]; /* by kind; none by the worker */
    struct http_connections *connections;
    struct http_acceptor *acceptor;
    char address[LISTEN_NAME_SIZE];
    bool everywhere; /* it listens on all addresses of the machine */
    pthread_key_t slot;
    bool has_slot;
    atomic_uint_fast64_t seeds;   /* of ids */
    atomic_size_t answer_bytes;   /* bytes of large answers that belong to one connection */
    atomic_int arenas;            /* in use by a request */
    atomic_uint_fast64_t refused; /* heads and connections refused before reaching a worker */
    atomic_uint_fast64_t cut;     /* connections that were too slow */
    atomic_uint_fast64_t hung_up; /* computations cancelled because their client hung up */
};

struct http_ready {
    struct MHD_Response *response;
    int status;
    size_t bytes;
};

/* Converts an answer; its bytes are lent until the end of the request, or taken over as
 * buffer or file. *bytes: of the body. NULL: memory. */
struct MHD_Response *http_make_response(struct http_response *made, size_t *bytes);

/* What the acceptor keeps for its refusals. */
struct http_refusals {
    struct access_clock clock;
    uint64_t next_id;
};

/* Sends a refusal. The head is for the log; NULL: there is none. False: it could not be
 * sent. */
bool http_send_refusal(struct http *http, struct http_refusals *refusals,
                       const struct http_connection *connection, int status, const char *detail,
                       const struct http_head *head);

/* Start value of ids that do not repeat and do not reveal how many came before. */
uint64_t http_seed_ids(struct http *http);
void http_make_id(uint64_t *next, char id[17]);

/* ---- http_workers.c: below all that follows ---- */

/* True for requests of monitoring: a separate worker answers them. */
bool http_is_urgent(const char *target, size_t len);

/* Raises the priority of the calling thread, which does little work that others wait for,
 * above those that compute, if the system permits it. */
void http_come_first(void);

/* Hands the connection, whose first head was accepted, to a worker. */
void http_hand_over(struct http *http, struct http_connection *connection, bool urgent);

/* Bytes of large answers being sent, own and shared. */
size_t http_answer_bytes(struct http *http);

/* ---- http_request.c ---- */

/* Starts the daemon of a worker. */
struct MHD_Daemon *http_start_worker(struct http *http);
struct jobs_options http_queue_options(const struct http_options *options, enum http_queue kind);

/* ---- http_acceptor.c ---- */

/* Takes over the listening socket. */
struct http_acceptor *http_acceptor_start(struct http *http, int listening, struct err *err);
/* Accepts no more connections, and closes those that no worker has. */
void http_acceptor_quiet(struct http_acceptor *acceptor);
void http_acceptor_stop(struct http_acceptor *acceptor); /* NULL is fine */

/* ---- http_watch.c ---- */

/* Shuts down connections that are too slow, and cancels computations whose client hung up. */
void http_watch(struct http *http);

#endif
