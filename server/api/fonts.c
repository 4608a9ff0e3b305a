/* fonts.c - the endpoints /fonts and /sprites: glyphs and icons for browsers.
 *
 * With them a browser draws the same labels as the server. Made once, then cached.
 */
#include <stdlib.h>
#include <string.h>

#include "layers/paint/sprites.h"
#include "layers/text/glyphs.h"
#include "server/api/handlers.h"
#include "server/request/respond.h"
#include "server/request/response_cache.h"

/* The version of these contents is the program's, not that of the data. */
static bool unchanged(struct call *call)
{
    const char *version = arena_printf(call->arena, "%08x", call->served->program);
    return version && respond_unchanged_asset(call, version);
}

/* Stores the bytes in the cache, which lends them. */
static bool keep(struct call *call, const char *type, const char *key, struct buf *made,
                 struct err *err)
{
    size_t len = 0;
    char *data = buf_take(made, &len);
    const struct cache_entry *entry =
        data ? cache_put(call->served->cache, key, "", data, len) : NULL;
    if (!entry) {
        free(data);
        return err_no_memory(err);
    }
    respond_header(call, "Content-Type", type);
    return response_cache_answer(call, entry, true, err);
}

/* "0-255", ... "65280-65535" */
static bool read_range(const char *range, uint32_t *first, struct err *err)
{
    char *end = NULL;
    unsigned long from = strtoul(range, &end, 10);
    char expected[32];
    snprintf(expected, sizeof expected, "%lu-%lu", from, from + GLYPHS_PER_FILE - 1);
    if (from > GLYPHS_LAST_FILE || from % GLYPHS_PER_FILE != 0 || strcmp(range, expected) != 0)
        return err_set(err, ERR_NOT_FOUND,
                       "«range»: el tramo «%.40s» no existe; hay 0-255, 256-511, … 65280-65535",
                       range);
    *first = (uint32_t)from;
    return true;
}

bool fonts_range(struct call *call, struct err *err)
{
    const char *stack = call_path(call, "fontstack");
    uint32_t first = 0;
    if (!read_range(call_path(call, "range"), &first, err))
        return false;
    const char *key = arena_printf(call->arena, "fonts/%u/%.200s", first, stack);
    if (!key)
        return err_no_memory(err);
    const struct cache_entry *entry = cache_get(call->served->cache, key, "");
    struct buf made;
    buf_init(&made);
    if (!entry && !glyphs_put(stack, first, &made, err)) {
        buf_free(&made);
        return false;
    }
    if (unchanged(call)) {
        if (entry)
            cache_return((void *)(uintptr_t)entry);
        buf_free(&made);
        return true;
    }
    if (!entry)
        return keep(call, "application/x-protobuf", key, &made, err);
    respond_header(call, "Content-Type", "application/x-protobuf");
    return response_cache_answer(call, entry, true, err);
}

static bool sheet(struct call *call, int ratio, struct err *err)
{
    struct buf png;
    if (unchanged(call))
        return true;
    buf_init(&png);
    if (sprites_png(ratio, &png, err))
        return respond_buf(call, TYPE_PNG, &png, err);
    buf_free(&png);
    return false;
}

static bool sheet_index(struct call *call, int ratio, struct err *err)
{
    struct buf json;
    if (unchanged(call))
        return true;
    buf_init(&json);
    sprites_json(ratio, &json);
    return respond_buf(call, TYPE_JSON, &json, err);
}

bool fonts_sprite_png(struct call *call, struct err *err)
{
    return sheet(call, 1, err);
}

bool fonts_sprite_png_2x(struct call *call, struct err *err)
{
    return sheet(call, 2, err);
}

bool fonts_sprite_json(struct call *call, struct err *err)
{
    return sheet_index(call, 1, err);
}

bool fonts_sprite_json_2x(struct call *call, struct err *err)
{
    return sheet_index(call, 2, err);
}
