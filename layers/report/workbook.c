/* workbook.c - the workbook of all tables: `sigg report libro`. */
#include "layers/report/workbook.h"

#include <stdio.h>
#include <stdlib.h>

#include "geo/base/number.h"
#include "layers/report/workbook_internal.h"

static lxw_row_t put_provenance(struct book *book, lxw_worksheet *sheet)
{
    const struct geo_edition_info *edition = report_edition(book->of);
    const struct provenance provenance = report_provenance(book->of);
    const struct report_query *query = report_query_of(book->of);
    struct buf date;
    lxw_row_t row = 2;
    workbook_note(book, worksheet_write_string(sheet, 0, 0,
                                               "SIGG: libro de cálculo del Programa EMPODERAR",
                                               book->formats[F_TITLE]));
    buf_init(&date);
    number_put_date(&date, report_date(book->of));
    if (buf_failed(&date))
        workbook_note(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    row = workbook_put_pair(book, sheet, row, "Datos al",
                            date.len ? date.data : "fecha no declarada");
    buf_free(&date);
    row = workbook_put_pair(book, sheet, row, "Edición de los límites", edition->codigo);
    row = workbook_put_pair(book, sheet, row, "Título de la edición", edition->title);
    row = workbook_put_pair(book, sheet, row, "Fuente de los límites",
                            edition->source[0] ? edition->source : "no declarada");
    row = workbook_put_pair(book, sheet, row, "Condición",
                            provenance_warning(&provenance)[0] ? provenance_warning(&provenance)
                                                               : "Datos y límites oficiales");
    return workbook_put_pair(book, sheet, row, "Versión del programa", query->version) + 1;
}

/* Checks the number of rows: every cell takes some 100 bytes until the file is closed. */
static bool check_size(struct book *book, const struct rows *rows)
{
    size_t most = report_query_of(book->of)->rows_max;
    book->rows += rows_count(rows);
    return !most || book->rows <= most ||
           err_set(book->err, ERR_INPUT,
                   "el libro tendría más de %zu filas: hágalo con «sigg report libro»", most);
}

static bool put_sheets(struct book *book, lxw_worksheet *sheet, lxw_row_t *row)
{
    static const char *const heads[] = {"Hoja", "Qué es una fila", "Filas"};
    char target[96];
    *row = workbook_put_head(book, sheet, *row, heads, 3);
    for (size_t i = 0; report_source_at(i); i++) {
        const struct report_source *source = report_source_at(i);
        if (!source->sheet)
            continue;
        const struct rows *rows = report_rows(book->of, source->name, book->err);
        if (!rows || !check_size(book, rows))
            return false;
        snprintf(target, sizeof target, "internal:'%s'!A1", source->title);
        workbook_note(book, worksheet_write_url_opt(sheet, *row, 0, target, book->formats[F_LINK],
                                                    source->title, NULL));
        workbook_note(book, worksheet_write_string(sheet, *row, 1, source->definition,
                                                   book->formats[F_WRAP]));
        workbook_note(book, worksheet_write_number(sheet, (*row)++, 2, (double)rows_count(rows),
                                                   book->places[0]));
    }
    (*row)++;
    return true;
}

/* Lists every column once, in the order of the sheets. */
static bool put_columns(struct book *book, lxw_worksheet *sheet, lxw_row_t row)
{
    static const char *const heads[] = {"Columna", "Definición", "Nombre en CSV"};
    struct workbook_seen *seen = calloc(1, sizeof *seen);
    bool ok = seen || err_no_memory(book->err);
    if (ok)
        row = workbook_put_head(book, sheet, row, heads, 3);
    for (size_t i = 0; ok && report_source_at(i); i++) {
        const struct report_source *source = report_source_at(i);
        const struct rows *rows =
            source->sheet ? report_rows(book->of, source->name, book->err) : NULL;
        if (rows)
            row = workbook_put_columns(book, sheet, row, rows, seen);
        ok = rows || !source->sheet;
    }
    free(seen);
    return ok;
}

static bool add_source(struct book *book, const struct report_source *source)
{
    const struct rows *rows = report_rows(book->of, source->name, book->err);
    return rows && workbook_add_sheet(book, source->title, rows);
}

static bool fill(struct book *book)
{
    lxw_row_t row;
    lxw_worksheet *first = workbook_add_worksheet(book->file, "Lea primero");
    worksheet_set_column(first, 0, 0, 38, NULL);
    worksheet_set_column(first, 1, 1, 92, NULL);
    worksheet_set_column(first, 2, 2, 30, NULL);
    worksheet_set_portrait(first);
    worksheet_set_paper(first, 9);
    worksheet_fit_to_pages(first, 1, 0);
    row = put_provenance(book, first);
    if (!put_sheets(book, first, &row) || !put_columns(book, first, row))
        return false;
    for (size_t i = 0; report_source_at(i); i++)
        if (report_source_at(i)->sheet && !add_source(book, report_source_at(i)))
            return false;
    return true;
}

bool workbook_write(struct report_data *data, struct buf *out, struct err *err)
{
    struct book book = {.of = data, .budget = geo_store_budget(report_store(data)), .err = err};
    lxw_doc_properties properties = {.title = "Libro de cálculo del Programa EMPODERAR",
                                     .subject = "Cobertura, riego, obras y vínculos por municipio",
                                     .author =
                                         "Programa EMPODERAR, Proyecto de Alianzas Rurales II",
                                     .comments = (char *)(uintptr_t)report_foot(data)};
    return workbook_make(&book, &properties, fill, out);
}
