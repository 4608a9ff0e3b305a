/* source_path.c - finding a source, and what of it GDAL is to open. */
#include "geo/import/source_path.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "geo/base/text.h"
#include "geo/import/gdal_internal.h"
#include "geo/import/source_fetch.h"
#include "geo/import/source_zip.h"

/* A text file is read whole; larger ones belong in another format. */
static const int64_t max_text_bytes = INT64_C(1) << 30;

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* A name of its own under /vsimem/: the address of its owner tells it apart. */
static char *memory_name(const void *owner, const char *name, const char *extension)
{
    char *memory = NULL;
    if (asprintf(&memory, "/vsimem/sigg-%p/%s%s", owner, name, extension) < 0)
        return NULL;
    return memory;
}

/* Takes bytes that came from VSIMalloc(); others are borrowed. */
static bool put_file(const char *name, GByte *bytes, size_t len, bool taken, struct err *err)
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

/* Takes bytes, which came from malloc(): GDAL's VSIMalloc() is that. */
static bool fetch(struct source_path *path, const struct geo_source_limits *limits, struct err *err)
{
    struct source_fetched fetched;
    if (!source_fetch(path->named, limits, &fetched, err))
        return false;
    char *name = strndup(path->named, strcspn(path->named, "?#"));
    const char *base = name && base_name(name)[0] ? base_name(name) : "fuente";
    path->fetched =
        name ? memory_name(path, base, strchr(base, '.') ? "" : extension_of_type(fetched.type))
             : NULL;
    free(name);
    GByte *bytes = path->fetched ? gdal->VSIMalloc(fetched.len + 1) : NULL;
    if (bytes)
        memcpy(bytes, fetched.bytes, fetched.len);
    free(fetched.bytes);
    if (!bytes)
        return err_no_memory(err);
    path->whole = strdup(path->fetched);
    return put_file(path->fetched, bytes, fetched.len, true, err) &&
           (path->whole || err_no_memory(err));
}

/* What a file begins with, and which format that makes it. */
static bool look(struct source_path *path, const char *file, struct err *err)
{
    char head[SOURCE_HEAD_BYTES];
    struct err said = {0};
    VSILFILE *open = gdal->VSIFOpenL(file, "rb");
    if (!open)
        return err_set(err, ERR_INPUT, "no se puede leer «%.*s»", text_cut(path->named, 300),
                       path->named);
    size_t len = gdal->VSIFReadL(head, 1, sizeof head, open);
    gdal->VSIFCloseL(open);
    enum source_content content = source_content_of(head, len);
    path->format = source_format_of(file, content, &said);
    if (said.kind != ERR_NONE)
        return err_set(err, said.kind, "%s", said.message);
    if (path->format && path->format->inside != INSIDE_TEXT && content >= CONTENT_KML &&
        content <= CONTENT_XML && source_defines_entities(head, len))
        return err_set(err, ERR_INPUT,
                       "el XML define entidades propias (<!ENTITY>), que no se leen: vuelva a "
                       "exportarlo sin ellas");
    path->drivers = path->format ? path->format->drivers : NULL;
    return true;
}

/* Without GDAL's own looking for companions, which lists the whole folder. */
static const char *const geodatabase_options[] = {NULL};
static const char *const gml_options[] = {"DOWNLOAD_SCHEMA=NO", "WRITE_GFS=NO", NULL};

static void choose_options(struct source_path *path)
{
    bool gml = path->format && strcmp(path->format->name, "GML") == 0;
    path->open_options = gml ? gml_options : geodatabase_options;
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

/* "/vsizip/ZIP/FILE" or "/vsizip/{ZIP}/FILE": the zip, which is a file of the disk,
 * and what in it; anything else of GDAL's own file systems is not a source. */
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
    if (!look(path, path->whole, err))
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
    bool ok = false;
    if (options->embedded) {
        path->whole = strdup(options->path);
        ok = path->whole ? look(path, path->whole, err) : err_no_memory(err);
    } else if (source_is_url(options->path))
        ok = fetch(path, limits, err) && look(path, path->whole, err);
    else
        ok = find_on_disk(path, limits, err);
    if (!ok)
        source_path_free(path);
    return ok;
}

/* Inside a zip ---------------------------------------------------------------- */

/* What is there to choose from. */
struct choice {
    char *chosen;
    int found;
    bool only_shapes;
    struct buf names;
};

static bool consider(struct choice *choice, const char *name, struct err *err)
{
    static const char *const kinds[] = {".shp", ".gpkg", ".geojson", ".json", ".fgb",
                                        ".kml", ".gpx",  ".csv",     ".tsv",  ".xlsx",
                                        ".ods", ".gml",  ".tab",     ".mif",  ".kmz"};
    const char *gdb = strcasestr(name, ".gdb/");
    if (gdb) {
        size_t len = (size_t)(gdb + 4 - name);
        if (choice->chosen && strncmp(choice->chosen, name, len) == 0 && !choice->chosen[len])
            return true; /* another file of the same one */
        choice->only_shapes = false;
        buf_printf(&choice->names, "%s%.*s", choice->found++ ? ", " : "", (int)len, name);
        if (!choice->chosen)
            choice->chosen = strndup(name, len);
        return choice->chosen || err_no_memory(err);
    }
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (!source_has_extension(name, kinds[k]) || strstr(name, "__MACOSX"))
            continue;
        if (choice->found < 20)
            buf_printf(&choice->names, "%s%s", choice->found ? ", " : "", name);
        choice->found++;
        choice->only_shapes = choice->only_shapes && k == 0;
        if (!choice->chosen && !(choice->chosen = strdup(name)))
            return err_no_memory(err);
    }
    return true;
}

/* What of a zip to open: its one data file, or the folder of its shapefiles. */
static bool choose_in_zip(struct source_path *path, const struct source_zip *zip, struct err *err)
{
    struct choice choice = {.only_shapes = true};
    bool ok = true;
    buf_init(&choice.names);
    for (size_t i = 0; ok && i < zip->n; i++)
        ok = consider(&choice, zip->names[i], err);
    if (!ok)
        goto done;
    ok = false;
    if (!choice.chosen)
        err_set(err, ERR_INPUT, "el zip «%s» no tiene ningún archivo de datos conocido",
                path->named);
    else if (choice.found > 1 && !choice.only_shapes)
        err_set(err, ERR_INPUT,
                "el zip «%s» tiene %d archivos de datos (%s); nombre uno: /vsizip/%s/%s",
                path->named, choice.found, choice.names.data, path->named, choice.chosen);
    else {
        char *slash = strrchr(choice.chosen, '/');
        if (choice.found > 1) /* several shapefiles: their folder, each one a layer */
            *(slash ? slash : choice.chosen) = '\0';
        path->inside = choice.chosen;
        choice.chosen = NULL;
        ok = true;
    }
done:
    buf_free(&choice.names);
    free(choice.chosen);
    return ok;
}

/* True for a folder of the zip, which need not stand in it by itself. */
static bool is_folder_of(const struct source_zip *zip, const char *name, bool *there)
{
    size_t len = strlen(name);
    bool is_folder = len == 0;
    *there = is_folder;
    for (size_t i = 0; i < zip->n; i++)
        if (strncmp(zip->names[i], name, len) == 0 &&
            (!zip->names[i][len] || zip->names[i][len] == '/')) {
            *there = true;
            is_folder = is_folder || zip->names[i][len] == '/';
        }
    return is_folder;
}

static bool unpack_zip(struct source_path *path, const struct geo_source_limits *limits,
                       struct err *err)
{
    struct source_zip zip;
    bool there, ok = source_zip_list(path->whole, limits, &zip, err);
    if (!ok)
        return false;
    ok = path->inside || choose_in_zip(path, &zip, err);
    if (!ok)
        goto done;
    bool is_folder = is_folder_of(&zip, path->inside, &there);
    if (!there) {
        ok = err_set(err, ERR_NOT_FOUND, "no existe «%s»", path->named);
        goto done;
    }
    if (asprintf(&path->open, "/vsizip/{%s}%s%s", path->whole, path->inside[0] ? "/" : "",
                 path->inside) < 0) {
        path->open = NULL;
        ok = err_no_memory(err);
    } else if (is_folder) {
        path->format = source_format_of_folder(path->inside);
        path->drivers = path->format->drivers;
    } else
        ok = look(path, path->open, err);
done:
    source_zip_free(&zip);
    return ok;
}

/* Inside other files ------------------------------------------------------------ */

/* GDAL is to open these bytes under a name of their own; put_file() has the rest. */
static bool open_bytes(struct source_path *path, GByte *bytes, size_t len, bool taken,
                       const char *extension, struct err *err)
{
    const char *base = base_name(path->open);
    char *name = strndup(base, strcspn(base, "."));
    path->decoded = name ? memory_name(path, name[0] ? name : "fuente", extension) : NULL;
    free(name);
    if (!path->decoded) {
        if (taken)
            gdal->VSIFree(bytes);
        return err_no_memory(err);
    }
    if (!put_file(path->decoded, bytes, len, taken, err))
        return false;
    free(path->open);
    path->open = strdup(path->decoded);
    return path->open || err_no_memory(err);
}

static bool not_read(const struct source_path *path, struct err *err)
{
    return gdal_ran_out_of_memory() ? err_no_memory(err)
                                    : err_set(err, ERR_INPUT, "no se pudo leer «%s»", path->named);
}

static bool decode_text(struct source_path *path, struct err *err)
{
    GByte *bytes = NULL;
    vsi_l_offset len = 0;
    if (!gdal->VSIIngestFile(NULL, path->open, &bytes, &len, max_text_bytes)) {
        gdal->VSIFree(bytes);
        return not_read(path, err);
    }
    bool ok = source_text_read((const char *)bytes, (size_t)len, &path->text, err);
    gdal->VSIFree(bytes);
    if (!ok)
        return false;
    path->is_text = true;
    GByte *copy = gdal->VSIMalloc(path->text.bytes.len + 1);
    if (!copy)
        return err_no_memory(err);
    if (path->text.bytes.len)
        memcpy(copy, path->text.bytes.data, path->text.bytes.len);
    /* GDAL takes a file for tab-separated by its extension only where the header has no tab. */
    ok = open_bytes(path, copy, path->text.bytes.len, true, ".csv", err);
    buf_free(&path->text.bytes);
    return ok;
}

/* SQLite reads no file of GDAL's: what is in a zip or was fetched is looked at in memory. */
static bool check_sqlite(struct source_path *path, struct err *err)
{
    GByte *bytes = NULL;
    vsi_l_offset len = 0;
    bool on_disk = strncmp(path->open, "/vsi", 4) != 0;
    if (!on_disk && !path->foreign.bytes) {
        if (!gdal->VSIIngestFile(NULL, path->open, &bytes, &len, -1) || !len) {
            gdal->VSIFree(bytes);
            return not_read(path, err);
        }
        if (!geo_foreign_take(bytes, (size_t)len, &path->foreign, err))
            return false;
    }
    if (!geo_foreign_plain(on_disk ? path->open : NULL, &path->foreign, err))
        return false;
    return !path->foreign.bytes ||
           open_bytes(path, path->foreign.bytes, path->foreign.len, false,
                      strcmp(path->format->name, "GeoPackage") == 0 ? ".gpkg" : ".sqlite", err);
}

static bool check_inner_zip(const struct source_path *path, const struct geo_source_limits *limits,
                            struct err *err)
{
    struct source_zip zip;
    struct err said = {0};
    if (source_zip_list(path->open, limits, &zip, &said)) {
        source_zip_free(&zip);
        return true;
    }
    if (said.kind == ERR_INPUT && strstr(said.message, "no se puede abrir como zip"))
        return true; /* GDAL says so too, and what to do about it */
    return err_set(err, said.kind, "%s", said.message);
}

bool source_path_unpack(struct source_path *path, const struct geo_source_limits *limits,
                        struct err *err)
{
    if (path->format && path->format->inside == INSIDE_ARCHIVE) {
        if (!unpack_zip(path, limits, err))
            return false;
    } else if (path->inside)
        return err_set(err, ERR_INPUT, "«%s» no es un zip", path->named);
    else if (!(path->open = strdup(path->whole)))
        return err_no_memory(err);
    choose_options(path);
    switch (path->format ? path->format->inside : INSIDE_NOTHING) {
    case INSIDE_NOTHING:
        return true;
    case INSIDE_TEXT:
        return decode_text(path, err);
    case INSIDE_SQLITE:
        return check_sqlite(path, err);
    case INSIDE_ZIP:
        return check_inner_zip(path, limits, err);
    case INSIDE_ARCHIVE:
        break;
    }
    return err_set(err, ERR_INPUT, "hay un zip dentro del zip: descomprímalo");
}

/* Advice ------------------------------------------------------------------------ */

/* Which companion of a Shapefile is not beside it; names in capitals are fine. */
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
            const char *base = base_name(source);
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
        {".geojson", "el JSON está cortado o mal formado: vuelva a copiarlo o a exportarlo"},
        {".json", "el JSON está cortado o mal formado: vuelva a copiarlo o a exportarlo"},
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
    if (path->fetched)
        gdal->VSIUnlink(path->fetched);
    for (size_t i = 0; i < path->n_files; i++)
        free(path->files[i]);
    free(path->files);
    free(path->whole);
    free(path->inside);
    free(path->decoded);
    free(path->fetched);
    free(path->open);
    source_text_free(&path->text);
    geo_foreign_free(&path->foreign);
    *path = (struct source_path){0};
}

bool geo_source_put_memory(const char *name, const void *bytes, size_t len, struct err *err)
{
    char path[256];
    if (!gdal_load(err))
        return false;
    snprintf(path, sizeof path, "/vsimem/%s", name);
    /* Not owned by GDAL and opened for reading only: it is never written to. */
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
