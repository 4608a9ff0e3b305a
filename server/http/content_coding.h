/* content_coding.h - content codings: negotiation, and compression.
 *
 * Owns:    struct content_coder, the compressors that a worker reuses.
 * Threads: a coder belongs to one thread; the rest any.
 * Errors:  false if compression fails or saves nothing: then the bytes are sent as they
 *          are.
 */
#ifndef SERVER_CONTENT_CODING_H
#define SERVER_CONTENT_CODING_H

#include "geo/base/buf.h"

enum content_coding { CODING_NONE, CODING_GZIP, CODING_BROTLI, CODING_ZSTD, CODING_N };

/* As Content-Encoding has it; NULL for CODING_NONE. */
const char *content_coding_name(enum content_coding coding);

/* Purpose of the compression: to be cached and sent often, or sent once. */
enum content_coding_effort { CODING_CACHED, CODING_ONCE };

/* Chooses the coding for an Accept-Encoding header (RFC 9110, 12.5.3; NULL: none sent): of
 * those with the highest q the one that suits the effort best. If the header excludes all
 * codings the result is CODING_NONE: it can most likely be read. */
enum content_coding content_coding_choose(const char *accept_encoding,
                                          enum content_coding_effort effort);

struct content_coder;
struct content_coder *
content_coding_new(void); /* NULL: memory; compressors are created when needed */
void content_coding_free(struct content_coder *coder);

/* Appends the compressed bytes to out. */
bool content_coding_compress(struct content_coder *coder, enum content_coding coding,
                             enum content_coding_effort effort, const char *data, size_t len,
                             struct buf *out);

#endif
