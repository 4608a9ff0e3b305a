/* http_request_head.c - checks a request's head once more; finds its client. */
#include <microhttpd.h>
#include <string.h>
#include <strings.h>

#include "server/http_proxies.h"
#include "server/http_request_internal.h"

size_t http_count_params(const char *target)
{
    size_t n = 0;
    for (target = strchr(target, '?'); target; target = strchr(target + 1, '&'))
        n++;
    return n;
}

struct last {
    const char *name, *value;
};

static enum MHD_Result note_last(void *arg, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
    struct last *last = arg;
    (void)kind;
    if (strcasecmp(name, last->name) == 0)
        last->value = value;
    return MHD_YES;
}

/* The last of several headers with that name: the one that the proxy itself added. */
static const char *last_header(struct MHD_Connection *mhd, const char *name)
{
    struct last last = {.name = name};
    MHD_get_connection_values(mhd, MHD_HEADER_KIND, note_last, &last);
    return last.value;
}

void http_find_client(struct pending *pending)
{
    const struct http_proxies *proxies = pending->http->options.proxies;
    if (pending->connection->trusted &&
        http_proxies_client(proxies, last_header(pending->mhd, "X-Forwarded-For"),
                            last_header(pending->mhd, "Forwarded"), pending->forwarded))
        pending->client = pending->forwarded;
}

void http_check_head(struct pending *pending, const char *method, const char *url)
{
    struct http *http = pending->http;
    struct http_connection *connection = pending->connection;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(pending->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    struct http_head head = {.detail = "Las líneas de una petición terminan en CR LF y no llevan "
                                       "otros caracteres de control."};
    if (connection->first_checked) {
        connection->first_checked = false;
        pending->closes = connection->first_body;
        return;
    }
    size_t len = info ? info->header_size : 0;
    char *raw = len <= http->head_limits.head_max ? arena_alloc(pending->arena, len + 1) : NULL;
    if (!raw) {
        pending->refused = MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
    } else if (!http_head_restore(method, len, pending->target, (size_t)(url - method), raw)) {
        pending->refused = MHD_HTTP_BAD_REQUEST;
        pending->refusal = head.detail;
    } else {
        int code = http_head_check(raw, len, &http->head_limits, &head);
        pending->refused = code == HTTP_HEAD_MORE ? MHD_HTTP_BAD_REQUEST : code;
        pending->refusal = head.detail;
        pending->closes = head.has_body;
    }
}
