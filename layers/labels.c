#include "layers/labels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/rtree.h"
#include "layers/anchors.h"
#include "layers/labels_inner.h"
#include "layers/sprites.h"
#include "layers/subject.h"

bool labels_grow(void *array, size_t *cap, size_t n, size_t size)
{
    void **data = array;
    if (n < *cap)
        return true;
    size_t more = *cap ? 2 * *cap : 64;
    void *grown = realloc(*data, more * size);
    if (!grown)
        return false;
    *data = grown;
    *cap = more;
    return true;
}

bool labels_add_spot(struct placing *to, struct spot spot)
{
    if (!labels_grow(&to->spots, &to->cap_spots, to->n_spots, sizeof *to->spots))
        return false;
    to->spots[to->n_spots++] = spot;
    return true;
}

/* ---- what a feature has to show ------------------------------------------- */

struct asking {
    const struct style_layer *layer;
    double zoom;
    struct style_feature feature;
    struct arena *scratch;
};

static double number(const struct asking *of, enum style_property property)
{
    return style_number(of->layer, property, of->zoom, &of->feature, of->scratch);
}

static const char *word(const struct asking *of, enum style_property property)
{
    return style_word(of->layer, property, of->zoom, &of->feature, of->scratch);
}

static void pair(const struct asking *of, enum style_property property, double out[2])
{
    size_t n;
    const double *numbers =
        style_numbers(of->layer, property, of->zoom, &of->feature, of->scratch, &n);
    out[0] = n == 2 ? numbers[0] : 0;
    out[1] = n == 2 ? numbers[1] : 0;
}

static struct style_color faded(struct style_color color, double opacity)
{
    color.a = (float)(color.a * opacity);
    return color;
}

static struct style_color color(const struct asking *of, enum style_property property)
{
    return style_color(of->layer, property, of->zoom, &of->feature, of->scratch);
}

static bool draft_paints(struct placing *to, const struct asking *of, const struct style_run *runs,
                         size_t n, struct label *label)
{
    double opacity = number(of, STYLE_TEXT_OPACITY);
    label->paints = arena_array(to->labels->arena, n, sizeof *label->paints);
    for (size_t i = 0; i < n && label->paints; i++) {
        struct label_paint *paint = &label->paints[i];
        paint->color =
            faded(runs[i].colored ? runs[i].color : color(of, STYLE_TEXT_COLOR), opacity);
        paint->halo = faded(color(of, STYLE_TEXT_HALO_COLOR), opacity);
        paint->halo_px = paint->halo.a > 0 ? (float)number(of, STYLE_TEXT_HALO_WIDTH) : 0;
    }
    return label->paints != NULL;
}

/* False: memory. */
static bool draft_text(struct placing *to, const struct asking *of, struct draft *draft,
                       struct err *err)
{
    const struct style_run *runs = NULL;
    size_t n;
    struct label *label = &draft->label;
    if (!style_runs(of->layer, of->zoom, &of->feature, of->scratch, &runs, &n))
        return err_no_memory(err);
    label->em_px = (float)number(of, STYLE_TEXT_SIZE);
    if (n == 0 || label->em_px <= 0)
        return true;
    bool line = to->placement != LABEL_POINT;
    struct lettering_text text = {.runs = runs,
                                  .n_runs = n,
                                  .fonts =
                                      style_fonts(of->layer, of->zoom, &of->feature, of->scratch),
                                  .max_width_em = line ? 0 : number(of, STYLE_TEXT_MAX_WIDTH),
                                  .line_height_em = number(of, STYLE_TEXT_LINE_HEIGHT),
                                  .spacing_em = number(of, STYLE_TEXT_LETTER_SPACING),
                                  .justify = word(of, STYLE_TEXT_JUSTIFY),
                                  .anchor = line ? "center" : word(of, STYLE_TEXT_ANCHOR)};
    struct err problem = {0};
    label->block = lettering_set(to->labels->lettering, &text, &problem);
    if (!label->block) {
        if (problem.kind == ERR_INPUT)
            return true; /* too long a text is left out, not the whole map */
        if (err)
            *err = problem;
        return false;
    }
    double offset[2];
    pair(of, STYLE_TEXT_OFFSET, offset);
    label->x_px = (float)(offset[0] * (double)label->em_px);
    label->y_px = (float)(offset[1] * (double)label->em_px);
    draft->text_pad_px = (float)number(of, STYLE_TEXT_PADDING);
    return draft_paints(to, of, runs, n, label) || err_no_memory(err);
}

static void draft_icon(const struct asking *of, struct draft *draft)
{
    struct label *label = &draft->label;
    const char *name = style_image(of->layer, of->zoom, &of->feature, of->scratch);
    double scale = number(of, STYLE_ICON_SIZE), offset[2], side = SPRITE_PX * scale;
    label->icon = name && scale > 0 ? sprites_find(name) : -1;
    label->icon_opacity = (float)number(of, STYLE_ICON_OPACITY);
    if (label->icon < 0 || label->icon_opacity <= 0) {
        label->icon = -1;
        return;
    }
    pair(of, STYLE_ICON_OFFSET, offset);
    const char *anchor = word(of, STYLE_ICON_ANCHOR);
    double across = strstr(anchor, "left") ? 0 : strstr(anchor, "right") ? 1 : 0.5;
    double down = strstr(anchor, "top") ? 0 : strstr(anchor, "bottom") ? 1 : 0.5;
    label->icon_scale = (float)scale;
    label->icon_x_px = (float)(offset[0] * scale - across * side);
    label->icon_y_px = (float)(offset[1] * scale - down * side);
    draft->icon_pad_px = (float)number(of, STYLE_ICON_PADDING);
}

/* ---- places ----------------------------------------------------------------- */

static bool find_spots(struct placing *to, uint32_t draft, size_t *next_point)
{
    const struct geometry *geometry = to->source->geometry;
    uint32_t feature = to->drafts[draft].feature;
    if (to->placement != LABEL_POINT)
        return labels_find_lines(to, draft);
    if (geometry->shapes[feature]->kind != GEO_SHAPE_POINT || to->source->points) {
        const struct arc_xy *anchors = geometry_anchors(geometry);
        return anchors &&
               labels_add_spot(to, (struct spot){.draft = draft, .at = anchors[feature]});
    }
    while (*next_point < geometry->n_points && geometry->points[*next_point].feature < feature)
        ++*next_point;
    for (size_t i = *next_point; i < geometry->n_points && geometry->points[i].feature == feature;
         i++) {
        struct arc_xy at = {geometry->points[i].x, geometry->points[i].y};
        if (!labels_add_spot(to, (struct spot){.draft = draft, .at = at}))
            return false;
    }
    return true;
}

static bool gather(struct placing *to, struct err *err)
{
    const struct label_source *source = to->source;
    const struct geometry *geometry = source->geometry;
    struct subject subject = {source->columns, source->slots, 0};
    struct asking of = {source->layer, to->zoom, subject_feature(&subject), arena_new()};
    size_t next_point = 0;
    bool ok = of.scratch != NULL || err_no_memory(err);
    for (size_t f = 0; f < geometry->n_features && ok; f++) {
        if (!geometry->shapes[f])
            continue;
        subject_set(&subject, &of.feature, f, geometry->shapes[f]);
        if (source->points)
            of.feature.geometry_type = "Point";
        if (style_layer_accepts(of.layer, of.zoom, &of.feature, of.scratch)) {
            struct draft draft = {.feature = (uint32_t)f};
            draft_icon(&of, &draft);
            draft.key = number(&of, STYLE_SYMBOL_SORT_KEY);
            ok = draft_text(to, &of, &draft, err);
            if (ok && (draft.label.block || draft.label.icon >= 0)) {
                ok = labels_grow(&to->drafts, &to->cap_drafts, to->n_drafts, sizeof draft);
                if (ok) {
                    memcpy(&to->drafts[to->n_drafts++], &draft, sizeof draft);
                    ok = find_spots(to, (uint32_t)(to->n_drafts - 1), &next_point);
                }
                ok = ok || err_no_memory(err);
            }
        }
        arena_reset(of.scratch);
    }
    arena_free(of.scratch);
    return ok;
}

/* ---- placing ------------------------------------------------------------------ */

static struct collision_box box_at(const struct placing *to, struct arc_xy at, double min_x,
                                   double min_y, double max_x, double max_y, double pad)
{
    double x = at.x / to->steps_per_px, y = at.y / to->steps_per_px;
    return (struct collision_box){x + min_x - pad, y + min_y - pad, x + max_x + pad,
                                  y + max_y + pad};
}

/* A letter along a line keeps a square clear about its middle. */
static struct collision_box letter_box(const struct placing *to, const struct label *label,
                                       const struct label_letter *turned, double pad)
{
    const struct lettering_letter *letter = &label->block->letters[turned->letter];
    double em = (double)(label->em_px * letter->scale);
    double ahead = (double)letter->advance * (double)label->em_px / 2, up = em * 0.35;
    double x =
        (double)turned->x_px + ahead * cos((double)turned->angle) + up * sin((double)turned->angle);
    double y =
        (double)turned->y_px + ahead * sin((double)turned->angle) - up * cos((double)turned->angle);
    double half = em * 0.5;
    return box_at(to, label->anchor, x - half, y - half, x + half, y + half, pad);
}

static struct collision_box text_box(const struct placing *to, const struct label *label,
                                     double pad)
{
    const struct lettering_block *block = label->block;
    double em = (double)label->em_px, x = (double)label->x_px, y = (double)label->y_px;
    return box_at(to, label->anchor, x + (double)block->left * em, y + (double)block->top * em,
                  x + (double)block->right * em, y + (double)block->bottom * em, pad);
}

static struct collision_box icon_box(const struct placing *to, const struct label *label,
                                     double pad)
{
    double x = (double)label->icon_x_px, y = (double)label->icon_y_px;
    double side = SPRITE_PX * (double)label->icon_scale;
    return box_at(to, label->anchor, x, y, x + side, y + side, pad);
}

static bool text_free(const struct placing *to, const struct collisions *taken,
                      const struct label *label, double pad)
{
    if (to->text_overlaps)
        return true;
    if (!label->turned) {
        struct collision_box box = text_box(to, label, pad);
        return !collisions_hit(taken, &box);
    }
    for (size_t i = 0; i < label->block->n_letters; i++) {
        struct collision_box box = letter_box(to, label, &label->turned[i], pad);
        if (collisions_hit(taken, &box))
            return false;
    }
    return true;
}

static bool take_text(const struct placing *to, struct collisions *taken, const struct label *label,
                      double pad)
{
    if (!label->turned) {
        struct collision_box box = text_box(to, label, pad);
        return collisions_add(taken, &box);
    }
    for (size_t i = 0; i < label->block->n_letters; i++) {
        struct collision_box box = letter_box(to, label, &label->turned[i], pad);
        if (!collisions_add(taken, &box))
            return false;
    }
    return true;
}

/* All that is drawn, about the anchor; ink may leave the box of its line. */
static void measure(struct placing *to, struct label *label)
{
    double px = to->steps_per_px, x = label->anchor.x / px, y = label->anchor.y / px;
    struct collision_box all = {INFINITY, INFINITY, -INFINITY, -INFINITY}, box;
#define JOIN()                                                                       \
    (all.min_x = fmin(all.min_x, box.min_x), all.min_y = fmin(all.min_y, box.min_y), \
     all.max_x = fmax(all.max_x, box.max_x), all.max_y = fmax(all.max_y, box.max_y))
    if (label->icon >= 0) {
        box = icon_box(to, label, 1);
        JOIN();
    }
    double reach = 1;
    if (label->block)
        reach += (double)label->paints[0].halo_px + (double)label->em_px;
    if (label->block && !label->turned) {
        box = text_box(to, label, reach);
        JOIN();
    }
    for (size_t i = 0; label->turned && i < label->block->n_letters; i++) {
        box = letter_box(to, label, &label->turned[i], reach);
        JOIN();
    }
#undef JOIN
    label->min_x_px = (float)(all.min_x - x);
    label->min_y_px = (float)(all.min_y - y);
    label->max_x_px = (float)(all.max_x - x);
    label->max_y_px = (float)(all.max_y - y);
}

/* What of the label finds room is left in it; *placed: anything. */
static bool place(struct placing *to, struct collisions *taken, const struct spot *spot,
                  struct label *label, bool *placed)
{
    const struct draft *draft = &to->drafts[spot->draft];
    double text_pad = (double)draft->text_pad_px, icon_pad = (double)draft->icon_pad_px;
    memcpy(label, &draft->label, sizeof *label);
    label->anchor = spot->at;
    *placed = false;
    bool has_text = label->block != NULL, has_icon = label->icon >= 0, text = has_text,
         icon = has_icon;
    if (text && to->placement != LABEL_POINT && !labels_turn(to, spot, label, &text))
        return false;
    text = text && text_free(to, taken, label, text_pad);
    if (icon && !to->icon_overlaps) {
        struct collision_box box = icon_box(to, label, icon_pad);
        icon = !collisions_hit(taken, &box);
    }
    if (has_text && has_icon) {
        bool both = text && icon;
        icon = icon && (both || to->text_optional);
        text = text && (both || to->icon_optional);
    }
    if (!text)
        label->block = NULL, label->turned = NULL;
    if (!icon)
        label->icon = -1;
    if (!text && !icon)
        return true;
    *placed = true;
    measure(to, label);
    if (icon && !to->icon_ignored) {
        struct collision_box box = icon_box(to, label, icon_pad);
        if (!collisions_add(taken, &box))
            return false;
    }
    return !text || to->text_ignored || take_text(to, taken, label, text_pad);
}

struct turn {
    double key;
    uint32_t spot;
};

static int by_key(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->spot < y->spot ? -1 : x->spot > y->spot;
}

/* Is the same text on a line nearer than half the spacing? */
static bool repeats(const struct placing *to, const struct label_set *set,
                    const struct label *label)
{
    if (to->placement == LABEL_POINT || !label->block)
        return false;
    for (size_t i = 0; i < set->n; i++) {
        const struct label *other = &set->labels[i];
        double dx = ((double)other->anchor.x - label->anchor.x) / to->steps_per_px;
        double dy = ((double)other->anchor.y - label->anchor.y) / to->steps_per_px;
        if (other->block == label->block && hypot(dx, dy) < to->spacing_px / 2)
            return true;
    }
    return false;
}

static bool place_all(struct placing *to, struct collisions *taken, struct label_set *set,
                      struct err *err)
{
    struct turn *turns = malloc((to->n_spots + 1) * sizeof *turns);
    set->labels = calloc(to->n_spots + 1, sizeof *set->labels);
    bool ok = turns && set->labels;
    for (size_t i = 0; i < to->n_spots && ok; i++)
        turns[i] = (struct turn){to->drafts[to->spots[i].draft].key, (uint32_t)i};
    if (ok)
        qsort(turns, to->n_spots, sizeof *turns, by_key);
    for (size_t i = 0; i < to->n_spots && ok; i++) {
        const struct spot *spot = &to->spots[turns[i].spot];
        struct label *label = &set->labels[set->n];
        bool placed;
        label->block = to->drafts[spot->draft].label.block;
        label->anchor = spot->at;
        if (repeats(to, set, label))
            continue;
        ok = place(to, taken, spot, label, &placed);
        set->n += placed;
    }
    free(turns);
    return ok || err_no_memory(err);
}

static bool plant_tree(const struct placing *to, struct label_set *set, struct err *err)
{
    struct geo_box *boxes = malloc((set->n + 1) * sizeof *boxes);
    if (!boxes)
        return err_no_memory(err);
    for (size_t i = 0; i < set->n; i++) {
        const struct label *label = &set->labels[i];
        double x = label->anchor.x, y = label->anchor.y, px = to->steps_per_px;
        boxes[i] =
            (struct geo_box){x + (double)label->min_x_px * px, y + (double)label->min_y_px * px,
                             x + (double)label->max_x_px * px, y + (double)label->max_y_px * px};
    }
    set->tree = geo_rtree_build(boxes, set->n, err);
    free(boxes);
    return set->tree != NULL;
}

static bool place_layer(struct labels *labels, const struct label_source *source, double zoom,
                        struct collisions *taken, struct label_set *set, struct err *err)
{
    const struct style_layer *layer = source->layer;
    if (!source->columns || !source->geometry || !style_layer_shows(layer, zoom))
        return true;
    struct arena *scratch = arena_new();
    if (!scratch)
        return err_no_memory(err);
    const char *how = style_word(layer, STYLE_SYMBOL_PLACEMENT, zoom, NULL, scratch);
    struct placing to = {
        .source = source,
        .labels = labels,
        .zoom = zoom,
        .steps_per_px = exp2(23 - zoom), /* 512 px a tile */
        .spacing_px = style_number(layer, STYLE_SYMBOL_SPACING, zoom, NULL, scratch),
        .placement = strcmp(how, "line") == 0          ? LABEL_LINE
                     : strcmp(how, "line-center") == 0 ? LABEL_CENTER
                                                       : LABEL_POINT,
        .text_overlaps = style_flag(layer, STYLE_TEXT_ALLOW_OVERLAP, zoom),
        .text_ignored = style_flag(layer, STYLE_TEXT_IGNORE_PLACEMENT, zoom),
        .text_optional = style_flag(layer, STYLE_TEXT_OPTIONAL, zoom),
        .icon_overlaps = style_flag(layer, STYLE_ICON_ALLOW_OVERLAP, zoom),
        .icon_ignored = style_flag(layer, STYLE_ICON_IGNORE_PLACEMENT, zoom),
        .icon_optional = style_flag(layer, STYLE_ICON_OPTIONAL, zoom),
    };
    bool ok = gather(&to, err) && place_all(&to, taken, set, err) && plant_tree(&to, set, err);
    arena_free(scratch);
    free(to.drafts);
    free(to.spots);
    free(to.xy);
    free(to.length);
    return ok;
}

struct labels *labels_new(const struct label_source *sources, size_t n, double zoom,
                          struct lettering *lettering, struct err *err)
{
    struct labels *labels = calloc(1, sizeof *labels);
    struct collisions *taken = collisions_new();
    bool ok = labels && taken;
    if (ok) {
        labels->lettering = lettering_ref(lettering);
        labels->arena = arena_new();
        labels->sets = calloc(n + 1, sizeof *labels->sets);
        labels->n_sets = n;
        ok = labels->arena && labels->sets;
    }
    if (!ok)
        err_no_memory(err);
    for (size_t i = n; i-- > 0 && ok;)
        ok = place_layer(labels, &sources[i], zoom, taken, &labels->sets[i], err);
    collisions_free(taken);
    if (ok)
        return labels;
    labels_free(labels);
    return NULL;
}

void labels_free(struct labels *labels)
{
    if (!labels)
        return;
    for (size_t s = 0; labels->sets && s < labels->n_sets; s++) {
        for (size_t i = 0; i < labels->sets[s].n; i++)
            for (int r = 0; r < 2; r++)
                free(atomic_load(&labels->sets[s].labels[i].ink[r]));
        free(labels->sets[s].labels);
        geo_rtree_free(labels->sets[s].tree);
    }
    free(labels->sets);
    arena_free(labels->arena);
    lettering_unref(labels->lettering);
    free(labels);
}
