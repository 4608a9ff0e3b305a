/* http_connections.h - every open connection: whose it is, what it does, since when.
 *
 * A connection is added by the acceptor, which alone owns it while its first head
 * comes; then it is libmicrohttpd's, whose worker tells what it does, and which closes
 * it. Nobody else closes a socket: a connection that must go is shut down, under the
 * lock that also takes it off the table before it is closed, so that a number used
 * again is never mistaken for the one before.
 *
 * Owns:    the table, its connections, the counts by address.
 * Threads: the table any; of a connection the members say whose they are.
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
    HTTP_WAITING, /* for the end of its first head */
    HTTP_PARTING, /* it was refused; what it still sends is let pass by */
    HTTP_IDLE,    /* between two requests */
    HTTP_READING, /* from the request's line to the end of its body */
    HTTP_MAKING,  /* its answer is made */
    HTTP_SENDING, /* its answer is sent */
    HTTP_STATES
};

struct http_address; /* connections of one client */

struct http_connection {
    int fd;
    uint32_t number;    /* tells it from others of the same fd */
    bool in_epoll;      /* the acceptor's */
    bool trusted;       /* a proxy of ours: the client is who it names */
    bool closing;       /* shut down; under the table's lock */
    bool handed;        /* to a worker; under the table's lock */
    bool over;          /* one too many: only what is urgent is answered */
    bool urgent;        /* it has a place with the urgent worker; the table's */
    bool first_body;    /* its first request has a body */
    bool first_checked; /* its first head was, before libmicrohttpd saw it; the worker's */
    unsigned worker;
    char client[INET6_ADDRSTRLEN]; /* "192.0.2.7" */
    struct sockaddr_storage peer;
    socklen_t peer_len;
    struct http_address *address;
    struct http_connection *next, **prev; /* of the acceptor's queue */
    int64_t accepted_ms;
    char *local;             /* "192.0.2.1:8080", made when first asked for; the worker's */
    struct pending *pending; /* the worker's */
    struct budget budget;    /* of the answer being made */
    /* Written by the worker, read by the watchdog. */
    atomic_int state;
    atomic_uint serial; /* changes with every request */
    atomic_llong idle_ms;
    atomic_size_t answer; /* bytes of its body */
    /* The watchdog's: what it saw last, and the window in which it counts bytes. */
    int seen_state;
    unsigned seen_serial;
    int64_t phase_ms, window_ms;
    uint64_t phase_bytes, window_bytes;
};

struct http_connections;

struct http_connections_limits {
    size_t files;       /* fd numbers are below */
    size_t open;        /* connections */
    size_t per_address; /* 0: no limit */
};

struct http_connections *http_connections_new(const struct http_connections_limits *limits);
void http_connections_free(struct http_connections *all); /* NULL is fine; closes nothing */

/* The socket's, in state HTTP_WAITING. NULL: short memory. */
struct http_connection *http_connections_add(struct http_connections *all, int fd,
                                             const struct sockaddr_storage *peer, socklen_t len);
/* Keeps the limits, after one was added, by shutting down what is idle longest; the
 * limit of its address only where `limited`. False: nothing is idle, it is one too many. */
bool http_connections_fit(struct http_connections *all, const struct http_connection *added,
                          bool limited);
/* Off the table and freed; its socket is closed right after, by the caller. */
void http_connections_remove(struct http_connections *all, struct http_connection *connection);
/* NULL: none. Only for who knows that it will not go meanwhile. */
struct http_connection *http_connections_at(struct http_connections *all, int fd);

/* Calls look for each, with the table locked; it may shut down, not remove. */
typedef void http_connections_look_fn(void *arg, struct http_connection *connection);
void http_connections_each(struct http_connections *all, http_connections_look_fn *look, void *arg);
/* The table is locked, or the connection is the caller's own. */
void http_connections_shut(struct http_connections *all, struct http_connection *connection);
/* Some of the connections that are idle longest are shut down: of the workers', and of
 * those that wait for their first head if `waiting`. What a worker has bytes to read of
 * is not idle. How many. */
size_t http_connections_shut_idle(struct http_connections *all, bool waiting);

/* The same by number: it may be gone. */
void http_connections_shut_one(struct http_connections *all, int fd, uint32_t number);
/* A place with the urgent worker, kept to the end of the connection. False: its address
 * has as many as one may have; the other workers are for what it asks beyond. */
bool http_connections_take_urgent(struct http_connections *all, struct http_connection *connection);
/* It is a worker's from now on. */
void http_connections_hand(struct http_connections *all, struct http_connection *connection);

/* That are not shut down, and those of them that workers have. */
size_t http_connections_open(struct http_connections *all);
size_t http_connections_handed(struct http_connections *all);
void http_connections_count(struct http_connections *all, size_t counts[HTTP_STATES]);

int64_t http_now_ms(void);

#endif
