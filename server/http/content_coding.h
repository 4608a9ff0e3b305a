/* content_coding.h - content codings: negotiation, and compression.
 *
 * Owns:    struct packers, the compressors that a worker reuses.
 * Threads: packers belong to one thread; the rest any.
 * Errors:  false if compression fails or saves nothing: then the bytes are sent as they
 *          are.
 */
#ifndef SERVER_CONTENT_CODING_H
#define SERVER_CONTENT_CODING_H

#include "geo/base/buf.h"

enum coding { CODING_NONE, CODING_GZIP, CODING_BROTLI, CODING_ZSTD, CODING_N };

/* As Content-Encoding has it; NULL for CODING_NONE. */
const char *coding_name(enum coding coding);

/* Purpose of the compression: to be cached and sent often, or sent once. */
enum coding_effort { CODING_KEPT, CODING_ONCE };

/* Chooses the coding for an Accept-Encoding header (RFC 9110, 12.5.3; NULL: none sent): of
 * those with the highest q the one that suits the effort best. If the header excludes all
 * codings the result is CODING_NONE: it can most likely be read. */
enum coding coding_choose(const char *accept_encoding, enum coding_effort effort);

struct packers;
struct packers *packers_new(void); /* NULL: memory; compressors are created when needed */
void packers_free(struct packers *packers);

/* Appends the compressed bytes to out. */
bool coding_pack(struct packers *packers, enum coding coding, enum coding_effort effort,
                 const char *data, size_t len, struct buf *out);

#endif
