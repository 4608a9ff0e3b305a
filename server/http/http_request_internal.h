/* http_request_internal.h - the state of a request, and the data of a worker thread. */
#ifndef SERVER_HTTP_REQUEST_INTERNAL_H
#define SERVER_HTTP_REQUEST_INTERNAL_H

#include <netinet/in.h>
#include <time.h>

#include "server/http/http_internal.h"

enum { ARENAS_KEPT = 16 };

/* The data of a worker thread, which alone writes it. */
struct slot {
    struct http *http;
    void *worker;
    uint64_t next_id;
    bool first; /* its priority was raised (http_come_first) */
    struct access_clock clock;
    struct arena *arenas[ARENAS_KEPT]; /* free ones, for reuse */
    size_t n_arenas;
};

/* A request, from its request line to its log line. While its answer is made on a
 * background thread only that thread uses it. */
struct pending {
    struct jobs_task task; /* first: a task is its request */
    struct MHD_Connection *mhd;
    struct http_connection *connection;
    struct http_response *made; /* made on a background thread, until it is sent */
    enum http_queue queue;      /* the kind of thread that makes it */
    struct http *http;
    struct slot *slot;
    struct arena *arena;
    const char *method, *target;
    const char *refusal; /* why, for the client */
    const char *client;
    char id[17]; /* "": not needed yet */
    char forwarded[INET6_ADDRSTRLEN];
    struct timespec started;
    bool begun, closes, whole;
    int refused, status;
    size_t bytes, owned; /* owned: counted in http->answer_bytes */
    struct buf body;
    void (*release)(void *arg); /* for what is lent to the response */
    void *release_arg;
};

/* The slot of the calling worker; NULL: memory. It is freed with the thread. */
struct slot *http_slot_here(struct http *http);
void http_slot_free(void *slot);

size_t http_count_params(const char *target);
/* Sets the request's client: that of the connection, or the one that a trusted proxy
 * names. */
void http_find_client(struct pending *pending);
/* Checks the head, and sets refused. The acceptor has checked the first one of a
 * connection; later ones are restored from what libmicrohttpd left of them, and checked in
 * the same way. */
void http_check_head(struct pending *pending, const char *method, const char *url);

#endif
