/* targeting_geojson.c - writes the targeting ranking as GeoJSON. */
#include "server/figures/targeting_geojson.h"

#include <stdlib.h>

#include "geo/base/json.h"
#include "geo/place/shape.h"
#include "layers/vector/geojson.h"

/* Each municipality's polygon as text. */
struct shapes {
    const struct geo_units *units;
    struct buf *texts; /* of units->n */
    int codigo;
    struct err *err;
    bool failed;
};

static bool put_shape(void *arg, const struct geo_record *record)
{
    struct shapes *shapes = arg;
    size_t slot = geo_units_slot(shapes->units, geo_record_text(record, shapes->codigo));
    if (slot == shapes->units->n || record->wkb_len == 0)
        return true;
    struct geo_shape *shape = geo_shape_parse(record->wkb, record->wkb_len, shapes->err);
    shapes->failed |= !shape;
    if (shape)
        geojson_put_geometry(shape, &shapes->texts[slot]);
    geo_shape_free(shape);
    return !shapes->failed;
}

static bool read_shapes(struct geo_store *store, struct shapes *shapes, struct err *err)
{
    const struct geo_table *table = geo_table_find("municipios");
    const struct geo_query query = {.field = "edicion", .equals = shapes->units->edition};
    shapes->codigo = geo_table_field(table, "codigo");
    return geo_store_each(store, table, &query, put_shape, shapes, err) && !shapes->failed;
}

/* Writes the warnings about simulated data or schematic boundaries. */
static bool put_head(struct geo_store *store, const struct geo_targeting *targeting,
                     struct buf *out, struct err *err)
{
    struct geo_layer_info portfolio;
    struct geo_edition_info edition;
    if (!geo_store_layer(store, "alianzas", &portfolio, err) ||
        !geo_store_edition(store, targeting->edition, &edition, err))
        return false;
    buf_puts(out, "{\"type\":\"FeatureCollection\",\"name\":\"focalizacion\"");
    json_text(out, "edicion", targeting->edition);
    json_text(out, "fecha", targeting->as_of[0] ? targeting->as_of : NULL);
    json_bool(out, "simulado", portfolio.simulated);
    json_bool(out, "esquematica", edition.schematic);
    return true;
}

static void put_features(const struct geo_targeting *targeting, const struct rows *rows,
                         const struct shapes *shapes, struct buf *out)
{
    struct buf words;
    buf_init(&words);
    geo_targeting_describe(targeting, &words);
    json_words(out, "descripcion", &words);
    buf_puts(out, ",\"features\":[");
    for (size_t i = 0; i < targeting->n_rows; i++) {
        const char *codigo = targeting->rows[i].named.codigo;
        const struct buf *shape = &shapes->texts[geo_units_slot(targeting->units, codigo)];
        buf_puts(out, i ? ",\n{\"type\":\"Feature\",\"id\":" : "\n{\"type\":\"Feature\",\"id\":");
        buf_put_json(out, codigo);
        buf_puts(out, ",\"geometry\":");
        if (shape->len)
            buf_put(out, shape->data, shape->len);
        else
            buf_puts(out, "null");
        buf_puts(out, ",\"properties\":");
        rows_write_object(rows, i, out);
        buf_putc(out, '}');
    }
    buf_puts(out, "\n]}\n");
    buf_free(&words);
}

bool targeting_geojson_put(struct geo_store *store, struct geo_targeting *targeting,
                           struct buf *out, struct err *err)
{
    const size_t n = targeting->units->n;
    struct shapes shapes = {.units = targeting->units, .err = err};
    struct rows *rows = geo_targeting_rows(targeting);
    shapes.texts = calloc(n + 1, sizeof *shapes.texts);
    bool ok = (rows && shapes.texts) || err_no_memory(err);
    ok = ok && read_shapes(store, &shapes, err) && put_head(store, targeting, out, err);
    if (ok) {
        bool short_of_memory = false;
        for (size_t i = 0; i < n; i++)
            short_of_memory |= buf_failed(&shapes.texts[i]);
        put_features(targeting, rows, &shapes, out);
        ok = (!short_of_memory && !buf_failed(out)) || err_no_memory(err);
    }
    for (size_t i = 0; shapes.texts && i < n; i++)
        buf_free(&shapes.texts[i]);
    free(shapes.texts);
    rows_free(rows);
    return ok;
}
