/* patterns.h - a picture repeated over the plane, for fill-pattern.
 *
 * It is laid from the corner of the world on, as MapLibre lays it: tiles that
 * are drawn one by one join, and a browser shows the same.
 *
 * Owns:    nothing; the caller destroys the pattern.
 * Errors:  NULL when memory is short.
 */
#ifndef LAYERS_PATTERNS_H
#define LAYERS_PATTERNS_H

#include "layers/paint/canvas.h"

struct _cairo_pattern; /* cairo_pattern_t */

/* sprite: of sprites.h. On pixels its edges lie on theirs; on a vector surface it
 * stays a drawing. scale: how much larger than it is drawn (view.h). */
struct _cairo_pattern *pattern_new(const struct canvas *canvas, size_t sprite, double opacity,
                                   double scale);

#endif
