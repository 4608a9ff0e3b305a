/* source_unpack.c - inspects the content of a source before GDAL opens it.
 *
 * The directory of a zip, the kind of a JSON, the schema of an SQLite file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/claims/xml_encoding.h"
#include "geo/files/gdal_internal.h"
#include "geo/source/source_json.h"
#include "geo/source/source_path_internal.h"

/* A JSON that is completed is read into memory. */
static const int64_t max_text_bytes = INT64_C(1) << 30;

static const char *const no_options[] = {NULL};
/* Does not download the schema that the file names, reads none beside it, by whose types values
 * would be spoilt, and writes no index. */
static const char *const gml_options[] = {"DOWNLOAD_SCHEMA=NO", "WRITE_GFS=NO",
                                          "XSD=/vsimem/sin.xsd", NULL};

/* Does not ask a service for the records that it did not send: the second time that GDAL reads
 * such a file, it has none of those that are there either. */
static const char *const json_options[] = {"FEATURE_SERVER_PAGING=NO", NULL};

/* Gives the text of each record too, which has the members beside «properties». */
static const char *const beside_options[] = {"FEATURE_SERVER_PAGING=NO", "NATIVE_DATA=YES", NULL};

/* Tables without a geometry too, which are in no register. */
static const char *const sqlite_options[] = {"LIST_ALL_TABLES=YES", NULL};

static bool is_format(const struct source_path *path, const char *name)
{
    return path->format && strcmp(path->format->name, name) == 0;
}

static bool is_xml(const struct source_path *path)
{
    return is_format(path, "KML") || is_format(path, "GPX") || is_format(path, "GML");
}

/* A file beside that one, with the other ending in small letters or capitals; NULL: none. For
 * free(). */
static char *beside(const char *path, const char *small, const char *capitals)
{
    const char *const extensions[] = {small, capitals};
    size_t stem = strlen(path) - 4;
    VSIStatBufL status;
    for (size_t i = 0; i < 2; i++) {
        char *name = NULL;
        if (asprintf(&name, "%.*s%s", (int)stem, path, extensions[i]) < 0)
            return NULL;
        if (gdal->VSIStatL(name, &status) == 0)
            return name;
        free(name);
    }
    return NULL;
}

static void note_deleted(struct source_path *path)
{
    int64_t n = dbf_values_deleted(path->dbf_values);
    char note[120];
    snprintf(note, sizeof note, "el .dbf tiene %lld %s, que no se %s", (long long)n,
             n == 1 ? "registro borrado" : "registros borrados", n == 1 ? "lee" : "leen");
    if (n)
        source_path_note(path, note);
}

/* Whether the .dbf has as many records as it says. GDAL reads those that it says. */
static bool check_dbf(struct source_path *path, struct err *err)
{
    int64_t beyond = dbf_values_beyond(path->dbf_values);
    char note[160];
    snprintf(
        note, sizeof note, "el .dbf tiene %lld %s más que los que dice su encabezado, que no se %s",
        (long long)beyond, beyond == 1 ? "registro" : "registros", beyond == 1 ? "lee" : "leen");
    if (beyond > 0)
        source_path_note(path, note);
    return beyond >= 0 || err_set(err, ERR_INPUT,
                                  "el .dbf está cortado: le faltan %lld de los registros que dice "
                                  "tener; vuelva a copiarlo o a exportarlo",
                                  (long long)-beyond);
}

/* GDAL opens shapes without their table. If the index is missing too, it says so. */
static bool lacks_dbf(const struct source_path *path, struct err *err)
{
    const char *base = source_base_name(path->open);
    char *shx = beside(path->open, ".shx", ".SHX");
    free(shx);
    return !shx || err_set(err, ERR_INPUT,
                           "falta «%.*s.dbf», que tiene los datos de las formas: un Shapefile son "
                           "al menos tres archivos, .shp, .shx y .dbf; pídalos todos, o el .zip "
                           "que los contiene",
                           (int)strlen(base) - 4, base);
}

/* The encoding that the texts are in, not the one that is declared, and the values that GDAL
 * would change. */
static bool look_at_dbf(struct source_path *path, struct err *err)
{
    char *dbf = beside(path->open, ".dbf", ".DBF");
    bool ok = dbf ? dbf_encoding_read(dbf, &path->dbf, err) &&
                        (path->dbf_values = dbf_values_new(dbf, err)) != NULL
                  : lacks_dbf(path, err);
    free(dbf);
    if (!ok || !path->dbf_values)
        return ok;
    note_deleted(path);
    if (!check_dbf(path, err))
        return false;
    if (path->dbf.option[0]) {
        path->dbf_options[0] = path->dbf.option;
        path->open_options = path->dbf_options;
    }
    if (path->dbf.note[0])
        source_path_note(path, path->dbf.note);
    return true;
}

/* GDAL names the .mif; somebody may have named the .mid. */
static bool look_at_mid(struct source_path *path, struct err *err)
{
    char *mif = beside(path->open, ".mif", ".MIF"), *mid = beside(path->open, ".mid", ".MID");
    if (mif && mid)
        path->mid_values = mid_values_new(mif, mid, err);
    bool ok = !mif || !mid || path->mid_values;
    free(mif);
    free(mid);
    return ok;
}

static bool choose_options(struct source_path *path, struct err *err)
{
    bool tables = path->format && path->format->inside == INSIDE_SQLITE;
    path->open_options = is_format(path, "GML")       ? gml_options
                         : is_format(path, "GeoJSON") ? json_options
                         : tables                     ? sqlite_options
                                                      : no_options;
    if (source_has_extension(path->open, ".mif") || source_has_extension(path->open, ".mid"))
        return look_at_mid(path, err);
    bool dbf = is_format(path, "Shapefile") || is_format(path, "dBASE");
    return !dbf || look_at_dbf(path, err);
}

/* Inside other files ------------------------------------------------------------ */

/* Registers bytes under /vsimem/ for GDAL to open; source_path_put() has details. */
static bool open_bytes(struct source_path *path, GByte *bytes, size_t len, bool taken,
                       const char *extension, struct err *err)
{
    const char *base = source_base_name(path->open);
    char *name = strndup(base, strcspn(base, "."));
    if (path->decoded)
        gdal->VSIUnlink(path->decoded);
    free(path->decoded);
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

/* Gives GDAL a copy of the bytes instead of the file. */
static bool put_copy(struct source_path *path, const struct buf *whole, const char *extension,
                     struct err *err)
{
    GByte *copy = buf_failed(whole) ? NULL : gdal->VSIMalloc(whole->len + 1);
    if (!copy)
        return err_no_memory(err);
    memcpy(copy, whole->data, whole->len);
    return open_bytes(path, copy, whole->len, true, extension, err);
}

static bool not_read(const struct source_path *path, struct err *err)
{
    return gdal_ran_out_of_memory() ? err_no_memory(err)
                                    : err_set(err, ERR_INPUT, "no se pudo leer «%s»", path->named);
}

/* A GeoPackage that says that changes stand beside it (bytes 18 and 19 of its header are 2), and
 * has nothing there, was copied while QGIS had it open: what was not written back is not in it. */
static void note_left_behind(struct source_path *path)
{
    unsigned char head[20] = {0};
    VSIStatBufL status;
    char *beside = NULL;
    VSILFILE *file = is_format(path, "GeoPackage") ? gdal->VSIFOpenL(path->open, "rb") : NULL;
    if (!file)
        return;
    size_t n = gdal->VSIFReadL(head, 1, sizeof head, file);
    gdal->VSIFCloseL(file);
    if (n == sizeof head && head[19] == 2 && asprintf(&beside, "%s-wal", path->open) > 0 &&
        gdal->VSIStatL(beside, &status) != 0)
        source_path_note(path,
                         "se copió mientras otro programa, como QGIS, lo tenía abierto: puede "
                         "faltarle lo último que se cambió; ciérrelo y cópielo otra vez");
    free(beside);
}

/* SQLite cannot read GDAL's virtual files: files from a zip or a URL are inspected in
 * memory. */
static bool check_sqlite(struct source_path *path, struct err *err)
{
    GByte *bytes = NULL;
    vsi_l_offset len = 0;
    bool on_disk = strncmp(path->open, "/vsi", 4) != 0;
    note_left_behind(path);
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
                      is_format(path, "GeoPackage") ? ".gpkg" : ".sqlite", err);
}

/* A KML in memory: without the types of its numbers, and with all its values declared. */
static bool prepare_kml(struct source_path *path, char *bytes, size_t len, struct buf *declared,
                        struct err *err)
{
    return (kml_types_drop(bytes, len, &path->kml_types) &&
            kml_types_declare(bytes, len, declared)) ||
           err_no_memory(err);
}

/* An XML that is in memory is given to GDAL as UTF-8, and a KML as it reads it whole. *taken: the
 * bytes are GDAL's now. */
static bool put_xml(struct source_path *path, GByte *bytes, size_t len, bool decode, bool *taken,
                    struct err *err)
{
    struct buf whole, declared, note;
    buf_init(&whole);
    buf_init(&declared);
    buf_init(&note);
    bool decoded = decode && xml_encoding_decode((const char *)bytes, len, &whole, &note);
    bool ok = !buf_failed(&whole) || err_no_memory(err);
    if (ok && is_format(path, "KML"))
        ok = prepare_kml(path, decoded ? whole.data : (char *)bytes, decoded ? whole.len : len,
                         &declared, err);
    if (ok && (decoded || declared.len))
        ok = put_copy(path, declared.len ? &declared : &whole, path->format->extensions[0], err);
    else if (ok && path->kml_types.n) {
        *taken = true;
        ok = open_bytes(path, bytes, len, true, path->format->extensions[0], err);
    }
    if (note.len)
        source_path_note(path, note.data);
    buf_free(&note);
    buf_free(&declared);
    buf_free(&whole);
    return ok;
}

/* Files that are too large to be decoded in memory are left: GDAL says what is wrong. GDAL has all
 * of a KML in memory anyway. */
static bool prepare_xml(struct source_path *path, struct err *err)
{
    enum { MOST_BYTES = 64 << 20 };
    char head[XML_ENCODING_HEAD];
    VSIStatBufL status;
    VSILFILE *file = gdal->VSIFOpenL(path->open, "rb");
    if (!file)
        return not_read(path, err);
    size_t n = gdal->VSIFReadL(head, 1, sizeof head, file);
    gdal->VSIFCloseL(file);
    bool decode = xml_encoding_of(head, n) != XML_AS_IT_IS &&
                  gdal->VSIStatL(path->open, &status) == 0 && status.st_size <= MOST_BYTES;
    if (!decode && !is_format(path, "KML"))
        return true;
    GByte *bytes = NULL;
    vsi_l_offset len = 0;
    bool taken = false, ok = gdal->VSIIngestFile(NULL, path->open, &bytes, &len, max_text_bytes);
    ok = ok ? put_xml(path, bytes, (size_t)len, decode, &taken, err) : not_read(path, err);
    if (!taken)
        gdal->VSIFree(bytes);
    return ok;
}

static size_t read_file(void *arg, char *bytes, size_t size)
{
    return gdal->VSIFReadL(bytes, 1, size, arg);
}

/* Appends what GDAL is to read instead of the file's bytes. */
typedef bool rewrite_fn(const struct source_path *path, const char *bytes, size_t len,
                        struct buf *out, struct err *err);

/* Gives GDAL a copy that was written anew. */
static bool rewrite(struct source_path *path, rewrite_fn *write, const char *extension,
                    struct err *err)
{
    GByte *bytes = NULL;
    vsi_l_offset len = 0;
    struct buf whole;
    if (!gdal->VSIIngestFile(NULL, path->open, &bytes, &len, max_text_bytes)) {
        gdal->VSIFree(bytes);
        return not_read(path, err);
    }
    buf_init(&whole);
    bool ok = write(path, (const char *)bytes, (size_t)len, &whole, err);
    gdal->VSIFree(bytes);
    ok = ok && put_copy(path, &whole, extension, err);
    buf_free(&whole);
    return ok;
}

/* An Esri JSON as GDAL reads it. */
static bool complete_json(const struct source_path *path, const char *bytes, size_t len,
                          struct buf *out, struct err *err)
{
    (void)path;
    return source_json_complete(bytes, len, out, err);
}

/* Of a JSON without places: true, with *err, if it is what a service said of its own failure. */
static bool is_service_error(const struct source_path *path, struct err *err)
{
    enum { MOST_BYTES = 1 << 20 };
    GByte *bytes = NULL;
    vsi_l_offset len = 0;
    bool is = gdal->VSIIngestFile(NULL, path->open, &bytes, &len, MOST_BYTES) &&
              source_json_is_error((const char *)bytes, (size_t)len, err);
    gdal->VSIFree(bytes);
    return is;
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
    if (!ok) {
        struct err said = {0};
        if (is_service_error(path, &said))
            *err = said;
        return err_wrap(err, "«%.*s» no es un archivo de datos que se pueda leer",
                        text_cut(source_base_name(path->named), 300),
                        source_base_name(path->named));
    }
    if (kind == SOURCE_JSON_GEOJSON)
        return true;
    path->drivers = esri_drivers; /* that of GeoJSON takes features with any members */
    return rewrite(path, complete_json, ".json", err);
}

static bool look_inside(struct source_path *path, struct err *err)
{
    switch (path->format ? path->format->inside : INSIDE_NOTHING) {
    case INSIDE_NOTHING:
        return !is_xml(path) || prepare_xml(path, err);
    case INSIDE_TEXT:
    case INSIDE_BOOK:
        return true;
    case INSIDE_SQLITE:
        return check_sqlite(path, err);
    case INSIDE_JSON:
        return check_json(path, err);
    case INSIDE_GZIP:
        return err_set(err, ERR_INPUT, "hay un gzip dentro del gzip: descomprímalo");
    case INSIDE_ARCHIVE:
        break;
    }
    return err_set(err, ERR_INPUT, "hay un zip dentro del zip: descomprímalo");
}

/* True if a link of a KML leads to another file of the same zip or folder, all of which is read. */
static bool leads_inside(const struct source_path *path, const char *link)
{
    VSIStatBufL status;
    char *name = NULL;
    const char *own = path->inside ? path->inside : path->whole, *slash = strrchr(own, '/');
    if (!path->is_member || strstr(link, "://") || (!path->inside && strstr(link, "..")))
        return false;
    int folder = slash ? (int)(slash - own) + 1 : 0, len = (int)strcspn(link, "#?");
    int written =
        path->inside ? asprintf(&name, "/vsizip/{%s}/%.*s%.*s", path->whole, folder, own, len, link)
                     : asprintf(&name, "%.*s%.*s", folder, own, len, link);
    if (written < 0)
        return false;
    bool there = gdal->VSIStatL(name, &status) == 0 && !VSI_ISDIR(status.st_mode);
    free(name);
    return there;
}

/* Names what a KML links that is not read. */
static void note_links(struct source_path *path)
{
    enum { NAMED_MOST = 5 };
    struct buf names;
    size_t n = 0;
    buf_init(&names);
    for (size_t i = 0; i < path->claims.n_links; i++) {
        const char *link = path->claims.links[i];
        if (leads_inside(path, link) || n++ >= NAMED_MOST)
            continue;
        buf_printf(&names, "%s«%.*s»", n > 1 ? ", " : "", text_cut(link, 200), link);
    }
    if (n > NAMED_MOST)
        buf_printf(&names, "… y %zu más", n - NAMED_MOST);
    struct buf note;
    buf_init(&note);
    if (n && !buf_failed(&names))
        buf_printf(&note,
                   n == 1 ? "el KML enlaza otro archivo (NetworkLink), que no se lee: %s; "
                            "descárguelo e impórtelo aparte"
                          : "el KML enlaza otros archivos (NetworkLink), que no se leen: %s; "
                            "descárguelos e impórtelos aparte",
                   names.data);
    if (note.len)
        source_path_note(path, note.data);
    buf_free(&note);
    buf_free(&names);
}

/* A KML of several outermost elements as one Document. */
static bool join_roots(const struct source_path *path, const char *bytes, size_t len,
                       struct buf *out, struct err *err)
{
    return kml_roots_join(bytes, len, &path->claims.roots, out) ||
           err_set(err, ERR_INPUT,
                   "el KML tiene varios Document, Folder o Placemark uno al lado del otro, y se "
                   "leería uno: guárdelo en UTF-8, o póngalos dentro de un solo Document");
}

/* What the file says of its geometries, once GDAL would read all of it. */
static bool look_at_geometries(struct source_path *path, struct err *err)
{
    if (!geometry_claims_read(path->open, path->format, &path->claims, err))
        return false;
    if (path->claims.roots.n <= 1)
        return true;
    bool ok = rewrite(path, join_roots, ".kml", err);
    geometry_claims_free(&path->claims);
    return ok && geometry_claims_read(path->open, path->format, &path->claims, err);
}

/* Notes what the file says of its geometries. */
static bool read_claims(struct source_path *path, struct err *err)
{
    if (!look_at_geometries(path, err))
        return err_wrap(err, "«%.*s» no es un archivo de datos que se pueda leer",
                        text_cut(source_base_name(path->named), 300),
                        source_base_name(path->named));
    if (path->claims.note.len)
        source_path_note(path, path->claims.note.data);
    note_links(path);
    if (is_format(path, "GeoJSON") && path->claims.n && path->claims.lists[0].beside.n)
        path->open_options = beside_options;
    return !buf_failed(&path->notes) || err_no_memory(err);
}

bool source_path_unpack(struct source_path *path, const struct geo_source_limits *limits,
                        struct err *err)
{
    if (path->format && path->format->inside == INSIDE_ARCHIVE) {
        if (!source_path_unzip(path, limits, err))
            return false;
    } else if (path->inside)
        return err_set(err, ERR_INPUT, "«%s» no es un zip", path->named);
    else if (!(path->open = strdup(path->whole)))
        return err_no_memory(err);
    if (path->format && path->format->inside == INSIDE_GZIP &&
        !source_path_inflate(path, limits, err))
        return false;
    return choose_options(path, err) && look_inside(path, err) && read_claims(path, err);
}
