/* kept.h - answers that the cache keeps, ready to send.
 *
 * An entry of the cache is a body. With it are kept the same body packed in
 * each coding that was asked for, and for each coding the response with all its
 * headers, made once: what is sent again costs a look into the cache.
 *
 * Owns:    nothing; parts are the entry's (cache.h).
 * Threads: any; what two make at a time is kept once.
 * Errors:  memory.
 */
#ifndef SERVER_KEPT_H
#define SERVER_KEPT_H

#include "server/call.h"

struct offer;

/* Answers with a lent entry of the cache, which is given back after it
 * was sent. The status and headers set so far (Content-Type among them, and
 * respond_unchanged()'s) are kept with it, the general ones are added. coded:
 * the body may be packed. */
bool kept_answer(struct call *call, const struct cache_entry *entry, bool coded, struct err *err);
/* The same for what has just been made: the response is kept only when it is
 * asked for again, since most tiles are not. */
bool kept_answer_once(struct call *call, const struct cache_entry *entry, bool coded,
                      struct err *err);

/* An entry that is a line ("" for nothing), NUL and the body: the line becomes
 * the header `name` unless it is empty. */
bool kept_answer_noted(struct call *call, const struct cache_entry *entry, const char *name,
                       bool once, struct err *err);

/* Figures as a document (json, csv, html or geojson): the entry of `name`, the
 * format and every parameter given, which make() makes if it is not there; what is
 * slow is made aside (call_aside). */
bool kept_answer_figures(struct call *call, const char *name, const struct offer *offer, bool slow,
                         cache_make_fn *make, void *arg, struct err *err);

/* The answer of a tile that was sent before, by the target as it came; false:
 * the long way. Looks at nothing else. */
bool kept_tile(struct call *call);
/* Whether that tile is drawn: then it costs next to nothing, the long way too. */
bool kept_has_tile(const struct call *call);

/* Answers made by respond_buf() are kept under their URL and form. */

/* True when the answer was kept: it is given. Else what the handler makes will
 * be kept by kept_take(). */
bool kept_find(struct call *call, const char *form);
/* After the handler: its body into the cache, the answer from there. */
bool kept_take(struct call *call, struct err *err);

#endif
