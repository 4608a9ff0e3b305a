#include "layers/lettering.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "layers/lettering_break.h"

/* Texts are measured at this size, that of the glyphs a browser is given. */
#define EM_PX 24.0
/* MapLibre puts the baseline of a line this far below its middle: its glyphs'
 * ascender (26 of 24 for the fonts it was made with) less a constant of 17. */
#define BASELINE_PX 9.0

enum { MAX_FONTS = 256, MAX_TEXT = 4096 };

struct entry {
    struct entry *next;
    uint64_t hash;
    const void *key;
    size_t key_len;
    void *value;
};

struct lettering {
    atomic_int refs;
    pthread_mutex_t lock;
    struct arena *arena;
    size_t bytes;
    PangoFontMap *map;
    PangoContext *context;
    PangoFont *fonts[MAX_FONTS];
    cairo_font_face_t *faces[MAX_FONTS];
    size_t n_fonts;
    struct entry **buckets;
    size_t n_buckets, n_entries;
};

static cairo_font_options_t *plain_options(void)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    return options;
}

struct lettering *lettering_new(struct err *err)
{
    struct lettering *lettering = calloc(1, sizeof *lettering);
    if (!lettering) {
        err_no_memory(err);
        return NULL;
    }
    atomic_init(&lettering->refs, 1);
    pthread_mutex_init(&lettering->lock, NULL);
    lettering->n_buckets = 1024;
    lettering->buckets = calloc(lettering->n_buckets, sizeof *lettering->buckets);
    lettering->arena = arena_new();
    lettering->map = pango_cairo_font_map_new();
    if (!lettering->buckets || !lettering->arena || !lettering->map) {
        lettering_unref(lettering);
        err_no_memory(err);
        return NULL;
    }
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(lettering->map), 72);
    lettering->context = pango_font_map_create_context(lettering->map);
    cairo_font_options_t *options = plain_options();
    pango_cairo_context_set_font_options(lettering->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(lettering->context, FALSE);
    return lettering;
}

struct lettering *lettering_ref(struct lettering *lettering)
{
    atomic_fetch_add_explicit(&lettering->refs, 1, memory_order_relaxed);
    return lettering;
}

void lettering_unref(struct lettering *lettering)
{
    if (!lettering || atomic_fetch_sub_explicit(&lettering->refs, 1, memory_order_acq_rel) > 1)
        return;
    for (size_t i = 0; i < lettering->n_fonts; i++) {
        cairo_font_face_destroy(lettering->faces[i]);
        g_object_unref(lettering->fonts[i]);
    }
    if (lettering->context)
        g_object_unref(lettering->context);
    if (lettering->map)
        g_object_unref(lettering->map);
    arena_free(lettering->arena);
    free(lettering->buckets);
    pthread_mutex_destroy(&lettering->lock);
    free(lettering);
}

size_t lettering_bytes(struct lettering *lettering)
{
    pthread_mutex_lock(&lettering->lock);
    size_t bytes = lettering->bytes;
    pthread_mutex_unlock(&lettering->lock);
    return bytes;
}

/* ---- what is known already ------------------------------------------------- */

static void *keep(struct lettering *lettering, size_t size)
{
    lettering->bytes += size;
    return arena_alloc(lettering->arena, size);
}

static uint64_t hash_of(const unsigned char *key, size_t len)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ key[i]) * 1099511628211u;
    return hash;
}

/* The entry of the key, made where it is missing; its value is NULL then. */
static struct entry *entry_of(struct lettering *lettering, const void *key, size_t len)
{
    uint64_t hash = hash_of(key, len);
    struct entry **at = &lettering->buckets[hash & (lettering->n_buckets - 1)];
    for (struct entry *entry = *at; entry; entry = entry->next)
        if (entry->hash == hash && entry->key_len == len && memcmp(entry->key, key, len) == 0)
            return entry;
    if (lettering->n_entries >= lettering->n_buckets) {
        struct entry **grown = calloc(lettering->n_buckets * 2, sizeof(struct entry *));
        if (!grown)
            return NULL;
        for (size_t b = 0; b < lettering->n_buckets; b++)
            for (struct entry *entry = lettering->buckets[b], *next; entry; entry = next) {
                next = entry->next;
                struct entry **to = &grown[entry->hash & (2 * lettering->n_buckets - 1)];
                entry->next = *to;
                *to = entry;
            }
        free(lettering->buckets);
        lettering->buckets = grown;
        lettering->n_buckets *= 2;
        at = &grown[hash & (lettering->n_buckets - 1)];
    }
    struct entry *entry = keep(lettering, sizeof *entry);
    void *copy = keep(lettering, len);
    if (!entry || !copy)
        return NULL;
    memcpy(copy, key, len);
    *entry = (struct entry){*at, hash, copy, len, NULL};
    *at = entry;
    lettering->n_entries++;
    return entry;
}

/* ---- setting a text ---------------------------------------------------------- */

/* Our words for weights; what is not known is left to Pango. */
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

/* Sections of the whole text as attributes; offset: where the part begins. */
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

/* -1: too many, or it is no cairo font. */
static int font_index(struct lettering *lettering, PangoFont *font)
{
    for (size_t i = 0; i < lettering->n_fonts; i++)
        if (lettering->fonts[i] == font)
            return (int)i;
    if (lettering->n_fonts == MAX_FONTS || !PANGO_IS_CAIRO_FONT(font))
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

/* Letters of a line from x 0; their y is 0. Returns the width in ems; room for
 * all letters must be there. */
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

/* From lines that begin at 0, 0 to the block about its anchor. */
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
    struct lettering_block *block = keep(lettering, sizeof *block);
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
    block->lines = keep(lettering, (n + 1) * sizeof *block->lines);
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
    block->letters = keep(lettering, (block->n_letters + 1) * sizeof *room);
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
        buf_failed(&key) || !scratch ? NULL : entry_of(lettering, key.data, key.len);
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
    cairo_font_options_t *options = plain_options();
    cairo_glyph_t at = {glyph, 0, 0};
    cairo_set_font_face(cr, lettering->faces[font]);
    cairo_set_font_size(cr, em_px);
    cairo_set_font_options(cr, options);
    cairo_font_options_destroy(options);
    cairo_glyph_path(cr, &at, 1);
}

/* Sixteen steps of ink are as many as an eye tells apart in a letter, and keep
 * the colours of a tile few enough for a palette. */
static uint8_t step_of(uint8_t coverage)
{
    return (uint8_t)((coverage * 15 + 127) / 255 * 17);
}

/* A mask of a width and height of zero for a letter without ink. */
static struct lettering_mask *ink_letter(struct lettering *lettering, const struct mask_key *key)
{
    struct lettering_mask *mask = keep(lettering, sizeof *mask);
    cairo_surface_t *nothing = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1), *surface = NULL;
    cairo_t *cr = cairo_create(nothing), *pen = NULL;
    double x1, y1, x2, y2, reach = key->halo_px + 1, shift = key->phase / (double)LETTERING_PHASES;
    bool ok = mask != NULL;
    letter_path(lettering, cr, key->font, key->glyph, key->em_px);
    cairo_path_extents(cr, &x1, &y1, &x2, &y2);
    if (!ok || x2 <= x1 || y2 <= y1 || x2 - x1 > 4096 || y2 - y1 > 4096)
        goto done;
    mask->left = (int)floor(x1 + shift - reach);
    mask->top = (int)floor(y1 - reach);
    mask->width = (int)ceil(x2 + shift + reach) - mask->left;
    mask->height = (int)ceil(y2 + reach) - mask->top;
    uint8_t *ink = keep(lettering, (size_t)mask->width * (size_t)mask->height);
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
    ok = ink && pixels && cairo_status(pen) == CAIRO_STATUS_SUCCESS;
    for (int y = 0; y < mask->height && ok; y++)
        for (int x = 0; x < mask->width; x++)
            ink[y * mask->width + x] =
                step_of(pixels[y * cairo_image_surface_get_stride(surface) + x]);
    mask->ink = ink;
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
    struct entry *entry = entry_of(lettering, &key, sizeof key);
    if (entry && !entry->value)
        entry->value = ink_letter(lettering, &key);
    const struct lettering_mask *mask = entry ? entry->value : NULL;
    pthread_mutex_unlock(&lettering->lock);
    if (!mask)
        err_no_memory(err);
    return mask;
}

/* ---- without pixels ------------------------------------------------------------- */

void lettering_draw(struct lettering *lettering, cairo_t *cr, const struct lettering_block *block,
                    size_t line_, double x, double y, double em_px, enum lettering_ink ink)
{
    const struct lettering_line *line = &block->lines[line_];
    uint32_t end = line->first + line->count;
    cairo_font_options_t *options = plain_options();
    pthread_mutex_lock(&lettering->lock);
    cairo_set_font_options(cr, options);
    /* Stretches of one font and size; a whole line in one goes out as text. */
    for (uint32_t from = line->first, to; from < end; from = to) {
        const struct lettering_letter *first = &block->letters[from];
        for (to = from; to < end && block->letters[to].font == first->font &&
                        block->letters[to].run == first->run;)
            to++;
        cairo_glyph_t *glyphs = cairo_glyph_allocate((int)(to - from));
        if (!glyphs)
            break;
        for (uint32_t i = from; i < to; i++)
            glyphs[i - from] =
                (cairo_glyph_t){block->letters[i].glyph, x + (double)block->letters[i].x * em_px,
                                y + (double)block->letters[i].y * em_px};
        cairo_set_font_face(cr, lettering->faces[first->font]);
        cairo_set_font_size(cr, em_px * (double)first->scale);
        cairo_text_cluster_t cluster = {(int)strlen(line->text), (int)(to - from)};
        if (ink == LETTERING_STROKE) {
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
}

void lettering_draw_letter(struct lettering *lettering, cairo_t *cr,
                           const struct lettering_letter *letter, double em_px,
                           enum lettering_ink ink)
{
    pthread_mutex_lock(&lettering->lock);
    letter_path(lettering, cr, letter->font, letter->glyph, em_px * (double)letter->scale);
    pthread_mutex_unlock(&lettering->lock);
    if (ink == LETTERING_STROKE)
        cairo_stroke(cr);
    else
        cairo_fill(cr);
}
