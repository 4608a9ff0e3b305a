/* xlsx_book.c - the workbook of all tables: `sigg report libro`. */
#include <stdio.h>

#include "geo/base/number.h"
#include "layers/report/xlsx.h"
#include "layers/report/xlsx_internal.h"

static lxw_row_t put_provenance(struct xlsx *file, struct report_data *data, lxw_worksheet *sheet)
{
    const struct geo_edition_info *edition = report_edition(data);
    const struct provenance provenance = report_provenance(data);
    const char *warning = provenance_warning(&provenance);
    struct buf date;
    buf_init(&date);
    number_put_date(&date, report_date(data));
    if (buf_failed(&date))
        xlsx_keep_error(file, LXW_ERROR_MEMORY_MALLOC_FAILED);
    const struct xlsx_pair pairs[] = {
        {"Datos al", date.len ? date.data : "fecha no declarada"},
        {"Edición de los límites", edition->codigo},
        {"Título de la edición", edition->title},
        {"Fuente de los límites", edition->source[0] ? edition->source : "no declarada"},
        {"Condición", warning[0] ? warning : "Datos y límites oficiales"},
        {"Versión del programa", report_query_of(data)->version},
    };
    lxw_row_t row = 2;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        row = xlsx_put_pair(file, sheet, row, pairs[i].name, pairs[i].value);
    buf_free(&date);
    return row + 1;
}

/* Adds to the number of rows: every cell takes some 100 bytes until the file is closed. */
static bool add_size(struct report_data *data, const struct rows *rows, size_t *all,
                     struct err *err)
{
    size_t most = report_query_of(data)->rows_max;
    *all += rows_count(rows);
    return !most || *all <= most ||
           err_set(err, ERR_INPUT,
                   "el libro tendría más de %zu filas: hágalo con «sigg report libro»", most);
}

/* The sheets, with links. *row: the next free one. */
static bool put_sheets(struct xlsx *file, struct report_data *data, lxw_worksheet *sheet,
                       lxw_row_t *row)
{
    static const char *const heads[] = {"Hoja", "Qué es una fila", "Filas"};
    char target[96];
    size_t all = 0;
    const struct report_source *source;
    *row = xlsx_put_head(file, sheet, *row, heads);
    for (size_t i = 0; (source = report_source_at(i)); i++) {
        if (!source->sheet)
            continue;
        const struct rows *rows = report_rows(data, source->name, file->err);
        if (!rows || !add_size(data, rows, &all, file->err))
            return false;
        snprintf(target, sizeof target, "internal:'%s'!A1", source->title);
        xlsx_keep_error(file, worksheet_write_url_opt(sheet, *row, 0, target, file->formats[F_LINK],
                                                      source->title, NULL));
        xlsx_keep_error(file, worksheet_write_string(sheet, *row, 1, source->definition,
                                                     file->formats[F_WRAP]));
        xlsx_keep_error(file, worksheet_write_number(sheet, (*row)++, 2, (double)rows_count(rows),
                                                     file->places[0]));
    }
    (*row)++;
    return true;
}

/* Every column once, in the order of the sheets. */
static bool put_columns(struct xlsx *file, struct report_data *data, lxw_worksheet *sheet,
                        lxw_row_t row)
{
    const struct report_source *source;
    for (size_t i = 0; (source = report_source_at(i)); i++) {
        if (!source->sheet)
            continue;
        const struct rows *rows = report_rows(data, source->name, file->err);
        if (!rows)
            return false;
        row = xlsx_put_columns(file, sheet, row, rows);
    }
    return true;
}

static bool put_words(struct xlsx *file, struct report_data *data)
{
    lxw_worksheet *sheet =
        xlsx_add_words(file, "Lea primero", "SIGG: libro de cálculo del Programa EMPODERAR");
    if (!sheet)
        return false;
    lxw_row_t row = put_provenance(file, data, sheet);
    return put_sheets(file, data, sheet, &row) && put_columns(file, data, sheet, row);
}

static bool put_tables(struct xlsx *file, struct report_data *data)
{
    const struct report_source *source;
    for (size_t i = 0; (source = report_source_at(i)); i++) {
        if (!source->sheet)
            continue;
        const struct rows *rows = report_rows(data, source->name, file->err);
        if (!rows || !xlsx_add_rows(file, source->title, rows))
            return false;
    }
    return true;
}

bool xlsx_write_book(struct report_data *data, struct buf *out, struct err *err)
{
    struct xlsx file = {.budget = geo_store_budget(report_store(data)), .err = err};
    bool ok = xlsx_open(&file, "Libro de cálculo del Programa EMPODERAR",
                        "Cobertura, riego, obras y vínculos por municipio", report_foot(data)) &&
              put_words(&file, data) && put_tables(&file, data);
    return xlsx_close(&file, ok, out);
}
