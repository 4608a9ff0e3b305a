/* raster.h - rasterizes polygons with exact coverage of pixels, and paints them.
 *
 * Each edge adds its signed area to the cells it crosses (the accumulation of
 * FreeType's and AGG's smooth rasterizers); the running sum along a row is
 * the coverage. Edges may come in any order, and rings need not be closed. A border shared
 * by two regions is added forward to one and backward to the other, so their coverages add
 * up to one. On the short edges of maps this is three to five times as fast as a general
 * library, and exact where that one samples.
 *
 * Owns:    its cells. Threads: one raster per thread.
 * Units:   pixels from the left upper corner. The rings of a region must be oriented
 *          alike: coverage is the absolute winding sum, at most 1.
 */
#ifndef LAYERS_RASTER_H
#define LAYERS_RASTER_H

#include <stdbool.h>
#include <stdint.h>

#include "styles/style.h"

struct raster;

/* A picture in memory. */
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
 * Where lines overlap a pixel gets the largest of their coverages, not the sum. */
void raster_lines_begin(struct raster *raster);
void raster_line(struct raster *raster, const double *xy, size_t n, double width_px);
bool raster_lines_any(const struct raster *raster); /* some line touches the picture */
void raster_lines_paint(struct raster *raster, const struct raster_picture *picture,
                        struct style_color color);

/* How much of the picture the region covers: nothing, some or all of it. If none or
 * all, the region's edges are cleared: there is nothing left to paint. */
enum raster_reach { RASTER_NONE, RASTER_SOME, RASTER_ALL };
enum raster_reach raster_reach(struct raster *raster);
/* The pixel with `color` blended over the whole of it. */
uint32_t raster_over(uint32_t pixel, struct style_color color);

/* Paints the region over the picture and clears it. */
void raster_paint(struct raster *raster, const struct raster_picture *picture,
                  struct style_color color);

/* For regions that do not overlap, as municipalities. begin saves the picture as the
 * background (one_color: its colour if all of it has one, else NULL). Each region then
 * gets at most the share of a pixel that earlier regions left. So the background does
 * not show through where two regions meet. */
void raster_parts_begin(struct raster *raster, const struct raster_picture *picture,
                        const uint32_t *one_color);
void raster_paint_part(struct raster *raster, const struct raster_picture *picture,
                       struct style_color color);

#endif
