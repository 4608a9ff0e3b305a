/* draw.h - draws views on a canvas, by the same code for tiles, PNG, SVG and PDF.
 *
 * Threads: one drawer per thread.
 * Errors:  false when memory is short.
 */
#ifndef LAYERS_DRAW_H
#define LAYERS_DRAW_H

#include "layers/paint/drawer.h"
#include "layers/paint/view.h"

bool draw_view(struct drawer *drawer, const struct view *view);

/* The margin around a picture, in device pixels, from which a view can reach into it. */
double draw_margin(const struct view *view, double pixel_ratio);

#endif
