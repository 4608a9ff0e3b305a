/* legend.c - draws the legend of a style. */
#include "layers/page/legend.h"

#include <cairo-svg.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "layers/page/page_surface_internal.h"
#include "layers/paint/sprites.h"

/* CSS px */
enum { MARGIN = 8, ROW = 20, SWATCH = 24, GAP = 8, TITLE = 26 };
static const struct legend_swatch swatch = {.width = SWATCH,
                                            .height = 14,
                                            .rim = 1,
                                            .rim_inside = 0.5,
                                            .radius_max = 7,
                                            .per_px = 1,
                                            .patterned = true};

static PangoLayout *text_layout(cairo_t *cr, const char *text, bool title)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *font =
        pango_font_description_from_string(title ? "Open Sans Bold 13px" : "Open Sans 12px");
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

static int text_width(cairo_t *cr, const char *text, bool title)
{
    PangoLayout *layout = text_layout(cr, text, title);
    int width, height;
    pango_layout_get_pixel_size(layout, &width, &height);
    g_object_unref(layout);
    return width;
}

/* Vertically centred at the height given. */
static void put_text(cairo_t *cr, const char *text, bool title, double x, double middle)
{
    PangoLayout *layout = text_layout(cr, text, title);
    int width, height;
    pango_layout_get_pixel_size(layout, &width, &height);
    cairo_move_to(cr, x, middle - height / 2.0);
    cairo_set_source_rgb(cr, 0.13, 0.15, 0.14);
    pango_cairo_show_layout(cr, layout);
    g_object_unref(layout);
}

static void set_color(cairo_t *cr, struct style_color color)
{
    cairo_set_source_rgba(cr, color.r, color.g, color.b, color.a);
}

/* Fills the current path with the entry's colour or picture; the path stays. */
static void fill_swatch(cairo_t *cr, const struct style_legend_entry *entry, bool patterned)
{
    int sprite = patterned && entry->pattern ? sprites_find(entry->pattern) : -1;
    double left, top, right, bottom;
    if (sprite < 0) {
        set_color(cr, entry->color);
        cairo_fill_preserve(cr);
        return;
    }
    cairo_path_t *outline = cairo_copy_path(cr);
    cairo_path_extents(cr, &left, &top, &right, &bottom);
    cairo_save(cr);
    cairo_clip(cr);
    int side = sprites_side((size_t)sprite);
    for (int y = (int)floor(top); y < bottom; y += side)
        for (int x = (int)floor(left); x < right; x += side) {
            cairo_save(cr);
            cairo_translate(cr, x, y);
            sprites_draw(cr, (size_t)sprite);
            cairo_restore(cr);
        }
    cairo_restore(cr);
    cairo_new_path(cr);
    cairo_append_path(cr, outline);
    cairo_path_destroy(outline);
}

void legend_put_swatch(cairo_t *cr, const struct style_legend_entry *entry,
                       const struct legend_swatch *size, double x, double middle)
{
    struct style_color rim =
        entry->has_stroke ? entry->stroke : (struct style_color){0.4f, 0.44f, 0.42f, 0.6f};
    double in = size->rim_inside, px = entry->size_px * size->per_px;
    bool rimmed = entry->shape == STYLE_LEGEND_FILL || size->always_rimmed || entry->has_stroke;
    switch (entry->shape) {
    case STYLE_LEGEND_LINE:
        cairo_move_to(cr, x, middle);
        cairo_line_to(cr, x + size->width, middle);
        set_color(cr, entry->color);
        cairo_set_line_width(cr, fmax(px, 0.5));
        cairo_stroke(cr);
        return;
    case STYLE_LEGEND_FILL:
        cairo_rectangle(cr, x + in, middle - size->height / 2 + in, size->width - 2 * in,
                        size->height - 2 * in);
        break;
    case STYLE_LEGEND_CIRCLE:
        cairo_new_sub_path(cr); /* so that the path does not start at the last label's text */
        cairo_arc(cr, x + size->width / 2, middle, fmin(px, size->radius_max), 0, 2 * acos(-1));
        break;
    }
    fill_swatch(cr, entry, size->patterned);
    if (rimmed) {
        set_color(cr, rim);
        cairo_set_line_width(cr, size->rim);
        cairo_stroke(cr);
    }
    cairo_new_path(cr);
}

bool legend_shows(const struct style *style, const struct style_legend_entry *entry, double zoom)
{
    for (size_t i = 0; i < style_layer_count(style) && !isnan(zoom); i++) {
        const struct style_layer *layer = style_layer_at(style, i);
        if (strcmp(style_layer_id(layer), entry->layer_id) == 0)
            return style_layer_shows(layer, zoom);
    }
    return true;
}

void legend_put(cairo_t *cr, const struct style *style, double zoom)
{
    const struct style_legend_entry *entries;
    size_t n = style_legend(style, &entries);
    put_text(cr, style_heading(style), true, MARGIN, MARGIN + TITLE / 2.0 - 3);
    double middle = MARGIN + TITLE + ROW / 2.0;
    for (size_t i = 0; i < n; i++) {
        if (!legend_shows(style, &entries[i], zoom))
            continue;
        legend_put_swatch(cr, &entries[i], &swatch, MARGIN, middle);
        put_text(cr, entries[i].label, false, MARGIN + SWATCH + GAP, middle);
        middle += ROW;
    }
}

/* Computes the size from the longest text, measured on a dummy surface. */
void legend_measure(const struct style *style, double zoom, int *width, int *height)
{
    const struct style_legend_entry *entries;
    size_t n = style_legend(style, &entries);
    cairo_surface_t *none = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cr = cairo_create(none);
    int widest = text_width(cr, style_heading(style), true);
    int rows = 0;
    for (size_t i = 0; i < n; i++) {
        if (!legend_shows(style, &entries[i], zoom))
            continue;
        rows++;
        int here = SWATCH + GAP + text_width(cr, entries[i].label, false);
        widest = here > widest ? here : widest;
    }
    *width = widest + 2 * MARGIN;
    *height = 2 * MARGIN + TITLE + ROW * rows;
    cairo_destroy(cr);
    cairo_surface_destroy(none);
}

bool legend_draw(const struct style *style, enum legend_format format, int scale, struct buf *out,
                 struct err *err)
{
    int width, height;
    legend_measure(style, NAN, &width, &height);
    cairo_surface_t *surface =
        format == LEGEND_SVG
            ? cairo_svg_surface_create_for_stream(page_surface_write, out, width, height)
            : cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width * scale, height * scale);
    cairo_t *cr = cairo_create(surface);
    if (format == LEGEND_PNG)
        cairo_scale(cr, scale, scale);
    legend_put(cr, style, NAN);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    bool vector = format == LEGEND_SVG;
    bool ok = page_surface_close(surface, status, vector, "dibujar la leyenda", err) &&
              (vector || page_surface_png(surface, false, out, err));
    cairo_surface_destroy(surface);
    return ok;
}
