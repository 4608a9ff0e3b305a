/* xml_kml_place.c - what GDAL leaves out of a place of a KML: values, pictures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/claims/xml_look_internal.h"

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (xml_is(name, *names))
            return true;
    return false;
}

static bool no_memory(struct xml_look *look)
{
    err_no_memory(look->err);
    xml_look_fail(look);
    return false;
}

/* What is not read ----------------------------------------------------------------- */

static const struct {
    const char *name, *what;
} not_read[KML_NOT_READ] = {
    {"GroundOverlay", "imágenes puestas sobre el mapa (GroundOverlay)"},
    {"PhotoOverlay", "fotos puestas en el mapa (PhotoOverlay)"},
    {"ScreenOverlay", "imágenes de la pantalla, como leyendas (ScreenOverlay)"},
    {"SimpleArrayData", "listas de valores de recorridos (SimpleArrayData)"},
};

static void count_not_read(struct xml_look *look, const char *name)
{
    for (size_t i = 0; i < KML_NOT_READ; i++)
        look->not_read[i] += xml_is(name, not_read[i].name);
}

void xml_kml_place_told(struct xml_look *look, struct buf *note)
{
    for (size_t i = 0; i < KML_NOT_READ; i++)
        if (look->not_read[i])
            buf_printf(note, "%s%s, que no se leen: %zu", note->len ? "; " : "", not_read[i].what,
                       look->not_read[i]);
}

/* Names that people see ------------------------------------------------------------ */

/* <displayName>, of the Data or SimpleField that is open. */
static void show_name(struct xml_look *look)
{
    static const char blanks[] = " \t\r\n";
    char *shown = look->text.data ? look->text.data + strspn(look->text.data, blanks) : "";
    size_t len = strlen(shown);
    while (len && strchr(blanks, shown[len - 1]))
        len--;
    char *copy = strndup(shown, len);
    if (!copy || (len && !value_names_show(&look->claims->shown, look->place.data, copy)))
        no_memory(look);
    free(copy);
}

static void open_data(struct xml_look *look, const char **attributes)
{
    const char *name = xml_attribute(attributes, "name");
    free(look->place.data);
    look->place.data = name ? strdup(name) : NULL;
    if (name && !look->place.data)
        no_memory(look);
}

/* Tracks --------------------------------------------------------------------------- */

/* GDAL's library breaks off the whole program at such a track. */
static void check_track(struct xml_look *look)
{
    if (look->coords <= look->whens)
        return;
    err_set(look->err, ERR_INPUT,
            "un recorrido (gx:Track) tiene %zu lugares (gx:coord) y %zu tiempos (when), y ha de "
            "tener uno por lugar: expórtelo de nuevo, como línea o en GPX",
            look->coords, look->whens);
    xml_look_fail(look);
}

static void count_track(struct xml_look *look, const char *name)
{
    if (xml_is(name, "Track"))
        look->whens = look->coords = 0;
    look->whens += xml_is(name, "when");
    look->coords += xml_is(name, "coord");
}

/* Values --------------------------------------------------------------------------- */

/* Elements of a place that GDAL reads, or that say how it is drawn. */
static bool is_passed(const char *name)
{
    static const char *const names[] = {
        "name",       "description",   "Snippet",  "snippet",
        "visibility", "open",          "TimeSpan", "TimeStamp",
        "styleUrl",   "Style",         "StyleMap", "LookAt",
        "Camera",     "Region",        "Point",    "balloonVisibility",
        "LineString", "LinearRing",    "Polygon",  "Track",
        "MultiTrack", "MultiGeometry", "Model",    NULL};
    return is_one_of(name, names);
}

static bool is_passed_data(const char *name)
{
    static const char *const names[] = {"Data", "SchemaData", NULL};
    return is_one_of(name, names);
}

/* "address", "author_name"; of ExtendedData the name alone. */
static void name_value(const struct xml_look *look, const char *name, char out[128])
{
    bool deep = !look->place.extended && look->level > look->place.level + 1;
    snprintf(out, 128, "%s%s%s", deep ? look->place.child : "", deep ? "_" : "", name);
}

static void add_value(struct xml_look *look, const char *element)
{
    char name[128];
    const char *text = look->text.data ? look->text.data : "";
    struct geometry_claim_list *list = &look->claims->lists[look->list];
    if (!text[strspn(text, " \t\r\n")])
        return;
    name_value(look, element, name);
    uint64_t id = value_names_id(name);
    if (!value_names_add(&list->beside, name, id, (int64_t)list->n) ||
        !array_reserve(list->values, list->cap_values, list->n_values + 1)) {
        no_memory(look);
        return;
    }
    struct beside_value value = {list->n, value_names_find(&list->beside, id), strdup(text)};
    if (!value.text)
        no_memory(look);
    else
        list->values[list->n_values++] = value;
}

static bool in_values(const struct xml_look *look)
{
    return look->in_feature && look->place.level && look->level > look->place.level &&
           !look->place.passed;
}

void xml_kml_place_start(struct xml_look *look, const char *name, const char **attributes)
{
    struct kml_place *place = &look->place;
    count_not_read(look, name);
    count_track(look, name);
    if (xml_is(name, "Data") || xml_is(name, "SimpleField"))
        open_data(look, attributes);
    else if (xml_is(name, "displayName") && place->data)
        xml_look_collect(look);
    if (!place->level && xml_is(name, "Placemark")) {
        place->level = look->level;
        place->passed = 0;
        place->extended = false;
    }
    if (!in_values(look))
        return;
    if (look->level == place->level + 1) {
        snprintf(place->child, sizeof place->child, "%s", name);
        place->extended = xml_is(name, "ExtendedData");
        if (is_passed(name))
            place->passed = look->level;
    } else if (place->extended && is_passed_data(name))
        place->passed = look->level;
    if (!place->passed)
        xml_look_collect(look);
}

void xml_kml_place_end(struct xml_look *look, const char *name)
{
    struct kml_place *place = &look->place;
    if (look->collects && xml_is(name, "displayName") && place->data)
        show_name(look);
    else if (look->collects && in_values(look))
        add_value(look, name);
    if (xml_is(name, "Data") || xml_is(name, "SimpleField")) {
        free(place->data);
        place->data = NULL;
    }
    if (xml_is(name, "Track"))
        check_track(look);
    if (place->passed == look->level)
        place->passed = 0;
    if (place->level == look->level)
        place->level = 0;
}
