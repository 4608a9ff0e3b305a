/* map.h - a style over a snapshot, at one zoom, onto a canvas: what tiles and
 * printed maps have in common.
 *
 * A source-layer "municipios_puntos" is the layer municipios as points: the
 * places of its labels (anchors.h), one a feature; "municipios_limites" are its
 * borders, as lines without columns, and "municipios_limites_departamentales"
 * those between departments, "municipios_limites_exteriores" those with a feature
 * on one side only.
 *
 * Owns:    slots resolved to columns; the views made for a zoom, with the labels
 *          placed for the whole country.
 * Threads: a plan and its views are read by any number.
 */
#ifndef LAYERS_MAP_H
#define LAYERS_MAP_H

#include "layers/paint/draw.h"
#include "layers/snapshot.h"

struct map_plan {
    const struct style *style;
    const struct snapshot *snapshot;
    size_t n_slots;
    /* [layer * n_slots + slot]: column of layers_at(layer), or -1; the last n_slots,
     * of a layer without columns, are all -1. */
    int *slots;
};

/* Every layer of the style at one zoom. */
struct map_views {
    size_t n;
    struct view **views;
    bool opaque; /* the background covers everything */
    struct labels *labels;
};

/* What of a layer a source-layer names (layer.h). */
enum map_part {
    MAP_FEATURES,
    MAP_POINTS,
    MAP_BORDERS,
    MAP_DEPARTMENT_BORDERS,
    MAP_OUTER_BORDERS,
};

/* The layer that a style's source-layer is of; -1: none. */
int map_source(const char *name, enum map_part *part);

/* Whether a style draws, or places names by, anything of the layer. */
bool map_reads(const struct style *style, const struct layer *layer);

bool map_plan_init(struct map_plan *plan, const struct style *style,
                   const struct snapshot *snapshot); /* false: memory */
void map_plan_clear(struct map_plan *plan);

struct map_views *map_views_new(const struct map_plan *plan, double zoom, struct err *err);
void map_views_free(struct map_views *views); /* NULL is fine */

/* Where the names begin: from this view on there are only symbols. */
size_t map_names(const struct map_views *views);

/* canvas: surface, size and pixel ratio are set; origin in steps. Follow it with
 * drawer_finish(), or ask drawer_one_color() first. */
bool map_draw(struct drawer *drawer, struct canvas *canvas, const struct map_views *views,
              double origin_x, double origin_y, double steps_per_px, struct err *err);
/* The views from..to - 1 alone: after the first of them, over what is there. */
bool map_draw_part(struct drawer *drawer, struct canvas *canvas, const struct map_views *views,
                   size_t from, size_t to, double origin_x, double origin_y, double steps_per_px,
                   struct err *err);

#endif
