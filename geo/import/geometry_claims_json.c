/* geometry_claims_json.c - which records of a GeoJSON or Esri JSON have a geometry, and how. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/import/geometry_claims_internal.h"

struct json_look {
    struct json_scan scan;
    struct geometry_claims *claims;
    bool more; /* the service has records that it did not send */
};

/* What was seen of one geometry. */
struct json_geometry {
    char type[24];
    bool coordinates; /* or Esri's rings, paths, points, x and y */
    bool empty;
    int depth;      /* of arrays around a number; DEPTH_ANY for empty arrays */
    int depth_esri; /* that the member should have; 0: GeoJSON, whose type says it */
    bool is_object;
    char why[160]; /* not empty: faulty */
};

enum { DEPTH_ANY = -1 };

#define KEY_IS(look, name) (strcmp((look)->scan.text, name) == 0)

static void blame(struct json_geometry *geometry, const char *why)
{
    if (!geometry->why[0])
        snprintf(geometry->why, sizeof geometry->why, "%s", why);
}

static void blame_value(struct json_look *look, struct json_geometry *geometry,
                        enum json_scan_token token)
{
    const char *text = look->scan.text;
    if (geometry->why[0])
        return;
    if (token == JSON_SCAN_STRING)
        snprintf(geometry->why, sizeof geometry->why,
                 "una coordenada es un texto, «%.*s», no un número", text_cut(text, 40), text);
    else if (token == JSON_SCAN_NULL)
        blame(geometry, "una coordenada es nula (null)");
    else
        snprintf(geometry->why, sizeof geometry->why, "una coordenada es «%.*s», no un número",
                 text_cut(text, 40), token == JSON_SCAN_OBJECT ? "{…}" : text);
}

/* The depth of a value of coordinates: 0 a number, 1 a position… */
static int coordinates(struct json_look *look, struct json_geometry *geometry,
                       enum json_scan_token token)
{
    int depth = DEPTH_ANY, n = 0;
    if (token == JSON_SCAN_NUMBER)
        return 0;
    if (token != JSON_SCAN_ARRAY) {
        blame_value(look, geometry, token);
        json_scan_skip(&look->scan, token);
        return 0;
    }
    for (;; n++) {
        token = json_scan_next(&look->scan);
        if (token == JSON_SCAN_ARRAY_END || token == JSON_SCAN_BAD || token == JSON_SCAN_END)
            break;
        int inner = coordinates(look, geometry, token);
        if (depth != DEPTH_ANY && inner != DEPTH_ANY && inner != depth)
            blame(geometry, "los corchetes de sus coordenadas están mal anidados");
        depth = inner == DEPTH_ANY ? depth : inner;
    }
    if (depth == 0 && n < 2)
        blame(geometry, "una posición tiene un solo número");
    return depth == DEPTH_ANY ? DEPTH_ANY : depth + 1;
}

static void read_coordinates(struct json_look *look, struct json_geometry *geometry, int depth_esri)
{
    enum json_scan_token token = json_scan_next(&look->scan);
    geometry->coordinates = true;
    geometry->depth_esri = depth_esri;
    if (token == JSON_SCAN_NULL) {
        blame(geometry, "sus coordenadas son nulas (null)");
        return;
    }
    geometry->depth = coordinates(look, geometry, token);
    geometry->empty = geometry->depth == DEPTH_ANY;
}

/* x or y of an Esri point; "NaN" and null mean none. */
static void read_ordinate(struct json_look *look, struct json_geometry *geometry)
{
    enum json_scan_token token = json_scan_next(&look->scan);
    geometry->coordinates = true;
    geometry->depth_esri = 1;
    geometry->depth = 1;
    if (token == JSON_SCAN_NULL || (token != JSON_SCAN_NUMBER && KEY_IS(look, "NaN")))
        geometry->empty = true;
    else if (token != JSON_SCAN_NUMBER)
        blame_value(look, geometry, token);
    json_scan_skip(&look->scan, token);
}

static void read_geometry(struct json_look *look, enum json_scan_token token,
                          struct json_geometry *geometry);

static void read_collection(struct json_look *look, struct json_geometry *geometry)
{
    enum json_scan_token token = json_scan_next(&look->scan);
    geometry->coordinates = true;
    geometry->empty = true;
    if (token != JSON_SCAN_ARRAY) {
        blame(geometry, "su lista de geometrías no es una lista");
        json_scan_skip(&look->scan, token);
        return;
    }
    for (;;) {
        struct json_geometry part = {0};
        token = json_scan_next(&look->scan);
        if (token == JSON_SCAN_ARRAY_END || token == JSON_SCAN_BAD || token == JSON_SCAN_END)
            return;
        read_geometry(look, token, &part);
        if (part.why[0])
            blame(geometry, part.why);
        geometry->empty = geometry->empty && (!part.is_object || part.empty);
    }
}

/* The member of a geometry whose key was read. False: it is none that says something. */
static bool read_member(struct json_look *look, struct json_geometry *geometry)
{
    if (KEY_IS(look, "coordinates"))
        read_coordinates(look, geometry, 0);
    else if (KEY_IS(look, "rings") || KEY_IS(look, "paths"))
        read_coordinates(look, geometry, 3);
    else if (KEY_IS(look, "points"))
        read_coordinates(look, geometry, 2);
    else if (KEY_IS(look, "x") || KEY_IS(look, "y"))
        read_ordinate(look, geometry);
    else if (KEY_IS(look, "geometries"))
        read_collection(look, geometry);
    else if (KEY_IS(look, "curveRings") || KEY_IS(look, "curvePaths"))
        return blame(geometry, "tiene arcos (curveRings, curvePaths): pida la capa sin curvas"),
               false;
    else
        return false;
    return true;
}

static int depth_of_type(const char *type)
{
    static const struct {
        const char *type;
        int depth;
    } depths[] = {
        {"Point", 1},           {"MultiPoint", 2},   {"LineString", 2},        {"Polygon", 3},
        {"MultiLineString", 3}, {"MultiPolygon", 4}, {"GeometryCollection", 0}};
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++)
        if (strcasecmp(type, depths[i].type) == 0)
            return depths[i].depth;
    return DEPTH_ANY;
}

/* Holds the nesting against the type. */
static void judge(struct json_geometry *geometry)
{
    int depth = geometry->depth_esri ? geometry->depth_esri : depth_of_type(geometry->type);
    if (!geometry->coordinates) {
        if (geometry->type[0])
            blame(geometry, "no tiene coordenadas");
        else
            geometry->empty = true; /* {} */
    } else if (!geometry->depth_esri && !geometry->type[0])
        blame(geometry, "no dice de qué tipo es («type»)");
    else if (depth == DEPTH_ANY && !geometry->why[0])
        snprintf(geometry->why, sizeof geometry->why, "no se conoce el tipo «%s»", geometry->type);
    else if (depth > 0 && !geometry->empty && geometry->depth != depth && !geometry->why[0])
        snprintf(geometry->why, sizeof geometry->why,
                 "los corchetes de sus coordenadas están mal anidados: %d niveles, y %s lleva %d",
                 geometry->depth, geometry->type[0] ? geometry->type : "esa clase", depth);
}

static void keep_type(struct json_look *look, struct json_geometry *geometry)
{
    enum json_scan_token token = json_scan_next(&look->scan);
    if (token == JSON_SCAN_STRING)
        snprintf(geometry->type, sizeof geometry->type, "%.*s", text_cut(look->scan.text, 23),
                 look->scan.text);
    json_scan_skip(&look->scan, token);
}

static void read_geometry(struct json_look *look, enum json_scan_token token,
                          struct json_geometry *geometry)
{
    if (token == JSON_SCAN_NULL)
        return;
    geometry->is_object = true;
    if (token != JSON_SCAN_OBJECT) {
        blame(geometry, "no es un objeto de JSON");
        json_scan_skip(&look->scan, token);
        return;
    }
    while ((token = json_scan_next(&look->scan)) == JSON_SCAN_KEY) {
        if (KEY_IS(look, "type"))
            keep_type(look, geometry);
        else if (!read_member(look, geometry))
            json_scan_skip(&look->scan, json_scan_next(&look->scan));
    }
    judge(geometry);
}

static bool add(struct json_look *look, const struct json_geometry *geometry, struct err *err)
{
    enum geometry_claim claim = geometry->why[0]                          ? GEOMETRY_FAULTY
                                : !geometry->is_object || geometry->empty ? GEOMETRY_NONE
                                                                          : GEOMETRY_THERE;
    return geometry_claims_add(&look->claims->lists[0], claim, geometry->why, err);
}

static bool read_feature(struct json_look *look, enum json_scan_token token, struct err *err)
{
    struct json_geometry geometry = {0};
    if (token != JSON_SCAN_OBJECT) {
        json_scan_skip(&look->scan, token);
        return true;
    }
    while ((token = json_scan_next(&look->scan)) == JSON_SCAN_KEY) {
        bool here = KEY_IS(look, "geometry");
        token = json_scan_next(&look->scan);
        if (here)
            read_geometry(look, token, &geometry);
        else
            json_scan_skip(&look->scan, token);
    }
    return add(look, &geometry, err);
}

static bool read_features(struct json_look *look, enum json_scan_token token, struct err *err)
{
    bool ok = true;
    if (token != JSON_SCAN_ARRAY) {
        json_scan_skip(&look->scan, token);
        return true;
    }
    while (ok && (token = json_scan_next(&look->scan)) != JSON_SCAN_ARRAY_END &&
           token != JSON_SCAN_BAD && token != JSON_SCAN_END)
        ok = read_feature(look, token, err);
    return ok;
}

/* Members of an object, among them perhaps exceededTransferLimit. */
static void look_for_more(struct json_look *look, enum json_scan_token token)
{
    if (token != JSON_SCAN_OBJECT) {
        json_scan_skip(&look->scan, token);
        return;
    }
    while ((token = json_scan_next(&look->scan)) == JSON_SCAN_KEY) {
        bool limit = KEY_IS(look, "exceededTransferLimit");
        token = json_scan_next(&look->scan);
        look->more = look->more || (limit && KEY_IS(look, "true"));
        json_scan_skip(&look->scan, token);
    }
}

/* A collection, a feature or a geometry: the members tell which. */
static bool read_document(struct json_look *look, struct err *err)
{
    struct json_geometry geometry = {0}, bare = {.is_object = true};
    bool collection = false, feature = false, ok = true;
    while (ok && json_scan_next(&look->scan) == JSON_SCAN_KEY) {
        if (KEY_IS(look, "features")) {
            collection = true;
            ok = read_features(look, json_scan_next(&look->scan), err);
        } else if (KEY_IS(look, "geometry")) {
            feature = true;
            read_geometry(look, json_scan_next(&look->scan), &geometry);
        } else if (KEY_IS(look, "type"))
            keep_type(look, &bare);
        else if (KEY_IS(look, "properties"))
            look_for_more(look, json_scan_next(&look->scan));
        else if (KEY_IS(look, "exceededTransferLimit")) {
            enum json_scan_token token = json_scan_next(&look->scan);
            look->more = look->more || KEY_IS(look, "true");
            json_scan_skip(&look->scan, token);
        } else if (!read_member(look, &bare))
            json_scan_skip(&look->scan, json_scan_next(&look->scan));
    }
    if (!ok || collection)
        return ok;
    if (feature || strcasecmp(bare.type, "Feature") == 0)
        return add(look, &geometry, err);
    judge(&bare);
    return !bare.coordinates || add(look, &bare, err);
}

bool geometry_claims_json(json_scan_read_fn *read, void *arg, struct geometry_claims *claims,
                          struct err *err)
{
    struct json_look *look = malloc(sizeof *look);
    if (!look)
        return err_no_memory(err);
    look->claims = claims;
    look->more = false;
    json_scan_init(&look->scan, read, arg);
    bool ok = geometry_claims_list(claims, NULL, 0, err) != NULL;
    enum json_scan_token token = JSON_SCAN_WORD;
    while (ok && token != JSON_SCAN_END && token != JSON_SCAN_BAD) {
        token = json_scan_next(&look->scan);
        if (token == JSON_SCAN_OBJECT)
            ok = read_document(look, err);
        else if (token == JSON_SCAN_ARRAY)
            ok = read_features(look, token, err);
    }
    if (ok && look->scan.broken)
        ok = err_set(err, ERR_INPUT,
                     "el JSON está cortado o mal formado: vuelva a copiarlo o a exportarlo");
    if (look->more)
        buf_puts(&claims->note,
                 "el servicio no envió todos los registros (exceededTransferLimit): pida los que "
                 "faltan por páginas (resultOffset)");
    free(look);
    return ok;
}
