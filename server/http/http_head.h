/* http_head.h - checks the head of a request strictly.
 *
 * libmicrohttpd 0.9.75 accepts a lone LF as the end of a line, the first of two
 * Content-Lengths, and what precedes a NUL. A proxy in front may parse such a head
 * differently, which allows requests to be smuggled past it. Here all of that is refused,
 * and the connection closed.
 *
 * Owns:    nothing; pointers in struct http_head are into the bytes given.
 * Threads: any.
 * Errors:  the HTTP status to refuse with, and a sentence in head->detail.
 */
#ifndef SERVER_HTTP_HEAD_H
#define SERVER_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HTTP_HEAD_OK = 0,
    HTTP_HEAD_MORE = 1, /* correct so far, but incomplete */
    HTTP_HEAD_FIELDS_MAX = 100,
    HTTP_HEAD_PARAMS_MAX = 64,
    HTTP_HEAD_METHOD_MAX = 32,
};

struct http_head_limits {
    size_t target_max, head_max; /* bytes; head_max includes the target */
    uint64_t body_max;
    size_t pool_max; /* limit for the head in libmicrohttpd's memory of a request */
};

struct http_head {
    size_t len;                  /* with the empty line at the end */
    const char *method, *target; /* NULL: not found, or not yet */
    size_t method_len, target_len;
    bool has_body;
    const char *detail; /* why it is refused, for the client */
};

/* HTTP_HEAD_OK, HTTP_HEAD_MORE, or a status: 400, 413, 414, 417, 431, 501, 505. */
int http_head_check(const char *bytes, size_t len, const struct http_head_limits *limits,
                    struct http_head *head);

/* True if a Host header is a valid host name or address, with or without a port. */
bool http_head_host_ok(const char *host);

/* Restores the original head from the `len` bytes that libmicrohttpd left: it writes NULs
 * into it to end words. target: the original one, and where it begins in `parsed`. out has
 * room for len bytes. False: the head has something that libmicrohttpd reads in its own
 * way (a lone LF, a NUL, a continued line). */
bool http_head_restore(const char *parsed, size_t len, const char *target, size_t target_at,
                       char *out);

#endif
