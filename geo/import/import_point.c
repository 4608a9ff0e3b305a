/* import_point.c - finds the coordinate of a record in its geometry or its columns.
 *
 * Coordinates in columns are read by geo/place/rescue.h with the declared municipality.
 */
#include <math.h>
#include <string.h>

#include "geo/base/number.h"
#include "geo/base/text.h"
#include "geo/import/import_declared.h"
#include "geo/import/import_written.h"
#include "geo/place/measure.h"
#include "geo/place/rescue_shape.h"

static bool put_point(struct import_run *run, double lon_deg, double lat_deg,
                      struct geo_record *record, struct err *err)
{
    unsigned char *wkb = arena_alloc(run->row, 21);
    if (!wkb)
        return err_no_memory(err);
    wkb[0] = 1; /* little endian, as the machines this runs on */
    wkb[1] = 1; /* Point */
    memcpy(wkb + 5, &lon_deg, sizeof lon_deg);
    memcpy(wkb + 13, &lat_deg, sizeof lat_deg);
    record->wkb = wkb;
    record->wkb_len = 21;
    return true;
}

static bool keep_original(struct import_run *run, const struct geo_written *written,
                          const struct geo_rescued *rescued, struct import_outcome *outcome,
                          struct err *err)
{
    const char *original =
        arena_printf(run->row, "%s%s%s", written->first, written->second ? " ; " : "",
                     written->second ? written->second : "");
    original = original ? text_clean(run->row, original) : NULL;
    if (!original)
        return err_no_memory(err);
    if (rescued->changed || strcmp(rescued->crs, "OGC:CRS84") != 0)
        outcome->written = original;
    import_set_text(run, "coordenada_original", outcome->written);
    return true;
}

/* Refuses the coordinate as written, at the column where it stands, or where a half of it is
 * missing. */
static bool refuse_place(struct import_run *run, const struct geo_source_row *row,
                         const struct import_places *places, const struct err *bad, struct err *err)
{
    const struct geo_position at = geo_fields_position(run->fields);
    const int columns[] = {at.text, at.lon, at.lat, at.x, at.y};
    int column = places->half ? places->empty : -1;
    for (size_t i = 0; i < sizeof columns / sizeof *columns && column < 0; i++)
        if (import_written_value(row, columns[i]))
            column = columns[i];
    if (bad->kind != ERR_INPUT) {
        *err = *bad;
        return false;
    }
    bool geometry = row->shape == GEO_SOURCE_POINT;
    import_faults_add(&run->faults, NULL, geometry ? import_geometry_column(run) : column,
                      geometry ? NULL : import_written_value(row, column), false, "%s",
                      bad->message);
    return true;
}

/* A point in a CRS without an EPSG code, which the source transformed to lon/lat. */
static bool take_transformed(struct import_run *run, const struct geo_source_row *row,
                             const struct declared_unit *declared, struct geo_record *record,
                             struct import_outcome *outcome, struct err *err)
{
    const struct geo_written_shape written = {row->wkb, row->wkb_len, 0,
                                              import_unnamed_system(run)};
    struct geo_rescued rescued;
    struct err bad = {0};
    struct buf moved; /* stays empty: there are no other readings */
    buf_init(&moved);
    bool near = geo_rescue_shape(run->rescue, declared->edition, declared->unit, &written, &rescued,
                                 &moved, &bad);
    buf_free(&moved);
    if (!near)
        return refuse_place(run, row, &(struct import_places){0}, &bad, err);
    record->wkb = row->wkb;
    record->wkb_len = row->wkb_len;
    outcome->crs = arena_strdup(run->row, written.system);
    import_set_text(run, "crs_origen", outcome->crs);
    return outcome->crs || err_no_memory(err);
}

/* What the record declares; false with *bad if that cannot be. */
static bool find_declared(struct import_run *run, const struct geo_record *record,
                          struct declared_unit *declared, struct err *bad)
{
    const struct geo_table *table = run->table;
    int codigo = geo_table_field(table, "municipio_codigo");
    return declared_find(run->declared, run->row, geo_record_text(record, codigo),
                         geo_record_text(record, geo_table_field(table, "municipio_nombre")),
                         geo_record_text(record, geo_table_field(table, "municipio_departamento")),
                         declared, bad);
}

/* Nothing says where the record lies but what it declares. */
static void without_point(struct import_run *run, const struct geo_record *record,
                          const struct declared_unit *declared)
{
    bool placeless = run->table->geometry == GEO_NO_GEOMETRY;
    if (declared->unit < 0 && !declared->unknown && import_refuse_footer(run, record))
        return;
    if (declared->unknown)
        import_refuse(run, "municipio_nombre", "municipio_nombre: %s%s", declared->unknown,
                      placeless ? "" : ", y no hay coordenada");
    else if (declared->unit < 0)
        import_warn(run, NULL, "%s",
                    placeless ? "sin municipio declarado"
                              : "sin coordenada ni municipio declarado");
}

/* The point is in a system without a code, which the source transformed. */
static bool is_transformed(const struct import_run *run, const struct geo_source_row *row)
{
    return row->shape == GEO_SOURCE_POINT && !run->options->epsg && import_unnamed_system(run);
}

/* Degrees without any decimals are a place to some 100 km: the minutes may be elsewhere. */
static bool is_whole(const struct geo_rescued *place)
{
    return strcmp(place->crs, "OGC:CRS84") == 0 && place->lon_deg == trunc(place->lon_deg) &&
           place->lat_deg == trunc(place->lat_deg);
}

/* Where the first of the places lies. */
static bool read_place(struct import_run *run, const struct geo_source_row *row,
                       const struct declared_unit *declared, const struct import_places *places,
                       struct geo_record *record, struct import_outcome *outcome, struct err *err)
{
    const struct geo_written *written = &places->of[0];
    struct geo_rescued rescued;
    struct err bad = {0};
    if (!geo_rescue_point(run->rescue, declared->edition, declared->unit, written, &rescued, &bad))
        return refuse_place(run, row, places, &bad, err);
    if (is_whole(&rescued))
        import_warn(run, NULL, "la coordenada «%s ; %s» no tiene decimales ni minutos",
                    written->first, written->second ? written->second : "");
    return import_written_compare(run, declared, places, rescued.lon_deg, rescued.lat_deg, err) &&
           import_keep_rescued(run, &rescued, outcome, err) &&
           keep_original(run, written, &rescued, outcome, err) &&
           put_point(run, rescued.lon_deg, rescued.lat_deg, record, err);
}

bool import_read_point(struct import_run *run, const struct geo_source_row *row,
                       struct geo_record *record, struct import_outcome *outcome, struct err *err)
{
    struct import_places places = {0};
    struct declared_unit declared;
    struct err bad = {0};
    bool placeless = run->table->geometry == GEO_NO_GEOMETRY;
    bool transformed = !placeless && is_transformed(run, row);
    if (!find_declared(run, record, &declared, &bad))
        return import_go_on(run,
                            geo_record_text(record, geo_table_field(run->table, "municipio_codigo"))
                                ? "municipio_codigo"
                                : "municipio_nombre",
                            false, &bad, err);
    if (declared.contrary)
        import_warn(run, "municipio_codigo", "%s: vale el código", declared.contrary);
    bool placed = record->wkb_len > 0; /* a line, a polygon, or the stored point */
    if (!placed && !placeless && !transformed && !import_written(run, row, &places, &bad))
        return refuse_place(run, row, &places, &bad, err);
    if (!placed && !transformed && places.n == 0) {
        without_point(run, record, &declared);
        return true;
    }
    if (declared.unknown)
        import_warn(run, "municipio_nombre", "%s", declared.unknown);
    if (placed)
        return import_place_shape(run, row, &declared, record, outcome, err);
    if (transformed)
        return take_transformed(run, row, &declared, record, outcome, err);
    return read_place(run, row, &declared, &places, record, outcome, err);
}
