/* styles_http.c - /styles: the documents, and their legends as JSON. */
#include "server/styles_http.h"

#include <math.h>
#include <string.h>

#include "layers/page/legend.h"
#include "server/handlers.h"
#include "server/json_out.h"
#include "server/legend_json.h"
#include "server/respond.h"

bool styles_http_find(struct call *call, size_t *index, struct err *err)
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
    json_text(out, "title", style_title(call->view->styles[index]));
    snprintf(path, sizeof path, "/tiles/%.40s/{z}/{x}/{y}.png?v=%s", id,
             versions_style(call->view->versions, index));
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
    if (!styles_http_find(call, &index, err))
        return false;
    call->version = versions_style(call->view->versions, index);
    if (respond_unchanged(call, "style"))
        return true;
    const struct style_urls urls = {arena_printf(call->arena,
                                                 "%s/fonts/{fontstack}/{range}.pbf?v=%08x",
                                                 call->base_url, call->view->program),
                                    arena_printf(call->arena, "%s/sprites/sigg", call->base_url),
                                    arena_printf(call->arena, "%s/tiles", call->base_url)};
    if (!urls.glyphs || !urls.sprite || !urls.sources)
        return err_no_memory(err);
    buf_init(&body);
    style_put_resolved(call->view->styles[index], &urls, &body);
    return respond_buf(call, "application/vnd.mapbox.style+json", &body, err);
}

static bool picture(struct call *call, size_t index, const char *format, struct err *err)
{
    const struct style *style = call->view->styles[index];
    bool svg = strcmp(format, "svg") == 0;
    struct buf body;
    call->version = versions_style(call->view->versions, index);
    if (respond_unchanged(call, svg ? "legend.svg" : "legend.png"))
        return true;
    buf_init(&body);
    if (legend_draw(style, svg ? LEGEND_SVG : LEGEND_PNG, 2, &body, err))
        return respond_buf(call, svg ? "image/svg+xml" : TYPE_PNG, &body, err);
    buf_free(&body);
    return false;
}

bool styles_legend_png(struct call *call, struct err *err)
{
    size_t index = 0;
    return styles_http_find(call, &index, err) && picture(call, index, "png", err);
}

bool styles_legend_svg(struct call *call, struct err *err)
{
    size_t index = 0;
    return styles_http_find(call, &index, err) && picture(call, index, "svg", err);
}

bool styles_legend(struct call *call, struct err *err)
{
    size_t index = 0;
    struct buf body;
    if (!styles_http_find(call, &index, err))
        return false;
    call->version = versions_style(call->view->versions, index);
    if (respond_unchanged(call, "legend"))
        return true;
    const struct style *style = call->view->styles[index];
    buf_init(&body);
    legend_put_json(style, call->view->simulated, call->view->schematic, &body);
    return respond_buf(call, TYPE_JSON, &body, err);
}
