/* export_file.c - writes a file of records in one of GDAL's formats. */
#include "geo/export/export_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/cell.h"
#include "geo/base/folder.h"
#include "geo/export/export_tally.h"
#include "geo/files/gdal_internal.h"

/* As many decimals as a position has, so that importing the file changes nothing. */
#define GEOJSON "RFC7946=YES COORDINATE_PRECISION=15 WRITE_BBOX=NO"

/* Formats, with the options of their layers, separated by blanks. */
static const struct export_file_format {
    const char *extension, *driver, *options;
    bool sheet; /* no geometry */
    bool dates; /* the format has dates */
    bool exact; /* values read again equal those written */
} formats[] = {
    {".gpkg", "GPKG", "GEOMETRY_NAME=geom", false, true, true},
    {".geojson", "GeoJSON", GEOJSON, false, false, true},
    {".json", "GeoJSON", GEOJSON, false, false, true},
    {".fgb", "FlatGeobuf", "", false, false, true},
    {".csv", "CSV", "LINEFORMAT=LF STRING_QUOTING=IF_NEEDED", true, false, false},
    {".xlsx", "XLSX", "", true, true, false},
    /* Not LIBKML: its time grows with the square of the number of records. */
    {".kml", "KML", "", false, false, false},
};

struct export_file {
    const struct export_file_format *format;
    char *path;
    struct folder_draft draft;
    GDALDatasetH dataset;
    OGRLayerH layer;
    OGRFeatureH feature;
    bool transaction;
    struct export_column columns[EXPORT_MAX_COLUMNS];
    int fields[EXPORT_MAX_COLUMNS]; /* index in the layer, by our column: KML has its own fields
                                       before ours */
    int n_columns;
    struct export_tally written;
    bool short_of_memory;
};

static const struct export_file_format *format_of(const char *path)
{
    size_t len = strlen(path);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        size_t n = strlen(formats[i].extension);
        if (len > n && strcasecmp(path + len - n, formats[i].extension) == 0)
            return &formats[i];
    }
    return NULL;
}

static void quiet(CPLErr class, CPLErrorNum number, const char *message)
{
    (void)class;
    (void)number;
    (void)message;
}

static bool fail(const struct export_file *file, const char *doing, struct err *err)
{
    const char *why = gdal->CPLGetLastErrorMsg();
    return err_set(err, ERR_DEPENDENCY, "no se pudo %s %s%s%s", doing, file->path,
                   why[0] ? ": " : "", why);
}

static OGRwkbGeometryType layer_type(const struct export_file_format *format,
                                     enum geo_geometry geometry)
{
    if (format->sheet)
        return wkbNone;
    switch (geometry) {
    case GEO_POINT:
        return wkbPoint;
    case GEO_MULTIPOLYGON:
        return wkbMultiPolygon;
    case GEO_ANY_GEOMETRY:
        return wkbUnknown;
    default:
        return wkbNone;
    }
}

static bool create(struct export_file *file, const char *layer, const char *title,
                   enum geo_geometry geometry, struct err *err)
{
    GDALDriverH driver = gdal->GDALGetDriverByName(file->format->driver);
    char *kml[] = {"NameField=nombre", NULL};
    char **creation = strcmp(file->format->driver, "KML") == 0 ? kml : NULL;
    if (driver)
        file->dataset =
            gdal->GDALCreate(driver, file->draft.making, 0, 0, 0, GDT_Unknown, creation);
    if (!file->dataset)
        return fail(file, "crear", err);
    char **options = gdal->CSLTokenizeString(file->format->options);
    if (strcmp(file->format->driver, "GPKG") == 0)
        options = gdal->CSLSetNameValue(options, "DESCRIPTION", title);
    const char *lon_lat = strcmp(file->format->driver, "GPKG") == 0 ? "EPSG:4326" : "OGC:CRS84";
    OGRSpatialReferenceH crs = gdal->OSRNewSpatialReference(NULL);
    gdal->OSRSetFromUserInput(crs, lon_lat);
    gdal->OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    file->layer = gdal->GDALDatasetCreateLayer(file->dataset, layer, crs,
                                               layer_type(file->format, geometry), options);
    gdal->OSRRelease(crs);
    gdal->CSLDestroy(options);
    /* One transaction for all records if the format has transactions; else each record is
     * one. */
    file->transaction = file->layer && gdal->OGR_L_TestCapability(file->layer, OLCTransactions) &&
                        gdal->OGR_L_StartTransaction(file->layer) == OGRERR_NONE;
    return file->layer || fail(file, "crear", err);
}

struct export_file *export_file_open(const char *path, const char *layer, const char *title,
                                     enum geo_geometry geometry, bool all_have_geometry,
                                     struct err *err)
{
    const struct export_file_format *format = format_of(path);
    if (!format) {
        err_set(err, ERR_USAGE,
                "«%s»: la extensión debe ser .gpkg, .geojson, .fgb, .csv, .xlsx o .kml", path);
        return NULL;
    }
    if (geometry == GEO_NO_GEOMETRY && strcmp(format->driver, "FlatGeobuf") == 0) {
        err_set(err, ERR_USAGE, "FlatGeobuf no guarda tablas sin geometría, como %s", layer);
        return NULL;
    }
    if (!all_have_geometry && strcmp(format->driver, "FlatGeobuf") == 0) {
        err_set(err, ERR_INPUT,
                "%s tiene registros sin geometría, que FlatGeobuf no guarda; expórtela como .gpkg",
                layer);
        return NULL;
    }
    if (!folder_takes(path, err) || !gdal_load(err))
        return NULL;
    struct export_file *file = calloc(1, sizeof *file);
    if (!file || !(file->path = strdup(path))) {
        err_no_memory(err);
        free(file);
        return NULL;
    }
    if (!folder_draft_begin(&file->draft, path, err)) {
        free(file->path);
        free(file);
        return NULL;
    }
    file->format = format;
    gdal->CPLPushErrorHandler(quiet);
    gdal->CPLErrorReset();
    bool ok = create(file, layer, title, geometry, err);
    gdal->CPLPopErrorHandler();
    if (ok)
        return file;
    export_file_close(file, false, NULL);
    return NULL;
}

static bool same(const struct export_file *file, const struct export_tally *found)
{
    const struct export_tally *written = &file->written;
    /* In GeoJSON a multipolygon of one part becomes a polygon, which has fewer bytes. */
    bool reshaped = strcmp(file->format->driver, "GeoJSON") == 0;
    return found->records == written->records &&
           (!file->format->exact ||
            (found->values == written->values && found->text_bytes == written->text_bytes &&
             found->geometries == written->geometries &&
             (reshaped || found->geometry_bytes == written->geometry_bytes)));
}

/* Some of GDAL's writers do not notice a full disk (GeoJSON, XLSX) or short memory
 * (GeoJSON). So the file is read again before it replaces the old one. */
static bool read_again(const struct export_file *file, struct err *err)
{
    /* GDAL's KML driver skips records without a position. */
    bool kml = strcmp(file->format->driver, "KML") == 0;
    const char *only[] = {kml ? "LIBKML" : file->format->driver, NULL};
    struct export_tally found = {0};
    if (strcmp(file->format->driver, "CSV") == 0) /* notices; reading would guess the header */
        return true;
    gdal->CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", "FORCE");
    gdal->CPLSetThreadLocalConfigOption("OGR_GEOJSON_DATE_AS_STRING", "YES");
    GDALDatasetH dataset =
        gdal->GDALOpenEx(file->draft.making, GDAL_OF_VECTOR | GDAL_OF_READONLY, only, NULL, NULL);
    OGRLayerH layer = dataset ? gdal->GDALDatasetGetLayer(dataset, 0) : NULL;
    if (layer)
        export_tally_layer(&found, layer, file->columns, file->n_columns);
    if (dataset)
        gdal->GDALClose(dataset);
    gdal->CPLSetThreadLocalConfigOption("OGR_GEOJSON_DATE_AS_STRING", NULL);
    return (layer && same(file, &found)) || (!layer && file->written.records == 0) ||
           err_set(err, ERR_DEPENDENCY,
                   "no se pudo escribir %s: quedó incompleto; puede estar lleno el disco o faltar "
                   "memoria",
                   file->path);
}

bool export_file_close(struct export_file *file, bool keep, struct err *err)
{
    if (!file)
        return true;
    bool ok = true;
    gdal->CPLPushErrorHandler(quiet);
    gdal->CPLErrorReset();
    if (file->feature)
        gdal->OGR_F_Destroy(file->feature);
    if (file->transaction && keep && gdal->OGR_L_CommitTransaction(file->layer) != OGRERR_NONE)
        ok = fail(file, "escribir", err);
    if (file->dataset)
        gdal->GDALClose(file->dataset); /* some formats are only written on closing */
    if (keep && ok && gdal->CPLGetLastErrorType() >= CE_Failure)
        ok = fail(file, "escribir", err);
    ok = ok && (!keep || read_again(file, err));
    gdal->CPLPopErrorHandler();
    if (keep && ok)
        ok = folder_draft_publish(&file->draft, true, err);
    else
        folder_draft_drop(&file->draft);
    free(file->path);
    free(file);
    return ok;
}

bool export_file_is_sheet(const struct export_file *file)
{
    return file->format->sheet;
}

static OGRFieldType column_type(const struct export_file *file, enum geo_type type)
{
    switch (type) {
    case GEO_INTEGER:
        return OFTInteger64;
    case GEO_FLAG:
        return OFTInteger;
    case GEO_REAL:
    case GEO_MONEY:
        return OFTReal;
    case GEO_DATE:
        return file->format->dates ? OFTDate : OFTString;
    default:
        return OFTString;
    }
}

bool export_file_column(struct export_file *file, const char *name, enum geo_type type,
                        int decimals, struct err *err)
{
    if (file->n_columns == EXPORT_MAX_COLUMNS)
        return err_set(err, ERR_SETUP, "demasiadas columnas");
    OGRFieldDefnH column = gdal->OGR_Fld_Create(name, column_type(file, type));
    if (type == GEO_FLAG)
        gdal->OGR_Fld_SetSubType(column, OFSTBoolean);
    if (decimals && strcmp(file->format->driver, "CSV") == 0) {
        gdal->OGR_Fld_SetWidth(column, 24);
        gdal->OGR_Fld_SetPrecision(column, decimals);
    }
    gdal->CPLPushErrorHandler(quiet);
    gdal->CPLErrorReset();
    bool ok = gdal->OGR_L_CreateField(file->layer, column, TRUE) == OGRERR_NONE;
    int field = gdal->OGR_FD_GetFieldIndex(gdal->OGR_L_GetLayerDefn(file->layer), name);
    gdal->CPLPopErrorHandler();
    gdal->OGR_Fld_Destroy(column);
    if (!ok || field < 0)
        return fail(file, "crear una columna en", err);
    struct export_column *described = &file->columns[file->n_columns];
    snprintf(described->name, sizeof described->name, "%s", name);
    described->is_text = column_type(file, type) == OFTString;
    file->fields[file->n_columns++] = field;
    return true;
}

/* Setting a value returns nothing. If memory was short for a text it is GDAL's last error,
 * which export_file_end() checks. */
bool export_file_begin(struct export_file *file, struct err *err)
{
    gdal->CPLPushErrorHandler(quiet);
    gdal->CPLErrorReset();
    file->feature = gdal->OGR_F_Create(gdal->OGR_L_GetLayerDefn(file->layer));
    gdal->CPLPopErrorHandler();
    return file->feature || err_no_memory(err);
}

/* In sheets texts are guarded against being formulas (geo/base/cell.h). */
static bool put_cell(const struct export_file *file, const char *text, struct buf *cell)
{
    if (strcmp(file->format->driver, "XLSX") == 0) {
        cell_put_xlsx(cell, text);
    } else {
        if (cell_needs_guard(text, CELL_CSV))
            buf_putc(cell, '\'');
        buf_puts(cell, text);
    }
    return !buf_failed(cell);
}

void export_file_text(struct export_file *file, int column, const char *text)
{
    struct buf cell;
    if (!text)
        return;
    buf_init(&cell);
    if (file->format->sheet && !put_cell(file, text, &cell))
        file->short_of_memory = true; /* reported by export_file_end() */
    else
        gdal->OGR_F_SetFieldString(file->feature, file->fields[column],
                                   cell.len ? cell.data : text);
    buf_free(&cell);
}

void export_file_int(struct export_file *file, int column, int64_t value)
{
    gdal->OGR_F_SetFieldInteger64(file->feature, file->fields[column], value);
}

void export_file_real(struct export_file *file, int column, double value)
{
    gdal->OGR_F_SetFieldDouble(file->feature, file->fields[column], value);
}

bool export_file_end(struct export_file *file, const unsigned char *wkb, size_t wkb_len,
                     struct err *err)
{
    bool ok = true;
    if (file->short_of_memory)
        return err_no_memory(err);
    if (gdal->CPLGetLastErrorType() >= CE_Failure)
        return fail(file, "escribir un registro en", err);
    gdal->CPLPushErrorHandler(quiet);
    if (wkb_len && !file->format->sheet) {
        OGRGeometryH geometry = NULL;
        ok = gdal->OGR_G_CreateFromWkb(wkb, NULL, &geometry, (int)wkb_len) == OGRERR_NONE;
        if (ok)
            gdal->OGR_F_SetGeometryDirectly(file->feature, geometry);
    }
    struct export_tally with = file->written;
    export_tally_add(&with, file->feature, file->columns, file->fields, file->n_columns);
    /* GDAL may have lost a value and still report success. */
    ok = ok && gdal->OGR_L_CreateFeature(file->layer, file->feature) == OGRERR_NONE &&
         gdal->CPLGetLastErrorType() < CE_Failure;
    if (ok)
        file->written = with;
    gdal->OGR_F_Destroy(file->feature);
    file->feature = NULL;
    gdal->CPLPopErrorHandler();
    return ok || fail(file, "escribir un registro en", err);
}
