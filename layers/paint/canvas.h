/* canvas.h - geometry in Web Mercator steps onto a cairo surface, clipped
 * before cairo sees it: what lies outside costs next to nothing.
 *
 * Owns:    scratch memory for one path at a time.
 * Threads: one canvas per thread.
 * Units:   steps (layers/merc.h) in, device pixels on the surface.
 * Errors:  short memory sets `failed`, which stays set; check it at the end.
 */
#ifndef LAYERS_CANVAS_H
#define LAYERS_CANVAS_H

#include <stdbool.h>

#include "layers/geometry.h"

struct canvas_clip {
    int64_t min_x, min_y, max_x, max_y; /* steps */
};

struct _cairo; /* cairo_t */

struct canvas {
    struct _cairo *cr;
    double origin_x, origin_y; /* steps, of the left upper corner */
    double scale;              /* device pixels per step */
    double pixel_ratio;        /* device pixels per CSS pixel */
    int width_px, height_px;   /* device pixels */
    int level;                 /* of geometry */
    struct canvas_clip clip;   /* what may still touch the picture */
    /* Pixels of an image surface, for what is drawn faster without cairo;
     * NULL for a vector surface. */
    uint32_t *pixels;
    int stride;            /* pixels */
    struct raster *raster; /* of the size of the picture; NULL without pixels */
    /* The path being built, in device pixels. */
    double *xy;
    size_t n_xy, cap_xy;
    bool far, failed;
};

/* The picture's corner and scale; margin_px of device pixels around it count
 * as inside. */
void canvas_place(struct canvas *canvas, double origin_x, double origin_y, double steps_per_px,
                  double margin_px);
void canvas_free(struct canvas *canvas); /* its scratch memory */

/* Rings: begin, arcs one after another (ref as in struct arcs), end. Adds a
 * closed subpath to cairo's path. */
void canvas_ring_begin(struct canvas *canvas);
void canvas_ring_arc(struct canvas *canvas, const struct geometry *geometry, int32_t ref);
void canvas_ring_end(struct canvas *canvas);

/* With pixels: an arc as edges of a region, forward or backward. */
void canvas_edge(struct canvas *canvas, const struct geometry *geometry, int32_t ref);
/* With pixels: an arc as one of raster's thin lines. */
void canvas_thin(struct canvas *canvas, const struct geometry *geometry, uint32_t arc,
                 double width_px);

/* The part of a segment in the neighbourhood of the picture; false: none. */
bool canvas_cut_segment(const struct canvas *canvas, double *ax, double *ay, double *bx,
                        double *by);

/* An arc as open subpaths, the parts outside left out. */
void canvas_line(struct canvas *canvas, const struct geometry *geometry, uint32_t arc);
/* Dash and gap by turns, in device pixels; n 0: none. */
enum { CANVAS_DASHES = 32 };
struct canvas_dashes {
    double px[CANVAS_DASHES], begin_px; /* where in them a line begins */
    int n;
};

/* The same stroked at once with dashes that run on from tile to tile. */
void canvas_dashed(struct canvas *canvas, const struct geometry *geometry, uint32_t arc,
                   const struct canvas_dashes *dashes);

#endif
