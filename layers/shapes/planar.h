/* planar.h - a planar graph built from rings, and valid rings traced from its faces.
 *
 * Rings are cut where they cross or touch. Each face between them knows which rings
 * cover it. The rings traced from the faces are valid: none touches itself, and
 * shells are told from holes.
 *
 * Order of calls: planar_start(), planar_add_ring() for every ring, planar_node(),
 * planar_faces(). Then the caller may assign faces to another owner (`given`), and
 * calls planar_trace().
 *
 * Crossings are rounded to integer coordinates. That bends edges slightly, so they are
 * tested again until none cross (iterated noding). Vertices of the input never move.
 *
 * Owns:    its arrays, kept from one start to the next; planar_free().
 * Threads: one at a time.
 * Units:   any integers; "left" is where the cross product is positive.
 * Errors:  `failed` stays set until the next start: memory, or noding that does
 *          not terminate. Functions then return false.
 */
#ifndef LAYERS_PLANAR_H
#define LAYERS_PLANAR_H

#include "layers/shapes/arcs.h"

#define PLANAR_NONE UINT32_MAX
#define PLANAR_AS_IS (-1)

/* How many rings of the owner `mark` run along an edge: forward less backward. */
struct planar_use {
    int32_t mark, sign;
    uint32_t next; /* or PLANAR_NONE */
};

struct planar_edge {
    uint32_t a, b; /* vertices */
    uint32_t uses; /* the first, or PLANAR_NONE */
    uint32_t seen; /* when it was last tested: planar_internal.h's stamp */
    bool dead;     /* replaced by its pieces */
    bool placed;   /* in the grid */
    bool bridge;   /* bounds no ring, only divides a face */
};

struct planar_count {
    int32_t mark, count;
};

/* The outline of a face, or of a hole in one: half-edges with the face on their left. */
struct planar_cycle {
    double area2, length;    /* area2: twice the area, negative for a hole's outline */
    uint32_t half;           /* one of its half-edges */
    uint32_t cover, n_cover; /* in `covers`: the rings that cover the face, by mark */
    int32_t given;           /* the mark that gets the face alone, or PLANAR_AS_IS */
    bool known;              /* cover and n_cover are set */
};

struct planar_ring {
    int32_t mark;
    uint32_t first, count; /* in ring_vertices */
    bool hole;             /* in the nearest shell before it in the list */
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

/* Empties the graph and reserves room for about so many segments. */
bool planar_start(struct planar *planar, size_t segments);
uint32_t planar_vertex(struct planar *planar, struct arc_xy at);
/* An edge of a ring of `mark` (0 or more), whose inside is on the left; mark < 0: a
 * bridge. */
void planar_add(struct planar *planar, uint32_t from, uint32_t to, int32_t mark);
/* A ring, without its closing position. */
void planar_add_ring(struct planar *planar, const struct arc_xy *xy, size_t n, int32_t mark);
/* Cuts edges where they meet. To be called again after more were added. */
bool planar_node(struct planar *planar);
/* Cuts an edge at vertices near it, in any order. Then planar_node() again. */
void planar_cut(struct planar *planar, uint32_t edge, uint32_t *vertices, size_t n);
/* Calls fn for every edge that may come within the box; after planar_node(). */
void planar_near(struct planar *planar, const struct arc_box *box,
                 void (*fn)(void *arg, uint32_t edge), void *arg);

bool planar_faces(struct planar *planar);
/* Rings around the faces that each of the marks 0 .. n_marks - 1 owns. A face belongs
 * to the marks that cover it or, if `given`, to that mark alone. */
bool planar_trace(struct planar *planar, size_t n_marks);

static inline uint32_t planar_origin(const struct planar *planar, uint32_t half)
{
    const struct planar_edge *edge = &planar->edges[planar->live[half >> 1]];
    return half & 1 ? edge->b : edge->a;
}

#endif
