/* import_merge.c - keeps the stored values that a source does not mention.
 *
 * A source without a column, or without geometry, leaves them unchanged: a sheet of codes
 * and amounts removes neither names nor polygons. An empty cell in an existing column
 * means "no value", and the value that goes is named in a warning. Not so where it would take the
 * place away: a record that comes without geometry or coordinate keeps what is stored, with a
 * warning, unless options.clear_geometry. Of boundaries only a source without any geometry, such as
 * our own export as a sheet, keeps the polygons that are stored; each of its other values replaces
 * what is there.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/import/import_run.h"

struct import_merge_stored {
    struct import_run *run;
    struct geo_record *record; /* a copy in run->row */
    bool failed;
};

static bool copy_stored(void *arg, const struct geo_record *record)
{
    struct import_merge_stored *stored = arg;
    struct arena *arena = stored->run->row;
    size_t n = stored->run->table->n_fields;
    struct geo_value *values = arena_array(arena, n, sizeof *values);
    unsigned char *wkb = arena_alloc(arena, record->wkb_len + 1);
    stored->record = arena_alloc(arena, sizeof *stored->record);
    stored->failed = !values || !wkb || !stored->record;
    if (stored->failed)
        return false;
    for (size_t f = 0; f < n; f++) {
        values[f] = record->values[f];
        if (values[f].kind == GEO_TEXT_VALUE)
            values[f].text = arena_strdup(arena, values[f].text);
        stored->failed = stored->failed || (values[f].kind == GEO_TEXT_VALUE && !values[f].text);
    }
    if (record->wkb_len)
        memcpy(wkb, record->wkb, record->wkb_len);
    *stored->record = (struct geo_record){
        .id = record->id, .wkb = wkb, .wkb_len = record->wkb_len, .values = values};
    return !stored->failed;
}

static void keep_derived(struct import_run *run)
{
    for (size_t f = 0; f < run->table->n_fields; f++)
        if (run->table->fields[f].flags & GEO_DERIVED)
            run->values[f] = run->stored->values[f];
}

static bool is_point(const struct geo_record *record)
{
    return record->wkb_len == 21;
}

/* True if the source has no place for where a record lies. Coordinate columns cannot say it
 * for a line or a polygon. */
static bool silent_on_place(const struct import_run *run)
{
    struct geo_position at = geo_fields_position(run->fields);
    if (run->at->source->has_geometry)
        return false;
    return (at.lon < 0 && at.x < 0 && at.text < 0) || !is_point(run->stored);
}

bool import_has_coordinate(const struct import_run *run, const struct geo_source_row *row)
{
    struct geo_position at = geo_fields_position(run->fields);
    const int columns[] = {at.lon, at.lat, at.x, at.y, at.text};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *value = columns[i] >= 0 ? row->cells[columns[i]].text : NULL;
        if (value && value[strspn(value, " \t")])
            return true;
    }
    return false;
}

/* The last warning is of the record stored before. */
static void mark_of_stored(struct import_run *run)
{
    if (!import_faults_failed(&run->faults))
        run->faults.items[run->faults.n - 1].of_stored = true;
}

static void keep_place(struct import_run *run, const struct geo_source_row *row,
                       struct geo_record *record)
{
    if (run->stored->wkb_len == 0 || run->misplaced || row->shape != GEO_SOURCE_NONE ||
        import_has_coordinate(run, row))
        return;
    if (!silent_on_place(run)) {
        if (run->options->clear_geometry)
            return;
        import_warn(
            run, NULL,
            "viene sin geometría ni coordenada: se conserva la guardada (--clear-geometry la "
            "quita)");
        mark_of_stored(run);
    }
    record->wkb = run->stored->wkb;
    record->wkb_len = run->stored->wkb_len;
    keep_derived(run);
}

/* A value that was stored goes, because its cell is empty. */
static void tell_emptied(struct import_run *run, const struct geo_field *field,
                         const struct geo_value *stored)
{
    struct buf text;
    buf_init(&text);
    if (field->type == GEO_MONEY)
        buf_printf(&text, "%lld.%02lld", (long long)(stored->integer / 100),
                   llabs((long long)stored->integer % 100));
    else if (stored->kind == GEO_INT_VALUE)
        buf_put_int(&text, stored->integer);
    else if (stored->kind == GEO_REAL_VALUE)
        buf_put_real(&text, stored->real);
    else
        buf_puts(&text, stored->text);
    import_warn(run, field->name, "%s: llega vacío, y se quita lo que estaba guardado: «%.*s»",
                field->title, text.data ? text_cut(text.data, 80) : 0, text.data ? text.data : "");
    mark_of_stored(run);
    buf_free(&text);
}

/* The stored record of the same key, if there is one. */
static bool find_stored(struct import_run *run, const struct geo_record *record,
                        const struct geo_record **found, struct err *err)
{
    struct import_merge_stored stored = {.run = run};
    if (!geo_store_find(run->store, run->table, record, copy_stored, &stored, err))
        return false;
    *found = stored.record;
    return !stored.failed || err_no_memory(err);
}

static bool keep_polygon(struct import_run *run, struct geo_record *record, struct err *err)
{
    const struct geo_record *stored = NULL;
    if (run->at->source->has_geometry)
        return true;
    import_set_text(run, "edicion", run->options->edition);
    if (!find_stored(run, record, &stored, err))
        return false;
    if (stored) {
        record->wkb = stored->wkb;
        record->wkb_len = stored->wkb_len;
    }
    return true;
}

bool import_merge(struct import_run *run, const struct geo_source_row *row,
                  struct geo_record *record, struct err *err)
{
    run->stored = NULL;
    if (run->table->bounds)
        return keep_polygon(run, record, err);
    if (!find_stored(run, record, &run->stored, err))
        return false;
    import_zeros_merge(run);
    if (!run->stored)
        return true;
    for (size_t f = 0; f < run->table->n_fields; f++) {
        const struct geo_field *field = &run->table->fields[f];
        if (field->flags & GEO_DERIVED)
            continue;
        if (geo_fields_column(run->fields, (int)f) < 0)
            run->values[f] = run->stored->values[f];
        else if (run->values[f].kind == GEO_NULL && run->stored->values[f].kind != GEO_NULL)
            tell_emptied(run, field, &run->stored->values[f]);
    }
    keep_place(run, row, record);
    return true;
}

static bool is_at(const struct geo_record *record, double lon_deg, double lat_deg)
{
    unsigned char point[21] = {1, 1}; /* little endian, a point */
    if (isnan(lon_deg))
        return record->wkb_len == 0;
    memcpy(point + 5, &lon_deg, sizeof lon_deg);
    memcpy(point + 13, &lat_deg, sizeof lat_deg);
    return geo_store_same_geometry(record->wkb, record->wkb_len, point, sizeof point);
}

/* If the coordinate that a person corrected is imported again unchanged, the correction
 * stays. */
static void keep_corrected(struct import_run *run, struct geo_record *record)
{
    const struct geo_record *stored = run->stored;
    int codigo = geo_table_field(run->table, "codigo");
    const struct geo_verdict *verdict =
        geo_verdicts_find(&run->verdicts, geo_record_text(record, codigo));
    if (!verdict || isnan(verdict->lon_deg) || !stored ||
        !is_at(stored, verdict->lon_deg, verdict->lat_deg) ||
        !is_at(record, verdict->old_lon_deg, verdict->old_lat_deg))
        return;
    record->wkb = stored->wkb;
    record->wkb_len = stored->wkb_len;
}

/* If an exported position is imported again unchanged, it stays as it is stored, and so does how it
 * was read first. */
void import_merge_place(struct import_run *run, struct geo_record *record)
{
    keep_corrected(run, record);
    const struct geo_record *stored = run->stored;
    if (!stored || !record->wkb_len ||
        !geo_store_same_geometry(stored->wkb, stored->wkb_len, record->wkb, record->wkb_len))
        return;
    record->wkb = stored->wkb;
    keep_derived(run);
}
