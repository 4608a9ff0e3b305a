/* fuzz_http.c - any bytes of a client sent to a whole server.
 * The acceptor, libmicrohttpd, and a handler that answers at once, later, or with a large
 * body. The connection always ends, and no request of it is left. */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/http/http.h"
#include "server/request/problem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WAIT_MS = 15000, LARGE = 300 * 1024 };

static struct http *http;
static int port;

static void answer(void *arg, void *worker, const struct http_request *request,
                   struct http_response *response)
{
    (void)arg;
    (void)worker;
    const char *last = strrchr(request->target, '/');
    char kind = last ? last[1] : '\0';
    if (request->refused) {
        response->status = request->refused;
        response->lent = "";
        return;
    }
    if (kind == 'a' && !request->queue) {
        response->queue = true;
        return;
    }
    if (!http_local(request)[0] || !request->client[0] || strlen(http_id(request)) != 16)
        abort();
    const char *tag = http_header(request, "If-None-Match");
    buf_printf(&response->body, "%s %s %zu %s", request->method, request->target, request->body_len,
               tag ? tag : "");
    for (size_t i = 0; kind == 'l' && i < LARGE / 16; i++)
        buf_puts(&response->body, "0123456789abcdef");
    http_add_header(response, "Content-Type", "text/plain");
}

static void *worker_new(void *arg)
{
    return arg;
}

static void worker_free(void *worker)
{
    (void)worker;
}

static void stop(void)
{
    http_stop(http, 100);
}

static void start(void)
{
    struct err err = {0};
    static int nobody;
    const struct http_options options = {.listen = "127.0.0.1:0",
                                         .threads = 1,
                                         .connections = 64,
                                         .connections_busy = 64,
                                         .jobs = 1,
                                         .jobs_line = 4,
                                         .jobs_wait_s = 5,
                                         .idle_s = 2,
                                         .head_ms = 1000,
                                         .body_ms = 2000,
                                         .rate_min = 1,
                                         .answers_max = 1 << 20,
                                         .target_max = 8192,
                                         .headers_max = 12288,
                                         .body_max = 1 << 16,
                                         .handle = answer,
                                         .problem = problem_put,
                                         .worker_new = worker_new,
                                         .worker_free = worker_free,
                                         .arg = &nobody};
    http = http_start(&options, &err);
    if (!http)
        abort();
    port = atoi(strrchr(http_address(http), ':') + 1);
    atexit(stop);
}

_Noreturn static void fail(const char *what)
{
    struct http_counts counts;
    http_read_counts(http, &counts);
    fprintf(stderr,
            "%s: %zu requests, %zu bytes of answers; connections: %zu waiting, %zu parting, %zu "
            "idle, %zu reading, %zu making, %zu sending\n",
            what, counts.arenas, counts.answer_bytes, counts.waiting, counts.parting, counts.idle,
            counts.reading, counts.making, counts.sending);
    abort();
}

/* Reads until the server closes the connection; false if it does not. */
static bool read_all(int fd)
{
    char part[16384];
    bool first = true;
    for (;;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        int events = poll(&ready, 1, WAIT_MS);
        if (events < 0 && errno == EINTR) /* the fuzzer's alarm clock */
            continue;
        if (events <= 0)
            return false;
        ssize_t n = recv(fd, part, sizeof part, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return true;
        if (first && n >= 9 && memcmp(part, "HTTP/1.", 7) != 0)
            abort();
        first = false;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sockaddr_in to = {.sin_family = AF_INET};
    struct http_counts counts;
    if (!http)
        start();
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    to.sin_port = htons((uint16_t)port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        abort();
    for (size_t sent = 0; sent < size;) {
        ssize_t n = send(fd, data + sent, size - sent, MSG_NOSIGNAL);
        if (n <= 0)
            break;
        sent += (size_t)n;
    }
    shutdown(fd, SHUT_WR);
    if (!read_all(fd))
        fail("the connection is not closed");
    /* Closes with a reset, so that the ports of many runs do not stay in TIME_WAIT. */
    const struct linger at_once = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(fd);
    for (int i = 0; i < WAIT_MS; i++) {
        http_read_counts(http, &counts);
        if (counts.arenas == 0 && counts.answer_bytes == 0)
            return 0;
        usleep(1000);
    }
    fail("a request is left");
}
