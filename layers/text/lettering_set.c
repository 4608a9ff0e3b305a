/* lettering_set.c - sets texts into lines of letters, by Pango. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layers/text/lettering_break.h"
#include "layers/text/lettering_internal.h"

/* Texts are measured at this size, that of the glyphs for browsers. */
#define EM_PX 24.0
/* MapLibre puts the baseline of a line this far below its middle: its glyphs' ascender (26
 * of 24, in the fonts it was made with) minus a constant of 17. */
#define BASELINE_PX 9.0

enum { MAX_TEXT = 4096 };

/* The first font of a stack; Pango takes missing glyphs from other fonts. */
static PangoFontDescription *describe(const char *fonts)
{
    char name[128];
    size_t len = strcspn(fonts, ",");
    if (len >= sizeof name)
        len = sizeof name - 1;
    memcpy(name, fonts, len);
    name[len] = '\0';
    return pango_font_description_from_string(name);
}

/* Converts sections of the whole text to attributes; offset: where the part begins. */
static PangoAttrList *attributes(const struct lettering_text *text, size_t offset, size_t len)
{
    PangoAttrList *list = pango_attr_list_new();
    size_t at = 0;
    for (size_t r = 0; r < text->n_runs; r++) {
        const struct style_run *run = &text->runs[r];
        size_t from = at > offset ? at - offset : 0, end;
        at += strlen(run->text);
        end = at > offset ? at - offset : 0;
        if (end > len)
            end = len;
        if (from >= end)
            continue;
        PangoFontDescription *font = describe(run->fonts ? run->fonts : text->fonts);
        pango_font_description_set_absolute_size(font, EM_PX * run->scale * PANGO_SCALE);
        PangoAttribute *attribute = pango_attr_font_desc_new(font);
        attribute->start_index = (guint)from;
        attribute->end_index = (guint)end;
        pango_attr_list_insert(list, attribute);
        pango_font_description_free(font);
    }
    return list;
}

static PangoLayout *layout_of(struct lettering *lettering, const struct lettering_text *text,
                              const char *whole, size_t from, size_t len)
{
    PangoLayout *layout = pango_layout_new(lettering->context);
    PangoAttrList *list = attributes(text, from, len);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_text(layout, whole + from, (int)len);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    return layout;
}

/* -1: too many fonts, or not a cairo font. */
static int font_index(struct lettering *lettering, PangoFont *font)
{
    for (size_t i = 0; i < lettering->n_fonts; i++)
        if (lettering->fonts[i] == font)
            return (int)i;
    if (lettering->n_fonts == LETTERING_FONTS || !PANGO_IS_CAIRO_FONT(font))
        return -1;
    cairo_scaled_font_t *scaled = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
    if (!scaled)
        return -1;
    lettering->fonts[lettering->n_fonts] = g_object_ref(font);
    lettering->faces[lettering->n_fonts] =
        cairo_font_face_reference(cairo_scaled_font_get_font_face(scaled));
    return (int)lettering->n_fonts++;
}

static uint16_t run_at(const struct lettering_text *text, size_t offset)
{
    size_t at = 0, r = 0;
    for (; r + 1 < text->n_runs; r++) {
        at += strlen(text->runs[r].text);
        if (offset < at)
            break;
    }
    return (uint16_t)r;
}

/* Sets the letters of a line from x 0, y 0. Returns the width in ems; there must be room
 * for all letters. */
static double set_line(struct lettering *lettering, const struct lettering_text *text,
                       PangoLayout *layout, size_t from, struct lettering_block *block)
{
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    double x = 0;
    for (GSList *item = line ? line->runs : NULL; item; item = item->next) {
        const PangoGlyphItem *part = item->data;
        int font = font_index(lettering, part->item->analysis.font);
        for (int i = 0; i < part->glyphs->num_glyphs; i++) {
            const PangoGlyphInfo *info = &part->glyphs->glyphs[i];
            double advance = info->geometry.width / (double)PANGO_SCALE / EM_PX;
            uint16_t run = run_at(text, from + (size_t)part->item->offset +
                                            (size_t)part->glyphs->log_clusters[i]);
            bool drawn = font >= 0 && info->glyph != PANGO_GLYPH_EMPTY &&
                         !(info->glyph & PANGO_GLYPH_UNKNOWN_FLAG);
            if (drawn)
                block->letters[block->n_letters++] = (struct lettering_letter){
                    .glyph = info->glyph,
                    .font = (uint16_t)font,
                    .run = run,
                    .x = (float)(x + info->geometry.x_offset / (double)PANGO_SCALE / EM_PX),
                    .y = (float)(info->geometry.y_offset / (double)PANGO_SCALE / EM_PX),
                    .advance = (float)advance,
                    .scale = (float)text->runs[run].scale};
            x += advance + (advance > 0 ? text->spacing_em : 0);
        }
    }
    return x;
}

static double part_of(const char *anchor, const char *low, const char *high)
{
    return strstr(anchor, low) ? 0 : strstr(anchor, high) ? 1 : 0.5;
}

static double justify_of(const struct lettering_text *text)
{
    return strcmp(text->justify, "left") == 0    ? 0
           : strcmp(text->justify, "right") == 0 ? 1
           : strcmp(text->justify, "auto") == 0  ? part_of(text->anchor, "left", "right")
                                                 : 0.5;
}

static double tallest(const struct lettering_text *text, const struct lettering_block *block,
                      const struct lettering_line *line)
{
    double scale = line->count ? 0 : text->runs[0].scale;
    for (uint32_t i = line->first; i < line->first + line->count; i++)
        scale = fmax(scale, block->letters[i].scale);
    return scale;
}

/* Moves lines that begin at 0, 0 to their positions about the anchor. */
static void arrange(const struct lettering_text *text, struct lettering_block *block,
                    const double *widths)
{
    double across = part_of(text->anchor, "left", "right"),
           down = part_of(text->anchor, "top", "bottom"), justify = justify_of(text), width = 0,
           height = 0;
    for (size_t l = 0; l < block->n_lines; l++) {
        width = fmax(width, widths[l]);
        height += text->line_height_em * tallest(text, block, &block->lines[l]);
    }
    block->left = (float)(-across * width);
    block->right = (float)((1 - across) * width);
    block->top = (float)(-down * height);
    block->bottom = (float)((1 - down) * height);
    double y = -down * height;
    for (size_t l = 0; l < block->n_lines; l++) {
        const struct lettering_line *line = &block->lines[l];
        double scale = tallest(text, block, line), line_height = text->line_height_em * scale;
        double x = -across * width + justify * (width - widths[l]);
        double baseline = y + line_height / 2 + scale * BASELINE_PX / EM_PX;
        for (uint32_t i = line->first; i < line->first + line->count; i++) {
            block->letters[i].x += (float)x;
            block->letters[i].y += (float)baseline;
        }
        y += line_height;
    }
}

static char *join(const struct lettering_text *text, struct arena *scratch)
{
    struct buf whole;
    buf_init(&whole);
    for (size_t r = 0; r < text->n_runs; r++)
        buf_puts(&whole, text->runs[r].text);
    char *joined = buf_failed(&whole) ? NULL : arena_strdup(scratch, whole.data ? whole.data : "");
    buf_free(&whole);
    return joined;
}

static struct lettering_block *set_text(struct lettering *lettering,
                                        const struct lettering_text *text, struct arena *scratch)
{
    char *whole = join(text, scratch);
    struct lettering_block *block = lettering_keep(lettering, sizeof *block);
    if (!whole || !block)
        return NULL;
    size_t len = strlen(whole), n = 0;
    PangoLayout *layout = layout_of(lettering, text, whole, 0, len);
    struct lettering_break *breaks = arena_array(scratch, len + 1, sizeof *breaks);
    double *widths = arena_array(scratch, len + 1, sizeof *widths);
    if (breaks && widths) {
        for (size_t i = 0; i < len; i++) {
            PangoRectangle place;
            pango_layout_index_to_pos(layout, (int)i, &place);
            widths[i] = abs(place.width) / (double)PANGO_SCALE / EM_PX;
        }
        n = lettering_break(whole, widths, text->spacing_em, text->max_width_em, scratch, breaks);
    }
    g_object_unref(layout);
    block->lines = lettering_keep(lettering, (n + 1) * sizeof *block->lines);
    struct lettering_letter *room = arena_array(scratch, 4 * len + 16, sizeof *room);
    if (n == 0 || !block->lines || !room)
        return NULL;
    block->letters = room;
    for (size_t l = 0; l < n; l++) {
        size_t size = breaks[l].end - breaks[l].start;
        struct lettering_line *line = &block->lines[block->n_lines++];
        line->first = (uint32_t)block->n_letters;
        line->text = arena_strndup(lettering->arena, whole + breaks[l].start, size);
        if (!line->text)
            return NULL;
        layout = layout_of(lettering, text, whole, breaks[l].start, size);
        widths[l] = set_line(lettering, text, layout, breaks[l].start, block);
        g_object_unref(layout);
        line->count = (uint32_t)block->n_letters - line->first;
    }
    arrange(text, block, widths);
    block->letters = lettering_keep(lettering, (block->n_letters + 1) * sizeof *room);
    if (block->letters)
        memcpy(block->letters, room, block->n_letters * sizeof *room);
    return block->letters ? block : NULL;
}

static void put_key(struct buf *key, const struct lettering_text *text)
{
    const double numbers[] = {text->max_width_em, text->line_height_em, text->spacing_em};
    buf_putc(key, 't');
    buf_put(key, numbers, sizeof numbers);
    buf_printf(key, "%s\n%s\n%s\n", text->justify, text->anchor, text->fonts);
    for (size_t r = 0; r < text->n_runs; r++) {
        const struct style_run *run = &text->runs[r];
        buf_put(key, &run->scale, sizeof run->scale);
        buf_printf(key, "%zu:%s%zu:%s", strlen(run->text), run->text,
                   run->fonts ? strlen(run->fonts) : 0, run->fonts ? run->fonts : "");
    }
}

const struct lettering_block *lettering_set(struct lettering *lettering,
                                            const struct lettering_text *text, struct err *err)
{
    struct buf key;
    struct lettering_block *block = NULL;
    size_t len = 0;
    for (size_t r = 0; r < text->n_runs; r++)
        len += strlen(text->runs[r].text);
    if (text->n_runs == 0 || text->n_runs > UINT16_MAX || len > MAX_TEXT) {
        err_set(err, ERR_INPUT, "un rótulo de %zu bytes; se admiten hasta %d", len, MAX_TEXT);
        return NULL;
    }
    buf_init(&key);
    put_key(&key, text);
    struct arena *scratch = arena_new();
    pthread_mutex_lock(&lettering->lock);
    struct entry *entry =
        buf_failed(&key) || !scratch ? NULL : lettering_entry(lettering, key.data, key.len);
    if (entry && !entry->value)
        entry->value = set_text(lettering, text, scratch);
    if (entry)
        block = entry->value;
    pthread_mutex_unlock(&lettering->lock);
    arena_free(scratch);
    buf_free(&key);
    if (!block)
        err_no_memory(err);
    return block;
}
