/* coding.h - content codings: which one a client takes, and bytes packed in it.
 *
 * Owns:    struct packers, the compressors a worker keeps between answers.
 * Threads: packers belong to one thread; the rest any.
 * Errors:  packing that fails, or makes nothing smaller, is false: the bytes go
 *          as they are.
 */
#ifndef SERVER_CODING_H
#define SERVER_CODING_H

#include "geo/base/buf.h"

enum coding { CODING_NONE, CODING_GZIP, CODING_BROTLI, CODING_ZSTD, CODING_N };

/* As Content-Encoding has it; NULL for CODING_NONE. */
const char *coding_name(enum coding coding);

/* What the bytes are packed for: to be kept and sent often, or sent once. */
enum coding_effort { CODING_KEPT, CODING_ONCE };

/* The coding of an Accept-Encoding header (RFC 9110, 12.5.3; NULL: none sent):
 * of those with the highest q the one that serves the effort best. A list that
 * leaves nothing gets CODING_NONE too: most likely it can be read. */
enum coding coding_choose(const char *accept_encoding, enum coding_effort effort);

struct packers;
struct packers *packers_new(void); /* NULL: memory; compressors come when asked for */
void packers_free(struct packers *packers);

/* Appends the packed bytes to out. */
bool coding_pack(struct packers *packers, enum coding coding, enum coding_effort effort,
                 const char *data, size_t len, struct buf *out);

#endif
