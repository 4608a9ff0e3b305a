/* respond.h - makes answers: type, caching, compression, CORS.
 *
 * Threads: one worker a call.
 * Errors:  short memory is ERR_MEMORY with *err filled.
 *
 * A handler first calls respond_unchanged(), which sets the ETag and may answer with 304.
 * Then it makes the body and passes it to respond_buf(), respond_lent() or response_cache_answer().
 * respond_finish() is called by dispatch.c.
 */
#ifndef SERVER_RESPOND_H
#define SERVER_RESPOND_H

#include "server/request/respond_header.h"

#define TYPE_JSON "application/json"
#define TYPE_GEOJSON "application/geo+json"
#define TYPE_HTML "text/html; charset=utf-8"
#define TYPE_PNG "image/png"
#define TYPE_WEBP "image/webp"
#define TYPE_SVG "image/svg+xml"
#define TYPE_MVT "application/vnd.mapbox-vector-tile"

/* One representation a handler can make; lists end with a NULL name. */
struct offer {
    const char *name; /* of f= */
    const char *type; /* of Accept, without parameters */
};

/* Chooses by f=, else by Accept, else the first; the first also if nothing fits. */
const struct offer *respond_negotiate(struct call *call, const struct offer *offers);

/* Sets an ETag from the content's version and `form` (which distinguishes the representations
 * of a URL; the public URL, which stands in links, counts too). True: answered, with 304 because
 * the client has it, or from the cache. Else what the handler makes with respond_buf() will be
 * cached. */
bool respond_unchanged(struct call *call, const char *form);
/* The same without the cache, for handlers that use it themselves. */
bool respond_unchanged_own(struct call *call, const char *form);
/* The same for files built into the program, which do not depend on the data. */
bool respond_unchanged_asset(struct call *call, const char *version);

/* The same for a file, with a strong ETag, because parts of it may be requested. */
bool respond_unchanged_file(struct call *call, const char *etag);
/* 416: the range is outside the file. */
void respond_beyond(struct call *call, uint64_t size);

/* Answers with the bytes of body, which is empty afterwards. */
bool respond_buf(struct call *call, const char *type, struct buf *body, struct err *err);
/* Answers with bytes that live as long as the program. */
void respond_lent(struct call *call, const char *type, const char *data, size_t len);
/* Called last by dispatch.c: general headers, the id, and compression if worthwhile. */
void respond_finish(struct call *call);

#endif
