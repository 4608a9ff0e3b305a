/* labels.c - places the labels of a map at one zoom. */
#include "layers/text/labels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/place/rtree.h"
#include "layers/paint/sprites.h"
#include "layers/text/labels_internal.h"

/* ---- placing ------------------------------------------------------------------ */

static struct collision_box box_at(const struct placing *to, struct arc_xy at, double min_x,
                                   double min_y, double max_x, double max_y, double pad)
{
    double x = at.x / to->steps_per_px, y = at.y / to->steps_per_px;
    return (struct collision_box){x + min_x - pad, y + min_y - pad, x + max_x + pad,
                                  y + max_y + pad};
}

/* A letter along a line reserves a square about its centre. */
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

/* pad: top, right, bottom, left. */
static struct collision_box icon_box(const struct placing *to, const struct label *label,
                                     const double pad[4])
{
    double x = (double)label->icon_x_px, y = (double)label->icon_y_px;
    double side = sprites_side((size_t)label->icon) * (double)label->icon_scale;
    return box_at(to, label->anchor, x - pad[3], y - pad[0], x + side + pad[1], y + side + pad[2],
                  0);
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

/* Computes the bounds of all that is drawn, about the anchor; glyphs may extend beyond the
 * box of their line. */
static void measure(struct placing *to, struct label *label)
{
    double px = to->steps_per_px, x = label->anchor.x / px, y = label->anchor.y / px;
    struct collision_box all = {INFINITY, INFINITY, -INFINITY, -INFINITY}, box;
#define JOIN()                                                                       \
    (all.min_x = fmin(all.min_x, box.min_x), all.min_y = fmin(all.min_y, box.min_y), \
     all.max_x = fmax(all.max_x, box.max_x), all.max_y = fmax(all.max_y, box.max_y))
    if (label->icon >= 0) {
        box = icon_box(to, label, (const double[]){1, 1, 1, 1});
        JOIN();
    }
    double reach = 1;
    if (label->block)
        reach += (double)label->paints[0].halo_px + (double)label->em_px;
    if (label->block && !label->turned) {
        box = text_box(to, label, reach);
        JOIN();
    }
    for (size_t i = 0; label->block && label->turned && i < label->block->n_letters; i++) {
        box = letter_box(to, label, &label->turned[i], reach);
        JOIN();
    }
#undef JOIN
    label->min_x_px = (float)(all.min_x - x);
    label->min_y_px = (float)(all.min_y - y);
    label->max_x_px = (float)(all.max_x - x);
    label->max_y_px = (float)(all.max_y - y);
}

/* Places the parts of the label that find room, and drops the others; *placed: any part
 * was placed. */
static bool place(struct placing *to, struct collisions *taken, const struct spot *spot,
                  struct label *label, bool *placed)
{
    const struct draft *draft = &to->drafts[spot->draft];
    double text_pad = (double)draft->text_pad_px;
    const double *icon_pad = draft->icon_pad_px;
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

/* True if the same text is on a line within half the spacing. */
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

/* Vertical position in units of a tile (4096 a side), as in a browser. */
static double row_of(const struct placing *to, struct arc_xy at)
{
    return floor(at.y / to->steps_per_px * 8 + 0.5);
}

/* Reverses the order: what is placed first is drawn last. */
static void turn_round(struct label_set *set)
{
    struct label *labels = set->labels, held;
    for (size_t i = 0, k = set->n; i + 1 < k; i++) {
        k--;
        memcpy(&held, &labels[i], sizeof held);
        memcpy(&labels[i], &labels[k], sizeof held);
        memcpy(&labels[k], &held, sizeof held);
    }
}

static bool place_all(struct placing *to, struct collisions *taken, struct label_set *set,
                      struct err *err)
{
    struct turn *turns = malloc((to->n_spots + 1) * sizeof *turns);
    set->labels = calloc(to->n_spots + 1, sizeof *set->labels);
    bool ok = turns && set->labels;
    for (size_t i = 0; i < to->n_spots && ok; i++)
        turns[i] = (struct turn){to->by_y ? -row_of(to, to->spots[i].at)
                                          : to->drafts[to->spots[i].draft].key,
                                 (uint32_t)i};
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
    if (to->by_y && ok)
        turn_round(set);
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

/* text-overlap if given, else text-allow-overlap. */
static bool overlaps(const struct style_layer *layer, enum style_property mode,
                     enum style_property allow, double zoom, struct arena *arena)
{
    return style_layer_gives(layer, mode)
               ? strcmp(style_word(layer, mode, zoom, NULL, arena), "always") == 0
               : style_flag(layer, allow, zoom);
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
        .text_overlaps =
            overlaps(layer, STYLE_TEXT_OVERLAP, STYLE_TEXT_ALLOW_OVERLAP, zoom, scratch),
        .text_ignored = style_flag(layer, STYLE_TEXT_IGNORE_PLACEMENT, zoom),
        .text_optional = style_flag(layer, STYLE_TEXT_OPTIONAL, zoom),
        .icon_overlaps =
            overlaps(layer, STYLE_ICON_OVERLAP, STYLE_ICON_ALLOW_OVERLAP, zoom, scratch),
        .icon_ignored = style_flag(layer, STYLE_ICON_IGNORE_PLACEMENT, zoom),
        .icon_optional = style_flag(layer, STYLE_ICON_OPTIONAL, zoom),
    };
    to.by_y = !style_layer_gives(layer, STYLE_SYMBOL_SORT_KEY) &&
              (to.text_overlaps || to.icon_overlaps || to.text_ignored || to.icon_ignored);
    bool ok =
        labels_gather(&to, err) && place_all(&to, taken, set, err) && plant_tree(&to, set, err);
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
                free(atomic_load(&labels->sets[s].labels[i].masks[r]));
        free(labels->sets[s].labels);
        geo_rtree_free(labels->sets[s].tree);
    }
    free(labels->sets);
    arena_free(labels->arena);
    lettering_unref(labels->lettering);
    free(labels);
}
