/* labels_draw.c - draws placed labels on a canvas.
 *
 * Into pixels a label is composed from the masks of its letters, at whole pixels about its
 * anchor: so every tile that shows a part of it shows the same label. On vector surfaces,
 * and along lines, cairo draws it.
 */
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/place/rtree.h"
#include "layers/paint/canvas.h"
#include "layers/paint/sprites.h"
#include "layers/text/labels.h"

/* A letter's masks, and its position about the label's place, in device px. */
struct letter_masks {
    const struct lettering_mask *letter, *halo;
    int x, y;
    uint16_t run;
};

struct label_masks {
    size_t n;
    int left, top, right, bottom; /* of the halos */
    struct letter_masks letters[];
};

struct labels_draw_brush {
    const struct labels *labels;
    const struct canvas *canvas;
    uint8_t *scratch;
    size_t cap_scratch;
};

/* ---- pixels -------------------------------------------------------------- */

/* Halos are limited as in MapLibre, whose glyphs have a quarter of the letter's height
 * around them. */
static float halo_of(const struct label *label)
{
    return fminf(label->paints[0].halo_px, label->em_px / 4);
}

static struct label_masks *masks_new(const struct labels *labels, const struct label *label,
                                     int ratio)
{
    const struct lettering_block *block = label->block;
    struct label_masks *masks = malloc(sizeof *masks + block->n_letters * sizeof masks->letters[0]);
    float em = label->em_px * (float)ratio, halo = halo_of(label) * (float)ratio;
    if (!masks)
        return NULL;
    *masks = (struct label_masks){.n = block->n_letters};
    for (size_t i = 0; i < block->n_letters; i++) {
        const struct lettering_letter *letter = &block->letters[i];
        struct letter_masks *placed = &masks->letters[i];
        double quarters = floor((double)(letter->x * em) * LETTERING_PHASES + 0.5);
        double whole = floor(quarters / LETTERING_PHASES);
        int phase = (int)(quarters - whole * LETTERING_PHASES);
        float size = em * letter->scale;
        placed->x = (int)whole;
        placed->y = (int)floor((double)(letter->y * em) + 0.5);
        placed->run = letter->run;
        placed->letter =
            lettering_mask(labels->lettering, letter->font, letter->glyph, size, phase, 0, NULL);
        placed->halo = halo > 0 ? lettering_mask(labels->lettering, letter->font, letter->glyph,
                                                 size, phase, halo, NULL)
                                : placed->letter;
        if (!placed->letter || !placed->halo) {
            free(masks);
            return NULL;
        }
        const struct lettering_mask *mask = placed->halo;
        if (mask->width == 0)
            continue;
        int left = placed->x + mask->left, top = placed->y + mask->top;
        bool first = masks->right == masks->left;
        masks->left = first || left < masks->left ? left : masks->left;
        masks->top = first || top < masks->top ? top : masks->top;
        masks->right =
            first || left + mask->width > masks->right ? left + mask->width : masks->right;
        masks->bottom =
            first || top + mask->height > masks->bottom ? top + mask->height : masks->bottom;
    }
    return masks;
}

/* Made when the first tile shows the label. NULL: memory. */
static const struct label_masks *masks_of(const struct labels *labels, struct label *label,
                                          int ratio)
{
    _Atomic(struct label_masks *) *slot = &label->masks[ratio - 1];
    struct label_masks *known = atomic_load_explicit(slot, memory_order_acquire);
    if (known)
        return known;
    struct label_masks *made = masks_new(labels, label, ratio);
    if (!made || atomic_compare_exchange_strong(slot, &known, made))
        return made;
    free(made);
    return known;
}

struct tint {
    uint32_t a, r, g, b; /* premultiplied, 0 to 255 */
};

static struct tint tint_of(struct style_color color)
{
    float a = color.a * 255;
    return (struct tint){(uint32_t)(a + 0.5f), (uint32_t)(color.r * a + 0.5f),
                         (uint32_t)(color.g * a + 0.5f), (uint32_t)(color.b * a + 0.5f)};
}

/* v / 255, rounded, for v up to 255 * 255. */
static uint32_t by_255(uint32_t v)
{
    v += 128;
    return (v + (v >> 8)) >> 8;
}

static void blend(uint32_t *pixel, const struct tint *tint, uint32_t coverage)
{
    uint32_t old = *pixel, keep = 255 - by_255(tint->a * coverage);
    *pixel = by_255(tint->a * coverage + (old >> 24) * keep) << 24 |
             by_255(tint->r * coverage + (old >> 16 & 255) * keep) << 16 |
             by_255(tint->g * coverage + (old >> 8 & 255) * keep) << 8 |
             by_255(tint->b * coverage + (old & 255) * keep);
}

/* Paints a coverage mask on the picture, clipped at its edges. */
static void paint_mask(const struct canvas *canvas, const uint8_t *coverage, int left, int top,
                       int width, int height, int stride, const struct tint *tint)
{
    int x0 = left < 0 ? -left : 0, y0 = top < 0 ? -top : 0;
    int x1 = left + width > canvas->width_px ? canvas->width_px - left : width;
    int y1 = top + height > canvas->height_px ? canvas->height_px - top : height;
    for (int y = y0; y < y1; y++) {
        const uint8_t *from = coverage + (long)y * stride;
        uint32_t *to = canvas->pixels + (long)(top + y) * canvas->stride + left;
        for (int x = x0; x < x1; x++)
            if (from[x])
                blend(&to[x], tint, from[x]);
    }
}

/* A rectangle of a picture: from left and top to right and bottom. */
struct labels_draw_part {
    int left, top, right, bottom;
};

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Adds the halo of a letter at (x, y) to that part of the shape. */
static void gather(uint8_t *shape, const struct labels_draw_part *part,
                   const struct lettering_mask *mask, int x, int y)
{
    int x0 = larger(x, part->left), x1 = smaller(x + mask->width, part->right);
    int y0 = larger(y, part->top), y1 = smaller(y + mask->height, part->bottom);
    for (int row = y0; row < y1; row++) {
        const uint8_t *from = mask->coverage + (long)(row - y) * mask->width;
        uint8_t *to = shape + (long)(row - part->top) * (part->right - part->left);
        for (int k = x0; k < x1; k++)
            if (from[k - x] > to[k - part->left])
                to[k - part->left] = from[k - x];
    }
}

/* Paints the letters' halos as one shape, so that overlaps are not painted twice. Only the
 * part on the picture is made: a text may be of any length. */
static bool paint_halo(struct labels_draw_brush *brush, const struct label_masks *masks, int x,
                       int y, const struct tint *tint)
{
    const struct labels_draw_part part = {larger(masks->left, -x), larger(masks->top, -y),
                                          smaller(masks->right, brush->canvas->width_px - x),
                                          smaller(masks->bottom, brush->canvas->height_px - y)};
    int width = part.right - part.left, height = part.bottom - part.top;
    size_t size = width > 0 && height > 0 ? (size_t)width * (size_t)height : 0;
    if (size == 0) /* blanks alone */
        return true;
    if (!array_reserve(brush->scratch, brush->cap_scratch, size))
        return false;
    memset(brush->scratch, 0, size);
    for (size_t i = 0; i < masks->n; i++) {
        const struct letter_masks *placed = &masks->letters[i];
        gather(brush->scratch, &part, placed->halo, placed->x + placed->halo->left,
               placed->y + placed->halo->top);
    }
    paint_mask(brush->canvas, brush->scratch, x + part.left, y + part.top, width, height, width,
               tint);
    return true;
}

static bool paint_text(struct labels_draw_brush *brush, struct label *label, double x, double y,
                       int ratio)
{
    const struct label_masks *masks = masks_of(brush->labels, label, ratio);
    if (!masks)
        return false;
    int at_x = (int)floor(x + (double)label->x_px * ratio + 0.5);
    int at_y = (int)floor(y + (double)label->y_px * ratio + 0.5);
    if (at_x + masks->right <= 0 || at_y + masks->bottom <= 0 ||
        at_x + masks->left >= brush->canvas->width_px ||
        at_y + masks->top >= brush->canvas->height_px)
        return true;
    struct tint halo = tint_of(label->paints[0].halo);
    if (halo_of(label) > 0 && !paint_halo(brush, masks, at_x, at_y, &halo))
        return false;
    for (size_t i = 0; i < masks->n; i++) {
        const struct letter_masks *placed = &masks->letters[i];
        const struct lettering_mask *mask = placed->letter;
        struct tint tint = tint_of(label->paints[placed->run].color);
        paint_mask(brush->canvas, mask->coverage, at_x + placed->x + mask->left,
                   at_y + placed->y + mask->top, mask->width, mask->height, mask->width, &tint);
    }
    return true;
}

/* ---- cairo ---------------------------------------------------------------- */

static void set_color(cairo_t *cr, struct style_color color)
{
    cairo_set_source_rgba(cr, color.r, color.g, color.b, color.a);
}

/* False: memory. */
static bool draw_text(const struct labels_draw_brush *brush, const struct label *label, double x,
                      double y)
{
    cairo_t *cr = brush->canvas->cr;
    double ratio = brush->canvas->pixel_ratio, em = (double)label->em_px * ratio;
    struct lettering *lettering = brush->labels->lettering;
    x += (double)label->x_px * ratio;
    y += (double)label->y_px * ratio;
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_width(cr, 2 * (double)halo_of(label) * ratio);
    set_color(cr, label->paints[0].halo);
    bool ok = true;
    for (size_t l = 0; ok && l < label->block->n_lines && halo_of(label) > 0; l++)
        ok = lettering_draw(lettering, cr, label->block, l, x, y, em, LETTERING_STROKE);
    for (size_t l = 0; ok && l < label->block->n_lines; l++) {
        const struct lettering_line *line = &label->block->lines[l];
        if (line->count == 0)
            continue;
        set_color(cr, label->paints[label->block->letters[line->first].run].color);
        ok = lettering_draw(lettering, cr, label->block, l, x, y, em, LETTERING_TEXT);
    }
    return ok;
}

static void draw_turned(const struct labels_draw_brush *brush, const struct label *label, double x,
                        double y)
{
    cairo_t *cr = brush->canvas->cr;
    double ratio = brush->canvas->pixel_ratio;
    for (int pass = halo_of(label) > 0 ? 0 : 1; pass < 2; pass++)
        for (size_t i = 0; i < label->block->n_letters; i++) {
            const struct label_letter *turned = &label->turned[i];
            const struct lettering_letter *letter = &label->block->letters[turned->letter];
            const struct label_paint *paint = &label->paints[letter->run];
            cairo_save(cr);
            cairo_translate(cr, x + (double)turned->x_px * ratio, y + (double)turned->y_px * ratio);
            cairo_rotate(cr, (double)turned->angle);
            cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
            cairo_set_line_width(cr, 2 * (double)halo_of(label) * ratio);
            set_color(cr, pass ? paint->color : paint->halo);
            lettering_draw_letter(brush->labels->lettering, cr, letter,
                                  (double)label->em_px * ratio,
                                  pass ? LETTERING_TEXT : LETTERING_STROKE);
            cairo_restore(cr);
        }
}

/* Draws the letters of a run (-1: all) along a line, as coverage of the label's box. */
static void ink_turned(const struct labels_draw_brush *brush, const struct label *label,
                       cairo_t *cr, int run, enum lettering_mode mode)
{
    double ratio = brush->canvas->pixel_ratio;
    for (size_t i = 0; i < label->block->n_letters; i++) {
        const struct label_letter *turned = &label->turned[i];
        const struct lettering_letter *letter = &label->block->letters[turned->letter];
        if (run >= 0 && letter->run != run)
            continue;
        cairo_save(cr);
        cairo_translate(cr, (double)turned->x_px * ratio, (double)turned->y_px * ratio);
        cairo_rotate(cr, (double)turned->angle);
        lettering_draw_letter(brush->labels->lettering, cr, letter, (double)label->em_px * ratio,
                              mode);
        cairo_restore(cr);
    }
}

/* Into pixels: drawn separately first, so that the edge of a tile has no effect. */
static bool stain_turned(const struct labels_draw_brush *brush, const struct label *label, double x,
                         double y)
{
    double ratio = brush->canvas->pixel_ratio;
    int left = (int)floor((double)label->min_x_px * ratio),
        top = (int)floor((double)label->min_y_px * ratio);
    int width = (int)ceil((double)label->max_x_px * ratio) - left;
    int height = (int)ceil((double)label->max_y_px * ratio) - top;
    int last = -1;
    for (size_t i = 0; i < label->block->n_letters; i++)
        last = label->block->letters[i].run > last ? label->block->letters[i].run : last;
    bool ok = true;
    for (int run = halo_of(label) > 0 ? -1 : 0; run <= last && ok; run++) {
        cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
        cairo_t *cr = cairo_create(surface);
        cairo_translate(cr, -left, -top);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_width(cr, 2 * (double)halo_of(label) * ratio);
        ink_turned(brush, label, cr, run, run < 0 ? LETTERING_STROKE : LETTERING_TEXT);
        cairo_surface_flush(surface);
        ok = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
        const struct label_paint *paint = &label->paints[run < 0 ? 0 : run];
        struct tint tint = tint_of(run < 0 ? paint->halo : paint->color);
        if (ok)
            paint_mask(brush->canvas, cairo_image_surface_get_data(surface),
                       (int)floor(x + 0.5) + left, (int)floor(y + 0.5) + top, width, height,
                       cairo_image_surface_get_stride(surface), &tint);
        cairo_destroy(cr);
        cairo_surface_destroy(surface);
    }
    return ok;
}

/* Draws an icon separately, then puts it on the canvas; in pixels at a whole one, so that
 * it is the same on both sides of a tile's edge. False: memory. */
static bool draw_icon(const struct labels_draw_brush *brush, const struct label *label, double x,
                      double y)
{
    cairo_t *cr = brush->canvas->cr;
    double ratio = brush->canvas->pixel_ratio, scale = (double)label->icon_scale * ratio;
    x += (double)label->icon_x_px * ratio;
    y += (double)label->icon_y_px * ratio;
    if (!brush->canvas->pixels) {
        cairo_save(cr);
        cairo_translate(cr, x, y);
        cairo_scale(cr, scale, scale);
        cairo_push_group(cr);
        sprites_draw(cr, (size_t)label->icon);
        cairo_pop_group_to_source(cr);
        cairo_paint_with_alpha(cr, (double)label->icon_opacity);
        cairo_restore(cr);
        return true;
    }
    int side = (int)ceil(sprites_side((size_t)label->icon) * scale);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side);
    cairo_t *pen = cairo_create(surface);
    cairo_scale(pen, scale, scale);
    sprites_draw(pen, (size_t)label->icon);
    bool ok = cairo_status(pen) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(pen);
    cairo_set_source_surface(cr, surface, floor(x + 0.5), floor(y + 0.5));
    cairo_paint_with_alpha(cr, (double)label->icon_opacity);
    cairo_surface_destroy(surface);
    return ok;
}

/* ---- a set ------------------------------------------------------------------ */

struct hits {
    uint32_t *at;
    size_t n, cap;
    bool failed;
};

static bool keep_hit(void *arg, size_t item)
{
    struct hits *hits = arg;
    if (!array_reserve(hits->at, hits->cap, hits->n + 1)) {
        hits->failed = true;
        return false;
    }
    hits->at[hits->n++] = (uint32_t)item;
    return true;
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static bool draw_label(struct labels_draw_brush *brush, struct label *label)
{
    const struct canvas *canvas = brush->canvas;
    double x = (label->anchor.x - canvas->origin_x) * canvas->scale;
    double y = (label->anchor.y - canvas->origin_y) * canvas->scale;
    double ratio = canvas->pixel_ratio;
    bool by_masks = canvas->pixels && (ratio == 1 || ratio == 2);
    if (label->icon >= 0) {
        if (!draw_icon(brush, label, x, y))
            return false;
        cairo_surface_flush(cairo_get_target(canvas->cr));
    }
    if (!label->block)
        return true;
    if (by_masks) {
        bool ok = label->turned ? stain_turned(brush, label, x, y)
                                : paint_text(brush, label, x, y, (int)ratio);
        cairo_surface_mark_dirty(cairo_get_target(canvas->cr));
        return ok;
    }
    bool ok = true;
    if (label->turned)
        draw_turned(brush, label, x, y);
    else
        ok = draw_text(brush, label, x, y);
    cairo_surface_flush(cairo_get_target(canvas->cr));
    return ok;
}

bool labels_draw(const struct labels *labels, size_t set_, const struct canvas *canvas)
{
    const struct label_set *set = &labels->sets[set_];
    struct labels_draw_brush brush = {labels, canvas, NULL, 0};
    struct hits hits = {0};
    const struct canvas_clip *clip = &canvas->clip;
    if (set->n == 0)
        return true;
    geo_rtree_search(set->tree,
                     (struct geo_box){(double)clip->min_x, (double)clip->min_y, (double)clip->max_x,
                                      (double)clip->max_y},
                     keep_hit, &hits);
    if (hits.n > 0)
        qsort(hits.at, hits.n, sizeof *hits.at, ascending);
    bool ok = !hits.failed;
    if (canvas->pixels)
        cairo_surface_flush(cairo_get_target(canvas->cr));
    for (size_t i = 0; i < hits.n && ok; i++)
        ok = draw_label(&brush, &set->labels[hits.at[i]]);
    free(hits.at);
    free(brush.scratch);
    return ok;
}
