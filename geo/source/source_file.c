/* source_file.c - opens one file of a source, and its tables. */
#include "geo/source/source_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/files/gdal_internal.h"
#include "geo/source/source_layers.h"

/* A text is read into memory; larger data belong in another format. */
static const int64_t max_text_bytes = INT64_C(1) << 31;

/* Sets the error: why the file could not be opened, and what to do. */
static bool unreadable(const struct source_file *file, struct err *err)
{
    char why[256];
    struct buf advice;
    snprintf(why, sizeof why, "%s", gdal->CPLGetLastErrorMsg());
    buf_init(&advice);
    if (file->path.drivers)
        source_path_advise(file->path.named, &advice);
    else
        buf_puts(&advice, ": no se conoce por su nombre ni por su contenido; si es de un formato "
                          "que se lee (sigg import --help), dele su extensión: .csv, .xlsx, "
                          ".geojson, .gpkg…");
    err_set(err, ERR_INPUT, "«%s» no es un archivo de datos que se pueda leer%s%s%s%s",
            file->path.named, advice.len ? advice.data : "", why[0] ? " (GDAL: " : "", why,
            why[0] ? ")" : "");
    buf_free(&advice);
    return false;
}

static bool open_text(struct source_file *file, const struct geo_source_options *options,
                      const struct geo_source_limits *limits, struct err *err)
{
    vsi_l_offset len = 0;
    if (!gdal->VSIIngestFile(NULL, file->path.open, &file->bytes, &len, max_text_bytes))
        return gdal_ran_out_of_memory()
                   ? err_no_memory(err)
                   : err_set(err, ERR_INPUT, "no se pudo leer «%s»", file->path.named);
    if (len == 0)
        return err_set(err, ERR_INPUT, "el archivo está vacío");
    const struct delimited_options how = {
        .limits = limits, .known = options->known, .arg = options->known_arg};
    file->text = delimited_new((const char *)file->bytes, (size_t)len, &how, err);
    return file->text != NULL;
}

static bool open_dataset(struct source_file *file, struct err *err)
{
    gdal->CPLErrorReset();
    if (file->path.drivers)
        file->dataset = gdal->GDALOpenEx(file->path.open, GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                         file->path.drivers, file->path.open_options, NULL);
    if (file->dataset)
        return source_layers_list(file->dataset, &file->layers, &file->n_layers, err);
    return gdal_ran_out_of_memory() ? err_no_memory(err) : unreadable(file, err);
}

bool source_file_open(struct source_file *file, const struct geo_source_options *options,
                      const struct geo_source_limits *limits, struct err *err)
{
    if (!source_path_unpack(&file->path, limits, err))
        return false;
    enum source_inside inside = file->path.format ? file->path.format->inside : INSIDE_NOTHING;
    if (inside == INSIDE_TEXT)
        return open_text(file, options, limits, err);
    if (inside == INSIDE_BOOK) {
        file->workbook = geo_workbook_open(file->path.open, limits, err);
        return file->workbook || err_wrap(err, "«%s»", file->path.named);
    }
    return open_dataset(file, err);
}

void source_file_close(struct source_file *file)
{
    if (file->dataset)
        gdal->GDALClose(file->dataset);
    free(file->layers);
    geo_workbook_close(file->workbook);
    delimited_free(file->text);
    gdal->VSIFree(file->bytes);
    source_path_free(&file->path);
}

bool source_file_count(const struct source_file *file, size_t *n, struct err *err)
{
    const struct geo_workbook_sheet *sheets;
    if (file->text)
        *n = 1;
    else if (file->workbook)
        *n = geo_workbook_sheets(file->workbook, &sheets);
    else
        *n = file->n_layers;
    return *n > 0 || err_set(err, ERR_INPUT, "«%s» no tiene ninguna capa", file->path.named);
}

/* Tables ----------------------------------------------------------------------------------- */

/* "puntos" of "datos/puntos.csv", as GDAL names the layer of a text. */
static char *name_of_text(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    return arena_strndup(arena, base, dot ? (size_t)(dot - base) : strlen(base));
}

static bool open_sheet(const struct source_file *file, size_t index,
                       const struct geo_source_options *options,
                       const struct geo_source_limits *limits, struct arena *arena,
                       struct source_rows *rows, struct geo_source_table *table, struct err *err)
{
    struct source_sheet_of of = {.text = file->text, .workbook = file->workbook, .sheet = index};
    if (file->text) {
        of.name = name_of_text(file->path.named, arena);
    } else {
        const struct geo_workbook_sheet *sheets;
        geo_workbook_sheets(file->workbook, &sheets);
        of.name = sheets[index].name;
        of.hidden = sheets[index].hidden;
    }
    if (!of.name)
        return err_no_memory(err);
    rows->sheet = source_sheet_open(&of, options, limits, arena, table, err);
    return rows->sheet != NULL;
}

bool source_rows_open(const struct source_file *file, size_t index,
                      const struct geo_source_options *options,
                      const struct geo_source_limits *limits, struct arena *arena,
                      struct source_rows *rows, struct geo_source_table *table, struct err *err)
{
    *rows = (struct source_rows){NULL, NULL};
    if (!file->dataset)
        return open_sheet(file, index, options, limits, arena, rows, table, err);
    rows->ogr = source_ogr_open(file->dataset, file->layers[index], &file->path, options, limits,
                                arena, table, err);
    return rows->ogr != NULL;
}

void source_rows_close(struct source_rows *rows)
{
    source_ogr_free(rows->ogr);
    source_sheet_free(rows->sheet);
}

bool source_rows_rewind(struct source_rows *rows, struct err *err)
{
    if (rows->sheet)
        return source_sheet_rewind(rows->sheet, err);
    source_ogr_rewind(rows->ogr);
    return true;
}

bool source_rows_next(struct source_rows *rows, struct source_raw *raw, bool *more, struct err *err)
{
    return rows->sheet ? source_sheet_next(rows->sheet, raw, more, err)
                       : source_ogr_next(rows->ogr, raw, more, err);
}

struct source_passed source_rows_passed(const struct source_rows *rows)
{
    return rows->sheet ? source_sheet_passed(rows->sheet) : source_ogr_passed(rows->ogr);
}

void source_rows_put_note(const struct source_rows *rows, struct buf *out)
{
    if (rows->ogr)
        source_ogr_put_note(rows->ogr, out);
}
