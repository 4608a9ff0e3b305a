/* geometry_claims_xml.c - which records of a KML, GPX or GML have a geometry, and how. */
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/parse.h"
#include "geo/base/text.h"
#include "geo/import/geometry_claims_internal.h"

enum { FOLDERS_MAX = 64, NUMBER_MAX = 48 };

struct xml_look {
    XML_Parser parser;
    struct geometry_claims *claims;
    struct err *err;
    bool failed;
    struct buf text; /* of the element, while `collects` */
    bool collects;
    bool in_feature, passes_over; /* passes_over: inside a boundedBy */
    enum geometry_claim claim;    /* of the feature so far */
    char why[160];
    size_t list; /* of the feature */
    int level;   /* of elements, the root's is 1 */
    struct xml_folder {
        size_t list;
        int level;
    } folders[FOLDERS_MAX]; /* KML: those that are open */
    size_t depth;
    char shape[16]; /* KML: Point, LineString or LinearRing */
    size_t links;   /* KML: NetworkLink */
    int member;     /* GML: level of featureMember; 0: none is open */
};

static void fail(struct xml_look *look)
{
    look->failed = true;
    XML_StopParser(look->parser, XML_FALSE);
}

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static bool is(const char *name, const char *wanted)
{
    return strcmp(name, wanted) == 0;
}

static const char *attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (is(attributes[0], name))
            return attributes[1];
    return NULL;
}

/* Numbers -------------------------------------------------------------------------- */

static bool is_number(const char *text, size_t len, double *value)
{
    char copy[NUMBER_MAX];
    if (len > 0 && text[0] == '+')
        text++, len--;
    snprintf(copy, sizeof copy, "%.*s", (int)(len < sizeof copy ? len : sizeof copy - 1), text);
    return len > 0 && len < sizeof copy && parse_real(copy, -1e18, 1e18, value);
}

static void blame(struct xml_look *look, const char *what, const char *text, size_t len)
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

static void found(struct xml_look *look)
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
                return blame(look, "sus coordenadas no son pares «lon,lat»: ¿coma decimal?", NULL,
                             0),
                       false;
            *tuples += numbers > 0;
            numbers = 0;
        }
        if (!text[0])
            return true;
        if (!is_number(text, len, &value))
            return blame(look, "", text, len), false;
        numbers++;
        text += len;
        text += strspn(text, blanks);
        joined = text[0] == ',';
        text += joined;
    }
}

static void check_list(struct xml_look *look, bool point)
{
    size_t tuples = 0;
    const char *text = look->text.data ? look->text.data : "";
    if (!text[strspn(text, " \t\r\n")] || !check_tuples(look, text, &tuples))
        return;
    found(look);
    if (point && tuples != 1)
        blame(look, "un punto tiene varias posiciones: ¿coma decimal?", NULL, 0);
}

/* Numbers between blanks. GDAL itself refuses a source that lacks one. */
static void check_numbers(struct xml_look *look)
{
    static const char blanks[] = " \t\r\n";
    const char *text = look->text.data ? look->text.data : "";
    size_t n = 0;
    for (text += strspn(text, blanks); text[0]; text += strspn(text, blanks), n++) {
        size_t len = strcspn(text, blanks);
        double value;
        if (!is_number(text, len, &value)) {
            blame(look, "", text, len);
            return;
        }
        text += len;
    }
    if (n > 0)
        found(look);
}

/* Features ------------------------------------------------------------------------- */

static void begin_feature(struct xml_look *look, size_t list)
{
    look->in_feature = true;
    look->claim = GEOMETRY_NONE;
    look->why[0] = '\0';
    look->list = list;
}

static void end_feature(struct xml_look *look)
{
    look->in_feature = false;
    if (!geometry_claims_add(&look->claims->lists[look->list], look->claim, look->why, look->err))
        fail(look);
}

static size_t list_named(struct xml_look *look, const char *name)
{
    struct geometry_claim_list *list = geometry_claims_named(look->claims, name, look->err);
    if (!list)
        fail(look);
    return list ? (size_t)(list - look->claims->lists) : 0;
}

static void collect(struct xml_look *look)
{
    buf_clear(&look->text);
    look->collects = true;
}

/* KML ------------------------------------------------------------------------------ */

/* A folder is a layer. Its name comes later. */
static void open_folder(struct xml_look *look)
{
    if (look->depth == FOLDERS_MAX) {
        err_set(look->err, ERR_INPUT, "el KML tiene más de %d carpetas una dentro de otra",
                FOLDERS_MAX);
        fail(look);
        return;
    }
    look->folders[look->depth++] = (struct xml_folder){look->claims->n, look->level};
    if (!geometry_claims_list(look->claims, "", 0, look->err))
        fail(look);
}

static void name_folder(struct xml_look *look)
{
    struct geometry_claim_list *list = &look->claims->lists[look->folders[look->depth - 1].list];
    char *name = strdup(look->text.data ? look->text.data : "");
    if (!name) {
        err_no_memory(look->err);
        fail(look);
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
        fail(look);
    return look->claims->n - 1;
}

static bool is_folder(const char *name)
{
    return is(name, "Document") || is(name, "Folder");
}

static bool in_folder_itself(const struct xml_look *look)
{
    return look->depth > 0 && look->folders[look->depth - 1].level == look->level - 1;
}

static void kml_start(struct xml_look *look, const char *name)
{
    if (is_folder(name))
        open_folder(look);
    else if (is(name, "Placemark") || is(name, "GroundOverlay")) {
        size_t list = kml_list(look);
        if (!look->failed)
            begin_feature(look, list);
    } else if (is(name, "NetworkLink"))
        look->links++;
    else if (is(name, "Point") || is(name, "LineString") || is(name, "LinearRing"))
        snprintf(look->shape, sizeof look->shape, "%s", name);
    else if ((look->in_feature && (is(name, "coordinates") || is(name, "coord"))) ||
             (is(name, "name") && in_folder_itself(look)))
        collect(look);
}

static void kml_end(struct xml_look *look, const char *name)
{
    if (is_folder(name) && look->depth > 0)
        look->depth--;
    else if (look->in_feature && (is(name, "Placemark") || is(name, "GroundOverlay")))
        end_feature(look);
    else if (look->collects && is(name, "coordinates"))
        check_list(look, is(look->shape, "Point"));
    else if (look->collects && is(name, "coord"))
        check_numbers(look);
    else if (look->collects && is(name, "name") && !look->in_feature)
        name_folder(look);
}

/* GPX ------------------------------------------------------------------------------ */

static void gpx_ordinate(struct xml_look *look, const char *text, const char *name, double most)
{
    double value = 0;
    if (!is_number(text, strlen(text), &value)) {
        char what[8];
        snprintf(what, sizeof what, "%s ", name);
        blame(look, what, text, strlen(text));
    } else if (value < -most || value > most)
        blame(look, is(name, "lat") ? "lat no va de -90 a 90" : "lon no va de -180 a 180", NULL, 0);
}

static void gpx_point(struct xml_look *look, const char *name, const char **attributes)
{
    const char *lat = attribute(attributes, "lat"), *lon = attribute(attributes, "lon");
    if (!lat || !lon) {
        err_set(look->err, ERR_INPUT, "línea %lu: un <%s> no tiene %s",
                (unsigned long)XML_GetCurrentLineNumber(look->parser), name, lat ? "lon" : "lat");
        fail(look);
        return;
    }
    found(look);
    gpx_ordinate(look, lat, "lat", 90);
    gpx_ordinate(look, lon, "lon", 180);
}

/* A point of a route or track is a record of its own too, in another layer. */
static void gpx_vertex(struct xml_look *look, const char *name, const char *layer,
                       const char **attributes)
{
    bool in_whole = look->in_feature;
    size_t whole = look->list, list = list_named(look, layer);
    enum geometry_claim before = in_whole ? look->claim : GEOMETRY_NONE;
    char why[sizeof look->why];
    memcpy(why, look->why, sizeof why);
    if (look->failed)
        return;
    begin_feature(look, list);
    gpx_point(look, name, attributes);
    if (look->failed)
        return;
    end_feature(look);
    look->in_feature = in_whole;
    look->list = whole;
    if (before == GEOMETRY_FAULTY) {
        look->claim = before;
        memcpy(look->why, why, sizeof why);
    }
}

static void gpx_start(struct xml_look *look, const char *name, const char **attributes)
{
    if (is(name, "wpt"))
        gpx_vertex(look, name, "waypoints", attributes);
    else if (is(name, "rtept"))
        gpx_vertex(look, name, "route_points", attributes);
    else if (is(name, "trkpt"))
        gpx_vertex(look, name, "track_points", attributes);
    else if (is(name, "rte") || is(name, "trk")) {
        size_t list = list_named(look, is(name, "rte") ? "routes" : "tracks");
        if (!look->failed)
            begin_feature(look, list);
    }
}

static void gpx_end(struct xml_look *look, const char *name)
{
    if (look->in_feature && (is(name, "rte") || is(name, "trk")))
        end_feature(look);
}

/* GML ------------------------------------------------------------------------------ */

static bool is_member(const char *name)
{
    return is(name, "featureMember") || is(name, "featureMembers") || is(name, "member");
}

/* GML 2 may say that other marks part the numbers: then they are left to GDAL. */
static bool has_marks(const char **attributes)
{
    return attribute(attributes, "decimal") || attribute(attributes, "cs") ||
           attribute(attributes, "ts");
}

static void gml_start(struct xml_look *look, const char *name, const char **attributes)
{
    if (!look->in_feature && look->member && look->level == look->member + 1) {
        size_t list = list_named(look, name);
        if (!look->failed)
            begin_feature(look, list);
    } else if (!look->in_feature && is_member(name))
        look->member = look->level;
    else if (is(name, "boundedBy"))
        look->passes_over = true;
    else if (look->in_feature && !look->passes_over && !has_marks(attributes) &&
             (is(name, "pos") || is(name, "posList") || is(name, "coordinates")))
        collect(look);
}

static void gml_end(struct xml_look *look, const char *name)
{
    if (look->in_feature && look->level == look->member + 1)
        end_feature(look);
    else if (look->level == look->member)
        look->member = 0;
    else if (is(name, "boundedBy"))
        look->passes_over = false;
    else if (look->collects && is(name, "coordinates"))
        check_list(look, false);
    else if (look->collects)
        check_numbers(look);
}

/* The parser ------------------------------------------------------------------------ */

struct xml_format {
    const char *name;
    void (*start)(struct xml_look *look, const char *name, const char **attributes);
    void (*end)(struct xml_look *look, const char *name);
};

static void kml_begin(struct xml_look *look, const char *name, const char **attributes)
{
    (void)attributes;
    kml_start(look, name);
}

static const struct xml_format formats[] = {
    {"KML", kml_begin, kml_end}, {"GPX", gpx_start, gpx_end}, {"GML", gml_start, gml_end}};

struct xml_run {
    struct xml_look look;
    const struct xml_format *format;
};

static void XMLCALL on_start(void *arg, const char *name, const char **attributes)
{
    struct xml_run *run = arg;
    name = local(name);
    run->look.level++;
    if (!run->look.failed)
        run->format->start(&run->look, name, attributes);
}

static void XMLCALL on_end(void *arg, const char *name)
{
    struct xml_run *run = arg;
    if (!run->look.failed)
        run->format->end(&run->look, local(name));
    run->look.collects = false;
    run->look.level--;
}

static void XMLCALL on_text(void *arg, const char *text, int len)
{
    struct xml_run *run = arg;
    if (run->look.collects)
        buf_put(&run->look.text, text, (size_t)len);
}

static void XMLCALL on_entity(void *arg, const char *name, int is_parameter, const char *value,
                              int len, const char *base, const char *system, const char *public,
                              const char *notation)
{
    struct xml_run *run = arg;
    (void)name, (void)is_parameter, (void)value, (void)len;
    (void)base, (void)system, (void)public, (void)notation;
    err_set(run->look.err, ERR_INPUT,
            "el XML define entidades propias (<!ENTITY>), que no se leen: vuelva a exportarlo sin "
            "ellas");
    fail(&run->look);
}

/* Encodings that expat does not know: names of elements and numbers are ASCII in all. */
static int XMLCALL on_encoding(void *arg, const char *name, XML_Encoding *encoding)
{
    (void)arg, (void)name;
    for (int i = 0; i < 256; i++)
        encoding->map[i] = i;
    encoding->data = NULL;
    encoding->convert = NULL;
    encoding->release = NULL;
    return XML_STATUS_OK;
}

static bool parse(struct xml_run *run, json_scan_read_fn *read, void *arg, struct err *err)
{
    XML_Parser parser = run->look.parser;
    for (bool more = true; more;) {
        void *bytes = XML_GetBuffer(parser, 1 << 16);
        size_t len = bytes ? read(arg, bytes, 1 << 16) : 0;
        if (!bytes)
            return err_no_memory(err);
        more = len > 0;
        if (XML_ParseBuffer(parser, (int)len, !more) == XML_STATUS_OK)
            continue;
        if (run->look.failed)
            return false;
        return XML_GetErrorCode(parser) == XML_ERROR_NO_MEMORY
                   ? err_no_memory(err)
                   : err_set(err, ERR_INPUT,
                             "línea %lu: el XML está cortado o mal formado: vuelva a copiarlo o a "
                             "exportarlo (%s)",
                             (unsigned long)XML_GetCurrentLineNumber(parser),
                             XML_ErrorString(XML_GetErrorCode(parser)));
    }
    return !buf_failed(&run->look.text) || err_no_memory(err);
}

bool geometry_claims_xml(json_scan_read_fn *read, void *arg, const char *format,
                         struct geometry_claims *claims, struct err *err)
{
    struct err said = {0};
    struct xml_run run = {.look = {.claims = claims, .err = &said}, .format = formats};
    while (!is(run.format->name, format))
        run.format++;
    run.look.parser = XML_ParserCreate(NULL);
    if (!run.look.parser)
        return err_no_memory(err);
    buf_init(&run.look.text);
    XML_SetUserData(run.look.parser, &run);
    XML_SetElementHandler(run.look.parser, on_start, on_end);
    XML_SetCharacterDataHandler(run.look.parser, on_text);
    XML_SetEntityDeclHandler(run.look.parser, on_entity);
    XML_SetUnknownEncodingHandler(run.look.parser, on_encoding, NULL);
    bool ok = parse(&run, read, arg, &said);
    /* GDAL makes no layer of the outermost folder if it has no places of its own. */
    if (ok && claims->n && claims->lists[0].n == 0 && claims->lists[0].layer)
        claims->lists[0].layer[0] = '\0';
    if (ok && run.look.links)
        buf_printf(&claims->note,
                   run.look.links == 1 ? "el KML enlaza otro archivo (NetworkLink), que no se lee: "
                                         "descárguelo e impórtelo aparte"
                                       : "el KML enlaza %zu archivos más (NetworkLink), que no se "
                                         "leen: descárguelos e impórtelos aparte",
                   run.look.links);
    XML_ParserFree(run.look.parser);
    buf_free(&run.look.text);
    if (!ok && err)
        *err = said;
    return ok;
}
