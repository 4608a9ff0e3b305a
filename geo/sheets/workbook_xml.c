/* workbook_xml.c - reads the XML of a workbook with expat, by a table of rules. */
#include "geo/sheets/workbook_xml.h"

#include <expat.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/files/source_zip_read.h"

/* Known elements nest less than 20 deep, spans of text in ODS a little more. A tag is some
 * hundred bytes; expat keeps an unfinished one in memory, so its length has a limit. */
enum { KNOWN_DEPTH = 128, ALL_DEPTH = 1000, CHUNK = 64 * 1024, TAG_BYTES = 4 << 20 };

struct workbook_xml {
    XML_Parser parser;
    struct source_zip_part *part; /* NULL: bytes */
    const char *before, *bytes;   /* `before` comes first; NULL: it was fed */
    size_t left;                  /* of bytes */
    const char *name;
    const struct workbook_xml_calls *calls;
    void *arg;
    unsigned char places[KNOWN_DEPTH]; /* of the open elements that are known */
    int depth, skipped;                /* open elements: known ones, and those in a skipped one */
    bool paused, last, ended, failed;
    int64_t fed; /* bytes */
    struct err err;
};

/* The name without its prefix. Names are a few letters long: a loop is faster than strchr(). */
static const char *local(const char *name)
{
    const char *at = name;
    while (*at && *at != ':')
        at++;
    return *at ? at + 1 : name;
}

static bool same(const char *a, const char *b)
{
    return a[0] == b[0] && strcmp(a, b) == 0;
}

const char *workbook_xml_attribute(const char *const *attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (same(attributes[0], name) ||
            (same(local(attributes[0]), name) && strncmp(attributes[0], "calcext:", 8) != 0))
            return attributes[1];
    return NULL;
}

/* Ends the parsing with the error that xml->err has. */
static void stop(struct workbook_xml *xml)
{
    xml->failed = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

/* The place of an element in the innermost open one. */
static int place_of(const struct workbook_xml *xml, const char *name)
{
    int parent = xml->depth ? xml->places[xml->depth - 1] : WORKBOOK_XML_ROOT;
    for (const struct workbook_xml_rule *rule = xml->calls->rules; rule->name; rule++)
        if (rule->parent == parent && (same(rule->name, name) || rule->name[0] == '*'))
            return rule->place;
    return WORKBOOK_XML_SKIP;
}

static void on_text(void *arg, const XML_Char *text, int len)
{
    struct workbook_xml *xml = arg;
    if (!xml->failed &&
        !xml->calls->text(xml->arg, xml->places[xml->depth - 1], text, (size_t)len, &xml->err))
        stop(xml);
}

/* Expat is asked for text only where it is wanted: most of it is the layout of the file. */
static void choose_text(struct workbook_xml *xml)
{
    bool wanted = xml->depth && !xml->skipped && xml->places[xml->depth - 1] >= WORKBOOK_XML_TEXT;
    XML_SetCharacterDataHandler(xml->parser, wanted ? on_text : NULL);
}

static void on_start(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct workbook_xml *xml = arg;
    int place = xml->skipped ? WORKBOOK_XML_SKIP : place_of(xml, local(name));
    bool known = place != WORKBOOK_XML_SKIP;
    if (xml->failed)
        return;
    if (!known && xml->depth == 0) {
        err_set(&xml->err, ERR_INPUT,
                "no es una hoja de cálculo, o está dañada: «%s» empieza con <%.80s>", xml->name,
                name);
        stop(xml);
    } else if (xml->depth + xml->skipped >= ALL_DEPTH || (known && xml->depth >= KNOWN_DEPTH)) {
        err_set(&xml->err, ERR_INPUT, "el archivo está dañado: «%s» anida demasiados elementos",
                xml->name);
        stop(xml);
    } else if (!known) {
        xml->skipped++;
    } else {
        xml->places[xml->depth++] = (unsigned char)place;
        if (!xml->calls->start(xml->arg, place, (const char *const *)attributes, &xml->err))
            stop(xml);
    }
    choose_text(xml);
}

static void on_end(void *arg, const XML_Char *name)
{
    struct workbook_xml *xml = arg;
    (void)name;
    if (xml->failed)
        return;
    if (xml->skipped)
        xml->skipped--;
    else if (!xml->calls->end(xml->arg, xml->places[--xml->depth], &xml->err))
        stop(xml);
    choose_text(xml);
}

static void on_document_type(void *arg, const XML_Char *name, const XML_Char *system,
                             const XML_Char *public, int internal)
{
    struct workbook_xml *xml = arg;
    (void)name, (void)system, (void)public, (void)internal;
    err_set(&xml->err, ERR_INPUT,
            "«%s» declara un tipo de documento (DOCTYPE), que ninguna hoja de cálculo necesita: "
            "ábrala y guárdela de nuevo",
            xml->name);
    stop(xml);
}

void workbook_xml_pause(struct workbook_xml *xml)
{
    xml->paused = XML_StopParser(xml->parser, XML_TRUE) == XML_STATUS_OK;
}

void workbook_xml_skip(struct workbook_xml *xml)
{
    xml->depth--;
    xml->skipped++;
}

int64_t workbook_xml_at(const struct workbook_xml *xml)
{
    return XML_GetCurrentByteIndex(xml->parser);
}

static struct workbook_xml *new_xml(const char *part, const struct workbook_xml_calls *calls,
                                    void *arg, struct err *err)
{
    struct workbook_xml *xml = calloc(1, sizeof *xml);
    if (xml)
        *xml = (struct workbook_xml){
            .name = part, .calls = calls, .arg = arg, .parser = XML_ParserCreate(NULL)};
    if (!xml || !xml->parser) {
        err_no_memory(err);
        free(xml);
        return NULL;
    }
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_document_type);
    return xml;
}

struct workbook_xml *workbook_xml_open(const char *path, const char *part,
                                       const struct workbook_xml_calls *calls, void *arg,
                                       struct err *err)
{
    struct workbook_xml *xml = new_xml(part, calls, arg, err);
    if (xml && !(xml->part = source_zip_part_open(path, part, err))) {
        workbook_xml_close(xml);
        return NULL;
    }
    return xml;
}

struct workbook_xml *workbook_xml_open_bytes(const char *before, const char *bytes, size_t len,
                                             const char *part,
                                             const struct workbook_xml_calls *calls, void *arg,
                                             struct err *err)
{
    struct workbook_xml *xml = new_xml(part, calls, arg, err);
    if (xml) {
        xml->before = before;
        xml->bytes = bytes;
        xml->left = len;
    }
    return xml;
}

void workbook_xml_close(struct workbook_xml *xml)
{
    if (!xml)
        return;
    if (xml->parser)
        XML_ParserFree(xml->parser);
    source_zip_part_close(xml->part);
    free(xml);
}

static bool explain(struct workbook_xml *xml, struct err *err)
{
    enum XML_Error code = XML_GetErrorCode(xml->parser);
    if (xml->err.kind == ERR_NONE && code == XML_ERROR_NO_MEMORY)
        err_no_memory(&xml->err);
    if (xml->err.kind == ERR_NONE)
        err_set(&xml->err, ERR_INPUT,
                "el archivo está dañado («%s», línea %lu: %s): ábralo y guárdelo de nuevo",
                xml->name, (unsigned long)XML_GetCurrentLineNumber(xml->parser),
                XML_ErrorString(code));
    xml->failed = true;
    return err_set(err, xml->err.kind, "%s", xml->err.message);
}

/* The next bytes, from the zip or from memory. *len 0: there are no more. */
static bool next_bytes(struct workbook_xml *xml, void *out, size_t *len, struct err *err)
{
    if (xml->part)
        return source_zip_part_read(xml->part, out, CHUNK, len, err);
    if (xml->before) {
        *len = strnlen(xml->before, CHUNK);
        memcpy(out, xml->before, *len);
        xml->before = NULL;
        return true;
    }
    *len = xml->left < CHUNK ? xml->left : CHUNK;
    memcpy(out, xml->bytes, *len);
    xml->bytes += *len;
    xml->left -= *len;
    return true;
}

/* Parses the next bytes of the file. */
static bool feed(struct workbook_xml *xml, enum XML_Status *status, struct err *err)
{
    size_t len = 0;
    void *bytes = XML_GetBuffer(xml->parser, CHUNK);
    if (!bytes)
        return err_no_memory(err);
    if (!next_bytes(xml, bytes, &len, err))
        return false;
    xml->fed += (int64_t)len;
    xml->last = len == 0;
    *status = XML_ParseBuffer(xml->parser, (int)len, xml->last);
    if (*status != XML_STATUS_OK || xml->last ||
        xml->fed - XML_GetCurrentByteIndex(xml->parser) <= TAG_BYTES)
        return true;
    return err_set(err, ERR_INPUT, "el archivo está dañado: «%s» tiene una etiqueta sin fin",
                   xml->name);
}

bool workbook_xml_run(struct workbook_xml *xml, bool *ended, struct err *err)
{
    *ended = false;
    while (!xml->ended && !xml->failed) {
        enum XML_Status status = XML_STATUS_ERROR;
        if (xml->paused) {
            xml->paused = false;
            status = XML_ResumeParser(xml->parser);
        } else if (!feed(xml, &status, &xml->err))
            break;
        if (status == XML_STATUS_ERROR)
            break;
        if (status == XML_STATUS_SUSPENDED)
            return true;
        xml->ended = xml->last;
    }
    *ended = xml->ended;
    return xml->ended || explain(xml, err);
}

bool workbook_xml_read(const char *path, const char *part, const struct workbook_xml_calls *calls,
                       void *arg, struct err *err)
{
    bool ended = false;
    struct workbook_xml *xml = workbook_xml_open(path, part, calls, arg, err);
    bool ok = xml && workbook_xml_run(xml, &ended, err);
    workbook_xml_close(xml);
    return ok;
}
