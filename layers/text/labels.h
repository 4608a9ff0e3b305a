/* labels.h - labels (texts and icons) of a map, placed once for each zoom for the whole
 * country, so that every tile draws the same ones and none is cut.
 *
 * The layers of a style share one collision index. Upper layers go first; within a layer
 * the lower sort key, then the order of features. A label that finds no room is left out.
 * Along lines the same text is not repeated within half the spacing.
 *
 * Owns:    the placed labels; their letters belong to the lettering.
 * Threads: any may read.
 * Units:   CSS pixels about an anchor in steps (layers/shapes/merc.h).
 * Errors:  NULL with *err when memory is short.
 */
#ifndef LAYERS_LABELS_H
#define LAYERS_LABELS_H

#include <stdatomic.h>

#include "layers/shapes/geometry.h"
#include "layers/snapshot/columns.h"
#include "layers/text/lettering.h"

struct geo_rtree;

/* A symbol layer of the style, with its data. */
struct label_source {
    const struct style_layer *layer;
    const struct columns *columns; /* NULL: the style's source-layer does not exist */
    const struct geometry *geometry;
    const int *slots;
    bool points; /* only the anchors of polygons and lines (map.h) */
};

/* A letter of a label along a line, relative to the label's anchor. */
struct label_letter {
    uint32_t letter; /* in the block */
    float x_px, y_px, angle;
};

struct label_paint {
    struct style_color color, halo;
    float halo_px;
};

struct label {
    struct arc_xy anchor;
    const struct lettering_block *block; /* NULL: no text */
    float em_px, x_px, y_px;             /* of the block's 0, 0 */
    struct label_paint *paints;          /* by run of the text */
    struct label_letter *turned;         /* by letter of a text along a line; else NULL */
    int icon;                            /* -1: none */
    float icon_x_px, icon_y_px;          /* left upper corner */
    float icon_scale, icon_opacity;
    float min_x_px, min_y_px, max_x_px, max_y_px; /* bounds of all that is drawn */
    _Atomic(struct label_masks *) masks[2];       /* for pixels at ratio 1 and 2 (labels_draw.c) */
};

/* The labels of one layer, in the order of drawing. */
struct label_set {
    struct label *labels;
    size_t n;
    struct geo_rtree *tree; /* boxes in steps */
};

struct labels {
    struct label_set *sets; /* by source */
    size_t n_sets;
    struct lettering *lettering;
    struct arena *arena;
};

/* sources in the order of the style. */
struct labels *labels_new(const struct label_source *sources, size_t n, double zoom,
                          struct lettering *lettering, struct err *err);
void labels_free(struct labels *labels); /* NULL is fine */

/* Draws the labels of a set that touch the canvas. */
struct canvas;
bool labels_draw(const struct labels *labels, size_t set, const struct canvas *canvas);

#endif
