/* fuzz_draw.c - styles drawn as a tile of a small country.
 * The bytes are a style document, or choose the values of one. An accepted style is drawn; a
 * refused one has a message. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layers/map/tile.h"
#include "layers/snapshot/snapshot.h"
#include "styles/style.h"
#include "styles/style_layer.h"
#include "tests/support/tiny.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- a document of choices --------------------------------------------------- */

struct choices {
    const uint8_t *at, *end;
    struct buf json;
};

static unsigned choose(struct choices *from, unsigned n)
{
    unsigned byte = from->at < from->end ? *from->at++ : 0;
    return byte % n;
}

static const char *const columns[] = {"nombre", "familias", "alianzas", "codigo", "nada", "etapa"};

static void put_number(struct choices *from, const struct style_row *row)
{
    double low = row->min, high = row->max;
    switch (choose(from, 8)) {
    case 0:
        buf_printf(&from->json, "%.17g", low);
        break;
    case 1:
        buf_printf(&from->json, "%.17g", high);
        break;
    case 2:
        buf_printf(&from->json, "%.17g", row->fallback);
        break;
    case 3: /* tiny */
        buf_printf(&from->json, "%.17g", low < 0 ? 1e-9 : low + 1e-9);
        break;
    case 4: /* anywhere */
        buf_printf(&from->json, "%.17g", low + (high - low) * choose(from, 256) / 255.0);
        break;
    default: /* as in real maps */
        low = (low > 0 ? low : 0) + choose(from, 64) / 4.0;
        buf_printf(&from->json, "%.17g", low < high ? low : high);
    }
}

static void put_constant(struct choices *from, const struct style_row *row, bool inside)
{
    static const char *const texts[] = {"abc",          "{nombre}",  "",
                                        "Ñandú\\nágua", "العربية 1", "🙂 a"};
    static const char *const images[] = {"alianza", "obra", "nada", "trama-sin-datos", "riego"};
    static const char *const colors[] = {"#123456", "rgba(1,2,3,0.5)", "transparent", "#fff",
                                         "rgba(200,10,10,0)"};
    switch (row->kind) {
    case EXPR_COLOR:
        buf_printf(&from->json, "\"%s\"", colors[choose(from, 5)]);
        break;
    case EXPR_BOOLEAN:
        buf_puts(&from->json, choose(from, 2) ? "true" : "false");
        break;
    case EXPR_STRING: {
        unsigned n = 0;
        while (row->words[n])
            n++;
        buf_printf(&from->json, "\"%s\"", row->words[choose(from, n)]);
        break;
    }
    case EXPR_FORMATTED:
        buf_printf(&from->json, "\"%s\"", texts[choose(from, 6)]);
        break;
    case EXPR_IMAGE:
        buf_printf(&from->json, "\"%s\"", images[choose(from, 5)]);
        break;
    case EXPR_ARRAY:
    case EXPR_PADDING: {
        unsigned n = row->texts ? 1 : row->length ? (unsigned)row->length : 1 + choose(from, 4);
        buf_puts(&from->json, inside ? "[\"literal\",[" : "[");
        for (unsigned i = 0; i < n; i++) {
            buf_puts(&from->json, i ? "," : "");
            if (row->texts)
                buf_puts(&from->json, "\"Open Sans Bold\"");
            else
                put_number(from, row);
        }
        buf_puts(&from->json, inside ? "]]" : "]");
        break;
    }
    default:
        put_number(from, row);
    }
}

static void put_value(struct choices *from, const struct style_row *row)
{
    struct buf *json = &from->json;
    const char *column = columns[choose(from, 6)];
    switch (choose(from, 7)) {
    case 0:
        buf_puts(json, "[\"step\",[\"zoom\"],");
        put_constant(from, row, true);
        buf_puts(json, ",7,");
        put_constant(from, row, true);
        buf_putc(json, ']');
        break;
    case 1:
        if (!row->interpolate || row->kind == EXPR_PADDING)
            goto plain;
        buf_puts(json, "[\"interpolate\",[\"exponential\",1.5],[\"zoom\"],3,");
        put_constant(from, row, true);
        buf_puts(json, ",12,");
        put_constant(from, row, true);
        buf_putc(json, ']');
        break;
    case 2:
        if (!row->data)
            goto plain;
        buf_printf(json, "[\"case\",[\"has\",\"%s\"],", column);
        put_constant(from, row, true);
        buf_putc(json, ',');
        put_constant(from, row, true);
        buf_putc(json, ']');
        break;
    case 3:
        if (!row->data || row->kind != EXPR_NUMBER)
            goto plain;
        buf_printf(json, "[\"*\",[\"to-number\",[\"get\",\"%s\"]],%g]", column,
                   choose(from, 2) ? 1e30 : -1e9);
        break;
    case 4:
        if (row->kind != EXPR_FORMATTED)
            goto plain;
        buf_printf(json,
                   "[\"format\",[\"to-string\",[\"get\",\"%s\"]],{\"font-scale\":%u},\"\\n\",{},"
                   "[\"concat\",[\"get\",\"nombre\"],\" x\"],{\"text-color\":\"#f00\"}]",
                   column, choose(from, 9));
        break;
    default:
    plain:
        put_constant(from, row, false);
    }
}

static void put_group(struct choices *from, enum style_layer_type type, bool layout)
{
    buf_printf(&from->json, ",\"%s\":{", layout ? "layout" : "paint");
    bool first = true;
    for (size_t i = 0; i < STYLE_N_PROPERTIES; i++) {
        const struct style_row *row = &style_rows[i];
        if (row->layer != type || row->layout != layout || choose(from, 3))
            continue;
        buf_printf(&from->json, "%s\"%s\":", first ? "" : ",", row->name);
        put_value(from, row);
        first = false;
    }
    buf_putc(&from->json, '}');
}

static void put_layer(struct choices *from, int number)
{
    static const char *const types[] = {"background", "fill", "line", "circle", "symbol"};
    static const char *const sources[] = {
        "municipios",        "alianzas",     "areas_riego",        "subproyectos",
        "municipios_puntos", "cuerpos_agua", "municipios_limites", "municipios_limites_exteriores"};
    unsigned type = choose(from, 5);
    buf_printf(&from->json, "%s{\"id\":\"c%d\",\"type\":\"%s\"", number ? "," : "", number,
               types[type]);
    if (type)
        buf_printf(&from->json, ",\"source\":\"sigg\",\"source-layer\":\"%s\"",
                   sources[choose(from, 8)]);
    if (type && choose(from, 4) == 1)
        buf_printf(&from->json, ",\"filter\":[\">\",[\"get\",\"familias\"],%u]", choose(from, 4));
    put_group(from, (enum style_layer_type)type, false);
    put_group(from, (enum style_layer_type)type, true);
    buf_putc(&from->json, '}');
}

static void put_document(struct choices *from)
{
    buf_puts(&from->json, "{\"version\":8,\"name\":\"x\",\"sources\":{\"sigg\":{\"type\":"
                          "\"vector\"}},\"layers\":[");
    int layers = 1 + (int)choose(from, 3);
    for (int i = 0; i < layers; i++)
        put_layer(from, i);
    buf_puts(&from->json, "]}");
}

/* ---- drawing ------------------------------------------------------------------ */

static struct snapshot *country(void)
{
    static struct snapshot *snapshot;
    struct err err = {0};
    const char *path;
    if (snapshot)
        return snapshot;
    struct geo_store *store = tiny_open(&path);
    snapshot = snapshot_build(store, NULL, &err);
    geo_store_close(store);
    if (!snapshot) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    return snapshot;
}

/* The tile around a point, of 15 S as 67 W. */
static struct tile_request request_of(struct choices *from)
{
    int z = (int)choose(from, 13);
    struct tile_request request = {
        .z = z, .size_px = choose(from, 4) ? 256 : 512, .scale = 1 + (choose(from, 4) == 1)};
    request.x = (int64_t)((-67.0 + 180) / 360 * (double)(1 << z));
    request.y = (int64_t)(0.5495 * (double)(1 << z));
    return request;
}

static void draw(const struct style *style, struct tile_request request)
{
    struct err err = {0};
    struct buf out;
    buf_init(&out);
    struct tile_plan *plan = tile_plan_new(style, country(), &err);
    bool ok = plan && tile_png(plan, &request, &out, &err);
    if (ok ? out.len < 50 : err.kind == ERR_NONE)
        abort();
    tile_plan_free(plan);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct choices from = {data, data + size, {0}};
    struct err err = {0};
    country();
    buf_init(&from.json);
    struct tile_request request = request_of(&from);
    if (from.at < from.end && *from.at == '{')
        buf_put(&from.json, from.at, (size_t)(from.end - from.at));
    else
        put_document(&from);
    struct style *style = style_parse(from.json.data, from.json.len, &err);
    if (!style && err.kind == ERR_NONE)
        abort();
    if (style)
        draw(style, request);
    style_free(style);
    buf_free(&from.json);
    return 0;
}
