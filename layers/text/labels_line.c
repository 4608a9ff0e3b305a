/* labels_line.c - places texts along lines and rings. */
#include <math.h>

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "layers/text/labels_internal.h"

/* MapLibre's text-max-angle: between neighbouring letters. */
#define MAX_TURN (45 * 3.14159265358979323846 / 180)

/* Limit of labels on a path; far more than any screen shows. */
enum { MAX_ON_PATH = 100000 };

bool labels_add_spot(struct placing *to, struct spot spot)
{
    if (!array_reserve(to->spots, to->cap_spots, to->n_spots + 1))
        return false;
    to->spots[to->n_spots++] = spot;
    return true;
}

static bool room(struct placing *to, size_t points)
{
    return array_reserve(to->xy, to->cap_xy, 2 * points) &&
           array_reserve(to->length, to->cap_length, points);
}

/* Loads the path in pixels, with the length up to each position. */
static bool load_path(struct placing *to, uint32_t path)
{
    const struct geometry *geometry = to->source->geometry;
    const struct arcs *arcs = geometry->arcs;
    if (to->has_path && to->path == path)
        return true;
    double wanted = ceil(24 - log2(to->steps_per_px));
    int level = (int)fmin(fmax(wanted, 0), GEOMETRY_LEVELS - 1);
    to->n_xy = 0;
    to->has_path = false;
    for (uint32_t r = arcs->path_first[path]; r < arcs->path_first[path + 1]; r++) {
        int32_t ref = arcs->refs[r];
        uint32_t n;
        const struct arc_xy *xy =
            geometry_arc(geometry, level, (uint32_t)(ref < 0 ? ~ref : ref), &n);
        if (!room(to, to->n_xy + n))
            return false;
        for (uint32_t i = to->n_xy ? 1 : 0; i < n; i++) {
            struct arc_xy at = ref < 0 ? xy[n - 1 - i] : xy[i];
            double x = at.x / to->steps_per_px, y = at.y / to->steps_per_px;
            size_t k = to->n_xy++;
            to->xy[2 * k] = x;
            to->xy[2 * k + 1] = y;
            to->length[k] =
                k == 0 ? 0
                       : to->length[k - 1] + hypot(x - to->xy[2 * k - 2], y - to->xy[2 * k - 1]);
        }
    }
    to->path = path;
    to->has_path = to->n_xy > 1;
    return true;
}

static void point_along(const struct placing *to, double along, double *x, double *y)
{
    size_t low = 0, high = to->n_xy - 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (to->length[middle] <= along)
            low = middle;
        else
            high = middle;
    }
    double step = to->length[high] - to->length[low];
    double t = step > 0 ? (along - to->length[low]) / step : 0;
    *x = to->xy[2 * low] + t * (to->xy[2 * high] - to->xy[2 * low]);
    *y = to->xy[2 * low + 1] + t * (to->xy[2 * high + 1] - to->xy[2 * low + 1]);
}

static double width_of(const struct label *label)
{
    return label->block ? (double)((label->block->right - label->block->left) * label->em_px) : 0;
}

bool labels_find_lines(struct placing *to, uint32_t draft)
{
    const struct geometry *geometry = to->source->geometry;
    uint32_t feature = to->drafts[draft].feature;
    double width = width_of(&to->drafts[draft].label);
    if (geometry->shapes[feature]->kind == GEO_SHAPE_POINT)
        return true;
    for (uint32_t path = geometry->feature_path[feature];
         path < geometry->feature_path[feature + 1]; path++) {
        if (!load_path(to, path))
            return false;
        double total = to->has_path ? to->length[to->n_xy - 1] : 0;
        if (total <= width)
            continue;
        double spacing = fmax(to->spacing_px, width + to->spacing_px / 4);
        int n = to->placement == LABEL_CENTER
                    ? 1
                    : (int)fmin(fmax(1, floor(total / spacing)), MAX_ON_PATH);
        for (int k = 0; k < n; k++) {
            struct spot spot = {.draft = draft, .path = path, .along_px = (k + 0.5) * total / n};
            double x, y;
            point_along(to, spot.along_px, &x, &y);
            spot.at = (struct arc_xy){(int32_t)lrint(x * to->steps_per_px),
                                      (int32_t)lrint(y * to->steps_per_px)};
            if (!labels_add_spot(to, spot))
                return false;
        }
    }
    return true;
}

bool labels_turn(struct placing *to, const struct spot *spot, struct label *label, bool *fits)
{
    const struct lettering_block *block = label->block;
    double em = (double)label->em_px, width = width_of(label), ax, ay, bx, by, last = 0;
    *fits = false;
    if (!load_path(to, spot->path))
        return false;
    double from = spot->along_px - width / 2, end = spot->along_px + width / 2;
    if (!to->has_path || from < 0 || end > to->length[to->n_xy - 1])
        return true;
    point_along(to, from, &ax, &ay);
    point_along(to, end, &bx, &by);
    bool backward = bx < ax; /* turned, so that it is not upside down */
    struct label_letter *turned = arena_array(to->labels->arena, block->n_letters, sizeof *turned);
    if (!turned)
        return false;
    double anchor_x = label->anchor.x / to->steps_per_px,
           anchor_y = label->anchor.y / to->steps_per_px;
    for (size_t i = 0; i < block->n_letters; i++) {
        const struct lettering_letter *letter = &block->letters[i];
        double left = (double)(letter->x - block->left) * em,
               advance = (double)letter->advance * em;
        double a = backward ? end - left : from + left;
        double b = backward ? a - advance : a + advance;
        point_along(to, a, &ax, &ay);
        point_along(to, b, &bx, &by);
        double angle = atan2(by - ay, bx - ax);
        if (advance <= 0)
            angle = last;
        if (i > 0 && fabs(remainder(angle - last, 2 * 3.14159265358979323846)) > MAX_TURN)
            return true;
        double down = (double)letter->y * em + (double)label->y_px;
        turned[i] = (struct label_letter){(uint32_t)i, (float)(ax - anchor_x - down * sin(angle)),
                                          (float)(ay - anchor_y + down * cos(angle)), (float)angle};
        last = angle;
    }
    label->turned = turned;
    *fits = true;
    return true;
}
