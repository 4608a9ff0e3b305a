#include "layers/draw.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layers/discs.h"
#include "layers/raster.h"

/* One arc of the border of a region of one paint. */
struct edge {
    int32_t ref;
    int32_t rank, other; /* of the region, and of what lies beyond: -1 nothing */
    int32_t next;        /* edge with the same tail, or -1 */
    bool used;
};

struct drawer {
    struct canvas *canvas;
    struct raster *raster; /* lent to canvases with pixels */
    uint64_t *bits;        /* features, arcs or points that may touch the picture */
    size_t cap_bits;
    int32_t *rank; /* by feature: place of its paint in this picture, or -1 */
    size_t cap_rank;
    int32_t *at_vertex; /* by vertex: first edge that starts there, or -1 */
    size_t cap_vertex;
    struct edge *edges;
    size_t n_edges, cap_edges;
    uint32_t *found; /* features or points in the order of drawing */
    size_t n_found, cap_found;
    int32_t *rank_of_paint, *paint_of_rank;
    size_t cap_paints;
    /* The one colour everything has so far; then opacity can be worked out
     * beforehand, and what is drawn is opaque. */
    bool flat;
    struct style_color ground;
};

struct drawer *drawer_new(void)
{
    struct drawer *drawer = calloc(1, sizeof *drawer);
    if (drawer && !(drawer->raster = raster_new())) {
        free(drawer);
        return NULL;
    }
    return drawer;
}

void drawer_free(struct drawer *drawer)
{
    if (!drawer)
        return;
    raster_free(drawer->raster);
    free(drawer->bits);
    free(drawer->rank);
    free(drawer->at_vertex);
    free(drawer->edges);
    free(drawer->found);
    free(drawer->rank_of_paint);
    free(drawer->paint_of_rank);
    free(drawer);
}

bool drawer_start(struct drawer *drawer, struct canvas *canvas)
{
    drawer->canvas = canvas;
    drawer->flat = false;
    canvas->raster = canvas->pixels ? drawer->raster : NULL;
    return !canvas->raster || raster_resize(drawer->raster, canvas->width_px, canvas->height_px);
}

static struct raster_picture picture_of(const struct canvas *canvas)
{
    return (struct raster_picture){canvas->pixels, canvas->width_px, canvas->height_px,
                                   canvas->stride};
}

/* Pixels are ours between these two, cairo's otherwise. */
static void pixels_begin(const struct canvas *canvas)
{
    cairo_surface_flush(cairo_get_target(canvas->cr));
}

static void pixels_end(const struct canvas *canvas)
{
    cairo_surface_mark_dirty(cairo_get_target(canvas->cr));
}

double draw_margin(const struct view *view, double pixel_ratio)
{
    double margin = 1;
    for (size_t i = 0; i < view->n_paints; i++) {
        const struct view_paint *paint = &view->paints[i];
        double reach = view->type == STYLE_CIRCLE ? paint->size_px + paint->stroke_px
                       : view->type == STYLE_LINE ? paint->size_px * 2 /* mitres */
                                                  : 1;
        margin = fmax(margin, reach);
    }
    return (margin + 2) * pixel_ratio;
}

/* Room for n items; what is new is set to `fill` bytes. */
static bool grow(void *array, size_t *cap, size_t n, size_t size, int fill)
{
    void **data = array;
    if (n <= *cap)
        return true;
    size_t more = n + n / 2 + 16;
    char *grown = realloc(*data, more * size);
    if (!grown)
        return false;
    memset(grown + *cap * size, fill, (more - *cap) * size);
    *data = grown;
    *cap = more;
    return true;
}

static void set_color(cairo_t *cr, struct style_color color)
{
    cairo_set_source_rgba(cr, color.r, color.g, color.b, color.a);
}

static struct arc_box clip_box(const struct canvas_clip *clip)
{
#define CUT(v) ((int32_t)((v) < INT32_MIN ? INT32_MIN : (v) > INT32_MAX ? INT32_MAX : (v)))
    return (struct arc_box){CUT(clip->min_x), CUT(clip->min_y), CUT(clip->max_x), CUT(clip->max_y)};
#undef CUT
}

/* Items of a tree that may touch the picture, in ascending order. */
static bool find(struct drawer *drawer, const struct geo_rtree *tree, size_t n_items)
{
    size_t words = (n_items + 63) / 64;
    if (!grow(&drawer->bits, &drawer->cap_bits, words, sizeof *drawer->bits, 0))
        return false;
    memset(drawer->bits, 0, words * sizeof *drawer->bits);
    struct arc_box box = clip_box(&drawer->canvas->clip);
    geometry_mark(tree, &box, drawer->bits);
    size_t n = 0;
    for (size_t w = 0; w < words; w++)
        n += (size_t)__builtin_popcountll(drawer->bits[w]);
    if (!grow(&drawer->found, &drawer->cap_found, n, sizeof *drawer->found, 0))
        return false;
    drawer->n_found = 0;
    for (size_t w = 0; w < words; w++)
        for (uint64_t bits = drawer->bits[w]; bits; bits &= bits - 1)
            drawer->found[drawer->n_found++] = (uint32_t)(w * 64 + (size_t)__builtin_ctzll(bits));
    return true;
}

/* ---- background ---------------------------------------------------------- */

static void draw_background(struct drawer *drawer, const struct view *view)
{
    cairo_t *cr = drawer->canvas->cr;
    set_color(cr, view->paints[0].color);
    cairo_paint(cr);
    drawer->flat = view->paints[0].color.a >= 1;
    drawer->ground = view->paints[0].color;
}

/* Device pixels: half of it covers the pixels that a border touches. */
#define UNDER_PX 1.5

/* ---- fills --------------------------------------------------------------- */

/* Features of the view in the picture; others are taken out of `found`. */
static bool find_features(struct drawer *drawer, const struct view *view)
{
    const struct geometry *geometry = view->geometry;
    if (!find(drawer, geometry->feature_tree, geometry->n_features))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < drawer->n_found; i++)
        if (view->paint_of[drawer->found[i]] >= 0)
            drawer->found[kept++] = drawer->found[i];
    drawer->n_found = kept;
    return true;
}

static bool add_edge(struct drawer *drawer, int32_t ref, int32_t rank, int32_t other)
{
    if (!grow(&drawer->edges, &drawer->cap_edges, drawer->n_edges + 1, sizeof *drawer->edges, 0))
        return false;
    drawer->edges[drawer->n_edges++] = (struct edge){ref, rank, other, -1, false};
    return true;
}

static uint32_t tail_of(const struct geometry *geometry, int32_t ref)
{
    return ref < 0 ? geometry->arcs->arcs[~ref].head : geometry->arcs->arcs[ref].tail;
}

/* Arcs with another paint (or nothing) on their other side. */
static bool gather_edges(struct drawer *drawer, const struct geometry *geometry)
{
    const struct arcs *arcs = geometry->arcs;
    drawer->n_edges = 0;
    for (size_t i = 0; i < drawer->n_found; i++) {
        uint32_t feature = drawer->found[i];
        int32_t rank = drawer->rank[feature];
        for (uint32_t p = geometry->feature_path[feature]; p < geometry->feature_path[feature + 1];
             p++)
            for (uint32_t r = arcs->path_first[p]; r < arcs->path_first[p + 1]; r++) {
                int32_t ref = arcs->refs[r];
                int32_t path = ref < 0 ? arcs->arcs[~ref].left : arcs->arcs[ref].right;
                int32_t other = path < 0 ? -1 : drawer->rank[geometry->paths[path].feature];
                if (rank != other && !add_edge(drawer, ref, rank, other))
                    return false;
            }
    }
    return true;
}

/* The border of all that has rank k, chained into rings. At a vertex
 * as many edges leave as arrive, so that every chain closes, whichever edge is
 * taken. */
static void region_path(struct drawer *drawer, const struct geometry *geometry, int32_t k)
{
    struct edge *edges = drawer->edges;
    for (size_t e = 0; e < drawer->n_edges; e++) {
        edges[e].used = edges[e].rank != k;
        if (!edges[e].used) {
            uint32_t tail = tail_of(geometry, edges[e].ref);
            edges[e].next = drawer->at_vertex[tail];
            drawer->at_vertex[tail] = (int32_t)e;
        }
    }
    for (size_t first = 0; first < drawer->n_edges; first++) {
        if (edges[first].used)
            continue;
        canvas_ring_begin(drawer->canvas);
        for (int32_t e = (int32_t)first; e >= 0;) {
            edges[e].used = true;
            canvas_ring_arc(drawer->canvas, geometry, edges[e].ref);
            uint32_t head = tail_of(geometry, ~edges[e].ref);
            for (e = drawer->at_vertex[head]; e >= 0 && edges[e].used;)
                e = edges[e].next;
            drawer->at_vertex[head] = e;
        }
        canvas_ring_end(drawer->canvas);
    }
    for (size_t e = 0; e < drawer->n_edges; e++)
        drawer->at_vertex[tail_of(geometry, edges[e].ref)] = -1;
}

static void feature_path(struct drawer *drawer, const struct geometry *geometry, uint32_t feature)
{
    const struct arcs *arcs = geometry->arcs;
    for (uint32_t p = geometry->feature_path[feature]; p < geometry->feature_path[feature + 1];
         p++) {
        canvas_ring_begin(drawer->canvas);
        for (uint32_t r = arcs->path_first[p]; r < arcs->path_first[p + 1]; r++)
            canvas_ring_arc(drawer->canvas, geometry, arcs->refs[r]);
        canvas_ring_end(drawer->canvas);
    }
}

static struct style_color over(struct style_color top, struct style_color ground)
{
    float keep = 1 - top.a;
    return (struct style_color){top.r * top.a + ground.r * keep, top.g * top.a + ground.g * keep,
                                top.b * top.a + ground.b * keep, 1};
}

/* Ranks for the paints in the picture, in the order of the view's paints: the
 * same two colours are laid over each other the same way in every tile. */
static bool rank_paints(struct drawer *drawer, const struct view *view, int32_t *n_ranks)
{
    if (!grow(&drawer->rank, &drawer->cap_rank, view->geometry->n_features, sizeof *drawer->rank,
              0xFF))
        return false;
    size_t cap = drawer->cap_paints;
    if (!grow(&drawer->rank_of_paint, &cap, view->n_paints, sizeof(int32_t), 0xFF))
        return false;
    cap = drawer->cap_paints;
    if (!grow(&drawer->paint_of_rank, &cap, view->n_paints, sizeof(int32_t), 0))
        return false;
    drawer->cap_paints = cap;
    for (size_t k = 0; k < view->n_paints; k++)
        drawer->rank_of_paint[k] = -1;
    for (size_t i = 0; i < drawer->n_found; i++)
        drawer->rank_of_paint[view->paint_of[drawer->found[i]]] = 0;
    *n_ranks = 0;
    for (size_t k = 0; k < view->n_paints; k++)
        if (drawer->rank_of_paint[k] == 0) {
            drawer->rank_of_paint[k] = *n_ranks;
            drawer->paint_of_rank[(*n_ranks)++] = (int32_t)k;
        }
    for (size_t i = 0; i < drawer->n_found; i++)
        drawer->rank[drawer->found[i]] = drawer->rank_of_paint[view->paint_of[drawer->found[i]]];
    return true;
}

/* Polygons that part the land, a paint at a time. Where two of them meet, both
 * cover a pixel in part, and the ground would show through both. So the first
 * one is let run under the border by a pixel's width before the second comes. */
static bool fill_parts(struct drawer *drawer, const struct view *view, int32_t n_ranks)
{
    const struct geometry *geometry = view->geometry;
    cairo_t *cr = drawer->canvas->cr;
    if (!grow(&drawer->at_vertex, &drawer->cap_vertex, geometry->arcs->n_vertices,
              sizeof *drawer->at_vertex, 0xFF) ||
        !gather_edges(drawer, geometry))
        return false;
    cairo_set_line_width(cr, UNDER_PX);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_BEVEL);
    for (int32_t k = 0; k < n_ranks; k++) {
        struct style_color color = view->paints[drawer->paint_of_rank[k]].color;
        region_path(drawer, geometry, k);
        set_color(cr, drawer->flat ? over(color, drawer->ground) : color);
        cairo_fill(cr);
        for (size_t e = 0; e < drawer->n_edges; e++)
            if (drawer->edges[e].rank == k && drawer->edges[e].other > k)
                canvas_line(drawer->canvas, geometry,
                            (uint32_t)(drawer->edges[e].ref < 0 ? ~drawer->edges[e].ref
                                                                : drawer->edges[e].ref));
        cairo_stroke(cr);
    }
    return true;
}

/* The same into pixels: regions share every pixel on their borders exactly,
 * and none is painted twice. */
static bool raster_parts(struct drawer *drawer, const struct view *view, int32_t n_ranks)
{
    struct canvas *canvas = drawer->canvas;
    struct raster_picture picture = picture_of(canvas);
    if (!gather_edges(drawer, view->geometry))
        return false;
    pixels_begin(canvas);
    raster_parts_begin(canvas->raster, &picture);
    for (int32_t k = 0; k < n_ranks; k++) {
        for (size_t e = 0; e < drawer->n_edges; e++)
            if (drawer->edges[e].rank == k)
                canvas_edge(canvas, view->geometry, drawer->edges[e].ref);
        raster_paint_part(canvas->raster, &picture, view->paints[drawer->paint_of_rank[k]].color);
    }
    pixels_end(canvas);
    return true;
}

static void feature_edges(struct canvas *canvas, const struct geometry *geometry, uint32_t feature)
{
    const struct arcs *arcs = geometry->arcs;
    for (uint32_t p = geometry->feature_path[feature]; p < geometry->feature_path[feature + 1]; p++)
        for (uint32_t r = arcs->path_first[p]; r < arcs->path_first[p + 1]; r++)
            canvas_edge(canvas, geometry, arcs->refs[r]);
}

static void raster_plain(struct drawer *drawer, const struct view *view)
{
    struct canvas *canvas = drawer->canvas;
    struct raster_picture picture = picture_of(canvas);
    pixels_begin(canvas);
    for (size_t i = 0; i < drawer->n_found; i++) {
        int32_t paint = view->paint_of[drawer->found[i]];
        feature_edges(canvas, view->geometry, drawer->found[i]);
        if (i + 1 == drawer->n_found || view->paint_of[drawer->found[i + 1]] != paint)
            raster_paint(canvas->raster, &picture, view->paints[paint].color);
    }
    pixels_end(canvas);
}

/* One by one in order, runs of the same paint together. */
static void fill_plain(struct drawer *drawer, const struct view *view)
{
    cairo_t *cr = drawer->canvas->cr;
    for (size_t i = 0; i < drawer->n_found; i++) {
        int32_t paint = view->paint_of[drawer->found[i]];
        feature_path(drawer, view->geometry, drawer->found[i]);
        if (i + 1 < drawer->n_found && view->paint_of[drawer->found[i + 1]] == paint)
            continue;
        set_color(cr, view->paints[paint].color);
        cairo_fill(cr);
    }
}

static bool same_color(struct style_color a, struct style_color b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

static void outline_features(struct drawer *drawer, const struct view *view)
{
    cairo_t *cr = drawer->canvas->cr;
    cairo_set_line_width(cr, drawer->canvas->pixel_ratio);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_BEVEL);
    for (size_t i = 0; i < drawer->n_found; i++) {
        const struct view_paint *paint = &view->paints[view->paint_of[drawer->found[i]]];
        if (paint->stroke.a <= 0 || same_color(paint->stroke, paint->color))
            continue;
        feature_path(drawer, view->geometry, drawer->found[i]);
        set_color(cr, paint->stroke);
        cairo_stroke(cr);
    }
}

static bool draw_fill(struct drawer *drawer, const struct view *view)
{
    cairo_t *cr = drawer->canvas->cr;
    int32_t n_ranks;
    if (!find_features(drawer, view) || !rank_paints(drawer, view, &n_ranks))
        return false;
    float alpha = n_ranks ? view->paints[drawer->paint_of_rank[0]].color.a : 1;
    bool even = true;
    for (int32_t k = 0; k < n_ranks; k++)
        even &= view->paints[drawer->paint_of_rank[k]].color.a == alpha;
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    bool ok = true;
    if (drawer->canvas->raster && view->geometry->tiling)
        ok = raster_parts(drawer, view, n_ranks);
    else if (drawer->canvas->raster)
        raster_plain(drawer, view);
    else if (n_ranks > 0 && view->geometry->tiling && (drawer->flat || (even && alpha >= 1)))
        ok = fill_parts(drawer, view, n_ranks);
    else
        fill_plain(drawer, view);
    outline_features(drawer, view);
    for (size_t i = 0; i < drawer->n_found; i++)
        drawer->rank[drawer->found[i]] = -1;
    drawer->flat = drawer->flat && n_ranks == 0;
    return ok;
}

/* ---- lines --------------------------------------------------------------- */

static bool drawn(const struct view *view, int32_t path)
{
    return path >= 0 && view->paint_of[view->geometry->paths[path].feature] >= 0;
}

/* The features on both sides: the one that is drawn decides how. */
static int32_t arc_paint(const struct view *view, uint32_t arc)
{
    const struct arc *a = &view->geometry->arcs->arcs[arc];
    int32_t path = drawn(view, a->left) ? a->left : drawn(view, a->right) ? a->right : -1;
    return path < 0 ? -1 : view->paint_of[view->geometry->paths[path].feature];
}

/* Up to this width no eye tells a round join or cap from a mitre. */
#define THIN_PX 2.0

static void thin_lines(struct drawer *drawer, const struct view *view, int32_t k)
{
    struct canvas *canvas = drawer->canvas;
    struct raster_picture picture = picture_of(canvas);
    double width = view->paints[k].size_px * canvas->pixel_ratio;
    pixels_begin(canvas);
    raster_lines_begin(canvas->raster);
    for (size_t i = 0; i < drawer->n_found; i++)
        if (arc_paint(view, drawer->found[i]) == k)
            canvas_thin(canvas, view->geometry, drawer->found[i], width);
    raster_lines_paint(canvas->raster, &picture, view->paints[k].color);
    pixels_end(canvas);
}

/* Every arc once, however many polygons share it. */
static bool draw_lines(struct drawer *drawer, const struct view *view)
{
    struct canvas *canvas = drawer->canvas;
    cairo_t *cr = canvas->cr;
    const struct geometry *geometry = view->geometry;
    if (!find(drawer, geometry->arc_tree, geometry->arcs->n_arcs))
        return false;
    cairo_set_line_cap(cr, strcmp(view->cap, "round") == 0    ? CAIRO_LINE_CAP_ROUND
                           : strcmp(view->cap, "square") == 0 ? CAIRO_LINE_CAP_SQUARE
                                                              : CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(cr, strcmp(view->join, "round") == 0   ? CAIRO_LINE_JOIN_ROUND
                            : strcmp(view->join, "bevel") == 0 ? CAIRO_LINE_JOIN_BEVEL
                                                               : CAIRO_LINE_JOIN_MITER);
    for (size_t k = 0; k < view->n_paints; k++) {
        const struct view_paint *paint = &view->paints[k];
        double width = paint->size_px * canvas->pixel_ratio, dashes[16];
        int n_dashes = (int)(view->n_dashes < 16 ? view->n_dashes : 16);
        if (canvas->raster && width <= THIN_PX && n_dashes == 0) {
            thin_lines(drawer, view, (int32_t)k);
            continue;
        }
        set_color(cr, paint->color);
        cairo_set_line_width(cr, width);
        for (int i = 0; i < n_dashes; i++)
            dashes[i] = view->dashes[i] * width;
        for (size_t i = 0; i < drawer->n_found; i++) {
            if (arc_paint(view, drawer->found[i]) != (int32_t)k)
                continue;
            if (n_dashes)
                canvas_dashed(canvas, geometry, drawer->found[i], dashes, n_dashes);
            else
                canvas_line(canvas, geometry, drawer->found[i]);
        }
        if (!n_dashes)
            cairo_stroke(cr);
    }
    drawer->flat = drawer->flat && drawer->n_found == 0;
    return true;
}

/* ---- circles ------------------------------------------------------------- */

static void draw_circle(const struct canvas *canvas, double x, double y,
                        const struct view_paint *paint)
{
    double radius = paint->size_px * canvas->pixel_ratio;
    double rim = paint->stroke.a > 0 ? paint->stroke_px * canvas->pixel_ratio : 0;
    if (canvas->pixels) {
        struct disc_picture picture = {canvas->pixels, canvas->width_px, canvas->height_px,
                                       canvas->stride};
        disc_draw(&picture, x, y, radius, paint->color, rim, paint->stroke);
        return;
    }
    cairo_t *cr = canvas->cr;
    cairo_new_sub_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * acos(-1));
    set_color(cr, paint->color);
    cairo_fill(cr);
    if (rim > 0) {
        cairo_new_sub_path(cr);
        cairo_arc(cr, x, y, radius + rim / 2, 0, 2 * acos(-1));
        set_color(cr, paint->stroke);
        cairo_set_line_width(cr, rim);
        cairo_stroke(cr);
    }
}

struct keyed {
    double key;
    uint32_t point;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->point < y->point ? -1 : x->point > y->point;
}

/* By sort key, then by feature: the same order in every tile. */
static bool sort_points(struct drawer *drawer, const struct view *view)
{
    struct keyed *keyed = malloc((drawer->n_found + 1) * sizeof *keyed);
    if (!keyed)
        return false;
    for (size_t i = 0; i < drawer->n_found; i++) {
        uint32_t point = drawer->found[i];
        keyed[i] = (struct keyed){view->sort_key[view->geometry->points[point].feature], point};
    }
    qsort(keyed, drawer->n_found, sizeof *keyed, by_key);
    for (size_t i = 0; i < drawer->n_found; i++)
        drawer->found[i] = keyed[i].point;
    free(keyed);
    return true;
}

static bool draw_circles(struct drawer *drawer, const struct view *view)
{
    struct canvas *canvas = drawer->canvas;
    const struct geometry *geometry = view->geometry;
    if (!find(drawer, geometry->point_tree, geometry->n_points) ||
        (view->sort_key && !sort_points(drawer, view)))
        return false;
    if (canvas->pixels)
        cairo_surface_flush(cairo_get_target(canvas->cr));
    for (size_t i = 0; i < drawer->n_found; i++) {
        const struct geometry_point *point = &geometry->points[drawer->found[i]];
        int32_t paint = view->paint_of[point->feature];
        if (paint >= 0)
            draw_circle(canvas, (point->x - canvas->origin_x) * canvas->scale,
                        (point->y - canvas->origin_y) * canvas->scale, &view->paints[paint]);
    }
    if (canvas->pixels)
        cairo_surface_mark_dirty(cairo_get_target(canvas->cr));
    drawer->flat = drawer->flat && drawer->n_found == 0;
    return true;
}

bool draw_view(struct drawer *drawer, const struct view *view)
{
    bool ok = true;
    if (view->empty)
        return true;
    switch (view->type) {
    case STYLE_BACKGROUND:
        draw_background(drawer, view);
        break;
    case STYLE_FILL:
        ok = draw_fill(drawer, view);
        break;
    case STYLE_LINE:
        ok = draw_lines(drawer, view);
        break;
    case STYLE_CIRCLE:
        ok = draw_circles(drawer, view);
        break;
    case STYLE_SYMBOL:
        break;
    }
    return ok && !drawer->canvas->failed;
}
