/* vector_tiles.c - the endpoints of vector tiles and their TileJSON.
 *
 * /tiles/{layer}/{z}/{x}/{y}.mvt and /tiles/{layer}.json: one layer, or all of them as
 * "sigg", the source of the styles.
 *
 * An entry of the cache is a line that says what was reduced ("" for nothing), NUL, and the
 * tile.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/json.h"
#include "layers/vector/mvt.h"
#include "layers/vector/vector_layers.h"
#include "server/api/handlers.h"
#include "server/api/tiles.h"
#include "server/portal/portal.h"
#include "server/request/respond.h"
#include "server/request/response_cache.h"

/* Finds the layers that {layer} stands for. */
static bool find_layers(struct call *call, struct mvt_request *request, struct err *err)
{
    const char *name = call_path(call, "layer");
    const struct layer *layer = layers_find(name);
    if (layer) {
        request->layers[request->n_layers++] = layer;
        return true;
    }
    bool all = strcmp(name, VERSIONS_ALL_LAYERS) == 0;
    request->derived = all;
    struct buf known;
    buf_init(&known);
    for (size_t i = 0; i < layers_count(); i++) {
        buf_printf(&known, ", %s", layers_at(i)->name);
        if (all)
            request->layers[request->n_layers++] = layers_at(i);
    }
    if (!all)
        err_set(err, ERR_NOT_FOUND,
                "no hay teselas vectoriales de «%.60s»; hay: " VERSIONS_ALL_LAYERS "%s", name,
                known.data ? known.data : "");
    buf_free(&known);
    return all;
}

static const char *version_of(const struct call *call, const struct mvt_request *request)
{
    return versions_layers(call->served->versions, request->layers, request->n_layers);
}

/* ---- tiles --------------------------------------------------------------- */

static void put_reduced(const struct mvt_request *request, const struct mvt_report *report,
                        struct buf *out)
{
    bool any = false;
    for (size_t i = 0; i < request->n_layers; i++)
        if (report->reduced[i]) {
            buf_printf(out, "%s%s=%d", any ? ", " : "", request->layers[i]->name,
                       report->reduced[i]);
            any = true;
        }
    buf_putc(out, '\0');
}

/* A tile to make. */
struct vector_tiles_making {
    struct call *call;
    const struct mvt_request *request;
    const char *key;
};

/* Makes the line and the tile, as the cache stores them. */
static bool encode(void *arg, char **data, size_t *len, struct err *err)
{
    const struct vector_tiles_making *of = arg;
    struct worker *worker = of->call->worker;
    struct mvt_report report = {0};
    struct buf tile, out;
    if (!worker->vectors)
        worker->vectors = mvt_encoder_new();
    if (!worker->vectors)
        return err_no_memory(err);
    buf_init(&tile);
    buf_init(&out);
    bool ok =
        mvt_encode(worker->vectors, of->call->served->snapshot, of->request, &report, &tile, err);
    if (ok) {
        put_reduced(of->request, &report, &out);
        buf_put(&out, tile.data ? tile.data : "", tile.len);
        *data = buf_take(&out, len);
        ok = *data || err_no_memory(err);
    }
    buf_free(&tile);
    buf_free(&out);
    return ok || err_wrap(err, "tesela %s", of->key);
}

bool vector_tiles_get(struct call *call, struct err *err)
{
    struct mvt_request request = {0};
    struct tile_request address = {0};
    char key[96];
    bool hit;
    if (!find_layers(call, &request, err) || !tiles_address(call, &address, err))
        return false;
    call->version = version_of(call, &request);
    if (respond_unchanged_own(call, "mvt"))
        return true;
    request.z = address.z;
    request.x = address.x;
    request.y = address.y;
    /* The key is the path, so that response_cache_answer_tile() finds it. */
    snprintf(key, sizeof key, "/tiles/%.40s/%d/%lld/%lld.mvt", call_path(call, "layer"), request.z,
             (long long)request.x, (long long)request.y);
    struct vector_tiles_making of = {call, &request, key};
    const struct cache_entry *entry =
        cache_fetch(call->served->cache, key, call->version, encode, &of, call->budget, &hit, err);
    metrics_cache(call->worker->counts, hit);
    if (!entry)
        return false;
    if (entry->len == strlen(entry->data) + 1)
        call->out->status = 204;
    else
        respond_header(call, "Content-Type", TYPE_MVT);
    return response_cache_answer_noted(call, entry, "X-Tesela-Reducida", !hit, err);
}

/* ---- TileJSON ------------------------------------------------------------ */

static void put_numbers(struct buf *out, const char *key, const double *numbers, size_t n)
{
    json_key(out, key);
    for (size_t i = 0; i < n; i++) {
        buf_putc(out, i ? ',' : '[');
        buf_put_fixed(out, numbers[i], 6);
    }
    buf_putc(out, ']');
}

/* The mandatory warnings. */
static const char *attribution(struct call *call, const struct mvt_request *request)
{
    bool simulated = false, schematic = false;
    for (size_t i = 0; i < request->n_layers && request->layers[i]; i++) {
        const struct layer *layer = request->layers[i];
        /* Municipalities have figures of the records. */
        simulated |= snapshot_layer_info(call->served->snapshot, layer)->simulated ||
                     (layer->by_edition && call->served->simulated);
        schematic |= layer->by_edition && call->served->schematic;
    }
    const char *provenance = portal_provenance(simulated, schematic);
    return provenance[0] ? arena_printf(call->arena, "Programa EMPODERAR. %s", provenance)
                         : "Programa EMPODERAR";
}

static void put_extent(struct call *call, const struct mvt_request *request, struct buf *out)
{
    struct geo_box box = geo_box_empty();
    for (size_t i = 0; i < request->n_layers; i++)
        box = geo_box_join(box, snapshot_extent(call->served->snapshot, request->layers[i]));
    if (geo_box_is_empty(box))
        return;
    const double bounds[] = {box.min_x, box.min_y, box.max_x, box.max_y};
    const double center[] = {(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2, 5};
    put_numbers(out, "bounds", bounds, 4);
    put_numbers(out, "center", center, 3);
}

bool vector_tiles_json(struct call *call, struct err *err)
{
    struct mvt_request request = {0};
    struct buf body;
    if (!find_layers(call, &request, err))
        return false;
    call->version = version_of(call, &request);
    if (respond_unchanged(call, "tilejson"))
        return true;
    const char *name = call_path(call, "layer");
    const struct layer *one = request.n_layers == 1 ? request.layers[0] : NULL;
    const char *url = arena_printf(call->arena, "%s/tiles/%s/{z}/{x}/{y}.mvt?v=%s", call->base_url,
                                   name, call->version);
    buf_init(&body);
    buf_putc(&body, '{');
    json_text(&body, "tilejson", "3.0.0");
    json_text(&body, "name", one ? one->title : "SIGG – Programa EMPODERAR");
    json_text(&body, "description", one ? one->description : "Todas las capas del SIGG.");
    json_text(&body, "attribution", attribution(call, &request));
    json_text(&body, "scheme", "xyz");
    json_key(&body, "tiles");
    buf_putc(&body, '[');
    buf_put_json(&body, url);
    buf_putc(&body, ']');
    json_int(&body, "minzoom", 0);
    json_int(&body, "maxzoom", MVT_MAX_ZOOM);
    put_extent(call, &request, &body);
    json_key(&body, "vector_layers");
    vector_layers_put(&body, request.layers, request.n_layers, request.derived, 0, MVT_MAX_ZOOM);
    buf_puts(&body, "}\n");
    return url ? respond_buf(call, TYPE_JSON, &body, err) : (buf_free(&body), err_no_memory(err));
}
