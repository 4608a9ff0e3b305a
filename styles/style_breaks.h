/* style_breaks.h - internal to styles/: "sigg:breaks" of a layer's metadata.
 *
 *   "sigg:breaks": { "property": "familias", "method": "jenks", "classes": 4,
 *                    "whole": true, "unit": "familias", "one": "familia" }
 *
 * It is given with "sigg:leyenda" in a layer whose colour has a step over that property.
 * The step's first output and stop are the document's own; values below that stop, such as
 * zero, are in no class. The other stops are computed, and so are the labels of the
 * classes, which are the last of the legend.
 */
#ifndef STYLES_STYLE_BREAKS_H
#define STYLES_STYLE_BREAKS_H

#include "styles/style_layer.h"

/* Checks the "sigg:breaks" of the layers and stores them in style->breaks. */
void style_breaks_read(struct style_reader *reader, const struct expr_value *layers);

/* The parts of a layer's JSON that computed breaks change; NULL: there is none. */
struct style_breaks_parts {
    const struct expr_value *breaks, *labels;
    const struct expr_items *step;
};
struct style_breaks_parts style_breaks_parts_of(const struct expr_value *layer,
                                                enum style_layer_type type);

#endif
