/* vector_layers.c - writes the "vector_layers" member of TileJSON. */
#include "layers/vector/vector_layers.h"

#include <stdio.h>

/* suffix: of the derived layer; "": the layer itself. */
static void put_layer(struct buf *out, const struct layer *layer, const char *suffix, int zoom_min,
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
    snprintf(id, sizeof id, "%s%s", layer->name, suffix);
    buf_puts(out, "{\"id\":");
    buf_put_json(out, id);
    buf_puts(out, ",\"description\":");
    buf_put_json(out, layer_part_description(layer, suffix));
    buf_printf(out, ",\"minzoom\":%d,\"maxzoom\":%d,\"fields\":{", zoom_min, zoom_max);
    for (size_t c = 0; c < layer->n_columns; c++) {
        if (!layer_part_column(&layer->columns[c], suffix))
            continue;
        buf_puts(out, first ? "" : ",");
        first = false;
        buf_put_json(out, layer->columns[c].name);
        buf_putc(out, ':');
        buf_put_json(out, kinds[layer->columns[c].kind]);
    }
    buf_puts(out, "}}");
}

void vector_layers_put(struct buf *out, const struct layer *const *layers, size_t n, bool derived,
                       int zoom_min, int zoom_max)
{
    static const char *const made[] = {LAYER_POINTS, LAYER_BORDERS, LAYER_DEPARTMENT_BORDERS,
                                       LAYER_OUTER_BORDERS};
    buf_putc(out, '[');
    for (size_t l = 0; l < n; l++) {
        buf_puts(out, l ? "," : "");
        put_layer(out, layers[l], "", zoom_min, zoom_max);
    }
    for (size_t l = 0; l < n && derived; l++)
        for (size_t m = 0; m < sizeof made / sizeof *made; m++) {
            if (!layer_has_part(layers[l], made[m]))
                continue;
            buf_putc(out, ',');
            put_layer(out, layers[l], made[m], zoom_min, zoom_max);
        }
    buf_putc(out, ']');
}
