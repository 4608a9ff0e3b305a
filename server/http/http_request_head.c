/* http_request_head.c - checks a request's head once more; finds its client. */
#include <microhttpd.h>
#include <string.h>
#include <strings.h>

#include "server/http/http_proxies.h"
#include "server/http/http_request_internal.h"

size_t http_count_params(const char *target)
{
    size_t n = 0;
    for (target = strchr(target, '?'); target; target = strchr(target + 1, '&'))
        n++;
    return n;
}

struct http_request_head_list {
    struct arena *arena;
    const char *name, *value;
};

static enum MHD_Result add_to_list(void *arg, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    struct http_request_head_list *list = arg;
    (void)kind;
    if (strcasecmp(name, list->name) != 0)
        return MHD_YES;
    list->value = list->value ? arena_printf(list->arena, "%s,%s", list->value, value) : value;
    return list->value ? MHD_YES : MHD_NO;
}

/* Several headers of a name are one list (RFC 9110, 5.3): a proxy may add one of its own
 * after that of the proxy before it. NULL: there is none, or short memory. */
static const char *join_headers(const struct pending *pending, const char *name)
{
    struct http_request_head_list list = {.arena = pending->arena, .name = name};
    MHD_get_connection_values(pending->mhd, MHD_HEADER_KIND, add_to_list, &list);
    return list.value;
}

void http_find_client(struct pending *pending)
{
    const struct http_proxies *proxies = pending->http->options.proxies;
    if (pending->connection->trusted &&
        http_proxies_client(proxies, join_headers(pending, "X-Forwarded-For"),
                            join_headers(pending, "Forwarded"), pending->forwarded))
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
