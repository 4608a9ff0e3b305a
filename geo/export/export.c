/* export.c - exports the records of a layer to a file. */
#include "geo/export/export.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/export/export_file.h"
#include "geo/fields/fields.h"
#include "geo/store/results.h"

/* A municipality of the edition, for the columns of names. */
struct export_place {
    const char *codigo, *nombre, *departamento, *uo;
};

struct export_places {
    struct arena *arena;
    struct export_place *all; /* by code */
    size_t n, cap;
    bool failed;
};

struct export
{
    const struct geo_export_options *options;
    const struct geo_table *table;
    struct export_file *file;
    struct geo_link_book *links; /* NULL for tables without links */
    struct export_places places;
    struct geo_edition_info edition; /* codigo "": there is no edition */
    bool simulated;
    int64_t written, total, no_geometry;
    struct err *err;
    bool failed;
};

static const struct {
    const char *name;
    enum geo_type type;
    int decimals;
} link_columns[] = {
    {"vinculo_municipio", GEO_TEXT, 0},    {"vinculo_nombre", GEO_TEXT, 0},
    {"vinculo_departamento", GEO_TEXT, 0}, {"vinculo_uo", GEO_TEXT, 0},
    {"vinculo_metodo", GEO_TEXT, 0},       {"vinculo_estado", GEO_TEXT, 0},
    {"vinculo_distancia_m", GEO_REAL, 1},  {"vinculo_parte", GEO_REAL, 6},
};

/* Names ------------------------------------------------------------------------ */

static const char *copy(struct export_places *places, const char *text)
{
    const char *kept = arena_strdup(places->arena, text ? text : "");
    places->failed = places->failed || !kept;
    return kept;
}

static bool add_place(void *arg, const struct geo_record *record)
{
    struct export_places *places = arg;
    const struct geo_table *table = geo_table_find("municipios");
    if (!array_reserve(places->all, places->cap, places->n + 1))
        return !(places->failed = true);
    places->all[places->n++] = (struct export_place){
        .codigo = copy(places, geo_record_text(record, geo_table_field(table, "codigo"))),
        .nombre = copy(places, geo_record_text(record, geo_table_field(table, "nombre"))),
        .departamento =
            copy(places, geo_record_text(record, geo_table_field(table, "departamento"))),
        .uo = copy(places, geo_record_text(record, geo_table_field(table, "uo"))),
    };
    return !places->failed;
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct export_place *)a)->codigo,
                  ((const struct export_place *)b)->codigo);
}

static bool read_places(struct geo_store *store, struct export *export, struct err *err)
{
    struct export_places *places = &export->places;
    struct geo_query query = {
        .field = "edicion", .equals = export->edition.codigo, .no_geometry = true};
    places->arena = arena_new();
    if (!places->arena)
        return err_no_memory(err);
    if (!geo_store_each(store, geo_table_find("municipios"), &query, add_place, places, err))
        return false;
    if (places->failed)
        return err_no_memory(err);
    if (places->n)
        qsort(places->all, places->n, sizeof *places->all, by_code);
    return true;
}

static const struct export_place *find_place(const struct export_places *places, const char *codigo)
{
    struct export_place key = {.codigo = codigo};
    return codigo && places->n ? bsearch(&key, places->all, places->n, sizeof key, by_code) : NULL;
}

/* Columns ---------------------------------------------------------------------- */

static bool published(const struct geo_field *field)
{
    return field->flags & GEO_PUBLISHED;
}

static bool add_field(struct export *export, const struct geo_field *field, struct err *err)
{
    return export_file_column(export->file, geo_field_published(field), field->type,
                              field->type == GEO_MONEY ? 2 : 0, err);
}

static bool has_points(const struct geo_table *table)
{
    return table->geometry == GEO_POINT || table->geometry == GEO_ANY_GEOMETRY;
}

static bool schematic(const struct export *export)
{
    return strcmp(export->table->name, "municipios") == 0 && export->edition.schematic;
}

static bool add_columns(struct export *export, struct err *err)
{
    for (size_t f = 0; f < export->table->n_fields; f++)
        if (published(&export->table->fields[f]) &&
            !add_field(export, &export->table->fields[f], err))
            return false;
    if (export_file_is_sheet(export->file) && has_points(export->table) &&
        (!export_file_column(export->file, "lon", GEO_REAL, 0, err) ||
         !export_file_column(export->file, "lat", GEO_REAL, 0, err)))
        return false;
    for (size_t i = 0; export->links && i < sizeof link_columns / sizeof *link_columns; i++)
        if (!export_file_column(export->file, link_columns[i].name, link_columns[i].type,
                                link_columns[i].decimals, err))
            return false;
    if (export->simulated && !export_file_column(export->file, "simulado", GEO_FLAG, 0, err))
        return false;
    return !schematic(export) || export_file_column(export->file, "esquematico", GEO_FLAG, 0, err);
}

/* Records ---------------------------------------------------------------------- */

static void put_value(struct export *export, int column, const struct geo_field *field,
                      const struct geo_value *value)
{
    if (value->kind == GEO_NULL)
        return;
    if (field->type == GEO_MONEY) /* exact to the centavo up to 9e13 Bs */
        export_file_real(export->file, column, (double)value->integer / 100);
    else if (value->kind == GEO_TEXT_VALUE)
        export_file_text(export->file, column, value->text);
    else if (value->kind == GEO_INT_VALUE)
        export_file_int(export->file, column, value->integer);
    else
        export_file_real(export->file, column, value->real);
}

struct link_target {
    struct export *export;
    int column;
};

static bool put_link(void *arg, const struct geo_link_row *row)
{
    struct link_target *to = arg;
    struct export_file *file = to->export->file;
    const struct export_place *place = find_place(&to->export->places, row->municipio);
    export_file_text(file, to->column, row->municipio);
    export_file_text(file, to->column + 1, place ? place->nombre : NULL);
    export_file_text(file, to->column + 2, place ? place->departamento : NULL);
    export_file_text(file, to->column + 3, place ? place->uo : NULL);
    export_file_text(file, to->column + 4, row->metodo);
    export_file_text(file, to->column + 5, row->estado);
    if (!isnan(row->distancia_m))
        export_file_real(file, to->column + 6, row->distancia_m);
    export_file_real(file, to->column + 7, row->parte);
    return false; /* the main link comes first */
}

/* Reads a little-endian Point, as the store returns it. */
static bool point_of(const struct geo_record *record, double *lon_deg, double *lat_deg)
{
    if (record->wkb_len != 21 || record->wkb[0] != 1 || record->wkb[1] != 1)
        return false;
    memcpy(lon_deg, record->wkb + 5, sizeof *lon_deg);
    memcpy(lat_deg, record->wkb + 13, sizeof *lat_deg);
    return true;
}

static bool write_record(struct export *export, const struct geo_record *record)
{
    struct export_file *file = export->file;
    int column = 0;
    if (!export_file_begin(file, export->err))
        return false;
    for (size_t f = 0; f < export->table->n_fields; f++)
        if (published(&export->table->fields[f]))
            put_value(export, column++, &export->table->fields[f], &record->values[f]);
    if (export_file_is_sheet(file) && has_points(export->table)) {
        double lon_deg, lat_deg;
        if (point_of(record, &lon_deg, &lat_deg)) {
            export_file_real(file, column, lon_deg);
            export_file_real(file, column + 1, lat_deg);
        }
        column += 2;
    }
    if (export->links) {
        struct link_target to = {export, column};
        if (!geo_link_book_read(export->links, record->id, put_link, &to, export->err))
            return false;
        column += (int)(sizeof link_columns / sizeof *link_columns);
    }
    if (export->simulated)
        export_file_int(file, column++, 1);
    if (schematic(export))
        export_file_int(file, column, 1);
    return export_file_end(file, record->wkb, record->wkb_len, export->err);
}

static bool on_record(void *arg, const struct geo_record *record)
{
    struct export *export = arg;
    export->failed = !write_record(export, record);
    export->written++;
    if (export->options->progress && export->written % 64 == 0 && export->total)
        export->options->progress(export->options->progress_arg,
                                  (double)export->written / (double)export->total);
    return !export->failed;
}

static bool count_missing(void *arg, const struct geo_record *record)
{
    struct export *export = arg;
    export->total++;
    export->no_geometry += record->wkb_len == 0;
    return true;
}

/* The run ------------------------------------------------------------------------ */

/* A database without editions can still export layers without links. */
static bool find_edition(struct geo_store *store, struct export *export, struct err *err)
{
    struct err none = {0};
    if (geo_store_edition(store, export->options->edition, &export->edition, &none))
        return true;
    if (none.kind == ERR_NOT_FOUND && !export->options->edition &&
        strcmp(export->table->name, "municipios") != 0)
        return true;
    *err = none;
    return false;
}

static bool write_all(struct geo_store *store, struct export *export, struct err *err)
{
    const struct geo_table *table = export->table;
    struct geo_layer_info info;
    struct geo_query query = {0};
    if (!find_edition(store, export, err) || !geo_store_layer(store, table->name, &info, err))
        return false;
    export->simulated = info.simulated;
    if (strcmp(table->name, "municipios") == 0) {
        query.field = "edicion";
        query.equals = export->edition.codigo;
    }
    if (table->linked && export->edition.codigo[0]) {
        export->links = geo_link_book_open(store, table->name, export->edition.codigo, err);
        if (!export->links || !read_places(store, export, err))
            return false;
    }
    if (!geo_store_each(store, table, &query, count_missing, export, err))
        return false;
    export->file = export_file_open(export->options->path, table->name, table->title,
                                    table->geometry, export->no_geometry == 0, err);
    return export->file && add_columns(export, err) &&
           geo_store_each(store, table, &query, on_record, export, err) && !export->failed;
}

bool geo_export_run(struct geo_store *store, const struct geo_export_options *options,
                    int64_t *records, struct err *err)
{
    struct err own = {0};
    struct export export = {
        .options = options, .table = geo_table_named(options->layer, err), .err = err ? err : &own};
    if (!export.table)
        return false;
    bool ok = geo_store_begin_read(store, export.err);
    if (ok) {
        ok = write_all(store, &export, export.err);
        geo_link_book_close(export.links);
        geo_store_rollback(store);
    }
    ok = export_file_close(export.file, ok, ok ? export.err : NULL) && ok;
    free(export.places.all);
    arena_free(export.places.arena);
    if (ok && options->progress)
        options->progress(options->progress_arg, 1);
    if (ok)
        *records = export.written;
    return ok;
}
