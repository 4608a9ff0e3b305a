/* patterns.c - repeating cairo patterns for fill-pattern. */
#include "layers/paint/patterns.h"

#include <cairo.h>
#include <math.h>

#include "layers/paint/sprites.h"
#include "layers/shapes/merc.h"

/* On vector surfaces the tile is a recording surface, and stays a drawing. (cairo 1.16
 * leaks some 470 bytes for each that it writes into an SVG.) */
static cairo_surface_t *tile_of(const struct canvas *canvas, size_t sprite, double opacity,
                                double side)
{
    const cairo_rectangle_t extent = {0, 0, side, side};
    cairo_surface_t *surface =
        canvas->pixels ? cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)side, (int)side)
                       : cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extent);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, side / sprites_side(sprite), side / sprites_side(sprite));
    if (opacity < 1)
        cairo_push_group(cr);
    sprites_draw(cr, sprite);
    if (opacity < 1) {
        cairo_pop_group_to_source(cr);
        cairo_paint_with_alpha(cr, opacity);
    }
    bool ok = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    if (ok)
        return surface;
    cairo_surface_destroy(surface);
    return NULL;
}

/* Offset of the picture's corner within a repetition. */
static double phase(const struct canvas *canvas, double origin, double side, bool whole)
{
    double px = (origin + MERC_WORLD / 2) * canvas->scale;
    return fmod(whole ? round(px) : px, side);
}

cairo_pattern_t *pattern_new(const struct canvas *canvas, size_t sprite, double opacity,
                             double scale)
{
    double drawn = fmax(round(sprites_side(sprite) * canvas->pixel_ratio), 1);
    double side = drawn * scale;
    bool whole = canvas->pixels && scale <= 1;
    cairo_surface_t *surface = tile_of(canvas, sprite, opacity, drawn);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(surface);
    cairo_surface_destroy(surface);
    cairo_matrix_t matrix;
    cairo_matrix_init_scale(&matrix, 1 / scale, 1 / scale);
    cairo_matrix_translate(&matrix, phase(canvas, canvas->origin_x, side, whole),
                           phase(canvas, canvas->origin_y, side, whole));
    cairo_pattern_set_matrix(pattern, &matrix);
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_REPEAT);
    if (canvas->pixels)
        cairo_pattern_set_filter(pattern, whole ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BILINEAR);
    if (cairo_pattern_status(pattern) == CAIRO_STATUS_SUCCESS)
        return pattern;
    cairo_pattern_destroy(pattern);
    return NULL;
}
