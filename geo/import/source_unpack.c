/* source_unpack.c - inspects the content of a source before GDAL opens it.
 *
 * The directory of a zip, the encoding of a text, the schema of an SQLite file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/import/gdal_internal.h"
#include "geo/import/source_json.h"
#include "geo/import/source_path_internal.h"
#include "geo/import/source_zip.h"

/* Limit for text files, which are read into memory; larger data belong in another format. */
static const int64_t max_text_bytes = INT64_C(1) << 30;

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *const no_options[] = {NULL};
/* Does not download the schema that the file names, and writes no index beside it. */
static const char *const gml_options[] = {"DOWNLOAD_SCHEMA=NO", "WRITE_GFS=NO", NULL};

static void choose_options(struct source_path *path)
{
    bool gml = path->format && strcmp(path->format->name, "GML") == 0;
    path->open_options = gml ? gml_options : no_options;
}

/* Inside a zip ---------------------------------------------------------------- */

/* The data files found in a zip. */
struct source_unpack_choice {
    char *chosen;
    int found;
    bool only_shapes;
    struct buf names;
};

static bool consider(struct source_unpack_choice *choice, const char *name, struct err *err)
{
    static const char *const kinds[] = {".shp", ".gpkg", ".geojson", ".json", ".fgb",
                                        ".kml", ".gpx",  ".csv",     ".tsv",  ".xlsx",
                                        ".ods", ".gml",  ".tab",     ".mif",  ".kmz"};
    const char *gdb = strcasestr(name, ".gdb/");
    if (gdb) {
        size_t len = (size_t)(gdb + 4 - name);
        if (choice->chosen && strncmp(choice->chosen, name, len) == 0 && !choice->chosen[len])
            return true; /* another file of the same Shapefile */
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

/* What to open in a zip: its only data file, or the folder of its shapefiles. */
static bool choose_in_zip(struct source_path *path, const struct source_zip *zip, struct err *err)
{
    struct source_unpack_choice choice = {.only_shapes = true};
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
        if (choice.found > 1) /* several shapefiles: their folder, in which each is a layer */
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

/* True for a folder of the zip, which need not be listed itself. */
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
        ok = source_path_look(path, path->open, err);
done:
    source_zip_free(&zip);
    return ok;
}

/* Inside other files ------------------------------------------------------------ */

/* Registers bytes under /vsimem/ for GDAL to open; source_path_put() has details. */
static bool open_bytes(struct source_path *path, GByte *bytes, size_t len, bool taken,
                       const char *extension, struct err *err)
{
    const char *base = base_name(path->open);
    char *name = strndup(base, strcspn(base, "."));
    path->decoded =
        name ? source_path_memory_name(path, name[0] ? name : "fuente", extension) : NULL;
    free(name);
    if (!path->decoded) {
        if (taken)
            gdal->VSIFree(bytes);
        return err_no_memory(err);
    }
    if (!source_path_put(path->decoded, bytes, len, taken, err))
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
    /* Given as .csv: GDAL then detects the separator, also a tab, in the header. The
     * extension .tsv would force tabs. */
    ok = open_bytes(path, copy, path->text.bytes.len, true, ".csv", err);
    buf_free(&path->text.bytes);
    return ok;
}

/* SQLite cannot read GDAL's virtual files: files from a zip or a URL are inspected in
 * memory. */
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

static size_t read_file(void *arg, char *bytes, size_t size)
{
    return gdal->VSIFReadL(bytes, 1, size, arg);
}

/* Gives GDAL an Esri JSON as it reads it. */
static bool complete_json(struct source_path *path, struct err *err)
{
    GByte *bytes = NULL;
    vsi_l_offset len = 0;
    struct buf whole;
    if (!gdal->VSIIngestFile(NULL, path->open, &bytes, &len, max_text_bytes)) {
        gdal->VSIFree(bytes);
        return not_read(path, err);
    }
    buf_init(&whole);
    bool ok = source_json_complete((const char *)bytes, (size_t)len, &whole, err);
    gdal->VSIFree(bytes);
    GByte *copy = ok ? gdal->VSIMalloc(whole.len + 1) : NULL;
    if (copy)
        memcpy(copy, whole.data, whole.len);
    ok = copy ? open_bytes(path, copy, whole.len, true, ".json", err) : ok && err_no_memory(err);
    buf_free(&whole);
    return ok;
}

static const char *const esri_drivers[] = {"ESRIJSON", NULL};

static bool check_json(struct source_path *path, struct err *err)
{
    enum source_json_kind kind;
    VSILFILE *file = gdal->VSIFOpenL(path->open, "rb");
    if (!file)
        return not_read(path, err);
    bool ok = source_json_look(read_file, file, &kind, err);
    gdal->VSIFCloseL(file);
    if (!ok)
        return err_wrap(err, "«%.*s» no es un archivo de datos que se pueda leer",
                        text_cut(base_name(path->named), 300), base_name(path->named));
    if (kind == SOURCE_JSON_GEOJSON)
        return true;
    path->drivers = esri_drivers; /* that of GeoJSON takes features with any members */
    return complete_json(path, err);
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
        return true; /* GDAL reports it too, with advice */
    return err_set(err, said.kind, "%s", said.message);
}

static bool look_inside(struct source_path *path, const struct geo_source_limits *limits,
                        struct err *err)
{
    switch (path->format ? path->format->inside : INSIDE_NOTHING) {
    case INSIDE_NOTHING:
        return true;
    case INSIDE_TEXT:
        return decode_text(path, err);
    case INSIDE_SQLITE:
        return check_sqlite(path, err);
    case INSIDE_ZIP:
        return check_inner_zip(path, limits, err);
    case INSIDE_JSON:
        return check_json(path, err);
    case INSIDE_GZIP:
        return err_set(err, ERR_INPUT, "hay un gzip dentro del gzip: descomprímalo");
    case INSIDE_ARCHIVE:
        break;
    }
    return err_set(err, ERR_INPUT, "hay un zip dentro del zip: descomprímalo");
}

/* The document that GDAL reads of a KMZ. */
static char *kml_of_kmz(const char *path, const struct geo_source_limits *limits)
{
    struct source_zip zip;
    char *kml = NULL;
    if (!source_zip_list(path, limits, &zip, NULL))
        return NULL;
    size_t chosen = zip.n;
    for (size_t i = zip.n; i-- > 0;)
        if (source_has_extension(zip.names[i], ".kml") &&
            (chosen == zip.n || strcasecmp(zip.names[chosen], "doc.kml") != 0))
            chosen = i;
    if (chosen < zip.n && asprintf(&kml, "/vsizip/{%s}/%s", path, zip.names[chosen]) < 0)
        kml = NULL;
    source_zip_free(&zip);
    return kml;
}

/* Notes what the file says of its geometries. */
static bool read_claims(struct source_path *path, const struct geo_source_limits *limits,
                        struct err *err)
{
    static const struct source_format kml = {.name = "KML"};
    bool packed = path->format && strcmp(path->format->name, "KMZ") == 0;
    char *inner = packed ? kml_of_kmz(path->open, limits) : NULL;
    bool ok = packed && !inner
                  ? true
                  : geometry_claims_read(inner ? inner : path->open, inner ? &kml : path->format,
                                         &path->claims, err);
    free(inner);
    if (!ok)
        return err_wrap(err, "«%.*s» no es un archivo de datos que se pueda leer",
                        text_cut(base_name(path->named), 300), base_name(path->named));
    if (path->claims.note.len)
        source_path_note(path, path->claims.note.data);
    return !buf_failed(&path->notes) || err_no_memory(err);
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
    if (path->format && path->format->inside == INSIDE_GZIP &&
        !source_path_inflate(path, limits, err))
        return false;
    choose_options(path);
    return look_inside(path, limits, err) && read_claims(path, limits, err);
}
