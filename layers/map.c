#include "layers/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layers/snapshot_internal.h"

bool map_plan_init(struct map_plan *plan, const struct style *style,
                   const struct snapshot *snapshot)
{
    const char *const *names;
    plan->style = style;
    plan->snapshot = snapshot;
    plan->n_slots = style_slots(style, &names);
    plan->slots = malloc((layers_count() * plan->n_slots + 1) * sizeof *plan->slots);
    for (size_t l = 0; plan->slots && l < layers_count(); l++)
        for (size_t s = 0; s < plan->n_slots; s++)
            plan->slots[l * plan->n_slots + s] = layer_column(layers_at(l), names[s]);
    return plan->slots != NULL;
}

void map_plan_clear(struct map_plan *plan)
{
    free(plan->slots);
    plan->slots = NULL;
}

static struct view *one_view(const struct map_plan *plan, const struct style_layer *style_layer,
                             double zoom, struct err *err)
{
    const char *source = style_layer_source(style_layer);
    for (size_t l = 0; l < layers_count() && source[0]; l++)
        if (strcmp(layers_at(l)->name, source) == 0) {
            const struct slab *slab = snapshot_slab(plan->snapshot, layers_at(l));
            return view_new(style_layer, zoom, slab->columns, slab->geometry,
                            plan->slots + l * plan->n_slots, err);
        }
    return view_new(style_layer, zoom, NULL, NULL, NULL, err);
}

struct map_views *map_views_new(const struct map_plan *plan, double zoom, struct err *err)
{
    struct map_views *views = calloc(1, sizeof *views);
    size_t n = style_layer_count(plan->style);
    if (views)
        views->views = calloc(n + 1, sizeof(struct view *));
    if (!views || !views->views) {
        free(views);
        err_no_memory(err);
        return NULL;
    }
    for (; views->n < n; views->n++) {
        struct view *view = one_view(plan, style_layer_at(plan->style, views->n), zoom, err);
        if (!view) {
            map_views_free(views);
            return NULL;
        }
        views->views[views->n] = view;
        if (view->type == STYLE_BACKGROUND && !view->empty && view->paints[0].color.a >= 1)
            views->opaque = true;
    }
    return views;
}

void map_views_free(struct map_views *views)
{
    if (!views)
        return;
    for (size_t i = 0; i < views->n; i++)
        view_free(views->views[i]);
    free(views->views);
    free(views);
}

bool map_draw(struct drawer *drawer, struct canvas *canvas, const struct map_views *views,
              double origin_x, double origin_y, double steps_per_px, struct err *err)
{
    bool ok = drawer_start(drawer, canvas);
    for (size_t i = 0; i < views->n && ok; i++) {
        const struct view *view = views->views[i];
        if (view->empty)
            continue;
        canvas_place(canvas, origin_x, origin_y, steps_per_px,
                     draw_margin(view, canvas->pixel_ratio));
        ok = draw_view(drawer, view);
    }
    canvas->failed = false;
    return ok || err_no_memory(err);
}
