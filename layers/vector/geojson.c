/* geojson.c - writes features as GeoJSON. */
#include "layers/vector/geojson.h"

#include <math.h>
#include <string.h>

enum { DECIMALS = 9, NUMBER_MAX = 24 };

/* Writes a coordinate with up to nine decimals, without trailing zeros. printf is ten
 * times slower, and there are millions of them. |v| <= 1e6. */
static char *put_number(char *to, double v)
{
    int64_t scaled = llrint(v * 1e9);
    uint64_t rest = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    if (scaled < 0)
        *to++ = '-';
    uint64_t whole = rest / 1000000000u;
    uint32_t part = (uint32_t)(rest % 1000000000u);
    char digits[NUMBER_MAX], *at = digits + sizeof digits;
    do
        *--at = (char)('0' + whole % 10);
    while (whole /= 10);
    size_t n = (size_t)(digits + sizeof digits - at);
    memcpy(to, at, n);
    to += n;
    if (part == 0)
        return to;
    *to++ = '.';
    for (uint32_t unit = 100000000; part; unit /= 10) {
        *to++ = (char)('0' + part / unit);
        part %= unit;
    }
    return to;
}

static void put_positions(const struct geo_shape *shape, size_t first, size_t n, bool backward,
                          struct buf *out)
{
    if (!buf_reserve(out, n * (2 * NUMBER_MAX + 4)))
        return;
    char *to = out->data + out->len;
    for (size_t k = 0; k < n; k++) {
        const double *xy = shape->xy + 2 * (backward ? first + n - 1 - k : first + k);
        if (k)
            *to++ = ',';
        *to++ = '[';
        to = put_number(to, xy[0]);
        *to++ = ',';
        to = put_number(to, xy[1]);
        *to++ = ']';
    }
    *to = '\0';
    out->len = (size_t)(to - out->data);
}

static double twice_area(const struct geo_shape *shape, size_t first, size_t n)
{
    const double *xy = shape->xy + 2 * first;
    double sum = 0;
    for (size_t i = 1; i + 1 < n; i++)
        sum += (xy[2 * i] - xy[0]) * (xy[2 * i + 3] - xy[1]) -
               (xy[2 * i + 1] - xy[1]) * (xy[2 * i + 2] - xy[0]);
    return sum;
}

static void put_part(const struct geo_shape *shape, size_t part, struct buf *out)
{
    for (size_t r = shape->parts[part]; r < shape->parts[part + 1]; r++) {
        size_t first = shape->rings[r], n = shape->rings[r + 1] - first;
        bool hole = r > shape->parts[part], polygon = shape->kind == GEO_SHAPE_POLYGON;
        bool backward = polygon && (twice_area(shape, first, n) < 0) != hole;
        if (r > shape->parts[part])
            buf_putc(out, ',');
        if (shape->kind != GEO_SHAPE_POINT)
            buf_putc(out, '[');
        put_positions(shape, first, n, backward, out);
        if (shape->kind != GEO_SHAPE_POINT)
            buf_putc(out, ']');
    }
}

void geojson_put_geometry(const struct geo_shape *shape, struct buf *out)
{
    static const char *const names[] = {[GEO_SHAPE_POINT] = "Point",
                                        [GEO_SHAPE_LINE] = "LineString",
                                        [GEO_SHAPE_POLYGON] = "Polygon"};
    if (!shape) {
        buf_puts(out, "null");
        return;
    }
    /* A stored multi-geometry of one part is written as a single one. */
    bool multi = shape->n_parts > 1;
    buf_puts(out, "{\"type\":\"");
    buf_puts(out, multi ? "Multi" : "");
    buf_puts(out, names[shape->kind]);
    buf_puts(out, "\",\"coordinates\":");
    /* A polygon has one nesting level more; a line is one ring. */
    bool wrap = shape->kind == GEO_SHAPE_POLYGON;
    if (multi)
        buf_putc(out, '[');
    for (size_t part = 0; part < shape->n_parts; part++) {
        if (part)
            buf_putc(out, ',');
        if (wrap)
            buf_putc(out, '[');
        put_part(shape, part, out);
        if (wrap)
            buf_putc(out, ']');
    }
    if (multi)
        buf_putc(out, ']');
    buf_putc(out, '}');
}

static void put_cell(const struct layer_column *column, const union column_cell *cell,
                     struct buf *out)
{
    switch (column->kind) {
    case LAYER_TEXT:
        buf_put_json(out, cell->text);
        break;
    case LAYER_INTEGER:
        buf_put_int(out, cell->integer);
        break;
    case LAYER_REAL:
        if (column->decimals >= 0)
            buf_put_fixed(out, cell->real, column->decimals);
        else
            buf_put_real(out, cell->real);
        break;
    case LAYER_BOOL:
        buf_puts(out, cell->integer ? "true" : "false");
        break;
    }
}

void geojson_put_feature(const struct columns *columns, struct geo_shape *const *shapes,
                         size_t feature, struct buf *out)
{
    const struct layer *layer = columns->layer;
    buf_puts(out, "{\"type\":\"Feature\",\"id\":");
    buf_put_json(out, columns->ids[feature]);
    buf_puts(out, ",\"geometry\":");
    geojson_put_geometry(shapes[feature], out);
    buf_puts(out, ",\"properties\":{");
    for (size_t c = 0; c < layer->n_columns; c++) {
        buf_puts(out, c ? ",\"" : "\"");
        buf_puts(out, layer->columns[c].name);
        buf_puts(out, "\":");
        if (columns_is_null(columns, c, feature))
            buf_puts(out, "null");
        else
            put_cell(&layer->columns[c], columns_cell(columns, c, feature), out);
    }
    buf_puts(out, "}}");
}
