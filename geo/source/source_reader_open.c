/* source_reader_open.c - opens a source, and lists its tables. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/files/gdal_internal.h"
#include "geo/files/source_zip.h"
#include "geo/source/source_reader_internal.h"

void source_reader_quiet(CPLErr class, CPLErrorNum number, const char *message)
{
    (void)class;
    (void)number;
    (void)message;
}

/* Turns off what GDAL does beyond reading the given file. */
static void configure(void)
{
    static const char *const settings[][2] = {
        /* Companion files are opened by name: listing the folder would be slow if it has a
         * hundred thousand files. */
        {"GDAL_DISABLE_READDIR_ON_OPEN", "TRUE"},
        {"GML_SKIP_RESOLVE_ELEMS", "ALL"},
        {"GML_DOWNLOAD_SCHEMA", "NO"},
        /* Else 0012 is 12, and "s/d" is 0 where a schema says that it is a number. */
        {"GML_FIELDTYPES", "ALWAYS_STRING"},
        {"OGR_SQLITE_PRAGMA", "trusted_schema=0,cell_size_check=1,temp_store=2"},
        {"PROJ_NETWORK", "OFF"},
        {"CPL_ZIP_ENCODING", "UTF-8"}, /* names in a zip stay their bytes (source_zip.h) */
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        gdal->CPLSetThreadLocalConfigOption(settings[i][0], settings[i][1]);
}

/* GDAL's GML driver stops where the XML breaks off, says so once, while it opens or
 * counts, and then has no records: a cut file would be an empty one. */
static bool broke_off(const struct source_file *file)
{
    if (!file->dataset)
        return false;
    const char *driver = gdal->GDALGetDriverShortName(gdal->GDALGetDatasetDriver(file->dataset));
    return strcmp(driver, "GML") == 0 && gdal->CPLGetLastErrorType() >= CE_Failure &&
           strstr(gdal->CPLGetLastErrorMsg(), "XML parsing");
}

/* Opening ----------------------------------------------------------------------------------- */

static bool add_note(struct source_reader *source, const char *note)
{
    if (note && note[0])
        buf_printf(&source->notes, "%s%s", source->notes.len ? "; " : "", note);
    return !buf_failed(&source->notes);
}

/* "norte/puntos.shp", or "norte/puntos.gpkg: sucre" where that file has several tables. */
static bool name_table(struct source_reader *source, const struct source_file *file, size_t n,
                       struct geo_source_table *table, struct err *err)
{
    if (file->name[0])
        table->name =
            n == 1 ? file->name : arena_printf(source->names, "%s: %s", file->name, table->name);
    return table->name || err_no_memory(err);
}

static bool note_datum(struct source_reader *source, struct geo_source_table *table,
                       const char *crs, struct err *err)
{
    table->note = arena_printf(source->names,
                               "%s%sno se conoce el datum de «%s», el sistema que dice la fuente: "
                               "se tomó WGS 84, que puede errar unos 400 m; si es PSAD56, indique "
                               "--crs EPSG:24879, 24880 o 24881",
                               table->note ? table->note : "", table->note ? "; " : "", crs);
    return table->note || err_no_memory(err);
}

static bool add_table(struct source_reader *source, const struct source_file *file, size_t index,
                      size_t n, struct err *err)
{
    struct geo_source_table *table = &source->info.tables[source->info.n_tables];
    struct source_reader_table *own = &source->tables[source->info.n_tables];
    if (!source_rows_open(file, index, source->options, source->limits, source->names, &own->rows,
                          table, err))
        return false;
    source->info.n_tables++;
    OGRSpatialReferenceH crs = own->rows.ogr ? source_ogr_crs(own->rows.ogr) : NULL;
    if (!source_geometry_init(&own->geometry, source->options->geometry, crs, source->options->epsg,
                              source->limits, err))
        return false;
    own->geometry.unplaced = source->options->unplaced;
    table->crs = arena_strdup(source->names, own->geometry.crs);
    table->epsg = own->geometry.epsg;
    if (own->geometry.open[0] && !note_datum(source, table, own->geometry.open, err))
        return false;
    return table->crs ? name_table(source, file, n, table, err) : err_no_memory(err);
}

/* Views and virtual tables, which are not read. */
static bool note_left_out(struct source_reader *source, const struct source_file *file)
{
    const struct buf *left_out = &file->path.foreign.left_out;
    if (left_out->len)
        buf_printf(&source->notes,
                   "%sla fuente tiene vistas o tablas virtuales, que no se leen (%.*s): guarde sus "
                   "filas en una tabla",
                   source->notes.len ? "; " : "", text_cut(left_out->data, 500), left_out->data);
    return !buf_failed(&source->notes);
}

/* Opens a file whose path was found, and adds its tables; it is closed with the reader. */
static bool add_file(struct source_reader *source, const char *name, struct source_path *path,
                     struct err *err)
{
    size_t n;
    if (!array_reserve(source->files, source->cap_files, source->n_files + 1)) {
        source_path_free(path);
        return err_no_memory(err);
    }
    struct source_file *file = &source->files[source->n_files++];
    *file = (struct source_file){.name = name, .path = *path};
    *path = (struct source_path){0};
    if (!source_file_open(file, source->options, source->limits, err) ||
        !source_file_count(file, &n, err) ||
        !geo_source_within(source->limits, GEO_LIMIT_ENTRIES, (int64_t)n, err))
        return false;
    const char *encoding = file->text ? delimited_note(file->text) : NULL;
    if (!add_note(source, file->path.notes.data) || !add_note(source, encoding) ||
        !note_left_out(source, file))
        return err_no_memory(err);
    return true;
}

/* Makes room for the tables of all files; they stay in their places. */
static bool reserve_tables(struct source_reader *source, struct err *err)
{
    size_t all = 0, n;
    for (size_t f = 0; f < source->n_files; f++) {
        if (!source_file_count(&source->files[f], &n, err))
            return false;
        all += n;
    }
    source->info.tables = calloc(all + 1, sizeof *source->info.tables);
    source->tables = calloc(all + 1, sizeof *source->tables);
    return (source->info.tables && source->tables) || err_no_memory(err);
}

/* Records of a file that are in no layer of GDAL: of a second document of a KML, of an element of a
 * GML that it takes for a property. */
static bool has_all_records(const struct source_reader *source, const struct source_file *file,
                            size_t first, struct err *err)
{
    for (size_t i = 0; file->dataset && i < file->path.claims.n; i++) {
        const struct geometry_claim_list *list = &file->path.claims.lists[i];
        bool is_table = geometry_claims_records(list) <= 0;
        for (size_t t = first; !is_table && t < source->info.n_tables; t++)
            is_table = source_ogr_claims(source->tables[t].rows.ogr) == list;
        if (!is_table)
            return err_set(err, ERR_INPUT,
                           "«%.*s»: registros que no se leerían, porque están fuera de las capas "
                           "del archivo: %lld; ábralo en QGIS, revise que estén todos y guárdelo "
                           "como GeoPackage, o ponga cada documento en un archivo",
                           text_cut(file->path.named, 300), file->path.named,
                           (long long)geometry_claims_records(list));
    }
    return true;
}

/* Adds the tables of all files, which are open and stay in their places. */
static bool add_tables(struct source_reader *source, struct err *err)
{
    if (!reserve_tables(source, err))
        return false;
    for (size_t f = 0; f < source->n_files; f++) {
        const struct source_file *file = &source->files[f];
        size_t n;
        if (!source_file_count(file, &n, err))
            return false;
        gdal->CPLErrorReset();
        size_t first = source->info.n_tables;
        for (size_t i = 0; i < n; i++)
            if (!add_table(source, file, i, n, err))
                return file->name[0] ? err_wrap(err, "«%s»", file->name) : false;
        if (!has_all_records(source, file, first, err))
            return false;
        if (broke_off(file))
            return err_set(
                err, ERR_INPUT,
                "«%s» no es un archivo de datos que se pueda leer: el XML está cortado o "
                "mal formado: vuelva a copiarlo o a exportarlo (GDAL: %s)",
                file->path.named, gdal->CPLGetLastErrorMsg());
    }
    return true;
}

/* True for a file below the folder, both by names of one kind. */
static bool is_below(const char *name, const char *folder)
{
    size_t len = folder ? strlen(folder) : 0;
    return len == 0 || (strncmp(name, folder, len) == 0 && name[len] == '/');
}

/* True for a member below the folder, or in the KMZ, that the user named; shown: as it is shown. */
static bool is_wanted(const struct source_member *member, const char *folder, const char *shown)
{
    return !member->why_not && (is_below(member->inside, folder) || is_below(member->name, shown));
}

/* Advice about a zip that is a workbook by another name, as some mail programs leave it; NULL: it
 * is none. */
static const char *renamed(const struct source_members *members)
{
    const char *advice = NULL;
    for (size_t i = 0; i < members->n; i++) {
        const char *name = members->list[i].name;
        if (strcmp(name, "xl/workbook.xml") == 0)
            advice = "es un libro de Excel que se llama .zip: cámbiele la extensión a .xlsx";
        else if (strcmp(name, "content.xml") == 0)
            advice = "es un documento de LibreOffice que se llama .zip: si es una hoja, cámbiele "
                     "la extensión a .ods";
    }
    return advice;
}

/* The files of a zip or folder. What of them cannot be read is noted. */
static bool open_below(struct source_reader *source, const char *folder, const char *shown,
                       struct err *err)
{
    size_t n = 0;
    if (!source_members_list(source->path.whole, source->limits, &source->members, err))
        return false;
    for (size_t i = 0; i < source->members.n; i++) {
        const struct source_member *member = &source->members.list[i];
        n += is_wanted(member, folder, shown);
    }
    struct buf rest;
    buf_init(&rest);
    source_members_put(&source->members, false, &rest);
    bool ok = !buf_failed(&rest);
    const char *advice = renamed(&source->members);
    if (ok && n == 0 && advice)
        err_set(err, ERR_INPUT, "«%s» %s", source->options->path, advice);
    else if (ok && n == 0)
        err_set(err, ERR_INPUT, "«%s» no tiene ningún archivo de datos conocido%s%.*s",
                source->options->path, rest.len ? ": " : "",
                text_cut(rest.data ? rest.data : "", 500), rest.data ? rest.data : "");
    else if (ok && rest.len) {
        buf_printf(&source->notes, "%sno se leen: %s", source->notes.len ? "; " : "", rest.data);
        ok = !buf_failed(&source->notes);
    }
    buf_free(&rest);
    if (!ok)
        return err_no_memory(err);
    for (size_t i = 0; n && i < source->members.n; i++) {
        const struct source_member *member = &source->members.list[i];
        struct source_path path;
        if (!is_wanted(member, folder, shown))
            continue;
        if (!source_path_member(member, &path, err) ||
            !add_file(source, n == 1 ? "" : member->name, &path, err))
            return err_wrap(err, "«%s»", member->name);
    }
    return n > 0;
}

static bool open_container(struct source_reader *source, struct err *err)
{
    const char *folder = source->path.inside;
    char *shown = folder ? source_zip_shown(folder) : NULL;
    bool ok = (!folder || shown) ? open_below(source, folder, shown, err) : err_no_memory(err);
    free(shown);
    return ok;
}

static bool open_all(struct source_reader *source, struct err *err)
{
    configure();
    if (!source_path_name_inside(&source->path, source->limits, err))
        return false;
    bool ok = source_path_is_container(&source->path) ? open_container(source, err)
                                                      : add_file(source, "", &source->path, err);
    ok = ok && add_tables(source, err);
    if (ok && source->notes.len)
        source->info.note = source->notes.data;
    return ok;
}

struct source_reader *source_reader_new(const struct geo_source_options *options,
                                        struct source_position *position, struct err *err)
{
    struct source_reader *source = gdal_load(err) ? calloc(1, sizeof *source) : NULL;
    if (!source) {
        if (gdal)
            err_no_memory(err);
        return NULL;
    }
    source->options = options;
    source->limits = options->limits ? options->limits : &geo_source_usual_limits;
    source->position = position;
    source->names = arena_new();
    source->row = arena_new();
    buf_init(&source->repaired);
    buf_init(&source->notes);
    gdal->CPLPushErrorHandler(source_reader_quiet);
    bool ok = (source->names && source->row) || err_no_memory(err);
    ok = ok && source_path_find(options, source->limits, &source->path, err);
    gdal->CPLPopErrorHandler();
    if (ok)
        return source;
    source_reader_free(source);
    return NULL;
}

const char *const *source_reader_files(const struct source_reader *source)
{
    return (const char *const *)source->path.files;
}

bool source_reader_open(struct source_reader *source, struct err *err)
{
    gdal->CPLPushErrorHandler(source_reader_quiet);
    bool ok = open_all(source, err);
    gdal->CPLPopErrorHandler();
    return ok;
}

void source_reader_free(struct source_reader *source)
{
    if (!source)
        return;
    for (size_t t = 0; t < source->info.n_tables; t++) {
        source_rows_close(&source->tables[t].rows);
        source_geometry_free(&source->tables[t].geometry);
    }
    for (size_t f = 0; f < source->n_files; f++)
        source_file_close(&source->files[f]);
    free(source->files);
    free(source->tables);
    free(source->info.tables);
    source_members_free(&source->members);
    geo_geos_free(source->geos);
    buf_free(&source->repaired);
    buf_free(&source->notes);
    source_path_free(&source->path);
    arena_free(source->names);
    arena_free(source->row);
    free(source);
}

const struct source_info *source_reader_info(const struct source_reader *source)
{
    return &source->info;
}
