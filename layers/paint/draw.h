/* draw.h - views onto a canvas: the same code for tiles, PNG, SVG and PDF.
 *
 * Owns:    scratch memory sized to the geometry; reuse it from tile to tile.
 * Threads: one drawer per thread.
 * Errors:  false when memory is short.
 */
#ifndef LAYERS_DRAW_H
#define LAYERS_DRAW_H

#include "layers/paint/canvas.h"
#include "layers/view.h"

struct drawer;

struct drawer *drawer_new(void); /* NULL: memory */
void drawer_free(struct drawer *drawer);

/* Before the first view of a picture. False: memory. */
bool drawer_start(struct drawer *drawer, struct canvas *canvas);
bool draw_view(struct drawer *drawer, const struct view *view);

/* The one color of a picture with pixels, which are then not written yet;
 * drawer_finish() writes what is not. */
bool drawer_one_color(const struct drawer *drawer, uint32_t *pixel);
void drawer_finish(struct drawer *drawer);

/* Device pixels around a picture from which a view can still reach into it. */
double draw_margin(const struct view *view, double pixel_ratio);

#endif
