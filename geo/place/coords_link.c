/* coords_link.c - finds the place in a link of a map or in a geo: URI. */
#include "geo/place/coords_link.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/place/coords_wkt.h"

/* Where links begin. A host alone is a link too: people leave out "https://". */
static const char *const starts[] = {
    "http://",          "https://",           "geo:",         "waze://",
    "comgooglemaps://", "google.navigation:", "maps.google.", "www.google.",
    "google.com/maps",  "maps.app.goo.gl",    "goo.gl/",      "maps.apple.com",
    "waze.com/",        "openstreetmap.org",  "osm.org/",
};

struct coords_link {
    char text[GEO_COORDS_LINK_MAX + 1]; /* decoded: no %2C */
    char rest[GEO_COORDS_LINK_MAX + 1]; /* the words around it */
};

/* Marks of one rank: all must be the same place. */
struct marks {
    struct geo_coords place;
    int n;
    bool differ;
};

/* Finding the link ---------------------------------------------------------------- */

static const char *find_start(const char *text)
{
    const char *first = NULL;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        const char *at = strcasestr(text, starts[i]);
        if (at && (at == text || !isalpha((unsigned char)at[-1])) && (!first || at < first))
            first = at;
    }
    return first;
}

/* A link ends at a blank, but not after a comma: "q=-18.9001, -65.1753". */
static size_t link_len(const char *link)
{
    size_t len = strcspn(link, " \t\r\n<>");
    while (len && link[len - 1] == ',' && link[len] == ' ' &&
           (isdigit((unsigned char)link[len + 1]) || link[len + 1] == '-'))
        len += 1 + strcspn(link + len + 1, " \t\r\n<>");
    return len;
}

static int hex(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Undoes %2C, '+' for a blank, and the &amp; of HTML. False: not UTF-8. */
static bool decode(const char *link, size_t len, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        int high = link[i] == '%' && i + 2 < len ? hex(link[i + 1]) : -1;
        int low = high >= 0 ? hex(link[i + 2]) : -1;
        if (low >= 0 && high + low > 0) {
            out[n++] = (char)(16 * high + low);
            i += 2;
        } else
            out[n++] = link[i] == '+' ? ' ' : link[i];
        if (link[i] == '&' && strncmp(link + i, "&amp;", 5) == 0)
            i += 4;
    }
    out[n] = '\0';
    return text_is_utf8(out, n);
}

/* Numbers --------------------------------------------------------------------------- */

/* Reads a plain decimal number of at most `limit`; NULL: none. */
static const char *read_number(const char *at, double limit, double *value)
{
    size_t sign = *at == '-' || *at == '+';
    size_t whole = strspn(at + sign, "0123456789"), len = sign + whole;
    if (whole == 0 || whole > (limit > 180 ? 5 : 3))
        return NULL;
    if (at[len] == '.')
        len += 1 + strspn(at + len + 1, "0123456789");
    *value = strtod(at, NULL);
    return fabs(*value) <= limit ? at + len : NULL;
}

/* Reads "lat<separator>lon"; returns what follows, NULL: there are no such numbers. */
static const char *read_lat_lon(const char *at, const char *separator, struct geo_coords *out)
{
    double lat, lon;
    at = read_number(at, 90, &lat);
    if (!at || strncmp(at, separator, strlen(separator)) != 0)
        return NULL;
    at += strlen(separator);
    at = read_number(at + strspn(at, " "), 180, &lon);
    if (at)
        coords_put_xy(out, lon, lat);
    return at;
}

/* A pair that is all of a value, or all but a name in brackets: "-18.9,-65.1(Escuela)".
 * Two numbers without letters are lat, lon. */
static bool read_value(const char *value, size_t len, struct geo_coords *out)
{
    char text[GEO_COORDS_TEXT_MAX + 1];
    while (len && *value == ' ') {
        value++;
        len--;
    }
    if (len > GEO_COORDS_TEXT_MAX)
        return false;
    memcpy(text, value, len);
    text[len] = '\0';
    const char *after = read_lat_lon(text, ",", out);
    if (after && (!*after || *after == '(' || *after == ' '))
        return true;
    if (coords_pair_read(text, NULL, out) != COORDS_YES || out->zone || out->epsg)
        return false;
    if (out->first.axis != GEO_AXIS_X && out->second.axis != GEO_AXIS_Y) {
        struct geo_coord lat = out->first;
        out->first = out->second;
        out->second = lat;
    }
    out->one_text = false;
    return fabs(out->first.value) <= 180 && fabs(out->second.value) <= 180;
}

static void add_mark(struct marks *marks, const struct geo_coords *place)
{
    if (marks->n++ == 0)
        marks->place = *place;
    else if (fabs(place->first.value - marks->place.first.value) > 1e-4 ||
             fabs(place->second.value - marks->place.second.value) > 1e-4)
        marks->differ = true;
}

/* Marks ------------------------------------------------------------------------------ */

/* The value of the parameter at `*at` or after it: "?q=…", "&q=…"; *at goes behind it. */
static const char *find_value(const char **at, const char *name, size_t *len)
{
    size_t n = strlen(name);
    for (const char *found = *at; (found = strcasestr(found, name)) != NULL; found += n)
        if (found > *at && strchr("?&#;:", found[-1]) && found[n] == '=') {
            const char *value = found + n + 1;
            *len = strcspn(value, "&#");
            *at = value + *len;
            return value;
        }
    return NULL;
}

/* !3d-18.9!4d-65.1 of Google Maps. */
static void find_pins(const char *link, struct marks *marks)
{
    struct geo_coords place;
    for (const char *at = link; (at = strstr(at, "!3d")) != NULL; at += 3)
        if (read_lat_lon(at + 3, "!4d", &place))
            add_mark(marks, &place);
}

/* Latitude and longitude as two parameters. */
static void find_two(const char *link, const char *lat_name, const char *lon_name,
                     struct marks *marks)
{
    const char *from_lat = link, *from_lon = link;
    size_t lat_len, lon_len;
    double lat, lon;
    const char *lat_text = find_value(&from_lat, lat_name, &lat_len);
    const char *lon_text = find_value(&from_lon, lon_name, &lon_len);
    if (lat_text && lon_text && read_number(lat_text, 90, &lat) == lat_text + lat_len &&
        read_number(lon_text, 180, &lon) == lon_text + lon_len) {
        struct geo_coords place;
        coords_put_xy(&place, lon, lat);
        add_mark(marks, &place);
    }
}

static void find_one(const char *link, const char *name, struct marks *marks)
{
    static const char *const before[] = {"loc:", "ll.", "@"};
    size_t len;
    for (const char *at = link, *value; (value = find_value(&at, name, &len)) != NULL;) {
        for (size_t i = 0; i < sizeof before / sizeof *before; i++)
            if (strncasecmp(value, before[i], strlen(before[i])) == 0) {
                value += strlen(before[i]);
                len -= strlen(before[i]);
            }
        struct geo_coords place;
        if (read_value(value, len, &place))
            add_mark(marks, &place);
    }
}

/* The numbers of "geo:lat,lon,alt;u=35?z=16", also of other systems than WGS 84: see
 * is_other_system(). */
static void find_geo(const char *link, struct marks *marks)
{
    struct geo_coords place;
    double altitude;
    if (strncasecmp(link, "geo:", 4) != 0)
        return;
    const char *at = read_lat_lon(link + 4, ",", &place);
    place.extra = at && *at == ',';
    if (place.extra)
        at = read_number(at + 1, 1e5, &altitude);
    if (at && (!*at || *at == ';' || *at == '?'))
        add_mark(marks, &place);
}

/* Parts of the path that are pairs: /place/-18.9,-65.1/ and /dir//18°54'S 65°10'W/. */
static void find_in_path(const char *link, struct marks *marks)
{
    size_t end = strcspn(link, "?#");
    for (size_t at = 0; at < end;) {
        size_t len = strcspn(link + at, "/?#");
        struct geo_coords place;
        if (len > 4 && link[at] != '@' && read_value(link + at, len, &place))
            add_mark(marks, &place);
        at += len + 1;
    }
}

/* The middle of the map shown. */
static void find_view(const char *link, struct marks *marks)
{
    static const char *const names[] = {"center", "sll", "map", "cp"};
    struct geo_coords place;
    double zoom, lon, lat;
    size_t len;
    const char *at = strstr(link, "/@");
    if (at && (at = read_lat_lon(at + 2, ",", &place)) && (!*at || *at == ',' || *at == '/'))
        add_mark(marks, &place);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        at = link;
        const char *value = find_value(&at, names[i], &len);
        if (!value)
            continue;
        const char *after = read_number(value, 30, &zoom);
        if ((after && *after == '/' && read_lat_lon(after + 1, "/", &place)) ||
            read_lat_lon(value, ",", &place) || read_lat_lon(value, "~", &place))
            add_mark(marks, &place);
    }
    /* !2d<lon>!3d<lat> of a map embedded in a page. */
    if ((at = strstr(link, "!2d")) && (at = read_number(at + 3, 180, &lon)) &&
        strncmp(at, "!3d", 3) == 0 && read_number(at + 3, 90, &lat)) {
        coords_put_xy(&place, lon, lat);
        add_mark(marks, &place);
    }
}

/* "geo:…;crs=…" of another system than WGS 84. */
static bool is_other_system(const char *link)
{
    const char *crs = strncasecmp(link, "geo:", 4) == 0 ? strcasestr(link, ";crs=") : NULL;
    return crs && strncasecmp(crs + 5, "wgs84", 5) != 0;
}

/* The marks of the first rank that has any. */
static void find_marks(const char *link, struct marks *marks)
{
    static const char *const places[] = {"q",   "query",      "destination", "daddr", "to",
                                         "pin", "coordinate", "viewpoint",   "cbll",  "at"};
    find_pins(link, marks);
    if (!marks->n)
        find_two(link, "mlat", "mlon", marks);
    for (size_t i = 0; !marks->n && i < sizeof places / sizeof *places; i++)
        find_one(link, places[i], marks);
    if (!marks->n)
        find_geo(link, marks);
    if (!marks->n)
        find_in_path(link, marks);
    if (!marks->n)
        find_two(link, "lat", "lon", marks);
    if (!marks->n)
        find_two(link, "lat", "lng", marks);
    if (!marks->n)
        find_one(link, "ll", marks);
    enum geo_coords_form form = marks->n ? GEO_FORM_LINK : GEO_FORM_VIEW;
    /* The map of a route shows neither of its ends. */
    if (!marks->n && !strstr(link, "/dir/"))
        find_view(link, marks);
    marks->place.form = form;
}

/* Answers ---------------------------------------------------------------------------- */

static enum coords_answer refuse(struct err *err, const char *why)
{
    err_set(err, ERR_INPUT, "%s", why);
    return COORDS_REFUSED;
}

/* The words around a link, if they are a coordinate themselves. */
static bool read_rest(const char *rest, struct geo_coords *out)
{
    return strlen(rest) <= GEO_COORDS_TEXT_MAX && coords_pair_read(rest, NULL, out) == COORDS_YES;
}

/* True if the numbers in the words around the link are the link's, in either order. */
static bool same_place(const struct geo_coords *words, const struct geo_coords *link)
{
    double a = words->first.value, b = words->second.value;
    double x = link->first.value, y = link->second.value;
    return (fabs(a - x) < 1e-3 && fabs(b - y) < 1e-3) || (fabs(a - y) < 1e-3 && fabs(b - x) < 1e-3);
}

enum coords_answer coords_link_read(const char *text, struct geo_coords *out, struct err *err)
{
    const char *start = find_start(text);
    if (!start || strlen(text) > GEO_COORDS_LINK_MAX)
        return COORDS_NO;
    struct coords_link link;
    struct marks marks = {0};
    struct geo_coords words;
    size_t len = link_len(start), before = (size_t)(start - text);
    if (!decode(start, len, link.text))
        return refuse(err, "el enlace no es UTF-8");
    memcpy(link.rest, text, before);
    link.rest[before] = ' ';
    memcpy(link.rest + before + 1, start + len, strlen(start + len) + 1);
    if (is_other_system(link.text))
        return refuse(err, "geo: de un sistema que no es WGS 84");
    find_marks(link.text, &marks);
    bool told = read_rest(link.rest, &words);
    if (marks.differ)
        return refuse(err, "el enlace marca varios lugares");
    if (!marks.n && !told)
        return refuse(err, "el enlace no lleva los números de un lugar; ábralo en un navegador y "
                           "copie las coordenadas, por ejemplo «-16.4868, -68.1234»");
    if (marks.n && told && !same_place(&words, &marks.place))
        return refuse(err, "el texto y su enlace indican lugares distintos");
    *out = marks.n ? marks.place : words;
    if (marks.n) {
        out->datum = GEO_DATUM_WGS84;
        out->first.degrees = out->second.degrees = true;
    }
    return COORDS_YES;
}
