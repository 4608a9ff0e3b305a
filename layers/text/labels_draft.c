/* labels_draft.c - evaluates the labels of a layer's features, and possible places. */
#include <string.h>

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "layers/paint/sprites.h"
#include "layers/shapes/anchors.h"
#include "layers/snapshot/subject.h"
#include "layers/text/labels_internal.h"

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
            return true; /* a text that is too long is left out */
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
    const char *name =
        style_image(of->layer, STYLE_ICON_IMAGE, of->zoom, &of->feature, of->scratch);
    double scale = number(of, STYLE_ICON_SIZE), offset[2];
    label->icon = name && scale > 0 ? sprites_find(name) : -1;
    label->icon_opacity = (float)number(of, STYLE_ICON_OPACITY);
    if (label->icon < 0 || label->icon_opacity <= 0) {
        label->icon = -1;
        return;
    }
    pair(of, STYLE_ICON_OFFSET, offset);
    double side = sprites_side((size_t)label->icon) * scale;
    const char *anchor = word(of, STYLE_ICON_ANCHOR);
    double across = strstr(anchor, "left") ? 0 : strstr(anchor, "right") ? 1 : 0.5;
    double down = strstr(anchor, "top") ? 0 : strstr(anchor, "bottom") ? 1 : 0.5;
    label->icon_scale = (float)scale;
    label->icon_x_px = (float)(offset[0] * scale - across * side);
    label->icon_y_px = (float)(offset[1] * scale - down * side);
    style_padding(of->layer, STYLE_ICON_PADDING, of->zoom, &of->feature, of->scratch,
                  draft->icon_pad_px);
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

bool labels_gather(struct placing *to, struct err *err)
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
                ok = array_reserve(to->drafts, to->cap_drafts, to->n_drafts + 1);
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
