/* json_out.h - members and links of the JSON that handlers write.
 *
 * Threads: any. Errors: the buffer's (buf_failed).
 */
#ifndef SERVER_JSON_OUT_H
#define SERVER_JSON_OUT_H

#include <stdbool.h>

#include "geo/base/buf.h"

/* ,"key":"text" with the comma unless an object or array has just been opened;
 * key is ours and plain. NULL text gives null. */
void json_text(struct buf *out, const char *key, const char *text);
/* A text that was put together; if that failed, so has `out`. */
void json_words(struct buf *out, const char *key, const struct buf *words);
void json_int(struct buf *out, const char *key, int64_t value);
void json_bool(struct buf *out, const char *key, bool value);
/* ,"key": for a value that follows. */
void json_key(struct buf *out, const char *key);

/* A comma where one is due. */
void json_next(struct buf *out);

/* {"href":base path,"rel":…,"type":…,"title":…}, with its comma; title may be NULL. */
void json_link(struct buf *out, const char *base, const char *path, const char *rel,
               const char *type, const char *title);

/* Text as part of a URL's query or path: all but unreserved characters as %XX. */
void json_put_encoded(struct buf *out, const char *text);

#endif
