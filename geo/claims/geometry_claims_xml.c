/* geometry_claims_xml.c - which records of a KML, GPX or GML have a geometry, and how. */
#include <stdlib.h>
#include <string.h>

#include "geo/claims/xml_look_internal.h"

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

struct xml_format {
    const char *name;
    void (*start)(struct xml_look *look, const char *name, const char **attributes);
    void (*end)(struct xml_look *look, const char *name);
};

static const struct xml_format formats[] = {{"KML", xml_kml_start, xml_kml_end},
                                            {"GPX", xml_gpx_start, xml_gpx_end},
                                            {"GML", xml_gml_start, xml_gml_end}};

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
    xml_look_fail(&run->look);
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
    while (!xml_is(run.format->name, format))
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
    bool ok = parse(&run, read, arg, &said) && xml_gml_told(&run.look, &said);
    xml_kml_told(&run.look, &claims->note);
    if (ok && claims->n == 0) /* what GDAL finds all the same is refused */
        ok = geometry_claims_list(claims, NULL, 0, &said) != NULL;
    claims->in_order = xml_is(format, "KML");
    /* GDAL makes no layer of the outermost folder if it has nothing but folders. */
    if (ok && claims->in_order && claims->lists[0].layer && !run.look.own_features)
        claims->first = 1;
    xml_kml_place_told(&run.look, &claims->note);
    XML_ParserFree(run.look.parser);
    free(run.look.place.data);
    buf_free(&run.look.text);
    if (!ok && err)
        *err = said;
    return ok;
}
