/* source_reader.c - opens a source, lists its tables, and reads their rows. */
#include "geo/source/source_reader.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/source/gdal_internal.h"
#include "geo/source/source_file.h"
#include "geo/source/text_mend.h"

/* How a table is read, beside its description in info.tables. */
struct source_reader_table {
    struct source_rows rows;
    struct source_geometry geometry;
};

struct source_reader {
    const struct geo_source_options *options;
    const struct geo_source_limits *limits;
    struct source_position *position;
    const struct source_spoilt *spoilt;
    size_t n_spoilt;
    struct source_path path; /* of the whole source; of its only file once that is open */
    struct source_members members;
    struct source_file *files;
    size_t n_files, cap_files;
    struct geo_geos *geos; /* NULL until something is repaired */
    struct buf repaired, notes;
    struct arena *names, *row;
    struct source_info info;
    struct source_reader_table *tables; /* info.n_tables */
    size_t current;                     /* the table being read */
    int64_t read;                       /* its rows so far */
    int64_t vertices;                   /* in this pass */
    struct text_mended mended;          /* in this pass */
    struct err why;                     /* about the current row's polygon */
};

static void quiet(CPLErr class, CPLErrorNum number, const char *message)
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
        {"OGR_SQLITE_PRAGMA", "trusted_schema=0,cell_size_check=1,temp_store=2"},
        {"PROJ_NETWORK", "OFF"},
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
        for (size_t i = 0; i < n; i++)
            if (!add_table(source, file, i, n, err))
                return file->name[0] ? err_wrap(err, "«%s»", file->name) : false;
        if (broke_off(file))
            return err_set(
                err, ERR_INPUT,
                "«%s» no es un archivo de datos que se pueda leer: el XML está cortado o "
                "mal formado: vuelva a copiarlo o a exportarlo (GDAL: %s)",
                file->path.named, gdal->CPLGetLastErrorMsg());
    }
    return true;
}

/* True for a file below the folder of a zip that the user named. */
static bool is_below(const char *name, const char *folder)
{
    size_t len = folder ? strlen(folder) : 0;
    while (len && folder[len - 1] == '/')
        len--;
    return len == 0 || (strncmp(name, folder, len) == 0 && name[len] == '/');
}

/* The files of a zip or folder. What of them cannot be read is noted. */
static bool open_container(struct source_reader *source, struct err *err)
{
    const char *folder = source->path.inside;
    size_t n = 0;
    if (!source_members_list(source->path.whole, source->limits, &source->members, err))
        return false;
    for (size_t i = 0; i < source->members.n; i++) {
        const struct source_member *member = &source->members.list[i];
        n += !member->why_not && is_below(member->name, folder);
    }
    struct buf rest;
    buf_init(&rest);
    source_members_put(&source->members, false, &rest);
    bool ok = !buf_failed(&rest);
    if (ok && n == 0)
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
        if (member->why_not || !is_below(member->name, folder))
            continue;
        if (!source_path_member(&source->path, member, &path, err) ||
            !add_file(source, n == 1 ? "" : member->name, &path, err))
            return err_wrap(err, "«%s»", member->name);
    }
    return n > 0;
}

static bool open_all(struct source_reader *source, struct err *err)
{
    configure();
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
    gdal->CPLPushErrorHandler(quiet);
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
    gdal->CPLPushErrorHandler(quiet);
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

bool source_reader_read(struct source_reader *source, size_t table, int64_t skip, struct err *err)
{
    struct source_raw raw;
    bool more = true;
    if (table >= source->info.n_tables)
        return err_set(err, ERR_DEPENDENCY, "la fuente no tiene una tabla %zu", table);
    gdal->CPLPushErrorHandler(quiet);
    source->current = table;
    source->read = source->vertices = 0;
    source->mended = (struct text_mended){0};
    bool ok = source_rows_rewind(&source->tables[table].rows, err);
    while (ok && more && source->read < skip) {
        source_rows_next(&source->tables[table].rows, &raw, &more, NULL);
        if (raw.geometry)
            gdal->OGR_G_DestroyGeometry(raw.geometry);
        source->read += more;
    }
    gdal->CPLPopErrorHandler();
    return ok;
}

void source_reader_spare(struct source_reader *source, const struct source_spoilt *spoilt, size_t n)
{
    source->spoilt = spoilt;
    source->n_spoilt = n;
}

/* Rows ----------------------------------------------------------------------------- */

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Repairs the polygon, unless that ended an earlier child. */
static bool try_repair(struct source_reader *source, struct geo_source_row *row, struct err *err)
{
    for (size_t i = 0; i < source->n_spoilt; i++)
        if (source->spoilt[i].table == source->current &&
            source->spoilt[i].record == source->read) {
            *err = source->spoilt[i].why;
            return false;
        }
    if (!source->geos && !(source->geos = geo_geos_new(err)))
        return false;
    buf_clear(&source->repaired);
    source->position->repair_began_ns = now_ns();
    bool ok = geo_geos_repair_wkb(source->geos, row->wkb, row->wkb_len, &source->repaired,
                                  &row->repair, err);
    source->position->repair_began_ns = 0;
    return ok;
}

static void repair(struct source_reader *source, struct geo_source_row *row)
{
    source->why = (struct err){0};
    if (try_repair(source, row, &source->why)) {
        row->wkb = (const unsigned char *)source->repaired.data;
        row->wkb_len = source->repaired.len;
    } else {
        bool hungry = source->why.kind == ERR_MEMORY || strstr(source->why.message, "bad_alloc");
        if (hungry) {
            geo_source_beyond(source->limits, GEO_LIMIT_MEMORY_MB, &source->why);
            source->why.kind = ERR_INPUT; /* of this record */
        }
        row->repair = (struct geo_repair){0};
        row->unrepaired = source->why.kind;
        row->unrepaired_why = source->why.message;
    }
}

/* Checks the limits of the whole source. */
static bool within_all(struct source_reader *source, const struct geo_source_row *row,
                       struct err *err)
{
    source->vertices += (int64_t)(row->wkb_len / 16);
    return geo_source_within(source->limits, GEO_LIMIT_RECORDS, source->read, err) &&
           geo_source_within(source->limits, GEO_LIMIT_ALL_VERTICES, source->vertices, err);
}

/* Texts that were decoded twice are mended. */
static bool mend(struct source_reader *source, const struct source_raw *raw, struct err *err)
{
    struct source_cell *cells = raw->ascii ? NULL : raw->cells;
    size_t n = source->info.tables[source->current].n_columns;
    for (size_t c = 0; cells && c < n; c++)
        if (cells[c].kind == SOURCE_CELL_TEXT &&
            !(cells[c].text = text_mend(cells[c].text, source->row, &source->mended)))
            return err_no_memory(err);
    return true;
}

/* The next row as the file has it; *ok: it is not faulty in itself. False: reading ends. */
static bool next_raw(struct source_reader *source, struct source_raw *raw, bool *more, bool *ok,
                     struct err *err)
{
    arena_reset(source->row);
    source->position->record = source->read + 1;
    *ok = source_rows_next(&source->tables[source->current].rows, raw, more, err);
    if (!*more)
        return *ok;
    source->read++;
    return mend(source, raw, err);
}

static bool put_study(struct source_reader *source, size_t table, struct buf *note)
{
    int64_t blank = source_rows_blank(&source->tables[table].rows);
    if (blank)
        buf_printf(note, "%lld %s en blanco, que no se %s", (long long)blank,
                   blank == 1 ? "fila" : "filas", blank == 1 ? "lee" : "leen");
    int64_t line, repeated = source_rows_repeated(&source->tables[table].rows, &line);
    if (repeated)
        buf_printf(note, "%s%lld %s el encabezado y no se %s (%s %lld)", note->len ? "; " : "",
                   (long long)repeated, repeated == 1 ? "fila repite" : "filas repiten",
                   repeated == 1 ? "lee" : "leen", source->info.tables[table].place,
                   (long long)line);
    struct buf mended;
    buf_init(&mended);
    text_mended_put(&source->mended, &mended);
    if (mended.len)
        buf_printf(note, "%s%s", note->len ? "; " : "", mended.data);
    bool ok = !buf_failed(&mended) && !buf_failed(note);
    buf_free(&mended);
    return ok;
}

/* Rows that are faulty count too; they are rejected when they are read again. */
bool source_reader_facts(struct source_reader *source, size_t table, struct column_facts *facts,
                         struct buf *note, struct err *err)
{
    bool more = true, ok = source_reader_read(source, table, 0, err);
    gdal->CPLPushErrorHandler(quiet);
    while (ok && more) {
        struct source_raw raw;
        bool fine;
        ok = next_raw(source, &raw, &more, &fine, err);
        for (size_t c = 0; ok && more && raw.cells && c < source->info.tables[table].n_columns; c++)
            column_facts_add(&facts[c], &raw.cells[c], raw.line);
        if (raw.geometry)
            gdal->OGR_G_DestroyGeometry(raw.geometry);
        ok = ok && geo_source_within(source->limits, GEO_LIMIT_RECORDS, source->read, err);
    }
    gdal->CPLPopErrorHandler();
    return ok && (put_study(source, table, note) || err_no_memory(err));
}

static bool convert(struct source_reader *source, const struct source_raw *raw,
                    struct geo_source_row *row, struct err *err)
{
    struct source_geometry *to = &source->tables[source->current].geometry;
    if (!source_geometry_read(to, raw->geometry, row, err))
        return false;
    row->note = to->note[0] ? to->note : raw->note;
    if (raw->note && to->note[0] &&
        !(row->note = arena_printf(source->row, "%s; %s", raw->note, to->note)))
        return err_no_memory(err);
    if (source->options->repair && row->shape == GEO_SOURCE_POLYGON)
        repair(source, row);
    return true;
}

static bool read_row(struct source_reader *source, struct geo_source_row *row, bool *more,
                     struct err *err)
{
    struct source_raw raw;
    bool ok;
    *row = (struct geo_source_row){0};
    if (!next_raw(source, &raw, more, &ok, err)) {
        *more = false;
        return false;
    }
    if (!*more)
        return true;
    *row = (struct geo_source_row){.line = raw.line, .cells = raw.cells};
    if (ok)
        ok = convert(source, &raw, row, err);
    else if (raw.geometry)
        gdal->OGR_G_DestroyGeometry(raw.geometry);
    if (!within_all(source, row, err))
        ok = *more = false;
    return ok;
}

bool source_reader_next(struct source_reader *source, struct geo_source_row *row, bool *more,
                        struct err *err)
{
    gdal->CPLPushErrorHandler(quiet);
    bool ok = read_row(source, row, more, err);
    gdal->CPLPopErrorHandler();
    return ok;
}
