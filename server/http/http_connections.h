/* http_connections.h - the table of open connections: client, state, and since when.
 *
 * A connection is added by the acceptor, which owns it until its first request head is
 * complete. Then libmicrohttpd owns it; its worker sets the state and closes it. Nobody
 * else closes a socket: a connection that must go is shut down, under the lock that also
 * protects its removal from the table before closing, so that a reused descriptor number
 * is never mistaken for the previous connection.
 *
 * Owns:    the table, its connections, the counts by address.
 * Threads: the table any; for each member of a connection see its comment.
 * Units:   milliseconds of CLOCK_MONOTONIC.
 */
#ifndef SERVER_HTTP_CONNECTIONS_H
#define SERVER_HTTP_CONNECTIONS_H

#include <netinet/in.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "geo/base/budget.h"

enum http_state {
    HTTP_WAITING, /* waiting for its first request head */
    HTTP_PARTING, /* refused; further bytes are discarded */
    HTTP_IDLE,    /* between two requests */
    HTTP_READING, /* from the request's line to the end of its body */
    HTTP_MAKING,  /* its answer is being made */
    HTTP_SENDING, /* its answer is being sent */
    HTTP_STATES
};

struct http_address; /* connections of one client */

struct http_connection {
    int fd;
    uint32_t number;    /* distinguishes it from others with the same fd */
    bool in_epoll;      /* only for the acceptor */
    bool trusted;       /* a trusted proxy: the client is the one it names */
    bool closing;       /* shut down; under the table's lock */
    bool handed;        /* to a worker; under the table's lock */
    bool over;          /* beyond the limit: only urgent requests are answered */
    bool urgent;        /* counted as one of the urgent worker; under the table's lock */
    bool first_body;    /* its first request has a body */
    bool first_checked; /* the acceptor has checked its first head; only for the worker */
    unsigned worker;
    char client[INET6_ADDRSTRLEN]; /* "192.0.2.7" */
    struct sockaddr_storage peer;
    socklen_t peer_len;
    struct http_address *address;
    struct http_connection *next, **prev; /* of the acceptor's queue */
    int64_t accepted_ms;
    char *local;             /* "192.0.2.1:8080", made when needed; only for the worker */
    struct pending *pending; /* only for the worker */
    struct budget budget;    /* of the answer being made */
    /* Written by the worker, read by the watchdog. */
    atomic_int state;
    atomic_uint serial; /* changes with every request */
    atomic_llong idle_ms;
    atomic_size_t answer; /* bytes of its body */
    /* Only for the watchdog: the last state seen, and the window over which bytes are
     * counted. */
    int seen_state;
    unsigned seen_serial;
    int64_t phase_ms, window_ms;
    uint64_t phase_bytes, window_bytes;
};

struct http_connections;

struct http_connections_limits {
    size_t files;       /* limit of fd numbers */
    size_t open;        /* connections */
    size_t per_address; /* 0: no limit */
};

struct http_connections *http_connections_new(const struct http_connections_limits *limits);
void http_connections_free(struct http_connections *all); /* NULL is fine; closes no sockets */

/* Adds a connection for the socket, in state HTTP_WAITING. NULL: short memory. */
struct http_connection *http_connections_add(struct http_connections *all, int fd,
                                             const struct sockaddr_storage *peer, socklen_t len);
/* To be called after adding one: keeps the limits by shutting down the longest idle
 * connections; the limit of its address only if `limited`. False: none is idle, this one
 * is too many. */
bool http_connections_fit(struct http_connections *all, const struct http_connection *added,
                          bool limited);
/* Removes it from the table and frees it; the caller closes its socket right after. */
void http_connections_remove(struct http_connections *all, struct http_connection *connection);
/* NULL: none. Only for callers who know that it cannot be freed meanwhile. */
struct http_connection *http_connections_at(struct http_connections *all, int fd);

/* Calls look for each, with the table locked; it may shut connections down, but not remove
 * them. */
typedef void http_connections_look_fn(void *arg, struct http_connection *connection);
void http_connections_each(struct http_connections *all, http_connections_look_fn *look, void *arg);
/* The table must be locked, or the connection be the caller's own. */
void http_connections_shut(struct http_connections *all, struct http_connection *connection);
/* Shuts down some of the longest idle connections: of the workers and, if `waiting`, those
 * that wait for their first head. A connection with unread bytes is not idle. Returns how
 * many. */
size_t http_connections_shut_idle(struct http_connections *all, bool waiting);

/* The same by number, for one that may be gone. */
void http_connections_shut_one(struct http_connections *all, int fd, uint32_t number);
/* Reserves a place with the urgent worker until the end of the connection. False: its
 * address has all it may have; another worker must take the connection. */
bool http_connections_take_urgent(struct http_connections *all, struct http_connection *connection);
/* Marks it as owned by a worker. */
void http_connections_hand(struct http_connections *all, struct http_connection *connection);

/* Connections that are not shut down, and how many of these workers have. */
size_t http_connections_open(struct http_connections *all);
size_t http_connections_handed(struct http_connections *all);
void http_connections_count(struct http_connections *all, size_t counts[HTTP_STATES]);

int64_t http_now_ms(void);

#endif
