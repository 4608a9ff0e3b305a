/* ogc_tiles.c - the metadata of OGC API Tiles.
 *
 * /conformance, the tile matrix set, the tilesets of layers and styles.
 */
#include <math.h>
#include <string.h>

#include "geo/base/json.h"
#include "server/api/handlers.h"
#include "server/api/styles.h"
#include "server/request/respond.h"

#define OGC "http://www.opengis.net/"
#define MATRIX_SET OGC "def/tilematrixset/OGC/1.0/WebMercatorQuad"
#define WEB_MERCATOR OGC "def/crs/EPSG/0/3857"
#define CRS84 OGC "def/crs/OGC/1.3/CRS84"
#define REL OGC "def/rel/ogc/1.0/"

/* Half the circumference of the sphere of 6,378,137 m: OGC 17-083r4, annex D.1. */
static const double half_m = 20037508.342789244;
/* Scale of matrix 0 with pixels of 0.28 mm, same source. */
static const double scale_0 = 559082264.0287178;

/* Only what the tests cover (tests/http/test_ogc_tiles). */
bool ogc_tiles_conformance(struct call *call, struct err *err)
{
    static const char *const classes[] = {
        OGC "spec/ogcapi-common-1/1.0/conf/core",
        OGC "spec/ogcapi-common-1/1.0/conf/landing-page",
        OGC "spec/ogcapi-common-1/1.0/conf/json",
        OGC "spec/ogcapi-common-1/1.0/conf/oas30",
        OGC "spec/ogcapi-common-2/1.0/conf/collections",
        OGC "spec/ogcapi-tiles-1/1.0/conf/core",
        OGC "spec/ogcapi-tiles-1/1.0/conf/tileset",
        OGC "spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
        OGC "spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
        OGC "spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
        OGC "spec/ogcapi-tiles-1/1.0/conf/mvt",
        OGC "spec/ogcapi-tiles-1/1.0/conf/png",
        OGC "spec/tms/2.0/conf/tilematrixset",
        OGC "spec/tms/2.0/conf/json-tilematrixset",
    };
    struct buf body;
    if (respond_unchanged(call, "conformance"))
        return true;
    buf_init(&body);
    buf_puts(&body, "{\"conformsTo\":[");
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        buf_puts(&body, i ? "," : "");
        buf_put_json(&body, classes[i]);
    }
    buf_puts(&body, "]}\n");
    return respond_buf(call, TYPE_JSON, &body, err);
}

/* ---- the tile matrix set ------------------------------------------------------- */

bool ogc_tiles_matrix_sets(struct call *call, struct err *err)
{
    struct buf body;
    if (respond_unchanged(call, "matrix-sets"))
        return true;
    buf_init(&body);
    buf_puts(&body, "{\"tileMatrixSets\":[{");
    json_text(&body, "id", "WebMercatorQuad");
    json_text(&body, "title", "Google Maps Compatible for the World");
    json_text(&body, "uri", MATRIX_SET);
    json_text(&body, "crs", WEB_MERCATOR);
    json_key(&body, "links");
    buf_putc(&body, '[');
    json_link(&body, call->base_url, "/tileMatrixSets/WebMercatorQuad", "self", TYPE_JSON, NULL);
    buf_puts(&body, "]}],\"links\":[");
    json_link(&body, call->base_url, "/tileMatrixSets", "self", TYPE_JSON, NULL);
    buf_puts(&body, "]}\n");
    return respond_buf(call, TYPE_JSON, &body, err);
}

static void put_number(struct buf *out, const char *key, double value)
{
    json_key(out, key);
    buf_put_real(out, value);
}

static void put_matrix(struct buf *out, int z)
{
    char id[8];
    snprintf(id, sizeof id, "%d", z);
    json_next(out);
    buf_putc(out, '{');
    json_text(out, "id", id);
    put_number(out, "scaleDenominator", ldexp(scale_0, -z));
    put_number(out, "cellSize", ldexp(2 * half_m / 256, -z));
    json_text(out, "cornerOfOrigin", "topLeft");
    json_key(out, "pointOfOrigin");
    buf_putc(out, '[');
    buf_put_real(out, -half_m);
    buf_putc(out, ',');
    buf_put_real(out, half_m);
    buf_putc(out, ']');
    json_int(out, "tileWidth", 256);
    json_int(out, "tileHeight", 256);
    json_int(out, "matrixWidth", (int64_t)1 << z);
    json_int(out, "matrixHeight", (int64_t)1 << z);
    buf_putc(out, '}');
}

bool ogc_tiles_matrix_set(struct call *call, struct err *err)
{
    struct buf body;
    if (respond_unchanged(call, "matrix-set"))
        return true;
    buf_init(&body);
    buf_putc(&body, '{');
    json_text(&body, "id", "WebMercatorQuad");
    json_text(&body, "title", "Google Maps Compatible for the World");
    json_text(&body, "uri", MATRIX_SET);
    json_text(&body, "crs", WEB_MERCATOR);
    json_text(&body, "wellKnownScaleSet", OGC "def/wkss/OGC/1.0/GoogleMapsCompatible");
    buf_puts(&body, ",\"orderedAxes\":[\"X\",\"Y\"],\"tileMatrices\":[");
    for (int z = 0; z <= TILE_MAX_ZOOM; z++)
        put_matrix(&body, z);
    buf_puts(&body, "]}\n");
    return respond_buf(call, TYPE_JSON, &body, err);
}

/* ---- tilesets ------------------------------------------------------------------- */

/* The tiles of a layer, of all layers (layer NULL) or of a style. */
struct tileset {
    const char *title, *type; /* type: "vector" or "map" */
    const char *path;         /* of the tileset */
    const char *tiles;        /* URL template with {tileMatrix}, {tileRow} and {tileCol} */
    const struct layer *layer;
    bool map;
};

static void put_templated(struct call *call, struct buf *out, const char *path, const char *type)
{
    struct buf url;
    buf_init(&url);
    buf_printf(&url, "%s%s", call->base_url, path);
    json_next(out);
    buf_putc(out, '{');
    json_text(out, "href", url.data);
    json_text(out, "rel", "item");
    json_text(out, "type", type);
    buf_puts(out, ",\"templated\":true}");
    out->failed |= buf_failed(&url);
    buf_free(&url);
}

static void put_box(struct buf *out, struct geo_box box)
{
    if (geo_box_is_empty(box))
        return;
    json_key(out, "boundingBox");
    buf_puts(out, "{\"lowerLeft\":[");
    buf_put_fixed(out, box.min_x, 6);
    buf_putc(out, ',');
    buf_put_fixed(out, box.min_y, 6);
    buf_puts(out, "],\"upperRight\":[");
    buf_put_fixed(out, box.max_x, 6);
    buf_putc(out, ',');
    buf_put_fixed(out, box.max_y, 6);
    buf_puts(out, "],\"crs\":\"" CRS84 "\"}");
}

/* Writes the members that a list of tilesets and the tileset itself have in common. */
static void put_head(struct buf *out, const struct tileset *set)
{
    json_text(out, "title", set->title);
    json_text(out, "dataType", set->type);
    json_text(out, "crs", WEB_MERCATOR);
    json_text(out, "tileMatrixSetURI", MATRIX_SET);
}

static bool answer_list(struct call *call, const struct tileset *set, const char *self,
                        struct err *err)
{
    struct buf body;
    if (respond_unchanged(call, "tilesets"))
        return true;
    buf_init(&body);
    buf_puts(&body, "{\"tilesets\":[{");
    put_head(&body, set);
    json_key(&body, "links");
    buf_putc(&body, '[');
    json_link(&body, call->base_url, set->path, "self", TYPE_JSON, set->title);
    put_templated(call, &body, set->tiles, set->map ? TYPE_PNG : TYPE_MVT);
    json_link(&body, call->base_url, "/tileMatrixSets/WebMercatorQuad", REL "tiling-scheme",
              TYPE_JSON, NULL);
    buf_puts(&body, "]}],\"links\":[");
    json_link(&body, call->base_url, self, "self", TYPE_JSON, NULL);
    buf_puts(&body, "]}\n");
    return respond_buf(call, TYPE_JSON, &body, err);
}

static bool answer_set(struct call *call, const struct tileset *set, struct err *err)
{
    struct buf body;
    struct geo_box box = geo_box_empty();
    if (respond_unchanged(call, "tileset"))
        return true;
    for (size_t i = 0; i < layers_count(); i++)
        if (!set->layer || set->layer == layers_at(i))
            box = geo_box_join(box, snapshot_extent(call->served->snapshot, layers_at(i)));
    buf_init(&body);
    buf_putc(&body, '{');
    put_head(&body, set);
    put_box(&body, box);
    if (set->layer) {
        json_key(&body, "layers");
        buf_puts(&body, "[{");
        json_text(&body, "id", set->layer->name);
        json_text(&body, "title", set->layer->title);
        json_text(&body, "dataType", "vector");
        buf_puts(&body, "}]");
    }
    json_key(&body, "links");
    buf_putc(&body, '[');
    json_link(&body, call->base_url, set->path, "self", TYPE_JSON, set->title);
    json_link(&body, call->base_url, "/tileMatrixSets/WebMercatorQuad", REL "tiling-scheme",
              TYPE_JSON, NULL);
    put_templated(call, &body, set->tiles, set->map ? TYPE_PNG : TYPE_MVT);
    if (set->map)
        put_templated(call, &body, set->tiles, TYPE_WEBP);
    buf_puts(&body, "]}\n");
    return respond_buf(call, TYPE_JSON, &body, err);
}

/* The tileset below /collections/{layer} or /styles/{style}/map. */
static bool fill(struct call *call, const char *base, struct tileset *set, struct err *err)
{
    set->type = set->map ? "map" : "vector";
    set->path = arena_printf(call->arena, "%s/tiles/WebMercatorQuad", base);
    set->tiles = arena_printf(call->arena,
                              "%s/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", base);
    return (base && set->path && set->tiles) || err_no_memory(err);
}

static bool layer_set(struct call *call, struct tileset *set, struct err *err)
{
    const char *name = call_path(call, "layer");
    set->layer = layers_find(name);
    if (!set->layer)
        return err_set(err, ERR_NOT_FOUND,
                       "no hay una colección «%.60s»; la lista está en /collections", name);
    set->title = set->layer->title;
    return fill(call, arena_printf(call->arena, "/collections/%s", name), set, err);
}

static bool style_set(struct call *call, struct tileset *set, struct err *err)
{
    size_t index = 0;
    if (!styles_find(call, &index, err))
        return false;
    set->map = true;
    set->title = style_title(call->served->styles[index]);
    return fill(call, arena_printf(call->arena, "/styles/%s/map", styles_id(index)), set, err);
}

static const struct tileset dataset = {
    .title = "SIGG – Programa EMPODERAR",
    .type = "vector",
    .path = "/tiles/WebMercatorQuad",
    .tiles = "/tiles/sigg/{tileMatrix}/{tileCol}/{tileRow}.mvt",
};

bool ogc_tiles_dataset(struct call *call, struct err *err)
{
    return answer_list(call, &dataset, "/tiles", err);
}

bool ogc_tiles_dataset_web(struct call *call, struct err *err)
{
    return answer_set(call, &dataset, err);
}

bool ogc_tiles_layer(struct call *call, struct err *err)
{
    struct tileset set = {0};
    if (!layer_set(call, &set, err))
        return false;
    const char *self = arena_printf(call->arena, "/collections/%s/tiles", set.layer->name);
    return self ? answer_list(call, &set, self, err) : err_no_memory(err);
}

bool ogc_tiles_layer_web(struct call *call, struct err *err)
{
    struct tileset set = {0};
    return layer_set(call, &set, err) && answer_set(call, &set, err);
}

bool ogc_tiles_style(struct call *call, struct err *err)
{
    struct tileset set = {0};
    if (!style_set(call, &set, err))
        return false;
    const char *self = arena_printf(call->arena, "/styles/%s/map/tiles", call_path(call, "style"));
    return self ? answer_list(call, &set, self, err) : err_no_memory(err);
}

bool ogc_tiles_style_web(struct call *call, struct err *err)
{
    struct tileset set = {0};
    return style_set(call, &set, err) && answer_set(call, &set, err);
}
