/* deflate.h - compresses the scan lines of maps as zlib streams (RFC 1950, 1951).
 *
 * In maps a pixel mostly equals the one before it or above it. These two distances are
 * tried everywhere, others only if both fail. That is ten times as fast as a general
 * compressor, with about the same size.
 *
 * Owns:    scratch memory, for reuse from picture to picture.
 * Threads: one writer per thread.
 * Errors:  NULL: memory. Writing does not fail.
 */
#ifndef LAYERS_DEFLATE_H
#define LAYERS_DEFLATE_H

#include <stddef.h>

struct deflate;

struct deflate *deflate_new(void);
void deflate_free(struct deflate *deflate); /* NULL is fine */

/* Scan lines of row_bytes each; pixel_bytes is the size of a pixel (1 if smaller). */
struct deflate_rows {
    const unsigned char *bytes;
    size_t size, row_bytes, pixel_bytes;
};

/* Upper limit of the size of deflate_write()'s output for `size` bytes. */
size_t deflate_bound(size_t size);
/* Returns the stream's size. */
size_t deflate_write(struct deflate *deflate, const struct deflate_rows *rows, unsigned char *out);

#endif
