/* ink.c - fonts, colours and text layout of reports. */
#include "layers/report/ink.h"

#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ink {
    cairo_t *cr;
    PangoFontMap *fonts;
    PangoContext *context;
    PangoLayout *layouts[INK_STYLES];
    double line_heights[INK_STYLES];
    cairo_surface_t *stamp;
    char stamp_name[96];
};

static const struct {
    const char *family;
    PangoWeight weight;
    double size, leading; /* leading: relative to Pango's line height */
} styles[INK_STYLES] = {
    [INK_COVER] = {"Open Sans", PANGO_WEIGHT_BOLD, 30, 0.88},
    [INK_SUBTITLE] = {"Open Sans", PANGO_WEIGHT_NORMAL, 14, 0.95},
    [INK_H1] = {"Open Sans", PANGO_WEIGHT_BOLD, 17, 0.9},
    [INK_H2] = {"Open Sans", PANGO_WEIGHT_SEMIBOLD, 11.5, 0.95},
    [INK_BODY] = {"Open Sans", PANGO_WEIGHT_NORMAL, 9, 1.05},
    [INK_STRONG] = {"Open Sans", PANGO_WEIGHT_SEMIBOLD, 9, 1.05},
    [INK_CAPTION] = {"Open Sans", PANGO_WEIGHT_SEMIBOLD, 8.5, 1},
    [INK_TABLE] = {"Open Sans", PANGO_WEIGHT_NORMAL, 7.5, 0.95},
    [INK_TABLE_BOLD] = {"Open Sans", PANGO_WEIGHT_SEMIBOLD, 7.5, 0.95},
    [INK_SMALL] = {"Open Sans", PANGO_WEIGHT_NORMAL, 6.8, 1},
    [INK_SMALL_BOLD] = {"Open Sans", PANGO_WEIGHT_SEMIBOLD, 6.8, 1},
    [INK_FIGURE] = {"Open Sans", PANGO_WEIGHT_BOLD, 19, 0.9},
    [INK_CHART] = {"Open Sans", PANGO_WEIGHT_NORMAL, 7.2, 1},
};

static const double colors[INK_COLORS][3] = {
    [INK_BLACK] = {0.11, 0.13, 0.14}, [INK_GREY] = {0.36, 0.40, 0.42},
    [INK_RULE] = {0.80, 0.82, 0.82},  [INK_PALE] = {0.955, 0.957, 0.95},
    [INK_WHITE] = {1, 1, 1},          [INK_DEEP] = {0.06, 0.29, 0.33},
    [INK_OCHRE] = {0.80, 0.49, 0.07}, [INK_SKY] = {0.53, 0.74, 0.78},
    [INK_PLUM] = {0.46, 0.16, 0.51},  [INK_MIST] = {0.90, 0.94, 0.94},
};

struct ink *ink_new(void)
{
    struct ink *ink = calloc(1, sizeof *ink);
    if (!ink)
        return NULL;
    /* Its own font map: the default one belongs to the first thread that used it. */
    ink->fonts = pango_cairo_font_map_new();
    ink->context = pango_font_map_create_context(ink->fonts);
    pango_context_set_language(ink->context, pango_language_from_string("es"));
    cairo_font_options_t *options = cairo_font_options_create();
    /* No hinting on paper: widths are the font's own. */
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(ink->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(ink->context, FALSE);
    for (int i = 0; i < INK_STYLES; i++) {
        PangoFontDescription *font = pango_font_description_new();
        pango_font_description_set_family_static(font, styles[i].family);
        pango_font_description_set_weight(font, styles[i].weight);
        pango_font_description_set_absolute_size(font, styles[i].size * PANGO_SCALE);
        ink->layouts[i] = pango_layout_new(ink->context);
        pango_layout_set_font_description(ink->layouts[i], font);
        pango_layout_set_wrap(ink->layouts[i], PANGO_WRAP_WORD_CHAR);
        pango_layout_set_line_spacing(ink->layouts[i], (float)styles[i].leading);
        pango_font_description_free(font);
    }
    return ink;
}

void ink_free(struct ink *ink)
{
    if (!ink)
        return;
    for (int i = 0; i < INK_STYLES; i++)
        g_object_unref(ink->layouts[i]);
    cairo_surface_destroy(ink->stamp);
    g_object_unref(ink->context);
    g_object_unref(ink->fonts);
    free(ink);
}

void ink_use(struct ink *ink, cairo_t *cr)
{
    ink->cr = cr;
}

cairo_t *ink_cairo(const struct ink *ink)
{
    return ink->cr;
}

void ink_color_of(enum ink_color color, double rgb[3])
{
    for (int i = 0; i < 3; i++)
        rgb[i] = colors[color][i];
}

void ink_color(struct ink *ink, enum ink_color color)
{
    cairo_set_source_rgb(ink->cr, colors[color][0], colors[color][1], colors[color][2]);
}

static PangoLayout *one_line(struct ink *ink, enum ink_style style, double max, const char *text)
{
    PangoLayout *layout = ink->layouts[style];
    pango_layout_set_attributes(layout, NULL);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_ellipsize(layout, max > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
    pango_layout_set_width(layout, max > 0 ? (int)(max * PANGO_SCALE) : -1);
    pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

double ink_width(struct ink *ink, enum ink_style style, const char *text)
{
    PangoRectangle size;
    pango_layout_get_extents(one_line(ink, style, 0, text), NULL, &size);
    return (double)size.width / PANGO_SCALE;
}

double ink_line(struct ink *ink, enum ink_style style, enum ink_color color, double x, double y,
                double align, double max, const char *text)
{
    PangoLayout *layout = one_line(ink, style, max, text);
    PangoRectangle size;
    pango_layout_get_extents(layout, NULL, &size);
    double width = (double)size.width / PANGO_SCALE;
    ink_color(ink, color);
    cairo_move_to(ink->cr, x - align * width,
                  y - (double)pango_layout_get_baseline(layout) / PANGO_SCALE);
    pango_cairo_show_layout(ink->cr, layout);
    return width;
}

static PangoLayout *lines(struct ink *ink, enum ink_style style, double width, double align,
                          const char *markup)
{
    PangoLayout *layout = ink->layouts[style];
    pango_layout_set_single_paragraph_mode(layout, FALSE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_NONE);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_alignment(layout, align == 0   ? PANGO_ALIGN_LEFT
                                       : align == 1 ? PANGO_ALIGN_RIGHT
                                                    : PANGO_ALIGN_CENTER);
    pango_layout_set_markup(layout, markup, -1);
    return layout;
}

double ink_height(struct ink *ink, enum ink_style style, double width, const char *markup)
{
    PangoRectangle size;
    pango_layout_get_extents(lines(ink, style, width, 0, markup), NULL, &size);
    return (double)size.height / PANGO_SCALE;
}

double ink_block(struct ink *ink, enum ink_style style, enum ink_color color, double x, double y,
                 double width, double align, const char *markup)
{
    PangoLayout *layout = lines(ink, style, width, align, markup);
    PangoRectangle size;
    pango_layout_get_extents(layout, NULL, &size);
    ink_color(ink, color);
    cairo_move_to(ink->cr, x, y);
    pango_cairo_show_layout(ink->cr, layout);
    return (double)size.height / PANGO_SCALE;
}

double ink_line_height(struct ink *ink, enum ink_style style)
{
    if (ink->line_heights[style] <= 0)
        ink->line_heights[style] = ink_height(ink, style, 1000, "Ág");
    return ink->line_heights[style];
}

void ink_rect(struct ink *ink, enum ink_color color, double x, double y, double width,
              double height)
{
    ink_color(ink, color);
    cairo_rectangle(ink->cr, x, y, width, height);
    cairo_fill(ink->cr);
}

void ink_rule(struct ink *ink, enum ink_color color, double width, double x0, double y0, double x1,
              double y1)
{
    ink_color(ink, color);
    cairo_set_line_width(ink->cr, width);
    cairo_move_to(ink->cr, x0, y0);
    cairo_line_to(ink->cr, x1, y1);
    cairo_stroke(ink->cr);
}

cairo_surface_t *ink_stamp(struct ink *ink, const char *name)
{
    return ink->stamp && strcmp(ink->stamp_name, name) == 0 ? ink->stamp : NULL;
}

void ink_keep_stamp(struct ink *ink, const char *name, cairo_surface_t *stamp)
{
    cairo_surface_destroy(ink->stamp);
    ink->stamp = stamp;
    snprintf(ink->stamp_name, sizeof ink->stamp_name, "%s", name);
}
