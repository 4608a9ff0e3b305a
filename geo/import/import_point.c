/* import_point.c - finds the coordinate of a record in its geometry or its columns.
 *
 * Coordinates in columns are read by geo/place/rescue.h with the declared municipality.
 */
#include <string.h>

#include "geo/base/text.h"
#include "geo/import/import_declared.h"
#include "geo/import/import_run.h"

static const char *value_at(const struct geo_source_row *row, int column)
{
    const char *value = column >= 0 ? row->cells[column].text : NULL;
    return value && value[strspn(value, " \t")] ? value : NULL;
}

static bool half_missing(const struct import_run *run, int missing, struct err *err)
{
    return err_set(err, ERR_INPUT, "falta la mitad de la coordenada: la columna «%s» está vacía",
                   run->at->source->columns[missing]);
}

/* Takes a pair of columns if both have values; *found tells. */
static bool take_pair(const struct import_run *run, const struct geo_source_row *row, int first,
                      int second, struct geo_written *written, bool *found, struct err *err)
{
    const char *x = value_at(row, first), *y = value_at(row, second);
    *found = x && y;
    if (first >= 0 && !x != !y)
        return half_missing(run, x ? second : first, err);
    if (*found) {
        written->first = x;
        written->second = y;
    }
    return true;
}

/* Finds the coordinate as written; written->first stays NULL if there is none. */
static bool take_written(struct import_run *run, const struct geo_source_row *row,
                         struct geo_written *written, struct err *err)
{
    struct geo_position position = geo_fields_position(run->fields);
    bool found = false;
    written->epsg = run->options->epsg;
    if (row->shape == GEO_SOURCE_POINT) {
        struct buf x, y;
        buf_init(&x);
        buf_init(&y);
        buf_put_real(&x, row->x);
        buf_put_real(&y, row->y);
        if (!buf_failed(&x) && !buf_failed(&y)) {
            written->first = arena_strdup(run->row, x.data);
            written->second = arena_strdup(run->row, y.data);
        }
        buf_free(&x);
        buf_free(&y);
        if (!written->epsg)
            written->epsg = run->at->source->epsg;
        return (written->first && written->second) || err_no_memory(err);
    }
    if (!take_pair(run, row, position.lon, position.lat, written, &found, err))
        return false;
    if (!found && !take_pair(run, row, position.x, position.y, written, &found, err))
        return false;
    if (!found)
        written->first = value_at(row, position.text);
    return true;
}

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
                          const struct geo_rescued *rescued, struct err *err)
{
    const char *original =
        arena_printf(run->row, "%s%s%s", written->first, written->second ? " ; " : "",
                     written->second ? written->second : "");
    original = original ? text_clean(run->row, original) : NULL;
    if (!original)
        return err_no_memory(err);
    if (rescued->changed || strcmp(rescued->crs, "OGC:CRS84") != 0)
        import_set_text(run, "coordenada_original", original);
    return true;
}

/* A point in a CRS without an EPSG code, which the source transformed to lon/lat. */
static bool take_transformed(struct import_run *run, const struct geo_source_row *row,
                             struct geo_record *record, struct import_outcome *outcome,
                             struct err *err)
{
    record->wkb = row->wkb;
    record->wkb_len = row->wkb_len;
    outcome->crs = arena_strdup(run->row, run->at->source->crs);
    import_set_text(run, "crs_origen", outcome->crs);
    return outcome->crs || err_no_memory(err);
}

/* Refuses the coordinate as written, at the column where it stands. */
static bool refuse_place(struct import_run *run, const struct geo_source_row *row,
                         const struct err *bad, struct err *err)
{
    const struct geo_position at = geo_fields_position(run->fields);
    const int columns[] = {at.text, at.lon, at.lat, at.x, at.y};
    int column = -1;
    for (size_t i = 0; i < sizeof columns / sizeof *columns && column < 0; i++)
        if (value_at(row, columns[i]))
            column = columns[i];
    if (bad->kind != ERR_INPUT) {
        *err = *bad;
        return false;
    }
    bool geometry = row->shape == GEO_SOURCE_POINT;
    import_faults_add(&run->faults, NULL, geometry ? import_geometry_column(run) : column,
                      geometry ? NULL : value_at(row, column), false, "%s", bad->message);
    return true;
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
static void without_point(struct import_run *run, const struct declared_unit *declared)
{
    bool placeless = run->table->geometry == GEO_NO_GEOMETRY;
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
    const struct geo_source_table *source = run->at->source;
    return row->shape == GEO_SOURCE_POINT && !run->options->epsg && !source->epsg &&
           source->crs[0] && strcmp(source->crs, "OGC:CRS84") != 0;
}

bool import_read_point(struct import_run *run, const struct geo_source_row *row,
                       struct geo_record *record, struct import_outcome *outcome, struct err *err)
{
    struct geo_written written = {0};
    struct declared_unit declared;
    struct geo_rescued rescued;
    struct err bad = {0};
    bool placeless = run->table->geometry == GEO_NO_GEOMETRY;
    bool transformed = !placeless && is_transformed(run, row);
    if (!find_declared(run, record, &declared, &bad))
        return import_go_on(run,
                            geo_record_text(record, geo_table_field(run->table, "municipio_codigo"))
                                ? "municipio_codigo"
                                : "municipio_nombre",
                            false, &bad, err);
    bool placed = record->wkb_len > 0; /* a line, a polygon, or the stored point */
    if (!placed && !placeless && !transformed && !take_written(run, row, &written, &bad))
        return refuse_place(run, row, &bad, err);
    if (!placed && !transformed && !written.first) {
        without_point(run, &declared);
        return true;
    }
    if (declared.unknown)
        import_warn(run, "municipio_nombre", "%s", declared.unknown);
    if (placed)
        return import_place_shape(run, row, &declared, record, outcome, err);
    if (transformed)
        return take_transformed(run, row, record, outcome, err);
    if (!geo_rescue_point(run->rescue, declared.edition, declared.unit, &written, &rescued, &bad))
        return refuse_place(run, row, &bad, err);
    return import_keep_rescued(run, &rescued, outcome, err) &&
           keep_original(run, &written, &rescued, err) &&
           put_point(run, rescued.lon_deg, rescued.lat_deg, record, err);
}
