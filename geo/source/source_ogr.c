/* source_ogr.c - opens one layer of a GDAL data set, and describes its columns. */
#include "geo/source/source_ogr.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/claims/prj_text.h"
#include "geo/sheets/header.h"
#include "geo/source/source_ogr_internal.h"

const char *source_ogr_utf8(struct source_ogr *ogr, struct arena *arena, const char *value)
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

/* The name that people gave the column (its alias), where only that one is known. */
static const char *match_of(struct source_ogr *ogr, OGRFieldDefnH column, const char *name,
                            const struct geo_source_options *options, struct arena *arena)
{
    const char *alias = gdal->OGR_Fld_GetAlternativeNameRef(column);
    if (!alias || !alias[0])
        alias = value_names_shown(&ogr->path->claims.shown, name);
    bool better = alias && alias[0] && options->known &&
                  !options->known(options->known_arg, name) &&
                  options->known(options->known_arg, alias);
    return better ? source_ogr_utf8(ogr, arena, alias) : name;
}

static bool read_columns(struct source_ogr *ogr, const struct geo_source_options *options,
                         struct arena *arena, struct geo_source_table *table, struct err *err)
{
    OGRFeatureDefnH columns = gdal->OGR_L_GetLayerDefn(ogr->layer);
    size_t fields = (size_t)gdal->OGR_FD_GetFieldCount(columns), n = fields + ogr->beside.n;
    if (!geo_source_within(ogr->limits, GEO_LIMIT_COLUMNS, (int64_t)n, err))
        return false;
    const char **names = arena_array(arena, n, sizeof *names);
    const char **matches = arena_array(arena, n, sizeof *matches);
    ogr->cells = arena_array(arena, n, sizeof *ogr->cells);
    ogr->kinds = arena_array(arena, n, sizeof *ogr->kinds);
    ogr->lists = arena_array(arena, n, sizeof *ogr->lists);
    ogr->typed = arena_array(arena, n, sizeof *ogr->typed);
    if (!names || !matches || !ogr->cells || !ogr->kinds || !ogr->lists || !ogr->typed)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        OGRFieldDefnH column = i < fields ? gdal->OGR_FD_GetFieldDefn(columns, (int)i) : NULL;
        const char *name =
            column ? gdal->OGR_Fld_GetNameRef(column) : ogr->beside.names[i - fields];
        ogr->kinds[i] = column ? kind_of(column) : SOURCE_CELL_TEXT;
        ogr->lists[i] = column ? list_of(column) : OFTString;
        ogr->typed[i] = kml_types_has(&ogr->path->kml_types, name);
        names[i] = source_ogr_utf8(ogr, arena, name);
        for (size_t k = 0; names[i] && k < i; k++)
            if (strcmp(names[k], names[i]) == 0) {
                const char *letters = header_letters(i, arena);
                names[i] =
                    letters ? arena_printf(arena, "%s (columna %s)", names[i], letters) : NULL;
                break;
            }
        matches[i] =
            names[i] && column ? match_of(ogr, column, names[i], options, arena) : names[i];
        if (!matches[i])
            return err_no_memory(err);
    }
    table->columns = names;
    table->matches = matches;
    table->n_columns = n;
    return true;
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

/* ArcGIS makes 0 of empty numbers in a .dbf; a .mid has empty values, a .tab has none. */
static enum source_zeros zeros_of(const struct source_ogr *ogr)
{
    bool tab = strcmp(ogr->driver, "MapInfo File") == 0 && !ogr->path->mid_values;
    return tab                     ? SOURCE_ZEROS_OF_ALL_EMPTY
           : ogr->path->dbf_values ? SOURCE_ZEROS_BY_PROGRAM
                                   : SOURCE_ZEROS;
}

static bool describe(struct source_ogr *ogr, const struct geo_source_options *options,
                     struct arena *arena, struct geo_source_table *table, struct err *err)
{
    OGRwkbGeometryType type = gdal->OGR_GT_Flatten(gdal->OGR_L_GetGeomType(ogr->layer));
    table->name = source_ogr_utf8(ogr, arena, gdal->OGR_L_GetName(ogr->layer));
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
    table->zeros = zeros_of(ogr);
    return (table->name || err_no_memory(err)) && note_others(ogr, arena, table, err);
}

static bool find_beside(struct source_ogr *ogr, struct arena *arena, struct err *err)
{
    if (ogr->claims && strcmp(ogr->driver, "LIBKML") == 0)
        return source_beside_find_kml(ogr->claims, arena, &ogr->beside, err);
    return source_beside_find(ogr->driver, &ogr->path->claims, arena, &ogr->beside, err);
}

/* GDAL reads of a KML the values that its Schema names, and drops the others. */
static bool has_all_names(const struct source_ogr *ogr, struct err *err)
{
    const struct value_names *names = ogr->claims ? &ogr->claims->names : NULL;
    bool kml = strcmp(ogr->driver, "LIBKML") == 0;
    for (size_t i = 0; kml && names && i < names->n; i++) {
        const char *name = names->list[i].name;
        size_t c = 0;
        while (c < ogr->table->n_columns && strcasecmp(ogr->table->columns[c], name) != 0)
            c++;
        if (c == ogr->table->n_columns)
            return err_set(err, ERR_INPUT,
                           "el KML tiene valores de «%.*s», que su Schema no declara, y no se "
                           "leerían: expórtelo de nuevo, o agréguelo al Schema del documento",
                           text_cut(name, 100), name);
    }
    return true;
}

/* GDAL counts no features of a GeoJSON whose type has another name, and reads them: they are
 * counted as they come. */
static bool match_claims(struct source_ogr *ogr, int index, struct err *err)
{
    bool json = strcmp(ogr->driver, "GeoJSON") == 0 || strcmp(ogr->driver, "GeoJSONSeq") == 0;
    struct geometry_claims_layer layer = {.name = gdal->OGR_L_GetName(ogr->layer),
                                          .index = (size_t)index,
                                          .records = json ? -1 : ogr->table->count};
    return geometry_claims_match(&ogr->path->claims, &layer, &ogr->claims, err);
}

/* *epsg: of the .prj beside a Shapefile, where GDAL does not know its datum; else unchanged. */
static bool read_prj(const char *shp, int *epsg, struct err *err)
{
    static const char *const extensions[] = {".prj", ".PRJ"};
    char text[4096];
    VSILFILE *file = NULL;
    for (size_t i = 0; !file && source_has_extension(shp, ".shp") && i < 2; i++) {
        char *name = NULL;
        if (asprintf(&name, "%.*s%s", (int)strlen(shp) - 4, shp, extensions[i]) < 0)
            return err_no_memory(err);
        file = gdal->VSIFOpenL(name, "rb");
        free(name);
    }
    if (!file)
        return true;
    text[gdal->VSIFReadL(text, 1, sizeof text - 1, file)] = '\0';
    gdal->VSIFCloseL(file);
    return prj_text_read(text, epsg, err);
}

/* The system that the file states, where GDAL takes another. */
static bool take_stated(struct source_ogr *ogr, struct err *err)
{
    const struct stated_system *system = &ogr->path->claims.system;
    int epsg = system->epsg;
    if (system->several)
        return err_set(err, ERR_INPUT,
                       "unos registros dicen que sus coordenadas están en un sistema («crs»), y "
                       "otros en otro: sepárelos, o indique con --crs EPSG:n el de todos");
    if (system->unread)
        return err_set(err, ERR_INPUT,
                       "no se entiende en qué sistema dice el archivo que están sus coordenadas "
                       "(«crs»): indíquelo con --crs EPSG:n");
    if (!read_prj(ogr->path->open, &epsg, err))
        return false;
    if (!epsg)
        return true;
    ogr->stated = gdal->OSRNewSpatialReference(NULL);
    return gdal->OSRImportFromEPSG(ogr->stated, epsg) == OGRERR_NONE ||
           err_set(err, ERR_INPUT,
                   "no se conoce el sistema EPSG:%d, que dice el archivo: indique el verdadero con "
                   "--crs EPSG:n",
                   epsg);
}

struct source_ogr *source_ogr_open(GDALDatasetH dataset, int index, const struct source_path *path,
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
    OGRLayerH layer = gdal->GDALDatasetGetLayer(dataset, index);
    *ogr = (struct source_ogr){.layer = layer,
                               .path = path,
                               .limits = limits,
                               .table = table,
                               .driver = driver,
                               .xml = strcmp(driver, "GML") == 0,
                               .row = arena_new()};
    if ((ogr->row || err_no_memory(err)) && describe(ogr, options, arena, table, err)) {
        ogr->checked = options->geometry != GEO_NO_GEOMETRY;
        if (match_claims(ogr, index, err) && find_beside(ogr, arena, err) &&
            read_columns(ogr, options, arena, table, err) &&
            source_domains_read(dataset, layer, arena, &ogr->domains, err) &&
            table_texts_read(dataset, layer, &ogr->texts, err) && has_all_names(ogr, err) &&
            (options->epsg || take_stated(ogr, err)))
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
    if (ogr->stated)
        gdal->OSRRelease(ogr->stated);
    arena_free(ogr->row);
    free(ogr);
}

const struct geometry_claim_list *source_ogr_claims(const struct source_ogr *ogr)
{
    return ogr->claims;
}

OGRSpatialReferenceH source_ogr_crs(const struct source_ogr *ogr)
{
    return ogr->stated ? ogr->stated : gdal->OGR_L_GetSpatialRef(ogr->layer);
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
