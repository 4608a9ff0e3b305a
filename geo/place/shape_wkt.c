/* shape_wkt.c - writes a shape as WKT. */
#include "geo/place/shape.h"

static void put_run(const struct geo_shape *shape, size_t ring, struct buf *out)
{
    buf_putc(out, '(');
    for (uint32_t i = shape->rings[ring]; i < shape->rings[ring + 1]; i++) {
        buf_puts(out, i > shape->rings[ring] ? ", " : "");
        buf_put_real(out, shape->xy[2 * i]);
        buf_putc(out, ' ');
        buf_put_real(out, shape->xy[2 * i + 1]);
    }
    buf_putc(out, ')');
}

static void put_part(const struct geo_shape *shape, size_t part, struct buf *out)
{
    if (shape->kind != GEO_SHAPE_POLYGON) {
        put_run(shape, shape->parts[part], out);
        return;
    }
    buf_putc(out, '(');
    for (uint32_t r = shape->parts[part]; r < shape->parts[part + 1]; r++) {
        buf_puts(out, r > shape->parts[part] ? ", " : "");
        put_run(shape, r, out);
    }
    buf_putc(out, ')');
}

void geo_shape_put_wkt(const struct geo_shape *shape, struct buf *out)
{
    static const char *const kinds[] = {[GEO_SHAPE_POINT] = "POINT",
                                        [GEO_SHAPE_LINE] = "LINESTRING",
                                        [GEO_SHAPE_POLYGON] = "POLYGON"};
    bool multi = shape->n_parts > 1;
    buf_printf(out, "%s%s ", multi ? "MULTI" : "", kinds[shape->kind]);
    buf_puts(out, multi ? "(" : "");
    for (size_t p = 0; p < shape->n_parts; p++) {
        buf_puts(out, p ? ", " : "");
        put_part(shape, p, out);
    }
    buf_puts(out, multi ? ")" : "");
}
