/* draw_internal.h - the parts of draw.c by type of style layer. */
#ifndef LAYERS_DRAW_INTERNAL_H
#define LAYERS_DRAW_INTERNAL_H

#include "layers/paint/drawer_internal.h"
#include "layers/paint/view.h"

bool draw_fill(struct drawer *drawer, const struct view *view);  /* draw_fill.c */
bool draw_lines(struct drawer *drawer, const struct view *view); /* draw_lines.c */

#endif
