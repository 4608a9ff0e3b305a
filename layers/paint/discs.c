/* discs.c - draws circles with a stroke into a pixel buffer. */
#include "layers/paint/discs.h"

#include <math.h>

/* A colour premultiplied by its alpha, 0-255. */
struct discs_color {
    float a, r, g, b;
};

static struct discs_color ink_of(struct style_color color)
{
    float a = color.a * 255;
    return (struct discs_color){a, color.r * a, color.g * a, color.b * a};
}

static uint32_t pack(struct discs_color color)
{
    return (uint32_t)(color.a + 0.5f) << 24 | (uint32_t)(color.r + 0.5f) << 16 |
           (uint32_t)(color.g + 0.5f) << 8 | (uint32_t)(color.b + 0.5f);
}

/* Blends the colour over the pixel. */
static void blend(uint32_t *pixel, struct discs_color color)
{
    float keep = 1 - color.a / 255;
    uint32_t old = *pixel;
    color.a += keep * (float)(old >> 24);
    color.r += keep * (float)(old >> 16 & 255);
    color.g += keep * (float)(old >> 8 & 255);
    color.b += keep * (float)(old & 255);
    *pixel = pack(color);
}

/* GLSL's smoothstep(0, 1, v). */
static float smooth01(float v)
{
    v = v < 0 ? 0 : v > 1 ? 1 : v;
    return v * v * (3 - 2 * v);
}

static struct discs_color mix(struct discs_color in, struct discs_color rim, float part,
                              float cover)
{
    float a = (1 - part) * cover, b = part * cover;
    return (struct discs_color){in.a * a + rim.a * b, in.r * a + rim.r * b, in.g * a + rim.g * b,
                                in.b * a + rim.b * b};
}

void disc_draw(const struct disc_picture *picture, double x_px, double y_px, double radius_px,
               struct style_color color, double rim_px, struct style_color rim_color)
{
    float radius = (float)radius_px, outer = radius + (float)rim_px;
    double reach = outer;
    if (x_px + reach < 0 || y_px + reach < 0 || x_px - reach > picture->width_px ||
        y_px - reach > picture->height_px)
        return;
    struct discs_color in = ink_of(color), rim = ink_of(rim_color);
    int y0 = (int)floor(y_px - reach), y1 = (int)ceil(y_px + reach);
    int x0 = (int)floor(x_px - reach), x1 = (int)ceil(x_px + reach);
    y0 = y0 < 0 ? 0 : y0;
    x0 = x0 < 0 ? 0 : x0;
    y1 = y1 > picture->height_px ? picture->height_px : y1;
    x1 = x1 > picture->width_px ? picture->width_px : x1;
    float solid = (rim_px > 0 ? radius : outer) - 1;
    solid = solid > 0 ? solid * solid : 0;
    uint32_t full = pack(in);
    for (int y = y0; y < y1; y++) {
        uint32_t *row = picture->pixels + (long)y * picture->stride;
        float dy = (float)(y + 0.5 - y_px), dy2 = dy * dy;
        for (int x = x0; x < x1; x++) {
            float dx = (float)(x + 0.5 - x_px), d2 = dx * dx + dy2;
            if (d2 >= outer * outer)
                continue;
            if (d2 <= solid && color.a >= 1) {
                row[x] = full;
                continue;
            }
            float d = sqrtf(d2);
            blend(&row[x],
                  mix(in, rim, rim_px > 0 ? smooth01(d - radius + 1) : 0, smooth01(outer - d)));
        }
    }
}
