/* source_format.c - a file's format by its name and its first bytes. */
#include "geo/files/source_format.h"

#include <string.h>
#include <strings.h>

#include "geo/base/text.h"

#define BIT(content) (1u << (content))
#define ANY_XML (BIT(CONTENT_XML) | BIT(CONTENT_KML) | BIT(CONTENT_GPX) | BIT(CONTENT_GML))
#define ANY_TEXT (ANY_XML | BIT(CONTENT_JSON) | BIT(CONTENT_TEXT) | BIT(CONTENT_BINARY))

/* clang-format off */
static const struct source_format formats[] = {
    {"Shapefile", BIT(CONTENT_SHAPE), {"ESRI Shapefile"}, {".shp", ".shx"}, INSIDE_NOTHING},
    {"dBASE", BIT(CONTENT_BINARY) | BIT(CONTENT_TEXT), {"ESRI Shapefile"}, {".dbf"}, INSIDE_NOTHING},
    {"GeoPackage", BIT(CONTENT_SQLITE), {"GPKG"}, {".gpkg"}, INSIDE_SQLITE},
    {"SQLite", BIT(CONTENT_SQLITE), {"GPKG", "SQLite"}, {".sqlite", ".sqlite3", ".db", ".spatialite"},
     INSIDE_SQLITE},
    {"GeoJSON", BIT(CONTENT_JSON), {"GeoJSON", "GeoJSONSeq", "ESRIJSON", "TopoJSON"},
     {".geojson", ".json", ".geojsonl", ".geojsons", ".ndjson", ".jsonl", ".topojson"}, INSIDE_JSON},
    {"CSV", ANY_TEXT, {NULL}, {".csv", ".tsv", ".txt"}, INSIDE_TEXT},
    {"XLSX", BIT(CONTENT_ZIP), {NULL}, {".xlsx", ".xlsm", ".xls", ".xltx", ".xltm"}, INSIDE_BOOK},
    {"CSV", BIT(CONTENT_TEXT), {NULL}, {".xls"}, INSIDE_TEXT}, /* a table saved as .xls */
    {"ODS", BIT(CONTENT_ZIP), {NULL}, {".ods", ".ots"}, INSIDE_BOOK},
    {"KML", BIT(CONTENT_KML) | BIT(CONTENT_XML), {"LIBKML", "KML"}, {".kml"}, INSIDE_NOTHING},
    {"KMZ", BIT(CONTENT_ZIP), {NULL}, {".kmz"}, INSIDE_ARCHIVE},
    {"GPX", BIT(CONTENT_GPX) | BIT(CONTENT_XML), {"GPX"}, {".gpx"}, INSIDE_NOTHING},
    {"GML", BIT(CONTENT_GML) | BIT(CONTENT_XML), {"GML"}, {".gml"}, INSIDE_NOTHING},
    {"FlatGeobuf", BIT(CONTENT_FLATGEOBUF), {"FlatGeobuf"}, {".fgb"}, INSIDE_NOTHING},
    {"MapInfo", BIT(CONTENT_TEXT), {"MapInfo File"}, {".tab", ".mif", ".mid"}, INSIDE_NOTHING},
    {"zip", BIT(CONTENT_ZIP), {NULL}, {".zip", ".shz"}, INSIDE_ARCHIVE},
    {"gzip", BIT(CONTENT_GZIP), {NULL}, {".gz"}, INSIDE_GZIP},
};
/* clang-format on */

static const struct source_format geodatabase = {
    "File Geodatabase", 0, {"OpenFileGDB"}, {NULL}, INSIDE_NOTHING};
static const struct source_format folder = {
    "carpeta", 0, {"ESRI Shapefile", "MapInfo File", "CSV", "FlatGeobuf"}, {NULL}, INSIDE_NOTHING};

static const char *const content_names[CONTENTS] = {
    [CONTENT_EMPTY] = "un archivo vacío",
    [CONTENT_SQLITE] = "una base SQLite",
    [CONTENT_ZIP] = "un zip (o una hoja XLSX u ODS)",
    [CONTENT_SHAPE] = "un Shapefile",
    [CONTENT_FLATGEOBUF] = "un FlatGeobuf",
    [CONTENT_PDF] = "un PDF",
    [CONTENT_GZIP] = "un gzip",
    [CONTENT_OFFICE] = "un documento de Office de antes de 2007, o con contraseña",
    [CONTENT_RAR] = "un archivo RAR",
    [CONTENT_7Z] = "un archivo 7z",
    [CONTENT_PACKED] = "un archivo comprimido",
    [CONTENT_ACCESS] = "una base de Access",
    [CONTENT_RTF] = "un documento RTF",
    [CONTENT_IMAGE] = "una imagen",
    [CONTENT_DWG] = "un plano de AutoCAD",
    [CONTENT_HTML] = "una página web (HTML)",
    [CONTENT_EXCEL_XML] = "una hoja de Excel 2003 en XML",
    [CONTENT_FLAT_ODS] = "una hoja de LibreOffice en XML",
    [CONTENT_KML] = "KML",
    [CONTENT_GPX] = "GPX",
    [CONTENT_GML] = "GML",
    [CONTENT_XML] = "XML",
    [CONTENT_JSON] = "JSON",
    [CONTENT_TEXT] = "texto",
    [CONTENT_BINARY] = "datos binarios",
};

const char *source_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool source_has_extension(const char *path, const char *extension)
{
    size_t len = strlen(path), n = strlen(extension);
    return len > n && strcasecmp(path + len - n, extension) == 0;
}

/* Content ---------------------------------------------------------------------- */

static bool holds(const char *head, size_t len, const char *word)
{
    return memmem(head, len, word, strlen(word)) != NULL;
}

static bool holds_any_case(const char *head, size_t len, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= len; i++)
        if (head[i] == word[0] && strncasecmp(head + i, word, n) == 0)
            return true;
    return false;
}

static enum source_content xml_of(const char *head, size_t len)
{
    if (holds(head, len, "<kml") || holds(head, len, ":kml"))
        return CONTENT_KML;
    if (holds(head, len, "<gpx") || holds(head, len, ":gpx"))
        return CONTENT_GPX;
    if (holds(head, len, "schemas-microsoft-com:office:spreadsheet") &&
        holds(head, len, "<Workbook"))
        return CONTENT_EXCEL_XML;
    if (holds(head, len, "opengis.net/gml") || holds(head, len, "ExceptionReport"))
        return CONTENT_GML;
    if (holds_any_case(head, len, "urn:oasis:names:tc:opendocument:"))
        return CONTENT_FLAT_ODS;
    return holds_any_case(head, len, "<html") || holds_any_case(head, len, "<table") ||
                   holds_any_case(head, len, "<!doctype html")
               ? CONTENT_HTML
               : CONTENT_XML;
}

static enum source_content text_of(const char *head, size_t len)
{
    size_t at = len >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (len >= 2 && (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0))
        return CONTENT_TEXT;
    if (len >= 10 && memcmp(head, "BZh", 3) == 0 && memcmp(head + 4, "1AY&SY", 6) == 0)
        return CONTENT_PACKED;
    if (memchr(head, '\0', len))
        return len > 6 && memcmp(head, "AC10", 4) == 0 && !head[6] ? CONTENT_DWG : CONTENT_BINARY;
    while (at < len && strchr(" \t\r\n\x1E", head[at]))
        at++;
    if (at < len && head[at] == '<')
        return xml_of(head, len);
    if (len >= 13 && strncasecmp(head, "MIME-Version:", 13) == 0)
        return CONTENT_HTML; /* a page with its pictures, as Excel saves it */
    return at < len && (head[at] == '{' || head[at] == '[') ? CONTENT_JSON : CONTENT_TEXT;
}

enum source_content source_content_of(const void *bytes, size_t len)
{
    static const struct {
        const char *magic;
        size_t len;
        enum source_content content;
    } magics[] = {
        {"SQLite format 3", 16, CONTENT_SQLITE},
        {"PK\003\004", 4, CONTENT_ZIP},
        {"PK\005\006", 4, CONTENT_ZIP},
        {"\0\0\x27\x0a", 4, CONTENT_SHAPE},
        {"fgb\003fgb", 7, CONTENT_FLATGEOBUF},
        {"%PDF-", 5, CONTENT_PDF},
        {"\x1F\x8B", 2, CONTENT_GZIP},
        {"\xD0\xCF\x11\xE0", 4, CONTENT_OFFICE},
        {"Rar!\x1A\x07", 6, CONTENT_RAR},
        {"7z\xBC\xAF\x27\x1C", 6, CONTENT_7Z},
        {"\xFD"
         "7zXZ",
         5, CONTENT_PACKED},
        {"\x28\xB5\x2F\xFD", 4, CONTENT_PACKED},
        {"\0\1\0\0Standard ", 13, CONTENT_ACCESS},
        {"{\\rtf", 5, CONTENT_RTF},
        {"\xFF\xD8\xFF", 3, CONTENT_IMAGE},
        {"\t\x08\x08\0", 4, CONTENT_OFFICE},
        {"\t\x08\x10\0", 4, CONTENT_OFFICE},
        {"\t\x04\x06\0", 4, CONTENT_OFFICE},
        {"\t\x02\x06\0", 4, CONTENT_OFFICE},
        {"\x89PNG", 4, CONTENT_IMAGE},
        {"II*\0", 4, CONTENT_IMAGE},
        {"MM\0*", 4, CONTENT_IMAGE},
    };
    const char *head = bytes;
    if (len == 0)
        return CONTENT_EMPTY;
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (len >= magics[i].len && memcmp(head, magics[i].magic, magics[i].len) == 0)
            return magics[i].content;
    return text_of(head, len < SOURCE_HEAD_BYTES ? len : SOURCE_HEAD_BYTES);
}

bool source_defines_entities(const void *head, size_t len)
{
    return holds(head, len, "<!ENTITY");
}

/* Format ----------------------------------------------------------------------- */

/* By the name; of several formats of one extension that with such content. */
static const struct source_format *format_named(const char *path, enum source_content content)
{
    const struct source_format *named = NULL;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        for (size_t k = 0; formats[i].extensions[k]; k++)
            if (source_has_extension(path, formats[i].extensions[k]) &&
                (!named || (formats[i].contents & BIT(content)) != 0))
                named = &formats[i];
    return named;
}

/* The format of a file whose name has no known extension, by its content. Not for zips,
 * which GDAL recognises by name only. */
static const struct source_format *format_like(enum source_content content)
{
    static const char *const like[CONTENTS] = {
        [CONTENT_SQLITE] = "SQLite",
        [CONTENT_SHAPE] = "Shapefile",
        [CONTENT_FLATGEOBUF] = "FlatGeobuf",
        [CONTENT_KML] = "KML",
        [CONTENT_GPX] = "GPX",
        [CONTENT_GML] = "GML",
        [CONTENT_JSON] = "GeoJSON",
        [CONTENT_GZIP] = "gzip",
    };
    for (size_t i = 0; like[content] && i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, like[content]) == 0)
            return &formats[i];
    return NULL;
}

const struct source_format *source_format_of(const char *path, enum source_content content,
                                             struct err *err)
{
    const struct source_format *format = format_named(path, content);
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    if (!format)
        return format_like(content);
    if (content == CONTENT_EMPTY || (format->contents & BIT(content)) != 0)
        return format;
    err_set(
        err, ERR_INPUT,
        "«%.*s» no es un archivo de datos que se pueda leer: parece %s, no %s; dele la extensión "
        "que le toca, o vuelva a exportarlo",
        text_cut(name, 300), name, content_names[content], format->name);
    return NULL;
}

const struct source_format *source_format_of_folder(const char *path)
{
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    bool gdb = len > 4 && strncasecmp(path + len - 4, ".gdb", 4) == 0;
    return gdb ? &geodatabase : &folder;
}
