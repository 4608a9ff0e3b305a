/* style_breaks.h - inside styles/: "sigg:breaks" of a layer's metadata.
 *
 *   "sigg:breaks": { "property": "familias", "method": "jenks", "classes": 4,
 *                    "whole": true, "unit": "familias", "one": "familia" }
 *
 * stands beside "sigg:leyenda" in a layer whose colour holds a step over that
 * property. The step's first output and stop are the document's own (below it is
 * what has no class: zero); the other stops, and the labels of the classes, which
 * are the last of the legend, are computed. */
#ifndef STYLES_STYLE_BREAKS_H
#define STYLES_STYLE_BREAKS_H

#include "styles/style_layer.h"

/* Checks what the layers ask for and keeps it in style->breaks. */
void style_breaks_read(struct style_reader *reader, const struct expr_value *layers);

#endif
