/* source_reader.c - reads the layer, columns and rows of a source, by GDAL. */
#include "geo/import/source_reader.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "geo/base/arena.h"
#include "geo/base/cell.h"
#include "geo/base/text.h"
#include "geo/import/gdal_internal.h"
#include "geo/import/source_internal.h"
#include "geo/import/source_path.h"

struct source_reader {
    const struct geo_source_options *options;
    const struct geo_source_limits *limits;
    struct source_position *position;
    const struct source_spoilt *spoilt;
    size_t n_spoilt;
    struct source_path path;
    struct source_geometry geometry;
    struct geo_geos *geos; /* NULL until something is repaired */
    struct buf repaired;
    GDALDatasetH dataset;
    OGRLayerH layer;
    struct arena *names, *row;
    struct source_info info;
    const char **values;
    int64_t read;     /* rows so far */
    int64_t vertices; /* in this pass */
    bool sheet;       /* the id of a record is its line in the sheet */
    struct err why;   /* about the current row's polygon */
};

static void quiet(CPLErr class, CPLErrorNum number, const char *message)
{
    (void)class;
    (void)number;
    (void)message;
}

/* Converts a name in an old encoding to UTF-8. */
static const char *utf8_value(struct arena *arena, const char *value)
{
    if (text_is_utf8(value, strlen(value)))
        return arena_strdup(arena, value);
    struct buf recoded;
    buf_init(&recoded);
    const char *copy = NULL;
    if (source_text_recode(value, &recoded) && !buf_failed(&recoded))
        copy = arena_strdup(arena, recoded.data);
    buf_free(&recoded);
    return copy;
}

/* True for text files and sheets, whose cells may be guarded against being formulas. */
static bool is_cell(const struct source_reader *source)
{
    return source->path.is_text || source->sheet;
}

static bool read_columns(struct source_reader *source, struct err *err)
{
    OGRFeatureDefnH columns = gdal->OGR_L_GetLayerDefn(source->layer);
    size_t n = (size_t)gdal->OGR_FD_GetFieldCount(columns);
    struct source_info *info = &source->info;
    if (!geo_source_within(source->limits, GEO_LIMIT_COLUMNS, (int64_t)n, err))
        return false;
    info->n_columns = n;
    info->columns = arena_array(source->names, n, sizeof *info->columns);
    info->is_number = arena_array(source->names, n, sizeof *info->is_number);
    source->values = arena_array(source->names, n, sizeof *source->values);
    if (!info->columns || !info->is_number || !source->values)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        OGRFieldDefnH column = gdal->OGR_FD_GetFieldDefn(columns, (int)i);
        OGRFieldType type = gdal->OGR_Fld_GetType(column);
        info->is_number[i] = type == OFTInteger || type == OFTInteger64 || type == OFTReal;
        const char *name = gdal->OGR_Fld_GetNameRef(column);
        info->columns[i] = utf8_value(source->names, is_cell(source) ? cell_unguard(name) : name);
        if (!info->columns[i])
            return err_no_memory(err);
    }
    return true;
}

static void count_records(struct source_reader *source)
{
    const struct source_text *text = &source->path.text;
    GIntBig n = source->path.is_text ? (GIntBig)text->n_lines - (text->n_lines ? 1 : 0)
                                     : gdal->OGR_L_GetFeatureCount(source->layer, FALSE);
    source->info.count = n < 0 ? -1 : n;
}

static bool describe(struct source_reader *source, struct err *err)
{
    struct source_info *info = &source->info;
    info->place = source->path.is_text ? "línea" : source->sheet ? "fila" : "registro";
    info->layer = utf8_value(source->names, gdal->OGR_L_GetName(source->layer));
    info->crs = utf8_value(source->names, source->geometry.crs);
    info->epsg = source->geometry.epsg;
    info->has_geometry = gdal->OGR_L_GetGeomType(source->layer) != wkbNone;
    const struct buf *left_out = &source->path.foreign.left_out;
    if (left_out->len)
        info->note = arena_printf(source->names,
                                  "la fuente tiene vistas o tablas virtuales, que no se leen: %.*s",
                                  text_cut(left_out->data, 500), left_out->data);
    return (info->layer && info->crs && (info->note || !left_out->len)) || err_no_memory(err);
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

static bool open_dataset(struct source_reader *source, struct err *err)
{
    const struct geo_source_options *options = source->options;
    configure();
    if (!source_path_unpack(&source->path, source->limits, err))
        return false;
    gdal->CPLErrorReset();
    if (source->path.drivers)
        source->dataset = gdal->GDALOpenEx(source->path.open, GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                           source->path.drivers, source->path.open_options, NULL);
    if (!source->dataset)
        return gdal_ran_out_of_memory() ? err_no_memory(err) : unreadable(source, err);
    const char *driver = gdal->GDALGetDriverShortName(gdal->GDALGetDatasetDriver(source->dataset));
    source->sheet = strcmp(driver, "XLSX") == 0 || strcmp(driver, "ODS") == 0;
    source->layer =
        source_layer_choose(source->dataset, options, &source->path.foreign.left_out, err);
    if (!source->layer)
        return false;
    count_records(source);
    if (broke_off(source))
        return unreadable(source, err);
    return read_columns(source, err) &&
           source_geometry_init(&source->geometry, options->geometry,
                                gdal->OGR_L_GetSpatialRef(source->layer), options->epsg,
                                source->limits, err) &&
           describe(source, err);
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
    source->row = arena_new();
    buf_init(&source->repaired);
    gdal->CPLPushErrorHandler(quiet);
    bool ok = (source->names && source->row) || err_no_memory(err);
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
    source_geometry_free(&source->geometry);
    geo_geos_free(source->geos);
    buf_free(&source->repaired);
    if (source->dataset)
        gdal->GDALClose(source->dataset);
    source_path_free(&source->path);
    arena_free(source->names);
    arena_free(source->row);
    free(source);
}

const struct source_info *source_reader_info(const struct source_reader *source)
{
    return &source->info;
}

void source_reader_rewind(struct source_reader *source)
{
    gdal->OGR_L_ResetReading(source->layer);
    source->read = source->vertices = 0;
}

void source_reader_skip(struct source_reader *source, int64_t n)
{
    gdal->CPLPushErrorHandler(quiet);
    for (OGRFeatureH feature; source->read < n; source->read++) {
        feature = gdal->OGR_L_GetNextFeature(source->layer);
        if (!feature)
            break;
        gdal->OGR_F_Destroy(feature);
    }
    gdal->CPLPopErrorHandler();
}

void source_reader_spare(struct source_reader *source, const struct source_spoilt *spoilt, size_t n)
{
    source->spoilt = spoilt;
    source->n_spoilt = n;
}

static int64_t line_of(const struct source_reader *source, OGRFeatureH feature)
{
    const struct source_text *text = &source->path.text;
    if (source->sheet)
        return gdal->OGR_F_GetFID(feature);
    if (source->path.is_text && source->read < (int64_t)text->n_lines)
        return text->lines[source->read].line; /* the header is record 0 */
    return source->read;
}

/* A decimal comma without quotes shifts all values after it by one column. */
static bool fits_header(const struct source_reader *source, struct err *err)
{
    const struct source_text *text = &source->path.text;
    if (!source->path.is_text || source->read >= (int64_t)text->n_lines ||
        text->lines[source->read].values <= text->lines[0].values)
        return true;
    return err_set(err, ERR_INPUT,
                   "tiene %d valores y el encabezado %d columnas: puede ser una coma decimal, o un "
                   "texto con el separador, sin comillas",
                   text->lines[source->read].values, text->lines[0].values);
}

static bool read_values(struct source_reader *source, OGRFeatureH feature, struct err *err)
{
    bool fit = true;
    for (size_t i = 0; i < source->info.n_columns; i++) {
        source->values[i] = NULL;
        if (!gdal->OGR_F_IsFieldSetAndNotNull(feature, (int)i))
            continue;
        const char *value = gdal->OGR_F_GetFieldAsString(feature, (int)i);
        if (!value[0])
            continue;
        size_t kilobytes = strlen(value) >> 10;
        if (fit &&
            !geo_source_within(source->limits, GEO_LIMIT_VALUE_KB, (int64_t)kilobytes, err)) {
            err_wrap(err, "%s", source->info.columns[i]);
            fit = false;
        }
        if (!fit)
            continue;
        if (is_cell(source))
            value = cell_unguard(value);
        source->values[i] = utf8_value(source->row, value);
        if (!source->values[i])
            return err_no_memory(err);
    }
    return fit;
}

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
        if (source->spoilt[i].record == source->read) {
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

/* A record comes without its geometry where the file is cut short or the geometry
 * damaged; GDAL's last word, from when it read the record, is the only sign. */
static bool lost_geometry(const struct source_reader *source, OGRGeometryH geometry,
                          struct err *err)
{
    if (geometry || !source->info.has_geometry || gdal->CPLGetLastErrorType() < CE_Failure)
        return false;
    err_set(err, ERR_INPUT,
            "la geometría no se puede leer: el archivo está cortado o dañado; vuelva a copiarlo o "
            "a exportarlo (GDAL: %s)",
            gdal->CPLGetLastErrorMsg());
    return true;
}

static bool read_feature(struct source_reader *source, OGRFeatureH feature,
                         struct geo_source_row *row, struct err *err)
{
    struct err no_geometry = {0};
    OGRGeometryH geometry = gdal->OGR_F_StealGeometry(feature);
    bool lost = lost_geometry(source, geometry, &no_geometry);
    arena_reset(source->row);
    row->line = line_of(source, feature);
    row->values = source->values;
    if (!read_values(source, feature, err)) {
        if (geometry)
            gdal->OGR_G_DestroyGeometry(geometry);
        return false;
    }
    if (lost)
        return err_set(err, no_geometry.kind, "%s", no_geometry.message);
    if (!source_geometry_read(&source->geometry, geometry, row, err) || !fits_header(source, err))
        return false;
    if (source->options->repair && row->shape == GEO_SOURCE_POLYGON)
        repair(source, row);
    return true;
}

/* Checks the limits of the whole source. */
static bool within_all(struct source_reader *source, const struct geo_source_row *row,
                       struct err *err)
{
    source->vertices += (int64_t)(row->wkb_len / 16);
    return geo_source_within(source->limits, GEO_LIMIT_RECORDS, source->read, err) &&
           geo_source_within(source->limits, GEO_LIMIT_ALL_VERTICES, source->vertices, err);
}

bool source_reader_next(struct source_reader *source, struct geo_source_row *row, bool *more,
                        struct err *err)
{
    gdal->CPLPushErrorHandler(quiet);
    gdal->CPLErrorReset();
    bool ok = true;
    source->position->record = source->read + 1;
    OGRFeatureH feature = gdal->OGR_L_GetNextFeature(source->layer);
    *row = (struct geo_source_row){0};
    *more = feature != NULL;
    if (feature) {
        source->read++;
        ok = read_feature(source, feature, row, err);
        gdal->OGR_F_Destroy(feature);
        if (!within_all(source, row, err))
            ok = *more = false;
    } else if (gdal_ran_out_of_memory())
        ok = err_no_memory(err);
    else if (gdal->CPLGetLastErrorType() >= CE_Failure)
        ok = err_set(err, ERR_INPUT, "%s %lld: no se puede leer: %s", source->info.place,
                     (long long)source->read + 1, gdal->CPLGetLastErrorMsg());
    gdal->CPLPopErrorHandler();
    return ok;
}
