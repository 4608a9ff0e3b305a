/* http_request_internal.h - a request under way, and what its worker keeps. */
#ifndef SERVER_HTTP_REQUEST_INTERNAL_H
#define SERVER_HTTP_REQUEST_INTERNAL_H

#include <netinet/in.h>
#include <time.h>

#include "server/http_internal.h"

enum { ARENAS_KEPT = 16 };

/* One per worker thread, which alone writes it. */
struct slot {
    struct http *http;
    void *worker;
    uint64_t next_id;
    struct access_clock clock;
    struct arena *arenas[ARENAS_KEPT]; /* free ones, to be used again */
    size_t n_arenas;
};

/* One request, from its request line to its log line. While its answer is made
 * aside, nobody but that thread touches it. */
struct pending {
    struct aside_task task; /* first: a task is its request */
    struct MHD_Connection *mhd;
    struct http_connection *connection;
    struct http_response *made; /* aside, until it is sent */
    enum http_aside aside;      /* what it is made by */
    struct http *http;
    struct slot *slot;
    struct arena *arena;
    const char *method, *target;
    const char *refusal; /* why, for the client */
    const char *client;
    char id[17]; /* "": nobody has asked for it */
    char forwarded[INET6_ADDRSTRLEN];
    struct timespec started;
    bool begun, closes, whole;
    int refused, status;
    size_t bytes, owned; /* owned: counted in http->answer_bytes */
    struct buf body;
    void (*release)(void *arg); /* of what is lent to the response */
    void *release_arg;
};

/* The calling worker's; NULL: memory. It ends with its thread. */
struct slot *http_slot_here(struct http *http);
void http_slot_free(void *slot);

size_t http_count_params(const char *target);
/* Sets the request's client: its connection's, or the one whom a proxy of ours names. */
void http_find_client(struct pending *pending);
/* The acceptor has seen the first head of a connection; the later ones are put together
 * again from what libmicrohttpd left of them, and checked the same way. Sets refused. */
void http_check_head(struct pending *pending, const char *method, const char *url);

#endif
