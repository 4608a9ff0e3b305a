/* patterns.h - a picture repeated over the plane, for fill-pattern.
 *
 * Repetition starts at the corner of the world, as in MapLibre: separately drawn tiles
 * match, and a browser shows the same.
 *
 * Owns:    nothing; the caller destroys the pattern.
 * Errors:  NULL when memory is short.
 */
#ifndef LAYERS_PATTERNS_H
#define LAYERS_PATTERNS_H

#include "layers/paint/canvas.h"

struct _cairo_pattern; /* cairo_pattern_t */

/* sprite: index in sprites.h. On pixels its edges are aligned to them; on a vector surface
 * it stays a drawing. scale: enlargement (view.h). */
struct _cairo_pattern *pattern_new(const struct canvas *canvas, size_t sprite, double opacity,
                                   double scale);

#endif
