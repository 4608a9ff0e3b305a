/* painters.h - a pool of what a thread needs to draw a tile: picture, edges and coverage,
 * encoder. Each is over a megabyte, so all styles, and successive snapshots, share them.
 *
 * Owns:    the painters in the pool.
 * Threads: any; a painter taken belongs to its thread until it is put back.
 * Errors:  NULL or false with *err: memory.
 */
#ifndef LAYERS_PAINTERS_H
#define LAYERS_PAINTERS_H

#include "layers/paint/canvas.h"
#include "layers/paint/draw.h"
#include "layers/paint/png.h"

struct painters;

struct painter {
    struct painter *next; /* next in the pool */
    struct drawer *drawer;
    struct canvas canvas;
    struct png_encoder *encoder;
    struct _cairo_surface *surface;
    int side_px;
    bool opaque;
};

struct painters *painters_new(void);           /* NULL: memory */
void painters_free(struct painters *painters); /* NULL is fine */

struct painter *painters_take(struct painters *painters, struct err *err);
void painters_rest(struct painters *painters, struct painter *painter);

/* Provides a clean surface of the size; the previous one if it fits. */
bool painter_prepare(struct painter *painter, int side_px, bool opaque, struct err *err);

#endif
