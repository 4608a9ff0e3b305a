/* workbook_sheet.c - writes tables as sheets of an XLSX file, by libxlsxwriter. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/parse.h"
#include "layers/report/workbook_internal.h"

enum { MAX_WIDTH = 44, MIN_WIDTH = 8 };

void workbook_note(struct book *book, lxw_error error)
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
        workbook_note(book,
                      worksheet_write_number(sheet, row, column, text[0] == '1', book->places[0]));
        return 2;
    case ROWS_NUMBER: {
        int places = head->decimals < 0 ? 0 : head->decimals > 8 ? 8 : head->decimals;
        bool year = strcmp(head->name, "anio") == 0;
        workbook_note(book,
                      worksheet_write_number(sheet, row, column, strtod(text, NULL),
                                             year ? book->formats[F_YEAR] : book->places[places]));
        return strlen(text) + strlen(text) / 3 + 1;
    }
    case ROWS_TEXT:
        break;
    }
    if (parse_date(text)) {
        lxw_datetime date = {.year = atoi(text), .month = atoi(text + 5), .day = atoi(text + 8)};
        workbook_note(book,
                      worksheet_write_datetime(sheet, row, column, &date, book->formats[F_DATE]));
        return 11;
    }
    workbook_note(book, worksheet_write_string(sheet, row, column, text, NULL));
    return length_of(text);
}

bool workbook_add_sheet(struct book *book, const char *name, const struct rows *rows)
{
    const struct rows_column *columns;
    size_t n = rows_columns(rows, &columns), n_rows = rows_count(rows);
    lxw_worksheet *sheet = workbook_add_worksheet(book->file, name);
    if (!sheet)
        return err_set(book->err, ERR_SETUP, "no se puede hacer la hoja «%s»", name);
    for (size_t c = 0; c < n; c++) {
        const char *title = column_title(book->words, book->figure, columns[c].name);
        size_t widest = MIN_WIDTH;
        workbook_note(book, worksheet_write_string(sheet, 0, (lxw_col_t)c,
                                                   title ? title : columns[c].name,
                                                   book->formats[F_HEAD]));
        for (size_t r = 0; r < n_rows; r++) {
            enum rows_kind kind;
            const char *text = rows_cell(rows, r, c, &kind);
            size_t width =
                put_cell(book, sheet, (lxw_row_t)(r + 1), (lxw_col_t)c, &columns[c], text, kind);
            widest = width > widest ? width : widest;
        }
        if (!budget_left(book->budget, book->err))
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

lxw_row_t workbook_put_pair(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                            const char *name, const char *value)
{
    workbook_note(book, worksheet_write_string(sheet, row, 0, name, book->formats[F_BOLD]));
    workbook_note(book, worksheet_write_string(sheet, row, 1, value, book->formats[F_TEXT]));
    return row + 1;
}

lxw_row_t workbook_put_head(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                            const char *const *titles, lxw_col_t n)
{
    for (lxw_col_t c = 0; c < n; c++)
        workbook_note(book,
                      worksheet_write_string(sheet, row, c, titles[c], book->formats[F_HEAD]));
    return row + 1;
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

lxw_row_t workbook_put_columns(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                               const struct rows *rows, struct workbook_seen *seen)
{
    const struct rows_column *columns;
    size_t n = rows_columns(rows, &columns);
    for (size_t c = 0; c < n; c++) {
        size_t k = 0;
        while (k < seen->n && strcmp(seen->names[k], columns[c].name) != 0)
            k++;
        if (k < seen->n || seen->n == WORKBOOK_SEEN_MAX)
            continue;
        seen->names[seen->n++] = columns[c].name;
        const char *title = column_title(book->words, book->figure, columns[c].name);
        const char *text = column_definition(book->words, book->figure, columns[c].name);
        workbook_note(book, worksheet_write_string(sheet, row, 0, title ? title : columns[c].name,
                                                   book->formats[F_BOLD]));
        workbook_note(
            book, worksheet_write_string(sheet, row, 1, text ? text : "", book->formats[F_WRAP]));
        workbook_note(
            book, worksheet_write_string(sheet, row++, 2, columns[c].name, book->formats[F_TEXT]));
    }
    return row;
}

bool workbook_make(struct book *book, lxw_doc_properties *properties, bool (*fill)(struct book *),
                   struct buf *out)
{
    char path[] = "/tmp/sigg-libro-XXXXXX";
    lxw_workbook_options options = {.constant_memory = LXW_FALSE, .tmpdir = NULL};
    int fd = mkstemp(path);
    if (fd < 0)
        return err_set(book->err, ERR_DEPENDENCY, "no se pudo hacer un archivo temporal: %s",
                       err_reason(errno));
    close(fd);
    book->words = column_words_load(book->err);
    bool ok = book->words != NULL;
    if (ok) {
        book->file = workbook_new_opt(path, &options);
        ok = book->file || err_no_memory(book->err);
    }
    if (ok) {
        workbook_note(book, workbook_set_properties(book->file, properties));
        make_formats(book);
        ok = fill(book);
        lxw_error closing = workbook_close(book->file); /* also frees it, in any case */
        workbook_note(book, closing);
        if (ok && book->error != LXW_NO_ERROR)
            ok = err_set(book->err, ERR_DEPENDENCY, "escribir el libro: %s",
                         lxw_strerror(book->error));
    }
    ok = ok && read_back(path, out, book->err);
    unlink(path);
    column_words_free(book->words);
    return ok;
}
