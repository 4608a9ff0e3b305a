/* pixel.h - converts cairo's premultiplied pixels to straight ones for files. */
#ifndef LAYERS_PIXEL_H
#define LAYERS_PIXEL_H

#include <stdbool.h>
#include <stdint.h>

/* The straight colour, rounded as cairo's PNG writer does. */
static inline uint32_t pixel_straight(uint32_t pixel, bool opaque)
{
    uint32_t alpha = pixel >> 24;
    if (opaque || alpha == 255)
        return pixel | 0xFF000000u;
    if (alpha == 0)
        return 0;
    uint32_t r = ((pixel >> 16 & 255) * 255 + alpha / 2) / alpha;
    uint32_t g = ((pixel >> 8 & 255) * 255 + alpha / 2) / alpha;
    uint32_t b = ((pixel & 255) * 255 + alpha / 2) / alpha;
    return alpha << 24 | (r > 255 ? 255 : r) << 16 | (g > 255 ? 255 : g) << 8 | (b > 255 ? 255 : b);
}

#endif
