/* legend_json.c - writes the legend of a style as JSON. */
#include "layers/page/legend_json.h"

#include <math.h>

#include "geo/base/json.h"

/* "rgba(228,26,28,0.8)", as CSS writes it. */
static void put_color(struct buf *out, const char *key, struct style_color color)
{
    json_key(out, key);
    buf_printf(out, "\"rgba(%ld,%ld,%ld,", lround(color.r * 255.0), lround(color.g * 255.0),
               lround(color.b * 255.0));
    buf_put_fixed(out, color.a, 3);
    buf_puts(out, ")\"");
}

static void put_entry(struct buf *out, const struct style_legend_entry *entry)
{
    static const char *const shapes[] = {"area", "linea", "circulo"};
    json_next(out);
    buf_putc(out, '{');
    json_text(out, "capa", entry->layer_id);
    json_text(out, "texto", entry->label);
    json_text(out, "forma", shapes[entry->shape]);
    put_color(out, "color", entry->color);
    if (entry->has_stroke)
        put_color(out, "borde", entry->stroke);
    if (entry->pattern)
        json_text(out, "trama", entry->pattern);
    json_key(out, "tamano_px");
    buf_put_fixed(out, entry->size_px, 2);
    buf_putc(out, '}');
}

void legend_put_json(const struct style *style, bool simulated, bool schematic, struct buf *out)
{
    const struct style_legend_entry *entries = NULL;
    size_t n = style_legend(style, &entries);
    buf_putc(out, '{');
    json_text(out, "id", style_id(style));
    json_text(out, "titulo", style_title(style));
    json_bool(out, "simulado", simulated);
    json_bool(out, "esquematica", schematic);
    json_key(out, "entradas");
    buf_putc(out, '[');
    for (size_t i = 0; i < n; i++)
        put_entry(out, &entries[i]);
    buf_puts(out, "]}\n");
}
