/* source_path.c - finds a source, and decides what of it GDAL opens. */
#include "geo/source/source_path.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "geo/base/text.h"
#include "geo/files/gdal_internal.h"
#include "geo/files/source_unread.h"
#include "geo/source/source_fetch.h"
#include "geo/source/source_path_internal.h"

char *source_path_memory_name(const void *owner, const char *name, const char *extension)
{
    char *memory = NULL;
    if (asprintf(&memory, "/vsimem/sigg-%p/%s%s", owner, name, extension) < 0)
        return NULL;
    return memory;
}

bool source_path_put(const char *name, GByte *bytes, size_t len, bool taken, struct err *err)
{
    VSILFILE *file = gdal->VSIFileFromMemBuffer(name, bytes, len, taken);
    if (!file) {
        if (taken)
            gdal->VSIFree(bytes);
        return err_no_memory(err);
    }
    gdal->VSIFCloseL(file);
    return true;
}

static const char *extension_of_type(const char *type)
{
    static const struct {
        const char *type, *extension;
    } types[] = {
        {"text/csv", ".csv"},
        {"application/geo+json", ".geojson"},
        {"application/json", ".geojson"},
        {"application/zip", ".zip"},
        {"application/geopackage+sqlite3", ".gpkg"},
        {"application/flatgeobuf", ".fgb"},
        {"application/vnd.google-earth.kml+xml", ".kml"},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
    };
    for (size_t i = 0; type && i < sizeof types / sizeof *types; i++)
        if (strncasecmp(type, types[i].type, strlen(types[i].type)) == 0)
            return types[i].extension;
    return "";
}

/* Takes bytes allocated by malloc(), which GDAL's VSIMalloc() is. */
static bool fetch(struct source_path *path, const struct geo_source_limits *limits, struct err *err)
{
    struct source_fetched fetched;
    if (!source_fetch(path->named, limits, &fetched, err))
        return false;
    char *name = strndup(path->named, strcspn(path->named, "?#"));
    const char *base = name && source_base_name(name)[0] ? source_base_name(name) : "fuente";
    path->fetched = name ? source_path_memory_name(
                               path, base, strchr(base, '.') ? "" : extension_of_type(fetched.type))
                         : NULL;
    free(name);
    GByte *bytes = path->fetched ? gdal->VSIMalloc(fetched.len + 1) : NULL;
    if (bytes)
        memcpy(bytes, fetched.bytes, fetched.len);
    free(fetched.bytes);
    if (!bytes)
        return err_no_memory(err);
    path->whole = strdup(path->fetched);
    return source_path_put(path->fetched, bytes, fetched.len, true, err) &&
           (path->whole || err_no_memory(err));
}

/* Refuses what is recognised and not read, with what to do. */
static bool check_kind(const char *name, enum source_content content, const char *head, size_t len,
                       VSILFILE *open, struct err *err)
{
    char directory[4096];
    size_t at = content == CONTENT_OFFICE ? source_unread_office_directory(head, len) : 0, n = 0;
    if (at && gdal->VSIFSeekL(open, at, SEEK_SET) == 0)
        n = gdal->VSIFReadL(directory, 1, sizeof directory, open);
    return source_unread_check(name, content, head, len, n ? directory : NULL, n, err);
}

static bool is_utf16(const char *head, size_t len)
{
    return len >= 2 && (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0);
}

bool source_path_look(struct source_path *path, const char *file, struct err *err)
{
    char head[SOURCE_HEAD_BYTES];
    struct err said = {0};
    const char *base = source_base_name(path->is_member ? path->named : file);
    VSILFILE *open = gdal->VSIFOpenL(file, "rb");
    if (!open)
        return err_set(err, ERR_INPUT, "no se puede leer «%.*s»", text_cut(path->named, 300),
                       path->named);
    size_t len = gdal->VSIFReadL(head, 1, sizeof head, open);
    enum source_content content = source_content_of(head, len);
    bool ok = check_kind(base, content, head, len, open, err);
    gdal->VSIFCloseL(open);
    if (!ok)
        return false;
    path->format = source_format_of(file, content, &said);
    if (said.kind != ERR_NONE && is_utf16(head, len))
        return err_set(
            err, ERR_INPUT,
            "«%.*s» está en UTF-16: guárdelo en UTF-8 (en el Bloc de notas, Guardar como, "
            "Codificación)",
            text_cut(base, 200), base);
    if (said.kind != ERR_NONE)
        return err_set(err, said.kind, "%s", said.message);
    const char *advice = path->format ? NULL : source_unread_by_name(file);
    if (advice)
        return err_set(err, ERR_INPUT, "«%.*s» %s", text_cut(base, 200), base, advice);
    if (path->format && path->format->inside != INSIDE_TEXT && content >= CONTENT_KML &&
        content <= CONTENT_XML && source_defines_entities(head, len))
        return err_set(err, ERR_INPUT,
                       "el XML define entidades propias (<!ENTITY>), que no se leen: vuelva a "
                       "exportarlo sin ellas");
    if (source_has_extension(file, ".xls") && content == CONTENT_TEXT)
        source_path_note(path, "no es un libro de Excel sino un texto que se llama .xls: se leyó "
                               "como CSV");
    path->drivers = path->format ? path->format->drivers : NULL;
    return true;
}

void source_path_note(struct source_path *path, const char *sentence)
{
    buf_printf(&path->notes, "%s%s", path->notes.len ? "; " : "", sentence);
}

static char *absolute(const char *path)
{
    char *whole = NULL, *here = path[0] == '/' ? NULL : getcwd(NULL, 0);
    if (path[0] == '/')
        return strdup(path);
    if (here && asprintf(&whole, "%s/%s", here, path) < 0)
        whole = NULL;
    free(here);
    return whole;
}

/* Splits "/vsizip/ZIP/FILE" or "/vsizip/{ZIP}/FILE" into the zip, which must be a file on
 * the disk, and the file in it. Other file systems of GDAL are refused. */
static bool split_zip(struct source_path *path, struct err *err)
{
    static const char prefix[] = "/vsizip/";
    const char *rest = path->named + strlen(prefix), *end = NULL;
    if (strncmp(path->named, prefix, strlen(prefix)) == 0) {
        bool braced = rest[0] == '{';
        rest += braced;
        end = braced ? strchr(rest, '}') : strcasestr(rest, ".zip/");
        end = end && !braced ? end + strlen(".zip") : end;
    }
    if (!end || !end[0] || strncmp(rest, "/vsi", 4) == 0 || strcasestr(end, ".zip"))
        return err_set(
            err, ERR_INPUT,
            "«%.*s» no se acepta como fuente; se acepta un archivo, una carpeta, un zip, "
            "/vsizip/ZIP/ARCHIVO o una URL http:// o https://",
            text_cut(path->named, 300), path->named);
    char *zip = strndup(rest, (size_t)(end - rest));
    end += end[0] == '}';
    path->inside = strdup(end + strspn(end, "/"));
    path->whole = zip ? absolute(zip) : NULL;
    free(zip);
    return (path->whole && path->inside) || err_no_memory(err);
}

static bool find_on_disk(struct source_path *path, const struct geo_source_limits *limits,
                         struct err *err)
{
    bool is_folder = false;
    if (strncmp(path->named, "/vsi", 4) == 0
            ? !split_zip(path, err)
            : !(path->whole = absolute(path->named)) && !err_no_memory(err))
        return false;
    if (!source_files_check(path->named, path->whole, &is_folder, err) ||
        !source_files_list(path, is_folder, limits, err))
        return false;
    if (is_folder) {
        path->format = source_format_of_folder(path->whole);
        path->drivers = path->format->drivers;
        return true;
    }
    if (!source_path_look(path, path->whole, err))
        return false;
    if (path->format && path->format->inside == INSIDE_SQLITE && geo_foreign_has_log(path->whole))
        return geo_foreign_snapshot(path->whole, &path->foreign, err);
    return true;
}

bool source_path_find(const struct geo_source_options *options,
                      const struct geo_source_limits *limits, struct source_path *path,
                      struct err *err)
{
    *path = (struct source_path){.named = options->path};
    buf_init(&path->notes);
    bool ok = false;
    if (options->embedded) {
        path->whole = strdup(options->path);
        ok = path->whole ? source_path_look(path, path->whole, err) : err_no_memory(err);
    } else if (source_is_url(options->path))
        ok = fetch(path, limits, err) && source_path_look(path, path->whole, err);
    else
        ok = find_on_disk(path, limits, err);
    if (!ok)
        source_path_free(path);
    return ok;
}

/* Containers --------------------------------------------------------------------- */

/* A File Geodatabase is a folder that GDAL opens as a whole. */
static bool is_plain_folder(const char *name)
{
    return strcmp(source_format_of_folder(name)->name, "carpeta") == 0;
}

bool source_path_is_container(const struct source_path *path)
{
    if (!path->format)
        return false;
    if (path->format->inside != INSIDE_ARCHIVE)
        return strcmp(path->format->name, "carpeta") == 0;
    if (!path->inside || !path->inside[0] || source_has_extension(path->inside, ".kmz"))
        return true;
    VSIStatBufL status;
    char *file = NULL;
    if (asprintf(&file, "/vsizip/{%s}/%s", path->whole, path->inside) < 0)
        return false;
    bool folder = gdal->VSIStatL(file, &status) == 0 && VSI_ISDIR(status.st_mode);
    free(file);
    return folder && is_plain_folder(path->inside);
}

bool source_path_member(const struct source_member *member, struct source_path *path,
                        struct err *err)
{
    *path = (struct source_path){.named = member->name, .is_member = true};
    path->whole = strdup(member->zip ? member->zip : member->path);
    path->inside = member->zip ? strdup(member->inside) : NULL;
    if (!path->whole || (member->zip && !path->inside))
        return err_no_memory(err);
    if (member->zip) {
        path->format = source_format_of("datos.zip", CONTENT_ZIP, err);
        return path->format != NULL;
    }
    if (!is_plain_folder(member->path)) {
        path->format = source_format_of_folder(member->path);
        path->drivers = path->format->drivers;
        return true;
    }
    return source_path_look(path, path->whole, err);
}

/* Advice ------------------------------------------------------------------------ */

/* Names the companion files that a Shapefile lacks; names in capitals are accepted. */
static void advise_shapefile(const char *source, struct buf *out)
{
    static const char *const companions[][2] = {{".shx", ".SHX"}, {".dbf", ".DBF"}};
    size_t stem = strlen(source) - strlen(".shp");
    for (size_t i = 0; i < sizeof companions / sizeof *companions; i++) {
        VSIStatBufL status;
        bool there = false;
        for (size_t k = 0; k < 2; k++) {
            char *name = NULL;
            if (asprintf(&name, "%.*s%s", (int)stem, source, companions[i][k]) < 0)
                return;
            there = there || gdal->VSIStatL(name, &status) == 0;
            free(name);
        }
        if (!there) {
            const char *base = source_base_name(source);
            buf_printf(out,
                       ": falta «%.*s%s»: un Shapefile son al menos tres archivos, .shp, .shx y "
                       ".dbf; pídalos todos, o el .zip que los contiene",
                       (int)(strlen(base) - strlen(".shp")), base, companions[i][0]);
            return;
        }
    }
}

void source_path_advise(const char *source, struct buf *out)
{
    static const struct {
        const char *extension, *advice;
    } kinds[] = {
        {".geojson", "el JSON está cortado, mal formado o no es GeoJSON: vuelva a copiarlo, o a "
                     "exportarlo como "
                     "GeoJSON"},
        {".json", "el JSON está cortado, mal formado o no es GeoJSON: vuelva a copiarlo, o a "
                  "exportarlo como "
                  "GeoJSON"},
        {".kml", "el XML está cortado o mal formado: vuelva a copiarlo o a exportarlo"},
        {".gpx", "el XML está cortado o mal formado: vuelva a copiarlo o a exportarlo"},
        {".gml", "el XML está cortado o mal formado: vuelva a copiarlo o a exportarlo"},
        {".xlsx", "la hoja está dañada o no es de ese formato: ábrala y guárdela de nuevo"},
        {".ods", "la hoja está dañada o no es de ese formato: ábrala y guárdela de nuevo"},
        {".gpkg", "el archivo está dañado o no es un GeoPackage: vuelva a copiarlo"},
    };
    if (source_has_extension(source, ".shp"))
        advise_shapefile(source, out);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (source_has_extension(source, kinds[i].extension))
            buf_printf(out, ": %s", kinds[i].advice);
}

void source_path_free(struct source_path *path)
{
    if (path->decoded)
        gdal->VSIUnlink(path->decoded);
    if (path->inflated)
        gdal->VSIUnlink(path->inflated);
    if (path->fetched)
        gdal->VSIUnlink(path->fetched);
    for (size_t i = 0; i < path->n_files; i++)
        free(path->files[i]);
    free(path->files);
    free(path->whole);
    free(path->inside);
    free(path->decoded);
    free(path->inflated);
    free(path->fetched);
    free(path->open);
    dbf_values_free(path->dbf_values);
    mid_values_free(path->mid_values);
    kml_types_free(&path->kml_types);
    geometry_claims_free(&path->claims);
    buf_free(&path->notes);
    geo_foreign_free(&path->foreign);
    *path = (struct source_path){0};
}

bool geo_source_put_memory(const char *name, const void *bytes, size_t len, struct err *err)
{
    char path[256];
    if (!gdal_load(err))
        return false;
    snprintf(path, sizeof path, "/vsimem/%s", name);
    /* GDAL neither owns the bytes nor writes to them: it is opened for reading. */
    VSILFILE *file = gdal->VSIFileFromMemBuffer(path, (GByte *)(uintptr_t)bytes, len, FALSE);
    if (!file)
        return err_no_memory(err);
    gdal->VSIFCloseL(file);
    return true;
}

void geo_source_drop_memory(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "/vsimem/%s", name);
    gdal->VSIUnlink(path);
}
