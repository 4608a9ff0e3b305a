/* coords_wkt.c - reads a point in WKT, GeoJSON or Esri JSON. */
#include "geo/place/coords_wkt.h"

#include <ctype.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct geo_coord plain(double value)
{
    return (struct geo_coord){.value = value, .grouped = NAN, .parts = 1, .sign_known = value < 0};
}

void coords_put_xy(struct geo_coords *out, double x, double y)
{
    *out = (struct geo_coords){.first = plain(x), .second = plain(y)};
}

/* The system that the text names. WGS 84 is what is assumed without one: it is noted as the
 * datum, so that swapped numbers are still found. */
static void put_code(struct geo_coords *out, long code)
{
    if (code == 4326 || code == 0)
        out->datum = code ? GEO_DATUM_WGS84 : out->datum;
    else
        out->epsg = (int)code;
}

static enum coords_answer refuse(struct err *err, const char *why)
{
    err_set(err, ERR_INPUT, "%s", why);
    return COORDS_REFUSED;
}

/* WKT ---------------------------------------------------------------------------- */

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* Passes over "SRID=4326;". */
static const char *skip_srid(const char *at, long *code)
{
    if (strncasecmp(at, "SRID=", 5) != 0 || !isdigit((unsigned char)at[5]))
        return at;
    char *end;
    *code = strtol(at + 5, &end, 10);
    return *end == ';' && *code <= 999999 ? skip_blanks(end + 1) : at;
}

static enum coords_answer read_wkt(const char *text, struct geo_coords *out, struct err *err)
{
    long code = 0;
    char inner[GEO_COORDS_TEXT_MAX + 1];
    const char *at = skip_srid(skip_blanks(text), &code);
    if (strncasecmp(at, "POINT", 5) != 0)
        return COORDS_NO;
    at = skip_blanks(at + 5);
    at = skip_blanks(at + strspn(at, "ZMzm"));
    const char *end = strchr(at, ')');
    if (*at != '(' || !end || *skip_blanks(end + 1) || (size_t)(end - at) > sizeof inner)
        return strncasecmp(at, "EMPTY", 5) == 0 ? refuse(err, "el punto WKT está vacío")
                                                : COORDS_NO;
    memcpy(inner, at + 1, (size_t)(end - at - 1));
    inner[end - at - 1] = '\0';
    enum coords_answer answer = coords_pair_read(inner, NULL, out);
    if (answer == COORDS_YES) {
        out->one_text = false;
        put_code(out, code);
    }
    return answer == COORDS_NO ? refuse(err, "no es WKT de un punto") : answer;
}

/* JSON --------------------------------------------------------------------------- */

static enum coords_answer read_geojson(const json_t *point, struct geo_coords *out)
{
    const json_t *type = json_object_get(point, "type");
    const json_t *pair = json_object_get(point, "coordinates");
    const json_t *x = json_array_get(pair, 0), *y = json_array_get(pair, 1);
    if (!json_is_string(type) || strcmp(json_string_value(type), "Point") != 0 ||
        !json_is_number(x) || !json_is_number(y) || json_array_size(pair) > 4)
        return COORDS_NO;
    coords_put_xy(out, json_number_value(x), json_number_value(y));
    out->extra = json_array_size(pair) > 2;
    return COORDS_YES;
}

static enum coords_answer read_esri(const json_t *point, struct geo_coords *out)
{
    const json_t *x = json_object_get(point, "x"), *y = json_object_get(point, "y");
    if (!json_is_number(x) || !json_is_number(y))
        return COORDS_NO;
    const json_t *code = json_object_get(json_object_get(point, "spatialReference"), "wkid");
    json_int_t wkid = json_is_integer(code) ? json_integer_value(code) : 0;
    coords_put_xy(out, json_number_value(x), json_number_value(y));
    put_code(out, wkid >= 1000 && wkid <= 999999 ? (long)wkid : 0);
    out->extra = json_is_number(json_object_get(point, "z"));
    return COORDS_YES;
}

/* The number of the first of the names that the object has, NULL: none. */
static const json_t *number_of(const json_t *object, const char *const *names)
{
    for (; *names; names++)
        if (json_is_number(json_object_get(object, *names)))
            return json_object_get(object, *names);
    return NULL;
}

/* {"lat": -18.9, "lng": -65.17}, as programs of web maps write it. */
static enum coords_answer read_named(const json_t *point, struct geo_coords *out)
{
    static const char *const lats[] = {"lat", "latitude", "latitud", NULL};
    static const char *const lons[] = {"lon", "lng", "long", "longitude", "longitud", NULL};
    const json_t *lat = number_of(point, lats), *lon = number_of(point, lons);
    if (!lat || !lon)
        return COORDS_NO;
    coords_put_xy(out, json_number_value(lon), json_number_value(lat));
    return COORDS_YES;
}

static enum coords_answer read_json(const char *text, struct geo_coords *out, struct err *err)
{
    if (*skip_blanks(text) != '{')
        return COORDS_NO;
    json_t *root = json_loads(text, 0, NULL);
    const json_t *geometry = json_object_get(root, "geometry");
    const json_t *point = geometry ? geometry : root;
    enum coords_answer answer = read_geojson(point, out);
    if (answer == COORDS_NO)
        answer = read_esri(point, out);
    if (answer == COORDS_NO)
        answer = read_named(point, out);
    json_decref(root);
    return answer == COORDS_NO ? refuse(err, "no es GeoJSON de un punto") : answer;
}

enum coords_answer coords_wkt_read(const char *text, struct geo_coords *out, struct err *err)
{
    enum coords_answer answer = read_wkt(text, out, err);
    return answer == COORDS_NO ? read_json(text, out, err) : answer;
}
