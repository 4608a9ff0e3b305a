/* color.h - CSS colours: parsing and interpolation, as in MapLibre.
 *
 * Units:   straight sRGB, every part 0–1.
 * Threads: any; nothing is kept.
 *
 * Sources: CSS Color 4 (names, hex, rgb(), hsl()) in the subset that the
 * MapLibre style specification takes; Lab and HCL relative to D50, with the
 * sRGB matrices of M. Bostock, "Lab and RGB" (observablehq.com/@mbostock/lab-and-rgb).
 */
#ifndef STYLES_COLOR_H
#define STYLES_COLOR_H

#include <stdbool.h>

struct color {
    double r, g, b, a;
};

enum color_space { COLOR_RGB, COLOR_HCL, COLOR_LAB };

/* Name, "transparent", #rgb[a], #rrggbb[aa], rgb[a](…), hsl[a](…). */
bool color_parse(const char *text, struct color *out);

/* t from 0 (from) to 1 (to). */
struct color color_mix(struct color from, struct color to, double t, enum color_space space);

#endif
