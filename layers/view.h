/* view.h - one style layer at one zoom: which features it draws and how, so
 * that drawing a tile evaluates no expression.
 *
 * Owns:    its arrays. Immutable once built.
 * Threads: any may read.
 * Units:   CSS pixels.
 */
#ifndef LAYERS_VIEW_H
#define LAYERS_VIEW_H

#include "layers/borders.h"
#include "layers/columns.h"
#include "layers/geometry.h"
#include "layers/text/labels.h"
#include "styles/style.h"

/* How a feature is painted; opacities are multiplied into the colours. */
struct view_paint {
    struct style_color color, stroke; /* stroke: circle's rim, fill's outline */
    double size_px;                   /* line width, circle radius */
    double stroke_px, offset_px;      /* circle's rim; line-offset, to the right */
    double dash_px;                   /* what 1 of the line's dashes is */
    int32_t pattern; /* of a fill: picture of sprites.h, -1 none; color is its alpha */
    int32_t line;    /* of a line: how, in `lines` */
};

/* How lines are drawn, beside their width and colour. */
struct view_line {
    const char *cap, *join;
    const double *dashes; /* even in number, see dash_px; a line begins at `begin` of them */
    size_t n_dashes;
    double begin;
};

struct view {
    enum style_layer_type type;
    const struct geometry *geometry; /* NULL for a background */
    bool empty;                      /* nothing of it shows at this zoom */
    struct view_paint *paints;       /* distinct ones, in order of appearance */
    size_t n_paints;
    int32_t *paint_of;        /* by feature; -1: not drawn */
    enum border_kind borders; /* lines: only those, as these columns have it */
    const struct columns *border_columns;
    double *sort_key;        /* by feature; NULL: in order of features */
    struct view_line *lines; /* distinct ones */
    size_t n_lines;
    bool patterned;       /* some paint has a pattern */
    double pattern_scale; /* 1 at whole zooms, 2 before the next */
    /* Symbols: placed together with those of the other layers (map.h). */
    const struct labels *labels;
    size_t label_set;
    struct arena *arena; /* of lines' words and dashes */
};

/* slots[i] is the column of the style's slot i, or -1. columns and geometry
 * are NULL where the style names a source-layer that is not there. */
struct view *view_new(const struct style_layer *layer, double zoom, const struct columns *columns,
                      const struct geometry *geometry, const int *slots, struct err *err);
void view_free(struct view *view); /* NULL is fine */

#endif
