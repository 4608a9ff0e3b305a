/* raster.c - anti-aliased polygon rasterizer with exact area coverage. */
#include "layers/paint/raster_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct raster *raster_new(void)
{
    return calloc(1, sizeof(struct raster));
}

void raster_free(struct raster *raster)
{
    if (!raster)
        return;
    free(raster->cells);
    free(raster->marks);
    free(raster->taken);
    free(raster->ground);
    free(raster);
}

bool raster_resize(struct raster *raster, int width_px, int height_px)
{
    if (raster->width == width_px && raster->height == height_px)
        return true;
    int columns = width_px + 2, words = (columns + 63) / 64;
    size_t cells = (size_t)columns * (size_t)height_px, marks = (size_t)words * (size_t)height_px;
    raster->width = raster->height = 0;
    free(raster->cells);
    free(raster->marks);
    free(raster->taken);
    free(raster->ground);
    raster->cells = calloc(cells, sizeof *raster->cells);
    raster->marks = calloc(marks, sizeof *raster->marks);
    raster->taken = malloc((size_t)width_px * (size_t)height_px);
    raster->ground = malloc((size_t)width_px * (size_t)height_px * sizeof *raster->ground);
    if (!raster->cells || !raster->marks || !raster->taken || !raster->ground)
        return false;
    raster->width = width_px;
    raster->height = height_px;
    raster->columns = columns;
    raster->words = words;
    raster->first_row = height_px;
    raster->last_row = -1;
    return true;
}

/* ---- edges --------------------------------------------------------------- */

static void add_cell(struct raster *r, int row, int column, int cover, int area)
{
    int32_t *cell = r->cells + (size_t)row * (size_t)r->columns + column;
    cell[0] += cover * 512 - area;
    cell[1] += area;
    uint64_t *marks = r->marks + (size_t)row * (size_t)r->words;
    marks[column >> 6] |= (uint64_t)1 << (column & 63);
    column++;
    marks[column >> 6] |= (uint64_t)1 << (column & 63);
}

/* Adds an edge within one row; dy 256ths of it, downwards. */
static void add_in_row(struct raster *r, int row, int xa, int xb, int dy, int sign)
{
    int left = xa < xb ? xa : xb, right = xa < xb ? xb : xa;
    int first = left >> 8, last = right >> 8;
    if (first == last) {
        add_cell(r, row, first, sign * dy, sign * dy * ((left & 255) + (right & 255)));
        return;
    }
    double per_step = (double)dy / (right - left);
    int done = 0, from = left & 255;
    for (int column = first; column < last; column++, from = 0) {
        int until = (int)(per_step * ((column + 1) * ONE - left) + 0.5), part = until - done;
        add_cell(r, row, column, sign * part, sign * part * (from + ONE));
        done = until;
    }
    if (right & 255)
        add_cell(r, row, last, sign * (dy - done), sign * (dy - done) * (right & 255));
    else /* it ends on the left side of the last cell: the rest belongs to that cell */
        add_cell(r, row, last, sign * (dy - done), 0);
}

/* Adds a downward edge inside the picture (x up to its right side, inclusive). */
static void add_inside(struct raster *r, int x0, int y0, int x1, int y1, int sign)
{
    double slope = y1 > y0 ? (double)(x1 - x0) / (y1 - y0) : 0;
    int x = x0, y = y0;
    if (y0 >= y1)
        return;
    if (y0 >> 8 < r->first_row)
        r->first_row = y0 >> 8;
    if ((y1 - 1) >> 8 > r->last_row)
        r->last_row = (y1 - 1) >> 8;
    while (y < y1) {
        int row = y >> 8, end = (row + 1) * ONE;
        int next = end < y1 ? x0 + (int)lrint(slope * (end - y0)) : x1;
        if (end > y1)
            end = y1;
        add_in_row(r, row, x, next, end - y, sign);
        x = next;
        y = end;
    }
}

/* An edge left of the picture covers its rows completely, as an edge along the left side
 * does. One right of it covers nothing. */
static void add_clipped(struct raster *r, double x0, double y0, double x1, double y1, int sign)
{
    double right = r->width * ONE, bottom = r->height * ONE;
    if (y1 <= 0 || y0 >= bottom || y0 >= y1)
        return;
    double slope = (x1 - x0) / (y1 - y0);
    if (y0 < 0) {
        x0 -= slope * y0;
        y0 = 0;
    }
    if (y1 > bottom) {
        x1 -= slope * (y1 - bottom);
        y1 = bottom;
    }
    if (x0 >= right && x1 >= right)
        return;
    if (x0 <= 0 && x1 <= 0) {
        add_inside(r, 0, (int)lrint(y0), 0, (int)lrint(y1), sign);
        return;
    }
    double limits[2] = {0, right};
    for (int i = 0; i < 2; i++) {
        double limit = limits[i];
        if ((x0 < limit) != (x1 < limit) && x0 != limit && x1 != limit) {
            double y = y0 + (limit - x0) / slope;
            y = y < y0 ? y0 : y > y1 ? y1 : y;
            y = rint(y);
            add_clipped(r, x0, y0, limit, y, sign);
            add_clipped(r, limit, y, x1, y1, sign);
            return;
        }
    }
    add_inside(r, (int)lrint(x0), (int)lrint(y0), (int)lrint(x1), (int)lrint(y1), sign);
}

void raster_edge(struct raster *raster, double x0, double y0, double x1, double y1)
{
    double right = raster->width * ONE, bottom = raster->height * ONE;
    x0 = rint(x0 * ONE);
    y0 = rint(y0 * ONE);
    x1 = rint(x1 * ONE);
    y1 = rint(y1 * ONE);
    if (y0 == y1 || (y0 <= 0 && y1 <= 0) || (y0 >= bottom && y1 >= bottom) ||
        (x0 >= right && x1 >= right))
        return;
    /* Always computed downwards, so that an edge and its reverse cancel exactly. */
    bool down = y0 < y1;
    if (!down) {
        double swap = x0;
        x0 = x1;
        x1 = swap;
        swap = y0;
        y0 = y1;
        y1 = swap;
    }
    bool inside = y0 >= 0 && y1 <= bottom && x0 >= 0 && x1 >= 0 && x0 <= right && x1 <= right;
    if (inside)
        add_inside(raster, (int)x0, (int)y0, (int)x1, (int)y1, down ? 1 : -1);
    else
        add_clipped(raster, x0, y0, x1, y1, down ? 1 : -1);
}

/* ---- painting ------------------------------------------------------------ */

/* Converts a running sum to 0-255, for either orientation. */
static int coverage(int32_t sum)
{
    int64_t whole = sum < 0 ? -(int64_t)sum : sum;
    return whole >= WHOLE ? 255 : (int)((whole * 255 + WHOLE / 2) / WHOLE);
}

void raster_sweep(struct raster *r, raster_span_fn *span, void *arg)
{
    for (int row = r->first_row; row <= r->last_row; row++) {
        uint64_t *marks = r->marks + (size_t)row * (size_t)r->words;
        int32_t *cells = r->cells + (size_t)row * (size_t)r->columns, sum = 0;
        int from = 0, cover = 0;
        for (int word = 0; word < r->words; word++) {
            for (uint64_t bits = marks[word]; bits; bits &= bits - 1) {
                int column = word * 64 + __builtin_ctzll(bits);
                int until = column < r->width ? column : r->width;
                if (cover && until > from)
                    span(arg, row, from, until, cover);
                sum += cells[column];
                cells[column] = 0;
                cover = coverage(sum);
                from = until;
            }
            marks[word] = 0;
        }
        if (cover && from < r->width)
            span(arg, row, from, r->width, cover);
    }
    r->first_row = r->height;
    r->last_row = -1;
}

/* If a region covers all or nothing, only cells along the left side are not zero. */
enum raster_reach raster_reach(struct raster *raster)
{
    bool all = raster->first_row == 0 && raster->last_row == raster->height - 1, none = true;
    for (int row = raster->first_row; row <= raster->last_row; row++) {
        const uint64_t *marks = raster->marks + (size_t)row * (size_t)raster->words;
        const int32_t *cells = raster->cells + (size_t)row * (size_t)raster->columns;
        for (int word = 0; word < raster->words; word++)
            for (uint64_t bits = marks[word]; bits; bits &= bits - 1) {
                int column = word * 64 + __builtin_ctzll(bits);
                if (column > 0 && column < raster->width && cells[column] != 0)
                    return RASTER_SOME;
            }
        int cover = coverage(cells[0]);
        all &= cover == 255;
        none &= cover == 0;
        if (!all && !none)
            return RASTER_SOME;
    }
    for (int row = raster->first_row; row <= raster->last_row; row++) {
        uint64_t *marks = raster->marks + (size_t)row * (size_t)raster->words;
        int32_t *cells = raster->cells + (size_t)row * (size_t)raster->columns;
        for (int word = 0; word < raster->words; word++) {
            for (uint64_t bits = marks[word]; bits; bits &= bits - 1)
                cells[word * 64 + __builtin_ctzll(bits)] = 0;
            marks[word] = 0;
        }
    }
    raster->first_row = raster->height;
    raster->last_row = -1;
    return none ? RASTER_NONE : RASTER_ALL;
}

/* ---- brushes ------------------------------------------------------------- */

struct raster_brush {
    struct raster *raster;
    const struct raster_picture *picture;
    uint32_t full; /* the colour, premultiplied */
    int r, g, b;   /* straight, 0-255 */
    int alpha;     /* 0-255 */
};

static struct raster_brush brush_of(struct raster *raster, const struct raster_picture *picture,
                                    struct style_color color)
{
    struct raster_brush brush = {.raster = raster, .picture = picture};
    brush.r = (int)(color.r * 255 + 0.5f);
    brush.g = (int)(color.g * 255 + 0.5f);
    brush.b = (int)(color.b * 255 + 0.5f);
    brush.alpha = (int)(color.a * 255 + 0.5f);
    brush.full = 0xFF000000u | (uint32_t)brush.r << 16 | (uint32_t)brush.g << 8 | (uint32_t)brush.b;
    return brush;
}

static int channel(uint32_t pixel, int shift)
{
    return (int)(pixel >> shift & 255);
}

static int over_255(int product)
{
    return (product + (product < 0 ? -127 : 127)) / 255;
}

/* Computes old + weight * (brush - ground), channel by channel. */
static uint32_t mix(const struct raster_brush *brush, uint32_t old, uint32_t ground, int weight)
{
    const int to[4] = {brush->b, brush->g, brush->r, 255};
    uint32_t out = 0;
    for (int i = 0; i < 4; i++) {
        int v = channel(old, 8 * i) + over_255(weight * (to[i] - channel(ground, 8 * i)));
        v = v < 0 ? 0 : v > 255 ? 255 : v;
        out |= (uint32_t)v << (8 * i);
    }
    return out;
}

static void paint_span(void *arg, int row, int from, int to, int cover)
{
    const struct raster_brush *brush = arg;
    uint32_t *pixels = brush->picture->pixels + (long)row * brush->picture->stride;
    int weight = over_255(cover * brush->alpha);
    if (weight == 255)
        for (int x = from; x < to; x++)
            pixels[x] = brush->full;
    else
        for (int x = from; x < to; x++)
            pixels[x] = mix(brush, pixels[x], pixels[x], weight);
}

uint32_t raster_over(uint32_t pixel, struct style_color color)
{
    struct raster_brush brush = brush_of(NULL, NULL, color);
    return brush.alpha == 255 ? brush.full : mix(&brush, pixel, pixel, brush.alpha);
}

void raster_paint(struct raster *raster, const struct raster_picture *picture,
                  struct style_color color)
{
    struct raster_brush brush = brush_of(raster, picture, color);
    raster_sweep(raster, paint_span, &brush);
}

void raster_lines_paint(struct raster *raster, const struct raster_picture *picture,
                        struct style_color color)
{
    struct raster_brush brush = brush_of(raster, picture, color);
    static const uint64_t none = 0;
    for (int row = 0; row < raster->height; row++) {
        const uint8_t *taken = raster->taken + (size_t)row * (size_t)raster->width;
        for (int x = 0; x < raster->width; x++) {
            if (x + 8 <= raster->width && memcmp(taken + x, &none, 8) == 0)
                x += 7;
            else if (taken[x])
                paint_span(&brush, row, x, x + 1, taken[x]);
        }
    }
}

void raster_parts_begin(struct raster *raster, const struct raster_picture *picture,
                        const uint32_t *one_color)
{
    size_t width = (size_t)raster->width;
    memset(raster->taken, 0, width * (size_t)raster->height);
    raster->ground_flat = one_color != NULL;
    raster->ground_color = one_color ? *one_color : 0;
    if (one_color)
        return;
    for (int row = 0; row < raster->height; row++)
        memcpy(raster->ground + (size_t)row * width, picture->pixels + (long)row * picture->stride,
               width * sizeof *raster->ground);
}

static void paint_part(void *arg, int row, int from, int to, int cover)
{
    const struct raster_brush *brush = arg;
    uint32_t *pixels = brush->picture->pixels + (long)row * brush->picture->stride;
    size_t start = (size_t)row * (size_t)brush->raster->width;
    const uint32_t *ground = brush->raster->ground + start;
    uint8_t *taken = brush->raster->taken + start;
    static const uint8_t none[32] = {0};
    bool flat = brush->raster->ground_flat;
    int x = from;
    if (cover == 255 && brush->alpha == 255) {
        for (; x + 32 <= to && memcmp(taken + x, none, 32) == 0; x += 32) {
            memset(taken + x, 255, 32);
            for (int k = 0; k < 32; k++)
                pixels[x + k] = brush->full;
        }
        for (; x + 8 <= to && memcmp(taken + x, none, 8) == 0; x += 8) {
            memset(taken + x, 255, 8);
            for (int k = 0; k < 8; k++)
                pixels[x + k] = brush->full;
        }
    }
    for (; x < to; x++) {
        int left = 255 - taken[x], here = cover < left ? cover : left;
        taken[x] = (uint8_t)(taken[x] + here);
        int weight = over_255(here * brush->alpha);
        pixels[x] = weight == 255 ? brush->full
                                  : mix(brush, pixels[x],
                                        flat ? brush->raster->ground_color : ground[x], weight);
    }
}

void raster_paint_part(struct raster *raster, const struct raster_picture *picture,
                       struct style_color color)
{
    struct raster_brush brush = brush_of(raster, picture, color);
    raster_sweep(raster, paint_part, &brush);
}
