#include "geo/import/source_path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/import/gdal_internal.h"
#include "geo/import/source.h"

/* A text file is read whole; larger ones belong in another format. */
static const int64_t max_text_bytes = INT64_C(1) << 30;

static bool has_extension(const char *path, const char *extension)
{
    size_t len = strlen(path), n = strlen(extension);
    return len > n && strcasecmp(path + len - n, extension) == 0;
}

static bool is_delimited(const char *path)
{
    return has_extension(path, ".csv") || has_extension(path, ".tsv") ||
           has_extension(path, ".txt");
}

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

/* Takes bytes, which came from VSIMalloc(). */
static bool put_file(const char *name, GByte *bytes, size_t len, struct err *err)
{
    VSILFILE *file = gdal->VSIFileFromMemBuffer(name, bytes, len, TRUE);
    if (!file) {
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

/* An import reads all of a source, so the whole is fetched at once: that also
 * works with servers that do not answer ranges, as /vsicurl/ needs. */
static bool fetch(const char *url, struct source_path *path, struct err *err)
{
    char *options[] = {"CONNECTTIMEOUT=20", "LOW_SPEED_TIME=60", "LOW_SPEED_LIMIT=1", NULL};
    CPLHTTPResult *result = gdal->CPLHTTPFetch(url, options);
    char *name = NULL;
    bool ok = false;
    if (!result || result->nStatus != 0 || result->pszErrBuf || !result->pabyData) {
        const char *why = result && result->pszErrBuf ? result->pszErrBuf : "no hubo respuesta";
        err_set(err, ERR_DEPENDENCY, "no se pudo leer «%s»: %s", url, why);
        goto done;
    }
    name = strndup(url, strcspn(url, "?#"));
    if (!name) {
        err_no_memory(err);
        goto done;
    }
    const char *base = base_name(name)[0] ? base_name(name) : "fuente";
    path->fetched =
        memory_name(path, base, strchr(base, '.') ? "" : extension_of_type(result->pszContentType));
    if (!path->fetched) {
        err_no_memory(err);
        goto done;
    }
    GByte *bytes = result->pabyData;
    result->pabyData = NULL;
    ok = put_file(path->fetched, bytes, (size_t)result->nDataLen, err);
done:
    free(name);
    gdal->CPLHTTPDestroyResult(result);
    return ok;
}

/* What of a zip to open: its one data file, or the folder of its shapefiles. */
static char *choose_in_zip(const char *zip, struct err *err)
{
    static const char *const kinds[] = {".shp", ".gpkg", ".geojson", ".json", ".fgb",
                                        ".kml", ".gpx",  ".csv",     ".tsv",  ".xlsx",
                                        ".ods", ".gml",  ".tab",     ".mif",  ".kmz"};
    char *inside = NULL, *chosen = NULL, *open = NULL;
    char **entries = NULL;
    int found = 0;
    bool only_shapes = true;
    struct buf names;
    buf_init(&names);
    if (asprintf(&inside, "/vsizip/{%s}", zip) < 0) {
        inside = NULL;
        err_no_memory(err);
        goto done;
    }
    entries = gdal->VSIReadDirRecursive(inside);
    for (int i = 0; entries && entries[i]; i++) {
        const char *gdb = strcasestr(entries[i], ".gdb/");
        if (gdb && !gdb[5] && !found++) {
            chosen = strndup(entries[i], (size_t)(gdb + 4 - entries[i]));
            only_shapes = false;
            continue;
        }
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            if (!has_extension(entries[i], kinds[k]) || strstr(entries[i], "__MACOSX"))
                continue;
            buf_printf(&names, "%s%s", found++ ? ", " : "", entries[i]);
            only_shapes = only_shapes && k == 0;
            if (!chosen)
                chosen = strdup(entries[i]);
        }
    }
    if (!entries)
        err_set(err, ERR_INPUT, "«%s» no se puede abrir como zip", zip);
    else if (!chosen)
        err_set(err, ERR_INPUT, "el zip «%s» no tiene ningún archivo de datos conocido", zip);
    else if (found > 1 && !only_shapes)
        err_set(err, ERR_INPUT,
                "el zip «%s» tiene %d archivos de datos (%s); nombre uno: /vsizip/%s/%s", zip,
                found, names.data, zip, chosen);
    else {
        if (found > 1) /* several shapefiles: their folder, each one a layer */
            *(strrchr(chosen, '/') ? strrchr(chosen, '/') : chosen) = '\0';
        if (asprintf(&open, "%s%s%s", inside, chosen[0] ? "/" : "", chosen) < 0) {
            open = NULL;
            err_no_memory(err);
        }
    }
done:
    buf_free(&names);
    gdal->CSLDestroy(entries);
    free(chosen);
    free(inside);
    return open;
}

static bool decode_text(struct source_path *path, struct err *err)
{
    GByte *bytes = NULL;
    vsi_l_offset len = 0;
    bool ok = false;
    char *name = NULL;
    if (!gdal->VSIIngestFile(NULL, path->open, &bytes, &len, max_text_bytes)) {
        err_set(err, ERR_INPUT, "no se pudo leer «%s»", path->open);
        goto done;
    }
    if (!source_text_read((const char *)bytes, (size_t)len, &path->text, err))
        goto done;
    path->is_text = true;
    const char *base = base_name(path->open);
    name = strndup(base, strcspn(base, "."));
    /* GDAL takes a file for tab-separated by its extension only where the header has no tab. */
    path->decoded = name ? memory_name(path, name[0] ? name : "fuente", ".csv") : NULL;
    GByte *copy = path->decoded ? gdal->VSIMalloc(path->text.bytes.len + 1) : NULL;
    if (!copy) {
        err_no_memory(err);
        goto done;
    }
    if (path->text.bytes.len)
        memcpy(copy, path->text.bytes.data, path->text.bytes.len);
    if (!put_file(path->decoded, copy, path->text.bytes.len, err))
        goto done;
    buf_free(&path->text.bytes);
    free(path->open);
    path->open = strdup(path->decoded);
    ok = path->open || err_no_memory(err);
done:
    free(name);
    gdal->VSIFree(bytes);
    return ok;
}

bool source_path_resolve(const char *source, struct source_path *path, struct err *err)
{
    *path = (struct source_path){0};
    if (strncasecmp(source, "http://", 7) == 0 || strncasecmp(source, "https://", 8) == 0) {
        if (!fetch(source, path, err))
            goto failed;
        source = path->fetched;
    }
    VSIStatBufL status;
    bool there = gdal->VSIStatL(source, &status) == 0;
    if (!there) {
        err_set(err, ERR_NOT_FOUND, "no existe «%s»", source);
        goto failed;
    }
    bool folder = VSI_ISDIR(status.st_mode);
    path->open = has_extension(source, ".zip") ? choose_in_zip(source, err) : strdup(source);
    if (!path->open) {
        if (!has_extension(source, ".zip"))
            err_no_memory(err);
        goto failed;
    }
    if (!folder && is_delimited(path->open) && !decode_text(path, err))
        goto failed;
    return true;
failed:
    source_path_free(path);
    return false;
}

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
    if (has_extension(source, ".shp"))
        advise_shapefile(source, out);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (has_extension(source, kinds[i].extension))
            buf_printf(out, ": %s", kinds[i].advice);
}

void source_path_free(struct source_path *path)
{
    if (path->decoded)
        gdal->VSIUnlink(path->decoded);
    if (path->fetched)
        gdal->VSIUnlink(path->fetched);
    free(path->decoded);
    free(path->fetched);
    free(path->open);
    source_text_free(&path->text);
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
