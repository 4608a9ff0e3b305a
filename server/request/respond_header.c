/* respond_header.c - headers of an answer: its own, and those that every answer has. */
#include "server/request/respond_header.h"

#include <string.h>

#include "geo/base/version.h"

static const char page_policy[] =
    "default-src 'self'; img-src 'self' data: blob:; worker-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
static const char data_policy[] = "default-src 'none'; frame-ancestors 'none'";

void respond_header(struct call *call, const char *name, const char *value)
{
    http_add_header(call->out, name, value);
}

static bool has_header(const struct http_response *out, const char *name)
{
    for (size_t i = 0; i < out->n_headers; i++)
        if (strcmp(out->headers[i].name, name) == 0)
            return true;
    return false;
}

/* A page or a script: both get the Content-Security-Policy. A web worker obeys the CSP
 * of its own script, not of the page. */
static bool is_page(const struct http_response *out)
{
    for (size_t i = 0; i < out->n_headers; i++)
        if (strcmp(out->headers[i].name, "Content-Type") == 0)
            return strncmp(out->headers[i].value, "text/html", 9) == 0 ||
                   strncmp(out->headers[i].value, "text/javascript", 15) == 0;
    return false;
}

void respond_general(struct call *call)
{
    respond_header(call, "Server", "sigg/" SIGG_VERSION);
    respond_header(call, "Vary", "Accept, Accept-Encoding");
    respond_header(call, "Access-Control-Allow-Origin", "*");
    respond_header(call, "Access-Control-Expose-Headers",
                   "ETag, Link, Content-Crs, Content-Range, OGC-NumberMatched, OGC-NumberReturned, "
                   "X-Request-Id");
    respond_header(call, "Cross-Origin-Resource-Policy", "cross-origin");
    respond_header(call, "X-Content-Type-Options", "nosniff");
    respond_header(call, "Referrer-Policy", "same-origin");
    /* The headers of a 304 would replace those of the page in the browser's cache. */
    if (call->out->status != 304)
        respond_header(call, "Content-Security-Policy",
                       is_page(call->out) ? page_policy : data_policy);
    if (!has_header(call->out, "Cache-Control"))
        respond_header(call, "Cache-Control", "no-store");
}
