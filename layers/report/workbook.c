/* workbook.c - writes the XLSX workbook, by libxlsxwriter. */
#include "layers/report/workbook.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "geo/base/budget.h"
#include "geo/base/number.h"
#include "geo/base/parse.h"

enum { MAX_WIDTH = 44, MIN_WIDTH = 8 };

enum workbook_format {
    F_HEAD,
    F_TITLE,
    F_TEXT,
    F_WRAP,
    F_BOLD,
    F_LINK,
    F_WHOLE,
    F_YEAR,
    F_REAL,
    F_DATE,
    FORMATS
};

struct book {
    struct report_data *data;
    struct workbook_words *words;
    lxw_workbook *file;
    lxw_format *formats[FORMATS];
    lxw_format *places[9]; /* numbers with that many places */
    size_t rows;           /* of all sheets so far */
    lxw_error error;       /* the first */
    struct err *err;
};

static void note(struct book *book, lxw_error error)
{
    if (book->error == LXW_NO_ERROR)
        book->error = error;
}

static void make_formats(struct book *book)
{
    static const char *const patterns[9] = {"#,##0",        "#,##0.0",       "#,##0.00",
                                            "#,##0.000",    "#,##0.0000",    "#,##0.00000",
                                            "#,##0.000000", "#,##0.0000000", "#,##0.00000000"};
    for (int i = 0; i < FORMATS; i++)
        book->formats[i] = workbook_add_format(book->file);
    for (int i = 0; i < 9; i++) {
        book->places[i] = workbook_add_format(book->file);
        format_set_num_format(book->places[i], patterns[i]);
    }
    lxw_format *head = book->formats[F_HEAD];
    format_set_bold(head);
    format_set_text_wrap(head);
    format_set_font_color(head, 0xFFFFFF);
    format_set_bg_color(head, 0x0F4A54);
    format_set_align(head, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bold(book->formats[F_TITLE]);
    format_set_font_size(book->formats[F_TITLE], 16);
    format_set_font_color(book->formats[F_TITLE], 0x0F4A54);
    format_set_text_wrap(book->formats[F_WRAP]);
    format_set_align(book->formats[F_WRAP], LXW_ALIGN_VERTICAL_TOP);
    format_set_align(book->formats[F_TEXT], LXW_ALIGN_VERTICAL_TOP);
    format_set_bold(book->formats[F_BOLD]);
    format_set_align(book->formats[F_BOLD], LXW_ALIGN_VERTICAL_TOP);
    format_set_underline(book->formats[F_LINK], LXW_UNDERLINE_SINGLE);
    format_set_font_color(book->formats[F_LINK], 0x0B5CAD);
    format_set_align(book->formats[F_LINK], LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(book->formats[F_YEAR], "0");
    format_set_num_format(book->formats[F_DATE], "dd/mm/yyyy");
}

/* Number of UTF-8 characters, by which widths of columns are set. */
static size_t length_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += (*text & 0xC0) != 0x80;
    return n;
}

static size_t put_cell(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                       const struct rows_column *head, const char *text, enum rows_kind kind)
{
    switch (kind) {
    case ROWS_NULL:
        return 0;
    case ROWS_BOOL:
        note(book, worksheet_write_number(sheet, row, column, text[0] == '1', book->places[0]));
        return 2;
    case ROWS_NUMBER: {
        int places = head->decimals < 0 ? 0 : head->decimals > 8 ? 8 : head->decimals;
        bool year = strcmp(head->name, "anio") == 0;
        note(book, worksheet_write_number(sheet, row, column, strtod(text, NULL),
                                          year ? book->formats[F_YEAR] : book->places[places]));
        return strlen(text) + strlen(text) / 3 + 1;
    }
    case ROWS_TEXT:
        break;
    }
    if (parse_date(text)) {
        lxw_datetime date = {.year = atoi(text), .month = atoi(text + 5), .day = atoi(text + 8)};
        note(book, worksheet_write_datetime(sheet, row, column, &date, book->formats[F_DATE]));
        return 11;
    }
    note(book, worksheet_write_string(sheet, row, column, text, NULL));
    return length_of(text);
}

static bool add_sheet(struct book *book, const struct report_source *source)
{
    const struct rows *rows = report_rows(book->data, source->name, book->err);
    const struct rows_column *columns;
    if (!rows)
        return false;
    size_t n = rows_columns(rows, &columns), n_rows = rows_count(rows);
    lxw_worksheet *sheet = workbook_add_worksheet(book->file, source->title);
    if (!sheet)
        return err_set(book->err, ERR_SETUP, "no se puede hacer la hoja «%s»", source->title);
    for (size_t c = 0; c < n; c++) {
        const char *title = workbook_title(book->words, columns[c].name);
        size_t widest = MIN_WIDTH;
        note(book, worksheet_write_string(sheet, 0, (lxw_col_t)c, title ? title : columns[c].name,
                                          book->formats[F_HEAD]));
        for (size_t r = 0; r < n_rows; r++) {
            enum rows_kind kind;
            const char *text = rows_cell(rows, r, c, &kind);
            size_t width =
                put_cell(book, sheet, (lxw_row_t)(r + 1), (lxw_col_t)c, &columns[c], text, kind);
            widest = width > widest ? width : widest;
        }
        if (!budget_left(geo_store_budget(report_store(book->data)), book->err))
            return false;
        size_t own = length_of(title ? title : columns[c].name) / 2 + 3; /* heads take two lines */
        widest = own > widest ? own : widest;
        worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c,
                             (double)(widest > MAX_WIDTH ? MAX_WIDTH : widest) + 1, NULL);
    }
    worksheet_set_row(sheet, 0, 45, NULL);
    bool coded = n > 2 && strcmp(columns[0].name, "codigo") == 0 && n_rows > 40;
    worksheet_freeze_panes(sheet, 1, coded ? 2 : 1);
    if (n_rows > 0)
        worksheet_autofilter(sheet, 0, 0, (lxw_row_t)n_rows, (lxw_col_t)(n - 1));
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
    return true;
}

/* ---- the first sheet ----------------------------------------------------- */

static lxw_row_t put_pair(struct book *book, lxw_worksheet *sheet, lxw_row_t row, const char *name,
                          const char *value)
{
    note(book, worksheet_write_string(sheet, row, 0, name, book->formats[F_BOLD]));
    note(book, worksheet_write_string(sheet, row, 1, value, book->formats[F_TEXT]));
    return row + 1;
}

static lxw_row_t put_head(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                          const char *const *titles, lxw_col_t n)
{
    for (lxw_col_t c = 0; c < n; c++)
        note(book, worksheet_write_string(sheet, row, c, titles[c], book->formats[F_HEAD]));
    return row + 1;
}

static lxw_row_t put_provenance(struct book *book, lxw_worksheet *sheet)
{
    const struct geo_edition_info *edition = report_edition(book->data);
    const struct provenance provenance = report_provenance(book->data);
    const struct report_query *query = report_query_of(book->data);
    struct buf date;
    lxw_row_t row = 2;
    note(book, worksheet_write_string(sheet, 0, 0, "SIGG: libro de cálculo del Programa EMPODERAR",
                                      book->formats[F_TITLE]));
    buf_init(&date);
    number_put_date(&date, report_date(book->data));
    if (buf_failed(&date))
        note(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    row = put_pair(book, sheet, row, "Datos al", date.len ? date.data : "fecha no declarada");
    buf_free(&date);
    row = put_pair(book, sheet, row, "Edición de los límites", edition->codigo);
    row = put_pair(book, sheet, row, "Título de la edición", edition->title);
    row = put_pair(book, sheet, row, "Fuente de los límites",
                   edition->source[0] ? edition->source : "no declarada");
    row = put_pair(book, sheet, row, "Condición",
                   provenance_warning(&provenance)[0] ? provenance_warning(&provenance)
                                                      : "Datos y límites oficiales");
    return put_pair(book, sheet, row, "Versión del programa", query->version) + 1;
}

/* Checks the number of rows: every cell takes some 100 bytes until the file is closed. */
static bool check_size(struct book *book, const struct rows *rows)
{
    size_t most = report_query_of(book->data)->rows_max;
    book->rows += rows_count(rows);
    return !most || book->rows <= most ||
           err_set(book->err, ERR_INPUT,
                   "el libro tendría más de %zu filas: hágalo con «sigg report libro»", most);
}

static bool put_sheets(struct book *book, lxw_worksheet *sheet, lxw_row_t *row)
{
    static const char *const heads[] = {"Hoja", "Qué es una fila", "Filas"};
    char target[96];
    *row = put_head(book, sheet, *row, heads, 3);
    for (size_t i = 0; report_source_at(i); i++) {
        const struct report_source *source = report_source_at(i);
        if (!source->sheet)
            continue;
        const struct rows *rows = report_rows(book->data, source->name, book->err);
        if (!rows || !check_size(book, rows))
            return false;
        snprintf(target, sizeof target, "internal:'%s'!A1", source->title);
        note(book, worksheet_write_url_opt(sheet, *row, 0, target, book->formats[F_LINK],
                                           source->title, NULL));
        note(book,
             worksheet_write_string(sheet, *row, 1, source->definition, book->formats[F_WRAP]));
        note(book,
             worksheet_write_number(sheet, (*row)++, 2, (double)rows_count(rows), book->places[0]));
    }
    (*row)++;
    return true;
}

/* Lists every column once, in the order of the sheets. */
static bool put_columns(struct book *book, lxw_worksheet *sheet, lxw_row_t row)
{
    static const char *const heads[] = {"Columna", "Definición", "Nombre en CSV"};
    struct arena *arena = arena_new();
    const char **seen = arena ? arena_array(arena, 1000, sizeof *seen) : NULL;
    size_t n_seen = 0;
    if (!seen) {
        arena_free(arena);
        return err_no_memory(book->err);
    }
    row = put_head(book, sheet, row, heads, 3);
    for (size_t i = 0; report_source_at(i); i++) {
        const struct report_source *source = report_source_at(i);
        const struct rows_column *columns;
        const struct rows *rows =
            source->sheet ? report_rows(book->data, source->name, book->err) : NULL;
        size_t n = rows ? rows_columns(rows, &columns) : 0;
        for (size_t c = 0; c < n; c++) {
            size_t k = 0;
            while (k < n_seen && strcmp(seen[k], columns[c].name) != 0)
                k++;
            if (k < n_seen || n_seen == 1000)
                continue;
            seen[n_seen++] = columns[c].name;
            const char *title = workbook_title(book->words, columns[c].name);
            const char *text = workbook_definition(book->words, columns[c].name);
            note(book, worksheet_write_string(sheet, row, 0, title ? title : columns[c].name,
                                              book->formats[F_BOLD]));
            note(book,
                 worksheet_write_string(sheet, row, 1, text ? text : "", book->formats[F_WRAP]));
            note(book,
                 worksheet_write_string(sheet, row++, 2, columns[c].name, book->formats[F_TEXT]));
        }
    }
    arena_free(arena);
    return true;
}

static bool fill(struct book *book)
{
    lxw_row_t row;
    lxw_worksheet *first = workbook_add_worksheet(book->file, "Lea primero");
    make_formats(book);
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
        if (report_source_at(i)->sheet && !add_sheet(book, report_source_at(i)))
            return false;
    return true;
}

/* Reads the file back: the library can only write to a named file. */
static bool read_back(const char *path, struct buf *out, struct err *err)
{
    char piece[65536];
    size_t n;
    FILE *file = fopen(path, "rb");
    if (!file)
        return err_set(err, ERR_DEPENDENCY, "no se pudo leer el libro: %s", err_reason(errno));
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        buf_put(out, piece, n);
    bool ok = !ferror(file) || err_set(err, ERR_DEPENDENCY, "no se pudo leer el libro");
    fclose(file);
    return ok && (!buf_failed(out) || err_no_memory(err));
}

bool workbook_write(struct report_data *data, struct buf *out, struct err *err)
{
    char path[] = "/tmp/sigg-libro-XXXXXX";
    struct book book = {.data = data, .err = err};
    int fd = mkstemp(path);
    if (fd < 0)
        return err_set(err, ERR_DEPENDENCY, "no se pudo hacer un archivo temporal: %s",
                       err_reason(errno));
    close(fd);
    lxw_workbook_options options = {.constant_memory = LXW_FALSE, .tmpdir = NULL};
    lxw_doc_properties properties = {.title = "Libro de cálculo del Programa EMPODERAR",
                                     .subject = "Cobertura, riego, obras y vínculos por municipio",
                                     .author =
                                         "Programa EMPODERAR, Proyecto de Alianzas Rurales II",
                                     .comments = (char *)(uintptr_t)report_foot(data)};
    book.words = workbook_words_load(err);
    bool ok = book.words != NULL;
    if (ok) {
        book.file = workbook_new_opt(path, &options);
        ok = book.file || err_no_memory(err);
    }
    if (ok) {
        note(&book, workbook_set_properties(book.file, &properties));
        ok = fill(&book);
        lxw_error closing = workbook_close(book.file); /* also frees it, in any case */
        note(&book, closing);
        if (ok && book.error != LXW_NO_ERROR)
            ok = err_set(err, ERR_DEPENDENCY, "escribir el libro: %s", lxw_strerror(book.error));
    }
    ok = ok && read_back(path, out, err);
    unlink(path);
    workbook_words_free(book.words);
    return ok;
}
