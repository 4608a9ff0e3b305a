#include "geo/import/source.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/arena.h"
#include "geo/base/cell.h"
#include "geo/base/text.h"
#include "geo/import/gdal_internal.h"
#include "geo/import/source_internal.h"
#include "geo/import/source_path.h"

/* Formats that hold their data; what points elsewhere (VRT, servers) is left out. */
static const char *const drivers[] = {
    "ESRI Shapefile",
    "GPKG",
    "GeoJSON",
    "GeoJSONSeq",
    "TopoJSON",
    "CSV",
    "XLSX",
    "ODS",
    "LIBKML",
    "KML",
    "GPX",
    "FlatGeobuf",
    "GML",
    "MapInfo File",
    "OpenFileGDB",
    "SQLite",
    NULL,
};

struct geo_source {
    struct source_path path;
    struct source_geometry geometry;
    GDALDatasetH dataset;
    OGRLayerH layer;
    struct arena *names, *row;
    const char **columns;
    bool *is_number;
    size_t n_columns;
    const char **values;
    const char *place;
    int64_t read; /* rows so far */
    bool sheet;   /* a record's id is its line of the sheet */
};

static void quiet(CPLErr class, CPLErrorNum number, const char *message)
{
    (void)class;
    (void)number;
    (void)message;
}

static bool names_layer(OGRLayerH layer, const char *name)
{
    return strcasecmp(gdal->OGR_L_GetName(layer), name) == 0;
}

/* How well a layer suits: 0 not at all, 2 its geometry fits, 1 its columns might
 * hold coordinates. */
static int suits(OGRLayerH layer, enum geo_geometry wanted)
{
    OGRwkbGeometryType type = gdal->OGR_GT_Flatten(gdal->OGR_L_GetGeomType(layer));
    bool none = type == wkbNone;
    bool point = type == wkbPoint || type == wkbMultiPoint;
    bool area = type == wkbPolygon || type == wkbMultiPolygon || type == wkbCurvePolygon ||
                type == wkbMultiSurface;
    switch (wanted) {
    case GEO_NO_GEOMETRY:
        return none ? 2 : 1;
    case GEO_POINT:
        return point || type == wkbUnknown ? 2 : none;
    case GEO_MULTIPOLYGON:
        return area || type == wkbUnknown || type == wkbGeometryCollection ? 2 : none;
    case GEO_ANY_GEOMETRY:
        return none ? 1 : 2;
    }
    return 0;
}

static bool choose_layer(struct geo_source *source, const struct geo_source_options *options,
                         struct err *err)
{
    int n = gdal->GDALDatasetGetLayerCount(source->dataset), best = -1;
    for (int i = 0; i < n && options->layer; i++)
        if (names_layer(gdal->GDALDatasetGetLayer(source->dataset, i), options->layer)) {
            source->layer = gdal->GDALDatasetGetLayer(source->dataset, i);
            return true;
        }
    for (int i = 0; i < n && !options->layer; i++) {
        OGRLayerH layer = gdal->GDALDatasetGetLayer(source->dataset, i);
        int score = suits(layer, options->geometry) * 2;
        if (n > 1 && gdal->OGR_L_GetFeatureCount(layer, TRUE) > 0)
            score++;
        if (score > best) {
            best = score;
            source->layer = layer;
        }
    }
    if (source->layer)
        return true;
    struct buf names;
    buf_init(&names);
    for (int i = 0; i < n; i++)
        buf_printf(&names, "%s%s", i ? ", " : "",
                   gdal->OGR_L_GetName(gdal->GDALDatasetGetLayer(source->dataset, i)));
    if (options->layer && n)
        err_set(err, ERR_NOT_FOUND, "no hay una capa «%s» en «%s»; hay: %s", options->layer,
                options->path, names.data);
    else
        err_set(err, ERR_INPUT, "«%s» no tiene ninguna capa", options->path);
    buf_free(&names);
    return false;
}

static bool read_columns(struct geo_source *source, struct err *err)
{
    OGRFeatureDefnH columns = gdal->OGR_L_GetLayerDefn(source->layer);
    size_t n = (size_t)gdal->OGR_FD_GetFieldCount(columns);
    source->n_columns = n;
    source->columns = arena_array(source->names, n, sizeof *source->columns);
    source->is_number = arena_array(source->names, n, sizeof *source->is_number);
    source->values = arena_array(source->names, n, sizeof *source->values);
    if (!source->columns || !source->is_number || !source->values)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        OGRFieldDefnH column = gdal->OGR_FD_GetFieldDefn(columns, (int)i);
        OGRFieldType type = gdal->OGR_Fld_GetType(column);
        source->is_number[i] = type == OFTInteger || type == OFTInteger64 || type == OFTReal;
        const char *name = gdal->OGR_Fld_GetNameRef(column);
        bool cell = source->path.is_text || source->sheet;
        source->columns[i] = arena_strdup(source->names, cell ? cell_unguard(name) : name);
        if (!source->columns[i])
            return err_no_memory(err);
    }
    return true;
}

static bool open_dataset(struct geo_source *source, const struct geo_source_options *options,
                         struct err *err)
{
    /* A sheet's first row is its header even where all of it looks alike. */
    gdal->CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", "FORCE");
    gdal->CPLSetThreadLocalConfigOption("OGR_ODS_HEADERS", "FORCE");
    if (!source_path_resolve(options->path, &source->path, err))
        return false;
    gdal->CPLErrorReset();
    source->dataset =
        gdal->GDALOpenEx(source->path.open, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL);
    if (!source->dataset && source->path.is_text)
        return err_set(err, ERR_INPUT,
                       source->path.text.n_lines
                           ? "la primera línea debe nombrar dos columnas o más, separadas por «,», "
                             "«;», «|» o tabulador"
                           : "el archivo está vacío");
    if (!source->dataset) {
        char why[256];
        struct buf advice;
        snprintf(why, sizeof why, "%s", gdal->CPLGetLastErrorMsg());
        buf_init(&advice);
        source_path_advise(options->path, &advice);
        err_set(err, ERR_INPUT, "«%s» no es un archivo de datos que se pueda leer%s%s%s%s",
                options->path, advice.len ? advice.data : "", why[0] ? " (GDAL: " : "", why,
                why[0] ? ")" : "");
        buf_free(&advice);
        return false;
    }
    const char *driver = gdal->GDALGetDriverShortName(gdal->GDALGetDatasetDriver(source->dataset));
    source->sheet = strcmp(driver, "XLSX") == 0 || strcmp(driver, "ODS") == 0;
    source->place = source->path.is_text ? "línea" : source->sheet ? "fila" : "registro";
    return choose_layer(source, options, err) && read_columns(source, err) &&
           source_geometry_init(&source->geometry, options->geometry,
                                gdal->OGR_L_GetSpatialRef(source->layer), options->epsg, err);
}

struct geo_source *geo_source_open(const struct geo_source_options *options, struct err *err)
{
    if (!gdal_load(err))
        return NULL;
    struct geo_source *source = calloc(1, sizeof *source);
    if (!source) {
        err_no_memory(err);
        return NULL;
    }
    source->names = arena_new();
    source->row = arena_new();
    bool ok = source->names && source->row;
    if (!ok)
        err_no_memory(err);
    gdal->CPLPushErrorHandler(quiet);
    ok = ok && open_dataset(source, options, err);
    gdal->CPLPopErrorHandler();
    if (ok)
        return source;
    geo_source_close(source);
    return NULL;
}

void geo_source_close(struct geo_source *source)
{
    if (!source)
        return;
    source_geometry_free(&source->geometry);
    if (source->dataset)
        gdal->GDALClose(source->dataset);
    source_path_free(&source->path);
    arena_free(source->names);
    arena_free(source->row);
    free(source);
}

size_t geo_source_columns(const struct geo_source *source)
{
    return source->n_columns;
}

const char *const *geo_source_column_names(const struct geo_source *source)
{
    return source->columns;
}

bool geo_source_column_is_number(const struct geo_source *source, size_t column)
{
    return source->is_number[column];
}

bool geo_source_has_geometry(const struct geo_source *source)
{
    return gdal->OGR_L_GetGeomType(source->layer) != wkbNone;
}

const char *geo_source_layer_name(const struct geo_source *source)
{
    return gdal->OGR_L_GetName(source->layer);
}

int geo_source_epsg(const struct geo_source *source)
{
    return source->geometry.epsg;
}

const char *geo_source_crs(const struct geo_source *source)
{
    return source->geometry.crs;
}

const char *geo_source_place(const struct geo_source *source)
{
    return source->place;
}

int64_t geo_source_count(const struct geo_source *source)
{
    if (source->path.is_text)
        return source->path.text.n_lines ? (int64_t)source->path.text.n_lines - 1 : 0;
    return gdal->OGR_L_GetFeatureCount(source->layer, FALSE);
}

void geo_source_rewind(struct geo_source *source)
{
    gdal->OGR_L_ResetReading(source->layer);
    source->read = 0;
}

/* Old shapefiles do not say their encoding. */
static const char *utf8_value(struct arena *arena, const char *value)
{
    if (text_is_utf8(value, strlen(value)))
        return arena_strdup(arena, value);
    struct buf recoded;
    buf_init(&recoded);
    const char *copy = NULL;
    if (source_text_recode(value, &recoded))
        copy = arena_strdup(arena, recoded.data);
    buf_free(&recoded);
    return copy;
}

static int64_t line_of(const struct geo_source *source, OGRFeatureH feature)
{
    const struct source_text *text = &source->path.text;
    if (source->sheet)
        return gdal->OGR_F_GetFID(feature);
    if (source->path.is_text && source->read < (int64_t)text->n_lines)
        return text->lines[source->read].line; /* the header is record 0 */
    return source->read;
}

/* A decimal comma without quotes moves all values after it by one column. */
static bool fits_header(const struct geo_source *source, struct err *err)
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

static bool read_feature(struct geo_source *source, OGRFeatureH feature, struct geo_source_row *row,
                         struct err *err)
{
    arena_reset(source->row);
    row->line = line_of(source, feature);
    row->values = source->values;
    for (size_t i = 0; i < source->n_columns; i++) {
        source->values[i] = NULL;
        if (!gdal->OGR_F_IsFieldSetAndNotNull(feature, (int)i))
            continue;
        const char *value = gdal->OGR_F_GetFieldAsString(feature, (int)i);
        if (!value[0])
            continue;
        if (source->path.is_text || source->sheet)
            value = cell_unguard(value);
        source->values[i] = utf8_value(source->row, value);
        if (!source->values[i])
            return err_no_memory(err);
    }
    return source_geometry_read(&source->geometry, gdal->OGR_F_StealGeometry(feature), row, err) &&
           fits_header(source, err);
}

bool geo_source_next(struct geo_source *source, struct geo_source_row *row, bool *more,
                     struct err *err)
{
    gdal->CPLPushErrorHandler(quiet);
    gdal->CPLErrorReset();
    bool ok = true;
    OGRFeatureH feature = gdal->OGR_L_GetNextFeature(source->layer);
    *row = (struct geo_source_row){0};
    *more = feature != NULL;
    if (feature) {
        source->read++;
        ok = read_feature(source, feature, row, err);
        gdal->OGR_F_Destroy(feature);
    } else if (gdal->CPLGetLastErrorType() >= CE_Failure)
        ok = err_set(err, ERR_INPUT, "%s %lld: no se puede leer: %s", source->place,
                     (long long)source->read + 1, gdal->CPLGetLastErrorMsg());
    gdal->CPLPopErrorHandler();
    return ok;
}
