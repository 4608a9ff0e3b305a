/* sprites.h - the icons and patterns of the maps: for icon-image and fill-pattern on the
 * server, and as a sprite sheet with its index for browsers, drawn by the same code. A
 * picture for fill-pattern ("trama-…") repeats seamlessly.
 *
 * Owns:    nothing; the pictures are constant.
 * Threads: any.
 * Units:   CSS pixels; the sheet has pixels times its ratio.
 * Errors:  false with *err: only memory can be short.
 */
#ifndef LAYERS_SPRITES_H
#define LAYERS_SPRITES_H

#include "geo/base/buf.h"
#include "geo/base/err.h"

struct _cairo; /* cairo_t */

size_t sprites_count(void);
int sprites_find(const char *name); /* -1: none */
int sprites_side(size_t index);     /* every picture is a square */

/* Draws a picture with its left upper corner at 0, 0 of the user space. */
void sprites_draw(struct _cairo *cr, size_t index);

/* The sheet as PNG, and its index in the form of the MapLibre specification. */
bool sprites_png(int ratio, struct buf *out, struct err *err);
void sprites_json(int ratio, struct buf *out);

#endif
