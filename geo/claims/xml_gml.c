/* xml_gml.c - the features of a GML: a layer for each name of element. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/claims/xml_look_internal.h"

/* What has features in it: gml:featureMember, gml:featureMembers, wfs:member, cityObjectMember, …
 * or of MapServer's answer about a place (msGMLOutput) "capa_layer". */
static bool is_member(const char *name)
{
    static const char *const ends[] = {"member", "members", "_layer"};
    size_t len = strlen(name);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i]);
        if (len >= end && strcasecmp(name + len - end, ends[i]) == 0)
            return true;
    }
    return false;
}

/* The answer to several questions has a collection for each, in its members. */
static bool is_collection(const char *name)
{
    return xml_is(name, "FeatureCollection") || xml_is(name, "SimpleFeatureCollection");
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

/* The answer of a service around its records. */
static void look_at_answer(struct xml_look *look, const char *name, const char **attributes)
{
    if (xml_is(name, "ExceptionReport") || xml_is(name, "ServiceExceptionReport")) {
        look->in_failure = look->level == 1;
        look->claims->page.cut |= look->level > 1;
    } else if (look->level == 1 && xml_is(name, "FeatureCollection"))
        read_page(look, attributes);
    else if (xml_is(name, "truncatedResponse"))
        look->claims->page.cut = true;
    else if (look->in_failure &&
             (xml_is(name, "ExceptionText") || xml_is(name, "ServiceException")))
        xml_look_collect(look);
}

bool xml_gml_told(struct xml_look *look, struct err *err)
{
    const char *said = look->text.data ? look->text.data : "";
    said += strspn(said, " \t\r\n");
    return !look->in_failure ||
           err_set(err, ERR_INPUT,
                   "no son datos sino el error de un servicio («%.*s»): pídale la capa otra vez",
                   text_cut_words(said, 200), said);
}

/* A property that has no value of its own but points to one: GDAL may not follow it. */
static bool points_inside(const char **attributes)
{
    const char *to = xml_attribute(attributes, "xlink:href");
    return to && to[0] == '#';
}

void xml_gml_start(struct xml_look *look, const char *name, const char **attributes)
{
    look_at_answer(look, name, attributes);
    look->elsewhere = look->elsewhere || (look->in_feature && points_inside(attributes));
    xml_look_ring(look, name);
    xml_look_shape(look, !look->passes_over && is_geometry(name));
    if (!look->in_feature && look->member && look->level == look->member + 1 &&
        !is_collection(name)) {
        size_t list = xml_look_layer(look, name);
        look->elsewhere = false;
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
    if (look->in_feature && look->level == look->member + 1) {
        if (look->elsewhere && look->claim == GEOMETRY_NONE)
            xml_look_blame(
                look,
                "está en otra parte del archivo (xlink:href), y no se sigue: pida la capa "
                "con sus geometrías, o en otro formato",
                NULL, 0);
        xml_look_end(look);
    } else if (look->level == look->member)
        look->member = 0;
    else if (xml_is(name, "boundedBy"))
        look->passes_over = false;
    else if (look->in_failure)
        return; /* its text stays */
    else if (look->collects && xml_is(name, "coordinates"))
        xml_look_list_text(look, false);
    else if (look->collects)
        xml_look_numbers(look);
}
