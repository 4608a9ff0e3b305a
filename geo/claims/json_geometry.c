/* json_geometry.c - looks at one geometry of GeoJSON, Esri JSON or TopoJSON. */
#include "geo/claims/json_geometry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/claims/json_system.h"

enum { DEPTH_ANY = -1 };

#define KEY_IS(scan, name) (strcmp((scan)->text, name) == 0)

static void blame(struct json_geometry *geometry, const char *why)
{
    if (!geometry->why[0])
        snprintf(geometry->why, sizeof geometry->why, "%s", why);
}

static void blame_value(struct json_scan *scan, struct json_geometry *geometry,
                        enum json_scan_token token)
{
    const char *text = token == JSON_SCAN_OBJECT ? "{…}" : scan->text;
    if (geometry->why[0])
        return;
    if (token == JSON_SCAN_STRING)
        snprintf(geometry->why, sizeof geometry->why,
                 "una coordenada es un texto, «%.*s», no un número", text_cut(text, 40), text);
    else if (token == JSON_SCAN_NULL)
        blame(geometry, "una coordenada es nula (null)");
    else
        snprintf(geometry->why, sizeof geometry->why, "una coordenada es «%.*s», no un número",
                 text_cut(text, 40), text);
}

/* 1000 or more: no degrees. */
static bool is_large(const char *number)
{
    return strspn(number + (*number == '-'), "0123456789") >= 4;
}

/* The depth of a value of coordinates: 0 a number, 1 a position… */
static int coordinates(struct json_scan *scan, struct json_geometry *geometry,
                       enum json_scan_token token)
{
    int depth = DEPTH_ANY, n = 0;
    if (token == JSON_SCAN_NUMBER) {
        geometry->metres = geometry->metres || is_large(scan->text);
        return 0;
    }
    if (token != JSON_SCAN_ARRAY) {
        blame_value(scan, geometry, token);
        json_scan_skip(scan, token);
        return 0;
    }
    for (;; n++) {
        token = json_scan_next(scan);
        if (token == JSON_SCAN_ARRAY_END || token == JSON_SCAN_BAD || token == JSON_SCAN_END)
            break;
        int inner = coordinates(scan, geometry, token);
        if (depth != DEPTH_ANY && inner != DEPTH_ANY && inner != depth)
            blame(geometry, "los corchetes de sus coordenadas están mal anidados");
        depth = inner == DEPTH_ANY ? depth : inner;
    }
    if (depth == 0 && n < 2)
        blame(geometry, "una posición tiene un solo número");
    return depth == DEPTH_ANY ? DEPTH_ANY : depth + 1;
}

static void read_coordinates(struct json_scan *scan, struct json_geometry *geometry, int depth_esri)
{
    enum json_scan_token token = json_scan_next(scan);
    if (geometry->coordinates)
        blame(geometry, "tiene dos veces sus coordenadas");
    geometry->coordinates = true;
    geometry->depth_esri = depth_esri;
    if (token == JSON_SCAN_NULL) {
        blame(geometry, "sus coordenadas son nulas (null)");
        return;
    }
    geometry->depth = coordinates(scan, geometry, token);
    geometry->empty = geometry->depth == DEPTH_ANY;
}

/* x or y of an Esri point; "NaN" and null mean none. */
static void read_ordinate(struct json_scan *scan, struct json_geometry *geometry)
{
    enum json_scan_token token = json_scan_next(scan);
    geometry->coordinates = true;
    geometry->depth_esri = 1;
    geometry->depth = 1;
    if (token == JSON_SCAN_NULL || (token != JSON_SCAN_NUMBER && KEY_IS(scan, "NaN")))
        geometry->empty = true;
    else if (token != JSON_SCAN_NUMBER)
        blame_value(scan, geometry, token);
    json_scan_skip(scan, token);
}

/* -1 is the arc 0 backwards. */
static void note_arc(struct json_geometry *geometry, const char *text)
{
    char *end;
    long long number = strtoll(text, &end, 10);
    if (*end)
        blame(geometry, "uno de sus arcos no es un número entero");
    if (number < 0)
        number = -1 - number;
    geometry->last_arc = number > geometry->last_arc ? number : geometry->last_arc;
}

/* Numbers of a TopoJSON's arcs, nested as the type has it. */
static void read_arcs(struct json_scan *scan, struct json_geometry *geometry)
{
    enum json_scan_token token = json_scan_next(scan);
    int outside = scan->depth - (token == JSON_SCAN_ARRAY);
    geometry->coordinates = geometry->arcs = true;
    if (token != JSON_SCAN_ARRAY) {
        blame(geometry, "sus arcos no son una lista");
        json_scan_skip(scan, token);
        return;
    }
    while (scan->depth > outside) {
        token = json_scan_next(scan);
        if (token == JSON_SCAN_BAD || token == JSON_SCAN_END)
            return;
        if (token != JSON_SCAN_NUMBER && token != JSON_SCAN_ARRAY && token != JSON_SCAN_ARRAY_END)
            blame(geometry, "uno de sus arcos no es un número");
        if (token == JSON_SCAN_NUMBER)
            note_arc(geometry, scan->text);
    }
}

void json_geometry_arcs(struct json_scan *scan, int64_t *n, char why[160])
{
    enum json_scan_token token = json_scan_next(scan);
    *n = 0;
    why[0] = '\0';
    if (token != JSON_SCAN_ARRAY) {
        json_scan_skip(scan, token);
        return;
    }
    while ((token = json_scan_next(scan)) != JSON_SCAN_ARRAY_END && token != JSON_SCAN_BAD &&
           token != JSON_SCAN_END) {
        struct json_geometry arc = {0};
        int depth = coordinates(scan, &arc, token);
        if (depth != 2 && depth != DEPTH_ANY)
            blame(&arc, "no es una lista de posiciones");
        if (arc.why[0] && !why[0])
            snprintf(why, sizeof arc.why, "%s", arc.why);
        ++*n;
    }
}

static void read_collection(struct json_scan *scan, struct json_geometry *geometry)
{
    enum json_scan_token token = json_scan_next(scan);
    if (geometry->coordinates)
        blame(geometry, "tiene dos veces sus coordenadas");
    geometry->coordinates = true;
    geometry->empty = true;
    if (token != JSON_SCAN_ARRAY) {
        blame(geometry, "su lista de geometrías no es una lista");
        json_scan_skip(scan, token);
        return;
    }
    for (;;) {
        struct json_geometry part = {0};
        token = json_scan_next(scan);
        if (token == JSON_SCAN_ARRAY_END || token == JSON_SCAN_BAD || token == JSON_SCAN_END)
            return;
        json_geometry_read(scan, token, &part);
        if (part.why[0])
            blame(geometry, part.why);
        if (part.last_arc > geometry->last_arc)
            geometry->last_arc = part.last_arc;
        geometry->arcs = geometry->arcs || part.arcs;
        geometry->metres = geometry->metres || part.metres;
        geometry->system = geometry->system ? geometry->system : part.system;
        geometry->empty = geometry->empty && (!part.is_object || part.empty);
    }
}

/* The member of a geometry whose key was read. False: it is none that says something. */
bool json_geometry_member(struct json_scan *scan, struct json_geometry *geometry)
{
    if (KEY_IS(scan, "coordinates"))
        read_coordinates(scan, geometry, 0);
    else if (KEY_IS(scan, "rings") || KEY_IS(scan, "paths"))
        read_coordinates(scan, geometry, 3);
    else if (KEY_IS(scan, "points"))
        read_coordinates(scan, geometry, 2);
    else if (KEY_IS(scan, "x") || KEY_IS(scan, "y"))
        read_ordinate(scan, geometry);
    else if (KEY_IS(scan, "geometries"))
        read_collection(scan, geometry);
    else if (KEY_IS(scan, "arcs"))
        read_arcs(scan, geometry);
    else if (KEY_IS(scan, "curveRings") || KEY_IS(scan, "curvePaths"))
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
void json_geometry_judge(struct json_geometry *geometry)
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
    else if (depth > 0 && !geometry->arcs && !geometry->empty && geometry->depth != depth &&
             !geometry->why[0])
        snprintf(geometry->why, sizeof geometry->why,
                 "los corchetes de sus coordenadas están mal anidados: %d niveles, y %s lleva %d",
                 geometry->depth, geometry->type[0] ? geometry->type : "esa clase", depth);
}

void json_geometry_type(struct json_scan *scan, struct json_geometry *geometry)
{
    enum json_scan_token token = json_scan_next(scan);
    if (token == JSON_SCAN_STRING)
        snprintf(geometry->type, sizeof geometry->type, "%.*s", text_cut(scan->text, 23),
                 scan->text);
    json_scan_skip(scan, token);
}

/* Members that say how a geometry is to be read, and not where it is. */
static bool says_how(const char *key)
{
    static const char *const keys[] = {"bbox", "hasZ", "hasM"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

void json_geometry_read(struct json_scan *scan, enum json_scan_token token,
                        struct json_geometry *geometry)
{
    if (token == JSON_SCAN_NULL)
        return;
    bool others = false; /* members of another kind, which may be meant for a place */
    geometry->is_object = true;
    if (token != JSON_SCAN_OBJECT) {
        blame(geometry, "no es un objeto de JSON");
        json_scan_skip(scan, token);
        return;
    }
    while (json_scan_next(scan) == JSON_SCAN_KEY) {
        if (KEY_IS(scan, "type"))
            json_geometry_type(scan, geometry);
        else if (json_system_is_key(scan->text))
            geometry->system = json_system_read(scan);
        else if (!json_geometry_member(scan, geometry)) {
            others = others || !says_how(scan->text);
            json_scan_skip(scan, json_scan_next(scan));
        }
    }
    if (others && !geometry->coordinates && !geometry->type[0])
        blame(geometry, "no tiene coordenadas");
    json_geometry_judge(geometry);
}

enum geometry_claim json_geometry_claim(const struct json_geometry *geometry)
{
    return geometry->why[0]       ? GEOMETRY_FAULTY
           : !geometry->is_object ? GEOMETRY_NONE
           : geometry->empty      ? GEOMETRY_EMPTY
                                  : GEOMETRY_THERE;
}
