/* json.h - writes members and links of JSON answers.
 *
 * Threads: any. Errors: the buffer's (buf_failed).
 */
#ifndef GEO_BASE_JSON_H
#define GEO_BASE_JSON_H

#include <stdbool.h>

#include "geo/base/buf.h"

/* Writes ,"key":"text" (without the comma at the start of an object or array); key needs
 * no escaping. NULL text gives null. */
void json_text(struct buf *out, const char *key, const char *text);
/* A text that was put together; if that failed, so has `out`. */
void json_words(struct buf *out, const char *key, const struct buf *words);
void json_int(struct buf *out, const char *key, int64_t value);
void json_bool(struct buf *out, const char *key, bool value);
void json_double(struct buf *out, const char *key, double value); /* NaN and infinities: null */
/* Writes ,"key": before a value. */
void json_key(struct buf *out, const char *key);

/* Writes a comma unless it is the first item. */
void json_next(struct buf *out);

/* Writes {"href":base path,"rel":…,"type":…,"title":…}, with its comma; title may be NULL. */
void json_link(struct buf *out, const char *base, const char *path, const char *rel,
               const char *type, const char *title);

/* Writes text as part of a URL's query or path: all but unreserved characters as %XX. */
void json_put_encoded(struct buf *out, const char *text);

#endif
