/* respond.h - the forms of an answer: type, caching, compression, CORS.
 *
 * Threads: one worker a call.
 * Errors:  short memory is ERR_MEMORY with *err filled.
 *
 * A handler first asks respond_unchanged(), which sets the ETag and may settle
 * the request with 304, then makes the body and hands it to respond_buf() or
 * respond_lent() or kept_answer(). respond_finish() is dispatch.c's.
 */
#ifndef SERVER_RESPOND_H
#define SERVER_RESPOND_H

#include "server/call.h"

#define TYPE_JSON "application/json"
#define TYPE_GEOJSON "application/geo+json"
#define TYPE_CSV "text/csv; charset=utf-8"
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

/* f=, else Accept, else (and where nothing fits) the first. */
const struct offer *respond_negotiate(struct call *call, const struct offer *offers);

/* Sets an ETag of the view and `form` (what tells representations of one URL
 * apart); true when the answer is given: 304, since the client has it, or as it
 * was kept. What the handler then makes with respond_buf() is kept. */
bool respond_unchanged(struct call *call, const char *form);
/* The same without looking for a kept answer: the handler has its own cache. */
bool respond_unchanged_own(struct call *call, const char *form);
/* The same for what is built into the program and does not change with the data. */
bool respond_unchanged_asset(struct call *call, const char *version);

/* The same for a file: a strong ETag, since parts of it are asked for. */
bool respond_unchanged_file(struct call *call, const char *etag);
/* 416: nothing of what Range asks for is among the file's bytes. */
void respond_beyond(struct call *call, uint64_t size);

/* Takes the bytes of body over, which is empty afterwards. */
bool respond_buf(struct call *call, const char *type, struct buf *body, struct err *err);
/* Lends bytes that live as long as the program. */
void respond_lent(struct call *call, const char *type, const char *data, size_t len);
void respond_header(struct call *call, const char *name, const char *value);

/* Headers of every answer. */
void respond_general(struct call *call);
/* What dispatch.c does last: those headers, the id, and a packed body where it pays. */
void respond_finish(struct call *call);

#endif
