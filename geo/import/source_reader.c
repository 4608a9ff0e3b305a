/* source_reader.c - opens a source, lists its tables, and reads their rows. */
#include "geo/import/source_reader.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/import/gdal_internal.h"
#include "geo/import/source_internal.h"
#include "geo/import/source_ogr.h"
#include "geo/import/source_path.h"

/* How a table is read, beside its description in info.tables. */
struct source_reader_table {
    struct source_ogr *ogr;
    struct source_geometry geometry;
};

struct source_reader {
    const struct geo_source_options *options;
    const struct geo_source_limits *limits;
    struct source_position *position;
    const struct source_spoilt *spoilt;
    size_t n_spoilt;
    struct source_path path;
    struct geo_geos *geos; /* NULL until something is repaired */
    struct buf repaired;
    GDALDatasetH dataset;
    struct arena *names;
    struct source_info info;
    struct source_reader_table *tables; /* info.n_tables */
    size_t current;                     /* the table being read */
    int64_t read;                       /* its rows so far */
    int64_t vertices;                   /* in this pass */
    struct err why;                     /* about the current row's polygon */
};

static void quiet(CPLErr class, CPLErrorNum number, const char *message)
{
    (void)class;
    (void)number;
    (void)message;
}

/* Sets the error: why GDAL could not open the source, and what to do. */
static bool unreadable(struct source_reader *source, struct err *err)
{
    char why[256];
    struct buf advice;
    if (source->path.is_text)
        return err_set(err, ERR_INPUT,
                       source->path.text.n_lines
                           ? "la primera línea debe nombrar dos columnas o más, separadas por «,», "
                             "«;», «|» o tabulador"
                           : "el archivo está vacío");
    snprintf(why, sizeof why, "%s", gdal->CPLGetLastErrorMsg());
    buf_init(&advice);
    if (source->path.drivers)
        source_path_advise(source->options->path, &advice);
    else
        buf_puts(&advice, ": no se conoce por su nombre ni por su contenido; si es de un formato "
                          "que se lee (sigg import --help), dele su extensión: .csv, .xlsx, "
                          ".geojson, .gpkg…");
    err_set(err, ERR_INPUT, "«%s» no es un archivo de datos que se pueda leer%s%s%s%s",
            source->options->path, advice.len ? advice.data : "", why[0] ? " (GDAL: " : "", why,
            why[0] ? ")" : "");
    buf_free(&advice);
    return false;
}

/* Turns off what GDAL does beyond reading the given file. */
static void configure(void)
{
    static const char *const settings[][2] = {
        /* The first row of a sheet is its header, even if it looks like data. */
        {"OGR_XLSX_HEADERS", "FORCE"},
        {"OGR_ODS_HEADERS", "FORCE"},
        /* A long value meets our limit (--max-value), not GDAL's of ten million. */
        {"OGR_CSV_MAX_LINE_SIZE", "-1"},
        /* Companion files are opened by name: listing the folder would be slow if it has a
         * hundred thousand files. */
        {"GDAL_DISABLE_READDIR_ON_OPEN", "TRUE"},
        {"GML_SKIP_RESOLVE_ELEMS", "ALL"},
        {"GML_DOWNLOAD_SCHEMA", "NO"},
        {"OGR_SQLITE_PRAGMA", "trusted_schema=0,cell_size_check=1,temp_store=2"},
        {"PROJ_NETWORK", "OFF"},
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        gdal->CPLSetThreadLocalConfigOption(settings[i][0], settings[i][1]);
}

/* GDAL's GML driver stops where the XML breaks off, says so once, while it opens or
 * counts, and then has no records: a cut file would be an empty one. */
static bool broke_off(const struct source_reader *source)
{
    const char *driver = gdal->GDALGetDriverShortName(gdal->GDALGetDatasetDriver(source->dataset));
    return strcmp(driver, "GML") == 0 && gdal->CPLGetLastErrorType() >= CE_Failure &&
           strstr(gdal->CPLGetLastErrorMsg(), "XML parsing");
}

static bool add_table(struct source_reader *source, OGRLayerH layer, struct err *err)
{
    struct geo_source_table *table = &source->info.tables[source->info.n_tables];
    struct source_reader_table *own = &source->tables[source->info.n_tables++];
    own->ogr = source_ogr_open(source->dataset, layer, &source->path, source->options,
                               source->limits, source->names, table, err);
    if (!own->ogr ||
        !source_geometry_init(&own->geometry, source->options->geometry, source_ogr_crs(own->ogr),
                              source->options->epsg, source->limits, err))
        return false;
    table->crs = arena_strdup(source->names, own->geometry.crs);
    table->epsg = own->geometry.epsg;
    return table->crs || err_no_memory(err);
}

static bool add_tables(struct source_reader *source, struct err *err)
{
    int n = gdal->GDALDatasetGetLayerCount(source->dataset);
    if (n <= 0)
        return err_set(err, ERR_INPUT, "«%s» no tiene ninguna capa", source->options->path);
    if (!geo_source_within(source->limits, GEO_LIMIT_ENTRIES, n, err))
        return false;
    source->info.tables = arena_array(source->names, (size_t)n, sizeof *source->info.tables);
    source->tables = arena_array(source->names, (size_t)n, sizeof *source->tables);
    if (!source->info.tables || !source->tables)
        return err_no_memory(err);
    for (int i = 0; i < n; i++)
        if (!add_table(source, gdal->GDALDatasetGetLayer(source->dataset, i), err))
            return false;
    return true;
}

/* Views and virtual tables, which are not read. */
static bool add_note(struct source_reader *source, struct err *err)
{
    const struct buf *left_out = &source->path.foreign.left_out;
    if (!left_out->len)
        return true;
    source->info.note = arena_printf(
        source->names,
        "la fuente tiene vistas o tablas virtuales, que no se leen (%.*s): guarde sus filas en una "
        "tabla",
        text_cut(left_out->data, 500), left_out->data);
    return source->info.note || err_no_memory(err);
}

static bool open_dataset(struct source_reader *source, struct err *err)
{
    configure();
    if (!source_path_unpack(&source->path, source->limits, err))
        return false;
    gdal->CPLErrorReset();
    if (source->path.drivers)
        source->dataset = gdal->GDALOpenEx(source->path.open, GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                           source->path.drivers, source->path.open_options, NULL);
    if (!source->dataset)
        return gdal_ran_out_of_memory() ? err_no_memory(err) : unreadable(source, err);
    if (!add_tables(source, err) || !add_note(source, err))
        return false;
    return !broke_off(source) || unreadable(source, err);
}

struct source_reader *source_reader_new(const struct geo_source_options *options,
                                        struct source_position *position, struct err *err)
{
    struct source_reader *source = gdal_load(err) ? calloc(1, sizeof *source) : NULL;
    if (!source) {
        if (gdal)
            err_no_memory(err);
        return NULL;
    }
    source->options = options;
    source->limits = options->limits ? options->limits : &geo_source_usual_limits;
    source->position = position;
    source->names = arena_new();
    buf_init(&source->repaired);
    gdal->CPLPushErrorHandler(quiet);
    bool ok = source->names || err_no_memory(err);
    ok = ok && source_path_find(options, source->limits, &source->path, err);
    gdal->CPLPopErrorHandler();
    if (ok)
        return source;
    source_reader_free(source);
    return NULL;
}

const char *const *source_reader_files(const struct source_reader *source)
{
    return (const char *const *)source->path.files;
}

bool source_reader_open(struct source_reader *source, struct err *err)
{
    gdal->CPLPushErrorHandler(quiet);
    bool ok = open_dataset(source, err);
    gdal->CPLPopErrorHandler();
    return ok;
}

void source_reader_free(struct source_reader *source)
{
    if (!source)
        return;
    for (size_t t = 0; t < source->info.n_tables; t++) {
        source_ogr_free(source->tables[t].ogr);
        source_geometry_free(&source->tables[t].geometry);
    }
    geo_geos_free(source->geos);
    buf_free(&source->repaired);
    if (source->dataset)
        gdal->GDALClose(source->dataset);
    source_path_free(&source->path);
    arena_free(source->names);
    free(source);
}

const struct source_info *source_reader_info(const struct source_reader *source)
{
    return &source->info;
}

bool source_reader_read(struct source_reader *source, size_t table, int64_t skip, struct err *err)
{
    if (table >= source->info.n_tables)
        return err_set(err, ERR_DEPENDENCY, "la fuente no tiene una tabla %zu", table);
    gdal->CPLPushErrorHandler(quiet);
    source->current = table;
    source->read = skip;
    source->vertices = 0;
    source_ogr_rewind(source->tables[table].ogr);
    source_ogr_skip(source->tables[table].ogr, skip);
    gdal->CPLPopErrorHandler();
    return true;
}

void source_reader_spare(struct source_reader *source, const struct source_spoilt *spoilt, size_t n)
{
    source->spoilt = spoilt;
    source->n_spoilt = n;
}

/* Rows ----------------------------------------------------------------------------- */

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Repairs the polygon, unless that ended an earlier child. */
static bool try_repair(struct source_reader *source, struct geo_source_row *row, struct err *err)
{
    for (size_t i = 0; i < source->n_spoilt; i++)
        if (source->spoilt[i].table == source->current &&
            source->spoilt[i].record == source->read) {
            *err = source->spoilt[i].why;
            return false;
        }
    if (!source->geos && !(source->geos = geo_geos_new(err)))
        return false;
    buf_clear(&source->repaired);
    source->position->repair_began_ns = now_ns();
    bool ok = geo_geos_repair_wkb(source->geos, row->wkb, row->wkb_len, &source->repaired,
                                  &row->repair, err);
    source->position->repair_began_ns = 0;
    return ok;
}

static void repair(struct source_reader *source, struct geo_source_row *row)
{
    source->why = (struct err){0};
    if (try_repair(source, row, &source->why)) {
        row->wkb = (const unsigned char *)source->repaired.data;
        row->wkb_len = source->repaired.len;
    } else {
        bool hungry = source->why.kind == ERR_MEMORY || strstr(source->why.message, "bad_alloc");
        if (hungry) {
            geo_source_beyond(source->limits, GEO_LIMIT_MEMORY_MB, &source->why);
            source->why.kind = ERR_INPUT; /* of this record */
        }
        row->repair = (struct geo_repair){0};
        row->unrepaired = source->why.kind;
        row->unrepaired_why = source->why.message;
    }
}

/* Checks the limits of the whole source. */
static bool within_all(struct source_reader *source, const struct geo_source_row *row,
                       struct err *err)
{
    source->vertices += (int64_t)(row->wkb_len / 16);
    return geo_source_within(source->limits, GEO_LIMIT_RECORDS, source->read, err) &&
           geo_source_within(source->limits, GEO_LIMIT_ALL_VERTICES, source->vertices, err);
}

static bool convert(struct source_reader *source, OGRGeometryH geometry, struct geo_source_row *row,
                    struct err *err)
{
    if (!source_geometry_read(&source->tables[source->current].geometry, geometry, row, err))
        return false;
    if (source->options->repair && row->shape == GEO_SOURCE_POLYGON)
        repair(source, row);
    return true;
}

/* Rows that are faulty count too; they are rejected when they are read again. */
bool source_reader_facts(struct source_reader *source, size_t table, struct column_facts *facts,
                         struct err *err)
{
    bool more = true, ok = true;
    if (!source_reader_read(source, table, 0, err))
        return false;
    gdal->CPLPushErrorHandler(quiet);
    while (ok && more) {
        struct source_raw raw;
        struct err bad = {0};
        bool fine = source_ogr_next(source->tables[table].ogr, &raw, &more, &bad);
        source->position->record = ++source->read;
        for (size_t c = 0; more && raw.cells && c < source->info.tables[table].n_columns; c++)
            column_facts_add(&facts[c], &raw.cells[c], raw.line);
        if (raw.geometry)
            gdal->OGR_G_DestroyGeometry(raw.geometry);
        if (!fine && !more)
            ok = err_set(err, bad.kind, "%s", bad.message);
        else if (more)
            ok = geo_source_within(source->limits, GEO_LIMIT_RECORDS, source->read, err);
    }
    gdal->CPLPopErrorHandler();
    return ok;
}

static bool read_row(struct source_reader *source, struct geo_source_row *row, bool *more,
                     struct err *err)
{
    struct source_raw raw;
    bool ok = source_ogr_next(source->tables[source->current].ogr, &raw, more, err);
    *row = (struct geo_source_row){.line = raw.line, .cells = raw.cells};
    if (!*more)
        return ok;
    source->read++;
    if (ok)
        ok = convert(source, raw.geometry, row, err);
    else if (raw.geometry)
        gdal->OGR_G_DestroyGeometry(raw.geometry);
    if (!within_all(source, row, err))
        ok = *more = false;
    return ok;
}

bool source_reader_next(struct source_reader *source, struct geo_source_row *row, bool *more,
                        struct err *err)
{
    gdal->CPLPushErrorHandler(quiet);
    source->position->record = source->read + 1;
    bool ok = read_row(source, row, more, err);
    gdal->CPLPopErrorHandler();
    return ok;
}
