/* map.c - draws a style over a snapshot at one zoom, with its labels. */
#include "layers/map/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layers/map/tools.h"
#include "layers/snapshot/snapshot_internal.h"

bool map_plan_init(struct map_plan *plan, const struct style *style,
                   const struct snapshot *snapshot, struct err *err)
{
    const char *const *names;
    plan->style = style;
    plan->snapshot = snapshot;
    plan->n_slots = style_slots(style, &names);
    plan->slots = malloc(((layers_count() + 1) * plan->n_slots + 1) * sizeof *plan->slots);
    for (size_t l = 0; plan->slots && l < layers_count(); l++)
        for (size_t s = 0; s < plan->n_slots; s++)
            plan->slots[l * plan->n_slots + s] = layer_column(layers_at(l), names[s]);
    for (size_t s = 0; plan->slots && s < plan->n_slots; s++)
        plan->slots[layers_count() * plan->n_slots + s] = -1;
    plan->lettering = plan->slots ? tools_lettering(snapshot, err) : NULL;
    if (plan->lettering)
        return true;
    if (!plan->slots)
        err_no_memory(err);
    map_plan_clear(plan);
    return false;
}

void map_plan_clear(struct map_plan *plan)
{
    free(plan->slots);
    plan->slots = NULL;
    lettering_unref(plan->lettering);
    plan->lettering = NULL;
}

int map_source(const char *name, enum map_part *part)
{
    static const char *const suffixes[] = {"", LAYER_POINTS, LAYER_BORDERS,
                                           LAYER_DEPARTMENT_BORDERS, LAYER_OUTER_BORDERS};
    for (size_t l = 0; l < layers_count() && name[0]; l++) {
        size_t len = strlen(layers_at(l)->name);
        if (strncmp(layers_at(l)->name, name, len) != 0)
            continue;
        for (size_t s = 0; s < sizeof suffixes / sizeof *suffixes; s++)
            if (strcmp(name + len, suffixes[s]) == 0) {
                *part = (enum map_part)s;
                return (int)l;
            }
    }
    return -1;
}

bool map_reads(const struct style *style, const struct layer *layer)
{
    for (size_t i = 0; i < style_layer_count(style); i++) {
        enum map_part part;
        int l = map_source(style_layer_source(style_layer_at(style, i)), &part);
        if (l >= 0 && layers_at((size_t)l) == layer)
            return true;
    }
    return false;
}

static struct view *one_view(const struct map_plan *plan, const struct style_layer *style_layer,
                             double zoom, struct err *err)
{
    enum map_part part = MAP_FEATURES;
    enum style_layer_type type = style_layer_type(style_layer);
    int l = map_source(style_layer_source(style_layer), &part);
    /* At the places of labels only symbols are drawn; labels_new() places them. */
    if (l < 0 || part == MAP_POINTS || type == STYLE_SYMBOL ||
        (part >= MAP_BORDERS && type != STYLE_LINE))
        return view_new(style_layer, zoom, NULL, NULL, NULL, err);
    const struct slab *slab = snapshot_slab(plan->snapshot, layers_at((size_t)l));
    size_t of = part >= MAP_BORDERS ? layers_count() : (size_t)l;
    /* Lines are drawn arc by arc; `borders` selects among the arcs of all features. */
    struct view *view = view_new(style_layer, zoom, slab->columns, slab->geometry,
                                 plan->slots + of * plan->n_slots, err);
    if (view && part >= MAP_BORDERS) {
        view->borders = part == MAP_DEPARTMENT_BORDERS ? BORDER_DEPARTMENTAL
                        : part == MAP_OUTER_BORDERS    ? BORDER_OUTER
                                                       : BORDER_ANY;
        view->border_columns = slab->columns;
    }
    return view;
}

static struct label_source source_of(const struct map_plan *plan,
                                     const struct style_layer *style_layer)
{
    struct label_source source = {.layer = style_layer};
    enum map_part part = MAP_FEATURES;
    int l = map_source(style_layer_source(style_layer), &part);
    if (l < 0 || part >= MAP_BORDERS)
        return source;
    source.points = part == MAP_POINTS;
    const struct slab *slab = snapshot_slab(plan->snapshot, layers_at((size_t)l));
    source.columns = slab->columns;
    source.geometry = slab->geometry;
    source.slots = plan->slots + (size_t)l * plan->n_slots;
    return source;
}

/* Places the labels of all symbol layers together, because they avoid each other. */
static bool place_labels(const struct map_plan *plan, struct map_views *views, double zoom,
                         struct err *err)
{
    struct label_source *sources = calloc(views->n + 1, sizeof *sources);
    size_t n = 0;
    if (!sources)
        return err_no_memory(err);
    for (size_t i = 0; i < views->n; i++)
        if (views->views[i]->type == STYLE_SYMBOL) {
            views->label_sets[i] = n;
            sources[n++] = source_of(plan, style_layer_at(plan->style, i));
        }
    if (n)
        views->labels = labels_new(sources, n, zoom, plan->lettering, err);
    free(sources);
    return n == 0 || views->labels;
}

struct map_views *map_views_new(const struct map_plan *plan, double zoom, struct err *err)
{
    struct map_views *views = calloc(1, sizeof *views);
    size_t n = style_layer_count(plan->style);
    if (views)
        views->views = calloc(n + 1, sizeof(struct view *));
    if (views)
        views->label_sets = calloc(n + 1, sizeof *views->label_sets);
    if (!views || !views->views || !views->label_sets) {
        map_views_free(views);
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
    if (!place_labels(plan, views, zoom, err)) {
        map_views_free(views);
        return NULL;
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
    free(views->label_sets);
    labels_free(views->labels);
    free(views);
}

size_t map_names(const struct map_views *views)
{
    size_t at = views->n;
    while (at && views->views[at - 1]->type == STYLE_SYMBOL)
        at--;
    return at;
}

/* The labels of a view; NULL: it is no symbol layer. */
static const struct label_set *labels_of(const struct map_views *views, size_t index)
{
    return views->views[index]->type == STYLE_SYMBOL
               ? &views->labels->sets[views->label_sets[index]]
               : NULL;
}

bool map_draw_part(struct drawer *drawer, struct canvas *canvas, const struct map_views *views,
                   size_t from, size_t to, double origin_x, double origin_y, double steps_per_px,
                   struct err *err)
{
    bool ok = drawer_start(drawer, canvas);
    for (size_t i = from; i < to && ok; i++) {
        const struct view *view = views->views[i];
        const struct label_set *labels = labels_of(views, i);
        if (labels ? labels->n == 0 : view->empty)
            continue;
        canvas_place(canvas, origin_x, origin_y, steps_per_px,
                     draw_margin(view, canvas->pixel_ratio));
        if (labels) {
            drawer_lend(drawer);
            ok = labels_draw(views->labels, views->label_sets[i], canvas) && !canvas->failed;
        } else
            ok = draw_view(drawer, view);
    }
    canvas->failed = false;
    return ok || err_no_memory(err);
}

bool map_draw(struct drawer *drawer, struct canvas *canvas, const struct map_views *views,
              double origin_x, double origin_y, double steps_per_px, struct err *err)
{
    return map_draw_part(drawer, canvas, views, 0, views->n, origin_x, origin_y, steps_per_px, err);
}
