/* map.h - draws a style over a snapshot, at one zoom, on a canvas: what tiles and printed
 * maps have in common.
 *
 * Derived source-layers (layer.h): "municipios_puntos" has the features of municipios as
 * points, where their labels are (anchors.h); "municipios_limites" their borders, as lines
 * without columns; "municipios_limites_departamentales" those between departments;
 * "municipios_limites_exteriores" those with a feature on one side only.
 *
 * Owns:    slots resolved to columns; a reference to the letters; the views made for a zoom, with
 * the labels placed for the whole country. Threads: a plan and its views are read by any number.
 */
#ifndef LAYERS_MAP_H
#define LAYERS_MAP_H

#include "layers/paint/draw.h"
#include "layers/snapshot/snapshot.h"
#include "layers/text/labels.h"

struct map_plan {
    const struct style *style;
    const struct snapshot *snapshot;
    size_t n_slots;
    /* [layer * n_slots + slot]: column of layers_at(layer), or -1. The last n_slots are
     * all -1: for a layer without columns. */
    int *slots;
    struct lettering *lettering;
};

/* Every layer of the style at one zoom. */
struct map_views {
    size_t n;
    struct view **views;
    bool opaque;           /* the background covers everything */
    struct labels *labels; /* of all symbol layers; NULL if there are none */
    size_t *label_sets;    /* by view; of symbol layers: the index of their set of labels */
};

/* Which derived layer a source-layer names (layer.h). */
enum map_part {
    MAP_FEATURES,
    MAP_POINTS,
    MAP_BORDERS,
    MAP_DEPARTMENT_BORDERS,
    MAP_OUTER_BORDERS,
};

/* The index of the layer that a style's source-layer names; -1: none. */
int map_source(const char *name, enum map_part *part);

/* True if the style uses the layer, to draw it or to place labels. */
bool map_reads(const struct style *style, const struct layer *layer);

bool map_plan_init(struct map_plan *plan, const struct style *style,
                   const struct snapshot *snapshot, struct err *err);
void map_plan_clear(struct map_plan *plan);

struct map_views *map_views_new(const struct map_plan *plan, double zoom, struct err *err);
void map_views_free(struct map_views *views); /* NULL is fine */

/* Index of the first view with labels; all after it are symbols too. */
size_t map_names(const struct map_views *views);

/* Draws all views. canvas: surface, size and pixel ratio are set; origin in steps. To be
 * followed by drawer_finish(), or by drawer_one_color() first. */
bool map_draw(struct drawer *drawer, struct canvas *canvas, const struct map_views *views,
              double origin_x, double origin_y, double steps_per_px, struct err *err);
/* Draws only the views from..to - 1; from > 0: over what was drawn before. */
bool map_draw_part(struct drawer *drawer, struct canvas *canvas, const struct map_views *views,
                   size_t from, size_t to, double origin_x, double origin_y, double steps_per_px,
                   struct err *err);

#endif
