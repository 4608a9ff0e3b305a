/* source_json.c - finds out which kind of JSON a file is, and completes Esri JSON. */
#include "geo/source/source_json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "geo/base/text.h"
#include "geo/source/source_json_internal.h"

enum { NAMES_MAX = 6 };

/* What was seen of a document. */
struct json_kind {
    char type[24]; /* of the first document's "type" */
    bool features, geometry_type, fields, esri, topology, coordinates;
    bool list;        /* of objects, on top */
    struct buf names; /* of the first object that is no place: "codigo, nombre…" */
    int n_names;
    bool form; /* a Kobo or ODK answer */
};

static void keep_name(struct json_kind *kind, const char *name)
{
    static const char *const of_forms[] = {"_uuid",           "_xform_id_string", "__id",
                                           "meta/instanceID", "@odata.context",   "formhub/uuid"};
    for (size_t i = 0; i < sizeof of_forms / sizeof *of_forms; i++)
        kind->form = kind->form || strcmp(name, of_forms[i]) == 0;
    if (kind->n_names < NAMES_MAX)
        buf_printf(&kind->names, "%s«%.*s»", kind->n_names ? ", " : "", text_cut(name, 40), name);
    else if (kind->n_names == NAMES_MAX)
        buf_puts(&kind->names, "…");
    kind->n_names++;
}

/* The first of the features: "attributes" is Esri's. */
static void look_at_feature(struct json_scan *scan, enum json_scan_token token,
                            struct json_kind *kind)
{
    if (token != JSON_SCAN_OBJECT) {
        json_scan_skip(scan, token);
        return;
    }
    while (json_scan_next(scan) == JSON_SCAN_KEY) {
        kind->esri = kind->esri || strcmp(scan->text, "attributes") == 0;
        json_scan_skip(scan, json_scan_next(scan));
    }
}

static void look_at_features(struct json_scan *scan, struct json_kind *kind)
{
    enum json_scan_token token = json_scan_next(scan);
    if (token != JSON_SCAN_ARRAY) {
        json_scan_skip(scan, token);
        return;
    }
    kind->features = true;
    for (bool first = true;; first = false) {
        token = json_scan_next(scan);
        if (token == JSON_SCAN_ARRAY_END || token == JSON_SCAN_BAD || token == JSON_SCAN_END)
            return;
        if (first)
            look_at_feature(scan, token, kind);
        else
            json_scan_skip(scan, token);
    }
}

static void look_at_member(struct json_scan *scan, struct json_kind *kind)
{
    char name[JSON_SCAN_TEXT];
    memcpy(name, scan->text, sizeof name);
    if (strcmp(name, "features") == 0) {
        look_at_features(scan, kind);
        return;
    }
    keep_name(kind, name);
    enum json_scan_token token = json_scan_next(scan);
    if (strcmp(name, "type") == 0 && token == JSON_SCAN_STRING)
        memcpy(kind->type, scan->text, sizeof kind->type - 1);
    kind->coordinates =
        kind->coordinates || strcmp(name, "coordinates") == 0 || strcmp(name, "geometry") == 0;
    if (strcmp(name, "geometryType") == 0)
        kind->esri = kind->esri || strncmp(scan->text, "esri", 4) == 0;
    json_scan_skip(scan, token);
}

static bool is_geojson_type(const char *type)
{
    static const char *const types[] = {
        "FeatureCollection", "Feature",         "Point",        "LineString",         "Polygon",
        "MultiPoint",        "MultiLineString", "MultiPolygon", "GeometryCollection", "Topology"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcasecmp(type, types[i]) == 0)
            return true;
    return false;
}

/* Up to its type, if that tells all. */
static void look_at_object(struct json_scan *scan, struct json_kind *kind)
{
    while (!is_geojson_type(kind->type) && json_scan_next(scan) == JSON_SCAN_KEY)
        look_at_member(scan, kind);
}

/* A list of objects: their names are those of the first. */
static void look_at_list(struct json_scan *scan, struct json_kind *kind)
{
    for (bool first = true;; first = false) {
        enum json_scan_token token = json_scan_next(scan);
        if (token == JSON_SCAN_ARRAY_END || token == JSON_SCAN_BAD || token == JSON_SCAN_END)
            return;
        kind->list = kind->list || token == JSON_SCAN_OBJECT;
        if (first && token == JSON_SCAN_OBJECT)
            look_at_object(scan, kind);
        else
            json_scan_skip(scan, token);
    }
}

static bool no_places(const struct json_kind *kind, struct err *err)
{
    const char *names = kind->names.data ? kind->names.data : "";
    if (kind->form)
        return err_set(err, ERR_INPUT,
                       "es el JSON de un formulario de Kobo u ODK (%s), no geodatos: descargue los "
                       "datos como XLSX o CSV (en Kobo, «Datos», «Descargas») o como GeoJSON",
                       names);
    return err_set(
        err, ERR_INPUT, "es un JSON sin geodatos, %s%s%s: expórtelo como GeoJSON, CSV o XLSX",
        kind->list ? "una lista de objetos" : "un objeto", names[0] ? " con " : "", names);
}

/* A list of what could be read alone. */
static bool is_list(const struct json_kind *kind, struct err *err)
{
    if (strcasecmp(kind->type, "Feature") == 0)
        return err_set(err, ERR_INPUT,
                       "es una lista de registros (Feature), sin la colección que los tiene: ponga "
                       "antes {\"type\":\"FeatureCollection\",\"features\": y al final }");
    return err_set(
        err, ERR_INPUT,
        "es una lista de varias capas o páginas ([{…}, {…}]), que no se lee: guarde cada "
        "una en su archivo, o reúna sus registros en una («features»)");
}

static bool judge(const struct json_kind *kind, enum source_json_kind *out, struct err *err)
{
    if (kind->list && (kind->features || is_geojson_type(kind->type)))
        return is_list(kind, err);
    if (kind->esri && kind->features) {
        *out = SOURCE_JSON_ESRI;
        return true;
    }
    *out = SOURCE_JSON_GEOJSON;
    return (!kind->list && (kind->features || is_geojson_type(kind->type))) || no_places(kind, err);
}

bool source_json_look(json_scan_read_fn *read, void *arg, enum source_json_kind *kind,
                      struct err *err)
{
    struct json_scan *scan = malloc(sizeof *scan);
    struct json_kind seen = {0};
    if (!scan)
        return err_no_memory(err);
    buf_init(&seen.names);
    json_scan_init(scan, read, arg);
    enum json_scan_token token = json_scan_next(scan);
    while (token == JSON_SCAN_WORD) /* a byte order mark */
        token = json_scan_next(scan);
    if (token == JSON_SCAN_OBJECT)
        look_at_object(scan, &seen);
    else if (token == JSON_SCAN_ARRAY)
        look_at_list(scan, &seen);
    bool ok = scan->broken              ? err_set(err, ERR_INPUT,
                                                  "el JSON está cortado o mal formado: vuelva a copiarlo o a "
                                                               "exportarlo")
              : buf_failed(&seen.names) ? err_no_memory(err)
                                        : judge(&seen, kind, err);
    buf_free(&seen.names);
    free(scan);
    return ok;
}

/* Esri JSON ------------------------------------------------------------------------------ */

/* By the members of the first geometry that has any. */
static const char *geometry_type(json_t *features)
{
    size_t i;
    json_t *feature;
    json_array_foreach(features, i, feature)
    {
        json_t *geometry = json_object_get(feature, "geometry");
        if (json_object_get(geometry, "x"))
            return "esriGeometryPoint";
        if (json_object_get(geometry, "points"))
            return "esriGeometryMultipoint";
        if (json_object_get(geometry, "paths"))
            return "esriGeometryPolyline";
        if (json_object_get(geometry, "rings"))
            return "esriGeometryPolygon";
    }
    return "esriGeometryPoint";
}

/* The type that holds this value and those before, of which `type` was the type. */
static const char *wider(const char *type, json_t *value)
{
    static const char whole[] = "esriFieldTypeInteger", real[] = "esriFieldTypeDouble",
                      text[] = "esriFieldTypeString";
    if (json_is_null(value))
        return type;
    const char *own = json_is_integer(value) && llabs(json_integer_value(value)) < 1LL << 31 ? whole
                      : json_is_number(value)                                                ? real
                                                                                             : text;
    if (!type || strcmp(type, own) == 0)
        return own;
    return strcmp(type, text) == 0 || strcmp(own, text) == 0 ? text : real;
}

/* A field of numbers whose values are others than it declares: GDAL would make 0 of a text, and 12
 * of 12.5. type: of the values. */
static bool widen(json_t *field, const char *type)
{
    static const char *const numbers[] = {"esriFieldTypeDouble",     "esriFieldTypeSingle",
                                          "esriFieldTypeInteger",    "esriFieldTypeSmallInteger",
                                          "esriFieldTypeBigInteger", "esriFieldTypeOID"};
    const char *declared = json_string_value(json_object_get(field, "type"));
    bool text = type && strcmp(type, "esriFieldTypeString") == 0;
    bool real = type && strcmp(type, numbers[0]) == 0;
    for (size_t i = 0; declared && i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(declared, numbers[i]) == 0 && (text || (real && i >= 2)))
            return json_object_set_new(field, "type", json_string(type)) == 0;
    return true;
}

/* Adds a field for each attribute of any record that has none, in the order in which they
 * come: GDAL reads no others. */
static bool add_fields(json_t *features, json_t *fields)
{
    json_t *types = json_object(), *feature, *value;
    const char *name;
    size_t i;
    bool ok = types != NULL;
    json_array_foreach(features, i, feature)
    {
        json_object_foreach(json_object_get(feature, "attributes"), name, value)
        {
            const char *before = json_string_value(json_object_get(types, name));
            const char *type = wider(before && before[0] ? before : NULL, value);
            ok = ok && json_object_set_new(types, name, json_string(type ? type : "")) == 0;
        }
    }
    json_array_foreach(fields, i, value)
    {
        const char *known = json_string_value(json_object_get(value, "name"));
        ok = ok && (!known || widen(value, json_string_value(json_object_get(types, known))));
        if (known)
            json_object_del(types, known);
    }
    json_object_foreach(types, name, value)
    {
        const char *type = json_string_value(value);
        json_t *field =
            json_pack("{s:s, s:s}", "name", name, "type", type[0] ? type : "esriFieldTypeString");
        ok = ok && json_array_append_new(fields, field) == 0;
    }
    json_decref(types);
    return ok;
}

/* Milliseconds since 1970 in UTC, as the text of a day. Services keep a day as midnight UTC;
 * any other time is somebody's clock, in Bolivia four hours behind. */
static json_t *day_of(json_int_t ms)
{
    struct tm parts;
    char text[16];
    time_t seconds = (time_t)(ms / 1000);
    if (ms % 86400000 != 0)
        seconds -= 4 * 3600;
    return gmtime_r(&seconds, &parts) && strftime(text, sizeof text, "%Y-%m-%d", &parts) > 0
               ? json_string(text)
               : NULL;
}

/* Writes the dates of all records as days. */
static bool write_days(json_t *features, json_t *fields)
{
    size_t i, k;
    json_t *field, *feature;
    bool ok = true;
    json_array_foreach(fields, k, field)
    {
        const char *name = json_string_value(json_object_get(field, "name"));
        const char *type = json_string_value(json_object_get(field, "type"));
        if (!name || !type || strcmp(type, "esriFieldTypeDate") != 0)
            continue;
        json_array_foreach(features, i, feature)
        {
            json_t *attributes = json_object_get(feature, "attributes");
            json_t *value = json_object_get(attributes, name);
            json_t *day = json_is_integer(value) ? day_of(json_integer_value(value)) : NULL;
            ok = ok && (!day || json_object_set_new(attributes, name, day) == 0);
        }
    }
    return ok;
}

static int put_bytes(const char *bytes, size_t len, void *out)
{
    buf_put(out, bytes, len);
    return buf_failed(out) ? -1 : 0;
}

/* Pages of a service that were written one after the other: only the first would be read. */
static bool is_alone(const char *rest, size_t len, struct err *err)
{
    static const char nothing[] = " \t\r\n\x1A";
    for (size_t i = 0; i < len; i++)
        if (!memchr(nothing, rest[i], sizeof nothing - 1))
            return err_set(err, ERR_INPUT,
                           "después del JSON sigue otro, o un texto, que no se leería: si son "
                           "varias páginas de un servicio, guarde cada una en su archivo");
    return true;
}

bool source_json_complete(const char *bytes, size_t len, struct buf *out, struct err *err)
{
    json_error_t why;
    json_t *document =
        json_loadb(bytes, len, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, &why);
    if (!document && json_error_code(&why) == json_error_duplicate_key)
        return err_set(err, ERR_INPUT, "línea %d: un registro tiene dos veces un nombre: deje uno",
                       why.line);
    if (!document)
        return err_set(err, ERR_INPUT, "línea %d: el JSON está cortado o mal formado (%s)",
                       why.line, why.text);
    if (!is_alone(bytes + why.position, len - (size_t)why.position, err)) {
        json_decref(document);
        return false;
    }
    json_t *features = json_object_get(document, "features"), *whole = json_object();
    json_t *type = json_object_get(document, "geometryType");
    json_t *fields = json_object_get(document, "fields");
    fields = json_is_array(fields) ? json_incref(fields) : json_array();
    bool ok = whole && fields && write_days(features, fields) &&
              source_json_write_words(features, fields) && add_fields(features, fields);
    /* First of all: GDAL recognises the kind by the first bytes. */
    ok = ok && (type ? json_object_set(whole, "geometryType", type)
                     : json_object_set_new(whole, "geometryType",
                                           json_string(geometry_type(features)))) == 0;
    ok = ok && json_object_set(whole, "fields", fields) == 0 &&
         json_object_update_missing(whole, document) == 0;
    ok = ok && json_dump_callback(whole, put_bytes, out, JSON_COMPACT) == 0;
    json_decref(fields);
    json_decref(whole);
    json_decref(document);
    return ok || err_no_memory(err);
}
