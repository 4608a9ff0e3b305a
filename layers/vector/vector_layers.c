#include "layers/vector/vector_layers.h"

#include <stdio.h>

static void put_layer(struct buf *out, const struct layer *layer, bool points, int zoom_min,
                      int zoom_max)
{
    static const char *const kinds[] = {
        [LAYER_TEXT] = "String",
        [LAYER_INTEGER] = "Number",
        [LAYER_REAL] = "Number",
        [LAYER_BOOL] = "Boolean",
    };
    char id[64];
    bool first = true;
    snprintf(id, sizeof id, "%s%s", layer->name, points ? LAYER_POINTS : "");
    buf_puts(out, "{\"id\":");
    buf_put_json(out, id);
    buf_puts(out, ",\"description\":");
    buf_put_json(out, points ? "El lugar del nombre dentro de cada polígono." : layer->description);
    buf_printf(out, ",\"minzoom\":%d,\"maxzoom\":%d,\"fields\":{", zoom_min, zoom_max);
    for (size_t c = 0; c < layer->n_columns; c++) {
        if (points && !layer_points_column(&layer->columns[c]))
            continue;
        buf_puts(out, first ? "" : ",");
        first = false;
        buf_put_json(out, layer->columns[c].name);
        buf_putc(out, ':');
        buf_put_json(out, kinds[layer->columns[c].kind]);
    }
    buf_puts(out, "}}");
}

void vector_layers_put(struct buf *out, const struct layer *const *layers, size_t n, bool points,
                       int zoom_min, int zoom_max)
{
    buf_putc(out, '[');
    for (size_t l = 0; l < n; l++) {
        buf_puts(out, l ? "," : "");
        put_layer(out, layers[l], false, zoom_min, zoom_max);
    }
    for (size_t l = 0; l < n && points; l++)
        if (layers[l]->tiling) {
            buf_putc(out, ',');
            put_layer(out, layers[l], true, zoom_min, zoom_max);
        }
    buf_putc(out, ']');
}
