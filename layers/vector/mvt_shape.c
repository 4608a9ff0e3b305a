/* mvt_shape.c - rounds, clips and encodes geometry for a vector tile. */
#include "layers/vector/mvt_shape.h"

#include <stdlib.h>

#include "layers/vector/mvt_shape_internal.h"

void mvt_shaper_init(struct mvt_shaper *shaper)
{
    *shaper = (struct mvt_shaper){.level = 0};
    buf_init(&shaper->commands);
}

void mvt_shaper_free(struct mvt_shaper *shaper)
{
    free(shaper->path);
    free(shaper->spare);
    mvt_rings_free(shaper->rings);
    buf_free(&shaper->commands);
}

void mvt_shaper_place(struct mvt_shaper *shaper, int z, int64_t x, int64_t y)
{
    enum { UNIT_ZOOM = 20 }; /* 2^32 steps / 4096 units: here a unit is a step */
    int64_t width = INT64_C(1) << (32 - z);
    shaper->origin_x = x * width - (INT64_C(1) << 31);
    shaper->origin_y = y * width - (INT64_C(1) << 31);
    shaper->down = z < UNIT_ZOOM ? UNIT_ZOOM - z : 0;
    shaper->up = z > UNIT_ZOOM ? z - UNIT_ZOOM : 0;
    /* One unit more than the buffer, for rounding. */
    int64_t margin = ((int64_t)(MVT_BUFFER + 1) << shaper->down >> shaper->up) + 1;
    shaper->clip.min_x = shaper->origin_x - margin;
    shaper->clip.min_y = shaper->origin_y - margin;
    shaper->clip.max_x = shaper->origin_x + width + margin;
    shaper->clip.max_y = shaper->origin_y + width + margin;
    /* Level l is for 256 px tiles of zoom l: two more for 1024 px. */
    shaper->level = z + 2 < GEOMETRY_LEVELS ? z + 2 : GEOMETRY_LEVELS - 1;
}

struct arc_box mvt_shaper_box(const struct mvt_shaper *shaper)
{
#define CUT(v) ((int32_t)((v) < INT32_MIN ? INT32_MIN : (v) > INT32_MAX ? INT32_MAX : (v)))
    return (struct arc_box){CUT(shaper->clip.min_x), CUT(shaper->clip.min_y),
                            CUT(shaper->clip.max_x), CUT(shaper->clip.max_y)};
#undef CUT
}

/* ---- lines and points ---------------------------------------------------- */

/* Clips a segment (Liang and Barsky), always computed in the same direction. */
static bool cut_segment(struct mvt_xy *a, struct mvt_xy *b)
{
    for (int side = LEFT; side <= BELOW; side <<= 1) {
        int64_t limit = side & (LEFT | ABOVE) ? LOW_LIMIT : HIGH_LIMIT;
        bool a_out = mvt_beyond(*a, side) > 0, b_out = mvt_beyond(*b, side) > 0;
        if (a_out && b_out)
            return false;
        if (a_out || b_out) {
            struct mvt_xy at = mvt_crossing(*a, *b, side & (ABOVE | BELOW), limit);
            *(a_out ? a : b) = at;
        }
    }
    return true;
}

static void end_run(struct mvt_shaper *shaper, bool *any)
{
    if (shaper->n_path >= 2) {
        mvt_put_path(shaper, shaper->path, shaper->n_path, false);
        *any = true;
    }
    shaper->n_path = 0;
}

static void line_to(struct mvt_shaper *shaper, struct mvt_xy from, struct mvt_xy to, bool *any)
{
    struct mvt_xy a = from, b = to;
    if (!cut_segment(&a, &b)) {
        end_run(shaper, any);
        return;
    }
    if (shaper->n_path && !mvt_same(a, shaper->path[shaper->n_path - 1]))
        end_run(shaper, any);
    if (!shaper->n_path)
        shaper->path[shaper->n_path++] = a;
    if (!mvt_same(a, b))
        shaper->path[shaper->n_path++] = b;
    if (!mvt_same(b, to))
        end_run(shaper, any);
}

/* A line being written. */
struct mvt_shape_line {
    struct mvt_xy last;
    bool begun, moved; /* `last` is part of it; it is longer than a unit */
    bool any;          /* a part of it is written */
};

static void add_arc(struct mvt_shaper *shaper, const struct geometry *geometry, int32_t ref,
                    struct mvt_shape_line *line)
{
    uint32_t n, arc = (uint32_t)(ref < 0 ? ~ref : ref);
    const struct arc_xy *xy = geometry_arc(geometry, shaper->level, arc, &n);
    if (!mvt_room(shaper, n + 2))
        return;
    for (uint32_t i = 0; i < n; i++) {
        struct arc_xy step = xy[ref < 0 ? n - 1 - i : i];
        struct mvt_xy at = mvt_shaper_round(shaper, step.x, step.y);
        if (line->begun && !mvt_same(line->last, at)) {
            line->moved = true;
            line_to(shaper, line->last, at, &line->any);
        }
        line->last = at;
        line->begun = true;
    }
}

static void shape_line(struct mvt_shaper *shaper, const struct geometry *geometry, size_t feature)
{
    const struct arcs *arcs = geometry->arcs;
    struct mvt_shape_line line = {0};
    for (uint32_t p = geometry->feature_path[feature]; p < geometry->feature_path[feature + 1];
         p++) {
        line.begun = false;
        shaper->n_path = 0;
        for (uint32_t r = arcs->path_first[p]; r < arcs->path_first[p + 1] && !shaper->failed; r++)
            add_arc(shaper, geometry, arcs->refs[r], &line);
        end_run(shaper, &line.any);
    }
    if (!line.any && !line.moved)
        mvt_put_speck(shaper, &geometry->boxes[feature], false);
}

void mvt_shape_arcs(struct mvt_shaper *shaper, const struct geometry *geometry,
                    const uint32_t *arcs, size_t n)
{
    buf_clear(&shaper->commands);
    shaper->cursor = (struct mvt_xy){0, 0};
    for (size_t i = 0; i < n && !shaper->failed; i++) {
        struct mvt_shape_line line = {0};
        shaper->n_path = 0;
        add_arc(shaper, geometry, (int32_t)arcs[i], &line);
        end_run(shaper, &line.any);
    }
}

static void shape_point(struct mvt_shaper *shaper, const struct geometry *geometry,
                        const struct mvt_tables *tables, size_t feature)
{
    uint32_t first = tables->feature_point[feature], end = tables->feature_point[feature + 1];
    shaper->n_path = 0;
    if (!mvt_room(shaper, end - first))
        return;
    for (uint32_t i = first; i < end; i++) {
        struct mvt_xy at = mvt_shaper_round(shaper, geometry->points[i].x, geometry->points[i].y);
        if (!mvt_code(at))
            shaper->path[shaper->n_path++] = at;
    }
    if (shaper->n_path)
        mvt_put_points(shaper);
}

int mvt_shape_feature(struct mvt_shaper *shaper, const struct geometry *geometry,
                      const struct mvt_tables *tables, size_t feature)
{
    const struct geo_shape *shape = geometry->shapes[feature];
    int type = MVT_POLYGON;
    buf_clear(&shaper->commands);
    shaper->cursor = (struct mvt_xy){0, 0};
    if (!shape)
        return 0;
    switch (shape->kind) {
    case GEO_SHAPE_POINT:
        shape_point(shaper, geometry, tables, feature);
        type = MVT_POINT;
        break;
    case GEO_SHAPE_LINE:
        shape_line(shaper, geometry, feature);
        type = MVT_LINE;
        break;
    case GEO_SHAPE_POLYGON:
        mvt_shape_polygon(shaper, geometry, tables, feature);
        break;
    }
    return shaper->commands.len ? type : 0;
}
