/* place_text.c - whether a text is a whole coordinate. */
#include "geo/texts/place_text.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "geo/place/coords.h"

enum { SHORTEST = 9, MGRS_LEAST = 13 }; /* letters: "15 a 60" is no place, nor a code of eight */

/* Two numbers with decimals, or degrees and minutes: what a telephone or a form writes. */
static bool is_written_so(const char *text)
{
    const char *degree = strchr(text, 0xC2) ? strstr(text, "\xC2\xB0") : NULL;
    if (degree && degree > text && isdigit((unsigned char)degree[-1]))
        return true;
    int decimals = 0;
    text += strspn(text, "[( "); /* "[[-65.17,-18.9],…" */
    for (const char *at = text; *at && !isalpha((unsigned char)*at); at++)
        if (isdigit((unsigned char)at[0]) && (at[1] == '.' || at[1] == ',') &&
            isdigit((unsigned char)at[2]))
            decimals++;
        else if (!strchr("0123456789.,;-+ []()\n\t", *at))
            return false;
    return decimals >= 2 && (*text == '-' || isdigit((unsigned char)*text));
}

/* A link of a map, also one that has to be opened first. */
static bool is_map_link(const char *text)
{
    static const char *const hosts[] = {"maps.app.goo.gl/", "goo.gl/maps", "/maps",
                                        "maps.google",      "waze.com/",   "openstreetmap.org/"};
    if (!strcasestr(text, "http"))
        return false;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (strcasestr(text, hosts[i]))
            return true;
    return false;
}

static bool between(double value, double low, double high)
{
    return value >= low && value <= high;
}

/* In either order, with or without signs. */
static bool is_pair(const struct geo_coords *coords)
{
    double a = fabs(coords->first.value), b = fabs(coords->second.value);
    double low = fmin(a, b), high = fmax(a, b);
    return (between(low, 9, 23) && between(high, 57, 70)) ||
           (between(low, 1e5, 1e6) && between(high, 7e6, 9.5e6));
}

bool place_text_is(const char *text)
{
    struct geo_coords coords;
    size_t len = strlen(text);
    if (is_written_so(text) || is_map_link(text) || strstr(text, "<coordinates>"))
        return true;
    if (len < SHORTEST || len > GEO_COORDS_LINK_MAX || !geo_coords_parse(text, NULL, &coords, NULL))
        return false;
    if (coords.form == GEO_FORM_MGRS)
        return len >= MGRS_LEAST;
    return coords.form != GEO_FORM_NUMBERS || is_pair(&coords);
}

bool place_text_names_geometry(const char *heading)
{
    static const char *const names[] = {"wkt",          "geom",      "geometry",
                                        "the_geom",     "geojson",   "geometria",
                                        "wkb_geometry", "geometría", "shape"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(heading, names[i]) == 0)
            return true;
    return false;
}
