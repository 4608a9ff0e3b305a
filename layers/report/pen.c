/* pen.c - writes and draws a report in its fonts and colours. */
#include "layers/report/pen.h"

#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pen {
    cairo_t *cr;
    PangoFontMap *fonts;
    PangoContext *context;
    PangoLayout *layouts[PEN_FONTS];
    double line_heights[PEN_FONTS];
    cairo_surface_t *shared;
    char shared_name[96];
};

static const struct {
    const char *family;
    PangoWeight weight;
    double size, leading; /* leading: relative to Pango's line height */
} fonts[PEN_FONTS] = {
    [PEN_COVER] = {"Open Sans", PANGO_WEIGHT_BOLD, 30, 0.88},
    [PEN_SUBTITLE] = {"Open Sans", PANGO_WEIGHT_NORMAL, 14, 0.95},
    [PEN_H1] = {"Open Sans", PANGO_WEIGHT_BOLD, 17, 0.9},
    [PEN_H2] = {"Open Sans", PANGO_WEIGHT_SEMIBOLD, 11.5, 0.95},
    [PEN_BODY] = {"Open Sans", PANGO_WEIGHT_NORMAL, 9, 1.05},
    [PEN_STRONG] = {"Open Sans", PANGO_WEIGHT_SEMIBOLD, 9, 1.05},
    [PEN_CAPTION] = {"Open Sans", PANGO_WEIGHT_SEMIBOLD, 8.5, 1},
    [PEN_TABLE] = {"Open Sans", PANGO_WEIGHT_NORMAL, 7.5, 0.95},
    [PEN_TABLE_BOLD] = {"Open Sans", PANGO_WEIGHT_SEMIBOLD, 7.5, 0.95},
    [PEN_SMALL] = {"Open Sans", PANGO_WEIGHT_NORMAL, 6.8, 1},
    [PEN_SMALL_BOLD] = {"Open Sans", PANGO_WEIGHT_SEMIBOLD, 6.8, 1},
    [PEN_FIGURE] = {"Open Sans", PANGO_WEIGHT_BOLD, 19, 0.9},
    [PEN_CHART] = {"Open Sans", PANGO_WEIGHT_NORMAL, 7.2, 1},
};

static const double colors[PEN_COLORS][3] = {
    [PEN_BLACK] = {0.11, 0.13, 0.14}, [PEN_GREY] = {0.36, 0.40, 0.42},
    [PEN_RULE] = {0.80, 0.82, 0.82},  [PEN_PALE] = {0.955, 0.957, 0.95},
    [PEN_WHITE] = {1, 1, 1},          [PEN_DEEP] = {0.06, 0.29, 0.33},
    [PEN_OCHRE] = {0.80, 0.49, 0.07}, [PEN_SKY] = {0.53, 0.74, 0.78},
    [PEN_PLUM] = {0.46, 0.16, 0.51},  [PEN_MIST] = {0.90, 0.94, 0.94},
};

struct pen *pen_new(void)
{
    struct pen *pen = calloc(1, sizeof *pen);
    if (!pen)
        return NULL;
    /* Its own font map: the default one belongs to the first thread that used it. */
    pen->fonts = pango_cairo_font_map_new();
    pen->context = pango_font_map_create_context(pen->fonts);
    pango_context_set_language(pen->context, pango_language_from_string("es"));
    cairo_font_options_t *options = cairo_font_options_create();
    /* No hinting on paper: widths are the font's own. */
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pen->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(pen->context, FALSE);
    for (int i = 0; i < PEN_FONTS; i++) {
        PangoFontDescription *font = pango_font_description_new();
        pango_font_description_set_family_static(font, fonts[i].family);
        pango_font_description_set_weight(font, fonts[i].weight);
        pango_font_description_set_absolute_size(font, fonts[i].size * PANGO_SCALE);
        pen->layouts[i] = pango_layout_new(pen->context);
        pango_layout_set_font_description(pen->layouts[i], font);
        pango_layout_set_wrap(pen->layouts[i], PANGO_WRAP_WORD_CHAR);
        pango_layout_set_line_spacing(pen->layouts[i], (float)fonts[i].leading);
        pango_font_description_free(font);
    }
    return pen;
}

void pen_free(struct pen *pen)
{
    if (!pen)
        return;
    for (int i = 0; i < PEN_FONTS; i++)
        g_object_unref(pen->layouts[i]);
    cairo_surface_destroy(pen->shared);
    g_object_unref(pen->context);
    g_object_unref(pen->fonts);
    free(pen);
}

void pen_use(struct pen *pen, cairo_t *cr)
{
    pen->cr = cr;
}

cairo_t *pen_cairo(const struct pen *pen)
{
    return pen->cr;
}

void pen_color_of(enum pen_color color, double rgb[3])
{
    for (int i = 0; i < 3; i++)
        rgb[i] = colors[color][i];
}

void pen_set_color(struct pen *pen, enum pen_color color)
{
    cairo_set_source_rgb(pen->cr, colors[color][0], colors[color][1], colors[color][2]);
}

static PangoLayout *one_line(struct pen *pen, enum pen_font font, double max, const char *text)
{
    PangoLayout *layout = pen->layouts[font];
    pango_layout_set_attributes(layout, NULL);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_ellipsize(layout, max > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
    pango_layout_set_width(layout, max > 0 ? (int)(max * PANGO_SCALE) : -1);
    pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

double pen_text_width(struct pen *pen, enum pen_font font, const char *text)
{
    PangoRectangle size;
    pango_layout_get_extents(one_line(pen, font, 0, text), NULL, &size);
    return (double)size.width / PANGO_SCALE;
}

double pen_text(struct pen *pen, enum pen_font font, enum pen_color color, double x, double y,
                double align, double max, const char *text)
{
    PangoLayout *layout = one_line(pen, font, max, text);
    PangoRectangle size;
    pango_layout_get_extents(layout, NULL, &size);
    double width = (double)size.width / PANGO_SCALE;
    pen_set_color(pen, color);
    cairo_move_to(pen->cr, x - align * width,
                  y - (double)pango_layout_get_baseline(layout) / PANGO_SCALE);
    pango_cairo_show_layout(pen->cr, layout);
    return width;
}

static PangoLayout *lines(struct pen *pen, enum pen_font font, double width, double align,
                          const char *markup)
{
    PangoLayout *layout = pen->layouts[font];
    pango_layout_set_single_paragraph_mode(layout, FALSE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_NONE);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_alignment(layout, align == 0   ? PANGO_ALIGN_LEFT
                                       : align == 1 ? PANGO_ALIGN_RIGHT
                                                    : PANGO_ALIGN_CENTER);
    pango_layout_set_markup(layout, markup, -1);
    return layout;
}

double pen_paragraph_height(struct pen *pen, enum pen_font font, double width, const char *markup)
{
    PangoRectangle size;
    pango_layout_get_extents(lines(pen, font, width, 0, markup), NULL, &size);
    return (double)size.height / PANGO_SCALE;
}

double pen_paragraph(struct pen *pen, enum pen_font font, enum pen_color color, double x, double y,
                     double width, double align, const char *markup)
{
    PangoLayout *layout = lines(pen, font, width, align, markup);
    PangoRectangle size;
    pango_layout_get_extents(layout, NULL, &size);
    pen_set_color(pen, color);
    cairo_move_to(pen->cr, x, y);
    pango_cairo_show_layout(pen->cr, layout);
    return (double)size.height / PANGO_SCALE;
}

double pen_line_height(struct pen *pen, enum pen_font font)
{
    if (pen->line_heights[font] <= 0)
        pen->line_heights[font] = pen_paragraph_height(pen, font, 1000, "Ág");
    return pen->line_heights[font];
}

void pen_rect(struct pen *pen, enum pen_color color, double x, double y, double width,
              double height)
{
    pen_set_color(pen, color);
    cairo_rectangle(pen->cr, x, y, width, height);
    cairo_fill(pen->cr);
}

void pen_rule(struct pen *pen, enum pen_color color, double width, double x0, double y0, double x1,
              double y1)
{
    pen_set_color(pen, color);
    cairo_set_line_width(pen->cr, width);
    cairo_move_to(pen->cr, x0, y0);
    cairo_line_to(pen->cr, x1, y1);
    cairo_stroke(pen->cr);
}

cairo_surface_t *pen_shared(struct pen *pen, const char *name)
{
    return pen->shared && strcmp(pen->shared_name, name) == 0 ? pen->shared : NULL;
}

void pen_keep_shared(struct pen *pen, const char *name, cairo_surface_t *shared)
{
    cairo_surface_destroy(pen->shared);
    pen->shared = shared;
    snprintf(pen->shared_name, sizeof pen->shared_name, "%s", name);
}
