/* http_acceptor.c - accepts connections, and waits for their first request head.
 *
 * One thread. A connection without a complete head takes a few hundred bytes here and
 * nothing in the workers, so that thousands of slow ones disturb nobody. Bytes are only
 * peeked at (MSG_PEEK): the worker that gets the connection reads them again. A malformed
 * head is answered here, and the connection is closed.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "server/http/http_internal.h"
#include "server/http/http_proxies.h"

enum {
    EVENTS = 64,
    ACCEPTS = 64, /* accepted at a time, before other events */
    TICK_MS = 250,
    PEEK_BYTES = 16 * 1024,
    PARTING_MS = 2000,
    PARTING_MAX = 1024,
    /* Connections beyond the limit that are accepted all the same: the request may be
     * urgent. */
    OVER_MAX = 256,
    CLIENT_ERRORS_LINGER_BYTES = 64 * 1024,
};

struct queue {
    struct http_connection *first, **last; /* by age */
    size_t n;
};

struct http_acceptor {
    struct http *http;
    pthread_t thread;
    int epoll, wake, listening;
    bool accepting;
    atomic_bool quiet, stopping;
    struct queue waiting, parting;
    struct http_refusals refusals;
    char head[PEEK_BYTES];
};

/* The subject of an event: the listening socket, the wake-up, or a connection. */
enum { LISTENING = 0, WAKE = 1 };

static uint64_t tag_of(const struct http_connection *connection)
{
    return (uint64_t)connection->number << 32 | (uint32_t)connection->fd;
}

/* ---- queues --------------------------------------------------------------------- */

static void push(struct queue *queue, struct http_connection *connection)
{
    connection->next = NULL;
    connection->prev = queue->last;
    *queue->last = connection;
    queue->last = &connection->next;
    queue->n++;
}

static void pull(struct queue *queue, struct http_connection *connection)
{
    *connection->prev = connection->next;
    *(connection->next ? &connection->next->prev : &queue->last) = connection->prev;
    queue->n--;
}

static struct queue *queue_of(struct http_acceptor *acceptor,
                              const struct http_connection *connection)
{
    return atomic_load_explicit(&connection->state, memory_order_relaxed) == HTTP_PARTING
               ? &acceptor->parting
               : &acceptor->waiting;
}

/* ---- epoll ----------------------------------------------------------------------- */

static bool watch(struct http_acceptor *acceptor, struct http_connection *connection)
{
    /* Edge-triggered, because peeked bytes stay in the socket. */
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET,
                                .data.u64 = tag_of(connection)};
    if (connection->in_epoll)
        return true;
    connection->in_epoll = epoll_ctl(acceptor->epoll, EPOLL_CTL_ADD, connection->fd, &event) == 0;
    return connection->in_epoll;
}

static void unwatch(struct http_acceptor *acceptor, struct http_connection *connection)
{
    if (connection->in_epoll)
        epoll_ctl(acceptor->epoll, EPOLL_CTL_DEL, connection->fd, NULL);
    connection->in_epoll = false;
}

static void listen_again(struct http_acceptor *acceptor, bool on)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = LISTENING};
    if (on == acceptor->accepting || acceptor->listening < 0)
        return;
    if (epoll_ctl(acceptor->epoll, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, acceptor->listening,
                  &event) == 0)
        acceptor->accepting = on;
}

static void end(struct http_acceptor *acceptor, struct http_connection *connection)
{
    int fd = connection->fd;
    pull(queue_of(acceptor, connection), connection);
    unwatch(acceptor, connection);
    http_connections_remove(acceptor->http->connections, connection);
    close(fd);
}

/* ---- what is refused here ---------------------------------------------------------- */

/* Reads and discards bytes. False: the end. */
static bool let_pass(int fd, char *buffer, size_t size)
{
    for (unsigned i = 0; i < CLIENT_ERRORS_LINGER_BYTES / 1024; i++) {
        ssize_t n = recv(fd, buffer, size, MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
            return false;
        if (n < 0)
            break;
    }
    return true;
}

/* Sends a refusal and closes. Closing with unread bytes would reset the connection before
 * the client has read the answer, so incoming bytes are discarded for a moment. */
static void refuse(struct http_acceptor *acceptor, struct http_connection *connection, int status,
                   const char *detail, const struct http_head *head)
{
    atomic_fetch_add_explicit(&acceptor->http->refused, 1, memory_order_relaxed);
    bool sent =
        http_send_refusal(acceptor->http, &acceptor->refusals, connection, status, detail, head);
    pull(queue_of(acceptor, connection), connection);
    atomic_store_explicit(&connection->state, HTTP_PARTING, memory_order_relaxed);
    connection->accepted_ms = http_now_ms();
    push(&acceptor->parting, connection);
    shutdown(connection->fd, SHUT_WR);
    if (!sent || acceptor->parting.n > PARTING_MAX || !watch(acceptor, connection) ||
        !let_pass(connection->fd, acceptor->head, sizeof acceptor->head))
        end(acceptor, connection);
}

/* ---- heads -------------------------------------------------------------------------- */

static bool has_worker_room(struct http *http)
{
    return http_connections_handed(http->connections) < http->options.connections_busy ||
           http_connections_shut_idle(http->connections, false) > 0;
}

/* Checks the bytes that have arrived; ended: there will be no more. The connection may be
 * freed afterwards. */
static void look(struct http_acceptor *acceptor, struct http_connection *connection, bool ended)
{
    struct http *http = acceptor->http;
    struct http_head head;
    ssize_t n =
        recv(connection->fd, acceptor->head, sizeof acceptor->head, MSG_PEEK | MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
        if (!watch(acceptor, connection))
            end(acceptor, connection);
        return;
    }
    if (n <= 0) {
        end(acceptor, connection);
        return;
    }
    int code = http_head_check(acceptor->head, (size_t)n, &http->head_limits, &head);
    if (code == HTTP_HEAD_MORE && ended) {
        code = 400;
        head.detail = "La petición no llegó entera.";
    }
    if (code == HTTP_HEAD_MORE) {
        if (!watch(acceptor, connection))
            end(acceptor, connection);
        return;
    }
    if (code != HTTP_HEAD_OK) {
        refuse(acceptor, connection, code, head.detail, &head);
        return;
    }
    bool urgent = http_is_urgent(head.target, head.target_len) &&
                  http_connections_take_urgent(http->connections, connection);
    if (!urgent && (connection->over || !has_worker_room(http))) {
        refuse(acceptor, connection, 503,
               "El servidor atiende a demasiados a la vez; intente de nuevo en unos segundos.",
               &head);
        return;
    }
    connection->first_checked = true;
    connection->first_body = head.has_body;
    pull(&acceptor->waiting, connection);
    unwatch(acceptor, connection);
    http_hand_over(http, connection, urgent);
}

/* ---- connections --------------------------------------------------------------------- */

static bool is_loopback(const char *client)
{
    return strncmp(client, "127.", 4) == 0 || strcmp(client, "::1") == 0;
}

static void take(struct http_acceptor *acceptor, int fd, const struct sockaddr_storage *peer,
                 socklen_t len)
{
    struct http *http = acceptor->http;
    struct http_connection *connection =
        http_connections_open(http->connections) < http->options.connections + OVER_MAX
            ? http_connections_add(http->connections, fd, peer, len)
            : NULL;
    if (!connection) {
        close(fd);
        return;
    }
    connection->trusted = http_proxies_have(http->options.proxies, connection->client);
    /* The limit for an address is not applied to proxies, which have many clients, nor to
     * this machine, where one may run. */
    connection->over = !http_connections_fit(
        http->connections, connection,
        !connection->trusted && (http->options.limit_loopback || !is_loopback(connection->client)));
    push(&acceptor->waiting, connection);
    look(acceptor, connection, false);
}

static void accept_some(struct http_acceptor *acceptor)
{
    for (unsigned i = 0; i < ACCEPTS; i++) {
        struct sockaddr_storage peer;
        socklen_t len = sizeof peer;
        int fd = accept4(acceptor->listening, (struct sockaddr *)&peer, &len,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            take(acceptor, fd, &peer, len);
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            /* Tried again when connections were closed; trying at once would loop. */
            http_connections_shut_idle(acceptor->http->connections, true);
            listen_again(acceptor, false);
            return;
        } else if (errno == EAGAIN || errno == EINVAL || errno == EBADF) {
            return;
        }
    }
}

static void serve_event(struct http_acceptor *acceptor, const struct epoll_event *event)
{
    int fd = (int)(uint32_t)event->data.u64;
    struct http_connection *connection = http_connections_at(acceptor->http->connections, fd);
    /* Ignores events of connections that are gone, or belong to a worker by now. */
    if (!connection || tag_of(connection) != event->data.u64 || !connection->in_epoll)
        return;
    bool parting = queue_of(acceptor, connection) == &acceptor->parting;
    if ((event->events & (EPOLLHUP | EPOLLERR)) ||
        (parting && !let_pass(fd, acceptor->head, sizeof acceptor->head)))
        end(acceptor, connection);
    else if (!parting)
        look(acceptor, connection, event->events & EPOLLRDHUP);
}

/* ---- time ----------------------------------------------------------------------------- */

static void end_late(struct http_acceptor *acceptor)
{
    int64_t now = http_now_ms(), head_ms = acceptor->http->options.head_ms;
    struct http_connection *oldest;
    while ((oldest = acceptor->parting.first) && now - oldest->accepted_ms > PARTING_MS)
        end(acceptor, oldest);
    while ((oldest = acceptor->waiting.first) && now - oldest->accepted_ms > head_ms) {
        char byte;
        if (recv(oldest->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 1)
            refuse(acceptor, oldest, 408, "La petición no llegó entera a tiempo.", NULL);
        else
            end(acceptor, oldest);
    }
}

static void close_all(struct http_acceptor *acceptor)
{
    listen_again(acceptor, false);
    if (acceptor->listening >= 0)
        close(acceptor->listening);
    acceptor->listening = -1;
    while (acceptor->waiting.first)
        end(acceptor, acceptor->waiting.first);
    while (acceptor->parting.first)
        end(acceptor, acceptor->parting.first);
}

static void *work(void *arg)
{
    struct http_acceptor *acceptor = arg;
    struct epoll_event events[EVENTS];
    int64_t ticked = http_now_ms();
    http_come_first();
    while (!atomic_load(&acceptor->stopping)) {
        bool nobody =
            acceptor->accepting && http_connections_open(acceptor->http->connections) == 0;
        int n = epoll_wait(acceptor->epoll, events, EVENTS, nobody ? -1 : TICK_MS);
        for (int i = 0; i < n; i++)
            if (events[i].data.u64 != LISTENING && events[i].data.u64 != WAKE)
                serve_event(acceptor, &events[i]);
        if (atomic_load(&acceptor->quiet))
            close_all(acceptor);
        else if (acceptor->accepting)
            /* Every time, because its event may come after thousands of those of slow
             * clients. Last: the number of a socket closed above may be reused. */
            accept_some(acceptor);
        if (http_now_ms() - ticked >= TICK_MS) {
            ticked = http_now_ms();
            end_late(acceptor);
            http_watch(acceptor->http);
            if (!atomic_load(&acceptor->quiet))
                listen_again(acceptor, true);
        }
    }
    close_all(acceptor);
    return NULL;
}

static void wake(struct http_acceptor *acceptor)
{
    const uint64_t one = 1;
    if (write(acceptor->wake, &one, sizeof one) < 0)
        return; /* it is awake already */
}

static void free_acceptor(struct http_acceptor *acceptor)
{
    if (acceptor->epoll >= 0)
        close(acceptor->epoll);
    if (acceptor->wake >= 0)
        close(acceptor->wake);
    if (acceptor->listening >= 0)
        close(acceptor->listening);
    free(acceptor);
}

struct http_acceptor *http_acceptor_start(struct http *http, int listening, struct err *err)
{
    struct http_acceptor *acceptor = calloc(1, sizeof *acceptor);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = WAKE};
    if (!acceptor) {
        close(listening);
        err_no_memory(err);
        return NULL;
    }
    acceptor->http = http;
    acceptor->listening = listening;
    acceptor->waiting.last = &acceptor->waiting.first;
    acceptor->parting.last = &acceptor->parting.first;
    acceptor->refusals.next_id = http_seed_ids(http);
    acceptor->epoll = epoll_create1(EPOLL_CLOEXEC);
    acceptor->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int failed = acceptor->epoll < 0 || acceptor->wake < 0 ||
                         epoll_ctl(acceptor->epoll, EPOLL_CTL_ADD, acceptor->wake, &event) != 0
                     ? errno
                     : 0;
    listen_again(acceptor, true);
    if (!failed && !acceptor->accepting)
        failed = errno;
    if (!failed)
        failed = pthread_create(&acceptor->thread, NULL, work, acceptor);
    if (!failed)
        return acceptor;
    err_set(err, ERR_DEPENDENCY, "no se pudo iniciar el servidor HTTP: %s", err_reason(failed));
    free_acceptor(acceptor);
    return NULL;
}

void http_acceptor_quiet(struct http_acceptor *acceptor)
{
    atomic_store(&acceptor->quiet, true);
    wake(acceptor);
}

void http_acceptor_stop(struct http_acceptor *acceptor)
{
    if (!acceptor)
        return;
    atomic_store(&acceptor->stopping, true);
    wake(acceptor);
    pthread_join(acceptor->thread, NULL);
    free_acceptor(acceptor);
}
