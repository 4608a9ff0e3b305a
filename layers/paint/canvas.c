/* canvas.c - clips geometry to the picture, passes it to cairo or to the rasterizer. */
#include "layers/paint/canvas.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "layers/paint/raster.h"

/* cairo's coordinates are 24.8 fixed point: stay well within. */
#define FAR_PX 1e6

enum { LEFT = 1, RIGHT = 2, ABOVE = 4, BELOW = 8 };

void canvas_place(struct canvas *canvas, double origin_x, double origin_y, double steps_per_px,
                  double margin_px)
{
    canvas->origin_x = origin_x;
    canvas->origin_y = origin_y;
    canvas->scale = 1 / steps_per_px;
    double margin = margin_px * steps_per_px;
    canvas->clip =
        (struct canvas_clip){(int64_t)floor(origin_x - margin), (int64_t)floor(origin_y - margin),
                             (int64_t)ceil(origin_x + canvas->width_px * steps_per_px + margin),
                             (int64_t)ceil(origin_y + canvas->height_px * steps_per_px + margin)};
    double level = ceil(24 - log2(steps_per_px) - 1e-9);
    canvas->level = level < 0 ? 0 : level > GEOMETRY_LEVELS - 1 ? GEOMETRY_LEVELS - 1 : (int)level;
}

void canvas_free(struct canvas *canvas)
{
    free(canvas->xy);
    canvas->xy = NULL;
    canvas->cap_xy = 0;
}

static int code_of(const struct canvas_clip *clip, struct arc_xy at)
{
    return (at.x < clip->min_x ? LEFT : 0) | (at.x > clip->max_x ? RIGHT : 0) |
           (at.y < clip->min_y ? ABOVE : 0) | (at.y > clip->max_y ? BELOW : 0);
}

/* The sides of the clip box beyond which the whole box lies. */
static int box_code(const struct canvas_clip *clip, const struct arc_box *box)
{
    return (box->max_x < clip->min_x ? LEFT : 0) | (box->min_x > clip->max_x ? RIGHT : 0) |
           (box->max_y < clip->min_y ? ABOVE : 0) | (box->min_y > clip->max_y ? BELOW : 0);
}

static bool room(struct canvas *canvas, size_t points)
{
    if (array_reserve(canvas->xy, canvas->cap_xy, canvas->n_xy + 2 * points))
        return true;
    canvas->failed = true;
    return false;
}

static void put(struct canvas *canvas, struct arc_xy at)
{
    double x = (at.x - canvas->origin_x) * canvas->scale;
    double y = (at.y - canvas->origin_y) * canvas->scale;
    canvas->far |= fabs(x) > FAR_PX || fabs(y) > FAR_PX;
    canvas->xy[canvas->n_xy++] = x;
    canvas->xy[canvas->n_xy++] = y;
}

void canvas_ring_begin(struct canvas *canvas)
{
    canvas->n_xy = 0;
    canvas->far = false;
}

/* A section that is outside on one side is replaced by a straight line, which is outside
 * too: the picture does not change. */
void canvas_ring_arc(struct canvas *canvas, const struct geometry *geometry, int32_t ref)
{
    uint32_t n, arc = (uint32_t)(ref < 0 ? ~ref : ref);
    const struct arc_xy *xy = geometry_arc(geometry, canvas->level, arc, &n);
    const struct arc_xy *at = ref < 0 ? xy + n - 1 : xy;
    int step = ref < 0 ? -1 : 1, code = box_code(&canvas->clip, &geometry->arcs->arcs[arc].box);
    if (!room(canvas, n))
        return;
    /* The last position is the first of the next arc. */
    put(canvas, *at);
    if (code)
        return;
    int held = code_of(&canvas->clip, *at);
    bool pending = false;
    for (uint32_t i = 1; i + 1 < n; i++) {
        at += step;
        int here = code_of(&canvas->clip, *at);
        if (here & held) {
            pending = true;
            held &= here;
            continue;
        }
        if (pending)
            put(canvas, at[-step]);
        pending = false;
        put(canvas, *at);
        held = here;
    }
    if (pending)
        put(canvas, *at);
}

/* Clips to one side (Sutherland and Hodgman): keeps sign * (coordinate - limit) >= 0. */
static size_t cut_side(const double *in, size_t n, int axis, double sign, double limit, double *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const double *a = in + 2 * (i ? i - 1 : n - 1), *b = in + 2 * i;
        double da = sign * (a[axis] - limit), db = sign * (b[axis] - limit);
        if ((da < 0) != (db < 0)) {
            double t = da / (da - db);
            out[2 * kept] = a[0] + t * (b[0] - a[0]);
            out[2 * kept + 1] = a[1] + t * (b[1] - a[1]);
            out[2 * kept++ + axis] = limit;
        }
        if (db >= 0) {
            out[2 * kept] = b[0];
            out[2 * kept++ + 1] = b[1];
        }
    }
    return kept;
}

/* Clips a ring with positions too far for cairo to the neighbourhood. */
static void cut_far(struct canvas *canvas)
{
    size_t n = canvas->n_xy / 2;
    double *a = malloc((4 * n + 32) * 2 * sizeof *a), *b = malloc((4 * n + 32) * 2 * sizeof *b);
    if (a && b) {
        double near = 64, right = canvas->width_px + near, below = canvas->height_px + near;
        size_t kept = cut_side(canvas->xy, n, 0, 1, -near, a);
        kept = cut_side(a, kept, 0, -1, right, b);
        kept = cut_side(b, kept, 1, 1, -near, a);
        kept = cut_side(a, kept, 1, -1, below, b);
        canvas->n_xy = 0;
        if (room(canvas, kept)) {
            memcpy(canvas->xy, b, kept * 2 * sizeof *b);
            canvas->n_xy = 2 * kept;
        }
    } else
        canvas->failed = true;
    free(a);
    free(b);
}

void canvas_ring_end(struct canvas *canvas)
{
    if (canvas->far)
        cut_far(canvas);
    if (canvas->n_xy < 6)
        return;
    cairo_move_to(canvas->cr, canvas->xy[0], canvas->xy[1]);
    for (size_t i = 2; i < canvas->n_xy; i += 2)
        cairo_line_to(canvas->cr, canvas->xy[i], canvas->xy[i + 1]);
    cairo_close_path(canvas->cr);
}

/* Liang and Barsky. */
bool canvas_cut_segment(const struct canvas *canvas, double *ax, double *ay, double *bx, double *by)
{
    double near = 4096, dx = *bx - *ax, dy = *by - *ay, from = 0, to = 1;
    const double p[4] = {-dx, dx, -dy, dy};
    const double q[4] = {*ax + near, canvas->width_px + near - *ax, *ay + near,
                         canvas->height_px + near - *ay};
    for (int side = 0; side < 4; side++) {
        if (p[side] == 0 && q[side] < 0)
            return false;
        double t = p[side] == 0 ? 0 : q[side] / p[side];
        if (p[side] < 0)
            from = fmax(from, t);
        else if (p[side] > 0)
            to = fmin(to, t);
    }
    if (from > to)
        return false;
    double x = *ax, y = *ay;
    *ax = x + from * dx;
    *ay = y + from * dy;
    *bx = x + to * dx;
    *by = y + to * dy;
    return true;
}

/* Calls piece() for every section of the arc that may touch the picture, with the length
 * of the arc before it. */
typedef void piece_fn(struct canvas *canvas, double before_px, const void *arg);

static void pieces(struct canvas *canvas, const struct geometry *geometry, uint32_t arc,
                   bool lengths, piece_fn *piece, const void *arg)
{
    uint32_t n;
    const struct arc_xy *xy = geometry_arc(geometry, canvas->level, arc, &n);
    if (box_code(&canvas->clip, &geometry->arcs->arcs[arc].box) || n < 2)
        return;
    canvas->n_xy = 0;
    if (!room(canvas, n + 1))
        return;
    double x = (xy[0].x - canvas->origin_x) * canvas->scale;
    double y = (xy[0].y - canvas->origin_y) * canvas->scale, length = 0, before = 0;
    int code = code_of(&canvas->clip, xy[0]);
    for (uint32_t i = 1; i < n; i++) {
        double ax = x, ay = y;
        x = (xy[i].x - canvas->origin_x) * canvas->scale;
        y = (xy[i].y - canvas->origin_y) * canvas->scale;
        int next = code_of(&canvas->clip, xy[i]);
        bool out = code & next;
        double bx = x, by = y, skipped = 0;
        if (!out &&
            (fabs(ax) > FAR_PX || fabs(ay) > FAR_PX || fabs(bx) > FAR_PX || fabs(by) > FAR_PX)) {
            double sx = ax, sy = ay;
            out = !canvas_cut_segment(canvas, &ax, &ay, &bx, &by);
            skipped = hypot(ax - sx, ay - sy);
        }
        bool whole = !out && bx == x && by == y;
        if (!out) {
            if (canvas->n_xy == 0 || skipped > 0) {
                if (canvas->n_xy)
                    piece(canvas, before, arg);
                before = length + skipped;
                canvas->xy[0] = ax;
                canvas->xy[1] = ay;
                canvas->n_xy = 2;
            }
            canvas->xy[canvas->n_xy++] = bx;
            canvas->xy[canvas->n_xy++] = by;
        }
        if ((out || !whole) && canvas->n_xy) {
            piece(canvas, before, arg);
            canvas->n_xy = 0;
        }
        if (lengths)
            length +=
                hypot((double)xy[i].x - xy[i - 1].x, (double)xy[i].y - xy[i - 1].y) * canvas->scale;
        code = next;
    }
    if (canvas->n_xy)
        piece(canvas, before, arg);
}

/* The raster needs no closed rings: edges above, below and right of the picture have no
 * effect, those left of it only by their height. */
void canvas_edge(struct canvas *canvas, const struct geometry *geometry, int32_t ref)
{
    uint32_t n, arc = (uint32_t)(ref < 0 ? ~ref : ref);
    const struct arc_xy *xy = geometry_arc(geometry, canvas->level, arc, &n);
    const struct arc_xy *at = ref < 0 ? xy + n - 1 : xy;
    int step = ref < 0 ? -1 : 1, code = box_code(&canvas->clip, &geometry->arcs->arcs[arc].box);
    if (code & (RIGHT | ABOVE | BELOW))
        return;
    if (code & LEFT) {
        step *= (int)(n - 1);
        n = 2;
    }
    double x = (at->x - canvas->origin_x) * canvas->scale;
    double y = (at->y - canvas->origin_y) * canvas->scale;
    for (uint32_t i = 1; i < n; i++) {
        at += step;
        double to_x = (at->x - canvas->origin_x) * canvas->scale;
        double to_y = (at->y - canvas->origin_y) * canvas->scale;
        raster_edge(canvas->raster, x, y, to_x, to_y);
        x = to_x;
        y = to_y;
    }
}

static void thin(struct canvas *canvas, double before_px, const void *width_px)
{
    (void)before_px;
    raster_line(canvas->raster, canvas->xy, canvas->n_xy / 2, *(const double *)width_px);
}

void canvas_thin(struct canvas *canvas, const struct geometry *geometry, uint32_t arc,
                 double width_px)
{
    pieces(canvas, geometry, arc, false, thin, &width_px);
}

static void subpath(struct canvas *canvas, double before_px, const void *arg)
{
    (void)before_px;
    (void)arg;
    size_t n = canvas->n_xy;
    bool closed = n > 6 && canvas->xy[0] == canvas->xy[n - 2] && canvas->xy[1] == canvas->xy[n - 1];
    cairo_move_to(canvas->cr, canvas->xy[0], canvas->xy[1]);
    for (size_t i = 2; i < n - (closed ? 2 : 0); i += 2)
        cairo_line_to(canvas->cr, canvas->xy[i], canvas->xy[i + 1]);
    if (closed)
        cairo_close_path(canvas->cr);
}

void canvas_line(struct canvas *canvas, const struct geometry *geometry, uint32_t arc)
{
    pieces(canvas, geometry, arc, false, subpath, NULL);
}

static void stroke_dashed(struct canvas *canvas, double before_px, const void *arg)
{
    const struct canvas_dashes *dashes = arg;
    cairo_set_dash(canvas->cr, dashes->px, dashes->n, dashes->begin_px + before_px);
    subpath(canvas, before_px, NULL);
    cairo_stroke(canvas->cr);
}

void canvas_dashed(struct canvas *canvas, const struct geometry *geometry, uint32_t arc,
                   const struct canvas_dashes *dashes)
{
    pieces(canvas, geometry, arc, true, stroke_dashed, dashes);
    cairo_set_dash(canvas->cr, NULL, 0, 0);
}
