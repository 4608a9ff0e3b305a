/* view.h - a style layer evaluated at one zoom: which features it draws and how. Drawing a
 * tile then evaluates no expression. A symbol layer paints nothing here: its view is empty,
 * and its labels are placed with those of other layers (layers/map/map.h).
 *
 * Owns:    its arrays. Immutable once built.
 * Threads: any may read.
 * Units:   CSS pixels.
 */
#ifndef LAYERS_VIEW_H
#define LAYERS_VIEW_H

#include "layers/shapes/geometry.h"
#include "layers/snapshot/borders.h"
#include "layers/snapshot/columns.h"
#include "styles/style.h"

/* How a feature is painted; opacities are multiplied into the colours. */
struct view_paint {
    struct style_color color, stroke; /* stroke: circle's rim, fill's outline */
    double size_px;                   /* line width, circle radius */
    double stroke_px, offset_px;      /* circle's rim; line-offset, to the right */
    double dash_px;                   /* pixels of one unit of the line's dashes */
    int32_t pattern; /* for fills: index of a picture of sprites.h, -1 none; color has its alpha */
    int32_t line;    /* for lines: index in `lines` */
};

/* How lines are drawn, beside their width and colour. */
struct view_line {
    const char *cap, *join;
    const double *dashes; /* an even number, see dash_px; a line starts at `begin` within them */
    size_t n_dashes;
    double begin;
};

struct view {
    enum style_layer_type type;
    const struct geometry *geometry; /* NULL for a background */
    bool empty;                      /* it draws nothing at this zoom */
    struct view_paint *paints;       /* distinct ones, in order of appearance */
    size_t n_paints;
    int32_t *paint_of;        /* by feature; -1: not drawn */
    enum border_kind borders; /* for lines: only these borders, by these columns */
    const struct columns *border_columns;
    double *sort_key;        /* by feature; NULL: in order of features */
    struct view_line *lines; /* distinct ones */
    size_t n_lines;
    bool patterned;       /* some paint has a pattern */
    double pattern_scale; /* 1 at whole zooms, 2 before the next */
    struct arena *arena;  /* of the words and dashes of lines */
};

/* slots[i] is the column of the style's slot i, or -1. columns and geometry are NULL if
 * the style's source-layer does not exist. */
struct view *view_new(const struct style_layer *layer, double zoom, const struct columns *columns,
                      const struct geometry *geometry, const int *slots, struct err *err);
void view_free(struct view *view); /* NULL is fine */

#endif
