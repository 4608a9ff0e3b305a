/* tiles.c - the endpoints of picture tiles (PNG and WebP).
 *
 * /tiles/{style}/{z}/{x}/{y}.png and .webp, also under the paths of OGC API Tiles: drawn
 * once for a version, then cached.
 */
#include "server/api/tiles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/api/handlers.h"
#include "server/api/styles.h"
#include "server/request/respond.h"
#include "server/request/response_cache.h"

bool tiles_address(struct call *call, struct tile_request *tile, struct err *err)
{
    int64_t z = 0;
    if (!request_parse_index("z", call_path(call, "z"), &z, err) ||
        !request_parse_index("x", call_path(call, "x"), &tile->x, err) ||
        !request_parse_index("y", call_path(call, "y"), &tile->y, err))
        return false;
    if (z > TILE_MAX_ZOOM)
        return err_set(err, ERR_NOT_FOUND, "«z»: el valor %lld no existe; se acepta de 0 a %d",
                       (long long)z, TILE_MAX_ZOOM);
    tile->z = (int)z;
    const int64_t last = (INT64_C(1) << z) - 1;
    if (tile->x > last || tile->y > last)
        return err_set(err, ERR_NOT_FOUND,
                       "la tesela %lld/%lld/%lld está fuera de la matriz: con z = %lld, x e y "
                       "van de 0 a %lld",
                       (long long)z, (long long)tile->x, (long long)tile->y, (long long)z,
                       (long long)last);
    return true;
}

/* A tile to be drawn. */
struct drawing {
    struct call *call;
    size_t style;
    const struct tile_request *tile;
    enum tile_format format;
    const char *key;
};

static bool draw(void *arg, char **data, size_t *len, struct err *err)
{
    const struct drawing *of = arg;
    const struct tile_plan *plan = of->call->served->plans[of->style];
    struct buf picture;
    buf_init(&picture);
    if (!tile_picture(plan, of->tile, of->format, &picture, err)) {
        buf_free(&picture);
        return err_wrap(err, "tesela %s", of->key);
    }
    *data = buf_take(&picture, len);
    return *data || err_no_memory(err);
}

static bool answer(struct call *call, int size_px, int scale, enum tile_format format,
                   struct err *err)
{
    static const struct {
        const char *name, *type;
    } formats[] = {[TILE_PNG] = {"png", TYPE_PNG}, [TILE_WEBP] = {"webp", TYPE_WEBP}};
    struct tile_request tile = {.size_px = size_px, .scale = scale};
    size_t style = 0;
    if (!styles_find(call, &style, err) || !tiles_address(call, &tile, err))
        return false;
    call->version = versions_style(call->served->versions, style);
    if (respond_unchanged_own(call, formats[format].name))
        return true;
    char key[96];
    /* The key is the path, so that response_cache_answer_tile() finds it. */
    snprintf(key, sizeof key, "/tiles/%.40s/%s%d/%lld/%lld%s.%s", styles_id(style),
             size_px == 512 ? "512/" : "", tile.z, (long long)tile.x, (long long)tile.y,
             scale == 2 ? "@2x" : "", formats[format].name);
    struct drawing of = {call, style, &tile, format, key};
    bool hit;
    const struct cache_entry *entry = NULL;
    /* Four or more times the pixels: drawn in turns on background threads, so that one
     * client's do not delay all others. */
    if (size_px * scale > 256) {
        entry = cache_get(call->served->cache, key, call->version);
        if (!entry && call_drawing(call))
            return true;
    }
    hit = entry != NULL;
    if (!entry)
        entry = cache_fetch(call->served->cache, key, call->version, draw, &of, call->budget, &hit,
                            err);
    metrics_cache(call->worker->counts, hit);
    if (!entry)
        return false;
    respond_header(call, "Content-Type", formats[format].type);
    return hit ? response_cache_answer(call, entry, false, err)
               : response_cache_answer_once(call, entry, false, err);
}

bool tiles_png(struct call *call, struct err *err)
{
    return answer(call, 256, 1, TILE_PNG, err);
}

bool tiles_png_2x(struct call *call, struct err *err)
{
    return answer(call, 256, 2, TILE_PNG, err);
}

/* 512 px tiles, with the line widths and texts of MapLibre's zoom z: they equal four 256
 * px tiles of the next zoom. */
bool tiles_png_512(struct call *call, struct err *err)
{
    return answer(call, 512, 1, TILE_PNG, err);
}

bool tiles_png_512_2x(struct call *call, struct err *err)
{
    return answer(call, 512, 2, TILE_PNG, err);
}

bool tiles_webp(struct call *call, struct err *err)
{
    return answer(call, 256, 1, TILE_WEBP, err);
}

bool tiles_webp_2x(struct call *call, struct err *err)
{
    return answer(call, 256, 2, TILE_WEBP, err);
}

bool tiles_webp_512(struct call *call, struct err *err)
{
    return answer(call, 512, 1, TILE_WEBP, err);
}

bool tiles_webp_512_2x(struct call *call, struct err *err)
{
    return answer(call, 512, 2, TILE_WEBP, err);
}

/* Browsers send image/webp beside a wildcard of equal weight. A client that names it gets
 * it, because it is smaller, unless it prefers PNG. A client that names neither gets PNG. */
static bool wants_webp(struct call *call)
{
    const char *format = call_text(call, "f"), *accept = http_header(call->http, "Accept");
    if (format)
        return strcmp(format, "webp") == 0;
    double quality =
        accept && strcasestr(accept, TYPE_WEBP) ? request_quality(accept, TYPE_WEBP) : 0;
    return quality > 0 && quality >= request_quality(accept, TYPE_PNG);
}

bool tiles_map(struct call *call, struct err *err)
{
    bool webp = wants_webp(call);
    return answer(call, 256, 1, webp ? TILE_WEBP : TILE_PNG, err);
}
