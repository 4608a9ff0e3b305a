/* response_cache.h - answers from the cache, ready to send.
 *
 * An entry of the cache is a body. Stored with it are the body compressed in each coding
 * that was asked for, and for each coding the response with all headers. Sending it again
 * takes only a look-up in the cache.
 *
 * Owns:    nothing; parts belong to the entry (cache.h).
 * Threads: any; of parts made concurrently one is kept.
 * Errors:  memory.
 */
#ifndef SERVER_RESPONSE_CACHE_H
#define SERVER_RESPONSE_CACHE_H

#include "server/request/call.h"

/* Answers with a lent entry of the cache, which is returned after it was sent. Status and
 * headers set so far (such as Content-Type, and those of respond_unchanged()) are stored
 * with it, and the general ones are added. coded: the body may be compressed. */
bool response_cache_answer(struct call *call, const struct cache_entry *entry, bool coded,
                           struct err *err);
/* The same for a new entry: the response is only stored when it is asked for again,
 * because most tiles are not. */
bool response_cache_answer_once(struct call *call, const struct cache_entry *entry, bool coded,
                                struct err *err);

/* For an entry of a line ("" for nothing), NUL and the body: the line becomes the header
 * `name` unless it is empty. */
bool response_cache_answer_noted(struct call *call, const struct cache_entry *entry,
                                 const char *name, bool once, struct err *err);

/* Answers with figures as a document. The cache key is the name, the format and every
 * parameter given; a missing entry is made by make(), on a background thread if `slow`
 * (call_defer). */
struct response_form {
    const char *name, *format;
    const char *type;        /* Content-Type */
    const char *disposition; /* Content-Disposition; NULL: none */
    bool coded;              /* the body may be compressed */
};
bool response_cache_answer_figures(struct call *call, const struct response_form *form, bool slow,
                                   cache_make_fn *make, void *arg, struct err *err);

/* Answers a tile that is cached as a ready response, by the target as sent; false: not
 * cached. Uses nothing else of the call. */
bool response_cache_answer_tile(struct call *call);
/* Whether that tile is drawn: then it costs next to nothing, the long way too. */
bool response_cache_has_tile(const struct call *call);

/* Answers made by respond_buf() are cached by URL and form. */

/* True: a cached answer was given. Else what the handler makes will be stored by
 * response_cache_store(). */
bool response_cache_find(struct call *call, const char *form);
/* To be called after the handler: stores its body in the cache, and answers from there. */
bool response_cache_store(struct call *call, struct err *err);

#endif
