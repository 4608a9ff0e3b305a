/* buf.h - a growable byte buffer, and functions that write JSON, CSV and numbers to it.
 *
 * Owns:    its bytes; buf_free() releases them, buf_take() hands them over.
 * Threads: one owner at a time.
 * Errors:  sticky: after memory ran short every put is a no-op and
 *          buf_failed() is true; check once, at the end.
 *
 * Numbers are written with '.' whatever the locale (the program never calls
 * setlocale() for LC_NUMERIC).
 */
#ifndef GEO_BASE_BUF_H
#define GEO_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    char *data; /* NUL-terminated once anything was put */
    size_t len, cap;
    bool failed;
};

void buf_init(struct buf *buf);
void buf_free(struct buf *buf);  /* leaves it empty and usable */
void buf_clear(struct buf *buf); /* forgets the bytes, keeps the memory */
bool buf_failed(const struct buf *buf);
/* The bytes, for free(); the buffer is empty afterwards. NULL if it failed. */
char *buf_take(struct buf *buf, size_t *len);

bool buf_reserve(struct buf *buf, size_t more); /* room for `more` bytes */
void buf_put(struct buf *buf, const void *bytes, size_t len);
/* The bytes of another; if that failed, so has this one. */
void buf_append(struct buf *buf, const struct buf *part);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

void buf_put_int(struct buf *buf, int64_t value);
/* Shortest text that reads back as the same double; NaN and ±inf as "null". */
void buf_put_real(struct buf *buf, double value);
/* At most `decimals` places (0–15), trailing zeros dropped: 1.50 -> 1.5. */
void buf_put_fixed(struct buf *buf, double value, int decimals);

/* A JSON string with its quotes; bytes that are not UTF-8 become U+FFFD.
 * '<', '>' and '&' are escaped, so that JSON can stand inside HTML. */
void buf_put_json(struct buf *buf, const char *text);
/* A CSV field (RFC 4180), quoted only where it must be, for either separator: ',' or ';'. */
void buf_put_csv(struct buf *buf, const char *text);
/* Text for HTML or XML content and quoted attributes. */
void buf_put_html(struct buf *buf, const char *text);

#endif
