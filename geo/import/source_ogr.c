/* source_ogr.c - reads the columns and rows of one layer of a GDAL data set. */
#include "geo/import/source_ogr.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/base/cell.h"
#include "geo/base/text.h"
#include "geo/import/gdal_internal.h"

struct source_ogr {
    OGRLayerH layer;
    const struct source_path *path;
    const struct geo_source_limits *limits;
    const struct geo_source_table *table;
    const char *driver;           /* GDAL's name for the format */
    struct source_cell *cells;    /* of the current row */
    enum source_cell_kind *kinds; /* of a value, by column */
    struct arena *row;
    int64_t read; /* rows so far */
    bool sheet;   /* the id of a record is its line in the sheet */
};

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
static bool is_cell(const struct source_ogr *ogr)
{
    return ogr->path->is_text || ogr->sheet;
}

static enum source_cell_kind kind_of(OGRFieldDefnH column)
{
    switch (gdal->OGR_Fld_GetType(column)) {
    case OFTInteger:
    case OFTInteger64:
    case OFTReal:
        return SOURCE_CELL_NUMBER;
    default:
        return SOURCE_CELL_TEXT;
    }
}

static bool read_columns(struct source_ogr *ogr, struct arena *arena,
                         struct geo_source_table *table, struct err *err)
{
    OGRFeatureDefnH columns = gdal->OGR_L_GetLayerDefn(ogr->layer);
    size_t n = (size_t)gdal->OGR_FD_GetFieldCount(columns);
    if (!geo_source_within(ogr->limits, GEO_LIMIT_COLUMNS, (int64_t)n, err))
        return false;
    const char **names = arena_array(arena, n, sizeof *names);
    ogr->cells = arena_array(arena, n, sizeof *ogr->cells);
    ogr->kinds = arena_array(arena, n, sizeof *ogr->kinds);
    if (!names || !ogr->cells || !ogr->kinds)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        OGRFieldDefnH column = gdal->OGR_FD_GetFieldDefn(columns, (int)i);
        const char *name = gdal->OGR_Fld_GetNameRef(column);
        ogr->kinds[i] = kind_of(column);
        names[i] = utf8_value(arena, is_cell(ogr) ? cell_unguard(name) : name);
        if (!names[i])
            return err_no_memory(err);
    }
    table->columns = names;
    table->n_columns = n;
    return true;
}

static int64_t count_records(const struct source_ogr *ogr)
{
    const struct source_text *text = &ogr->path->text;
    GIntBig n = ogr->path->is_text ? (GIntBig)text->n_lines - (text->n_lines ? 1 : 0)
                                   : gdal->OGR_L_GetFeatureCount(ogr->layer, FALSE);
    return n < 0 ? -1 : n;
}

/* How well a layer of this type fits. A sheet may have coordinates in its columns. */
static int suits(OGRwkbGeometryType type, enum geo_geometry wanted)
{
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

/* The points of GPX's tracks and routes are layers of GDAL, not of the file. */
static const char *hidden_of(const char *driver, const char *layer)
{
    static const char *const points[][2] = {
        {"track_points", "son los puntos de «tracks»"},
        {"route_points", "son los puntos de «routes»"},
    };
    for (size_t i = 0; strcmp(driver, "GPX") == 0 && i < sizeof points / sizeof *points; i++)
        if (layer && strcmp(layer, points[i][0]) == 0)
            return points[i][1];
    return NULL;
}

static bool describe(struct source_ogr *ogr, const struct geo_source_options *options,
                     struct arena *arena, struct geo_source_table *table, struct err *err)
{
    OGRwkbGeometryType type = gdal->OGR_GT_Flatten(gdal->OGR_L_GetGeomType(ogr->layer));
    table->name = utf8_value(arena, gdal->OGR_L_GetName(ogr->layer));
    table->place = ogr->path->is_text ? "línea" : ogr->sheet ? "fila" : "registro";
    table->count = count_records(ogr);
    table->has_geometry = type != wkbNone;
    table->suits = suits(type, options->geometry);
    table->hidden = hidden_of(ogr->driver, table->name);
    return table->name || err_no_memory(err);
}

struct source_ogr *source_ogr_open(GDALDatasetH dataset, OGRLayerH layer,
                                   const struct source_path *path,
                                   const struct geo_source_options *options,
                                   const struct geo_source_limits *limits, struct arena *arena,
                                   struct geo_source_table *table, struct err *err)
{
    struct source_ogr *ogr = calloc(1, sizeof *ogr);
    if (!ogr) {
        err_no_memory(err);
        return NULL;
    }
    const char *driver = gdal->GDALGetDriverShortName(gdal->GDALGetDatasetDriver(dataset));
    *ogr = (struct source_ogr){.layer = layer,
                               .path = path,
                               .limits = limits,
                               .table = table,
                               .driver = driver,
                               .row = arena_new(),
                               .sheet = strcmp(driver, "XLSX") == 0 || strcmp(driver, "ODS") == 0};
    if ((ogr->row || err_no_memory(err)) && read_columns(ogr, arena, table, err) &&
        describe(ogr, options, arena, table, err))
        return ogr;
    source_ogr_free(ogr);
    return NULL;
}

void source_ogr_free(struct source_ogr *ogr)
{
    if (!ogr)
        return;
    arena_free(ogr->row);
    free(ogr);
}

OGRSpatialReferenceH source_ogr_crs(const struct source_ogr *ogr)
{
    return gdal->OGR_L_GetSpatialRef(ogr->layer);
}

void source_ogr_rewind(struct source_ogr *ogr)
{
    gdal->OGR_L_ResetReading(ogr->layer);
    ogr->read = 0;
}

void source_ogr_skip(struct source_ogr *ogr, int64_t n)
{
    for (OGRFeatureH feature; ogr->read < n; ogr->read++) {
        feature = gdal->OGR_L_GetNextFeature(ogr->layer);
        if (!feature)
            break;
        gdal->OGR_F_Destroy(feature);
    }
}

/* Rows ----------------------------------------------------------------------------- */

static int64_t line_of(const struct source_ogr *ogr, OGRFeatureH feature)
{
    const struct source_text *text = &ogr->path->text;
    if (ogr->sheet)
        return gdal->OGR_F_GetFID(feature);
    if (ogr->path->is_text && ogr->read < (int64_t)text->n_lines)
        return text->lines[ogr->read].line; /* the header is record 0 */
    return ogr->read;
}

/* A decimal comma without quotes shifts all values after it by one column. */
static bool fits_header(const struct source_ogr *ogr, struct err *err)
{
    const struct source_text *text = &ogr->path->text;
    if (!ogr->path->is_text || ogr->read >= (int64_t)text->n_lines ||
        text->lines[ogr->read].values <= text->lines[0].values)
        return true;
    return err_set(err, ERR_INPUT,
                   "tiene %d valores y el encabezado %d columnas: puede ser una coma decimal, o un "
                   "texto con el separador, sin comillas",
                   text->lines[ogr->read].values, text->lines[0].values);
}

static bool read_cells(struct source_ogr *ogr, OGRFeatureH feature, struct err *err)
{
    bool fit = true;
    for (size_t i = 0; i < ogr->table->n_columns; i++) {
        ogr->cells[i] = (struct source_cell){SOURCE_CELL_EMPTY, NULL};
        if (!gdal->OGR_F_IsFieldSetAndNotNull(feature, (int)i))
            continue;
        const char *value = gdal->OGR_F_GetFieldAsString(feature, (int)i);
        if (!value[0])
            continue;
        size_t kilobytes = strlen(value) >> 10;
        if (fit && !geo_source_within(ogr->limits, GEO_LIMIT_VALUE_KB, (int64_t)kilobytes, err)) {
            err_wrap(err, "%s", ogr->table->columns[i]);
            fit = false;
        }
        if (!fit)
            continue;
        if (is_cell(ogr))
            value = cell_unguard(value);
        ogr->cells[i] = (struct source_cell){ogr->kinds[i], utf8_value(ogr->row, value)};
        if (!ogr->cells[i].text)
            return err_no_memory(err);
    }
    return fit;
}

/* A record comes without its geometry where the file is cut short or the geometry
 * damaged; GDAL's last word, from when it read the record, is the only sign. */
static bool lost_geometry(const struct source_ogr *ogr, OGRGeometryH geometry, struct err *err)
{
    if (geometry || !ogr->table->has_geometry || gdal->CPLGetLastErrorType() < CE_Failure)
        return false;
    err_set(err, ERR_INPUT,
            "la geometría no se puede leer: el archivo está cortado o dañado; vuelva a copiarlo o "
            "a exportarlo (GDAL: %s)",
            gdal->CPLGetLastErrorMsg());
    return true;
}

static bool read_feature(struct source_ogr *ogr, OGRFeatureH feature, struct source_raw *raw,
                         struct err *err)
{
    struct err lost = {0};
    raw->geometry = gdal->OGR_F_StealGeometry(feature);
    raw->line = line_of(ogr, feature);
    raw->cells = ogr->cells;
    bool without = lost_geometry(ogr, raw->geometry, &lost);
    if (!read_cells(ogr, feature, err))
        return false;
    return without ? err_set(err, lost.kind, "%s", lost.message) : fits_header(ogr, err);
}

bool source_ogr_next(struct source_ogr *ogr, struct source_raw *raw, bool *more, struct err *err)
{
    gdal->CPLErrorReset();
    *raw = (struct source_raw){0};
    arena_reset(ogr->row);
    OGRFeatureH feature = gdal->OGR_L_GetNextFeature(ogr->layer);
    *more = feature != NULL;
    if (feature) {
        ogr->read++;
        bool ok = read_feature(ogr, feature, raw, err);
        gdal->OGR_F_Destroy(feature);
        return ok;
    }
    if (gdal_ran_out_of_memory())
        return err_no_memory(err);
    return gdal->CPLGetLastErrorType() < CE_Failure ||
           err_set(err, ERR_INPUT, "%s %lld: no se puede leer: %s", ogr->table->place,
                   (long long)ogr->read + 1, gdal->CPLGetLastErrorMsg());
}
