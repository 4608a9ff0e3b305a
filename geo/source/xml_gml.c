/* xml_gml.c - the features of a GML: a layer for each name of element. */
#include <stdlib.h>

#include "geo/source/xml_look_internal.h"

static bool is_member(const char *name)
{
    return xml_is(name, "featureMember") || xml_is(name, "featureMembers") ||
           xml_is(name, "member");
}

/* GML 2 may say that other marks part the numbers: then they are left to GDAL. */
static bool has_marks(const char **attributes)
{
    return xml_attribute(attributes, "decimal") || xml_attribute(attributes, "cs") ||
           xml_attribute(attributes, "ts");
}

static bool is_geometry(const char *name)
{
    static const char *const names[] = {
        "Point",         "MultiPoint",       "LineString",   "MultiLineString", "Curve",
        "MultiCurve",    "Polygon",          "MultiPolygon", "Surface",         "MultiSurface",
        "MultiGeometry", "CompositeSurface", "Solid"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_is(name, names[i]))
            return true;
    return false;
}

/* A service says in its first element how many records it has, and how many it sends. */
static void read_page(struct xml_look *look, const char **attributes)
{
    const char *matched = xml_attribute(attributes, "numberMatched");
    const char *returned = xml_attribute(attributes, "numberReturned");
    struct geometry_claims_page *page = &look->claims->page;
    page->matched = matched ? strtoll(matched, NULL, 10) : 0; /* or "unknown" */
    page->returned = returned ? strtoll(returned, NULL, 10) : 0;
    page->next = xml_attribute(attributes, "next") != NULL;
}

void xml_gml_start(struct xml_look *look, const char *name, const char **attributes)
{
    if (look->level == 1)
        read_page(look, attributes);
    xml_look_ring(look, name);
    xml_look_shape(look, !look->passes_over && is_geometry(name));
    if (!look->in_feature && look->member && look->level == look->member + 1) {
        size_t list = xml_look_layer(look, name);
        if (!look->failed)
            xml_look_begin(look, list);
    } else if (!look->in_feature && is_member(name))
        look->member = look->level;
    else if (xml_is(name, "boundedBy"))
        look->passes_over = true;
    else if (look->in_feature && !look->passes_over && !has_marks(attributes) &&
             (xml_is(name, "pos") || xml_is(name, "posList") || xml_is(name, "coordinates")))
        xml_look_collect(look);
}

void xml_gml_end(struct xml_look *look, const char *name)
{
    xml_look_ring_end(look, name);
    xml_look_shape_end(look);
    if (look->in_feature && look->level == look->member + 1)
        xml_look_end(look);
    else if (look->level == look->member)
        look->member = 0;
    else if (xml_is(name, "boundedBy"))
        look->passes_over = false;
    else if (look->collects && xml_is(name, "coordinates"))
        xml_look_list_text(look, false);
    else if (look->collects)
        xml_look_numbers(look);
}
