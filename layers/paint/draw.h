/* draw.h - draws views on a canvas, by the same code for tiles, PNG, SVG and PDF.
 *
 * Owns:    scratch memory sized to the geometry; reuse it from tile to tile.
 * Threads: one drawer per thread.
 * Errors:  false when memory is short.
 */
#ifndef LAYERS_DRAW_H
#define LAYERS_DRAW_H

#include "layers/paint/canvas.h"
#include "layers/paint/view.h"

struct drawer;

struct drawer *drawer_new(void); /* NULL: memory */
void drawer_free(struct drawer *drawer);

/* To be called before the first view of a picture. False: memory. */
bool drawer_start(struct drawer *drawer, struct canvas *canvas);
bool draw_view(struct drawer *drawer, const struct view *view);
/* To be called before something other than a view is drawn on the canvas: all pixels are
 * written, and the drawer assumes nothing about them afterwards. */
void drawer_lend(struct drawer *drawer);

/* True if the whole picture has one colour; then its pixels are not written yet.
 * drawer_finish() writes them. */
bool drawer_one_color(const struct drawer *drawer, uint32_t *pixel);
void drawer_finish(struct drawer *drawer);

/* The margin around a picture, in device pixels, from which a view can reach into it. */
double draw_margin(const struct view *view, double pixel_ratio);

#endif
