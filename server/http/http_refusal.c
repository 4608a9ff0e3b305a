/* http_refusal.c - answers requests and connections that are refused at once. */
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "geo/base/version.h"
#include "server/http/http_internal.h"

static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {{400, "Bad Request"},
                   {408, "Request Timeout"},
                   {413, "Content Too Large"},
                   {414, "URI Too Long"},
                   {417, "Expectation Failed"},
                   {431, "Request Header Fields Too Large"},
                   {501, "Not Implemented"},
                   {503, "Service Unavailable"},
                   {505, "HTTP Version Not Supported"}};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "Error";
}

static void log_refusal(struct http *http, struct http_refusals *refusals,
                        const struct http_connection *connection, const struct http_head *head,
                        int status, const char *id, size_t bytes)
{
    char method[HTTP_HEAD_METHOD_MAX + 1] = "-", target[ACCESS_SHOWN_MAX + 1] = "-";
    if (!http->options.log)
        return;
    if (head && head->method && head->method_len < sizeof method) {
        memcpy(method, head->method, head->method_len);
        method[head->method_len] = '\0';
    }
    if (head && head->target) {
        size_t len = head->target_len < sizeof target ? head->target_len : sizeof target - 1;
        memcpy(target, head->target, len);
        target[len] = '\0';
    }
    const struct access_line line = {.remote = connection->client,
                                     .method = method,
                                     .target = target,
                                     .id = id,
                                     .status = status,
                                     .bytes = bytes,
                                     .us = (http_now_ms() - connection->accepted_ms) * 1000,
                                     .whole = true};
    access_log(http->options.log, &refusals->clock, &line);
}

static void put_answer(struct buf *answer, int status, const struct buf *body, const char *id)
{
    char date[40];
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    buf_printf(answer,
               "HTTP/1.1 %d %s\r\nConnection: close\r\nDate: %s\r\nServer: sigg/" SIGG_VERSION
               "\r\nContent-Type: application/problem+json\r\nContent-Length: %zu\r\n"
               "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
               "Access-Control-Allow-Origin: *\r\nX-Request-Id: %s\r\n%s\r\n",
               status, reason_of(status), date, body->len, id,
               status == 503 ? "Retry-After: 5\r\n" : "");
    buf_put(answer, body->data, body->len);
}

bool http_send_refusal(struct http *http, struct http_refusals *refusals,
                       const struct http_connection *connection, int status, const char *detail,
                       const struct http_head *head)
{
    struct buf body, answer;
    char id[17];
    buf_init(&body);
    buf_init(&answer);
    http_make_id(&refusals->next_id, id);
    http->options.problem(&body, status, detail, id);
    put_answer(&answer, status, &body, id);
    log_refusal(http, refusals, connection, head, status, id, body.len);
    bool sent = !buf_failed(&body) && !buf_failed(&answer) &&
                send(connection->fd, answer.data, answer.len, MSG_DONTWAIT | MSG_NOSIGNAL) > 0;
    buf_free(&body);
    buf_free(&answer);
    return sent;
}
