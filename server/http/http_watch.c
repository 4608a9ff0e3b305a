/* http_watch.c - checks every connection four times a second.
 *
 * The bytes that a client sends and acknowledges are counted by the kernel (TCP_INFO), over
 * windows in which our worker did not cause the delay. A client below the least rate is
 * shut down, and its worker closes the connection.
 */
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>

#include "server/http/http_internal.h"

enum {
    WINDOW_MS = 10000,
    /* After this time a computation is checked for whether its client is still there. */
    MAKING_MS = 200,
    /* While the limit for answers is nearly reached: readers slower than this are shut
     * down first. */
    PRESSED_RATE = 64 * 1024,
    PRESSED_MS = 2000,
    PRESSED_MOST = 128, /* how many of these at a time */
    TCP_STATE_ESTABLISHED = 1,
};

struct slow {
    int fd;
    uint32_t number;
    uint64_t rate; /* bytes a second */
};

struct look {
    struct http *http;
    int64_t now;
    bool pressed;
    size_t n;
    struct slow slow[PRESSED_MOST]; /* the slowest first */
};

struct moved {
    uint64_t bytes; /* in the relevant direction, since the connection began */
    bool established;
};

static struct moved read_moved(const struct http_connection *connection, int state)
{
    struct tcp_info info = {0};
    socklen_t len = sizeof info;
    if (getsockopt(connection->fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0)
        return (struct moved){0, true};
    return (struct moved){state == HTTP_SENDING ? info.tcpi_bytes_acked : info.tcpi_bytes_received,
                          info.tcpi_state == TCP_STATE_ESTABLISHED};
}

static bool has_bytes(const struct http_connection *connection, unsigned long request)
{
    int bytes = 0;
    return ioctl(connection->fd, request, &bytes) == 0 && bytes > 0;
}

/* True if our worker is the cause: it has unread bytes, or nothing left to send in the
 * socket. */
static bool is_ours(const struct http_connection *connection, int state)
{
    return state == HTTP_SENDING ? !has_bytes(connection, SIOCOUTQ)
                                 : has_bytes(connection, SIOCINQ);
}

static void cut(struct look *look, struct http_connection *connection)
{
    http_connections_shut(look->http->connections, connection);
    atomic_fetch_add_explicit(&look->http->cut, 1, memory_order_relaxed);
}

static void begin_phase(struct look *look, struct http_connection *connection, int state,
                        unsigned serial)
{
    connection->seen_state = state;
    connection->seen_serial = serial;
    connection->phase_ms = connection->window_ms = look->now;
    connection->phase_bytes = connection->window_bytes = read_moved(connection, state).bytes;
}

static void begin_window(struct look *look, struct http_connection *connection, uint64_t bytes)
{
    connection->window_ms = look->now;
    connection->window_bytes = bytes;
}

/* Checks a connection between two requests: idle, or sending a head within its time. */
static void look_idle(struct look *look, struct http_connection *connection)
{
    int64_t head_ms = look->http->options.head_ms;
    if (connection->window_ms == connection->phase_ms) {
        /* Once: libmicrohttpd does not notice a hang-up that came together with the
         * request, because it is edge-triggered; it notices later ones. */
        connection->window_ms = look->now;
        if (!read_moved(connection, HTTP_IDLE).established)
            http_connections_shut(look->http->connections, connection);
        return;
    }
    if (look->now - connection->phase_ms > head_ms && !is_ours(connection, HTTP_IDLE) &&
        read_moved(connection, HTTP_IDLE).bytes > connection->phase_bytes)
        cut(look, connection);
}

static void look_making(struct look *look, struct http_connection *connection)
{
    if (look->now - connection->phase_ms < MAKING_MS ||
        atomic_load_explicit(&connection->budget.cancelled, memory_order_relaxed) ||
        read_moved(connection, HTTP_MAKING).established)
        return;
    budget_cancel(&connection->budget);
    atomic_fetch_add_explicit(&look->http->hung_up, 1, memory_order_relaxed);
}

static void note_slow(struct look *look, const struct http_connection *connection, uint64_t bytes)
{
    int64_t took_ms = look->now - connection->phase_ms;
    if (took_ms < PRESSED_MS ||
        atomic_load_explicit(&connection->answer, memory_order_relaxed) < HTTP_ANSWER_LARGE)
        return;
    uint64_t rate = (bytes - connection->phase_bytes) * 1000 / (uint64_t)took_ms;
    if (rate >= PRESSED_RATE ||
        (look->n == PRESSED_MOST && rate >= look->slow[PRESSED_MOST - 1].rate))
        return;
    size_t at = look->n < PRESSED_MOST ? look->n++ : PRESSED_MOST - 1;
    for (; at > 0 && look->slow[at - 1].rate > rate; at--)
        look->slow[at] = look->slow[at - 1];
    look->slow[at] = (struct slow){connection->fd, connection->number, rate};
}

/* Checks a connection that receives a body or sends an answer. */
static void look_moving(struct look *look, struct http_connection *connection, int state)
{
    if (state == HTTP_READING && look->now - connection->phase_ms > look->http->options.body_ms) {
        cut(look, connection);
        return;
    }
    bool judged = look->now - connection->window_ms >= WINDOW_MS;
    if (!judged && !look->pressed && state == HTTP_SENDING)
        return;
    struct moved moved = read_moved(connection, state);
    uint64_t bytes = moved.bytes;
    if (is_ours(connection, state)) {
        begin_window(look, connection, bytes);
        return;
    }
    /* The client hung up in the middle of a request; libmicrohttpd may not notice. */
    if (state == HTTP_READING && !moved.established) {
        cut(look, connection);
        return;
    }
    if (look->pressed && state == HTTP_SENDING)
        note_slow(look, connection, bytes);
    if (!judged)
        return;
    uint64_t least =
        look->http->options.rate_min * (uint64_t)(look->now - connection->window_ms) / 1000;
    if (bytes - connection->window_bytes < least)
        cut(look, connection);
    else
        begin_window(look, connection, bytes);
}

static void look_at(void *arg, struct http_connection *connection)
{
    struct look *look = arg;
    int state = atomic_load_explicit(&connection->state, memory_order_acquire);
    unsigned serial = atomic_load_explicit(&connection->serial, memory_order_relaxed);
    if (connection->closing || state == HTTP_WAITING || state == HTTP_PARTING)
        return;
    if (state != connection->seen_state || serial != connection->seen_serial)
        begin_phase(look, connection, state, serial);
    else if (state == HTTP_IDLE)
        look_idle(look, connection);
    else if (state == HTTP_MAKING)
        look_making(look, connection);
    else
        look_moving(look, connection, state);
}

void http_watch(struct http *http)
{
    struct look look = {.http = http, .now = http_now_ms()};
    look.pressed = http_answer_bytes(http) > http->options.answers_max / 4 * 3;
    http_connections_each(http->connections, look_at, &look);
    for (size_t i = 0; i < look.n; i++) {
        http_connections_shut_one(http->connections, look.slow[i].fd, look.slow[i].number);
        atomic_fetch_add_explicit(&http->cut, 1, memory_order_relaxed);
    }
}
