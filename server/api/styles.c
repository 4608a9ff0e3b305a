/* styles.c - the endpoint /styles: the documents, and their legends. */
#include "server/api/styles.h"

#include <math.h>
#include <string.h>

#include "geo/base/json.h"
#include "layers/page/legend.h"
#include "layers/page/legend_json.h"
#include "server/api/handlers.h"
#include "server/request/respond.h"

bool styles_find(struct call *call, size_t *index, struct err *err)
{
    const char *id = call_path(call, "style");
    int found = state_style_find(call->service->state, id);
    if (found >= 0) {
        *index = (size_t)found;
        return true;
    }
    struct buf known;
    buf_init(&known);
    for (size_t i = 0; i < styles_count(); i++)
        buf_printf(&known, "%s%s", i ? ", " : "", styles_id(i));
    err_set(err, ERR_NOT_FOUND, "no hay un estilo «%.60s»; hay: %s", id,
            known.data ? known.data : "ninguno");
    buf_free(&known);
    return false;
}

static void put_style(struct call *call, struct buf *out, size_t index)
{
    char path[128];
    const char *id = styles_id(index);
    json_next(out);
    buf_putc(out, '{');
    json_text(out, "id", id);
    json_text(out, "title", style_title(call->served->styles[index]));
    snprintf(path, sizeof path, "/tiles/%.40s/{z}/{x}/{y}.png?v=%s", id,
             versions_style(call->served->versions, index));
    json_key(out, "tiles");
    buf_putc(out, '[');
    struct buf url;
    buf_init(&url);
    buf_puts(&url, call->base_url);
    buf_puts(&url, path);
    buf_put_json(out, url.data ? url.data : "");
    out->failed |= buf_failed(&url);
    buf_free(&url);
    buf_putc(out, ']');
    json_key(out, "links");
    buf_putc(out, '[');
    snprintf(path, sizeof path, "/styles/%.40s", id);
    json_link(out, call->base_url, path, "stylesheet", "application/vnd.mapbox.style+json", NULL);
    snprintf(path, sizeof path, "/styles/%.40s/legend", id);
    json_link(out, call->base_url, path, "describedby", TYPE_JSON, "Leyenda");
    snprintf(path, sizeof path, "/styles/%.40s/map/tiles", id);
    json_link(out, call->base_url, path, "http://www.opengis.net/def/rel/ogc/1.0/tilesets-map",
              TYPE_JSON, "Teselas");
    buf_puts(out, "]}");
}

bool styles_list(struct call *call, struct err *err)
{
    struct buf body;
    if (respond_unchanged(call, "styles"))
        return true;
    buf_init(&body);
    buf_puts(&body, "{\"styles\":[");
    for (size_t i = 0; i < state_style_count(call->service->state); i++)
        put_style(call, &body, i);
    buf_puts(&body, "],\"links\":[");
    json_link(&body, call->base_url, "/styles", "self", TYPE_JSON, NULL);
    buf_puts(&body, "]}\n");
    return respond_buf(call, TYPE_JSON, &body, err);
}

bool styles_get(struct call *call, struct err *err)
{
    size_t index = 0;
    struct buf body;
    if (!styles_find(call, &index, err))
        return false;
    call->version = versions_style(call->served->versions, index);
    if (respond_unchanged(call, "style"))
        return true;
    const struct style_urls urls = {arena_printf(call->arena,
                                                 "%s/fonts/{fontstack}/{range}.pbf?v=%08x",
                                                 call->base_url, call->served->program),
                                    arena_printf(call->arena, "%s/sprites/sigg", call->base_url),
                                    arena_printf(call->arena, "%s/tiles", call->base_url)};
    if (!urls.glyphs || !urls.sprite || !urls.sources)
        return err_no_memory(err);
    buf_init(&body);
    style_put_resolved(call->served->styles[index], &urls, &body);
    return respond_buf(call, "application/vnd.mapbox.style+json", &body, err);
}

static const struct offer legends[] = {
    {"json", TYPE_JSON}, {"png", TYPE_PNG}, {"svg", TYPE_SVG}, {0}};

static bool put_legend(struct call *call, const struct style *style, const struct offer *offer,
                       struct buf *body, struct err *err)
{
    if (strcmp(offer->name, "json") != 0)
        return legend_draw(style, strcmp(offer->name, "svg") == 0 ? LEGEND_SVG : LEGEND_PNG, 2,
                           body, err);
    legend_put_json(style, call->served->simulated, call->served->schematic, body);
    return true;
}

/* offer NULL: by the client's preference. */
static bool legend(struct call *call, const struct offer *offer, struct err *err)
{
    size_t index = 0;
    struct buf body;
    if (!styles_find(call, &index, err))
        return false;
    if (!offer)
        offer = respond_negotiate(call, legends);
    call->version = versions_style(call->served->versions, index);
    if (respond_unchanged(call, arena_printf(call->arena, "legend.%s", offer->name)))
        return true;
    buf_init(&body);
    if (put_legend(call, call->served->styles[index], offer, &body, err))
        return respond_buf(call, offer->type, &body, err);
    buf_free(&body);
    return false;
}

bool styles_legend(struct call *call, struct err *err)
{
    return legend(call, NULL, err);
}

bool styles_legend_png(struct call *call, struct err *err)
{
    return legend(call, &legends[1], err);
}

bool styles_legend_svg(struct call *call, struct err *err)
{
    return legend(call, &legends[2], err);
}
