/* view.c - evaluates a style layer once for every feature, for one zoom. */
#include "layers/paint/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "layers/paint/sprites.h"
#include "layers/snapshot/subject.h"

/* MapLibre draws circles at points, lines along lines and rings, fills in polygons. (It
 * also draws circles at the vertices of lines and polygons; we do not.) */
static bool drawable(enum style_layer_type type, uint8_t kind)
{
    switch (type) {
    case STYLE_FILL:
        return kind == GEO_SHAPE_POLYGON;
    case STYLE_LINE:
        return kind == GEO_SHAPE_LINE || kind == GEO_SHAPE_POLYGON;
    case STYLE_CIRCLE:
        return kind == GEO_SHAPE_POINT;
    case STYLE_BACKGROUND:
    case STYLE_SYMBOL:
        break;
    }
    return false;
}

static struct style_color fade(struct style_color color, double opacity)
{
    color.a = (float)(color.a * fmin(fmax(opacity, 0), 1));
    return color;
}

static bool same_dashes(const struct view_line *a, const double *dashes, size_t n)
{
    for (size_t i = 0; i < n && i < a->n_dashes; i++)
        if (a->dashes[i] != dashes[i])
            return false;
    return a->n_dashes == n;
}

/* In MapLibre dashes and patterns belong to tiles of the whole zoom below: they have the
 * size of the style at that zoom, and grow with the map until the next. */
static double zoom_below(double zoom)
{
    return floor(zoom + 1e-4); /* the zoom of a page is computed from its corners */
}

static double since_below(double zoom)
{
    double since = zoom - zoom_below(zoom);
    return since > 1e-4 ? exp2(since) : 1;
}

static double dash_px(const struct style_layer *layer, double zoom,
                      const struct style_feature *feature, struct arena *arena)
{
    return style_number(layer, STYLE_LINE_WIDTH, zoom_below(zoom), feature, arena) *
           since_below(zoom);
}

/* With an odd number of dashes the last and the first are joined; a single one has no gap.
 * Returns where in the first dash the line starts. */
static double join_odd(double *dashes, size_t *n)
{
    if (*n % 2 == 0)
        return 0;
    double last = dashes[--*n];
    if (*n)
        dashes[0] += last;
    return *n ? last : 0;
}

/* Index of the feature's line style in `lines`; -1: memory. */
static int32_t line_of(struct view *view, const struct style_layer *layer, double zoom,
                       const struct style_feature *feature, struct arena *arena)
{
    size_t n;
    const double *given =
        style_numbers(layer, STYLE_LINE_DASHARRAY, zoom_below(zoom), feature, arena, &n);
    double *dashes = arena_array(arena, n + 1, sizeof *dashes);
    if (!dashes)
        return -1;
    if (n)
        memcpy(dashes, given, n * sizeof *dashes);
    double begin = join_odd(dashes, &n);
    /* Words of the specification are constants of the program. */
    const char *cap = style_word(layer, STYLE_LINE_CAP, zoom, feature, arena);
    const char *join = style_word(layer, STYLE_LINE_JOIN, zoom, feature, arena);
    for (size_t i = 0; i < view->n_lines; i++)
        if (view->lines[i].cap == cap && view->lines[i].join == join &&
            view->lines[i].begin == begin && same_dashes(&view->lines[i], dashes, n))
            return (int32_t)i;
    struct view_line *lines = arena_array(view->arena, view->n_lines + 1, sizeof *lines);
    double *copy = arena_array(view->arena, n + 1, sizeof *copy);
    if (!lines || !copy)
        return -1;
    if (view->n_lines)
        memcpy(lines, view->lines, view->n_lines * sizeof *lines);
    if (n)
        memcpy(copy, dashes, n * sizeof *copy);
    lines[view->n_lines] = (struct view_line){cap, join, copy, n, begin};
    view->lines = lines;
    return (int32_t)view->n_lines++;
}

static void fill_paint(const struct style_layer *layer, double zoom,
                       const struct style_feature *feature, struct arena *arena,
                       struct view_paint *paint)
{
    double opacity = style_number(layer, STYLE_FILL_OPACITY, zoom, feature, arena);
    if (style_layer_gives(layer, STYLE_FILL_PATTERN)) {
        /* The picture has its own colours. If there is none of that name nothing is drawn,
         * as in a browser. */
        const char *name = style_image(layer, STYLE_FILL_PATTERN, zoom, feature, arena);
        paint->pattern = name ? sprites_find(name) : -1;
        paint->color.a = paint->pattern >= 0 ? (float)opacity : 0;
        return;
    }
    paint->color = fade(style_color(layer, STYLE_FILL_COLOR, zoom, feature, arena), opacity);
    paint->stroke =
        fade(style_color(layer, STYLE_FILL_OUTLINE_COLOR, zoom, feature, arena), opacity);
}

/* False: memory. */
static bool paint_of(struct view *view, const struct style_layer *layer, double zoom,
                     const struct style_feature *feature, struct arena *arena,
                     struct view_paint *out)
{
    struct view_paint paint;
    memset(&paint, 0, sizeof paint); /* paints are compared byte by byte */
    paint.pattern = -1;
#define NUMBER(property) style_number(layer, property, zoom, feature, arena)
#define COLOR(property) style_color(layer, property, zoom, feature, arena)
    switch (style_layer_type(layer)) {
    case STYLE_BACKGROUND:
        paint.color = fade(COLOR(STYLE_BACKGROUND_COLOR), NUMBER(STYLE_BACKGROUND_OPACITY));
        break;
    case STYLE_FILL:
        fill_paint(layer, zoom, feature, arena, &paint);
        view->patterned |= paint.pattern >= 0;
        break;
    case STYLE_LINE:
        paint.color = fade(COLOR(STYLE_LINE_COLOR), NUMBER(STYLE_LINE_OPACITY));
        paint.size_px = NUMBER(STYLE_LINE_WIDTH);
        paint.offset_px = NUMBER(STYLE_LINE_OFFSET);
        paint.line = line_of(view, layer, zoom, feature, arena);
        if (paint.line >= 0 && view->lines[paint.line].n_dashes)
            paint.dash_px = dash_px(layer, zoom, feature, arena);
        break;
    case STYLE_CIRCLE:
        paint.color = fade(COLOR(STYLE_CIRCLE_COLOR), NUMBER(STYLE_CIRCLE_OPACITY));
        paint.size_px = NUMBER(STYLE_CIRCLE_RADIUS);
        paint.stroke_px = NUMBER(STYLE_CIRCLE_STROKE_WIDTH);
        paint.stroke = fade(COLOR(STYLE_CIRCLE_STROKE_COLOR), NUMBER(STYLE_CIRCLE_STROKE_OPACITY));
        break;
    case STYLE_SYMBOL:
        break;
    }
#undef NUMBER
#undef COLOR
    memcpy(out, &paint, sizeof paint);
    return paint.line >= 0;
}

static bool visible(enum style_layer_type type, const struct view_paint *paint)
{
    bool inside = paint->color.a > 0, rim = paint->stroke.a > 0;
    switch (type) {
    case STYLE_BACKGROUND:
        return inside;
    case STYLE_FILL:
        return inside || rim;
    case STYLE_LINE:
        return inside && paint->size_px > 0;
    case STYLE_CIRCLE:
        return (inside && paint->size_px > 0) || (rim && paint->stroke_px > 0);
    case STYLE_SYMBOL:
        break;
    }
    return false;
}

/* Index of an equal paint; searched from the last one, because successive features tend to
 * look alike. -1: memory. */
static int32_t intern(struct view *view, size_t *cap, const struct view_paint *paint)
{
    size_t look = view->n_paints < 64 ? view->n_paints : 64;
    for (size_t i = 0; i < look; i++)
        if (memcmp(&view->paints[view->n_paints - 1 - i], paint, sizeof *paint) == 0)
            return (int32_t)(view->n_paints - 1 - i);
    if (!array_reserve(view->paints, *cap, view->n_paints + 1))
        return -1;
    view->paints[view->n_paints] = *paint;
    return (int32_t)view->n_paints++;
}

static bool constant(const struct style_layer *layer)
{
    static const enum style_property used[][9] = {
        [STYLE_BACKGROUND] = {STYLE_BACKGROUND_COLOR, STYLE_BACKGROUND_OPACITY, STYLE_N_PROPERTIES},
        [STYLE_FILL] = {STYLE_FILL_COLOR, STYLE_FILL_OPACITY, STYLE_FILL_OUTLINE_COLOR,
                        STYLE_FILL_PATTERN, STYLE_N_PROPERTIES},
        [STYLE_LINE] = {STYLE_LINE_COLOR, STYLE_LINE_WIDTH, STYLE_LINE_OPACITY, STYLE_LINE_OFFSET,
                        STYLE_LINE_DASHARRAY, STYLE_LINE_CAP, STYLE_LINE_JOIN, STYLE_N_PROPERTIES},
        [STYLE_CIRCLE] = {STYLE_CIRCLE_COLOR, STYLE_CIRCLE_RADIUS, STYLE_CIRCLE_OPACITY,
                          STYLE_CIRCLE_STROKE_COLOR, STYLE_CIRCLE_STROKE_WIDTH,
                          STYLE_CIRCLE_STROKE_OPACITY, STYLE_N_PROPERTIES},
        [STYLE_SYMBOL] = {STYLE_N_PROPERTIES},
    };
    for (const enum style_property *p = used[style_layer_type(layer)]; *p != STYLE_N_PROPERTIES;
         p++)
        if (!style_layer_constant(layer, *p))
            return false;
    return true;
}

static bool fill_features(struct view *view, const struct style_layer *layer, double zoom,
                          const struct columns *columns, const int *slots)
{
    const struct geometry *geometry = view->geometry;
    struct subject subject = {columns, slots, 0};
    struct style_feature feature = subject_feature(&subject);
    bool same = constant(layer),
         sorted = view->type == STYLE_CIRCLE && !style_layer_constant(layer, STYLE_CIRCLE_SORT_KEY);
    struct arena *scratch = arena_new();
    struct view_paint paint = {0};
    size_t cap = 0;
    bool ok = false;
    view->paint_of = malloc((geometry->n_features + 1) * sizeof *view->paint_of);
    if (sorted)
        view->sort_key = calloc(geometry->n_features + 1, sizeof *view->sort_key);
    if (!scratch || !view->paint_of || (sorted && !view->sort_key))
        goto done;
    if (same && !paint_of(view, layer, zoom, NULL, scratch, &paint))
        goto done;
    if (same && !sorted && !style_layer_filtered(layer)) {
        /* All features have the same paint: no loop over a million features is needed. */
        int32_t one = visible(view->type, &paint) ? intern(view, &cap, &paint) : -1;
        for (size_t f = 0; f < geometry->n_features; f++)
            view->paint_of[f] = drawable(view->type, geometry->kinds[f]) ? one : -1;
        ok = one >= 0 || !visible(view->type, &paint);
        goto done;
    }
    for (size_t f = 0; f < geometry->n_features; f++) {
        view->paint_of[f] = -1;
        if (!drawable(view->type, geometry->kinds[f]))
            continue;
        subject_set(&subject, &feature, f, geometry->shapes[f]);
        if (style_layer_accepts(layer, zoom, &feature, scratch)) {
            if (!same && !paint_of(view, layer, zoom, &feature, scratch, &paint))
                goto done;
            if (visible(view->type, &paint)) {
                view->paint_of[f] = intern(view, &cap, &paint);
                if (view->paint_of[f] < 0)
                    goto done;
            }
            if (sorted)
                view->sort_key[f] =
                    style_number(layer, STYLE_CIRCLE_SORT_KEY, zoom, &feature, scratch);
        }
        arena_reset(scratch);
    }
    ok = true;
done:
    arena_free(scratch);
    return ok;
}

struct view *view_new(const struct style_layer *layer, double zoom, const struct columns *columns,
                      const struct geometry *geometry, const int *slots, struct err *err)
{
    struct view *view = calloc(1, sizeof *view);
    bool ok = view && (view->arena = arena_new());
    if (!ok)
        goto done;
    view->type = style_layer_type(layer);
    view->pattern_scale = since_below(zoom);
    view->geometry = geometry;
    if (!style_layer_shows(layer, zoom)) {
        view->empty = true;
        goto done;
    }
    if (geometry && columns)
        ok = fill_features(view, layer, zoom, columns, slots);
    else if (view->type == STYLE_BACKGROUND) {
        struct view_paint paint;
        size_t cap = 0;
        ok = paint_of(view, layer, zoom, NULL, view->arena, &paint) &&
             (!visible(view->type, &paint) || intern(view, &cap, &paint) >= 0);
    }
    view->empty = view->n_paints == 0;
done:
    if (ok)
        return view;
    view_free(view);
    err_no_memory(err);
    return NULL;
}

void view_free(struct view *view)
{
    if (!view)
        return;
    free(view->paints);
    free(view->paint_of);
    free(view->sort_key);
    arena_free(view->arena);
    free(view);
}
