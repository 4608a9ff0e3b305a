/* xml_look.c - what KML, GPX and GML have in common: numbers, and records with a geometry. */
#include <stdio.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/base/text.h"
#include "geo/claims/xml_look_internal.h"

enum { NUMBER_MAX = 48 };

void xml_look_fail(struct xml_look *look)
{
    look->failed = true;
    XML_StopParser(look->parser, XML_FALSE);
}

bool xml_is(const char *name, const char *wanted)
{
    return strcmp(name, wanted) == 0;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (xml_is(attributes[0], name))
            return attributes[1];
    return NULL;
}

/* Numbers -------------------------------------------------------------------------- */

bool xml_is_number(const char *text, size_t len, double *value)
{
    char copy[NUMBER_MAX];
    if (len > 0 && text[0] == '+')
        text++, len--;
    snprintf(copy, sizeof copy, "%.*s", (int)(len < sizeof copy ? len : sizeof copy - 1), text);
    return len > 0 && len < sizeof copy && parse_real(copy, -1e18, 1e18, value);
}

void xml_look_blame(struct xml_look *look, const char *what, const char *text, size_t len)
{
    look->claim = GEOMETRY_FAULTY;
    if (look->why[0])
        return;
    if (!text) {
        snprintf(look->why, sizeof look->why, "%s", what);
        return;
    }
    char shown[41];
    snprintf(shown, sizeof shown, "%.*s", (int)(len < 40 ? len : 40), text);
    snprintf(look->why, sizeof look->why, "%s«%.*s» no es un número", what, text_cut(shown, 40),
             shown);
}

void xml_look_found(struct xml_look *look)
{
    if (look->claim == GEOMETRY_NONE)
        look->claim = GEOMETRY_THERE;
}

/* KML's and GML 2's tuples: "lon,lat[,alt]" with blanks between them, and perhaps after commas.
 * Counts tuples; false if one is bad. */
static bool check_tuples(struct xml_look *look, const char *text, size_t *tuples)
{
    static const char blanks[] = " \t\r\n";
    int numbers = 0;
    bool joined = false;
    for (*tuples = 0;;) {
        text += strspn(text, blanks);
        size_t len = strcspn(text, " \t\r\n,");
        double value;
        if (!joined || !text[0]) { /* a tuple ended */
            if (numbers == 1 || numbers > 3)
                return xml_look_blame(
                           look, "sus coordenadas no son pares «lon,lat»: ¿coma decimal?", NULL, 0),
                       false;
            *tuples += numbers > 0;
            numbers = 0;
        }
        if (!text[0])
            return true;
        if (!xml_is_number(text, len, &value))
            return xml_look_blame(look, "", text, len), false;
        numbers++;
        text += len;
        text += strspn(text, blanks);
        joined = text[0] == ',';
        text += joined;
    }
}

void xml_look_list_text(struct xml_look *look, bool point)
{
    size_t tuples = 0;
    const char *text = look->text.data ? look->text.data : "";
    if (!text[strspn(text, " \t\r\n")] || !check_tuples(look, text, &tuples))
        return;
    xml_look_found(look);
    if (point && tuples != 1)
        xml_look_blame(look, "un punto tiene varias posiciones: ¿coma decimal?", NULL, 0);
}

/* Numbers between blanks. GDAL itself refuses a source that lacks one. */
void xml_look_numbers(struct xml_look *look)
{
    static const char blanks[] = " \t\r\n";
    const char *text = look->text.data ? look->text.data : "";
    size_t n = 0;
    for (text += strspn(text, blanks); text[0]; text += strspn(text, blanks), n++) {
        size_t len = strcspn(text, blanks);
        double value;
        if (!xml_is_number(text, len, &value)) {
            xml_look_blame(look, "", text, len);
            return;
        }
        text += len;
    }
    if (n > 0)
        xml_look_found(look);
}

/* Features ------------------------------------------------------------------------- */

void xml_look_begin(struct xml_look *look, size_t list)
{
    look->in_feature = true;
    look->claim = GEOMETRY_NONE;
    look->why[0] = '\0';
    look->list = list;
    look->shapes = 0;
    look->shape_level = 0;
}

void xml_look_end(struct xml_look *look)
{
    look->in_feature = false;
    if (look->claim == GEOMETRY_NONE && look->shapes)
        look->claim = GEOMETRY_EMPTY;
    if (!geometry_claims_add(&look->claims->lists[look->list], look->claim, look->why, look->err))
        xml_look_fail(look);
}

size_t xml_look_layer(struct xml_look *look, const char *name)
{
    struct geometry_claim_list *list = geometry_claims_named(look->claims, name, look->err);
    if (!list)
        xml_look_fail(look);
    return list ? (size_t)(list - look->claims->lists) : 0;
}

void xml_look_collect(struct xml_look *look)
{
    buf_clear(&look->text);
    look->collects = true;
}

/* Boundaries ----------------------------------------------------------------------- */

static bool is_boundary(const char *name)
{
    return xml_is(name, "innerBoundaryIs") || xml_is(name, "outerBoundaryIs") ||
           xml_is(name, "interior") || xml_is(name, "exterior");
}

void xml_look_ring(struct xml_look *look, const char *name)
{
    if (xml_is(name, "Polygon"))
        look->has_outer = false;
    else if (is_boundary(name)) {
        look->in_boundary = true;
        look->rings = 0;
        look->has_outer |= xml_is(name, "outerBoundaryIs") || xml_is(name, "exterior");
    } else if (look->in_boundary && (xml_is(name, "LinearRing") || xml_is(name, "Ring")) &&
               ++look->rings > 1)
        xml_look_blame(
            look,
            "un borde (innerBoundaryIs, interior) tiene varios anillos, y se leería uno: "
            "ponga cada hueco en un borde propio, o pida la capa en otro formato",
            NULL, 0);
}

void xml_look_ring_end(struct xml_look *look, const char *name)
{
    if (xml_is(name, "Polygon") && look->in_feature && look->claim != GEOMETRY_NONE &&
        !look->has_outer)
        xml_look_blame(look,
                       "un polígono no tiene contorno (outerBoundaryIs, exterior) sino solo huecos",
                       NULL, 0);
    look->in_boundary = look->in_boundary && !is_boundary(name);
}

void xml_look_shape(struct xml_look *look, bool is)
{
    if (!is || !look->in_feature || look->shape_level)
        return;
    look->shape_level = look->level;
    if (++look->shapes > 1)
        xml_look_blame(look,
                       "el registro tiene varias geometrías, y se leería una: deje una sola, o "
                       "júntelas (MultiGeometry)",
                       NULL, 0);
}

void xml_look_shape_end(struct xml_look *look)
{
    if (look->shape_level == look->level)
        look->shape_level = 0;
}
