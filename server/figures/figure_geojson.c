/* figure_geojson.c - writes rows of a figure as GeoJSON features. */
#include "server/figures/figure_geojson.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/budget.h"
#include "geo/base/json.h"
#include "geo/place/geos.h"
#include "layers/vector/geojson.h"

/* The polygons of an edition's municipalities. */
struct places {
    struct geo_units *units;
    struct geo_shape **shapes; /* by slot; NULL: none */
    struct geo_geos *geos;
    enum geo_group group;
    int codigo;
    struct err *err;
    bool failed;
};

static bool keep_shape(void *arg, const struct geo_record *record)
{
    struct places *places = arg;
    size_t slot = geo_units_slot(places->units, geo_record_text(record, places->codigo));
    if (slot == places->units->n || record->wkb_len == 0)
        return true;
    geo_shape_free(places->shapes[slot]);
    places->shapes[slot] = geo_shape_parse(record->wkb, record->wkb_len, places->err);
    places->failed = !places->shapes[slot];
    return !places->failed;
}

static bool load(struct places *places, const char *edition, struct geo_store *store,
                 struct err *err)
{
    const struct geo_table *table = geo_table_find("municipios");
    const struct geo_query query = {.field = "edicion", .equals = edition};
    places->err = err;
    places->codigo = geo_table_field(table, "codigo");
    places->units = geo_units_load(store, edition, err);
    if (!places->units)
        return false;
    places->shapes = calloc(places->units->n + 1, sizeof(struct geo_shape *));
    if (!places->shapes)
        return err_no_memory(err);
    return geo_store_each(store, table, &query, keep_shape, places, err) && !places->failed;
}

static void drop(struct places *places)
{
    for (size_t i = 0; places->shapes && i < places->units->n; i++)
        geo_shape_free(places->shapes[i]);
    free(places->shapes);
    geo_units_free(places->units);
    geo_geos_free(places->geos);
}

static int column_of(const struct rows *rows, const char *name)
{
    const struct rows_column *columns;
    size_t n = rows_columns(rows, &columns);
    for (size_t c = 0; c < n; c++)
        if (strcmp(columns[c].name, name) == 0)
            return (int)c;
    return -1;
}

static const char *cell(const struct rows *rows, size_t row, const char *name)
{
    enum rows_kind kind;
    int column = column_of(rows, name);
    return column < 0 ? "" : rows_cell(rows, row, (size_t)column, &kind);
}

/* True if a municipality belongs to the group of the row. */
static bool is_member(const struct places *places, const struct geo_named *unit,
                      const char *departamento, const char *uo)
{
    switch (places->group) {
    case GEO_BY_MUNICIPIO:
        return false;
    case GEO_BY_DEPARTAMENTO:
        return departamento[0] && strcmp(unit->departamento, departamento) == 0;
    case GEO_BY_UO:
        return uo[0] && strcmp(unit->uo, uo) == 0;
    case GEO_BY_NACIONAL:
        return true;
    }
    return false;
}

/* Holes below a square kilometre are where two municipalities were digitised apart. */
enum { SLIVER_M2 = 1000000 };

/* The area of a ring in m2, near enough to tell a sliver. */
static double ring_m2(const struct geo_shape *shape, size_t ring)
{
    const double metres = 111320, *xy = shape->xy;
    double twice = 0;
    size_t from = shape->rings[ring], to = shape->rings[ring + 1];
    for (size_t i = from; i + 1 < to; i++)
        twice += xy[2 * i] * xy[2 * i + 3] - xy[2 * i + 2] * xy[2 * i + 1];
    return fabs(twice) / 2 * metres * metres * cos(xy[2 * from + 1] * M_PI / 180);
}

/* The shape without such holes; takes it. NULL: memory. */
static struct geo_shape *close_slivers(struct geo_shape *shape, struct err *err)
{
    struct geo_shape_room room;
    size_t n_points = 0, n_rings = 0;
    bool *keeps = calloc(shape->n_rings + 1, sizeof *keeps);
    for (size_t p = 0; keeps && p < shape->n_parts; p++)
        for (size_t r = shape->parts[p]; r < shape->parts[p + 1]; r++) {
            keeps[r] = r == shape->parts[p] || ring_m2(shape, r) >= SLIVER_M2;
            n_rings += keeps[r];
            n_points += keeps[r] ? shape->rings[r + 1] - shape->rings[r] : 0;
        }
    struct geo_shape *closed = keeps ? geo_shape_new(shape->kind, shape->multi, n_points, n_rings,
                                                     shape->n_parts, &room, err)
                                     : NULL;
    n_points = n_rings = 0;
    for (size_t p = 0; closed && p < shape->n_parts; p++) {
        room.parts[p] = (uint32_t)n_rings;
        for (size_t r = shape->parts[p]; r < shape->parts[p + 1]; r++) {
            size_t n = shape->rings[r + 1] - shape->rings[r];
            if (!keeps[r])
                continue;
            room.rings[n_rings++] = (uint32_t)n_points;
            memcpy(&room.xy[2 * n_points], &shape->xy[2 * (size_t)shape->rings[r]],
                   2 * n * sizeof *room.xy);
            n_points += n;
        }
    }
    if (closed)
        closed->box = shape->box;
    else if (!keeps)
        err_no_memory(err);
    free(keeps);
    geo_shape_free(shape);
    return closed;
}

/* The polygons of a group's municipalities as one; NULL without an error: it has none. */
static struct geo_shape *dissolve(struct places *places, const char *departamento, const char *uo,
                                  struct err *err)
{
    const size_t n_units = places->units->n;
    struct geo_geom **members = calloc(n_units + 1, sizeof(struct geo_geom *)), *whole = NULL;
    struct geo_shape *shape = NULL;
    size_t n = 0;
    bool ok = members || err_no_memory(err);
    for (size_t i = 0; ok && i < n_units; i++)
        if (places->shapes[i] && is_member(places, &places->units->units[i], departamento, uo)) {
            members[n] = geo_geos_from_shape(places->geos, places->shapes[i], err);
            ok = members[n] != NULL;
            n += ok;
        }
    if (ok && n && (whole = geo_geos_union(places->geos, members, n, err)))
        shape = geo_geos_to_shape(places->geos, whole, GEO_SHAPE_POLYGON, err);
    if (shape)
        shape = close_slivers(shape, err);
    geo_geos_free_geom(places->geos, whole);
    for (size_t i = 0; i < n; i++)
        geo_geos_free_geom(places->geos, members[i]);
    free(members);
    places->failed = places->failed || (err && err->kind != ERR_NONE);
    return shape;
}

static bool put_polygon(struct places *places, const struct rows *rows, size_t row, struct buf *out,
                        struct err *err)
{
    size_t slot = geo_units_slot(places->units, cell(rows, row, "codigo"));
    if (slot < places->units->n) {
        geojson_put_geometry(places->shapes[slot], out);
        return true;
    }
    struct geo_shape *shape =
        dissolve(places, cell(rows, row, "departamento"), cell(rows, row, "uo"), err);
    geojson_put_geometry(shape, out);
    geo_shape_free(shape);
    return !places->failed;
}

static void put_point(const struct rows *rows, size_t row, struct buf *out)
{
    const char *lon = cell(rows, row, "lon"), *lat = cell(rows, row, "lat");
    if (lon[0] && lat[0])
        buf_printf(out, "{\"type\":\"Point\",\"coordinates\":[%s,%s]}", lon, lat);
    else
        buf_puts(out, "null");
}

bool figure_geojson_put(const struct figure_args *args, const struct rows *rows,
                        const char *edition, struct geo_store *store, struct buf *out,
                        struct err *err)
{
    const bool points = args->figure->place == FIGURE_AT_POINTS;
    struct places places = {.group = GEO_BY_MUNICIPIO};
    bool ok = points || load(&places, edition, store, err);
    if (ok && !points && figure_text_if(args, "by")) {
        places.group = figure_group(args);
        places.geos = geo_geos_new(err);
        ok = places.geos != NULL;
    }
    buf_puts(out, ",\"features\":[");
    for (size_t i = 0; ok && i < rows_count(rows); i++) {
        const char *codigo = cell(rows, i, "codigo");
        buf_puts(out, i ? ",\n{\"type\":\"Feature\"" : "\n{\"type\":\"Feature\"");
        if (codigo[0])
            json_text(out, "id", codigo);
        json_key(out, "geometry");
        if (points)
            put_point(rows, i, out);
        else
            ok = put_polygon(&places, rows, i, out, err);
        json_key(out, "properties");
        rows_write_typed_object(rows, i, out);
        buf_putc(out, '}');
        ok = ok && budget_left(geo_store_budget(store), err);
    }
    buf_puts(out, "\n]");
    drop(&places);
    return ok;
}
