/* planar_internal.h - shared by planar.c and planar_faces.c. */
#ifndef LAYERS_PLANAR_INTERNAL_H
#define LAYERS_PLANAR_INTERNAL_H

#include "layers/shapes/planar.h"

struct planar_node {
    uint32_t edge, next; /* in a cell's list */
};

struct planar_inner {
    struct planar_table vertices, edges;
    size_t cap_xy, cap_edges, cap_uses;
    bool narrow; /* products of differences fit 64 bits */
    /* The grid. */
    uint32_t *heads;
    struct planar_node *nodes;
    size_t n_nodes, cap_heads, cap_nodes, columns, rows;
    double origin_x, origin_y, cell;
    bool laid;
    uint32_t stamp;  /* of the edge being tested */
    uint32_t *cells; /* of one edge */
    size_t n_cells, cap_cells;
    /* Edges that were not tested yet. */
    uint32_t *queue;
    size_t n_queue, done, cap_queue;
    uint32_t *cuts; /* vertices on the edge being tested */
    size_t n_cuts, cap_cuts;
    /* Faces. */
    uint32_t *first, *around, *place; /* half-edges around a vertex, by angle; place in it */
    size_t cap_live, cap_next, cap_cycle_of, cap_first, cap_around, cap_place;
    size_t cap_cycles, n_covers, cap_covers;
    uint32_t *stack;
    size_t cap_stack;
    struct planar_count *base;
    size_t n_base, cap_base;
    /* Tracing. */
    uint32_t *of_first, *of, *flag, *seen, *path;
    size_t cap_of_first, cap_of, cap_flag, cap_seen, cap_path;
    struct planar_ring *loops;
    uint32_t *parents;
    size_t n_loops, cap_loops, cap_parents;
    uint32_t *loop_vertices;
    size_t n_loop_vertices, cap_loop_vertices;
    size_t cap_rings, cap_ring_vertices;
};

/* Room for n items; false, and failed, when memory is short. */
bool planar_grow(struct planar *planar, void *array, size_t *cap, size_t n, size_t size);
/* The sign of the cross product (b - a) x (c - a). */
int planar_side(const struct planar *planar, struct arc_xy a, struct arc_xy b, struct arc_xy c);
size_t planar_row(const struct planar *planar, double y);
size_t planar_column(const struct planar *planar, double x);

#endif
