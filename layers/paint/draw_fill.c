/* draw_fill.c - fills polygons. */
#include "geo/base/array.h"
#include "layers/paint/draw_internal.h"
#include "layers/paint/patterns.h"

/* Width in device pixels; half of it covers the pixels that a border touches. */
#define UNDER_PX 1.5

static bool has_pattern(const struct view *view, int32_t paint)
{
    return view->paints[paint].pattern >= 0;
}

/* Finds the features of the view in the picture, with or without pattern; removes others
 * from `found`. */
static bool find_features(struct drawer *drawer, const struct view *view, bool pattern)
{
    const struct geometry *geometry = view->geometry;
    if (!drawer_find(drawer, geometry, DRAWER_FEATURES))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < drawer->n_found; i++)
        if (view->paint_of[drawer->found[i]] >= 0 &&
            has_pattern(view, view->paint_of[drawer->found[i]]) == pattern)
            drawer->found[kept++] = drawer->found[i];
    drawer->n_found = kept;
    return true;
}

static bool add_edge(struct drawer *drawer, int32_t ref, int32_t rank, int32_t other)
{
    if (!array_reserve(drawer->edges, drawer->cap_edges, drawer->n_edges + 1))
        return false;
    drawer->edges[drawer->n_edges++] = (struct edge){ref, rank, other, -1, false};
    return true;
}

static uint32_t tail_of(const struct geometry *geometry, int32_t ref)
{
    return ref < 0 ? geometry->arcs->arcs[~ref].head : geometry->arcs->arcs[ref].tail;
}

/* Collects the arcs with another paint (or nothing) on their other side. */
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

/* Traces the border of the region of rank k as rings. At each vertex as many edges leave
 * as arrive, so every chain closes, whichever edge is taken. */
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

/* Ranks the paints in the picture, in the order of the view's paints, so that two colours
 * are laid over each other in the same way in every tile. */
static bool rank_paints(struct drawer *drawer, const struct view *view, int32_t *n_ranks)
{
    if (!array_reserve_filled(drawer->rank, drawer->cap_rank, view->geometry->n_features, 0xFF))
        return false;
    size_t cap = drawer->cap_paints;
    if (!array_reserve(drawer->rank_of_paint, cap, view->n_paints))
        return false;
    cap = drawer->cap_paints;
    if (!array_reserve(drawer->paint_of_rank, cap, view->n_paints))
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

/* Fills non-overlapping polygons, one paint at a time. At a border both neighbours cover a
 * pixel in part, and the background would show through. So the first one is extended under
 * the border by a pixel's width before the second is drawn. */
static bool fill_parts(struct drawer *drawer, const struct view *view, int32_t n_ranks)
{
    const struct geometry *geometry = view->geometry;
    cairo_t *cr = drawer->canvas->cr;
    if (!array_reserve_filled(drawer->at_vertex, drawer->cap_vertex, geometry->arcs->n_vertices,
                              0xFF) ||
        !gather_edges(drawer, geometry))
        return false;
    cairo_set_line_width(cr, UNDER_PX);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_BEVEL);
    for (int32_t k = 0; k < n_ranks; k++) {
        struct style_color color = view->paints[drawer->paint_of_rank[k]].color;
        region_path(drawer, geometry, k);
        drawer_set_color(cr, drawer->flat ? over(color, drawer->ground) : color);
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
    struct raster_picture picture = drawer_picture(drawer);
    if (!gather_edges(drawer, view->geometry))
        return false;
    drawer_pixels_begin(drawer);
    bool begun = false;
    for (int32_t k = 0; k < n_ranks; k++) {
        struct style_color color = view->paints[drawer->paint_of_rank[k]].color;
        for (size_t e = 0; e < drawer->n_edges; e++)
            if (drawer->edges[e].rank == k)
                canvas_edge(canvas, view->geometry, drawer->edges[e].ref);
        enum raster_reach reach = drawer->pending ? raster_reach(canvas->raster) : RASTER_SOME;
        if (reach == RASTER_ALL) { /* nothing is left for the others */
            drawer->unwritten = raster_over(drawer->unwritten, color);
            break;
        }
        if (reach == RASTER_NONE)
            continue;
        if (!begun)
            raster_parts_begin(canvas->raster, &picture,
                               drawer->pending ? &drawer->unwritten : NULL);
        drawer_finish(drawer);
        begun = true;
        raster_paint_part(canvas->raster, &picture, color);
    }
    drawer_pixels_end(drawer);
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
    struct raster_picture picture = drawer_picture(drawer);
    if (drawer->n_found > 0)
        drawer_finish(drawer);
    drawer_pixels_begin(drawer);
    for (size_t i = 0; i < drawer->n_found; i++) {
        int32_t paint = view->paint_of[drawer->found[i]];
        feature_edges(canvas, view->geometry, drawer->found[i]);
        if (i + 1 == drawer->n_found || view->paint_of[drawer->found[i + 1]] != paint)
            raster_paint(canvas->raster, &picture, view->paints[paint].color);
    }
    drawer_pixels_end(drawer);
}

/* Fills features one by one in order; successive ones with the same paint together. */
static void fill_plain(struct drawer *drawer, const struct view *view)
{
    cairo_t *cr = drawer->canvas->cr;
    for (size_t i = 0; i < drawer->n_found; i++) {
        int32_t paint = view->paint_of[drawer->found[i]];
        feature_path(drawer, view->geometry, drawer->found[i]);
        if (i + 1 < drawer->n_found && view->paint_of[drawer->found[i + 1]] == paint)
            continue;
        drawer_set_color(cr, view->paints[paint].color);
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
        drawer_finish(drawer);
        feature_path(drawer, view->geometry, drawer->found[i]);
        drawer_set_color(cr, paint->stroke);
        cairo_stroke(cr);
    }
}

/* Fills all features of a pattern as one shape, so that nothing shows through between
 * them. */
static bool fill_patterns(struct drawer *drawer, const struct view *view)
{
    cairo_t *cr = drawer->canvas->cr;
    if (!find_features(drawer, view, true))
        return false;
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    for (size_t k = 0; k < view->n_paints; k++) {
        const struct view_paint *paint = &view->paints[k];
        bool any = false;
        for (size_t i = 0; i < drawer->n_found; i++)
            if (view->paint_of[drawer->found[i]] == (int32_t)k) {
                if (!any)
                    drawer_finish(drawer);
                any = true;
                feature_path(drawer, view->geometry, drawer->found[i]);
            }
        if (!any)
            continue;
        cairo_pattern_t *pattern = pattern_new(drawer->canvas, (size_t)paint->pattern,
                                               (double)paint->color.a, view->pattern_scale);
        if (!pattern)
            return false;
        cairo_set_source(cr, pattern);
        cairo_fill(cr);
        cairo_pattern_destroy(pattern);
        drawer->flat = false;
    }
    return true;
}

bool draw_fill(struct drawer *drawer, const struct view *view)
{
    cairo_t *cr = drawer->canvas->cr;
    int32_t n_ranks;
    if (!find_features(drawer, view, false) || !rank_paints(drawer, view, &n_ranks))
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
    return ok && (!view->patterned || fill_patterns(drawer, view));
}
