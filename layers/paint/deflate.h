/* deflate.h - zlib streams (RFC 1950, 1951) of a map's scan lines, made for
 * their one habit: a pixel is mostly the one before it or the one above it.
 * Those two distances are tried everywhere, any other only where both fail;
 * ten times as fast as a general compressor, of about the same size.
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

/* Scan lines of row_bytes each, pixel_bytes (1 for less) from pixel to pixel. */
struct deflate_rows {
    const unsigned char *bytes;
    size_t size, row_bytes, pixel_bytes;
};

/* The most that deflate_write() can make of `size` bytes. */
size_t deflate_bound(size_t size);
/* Returns the stream's size. */
size_t deflate_write(struct deflate *deflate, const struct deflate_rows *rows, unsigned char *out);

#endif
