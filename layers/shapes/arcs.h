/* arcs.h - rings and lines cut into arcs, so that a border of two polygons is one arc.
 *
 * Rings and lines are given as sequences of integer positions; equal positions are
 * one vertex. Paths are cut at every vertex that has not exactly two neighbours.
 * Simplifying an arc changes the border of both its sides alike, so no gap and no overlap
 * can appear between them.
 *
 * Owns:    its arrays. Immutable once built.
 * Threads: any may read.
 * Units:   layers/shapes/merc.h.
 * Errors:  NULL when memory is short.
 */
#ifndef LAYERS_ARCS_H
#define LAYERS_ARCS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arc_xy {
    int32_t x, y;
};

struct arc_box {
    int32_t min_x, min_y, max_x, max_y;
};

/* A ring without its closing position, or a line. Successive positions differ. */
struct arc_path {
    uint32_t first, count; /* in the positions given */
    uint32_t feature;
    bool ring;
};

struct arc {
    uint32_t first, count; /* in `xy`, both ends included; a closed arc repeats its start */
    uint32_t tail, head;   /* vertices; arcs with equal ones meet there */
    int32_t left, right;   /* path that runs along it forward / backward, or -1 */
    struct arc_box box;
    bool crowded; /* more than one path on a side: never simplified */
};

struct arcs {
    struct arc *arcs;
    size_t n_arcs;
    struct arc_xy *xy;
    size_t n_xy;
    /* Path p runs along refs[path_first[p]] .. refs[path_first[p + 1] - 1]:
     * arc a forward is a, backward is ~a. */
    int32_t *refs;
    uint32_t *path_first;
    size_t n_paths;
    size_t n_vertices; /* distinct positions */
};

struct arcs *arcs_build(const struct arc_xy *xy, const struct arc_path *paths, size_t n_paths);
/* Finds the outer outline of all polygons. outline[arc] is 1 on that outline; it is 0
 * for an arc with polygons on both sides, for the edge of a hole that no polygon
 * covers (a lake), and for the edge of an island in such a hole. Arcs with a polygon
 * on one side only are joined into loops; a loop is outer if its area is positive, as
 * that of shells is. Loops that touch in a vertex may count as one. False: memory. */
bool arcs_outline(const struct arcs *arcs, uint8_t *outline);
void arcs_free(struct arcs *arcs); /* NULL is fine */

#endif
