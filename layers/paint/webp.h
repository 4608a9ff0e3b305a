/* webp.h - encodes pixels as a lossless WebP file; decoded, it equals the PNG of the same
 * pixels.
 *
 * Threads: any; nothing is kept.
 * Units:   premultiplied ARGB as cairo's, rows `stride` pixels apart.
 * Errors:  memory; a side over 16,383 px.
 */
#ifndef LAYERS_WEBP_H
#define LAYERS_WEBP_H

#include <stdint.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"

/* Appends the file to out. opaque: the alpha byte is ignored. */
bool webp_encode(const uint32_t *pixels, int width_px, int height_px, int stride, bool opaque,
                 struct buf *out, struct err *err);

#endif
