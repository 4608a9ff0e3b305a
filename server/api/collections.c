/* collections.c - the endpoint /collections: layers and features (OGC API Features). */
#include <stdlib.h>
#include <string.h>

#include "geo/base/json.h"
#include "geo/base/parse.h"
#include "layers/vector/features.h"
#include "server/api/handlers.h"
#include "server/request/respond.h"

#define CRS84 "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

static const struct offer features[] = {
    {"geojson", "application/geo+json"}, {"json", "application/json"}, {0}};

static const struct layer *find_layer(struct call *call, struct err *err)
{
    const char *name = call_path(call, "layer");
    const struct layer *layer = layers_find(name);
    if (layer)
        return layer;
    struct buf known;
    buf_init(&known);
    for (size_t i = 0; i < layers_count(); i++)
        buf_printf(&known, "%s%s", i ? ", " : "", layers_at(i)->name);
    err_set(err, ERR_NOT_FOUND, "no hay una colección «%.60s»; hay: %s", name,
            known.data ? known.data : "ninguna");
    buf_free(&known);
    return NULL;
}

/* Municipalities have figures of the records, so they are simulated if those are. */
static bool is_simulated(struct call *call, const struct layer *layer)
{
    return snapshot_layer_info(call->served->snapshot, layer)->simulated ||
           (layer->by_edition && call->served->simulated);
}

/* Writes the description with the mandatory warnings. */
static void put_description(struct call *call, struct buf *out, const struct layer *layer)
{
    struct buf text;
    buf_init(&text);
    buf_puts(&text, layer->description);
    if (is_simulated(call, layer))
        buf_puts(&text, " Datos simulados.");
    if (layer->by_edition && call->served->schematic)
        buf_puts(&text, " Límites esquemáticos.");
    json_text(out, "description", text.data);
    out->failed |= buf_failed(&text);
    buf_free(&text);
}

static void put_extent(struct buf *out, struct geo_box box)
{
    if (geo_box_is_empty(box))
        return;
    json_key(out, "extent");
    buf_puts(out, "{\"spatial\":{\"bbox\":[[");
    const double sides[] = {box.min_x, box.min_y, box.max_x, box.max_y};
    for (size_t i = 0; i < 4; i++) {
        buf_puts(out, i ? "," : "");
        buf_put_fixed(out, sides[i], 7);
    }
    buf_puts(out, "]],\"crs\":\"" CRS84 "\"}}");
}

static void put_columns(struct buf *out, const struct layer *layer)
{
    static const char *const kinds[] = {"texto", "entero", "real", "logico"};
    json_key(out, "columnas");
    buf_putc(out, '[');
    for (size_t i = 0; i < layer->n_columns; i++) {
        json_next(out);
        buf_putc(out, '{');
        json_text(out, "nombre", layer->columns[i].name);
        json_text(out, "tipo", kinds[layer->columns[i].kind]);
        json_text(out, "titulo", layer->columns[i].title);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

static void put_collection(struct call *call, struct buf *out, const struct layer *layer)
{
    const struct snapshot *snapshot = call->served->snapshot;
    const struct geo_layer_info *info = snapshot_layer_info(snapshot, layer);
    char path[128];
    json_next(out);
    buf_putc(out, '{');
    json_text(out, "id", layer->name);
    json_text(out, "title", layer->title);
    put_description(call, out, layer);
    json_text(out, "itemType", "feature");
    buf_puts(out, ",\"crs\":[\"" CRS84 "\"],\"storageCrs\":\"" CRS84 "\"");
    put_extent(out, snapshot_extent(snapshot, layer));
    json_int(out, "elementos", (int64_t)snapshot_feature_count(snapshot, layer));
    json_bool(out, "simulado", is_simulated(call, layer));
    json_bool(out, "esquematica", layer->by_edition && call->served->schematic);
    json_text(out, "edicion", call->served->edition.codigo);
    json_text(out, "fuente", info->source);
    json_text(out, "fecha_datos", info->data_date[0] ? info->data_date : NULL);
    json_int(out, "revision", info->revision);
    put_columns(out, layer);
    json_key(out, "links");
    buf_putc(out, '[');
    snprintf(path, sizeof path, "/collections/%s", layer->name);
    json_link(out, call->base_url, path, "self", TYPE_JSON, layer->title);
    snprintf(path, sizeof path, "/collections/%s/items", layer->name);
    json_link(out, call->base_url, path, "items", TYPE_GEOJSON, layer->title);
    snprintf(path, sizeof path, "/collections/%s/tiles", layer->name);
    json_link(out, call->base_url, path, "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector",
              TYPE_JSON, layer->title);
    buf_puts(out, "]}");
}

bool collections_list(struct call *call, struct err *err)
{
    struct buf body;
    if (respond_unchanged(call, "collections"))
        return true;
    buf_init(&body);
    buf_puts(&body, "{\"links\":[");
    json_link(&body, call->base_url, "/collections", "self", TYPE_JSON, "Colecciones");
    buf_puts(&body, "],\"collections\":[");
    for (size_t i = 0; i < layers_count(); i++)
        put_collection(call, &body, layers_at(i));
    buf_puts(&body, "]}\n");
    return respond_buf(call, TYPE_JSON, &body, err);
}

bool collections_get(struct call *call, struct err *err)
{
    const struct layer *layer = find_layer(call, err);
    struct buf body;
    if (!layer)
        return false;
    call->version = versions_layers(call->served->versions, &layer, 1);
    if (respond_unchanged(call, "collection"))
        return true;
    buf_init(&body);
    put_collection(call, &body, layer);
    buf_putc(&body, '\n');
    return respond_buf(call, TYPE_JSON, &body, err);
}

/* The path of this list with another offset: only the parameters given. */
static char *page_path(struct call *call, const struct layer *layer, int64_t offset)
{
    struct buf path;
    buf_init(&path);
    buf_printf(&path, "/collections/%s/items?limit=%lld", layer->name,
               (long long)call_param(call, "limit")->integer);
    if (offset > 0)
        buf_printf(&path, "&offset=%lld", (long long)offset);
    if (call_text(call, "bbox")) {
        buf_puts(&path, "&bbox=");
        json_put_encoded(&path, call_text(call, "bbox"));
    }
    if (call_text(call, "f"))
        buf_printf(&path, "&f=%s", call_text(call, "f"));
    char *kept = buf_failed(&path) ? NULL : arena_strdup(call->arena, path.data);
    buf_free(&path);
    return kept;
}

/* Writes the end of the page, when the number of features is known. */
static bool put_page_end(struct call *call, struct buf *body, const struct layer *layer,
                         const char *type, int64_t matched, int64_t returned)
{
    const int64_t limit = call_param(call, "limit")->integer;
    const int64_t offset = call_param(call, "offset")->integer;
    char now[21], path[128];
    date_now(now);
    json_text(body, "timeStamp", now);
    json_int(body, "numberMatched", matched);
    json_int(body, "numberReturned", returned);
    json_bool(body, "simulado", is_simulated(call, layer));
    json_bool(body, "esquematica", layer->by_edition && call->served->schematic);
    json_key(body, "links");
    buf_putc(body, '[');
    const char *self = page_path(call, layer, offset);
    const char *next = page_path(call, layer, offset + returned);
    const char *prev = page_path(call, layer, offset > limit ? offset - limit : 0);
    if (!self || !next || !prev)
        return false;
    json_link(body, call->base_url, self, "self", type, NULL);
    if (returned > 0 && offset + returned < matched)
        json_link(body, call->base_url, next, "next", type, NULL);
    if (offset > 0)
        json_link(body, call->base_url, prev, "prev", type, NULL);
    snprintf(path, sizeof path, "/collections/%s", layer->name);
    json_link(body, call->base_url, path, "collection", TYPE_JSON, layer->title);
    buf_puts(body, "]}\n");
    return true;
}

bool collections_items(struct call *call, struct err *err)
{
    const struct layer *layer = find_layer(call, err);
    struct buf body;
    if (!layer)
        return false;
    const struct offer *offer = respond_negotiate(call, features);
    call->version = versions_layers(call->served->versions, &layer, 1);
    if (respond_unchanged(call, offer->name))
        return true;
    const struct param_value *box = call_param(call, "bbox");
    const struct features_query query = {
        .box = box->given ? &box->box : NULL,
        .offset = call_param(call, "offset")->integer,
        .limit = call_param(call, "limit")->integer,
    };
    int64_t matched = 0, returned = 0;
    buf_init(&body);
    buf_puts(&body, "{\"type\":\"FeatureCollection\",\"features\":[");
    features_put(call->served->snapshot, layer, &query, &body, &matched, &returned);
    buf_putc(&body, ']');
    if (!put_page_end(call, &body, layer, offer->type, matched, returned)) {
        buf_free(&body);
        return err_no_memory(err);
    }
    return respond_buf(call, offer->type, &body, err);
}

bool collections_item(struct call *call, struct err *err)
{
    const struct layer *layer = find_layer(call, err);
    struct buf body;
    if (!layer)
        return false;
    const char *id = call_path(call, "id");
    const struct offer *offer = respond_negotiate(call, features);
    call->version = versions_layers(call->served->versions, &layer, 1);
    buf_init(&body);
    if (!features_put_one(call->served->snapshot, layer, id, &body)) {
        buf_free(&body);
        return err_set(err, ERR_NOT_FOUND, "no hay un elemento «%.80s» en la colección «%s»", id,
                       layer->name);
    }
    if (respond_unchanged(call, offer->name)) {
        buf_free(&body);
        return true;
    }
    return respond_buf(call, offer->type, &body, err);
}
