/* workbook.c - opens a workbook as what it is, and gives the rows of its sheets. */
#include "geo/sheets/workbook.h"

#include <stdlib.h>
#include <string.h>

#include "geo/files/gdal_internal.h"
#include "geo/files/source_zip.h"
#include "geo/files/source_zip_read.h"
#include "geo/sheets/workbook_internal.h"

static bool has_part(const struct source_zip *zip, const char *name)
{
    for (size_t i = 0; i < zip->n; i++)
        if (source_zip_same_name(zip->names[i], name))
            return true;
    return false;
}

/* A workbook with a password, and one of Excel before 2007, are OLE files. */
static bool refuse_ole(const char *path, struct err *err)
{
    static const unsigned char ole[] = {0xD0, 0xCF, 0x11, 0xE0};
    unsigned char head[sizeof ole];
    VSILFILE *file = gdal->VSIFOpenL(path, "rb");
    bool is_ole = file && gdal->VSIFReadL(head, 1, sizeof head, file) == sizeof head &&
                  memcmp(head, ole, sizeof ole) == 0;
    if (file)
        gdal->VSIFCloseL(file);
    return !is_ole || err_set(err, ERR_INPUT,
                              "la hoja de cálculo tiene contraseña, o es de un Excel anterior a "
                              "2007 (.xls): ábrala, quite la contraseña y guárdela como .xlsx");
}

static bool open_as_what_it_is(struct geo_workbook *workbook, struct err *err)
{
    struct source_zip zip;
    if (!refuse_ole(workbook->path, err) ||
        !source_zip_list(workbook->path, workbook->limits, &zip, err))
        return false;
    bool is_ods = has_part(&zip, "content.xml");
    bool is_binary = has_part(&zip, "xl/workbook.bin");
    bool is_ooxml = has_part(&zip, "xl/workbook.xml") || has_part(&zip, "_rels/.rels");
    source_zip_free(&zip);
    if (is_ods)
        return workbook_ods_open(workbook, err);
    if (is_ooxml && !is_binary)
        return workbook_xlsx_open(workbook, err);
    if (is_binary)
        return err_set(err, ERR_INPUT,
                       "es un libro binario de Excel (.xlsb): ábralo y guárdelo como .xlsx");
    return err_set(err, ERR_INPUT, "no es una hoja de cálculo: ábrala y guárdela como .xlsx");
}

struct geo_workbook *geo_workbook_open(const char *path, const struct geo_source_limits *limits,
                                       struct err *err)
{
    if (!gdal_load(err))
        return NULL;
    struct geo_workbook *workbook = calloc(1, sizeof *workbook);
    bool ok = workbook && (workbook->path = strdup(path)) && (workbook->arena = arena_new());
    if (!ok)
        err_no_memory(err);
    else
        workbook->limits = limits;
    ok = ok && open_as_what_it_is(workbook, err);
    if (ok && !workbook->n_sheets)
        ok = err_set(err, ERR_INPUT, "el libro no tiene ninguna hoja con celdas");
    if (ok)
        return workbook;
    geo_workbook_close(workbook);
    return NULL;
}

void geo_workbook_close(struct geo_workbook *workbook)
{
    if (!workbook)
        return;
    workbook_xlsx_free(workbook);
    workbook_ods_free(workbook);
    free(workbook->sheets);
    arena_free(workbook->arena);
    free(workbook->path);
    free(workbook);
}

size_t geo_workbook_sheets(const struct geo_workbook *workbook,
                           const struct geo_workbook_sheet **sheets)
{
    *sheets = workbook->sheets;
    return workbook->n_sheets;
}

struct geo_workbook_rows *geo_workbook_rows_open(struct geo_workbook *workbook, size_t sheet,
                                                 struct err *err)
{
    struct geo_workbook_rows *rows = NULL;
    if (workbook->rows_open(workbook, sheet, &rows, err))
        return rows;
    err_wrap(err, "hoja «%s»", workbook->sheets[sheet].name);
    geo_workbook_rows_close(rows);
    return NULL;
}

void geo_workbook_rows_close(struct geo_workbook_rows *rows)
{
    if (!rows)
        return;
    if (rows->release)
        rows->release(rows);
    workbook_xml_close(rows->xml);
    workbook_merges_free(&rows->merges);
    buf_free(&rows->text);
    arena_free(rows->arena);
    free(rows->cells);
    free(rows->links);
    free(rows->hidden_columns);
    free(rows);
}

struct geo_workbook_remarks geo_workbook_rows_remarks(const struct geo_workbook_rows *rows)
{
    return rows->remarks;
}

static int64_t text_bytes(const struct source_cell *cells, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++)
        bytes += cells[i].text ? strlen(cells[i].text) + 1 : 0;
    return (int64_t)bytes;
}

/* Few bytes of a file can stand for many: a text shared by a million cells, a row repeated a
 * million times. What they come to counts as the size of the source. */
static bool count_row(struct geo_workbook_rows *rows, struct err *err)
{
    rows->given_bytes += rows->row_bytes;
    return geo_source_within(rows->workbook->limits, GEO_LIMIT_SOURCE_MB, rows->given_bytes >> 20,
                             err);
}

bool geo_workbook_rows_next(struct geo_workbook_rows *rows, struct geo_workbook_row *row,
                            bool *more, struct err *err)
{
    bool ok = true;
    *more = false;
    if (rows->repeats > 0) {
        rows->repeats--;
        rows->line++;
    } else if (!rows->ended) {
        ok = workbook_xml_run(rows->xml, &rows->ended, err);
        rows->row_bytes = text_bytes(rows->cells, rows->n);
    }
    if (ok && rows->ended)
        return true;
    *row = (struct geo_workbook_row){.cells = {rows->line, rows->n, rows->cells}};
    ok = ok && count_row(rows, err) && workbook_merges_row(&rows->merges, &row->cells, err);
    if (!ok)
        return err_wrap(err, "hoja «%s»", rows->workbook->sheets[rows->sheet].name);
    row->merges = rows->merges.active;
    row->n_merges = rows->merges.n_active;
    row->hidden = rows->hidden;
    row->typed = rows->typed;
    row->raised = rows->raised;
    row->struck_parts = rows->struck_parts;
    row->struck = rows->struck;
    row->yearless = rows->yearless;
    row->links = rows->links;
    row->n_links = rows->n_links;
    *more = true;
    return true;
}
