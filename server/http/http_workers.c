/* http_workers.c - which worker gets a connection; what the threads share. */
#include <microhttpd.h>
#include <string.h>
#include <sys/resource.h>

#include "server/http/http_internal.h"

enum { NICE_FIRST = -5 };

void http_come_first(void)
{
    if (setpriority(PRIO_PROCESS, 0, NICE_FIRST) != 0) /* 0: only of this thread */
        return;                                        /* not permitted: normal priority */
}

bool http_is_urgent(const char *target, size_t len)
{
    static const char *const paths[] = {"/health", "/metrics"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        size_t path = strlen(paths[i]);
        if (len >= path && memcmp(target, paths[i], path) == 0 &&
            (len == path || target[path] == '?'))
            return true;
    }
    return false;
}

void http_hand_over(struct http *http, struct http_connection *connection, bool urgent)
{
    unsigned best = urgent ? http->n_workers : 0;
    for (unsigned i = 1; i < http->n_workers && !urgent; i++)
        if (atomic_load_explicit(&http->workers[i].connections, memory_order_relaxed) <
            atomic_load_explicit(&http->workers[best].connections, memory_order_relaxed))
            best = i;
    connection->worker = best;
    atomic_fetch_add_explicit(&http->workers[best].connections, 1, memory_order_relaxed);
    http_connections_hand(http->connections, connection);
    atomic_store_explicit(&connection->state, HTTP_READING, memory_order_release);
    /* From here on the worker owns it, and may free it at any time. */
    if (MHD_add_connection(http->workers[best].daemon, connection->fd,
                           (const struct sockaddr *)&connection->peer,
                           connection->peer_len) == MHD_YES)
        return;
    /* Its socket was closed; no worker has seen it. */
    atomic_fetch_sub_explicit(&http->workers[best].connections, 1, memory_order_relaxed);
    http_connections_remove(http->connections, connection);
}

size_t http_answer_bytes(struct http *http)
{
    size_t bytes = atomic_load_explicit(&http->answer_bytes, memory_order_relaxed);
    return bytes + (http->options.lent_bytes ? http->options.lent_bytes(http->options.arg) : 0);
}
