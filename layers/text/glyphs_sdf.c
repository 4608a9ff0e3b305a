/* glyphs_sdf.c - signed distance field of a glyph's outline. */
#include "layers/text/glyphs_sdf.h"

#include <ft2build.h>
#include <math.h>
#include <stdlib.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include "geo/base/array.h"
#include "layers/text/glyphs.h"

/* Line segments for a curve: at 24 px to the em each is shorter than a pixel. */
enum { CURVE_PIECES = 12 };

struct segment {
    double ax, ay, bx, by;
};

struct glyphs_sdf_outline {
    struct segment *segments;
    size_t n, cap;
    double x, y, start_x, start_y;
    bool failed;
};

static void line_to(struct glyphs_sdf_outline *outline, double x, double y)
{
    if (!array_reserve(outline->segments, outline->cap, outline->n + 1)) {
        outline->failed = true;
        return;
    }
    outline->segments[outline->n++] = (struct segment){outline->x, outline->y, x, y};
    outline->x = x;
    outline->y = y;
}

static void close_ring(struct glyphs_sdf_outline *outline)
{
    if (outline->x != outline->start_x || outline->y != outline->start_y)
        line_to(outline, outline->start_x, outline->start_y);
}

static int move(const FT_Vector *to, void *arg)
{
    struct glyphs_sdf_outline *outline = arg;
    close_ring(outline);
    outline->x = outline->start_x = (double)to->x / 64;
    outline->y = outline->start_y = (double)to->y / 64;
    return 0;
}

static int line(const FT_Vector *to, void *arg)
{
    line_to(arg, (double)to->x / 64, (double)to->y / 64);
    return 0;
}

static int cubic(const FT_Vector *one, const FT_Vector *two, const FT_Vector *to, void *arg)
{
    struct glyphs_sdf_outline *outline = arg;
    double x = outline->x, y = outline->y;
    for (int i = 1; i <= CURVE_PIECES; i++) {
        double t = i / (double)CURVE_PIECES, s = 1 - t, a = s * s * s, b = 3 * s * s * t,
               c = 3 * s * t * t, d = t * t * t;
        line_to(outline, a * x + (b * (double)one->x + c * (double)two->x + d * (double)to->x) / 64,
                a * y + (b * (double)one->y + c * (double)two->y + d * (double)to->y) / 64);
    }
    return 0;
}

static int conic(const FT_Vector *control, const FT_Vector *to, void *arg)
{
    struct glyphs_sdf_outline *outline = arg;
    double x = outline->x, y = outline->y;
    for (int i = 1; i <= CURVE_PIECES; i++) {
        double t = i / (double)CURVE_PIECES, s = 1 - t, a = s * s, b = 2 * s * t, c = t * t;
        line_to(outline, a * x + (b * (double)control->x + c * (double)to->x) / 64,
                a * y + (b * (double)control->y + c * (double)to->y) / 64);
    }
    return 0;
}

/* Positive outside; limited to the radius. */
static double distance(const struct glyphs_sdf_outline *outline, double x, double y)
{
    double nearest = GLYPHS_RADIUS_PX * GLYPHS_RADIUS_PX;
    bool inside = false;
    for (size_t i = 0; i < outline->n; i++) {
        const struct segment *s = &outline->segments[i];
        double dx = s->bx - s->ax, dy = s->by - s->ay, length = dx * dx + dy * dy;
        double t = length > 0 ? ((x - s->ax) * dx + (y - s->ay) * dy) / length : 0;
        t = fmin(fmax(t, 0), 1);
        double ex = x - s->ax - t * dx, ey = y - s->ay - t * dy;
        nearest = fmin(nearest, ex * ex + ey * ey);
        if ((s->ay > y) != (s->by > y) && x < dx * (y - s->ay) / dy + s->ax)
            inside = !inside;
    }
    return inside ? -sqrt(nearest) : sqrt(nearest);
}

static bool fill_field(const struct glyphs_sdf_outline *outline, struct glyph_field *field,
                       int bottom)
{
    int width = field->width + 2 * GLYPHS_BUFFER_PX, height = field->height + 2 * GLYPHS_BUFFER_PX;
    field->pixels = malloc((size_t)width * (size_t)height);
    for (int y = 0; y < height && field->pixels; y++)
        for (int x = 0; x < width; x++) {
            double d = distance(outline, field->left - GLYPHS_BUFFER_PX + x + 0.5,
                                bottom - GLYPHS_BUFFER_PX + (height - 1 - y) + 0.5);
            int step = (int)fmin(fmax(d * (256.0 / GLYPHS_RADIUS_PX) + 0.25 * 256, 0), 255);
            field->pixels[y * width + x] = (uint8_t)(255 - step);
        }
    return field->pixels != NULL;
}

bool glyph_field_make(FT_Face face, unsigned glyph, struct glyph_field *field)
{
    static const FT_Outline_Funcs pens = {move, line, conic, cubic, 0, 0};
    struct glyphs_sdf_outline outline = {0};
    *field = (struct glyph_field){0};
    FT_Error problem = FT_Load_Glyph(face, glyph, FT_LOAD_NO_HINTING);
    if (problem != 0) /* a damaged glyph is an empty one */
        return problem != FT_Err_Out_Of_Memory;
    field->top = -(int)(face->size->metrics.ascender / 64);
    field->advance = (int)(face->glyph->metrics.horiAdvance / 64);
    if (face->glyph->format != FT_GLYPH_FORMAT_OUTLINE ||
        FT_Outline_Decompose(&face->glyph->outline, &pens, &outline) != 0) {
        free(outline.segments);
        return true;
    }
    close_ring(&outline);
    double min_x = INFINITY, min_y = INFINITY, max_x = -INFINITY, max_y = -INFINITY;
    for (size_t i = 0; i < outline.n; i++) {
        min_x = fmin(min_x, outline.segments[i].bx);
        max_x = fmax(max_x, outline.segments[i].bx);
        min_y = fmin(min_y, outline.segments[i].by);
        max_y = fmax(max_y, outline.segments[i].by);
    }
    bool ok = !outline.failed;
    if (ok && outline.n && round(max_x) > round(min_x) && round(max_y) > round(min_y)) {
        field->width = (int)(round(max_x) - round(min_x));
        field->height = (int)(round(max_y) - round(min_y));
        field->left = (int)round(min_x);
        field->top += (int)round(max_y);
        ok = fill_field(&outline, field, (int)round(min_y));
    }
    free(outline.segments);
    return ok;
}

void glyph_field_free(struct glyph_field *field)
{
    free(field->pixels);
    field->pixels = NULL;
}
