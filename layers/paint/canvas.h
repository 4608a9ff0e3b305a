/* canvas.h - draws geometry in Web Mercator steps on a cairo surface. It is clipped first,
 * so that geometry outside costs next to nothing.
 *
 * Owns:    scratch memory for one path at a time.
 * Threads: one canvas per thread.
 * Units:   steps (layers/shapes/merc.h) in, device pixels on the surface.
 * Errors:  short memory sets `failed`, which stays set; check it at the end.
 */
#ifndef LAYERS_CANVAS_H
#define LAYERS_CANVAS_H

#include <stdbool.h>

#include "layers/shapes/geometry.h"

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
    int level;                 /* level of the geometry */
    struct canvas_clip clip;   /* what may still touch the picture */
    /* Pixels of an image surface, for our own drawing; NULL for a vector surface. */
    uint32_t *pixels;
    int stride;            /* pixels */
    struct raster *raster; /* of the size of the picture; NULL without pixels */
    /* The path being built, in device pixels. */
    double *xy;
    size_t n_xy, cap_xy;
    bool far, failed;
};

/* Sets corner and scale of the picture; margin_px device pixels around it count as inside. */
void canvas_place(struct canvas *canvas, double origin_x, double origin_y, double steps_per_px,
                  double margin_px);
void canvas_free(struct canvas *canvas); /* its scratch memory */

/* A ring: begin, its arcs in order (ref as in struct arcs), end. Adds a closed subpath to
 * cairo's path. */
void canvas_ring_begin(struct canvas *canvas);
void canvas_ring_arc(struct canvas *canvas, const struct geometry *geometry, int32_t ref);
void canvas_ring_end(struct canvas *canvas);

/* With pixels: adds an arc as edges of the raster's region, forward or backward. */
void canvas_edge(struct canvas *canvas, const struct geometry *geometry, int32_t ref);
/* With pixels: draws an arc as one of the raster's thin lines. */
void canvas_thin(struct canvas *canvas, const struct geometry *geometry, uint32_t arc,
                 double width_px);

/* Clips a segment to the neighbourhood of the picture; false: nothing is left. */
bool canvas_cut_segment(const struct canvas *canvas, double *ax, double *ay, double *bx,
                        double *by);

/* Adds an arc as open subpaths, without the parts outside. */
void canvas_line(struct canvas *canvas, const struct geometry *geometry, uint32_t arc);
/* Dashes and gaps, alternating, in device pixels; n 0: none. */
enum { CANVAS_DASHES = 32 };
struct canvas_dashes {
    double px[CANVAS_DASHES], begin_px; /* where in the pattern a line starts */
    int n;
};

/* Strokes the arc with dashes that continue from tile to tile. */
void canvas_dashed(struct canvas *canvas, const struct geometry *geometry, uint32_t arc,
                   const struct canvas_dashes *dashes);

#endif
