/* mvt_path.c - a path in tile units: crossing a limit, writing it as commands. */
#include "layers/vector/mvt_path.h"

#include <math.h>
#include <stdlib.h>

#include "layers/vector/mvt_wire.h"

enum { MOVE_TO = 1, LINE_TO = 2, CLOSE_PATH = 7 };

bool mvt_room(struct mvt_shaper *shaper, size_t more)
{
    size_t need = shaper->n_path + more;
    if (need <= shaper->cap_path)
        return true;
    size_t cap = 2 * need + 1024;
    struct mvt_xy *path = realloc(shaper->path, cap * sizeof *path);
    if (path)
        shaper->path = path;
    struct mvt_xy *spare = realloc(shaper->spare, cap * sizeof *spare);
    if (spare)
        shaper->spare = spare;
    if (!path || !spare) {
        shaper->failed = true;
        return false;
    }
    shaper->cap_path = cap;
    return true;
}

static char *put_step(struct mvt_shaper *shaper, char *to, struct mvt_xy at)
{
    to = wire_varint(to, wire_zigzag(at.x - shaper->cursor.x));
    to = wire_varint(to, wire_zigzag(at.y - shaper->cursor.y));
    shaper->cursor = at;
    return to;
}

void mvt_put_path(struct mvt_shaper *shaper, const struct mvt_xy *xy, size_t n, bool close)
{
    struct buf *out = &shaper->commands;
    if (!buf_reserve(out, (size_t)2 * WIRE_VARINT_MAX * (n + 2))) {
        shaper->failed = true;
        return;
    }
    char *to = out->data + out->len;
    to = wire_varint(to, MOVE_TO | 1 << 3);
    to = put_step(shaper, to, xy[0]);
    to = wire_varint(to, LINE_TO | (uint64_t)(n - 1) << 3);
    for (size_t i = 1; i < n; i++)
        to = put_step(shaper, to, xy[i]);
    if (close)
        *to++ = CLOSE_PATH | 1 << 3;
    out->len = (size_t)(to - out->data);
}

void mvt_put_speck(struct mvt_shaper *shaper, const struct arc_box *box, bool area)
{
    struct mvt_xy at = mvt_shaper_round(shaper, ((int64_t)box->min_x + box->max_x) >> 1,
                                        ((int64_t)box->min_y + box->max_y) >> 1);
    if (mvt_code(at))
        return;
    const struct mvt_xy square[4] = {at, {at.x + 1, at.y}, {at.x + 1, at.y + 1}, {at.x, at.y + 1}};
    mvt_put_path(shaper, square, area ? 4 : 2, area);
}

struct mvt_xy mvt_crossing(struct mvt_xy a, struct mvt_xy b, bool across_y, int64_t limit)
{
    if (b.x < a.x || (b.x == a.x && b.y < a.y)) {
        struct mvt_xy swap = a;
        a = b;
        b = swap;
    }
    if (across_y)
        return (struct mvt_xy){
            a.x + llrint((double)(limit - a.y) / (double)(b.y - a.y) * (double)(b.x - a.x)), limit};
    return (struct mvt_xy){
        limit, a.y + llrint((double)(limit - a.x) / (double)(b.x - a.x) * (double)(b.y - a.y))};
}

void mvt_put_points(struct mvt_shaper *shaper)
{
    struct buf *out = &shaper->commands;
    if (!buf_reserve(out, (size_t)2 * WIRE_VARINT_MAX * (shaper->n_path + 1))) {
        shaper->failed = true;
        return;
    }
    char *to = wire_varint(out->data + out->len, MOVE_TO | (uint64_t)shaper->n_path << 3);
    for (size_t i = 0; i < shaper->n_path; i++)
        to = put_step(shaper, to, shaper->path[i]);
    out->len = (size_t)(to - out->data);
}
