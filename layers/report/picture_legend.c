/* picture_legend.c - draws a style's legend with the fonts of reports. */
#include <cairo.h>
#include <math.h>
#include <string.h>

#include "layers/report/picture_internal.h"

#define ROW 11.5
#define SWATCH 15.0

static bool shows(const struct style *style, const struct style_legend_entry *entry, double zoom)
{
    for (size_t i = 0; i < style_layer_count(style); i++)
        if (strcmp(style_layer_id(style_layer_at(style, i)), entry->layer_id) == 0)
            return style_layer_shows(style_layer_at(style, i), zoom);
    return true;
}

static void set_color(cairo_t *cr, struct style_color color)
{
    cairo_set_source_rgba(cr, color.r, color.g, color.b, color.a);
}

static void put_swatch(cairo_t *cr, const struct style_legend_entry *entry, double x, double middle)
{
    const struct style_color rim =
        entry->has_stroke ? entry->stroke : (struct style_color){0.4f, 0.44f, 0.42f, 0.6f};
    cairo_set_line_width(cr, 0.5);
    switch (entry->shape) {
    case STYLE_LEGEND_FILL:
        cairo_rectangle(cr, x, middle - 3.6, SWATCH, 7.2);
        set_color(cr, entry->color);
        cairo_fill_preserve(cr);
        set_color(cr, rim);
        cairo_stroke(cr);
        break;
    case STYLE_LEGEND_LINE:
        cairo_move_to(cr, x, middle);
        cairo_line_to(cr, x + SWATCH, middle);
        set_color(cr, entry->color);
        cairo_set_line_width(cr, fmax(entry->size_px * 0.75, 0.5));
        cairo_stroke(cr);
        break;
    case STYLE_LEGEND_CIRCLE:
        cairo_new_sub_path(cr);
        cairo_arc(cr, x + SWATCH / 2, middle, fmin(entry->size_px * 0.75, 4), 0, 2 * acos(-1));
        set_color(cr, entry->color);
        cairo_fill_preserve(cr);
        set_color(cr, rim);
        cairo_stroke(cr);
        break;
    }
}

double picture_legend(struct picture *picture, struct ink *ink, const struct picture_request *map,
                      double x, double y, double width, int columns, bool draw)
{
    const struct style *style = picture_style(picture);
    const struct style_legend_entry *entries;
    struct picture_place at = {0};
    size_t n = style_legend(style, &entries), shown = 0, placed = 0;
    if (!picture_place_of(picture, map, &at))
        return 0;
    for (size_t i = 0; i < n; i++)
        shown += shows(style, &entries[i], at.zoom);
    size_t rows = (shown + (size_t)columns - 1) / (size_t)columns;
    double wide = width / columns;
    for (size_t i = 0; i < n && draw; i++) {
        if (!shows(style, &entries[i], at.zoom))
            continue;
        const size_t column = placed / rows;
        double left = x + wide * (double)column;
        double middle = y + ROW * (double)(placed - column * rows) + ROW / 2;
        put_swatch(ink_cairo(ink), &entries[i], left, middle);
        ink_line(ink, INK_CHART, INK_BLACK, left + SWATCH + 5, middle + 2.6, 0, wide - SWATCH - 8,
                 entries[i].label);
        placed++;
    }
    return ROW * (double)rows;
}
