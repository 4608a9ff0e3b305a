/* lettering_draw.c - rasterizes letters as masks; draws them on vector surfaces. */
#include <math.h>
#include <string.h>

#include "layers/text/lettering_internal.h"

/* ---- letters ------------------------------------------------------------------ */

struct mask_key {
    char kind;
    uint8_t phase;
    uint16_t font;
    uint32_t glyph;
    float em_px, halo_px;
};

static void letter_path(struct lettering *lettering, cairo_t *cr, uint16_t font, uint32_t glyph,
                        double em_px)
{
    cairo_font_options_t *options = lettering_options();
    cairo_glyph_t at = {glyph, 0, 0};
    cairo_set_font_face(cr, lettering->faces[font]);
    cairo_set_font_size(cr, em_px);
    cairo_set_font_options(cr, options);
    cairo_font_options_destroy(options);
    cairo_glyph_path(cr, &at, 1);
}

/* Coverage in seven steps: no more can be distinguished in a letter, and the colours of a
 * tile stay few enough for a palette. */
static uint8_t step_of(uint8_t coverage)
{
    return (uint8_t)(((coverage * 7 + 127) / 255 * 255 + 3) / 7);
}

/* Makes the mask of a letter; its width and height are 0 if nothing is drawn. */
static struct lettering_mask *draw_mask(struct lettering *lettering, const struct mask_key *key)
{
    struct lettering_mask *mask = lettering_keep(lettering, sizeof *mask);
    cairo_surface_t *nothing = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1), *surface = NULL;
    cairo_t *cr = cairo_create(nothing), *pen = NULL;
    double x1, y1, x2, y2, reach = key->halo_px + 1, shift = key->phase / (double)LETTERING_PHASES;
    bool ok = mask != NULL;
    letter_path(lettering, cr, key->font, key->glyph, key->em_px);
    cairo_path_extents(cr, &x1, &y1, &x2, &y2);
    /* Short memory also gives an empty path; without this check it would be cached as an
     * empty letter. */
    ok = ok && cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    if (!ok || x2 <= x1 || y2 <= y1 || x2 - x1 > 4096 || y2 - y1 > 4096)
        goto done;
    mask->left = (int)floor(x1 + shift - reach);
    mask->top = (int)floor(y1 - reach);
    mask->width = (int)ceil(x2 + shift + reach) - mask->left;
    mask->height = (int)ceil(y2 + reach) - mask->top;
    uint8_t *coverage = lettering_keep(lettering, (size_t)mask->width * (size_t)mask->height);
    surface = cairo_image_surface_create(CAIRO_FORMAT_A8, mask->width, mask->height);
    pen = cairo_create(surface);
    cairo_set_antialias(pen, CAIRO_ANTIALIAS_BEST);
    cairo_translate(pen, shift - mask->left, -mask->top);
    letter_path(lettering, pen, key->font, key->glyph, key->em_px);
    cairo_fill_preserve(pen);
    if (key->halo_px > 0) {
        cairo_set_line_width(pen, 2 * (double)key->halo_px);
        cairo_set_line_join(pen, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(pen);
    }
    cairo_surface_flush(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    ok = coverage && pixels && cairo_status(pen) == CAIRO_STATUS_SUCCESS &&
         cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    for (int y = 0; y < mask->height && ok; y++)
        for (int x = 0; x < mask->width; x++)
            coverage[y * mask->width + x] =
                step_of(pixels[y * cairo_image_surface_get_stride(surface) + x]);
    mask->coverage = coverage;
done:
    cairo_destroy(cr);
    cairo_surface_destroy(nothing);
    if (pen)
        cairo_destroy(pen);
    if (surface)
        cairo_surface_destroy(surface);
    return ok ? mask : NULL;
}

const struct lettering_mask *lettering_mask(struct lettering *lettering, uint16_t font,
                                            uint32_t glyph, float em_px, int phase, float halo_px,
                                            struct err *err)
{
    struct mask_key key;
    memset(&key, 0, sizeof key);
    key = (struct mask_key){'m', (uint8_t)phase, font, glyph, em_px, halo_px};
    pthread_mutex_lock(&lettering->lock);
    struct entry *entry = lettering_entry(lettering, &key, sizeof key);
    if (entry && !entry->value)
        entry->value = draw_mask(lettering, &key);
    const struct lettering_mask *mask = entry ? entry->value : NULL;
    pthread_mutex_unlock(&lettering->lock);
    if (!mask)
        err_no_memory(err);
    return mask;
}

/* ---- without pixels ------------------------------------------------------------- */

bool lettering_draw(struct lettering *lettering, cairo_t *cr, const struct lettering_block *block,
                    size_t line_, double x, double y, double em_px, enum lettering_mode mode)
{
    const struct lettering_line *line = &block->lines[line_];
    uint32_t end = line->first + line->count;
    bool ok = true;
    cairo_font_options_t *options = lettering_options();
    pthread_mutex_lock(&lettering->lock);
    cairo_set_font_options(cr, options);
    /* By sections of one font and size; a line with only one is written as text. */
    for (uint32_t from = line->first, to; ok && from < end; from = to) {
        const struct lettering_letter *first = &block->letters[from];
        for (to = from; to < end && block->letters[to].font == first->font &&
                        block->letters[to].run == first->run;)
            to++;
        cairo_glyph_t *glyphs = cairo_glyph_allocate((int)(to - from));
        ok = glyphs != NULL;
        if (!ok)
            break;
        for (uint32_t i = from; i < to; i++)
            glyphs[i - from] =
                (cairo_glyph_t){block->letters[i].glyph, x + (double)block->letters[i].x * em_px,
                                y + (double)block->letters[i].y * em_px};
        cairo_set_font_face(cr, lettering->faces[first->font]);
        cairo_set_font_size(cr, em_px * (double)first->scale);
        cairo_text_cluster_t cluster = {(int)strlen(line->text), (int)(to - from)};
        if (mode == LETTERING_STROKE) {
            cairo_glyph_path(cr, glyphs, (int)(to - from));
            cairo_stroke(cr);
        } else if (to - from == line->count)
            cairo_show_text_glyphs(cr, line->text, -1, glyphs, (int)(to - from), &cluster, 1, 0);
        else
            cairo_show_glyphs(cr, glyphs, (int)(to - from));
        cairo_glyph_free(glyphs);
    }
    pthread_mutex_unlock(&lettering->lock);
    cairo_font_options_destroy(options);
    return ok;
}

void lettering_draw_letter(struct lettering *lettering, cairo_t *cr,
                           const struct lettering_letter *letter, double em_px,
                           enum lettering_mode mode)
{
    pthread_mutex_lock(&lettering->lock);
    letter_path(lettering, cr, letter->font, letter->glyph, em_px * (double)letter->scale);
    pthread_mutex_unlock(&lettering->lock);
    if (mode == LETTERING_STROKE)
        cairo_stroke(cr);
    else
        cairo_fill(cr);
}
