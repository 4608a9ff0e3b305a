/* planar.h - rings laid into one planar graph: where they cross or touch they
 * are cut, and the faces between them know which rings lie around them. From
 * the faces come rings again, valid ones: none touches itself, shells and holes
 * are told apart.
 *
 * planar_start(), planar_add_ring() for every ring, planar_node(), then
 * planar_faces() and, once what changes hands is in `given`, planar_trace().
 *
 * Crossings are rounded to whole coordinates, and what that bends is looked at
 * again until nothing crosses (iterated noding). No vertex is ever moved.
 *
 * Owns:    its arrays, kept from one start to the next; planar_free().
 * Threads: one at a time.
 * Units:   any integers; "left" is where the cross product is positive.
 * Errors:  `failed` is sticky until the next start: memory, or noding that does
 *          not come to an end; functions then return false.
 */
#ifndef LAYERS_PLANAR_H
#define LAYERS_PLANAR_H

#include "layers/arcs.h"

#define PLANAR_NONE UINT32_MAX
#define PLANAR_AS_IS (-1)

/* An edge runs along rings of `mark`: sign more of them forward than backward. */
struct planar_use {
    int32_t mark, sign;
    uint32_t next; /* or PLANAR_NONE */
};

struct planar_edge {
    uint32_t a, b; /* vertices */
    uint32_t uses; /* the first, or PLANAR_NONE */
    uint32_t seen; /* when it was last tested: planar_internal.h's stamp */
    bool dead;     /* cut in pieces */
    bool placed;   /* in the grid */
    bool bridge;   /* it bounds nothing but parts faces */
};

struct planar_count {
    int32_t mark, count;
};

/* A face's outline, or a hole in one: half-edges with the face on their left. */
struct planar_cycle {
    double area2, length; /* twice its area, negative: around what it encloses */
    uint32_t half;        /* one of its half-edges */
    uint32_t cover, n_cover;
    int32_t given; /* the mark that gets it alone, or PLANAR_AS_IS */
    bool known;    /* its cover is */
};

struct planar_ring {
    int32_t mark;
    uint32_t first, count; /* in ring_vertices */
    bool hole;             /* of the last shell before it */
    double area2;          /* twice its area; holes have a negative one */
};

struct planar_table { /* open addressing: key -> number */
    uint64_t *keys;
    uint32_t *values;
    size_t mask, cap;
};

struct planar {
    struct arc_xy *xy;
    struct planar_edge *edges;
    struct planar_use *uses;
    size_t n_xy, n_edges, n_uses;
    bool failed;
    /* After planar_faces(): half-edge 2i runs along live[i] forward, 2i + 1 back. */
    uint32_t *live;
    size_t n_live;
    uint32_t *next, *cycle_of; /* by half-edge */
    struct planar_cycle *cycles;
    size_t n_cycles;
    struct planar_count *covers;
    /* After planar_trace(): by mark, each shell before its holes. */
    struct planar_ring *rings;
    uint32_t *ring_vertices;
    size_t n_rings, n_ring_vertices;
    struct planar_inner *inner;
};

struct planar *planar_new(void);         /* NULL: memory */
void planar_free(struct planar *planar); /* NULL is fine */

/* Empty again, for about so many segments. */
bool planar_start(struct planar *planar, size_t segments);
uint32_t planar_vertex(struct planar *planar, struct arc_xy at);
/* What lies left of the way from one vertex to the other belongs to mark (0 or
 * more); mark < 0: a bridge. */
void planar_add(struct planar *planar, uint32_t from, uint32_t to, int32_t mark);
/* All round, without a closing position. */
void planar_add_ring(struct planar *planar, const struct arc_xy *xy, size_t n, int32_t mark);
/* Cuts where segments meet. May be called again when more was added. */
bool planar_node(struct planar *planar);
/* Cuts an edge at vertices near it, in any order. Then planar_node() again. */
void planar_cut(struct planar *planar, uint32_t edge, uint32_t *vertices, size_t n);
/* Calls fn for every edge that may come within the box; after planar_node(). */
void planar_near(struct planar *planar, const struct arc_box *box,
                 void (*fn)(void *arg, uint32_t edge), void *arg);

bool planar_faces(struct planar *planar);
/* Rings around what marks 0 .. n_marks - 1 own: faces they cover, but for those
 * given to one of them alone. */
bool planar_trace(struct planar *planar, size_t n_marks);

static inline uint32_t planar_origin(const struct planar *planar, uint32_t half)
{
    const struct planar_edge *edge = &planar->edges[planar->live[half >> 1]];
    return half & 1 ? edge->b : edge->a;
}

#endif
