/* respond.c - sets status, ETag and body of an answer; compression. */
#include "server/request/respond.h"

#include <string.h>

#include "server/request/problem.h"
#include "server/request/response_cache.h"

/* Smaller bodies are not compressed: they fit a packet. */
enum { CODED_MIN = 1024 };

const struct offer *respond_negotiate(struct call *call, const struct offer *offers)
{
    const char *wanted = call_text(call, "f");
    const struct offer *best = offers;
    if (wanted) {
        for (const struct offer *offer = offers; offer->name; offer++)
            if (strcmp(offer->name, wanted) == 0)
                return offer;
    }
    const char *accept = http_header(call->http, "Accept");
    double quality = accept ? request_quality(accept, offers->type) : 1;
    for (const struct offer *offer = offers + 1; accept && offer->name; offer++)
        if (request_quality(accept, offer->type) > quality) {
            quality = request_quality(accept, offer->type);
            best = offer;
        }
    return best;
}

/* Sets ETag and Cache-Control; true if the client has the content: the answer is 304.
 * version: of this content. A URL with v=version, or with v= and the version of all
 * content (`contenido` of /health), never changes and is cached for long. NULL: no
 * such URL. */
static bool set_tag(struct call *call, const char *tag, const char *version)
{
    /* Weak, because the content may be compressed or not. */
    const char *etag = arena_printf(call->arena, "W/%s", tag);
    const char *cache = "no-cache"; /* may be stored, must be revalidated */
    if (call->route->max_age_s > 0 && version) {
        const char *asked = call_text(call, "v");
        call->versioned = asked && (strcmp(asked, version) == 0 ||
                                    (version == call->version &&
                                     strcmp(asked, versions_all(call->served->versions)) == 0));
        if (call->versioned)
            cache =
                arena_printf(call->arena, "public, max-age=%d, immutable", call->route->max_age_s);
    }
    if (etag)
        respond_header(call, "ETag", etag);
    respond_header(call, "Cache-Control", cache ? cache : "no-cache");
    if (!request_tag_listed(http_header(call->http, "If-None-Match"), tag))
        return false;
    call->out->status = 304;
    call->out->lent = "";
    call->out->lent_len = 0;
    return true;
}

bool respond_unchanged(struct call *call, const char *form)
{
    return respond_unchanged_own(call, form) || response_cache_find(call, form);
}

bool respond_unchanged_own(struct call *call, const char *form)
{
    const char *tag = arena_printf(call->arena, "\"%s-%s%s\"", call->version, form,
                                   call->service->public_url.tag);
    return tag && set_tag(call, tag, call->version);
}

bool respond_unchanged_asset(struct call *call, const char *version)
{
    const char *tag = arena_printf(call->arena, "\"%s%s\"", version, call->service->public_url.tag);
    return tag && set_tag(call, tag, version);
}

bool respond_unchanged_file(struct call *call, const char *etag)
{
    respond_header(call, "ETag", etag);
    respond_header(call, "Cache-Control", "no-cache");
    if (!request_tag_listed(http_header(call->http, "If-None-Match"), etag))
        return false;
    call->out->status = 304;
    call->out->lent = "";
    call->out->lent_len = 0;
    return true;
}

void respond_beyond(struct call *call, uint64_t size)
{
    const char *detail = arena_printf(
        call->arena, "Cabecera «Range»: «%.80s» está fuera del archivo, que tiene %llu bytes.",
        http_header(call->http, "Range"), (unsigned long long)size);
    const char *range = arena_printf(call->arena, "bytes */%llu", (unsigned long long)size);
    problem_answer(call, 416, detail ? detail : "Cabecera «Range»: fuera del archivo.");
    respond_header(call, "Accept-Ranges", "bytes");
    respond_header(call, "Content-Range", range ? range : "bytes */*");
}

static bool is_text(const char *type)
{
    return strncmp(type, "text/", 5) == 0 || strstr(type, "json") || strstr(type, "javascript") ||
           strstr(type, "svg");
}

bool respond_buf(struct call *call, const char *type, struct buf *body, struct err *err)
{
    if (buf_failed(body)) {
        buf_free(body);
        return err_no_memory(err);
    }
    respond_header(call, "Content-Type", type);
    call->out->body = *body;
    buf_init(body);
    call->compressible = is_text(type);
    return true;
}

void respond_lent(struct call *call, const char *type, const char *data, size_t len)
{
    respond_header(call, "Content-Type", type);
    call->out->lent = data;
    call->out->lent_len = len;
}

/* Compresses a body that is sent once. */
static void compress_body(struct call *call)
{
    struct buf *body = &call->out->body, packed;
    if (!call->compressible || call->out->lent || body->len < CODED_MIN)
        return;
    enum content_coding coding =
        content_coding_choose(http_header(call->http, "Accept-Encoding"), CODING_ONCE);
    buf_init(&packed);
    if (!content_coding_compress(call->worker->coder, coding, CODING_ONCE, body->data, body->len,
                                 &packed)) {
        buf_free(&packed); /* sent uncompressed */
        return;
    }
    buf_free(body);
    *body = packed;
    respond_header(call, "Content-Encoding", content_coding_name(coding));
}

void respond_finish(struct call *call)
{
    if (call->out->ready || call->finished)
        return;
    compress_body(call);
    respond_header(call, "X-Request-Id", http_id(call->http));
    respond_general(call);
}
