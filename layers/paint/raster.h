/* raster.h - exact coverage of pixels by polygons, and their colour.
 *
 * Each edge adds its signed area to the cells it crosses (the accumulation of
 * FreeType's and AGG's smooth rasterizers); the running sum along a row is
 * the coverage. Edges need no order and no closing: a border shared by two
 * regions is added forward to one and backward to the other, and their
 * coverages add up to one. Three to five times as fast as a general library
 * on the short edges of a map, and exact where that one samples.
 *
 * Owns:    its cells. Threads: one raster per thread.
 * Units:   pixels from the left upper corner; regions lie so that their sum is
 *          positive or negative throughout (winding rule, cut at one).
 */
#ifndef LAYERS_RASTER_H
#define LAYERS_RASTER_H

#include <stdbool.h>
#include <stdint.h>

#include "styles/style.h"

struct raster;

/* A picture in memory; ground is what it was before the layer (see below). */
struct raster_picture {
    uint32_t *pixels; /* premultiplied 0xAARRGGBB */
    int width_px, height_px, stride;
};

struct raster *raster_new(void); /* NULL: memory */
void raster_free(struct raster *raster);

/* For pictures of this size; false: memory. */
bool raster_resize(struct raster *raster, int width_px, int height_px);

/* An edge of the region; any coordinates. */
void raster_edge(struct raster *raster, double x0, double y0, double x1, double y1);

/* Thin lines of one colour: begin, each line, end. A line of n positions (x, y
 * interleaved) has mitres where they are short, bevels elsewhere, butt ends.
 * Where lines lie over each other the stronger one shows, not their sum. */
void raster_lines_begin(struct raster *raster);
void raster_line(struct raster *raster, const double *xy, size_t n, double width_px);
bool raster_lines_any(const struct raster *raster); /* that a picture would show */
void raster_lines_paint(struct raster *raster, const struct raster_picture *picture,
                        struct style_color color);

/* How much of the picture the region covers: nothing, all, or some of it. What is
 * not RASTER_SOME is forgotten. */
enum raster_reach { RASTER_NONE, RASTER_SOME, RASTER_ALL };
enum raster_reach raster_reach(struct raster *raster);
/* What a pixel becomes that a color covers whole. */
uint32_t raster_over(uint32_t pixel, struct style_color color);

/* Paints the region over the picture and forgets it. */
void raster_paint(struct raster *raster, const struct raster_picture *picture,
                  struct style_color color);

/* For regions that part the picture between them: begin takes the picture as
 * the ground (one_color: what all of it is, or NULL), then each region takes of a
 * pixel what is not taken yet. Nothing of the ground shines through where two
 * regions meet. */
void raster_parts_begin(struct raster *raster, const struct raster_picture *picture,
                        const uint32_t *one_color);
void raster_paint_part(struct raster *raster, const struct raster_picture *picture,
                       struct style_color color);

#endif
