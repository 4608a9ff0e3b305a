/* discs.h - filled circles with a rim, straight into the pixels.
 *
 * Coverage is MapLibre's circle shader: by the distance of the pixel's centre
 * from the circle's, full to one device pixel inside the edge, from there down
 * to nothing at it as smoothstep() has it; so goes the disc over into its rim.
 * About 0.2 us a circle of 5 px, a twentieth of what a general path costs.
 *
 * Threads: one picture, one thread.
 * Units:   pixels; centres are from the picture's left upper corner.
 */
#ifndef LAYERS_DISCS_H
#define LAYERS_DISCS_H

#include <stdint.h>

#include "styles/style.h"

struct disc_picture {
    uint32_t *pixels; /* premultiplied 0xAARRGGBB */
    int width_px, height_px, stride;
};

/* The rim lies outside the radius, as in MapLibre. */
void disc_draw(const struct disc_picture *picture, double x_px, double y_px, double radius_px,
               struct style_color color, double rim_px, struct style_color rim);

#endif
