/* xml_gpx.c - the points, routes and tracks of a GPX. */
#include <stdio.h>
#include <string.h>

#include "geo/claims/xml_look_internal.h"

static void gpx_ordinate(struct xml_look *look, const char *text, const char *name, double most)
{
    double value = 0;
    if (!xml_is_number(text, strlen(text), &value)) {
        char what[8];
        snprintf(what, sizeof what, "%s ", name);
        xml_look_blame(look, what, text, strlen(text));
    } else if (value < -most || value > most)
        xml_look_blame(look,
                       xml_is(name, "lat") ? "lat no va de -90 a 90" : "lon no va de -180 a 180",
                       NULL, 0);
}

static void gpx_point(struct xml_look *look, const char *name, const char **attributes)
{
    const char *lat = xml_attribute(attributes, "lat"), *lon = xml_attribute(attributes, "lon");
    if (!lat || !lon) {
        err_set(look->err, ERR_INPUT, "línea %lu: un <%s> no tiene %s",
                (unsigned long)XML_GetCurrentLineNumber(look->parser), name, lat ? "lon" : "lat");
        xml_look_fail(look);
        return;
    }
    xml_look_found(look);
    gpx_ordinate(look, lat, "lat", 90);
    gpx_ordinate(look, lon, "lon", 180);
}

/* A point of a route or track is a record of its own too, in another layer. */
static void gpx_vertex(struct xml_look *look, const char *name, const char *layer,
                       const char **attributes)
{
    bool in_whole = look->in_feature;
    size_t whole = look->list, list = xml_look_layer(look, layer);
    enum geometry_claim before = in_whole ? look->claim : GEOMETRY_NONE;
    char why[sizeof look->why];
    memcpy(why, look->why, sizeof why);
    if (look->failed)
        return;
    xml_look_begin(look, list);
    gpx_point(look, name, attributes);
    if (look->failed)
        return;
    xml_look_end(look);
    look->in_feature = in_whole;
    look->list = whole;
    if (before == GEOMETRY_FAULTY) {
        look->claim = before;
        memcpy(look->why, why, sizeof why);
    }
}

void xml_gpx_start(struct xml_look *look, const char *name, const char **attributes)
{
    if (xml_is(name, "wpt"))
        gpx_vertex(look, name, "waypoints", attributes);
    else if (xml_is(name, "rtept"))
        gpx_vertex(look, name, "route_points", attributes);
    else if (xml_is(name, "trkpt"))
        gpx_vertex(look, name, "track_points", attributes);
    else if (xml_is(name, "rte") || xml_is(name, "trk")) {
        size_t list = xml_look_layer(look, xml_is(name, "rte") ? "routes" : "tracks");
        if (!look->failed)
            xml_look_begin(look, list);
    }
}

void xml_gpx_end(struct xml_look *look, const char *name)
{
    if (look->in_feature && (xml_is(name, "rte") || xml_is(name, "trk")))
        xml_look_end(look);
}
