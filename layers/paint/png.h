/* png.h - encodes pixels as a PNG file without loss: with a palette if 256 colours are
 * enough, else in true colour.
 *
 * Owns:    a compressor and scratch memory, for reuse from picture to picture.
 * Threads: one encoder per thread.
 * Units:   pixels are cairo's: 0xAARRGGBB, premultiplied, rows of `stride` pixels.
 * Errors:  NULL or false with *err: only memory can be short.
 */
#ifndef LAYERS_PNG_H
#define LAYERS_PNG_H

#include <stdint.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"

struct png_encoder;

struct png_encoder *png_encoder_new(struct err *err);
void png_encoder_free(struct png_encoder *encoder); /* NULL is fine */

/* Appends the file to out. opaque: the alpha byte is ignored. */
bool png_encode(struct png_encoder *encoder, const uint32_t *pixels, int width_px, int height_px,
                int stride, bool opaque, struct buf *out, struct err *err);

/* The file for a picture whose pixels are all `pixel`, in a few microseconds. */
bool png_encode_one_color(struct png_encoder *encoder, uint32_t pixel, int width_px, int height_px,
                          bool opaque, struct buf *out, struct err *err);

#endif
