/* source_ogr.c - reads the columns and rows of one layer of a GDAL data set. */
#include "geo/source/source_ogr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/arena.h"
#include "geo/base/parse.h"
#include "geo/base/text.h"
#include "geo/source/charset_tally.h"
#include "geo/source/gdal_internal.h"
#include "geo/source/header.h"
#include "geo/source/table_texts.h"
#include "geo/source/workbook_value.h"

struct source_ogr {
    OGRLayerH layer;
    const struct source_path *path;
    const struct geo_source_limits *limits;
    const struct geo_source_table *table;
    const char *driver;           /* GDAL's name for the format */
    bool xml;                     /* GML, whose values all come as texts */
    struct source_cell *cells;    /* of the current row */
    enum source_cell_kind *kinds; /* of a value, by column */
    OGRFieldType *lists;          /* by column; OFTString: a value is no list */
    struct buf list;              /* the text of the last one */
    struct table_texts texts;     /* of values that GDAL would spoil */
    struct arena *row;
    const struct geometry_claim_list *claims; /* what the file says of its geometries; or NULL */
    bool checked;                             /* geometries are wanted, and compared with that */
    struct charset_places others[CHARSETS];   /* records with texts in them, though not in a .dbf */
    int64_t read;                             /* rows so far */
    int64_t blank;                            /* of them, without any value: passed over */
};

/* A text as UTF-8: one that came in an encoding of its own is recoded, and counted if its format
 * has no other than UTF-8. */
static const char *utf8_value(struct source_ogr *ogr, struct arena *arena, const char *value)
{
    size_t len = strlen(value);
    if (text_is_utf8(value, len))
        return arena_strdup(arena, value);
    struct buf recoded;
    buf_init(&recoded);
    const char *copy = NULL;
    if (!ogr->path->dbf_values)
        charset_places_count(&ogr->others[charset_of(value, len, CHARSET_UTF8)], ogr->read);
    if (dbf_encoding_recode(&ogr->path->dbf, value, &recoded) && !buf_failed(&recoded))
        copy = arena_strdup(arena, recoded.data);
    buf_free(&recoded);
    return copy;
}

static enum source_cell_kind kind_of(OGRFieldDefnH column)
{
    switch (gdal->OGR_Fld_GetType(column)) {
    case OFTInteger:
        if (gdal->OGR_Fld_GetSubType(column) == OFSTBoolean)
            return SOURCE_CELL_FLAG;
        return SOURCE_CELL_NUMBER;
    case OFTInteger64:
    case OFTReal:
        return SOURCE_CELL_NUMBER;
    default:
        return SOURCE_CELL_TEXT;
    }
}

/* Values of several, as GeoJSON has. */
static OGRFieldType list_of(OGRFieldDefnH column)
{
    OGRFieldType type = gdal->OGR_Fld_GetType(column);
    bool list = type == OFTStringList || type == OFTIntegerList || type == OFTInteger64List ||
                type == OFTRealList;
    return list ? type : OFTString;
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
    ogr->lists = arena_array(arena, n, sizeof *ogr->lists);
    if (!names || !ogr->cells || !ogr->kinds || !ogr->lists)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        OGRFieldDefnH column = gdal->OGR_FD_GetFieldDefn(columns, (int)i);
        const char *name = gdal->OGR_Fld_GetNameRef(column);
        ogr->kinds[i] = kind_of(column);
        ogr->lists[i] = list_of(column);
        names[i] = utf8_value(ogr, arena, name);
        for (size_t k = 0; names[i] && k < i; k++)
            if (strcmp(names[k], names[i]) == 0) {
                const char *letters = header_letters(i, arena);
                names[i] =
                    letters ? arena_printf(arena, "%s (columna %s)", names[i], letters) : NULL;
                break;
            }
        if (!names[i])
            return err_no_memory(err);
    }
    table->columns = table->matches = names;
    table->n_columns = n;
    return true;
}

/* A text with a decimal point, where all values are texts and the mark is known: of GML. */
static bool is_xml_number(const struct source_ogr *ogr, const char *text)
{
    double value;
    return ogr->xml && strchr(text, '.') && parse_real(text, -1e300, 1e300, &value) &&
           !strpbrk(text, "eE+");
}

/* How well a layer of this type fits. A sheet may have coordinates in its columns. */
static int suits(OGRwkbGeometryType type, enum geo_geometry wanted)
{
    bool none = type == wkbNone;
    bool point = type == wkbPoint || type == wkbMultiPoint;
    bool line = type == wkbLineString || type == wkbMultiLineString; /* a track may be closed */
    bool area = type == wkbPolygon || type == wkbMultiPolygon || type == wkbCurvePolygon ||
                type == wkbMultiSurface;
    switch (wanted) {
    case GEO_NO_GEOMETRY:
        return none ? 2 : 1;
    case GEO_POINT:
        return point || type == wkbUnknown ? 2 : none;
    case GEO_MULTIPOLYGON:
        return area || type == wkbUnknown || type == wkbGeometryCollection ? 2 : none || line;
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

/* A table of SpatiaLite may have several geometries; GDAL gives the first. */
static bool note_others(struct source_ogr *ogr, struct arena *arena, struct geo_source_table *table,
                        struct err *err)
{
    OGRFeatureDefnH columns = gdal->OGR_L_GetLayerDefn(ogr->layer);
    int n = gdal->OGR_FD_GetGeomFieldCount(columns);
    const char *others = "";
    for (int i = 1; i < n && others; i++)
        others = arena_printf(arena, "%s%s«%s»", others, i > 1 ? ", " : "",
                              gdal->OGR_GFld_GetNameRef(gdal->OGR_FD_GetGeomFieldDefn(columns, i)));
    if (n > 1 && others)
        table->note = arena_printf(
            arena, "la tabla tiene %d geometrías: se lee «%s», y no %s", n,
            gdal->OGR_GFld_GetNameRef(gdal->OGR_FD_GetGeomFieldDefn(columns, 0)), others);
    return n <= 1 || table->note || err_no_memory(err);
}

static bool describe(struct source_ogr *ogr, const struct geo_source_options *options,
                     struct arena *arena, struct geo_source_table *table, struct err *err)
{
    OGRwkbGeometryType type = gdal->OGR_GT_Flatten(gdal->OGR_L_GetGeomType(ogr->layer));
    table->name = utf8_value(ogr, arena, gdal->OGR_L_GetName(ogr->layer));
    table->place = "registro";
    table->count = gdal->OGR_L_GetFeatureCount(ogr->layer, FALSE);
    table->count = table->count < 0 ? -1 : table->count;
    table->geometry_column = table->geometry_rival = -1;
    /* GDAL gives every kind of a GPX a layer, also those that the file does not have. */
    if (strcmp(ogr->driver, "GPX") == 0 && gdal->OGR_L_GetFeatureCount(ogr->layer, TRUE) == 0)
        table->count = 0;
    table->has_geometry = type != wkbNone;
    for (int g = 0; g <= GEO_ANY_GEOMETRY; g++)
        table->suits_for[g] = suits(type, (enum geo_geometry)g);
    table->suits = table->suits_for[options->geometry];
    table->hidden = hidden_of(ogr->driver, table->name);
    return (table->name || err_no_memory(err)) && note_others(ogr, arena, table, err);
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
                               .xml = strcmp(driver, "GML") == 0,
                               .row = arena_new()};
    if ((ogr->row || err_no_memory(err)) && read_columns(ogr, arena, table, err) &&
        table_texts_read(dataset, layer, &ogr->texts, err) &&
        describe(ogr, options, arena, table, err)) {
        ogr->checked = options->geometry != GEO_NO_GEOMETRY;
        ogr->claims = geometry_claims_of(&path->claims, table->name, table->count);
        return ogr;
    }
    source_ogr_free(ogr);
    return NULL;
}

void source_ogr_free(struct source_ogr *ogr)
{
    if (!ogr)
        return;
    buf_free(&ogr->list);
    table_texts_free(&ogr->texts);
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
    ogr->read = ogr->blank = 0;
    memset(ogr->others, 0, sizeof ogr->others);
}

struct source_passed source_ogr_passed(const struct source_ogr *ogr)
{
    return (struct source_passed){.blank = ogr->blank};
}

void source_ogr_put_note(const struct source_ogr *ogr, struct buf *out)
{
    for (int charset = CHARSET_CP1252; charset < CHARSETS; charset++) {
        if (!ogr->others[charset].n)
            continue;
        const char *name = charset_name((enum charset)charset);
        buf_puts(out, out->len ? "; " : "");
        charset_places_put(&ogr->others[charset], false, "está en ", "están en ", out);
        buf_printf(out, "%s: así se leyó", name);
    }
}

/* Rows ----------------------------------------------------------------------------- */

/* What a table has in a column of numbers, where GDAL would make something else of it: a number
 * that it would cut is one, as others write it; the rest are texts. */
static bool put_own(struct source_ogr *ogr, const char *own, struct source_cell *cell)
{
    double value;
    struct buf number;
    if (!parse_real(own, -1e300, 1e300, &value)) {
        *cell = (struct source_cell){SOURCE_CELL_TEXT, utf8_value(ogr, ogr->row, own)};
        return cell->text;
    }
    buf_init(&number);
    buf_put_real(&number, value);
    *cell = (struct source_cell){SOURCE_CELL_NUMBER,
                                 buf_failed(&number) ? NULL : arena_strdup(ogr->row, number.data)};
    buf_free(&number);
    return cell->text;
}

/* A value of a .dbf as the file has it, where GDAL would change it. *taken: it was one. */
static bool take_value(struct source_ogr *ogr, int64_t record, size_t column, bool *taken,
                       struct err *err)
{
    enum source_cell_kind kind;
    const char *text;
    size_t len;
    *taken = ogr->path->dbf_values &&
             dbf_values_get(ogr->path->dbf_values, record, column, &kind, &text, &len);
    if (!*taken || kind == SOURCE_CELL_EMPTY)
        return true;
    const char *copy = arena_strndup(ogr->row, text, len);
    if (copy && kind == SOURCE_CELL_NUMBER)
        return workbook_number(ogr->row, copy, &ogr->cells[column]) || err_no_memory(err);
    ogr->cells[column] = (struct source_cell){kind, copy ? utf8_value(ogr, ogr->row, copy) : NULL};
    return ogr->cells[column].text || err_no_memory(err);
}

static void put_part(struct buf *out, const char *part)
{
    buf_printf(out, "%s%s", out->len ? ", " : "", part);
}

static void put_texts(char **parts, struct buf *out)
{
    for (; parts && *parts; parts++)
        put_part(out, *parts);
}

/* The values of a list of numbers. */
static void put_numbers(const struct source_ogr *ogr, OGRFeatureH feature, int column,
                        struct buf *out)
{
    OGRFieldType type = ogr->lists[column];
    int n = 0;
    const double *reals =
        type == OFTRealList ? gdal->OGR_F_GetFieldAsDoubleList(feature, column, &n) : NULL;
    const GIntBig *longs =
        type == OFTInteger64List ? gdal->OGR_F_GetFieldAsInteger64List(feature, column, &n) : NULL;
    const int *ints =
        type == OFTIntegerList ? gdal->OGR_F_GetFieldAsIntegerList(feature, column, &n) : NULL;
    for (int i = 0; i < n; i++) {
        char number[40];
        if (reals)
            snprintf(number, sizeof number, "%.15g", reals[i]);
        else
            snprintf(number, sizeof number, "%lld", longs ? (long long)longs[i] : ints[i]);
        put_part(out, number);
    }
}

/* The text of a value, borrowed until the next call; of a list "uno, dos": GDAL's own text counts
 * its values, and leaves out those beyond 80 bytes. NULL: memory. */
static const char *text_of(struct source_ogr *ogr, OGRFeatureH feature, int column)
{
    OGRFieldType type = ogr->lists[column];
    if (type == OFTString)
        return gdal->OGR_F_GetFieldAsString(feature, column);
    buf_clear(&ogr->list);
    if (type == OFTStringList)
        put_texts(gdal->OGR_F_GetFieldAsStringList(feature, column), &ogr->list);
    else
        put_numbers(ogr, feature, column, &ogr->list);
    return buf_failed(&ogr->list) ? NULL : ogr->list.data ? ogr->list.data : "";
}

static bool put_value(struct source_ogr *ogr, const char *value, size_t column)
{
    ogr->cells[column] =
        (struct source_cell){is_xml_number(ogr, value) ? SOURCE_CELL_NUMBER : ogr->kinds[column],
                             utf8_value(ogr, ogr->row, value)};
    return ogr->cells[column].text;
}

static bool read_cells(struct source_ogr *ogr, OGRFeatureH feature, struct err *err)
{
    bool fit = true, taken;
    int64_t id = gdal->OGR_F_GetFID(feature);
    for (size_t i = 0; i < ogr->table->n_columns; i++) {
        const char *own = table_texts_at(&ogr->texts, id, (int)i);
        ogr->cells[i] = (struct source_cell){SOURCE_CELL_EMPTY, NULL};
        if (!own && !take_value(ogr, id, i, &taken, err))
            return false;
        if (!own && (taken || !gdal->OGR_F_IsFieldSetAndNotNull(feature, (int)i)))
            continue;
        const char *value = own ? own : text_of(ogr, feature, (int)i);
        if (!value)
            return err_no_memory(err);
        if (!value[0])
            continue;
        size_t kilobytes = strlen(value) >> 10;
        if (fit && !geo_source_within(ogr->limits, GEO_LIMIT_VALUE_KB, (int64_t)kilobytes, err)) {
            err_wrap(err, "%s", ogr->table->columns[i]);
            fit = false;
        }
        if (!fit)
            continue;
        if (own ? !put_own(ogr, own, &ogr->cells[i]) : !put_value(ogr, value, i))
            return err_no_memory(err);
    }
    return fit;
}

/* True if a record has an area or a length by a column that ArcGIS keeps beside the geometry. Of a
 * file geodatabase there is nothing else to hold against a geometry that GDAL does not give. */
static bool has_size(const struct source_ogr *ogr)
{
    static const char *const names[] = {"Shape_Area", "Shape_Length"};
    for (size_t c = 0; strcmp(ogr->driver, "OpenFileGDB") == 0 && c < ogr->table->n_columns; c++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (strcasecmp(ogr->table->columns[c], names[i]) == 0 && ogr->cells[c].text &&
                strtod(ogr->cells[c].text, NULL) > 0)
                return true;
    return false;
}

/* GDAL gives a record without its geometry, or with a part of it, where the file is cut or the
 * geometry damaged: what the file itself says is held against it, and GDAL's last word, from
 * when it read the record. */
static bool has_all_geometry(const struct source_ogr *ogr, int64_t id, OGRGeometryH geometry,
                             const char *said, struct err *err)
{
    bool came = geometry && !gdal->OGR_G_IsEmpty(geometry);
    if (!geometry_claims_allow(ogr->claims, ogr->read - 1, id, came, err))
        return false;
    if (!came && has_size(ogr))
        return err_set(err, ERR_INPUT,
                       "la geometría no se puede leer: el registro dice qué superficie o longitud "
                       "tiene, y no llega; vuelva a copiar o a exportar la geodatabase");
    return geometry || !ogr->table->has_geometry || !said[0] ||
           err_set(err, ERR_INPUT,
                   "la geometría no se puede leer: el archivo está cortado o dañado; vuelva a "
                   "copiarlo o a exportarlo (GDAL: %s)",
                   said);
}

static bool read_feature(struct source_ogr *ogr, OGRFeatureH feature, struct source_raw *raw,
                         struct err *err)
{
    char said[256] = "";
    if (gdal->CPLGetLastErrorType() >= CE_Failure)
        snprintf(said, sizeof said, "%s", gdal->CPLGetLastErrorMsg());
    raw->geometry = gdal->OGR_F_StealGeometry(feature);
    raw->line = ogr->read;
    raw->cells = ogr->cells;
    return read_cells(ogr, feature, err) &&
           (!ogr->checked ||
            has_all_geometry(ogr, gdal->OGR_F_GetFID(feature), raw->geometry, said, err));
}

/* The header of a FlatGeobuf says how many records follow; one that is cut between two of them ends
 * without an error. Counts of other formats are not their own word, or include deleted rows. */
static bool is_complete(const struct source_ogr *ogr, struct err *err)
{
    int64_t count = ogr->table->count;
    return strcmp(ogr->driver, "FlatGeobuf") != 0 || count <= 0 || ogr->read >= count ||
           err_set(err, ERR_INPUT,
                   "el archivo está cortado: dice tener %lld registros y tiene %lld; vuelva a "
                   "copiarlo o a exportarlo",
                   (long long)count, (long long)ogr->read);
}

/* Blanks of every width are no value. */
static bool is_blank(const struct source_ogr *ogr, const struct source_raw *raw)
{
    for (size_t i = 0; i < ogr->table->n_columns; i++)
        if (ogr->cells[i].text && !text_is_blank(ogr->cells[i].text))
            return false;
    return !raw->geometry || gdal->OGR_G_IsEmpty(raw->geometry);
}

/* The next record, also a blank one. */
static bool next_record(struct source_ogr *ogr, struct source_raw *raw, bool *more, struct err *err)
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
    if (gdal->CPLGetLastErrorType() >= CE_Failure)
        return err_set(err, ERR_INPUT,
                       "%s %lld: no se puede leer: el archivo está cortado o dañado ahí; vuelva a "
                       "copiarlo o a exportarlo (GDAL: %s)",
                       ogr->table->place, (long long)ogr->read + 1, gdal->CPLGetLastErrorMsg());
    return is_complete(ogr, err);
}

bool source_ogr_next(struct source_ogr *ogr, struct source_raw *raw, bool *more, struct err *err)
{
    for (;; ogr->blank++) {
        bool ok = next_record(ogr, raw, more, err);
        if (!ok || !*more || !is_blank(ogr, raw))
            return ok;
        if (raw->geometry)
            gdal->OGR_G_DestroyGeometry(raw->geometry);
    }
}
