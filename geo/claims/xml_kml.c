/* xml_kml.c - the places of a KML: a folder is a layer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/claims/kml_types.h"
#include "geo/claims/xml_look_internal.h"

/* A folder is a layer. Its name comes later. */
static void open_folder(struct xml_look *look)
{
    if (look->depth == FOLDERS_MAX) {
        err_set(look->err, ERR_INPUT, "el KML tiene más de %d carpetas una dentro de otra",
                FOLDERS_MAX);
        xml_look_fail(look);
        return;
    }
    look->folders[look->depth++] = (struct xml_folder){look->claims->n, look->level};
    if (!geometry_claims_list(look->claims, "", 0, look->err))
        xml_look_fail(look);
}

static void name_folder(struct xml_look *look)
{
    struct geometry_claim_list *list = &look->claims->lists[look->folders[look->depth - 1].list];
    char *name = strdup(look->text.data ? look->text.data : "");
    if (!name) {
        err_no_memory(look->err);
        xml_look_fail(look);
        return;
    }
    free(list->layer);
    list->layer = name;
}

/* The list of features outside of all folders has no name. */
static size_t kml_list(struct xml_look *look)
{
    if (look->depth > 0)
        return look->folders[look->depth - 1].list;
    for (size_t i = 0; i < look->claims->n; i++)
        if (!look->claims->lists[i].layer)
            return i;
    if (!geometry_claims_list(look->claims, NULL, 0, look->err))
        xml_look_fail(look);
    return look->claims->n - 1;
}

/* The address of a NetworkLink. */
static void add_link(struct xml_look *look)
{
    struct geometry_claims *claims = look->claims;
    const char *text = look->text.data ? look->text.data : "";
    text += strspn(text, " \t\r\n");
    if (array_reserve(claims->links, claims->cap_links, claims->n_links + 1) &&
        (claims->links[claims->n_links] = strndup(text, strcspn(text, "\t\r\n")))) {
        claims->n_links++;
        return;
    }
    err_no_memory(look->err);
    xml_look_fail(look);
}

/* <Data name="…"> or <SimpleData name="…">, of a record. */
static void add_name(struct xml_look *look, const char **attributes)
{
    struct geometry_claim_list *list = &look->claims->lists[look->list];
    const char *name = xml_attribute(attributes, "name");
    if (!name || value_names_add(&list->names, name, value_names_id(name), (int64_t)list->n))
        return;
    err_no_memory(look->err);
    xml_look_fail(look);
}

static bool is_folder(const char *name)
{
    return xml_is(name, "Document") || xml_is(name, "Folder");
}

static bool is_place(const char *name)
{
    return xml_is(name, "Placemark") || xml_is(name, "GroundOverlay");
}

/* What GDAL takes for a feature, of which most are no records. */
static bool is_feature(const char *name)
{
    static const char *const names[] = {"ScreenOverlay", "PhotoOverlay", "NetworkLink", "Tour"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_is(name, names[i]))
            return true;
    return is_place(name);
}

static bool in_folder_itself(const struct xml_look *look)
{
    return look->depth > 0 && look->folders[look->depth - 1].level == look->level - 1;
}

/* GDAL looks for folders and places in a folder, or in the root of the file. */
static bool is_in_place(const struct xml_look *look)
{
    return in_folder_itself(look) || (look->depth == 0 && look->level <= 2);
}

static bool is_open_folder(const struct xml_look *look)
{
    return look->depth > 0 && look->folders[look->depth - 1].level == look->level;
}

static void begin_place(struct xml_look *look)
{
    if (!is_in_place(look)) {
        look->stray++;
        return;
    }
    size_t list = kml_list(look);
    if (!look->failed)
        xml_look_begin(look, list);
}

static bool is_geometry(const char *name)
{
    static const char *const names[] = {"Point",         "LineString", "LinearRing", "Polygon",
                                        "MultiGeometry", "Track",      "MultiTrack"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_is(name, names[i]))
            return true;
    return false;
}

/* Types of numbers were taken out of the file (kml_types.h), unless it is in UTF-16 or the like. */
static void check_type(struct xml_look *look, const char **attributes)
{
    const char *type = xml_attribute(attributes, "type");
    if (!type || !kml_types_is_number(type, strlen(type)))
        return;
    err_set(look->err, ERR_INPUT,
            "el KML declara los tipos de sus valores de un modo que no se lee: guárdelo en UTF-8");
    xml_look_fail(look);
}

/* The text of the element is. */
static bool is_looked_at(const struct xml_look *look, const char *name)
{
    if (xml_is(name, "href"))
        return look->in_link;
    if (xml_is(name, "name"))
        return in_folder_itself(look);
    return look->in_feature && (xml_is(name, "coordinates") || xml_is(name, "coord"));
}

/* A folder or a place that stands in the <kml> itself. */
static void note_root(struct xml_look *look, const char *name)
{
    struct kml_roots *roots = &look->claims->roots;
    if (look->level == 1)
        look->in_kml = xml_is(name, "kml");
    if (look->level != 2 || !look->in_kml || !kml_roots_is(name))
        return;
    if (roots->n++ == 0)
        roots->begin = (int64_t)XML_GetCurrentByteIndex(look->parser);
}

void xml_kml_start(struct xml_look *look, const char *name, const char **attributes)
{
    note_root(look, name);
    look->own_features =
        look->own_features || (look->depth == 1 && in_folder_itself(look) && is_feature(name));
    xml_kml_place_start(look, name, attributes);
    xml_look_ring(look, name);
    xml_look_shape(look, is_geometry(name));
    if (is_folder(name) && is_in_place(look))
        open_folder(look);
    else if (is_place(name))
        begin_place(look);
    else if (xml_is(name, "NetworkLink"))
        look->in_link = true;
    else if (look->in_feature && (xml_is(name, "SimpleData") || xml_is(name, "Data")))
        add_name(look, attributes);
    else if (xml_is(name, "SimpleField"))
        check_type(look, attributes);
    else if (look->in_feature && xml_is(name, "Model"))
        xml_look_blame(look, "es un modelo en tres dimensiones (Model), que no se lee", NULL, 0);
    else if (xml_is(name, "Point") || xml_is(name, "LineString") || xml_is(name, "LinearRing"))
        snprintf(look->shape, sizeof look->shape, "%s", name);
    else if (is_looked_at(look, name))
        xml_look_collect(look);
}

void xml_kml_end(struct xml_look *look, const char *name)
{
    if (look->level == 1)
        look->claims->roots.end = (int64_t)XML_GetCurrentByteIndex(look->parser);
    xml_look_ring_end(look, name);
    xml_look_shape_end(look);
    if (is_folder(name) && is_open_folder(look))
        look->depth--;
    else if (look->in_feature && is_place(name) && is_in_place(look)) {
        if (xml_is(name, "GroundOverlay"))
            look->claim = GEOMETRY_PICTURE;
        xml_look_end(look);
    } else if (xml_is(name, "NetworkLink"))
        look->in_link = false;
    else if (look->collects && xml_is(name, "href"))
        add_link(look);
    else if (look->collects && xml_is(name, "coordinates"))
        xml_look_list_text(look, xml_is(look->shape, "Point"));
    else if (look->collects && xml_is(name, "coord"))
        xml_look_numbers(look);
    else if (look->collects && xml_is(name, "name") && !look->in_feature && in_folder_itself(look))
        name_folder(look);
    xml_kml_place_end(look, name);
}

void xml_kml_told(const struct xml_look *look, struct buf *note)
{
    if (look->stray)
        buf_printf(
            note,
            "%slugares (Placemark) que no están en una carpeta sino dentro de otro elemento, "
            "como una animación, y no se leen: %lld",
            note->len ? "; " : "", (long long)look->stray);
}
