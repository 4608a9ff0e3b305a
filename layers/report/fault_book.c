/* fault_book.c - writes the workbook of the rows to correct after an import. */
#include "layers/report/fault_book.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/fields/form_sheets.h"
#include "layers/report/fault_book_places.h"
#include "layers/report/fault_cells.h"
#include "layers/report/fault_words.h"

enum { NAME_MAX = 31, COMMENT_BYTES = 1000, NUMBER_WIDTH = 12, HEAD_HEIGHT = 45 };
enum { NARROWEST = 9, WIDEST = 40 }; /* columns, in characters */

struct fault_book {
    struct xlsx file;
    const struct fault_report *report;
    struct arena *arena;
    struct fault_formats formats;
    size_t comments;     /* put so far */
    struct buf left_out; /* sentences, a line each */
};

/* A sheet while it is written. */
struct fault_writing {
    const struct fault_sheet *sheet;
    const struct fault_entry **faults; /* by row, then column */
    size_t n_faults, at;               /* at: the first fault of the row being written */
    lxw_worksheet *out;
    lxw_col_t first; /* column of the first cell: 1 after our own column, 0 without it */
    enum source_cell_kind *kinds; /* by column */
};

/* Names of sheets ---------------------------------------------------------------------- */

static bool is_taken(const struct fault_book *book, const char *name)
{
    return workbook_get_worksheet_by_name(book->file.book, name) != NULL ||
           strcmp(name, FORM_SHEET_HELP) == 0 || strcmp(name, FORM_SHEET_PLACES) == 0;
}

/* The original name, as XLSX allows it. NULL: memory. */
static const char *sheet_name(struct fault_book *book, const struct fault_sheet *sheet, size_t at)
{
    char *name = arena_strdup(book->arena, sheet->name[0] ? sheet->name : FORM_SHEET_DATA);
    for (char *c = name; c && *c; c++)
        if (strchr("[]:*?/\\'", *c) || (unsigned char)*c < 0x20)
            *c = '-';
    if (name)
        name[text_cut(name, NAME_MAX)] = '\0';
    const char *const ours[] = {name, FORM_SHEET_HELP};
    if (name && (is_taken(book, name) || form_sheet_is_ours(ours, 2, 0)))
        name = arena_printf(book->arena, "Hoja %zu", at + 1);
    return name;
}

/* Faults by row ------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const struct fault_entry *one = *(const struct fault_entry *const *)a;
    const struct fault_entry *two = *(const struct fault_entry *const *)b;
    if (one->row != two->row)
        return one->row < two->row ? -1 : 1;
    return (one->column > two->column) - (one->column < two->column);
}

static bool sort_faults(struct fault_book *book, struct fault_writing *writing)
{
    const struct fault_sheet *sheet = writing->sheet;
    writing->faults = arena_array(book->arena, sheet->n_faults, sizeof *writing->faults);
    if (!writing->faults)
        return false;
    for (size_t i = 0; i < sheet->n_faults; i++)
        writing->faults[writing->n_faults++] = &sheet->faults[i];
    if (writing->n_faults)
        qsort(writing->faults, writing->n_faults, sizeof *writing->faults, by_place);
    return true;
}

/* What is wrong with a cell of the row being written, -1 for the whole row, and the words of its
 * comment. */
static enum fault_mark mark_of(const struct fault_writing *writing, int64_t row, int column,
                               struct buf *words)
{
    enum fault_mark mark = FAULT_NONE;
    for (size_t i = writing->at; i < writing->n_faults && writing->faults[i]->row == row; i++) {
        const struct fault_entry *fault = writing->faults[i];
        bool elsewhere = fault->column < 0 || (size_t)fault->column >= writing->sheet->n_columns;
        if ((elsewhere ? -1 : fault->column) != column)
            continue;
        enum fault_mark one = fault->warning ? FAULT_WARNED : FAULT_WRONG;
        mark = one > mark ? one : mark;
        buf_printf(words, "%s%s%s", words->len ? "\n" : "", fault->warning ? "Aviso: " : "",
                   fault_said(fault, fault->message));
        if (fault_accepted(fault))
            buf_printf(words, "\nSe acepta: %s", fault_accepted(fault));
    }
    return mark;
}

static void put_comment(struct fault_book *book, lxw_worksheet *out, lxw_row_t row, lxw_col_t at,
                        struct buf *words)
{
    lxw_comment_options note = {.width = 300, .height = 120, .font_size = 9};
    if (words->len == 0 || book->comments++ >= FAULT_BOOK_COMMENTS)
        return;
    words->data[text_cut(words->data, COMMENT_BYTES)] = '\0';
    fault_clean(words->data);
    if (buf_failed(words))
        xlsx_keep_error(&book->file, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else if (words->data[0])
        xlsx_keep_error(&book->file, worksheet_write_comment_opt(out, row, at, words->data, &note));
}

/* Rows ------------------------------------------------------------------------------------ */

/* The kind that most cells of each column have that are not texts, if any is. */
static bool find_kinds(struct fault_book *book, struct fault_writing *writing)
{
    const struct fault_sheet *sheet = writing->sheet;
    writing->kinds = arena_array(book->arena, sheet->n_columns, sizeof *writing->kinds);
    if (!writing->kinds)
        return false;
    for (size_t c = 0; c < sheet->n_columns; c++) {
        size_t counts[SOURCE_CELL_KINDS] = {0};
        enum source_cell_kind most = SOURCE_CELL_TEXT;
        for (size_t r = 0; r < sheet->n_rows; r++)
            if (c < sheet->rows[r].n)
                counts[sheet->rows[r].cells[c].kind]++;
        for (enum source_cell_kind k = SOURCE_CELL_TEXT; k <= SOURCE_CELL_FLAG; k++)
            most = counts[k] > counts[most] ? k : most;
        writing->kinds[c] = most;
    }
    return true;
}

static bool row_fits(const struct source_cells *row)
{
    for (size_t c = 0; c < row->n; c++)
        if (!fault_cell_fits(&row->cells[c]))
            return false;
    return true;
}

static void put_row(struct fault_book *book, struct fault_writing *writing,
                    const struct source_cells *row, lxw_row_t to)
{
    static const struct source_cell empty = {SOURCE_CELL_EMPTY, NULL};
    lxw_worksheet *out = writing->out;
    struct buf words;
    buf_init(&words);
    while (writing->at < writing->n_faults && writing->faults[writing->at]->row < row->line)
        writing->at++;
    enum fault_mark whole = mark_of(writing, row->line, -1, &words), mark;
    if (writing->first == 1) {
        xlsx_keep_error(&book->file,
                        worksheet_write_number(out, to, 0, (double)row->line,
                                               book->formats.of[SOURCE_CELL_NUMBER][whole]));
        put_comment(book, out, to, 0, &words);
        buf_clear(&words);
        whole = FAULT_NONE;
    }
    for (size_t c = 0; c < writing->sheet->n_columns; c++, whole = FAULT_NONE) {
        lxw_col_t at = (lxw_col_t)(c + writing->first);
        mark = mark_of(writing, row->line, (int)c, &words);
        fault_put_cell(&book->file, out, to, at, c < row->n ? &row->cells[c] : &empty,
                       writing->kinds[c], mark > whole ? mark : whole, &book->formats);
        put_comment(book, out, to, at, &words);
        buf_clear(&words);
    }
    buf_free(&words);
}

static int by_line(const void *a, const void *b)
{
    int64_t one = (*(const struct source_cells *const *)a)->line;
    int64_t two = (*(const struct source_cells *const *)b)->line;
    return (one > two) - (one < two);
}

static bool put_rows(struct fault_book *book, struct fault_writing *writing)
{
    const struct fault_sheet *sheet = writing->sheet;
    size_t n = sheet->n_rows < FAULT_BOOK_ROWS ? sheet->n_rows : FAULT_BOOK_ROWS;
    const struct source_cells **rows = arena_array(book->arena, sheet->n_rows, sizeof *rows);
    lxw_row_t to = 1;
    if (!rows)
        return false;
    for (size_t r = 0; r < sheet->n_rows; r++)
        rows[r] = &sheet->rows[r];
    if (n > 0)
        qsort(rows, sheet->n_rows, sizeof *rows, by_line);
    for (size_t r = 0; r < n; r++) {
        if (row_fits(rows[r]))
            put_row(book, writing, rows[r], to++);
        else
            buf_printf(&book->left_out,
                       "%s %lld: un valor que una celda no puede tener; corríjalo en el "
                       "original.\n",
                       sheet->place, (long long)rows[r]->line);
    }
    if (n < sheet->n_rows)
        buf_printf(&book->left_out, "%s %lld y siguientes: %zu que no caben en este libro.\n",
                   sheet->place, (long long)rows[n]->line, sheet->n_rows - n);
    return true;
}

/* Sheets ---------------------------------------------------------------------------------- */

/* A book that is corrected for the second time has our column already. */
static bool has_our_column(const struct fault_sheet *sheet)
{
    for (size_t c = 0; c < sheet->n_columns; c++)
        if (form_column_is_ours(sheet->columns[c]))
            return true;
    return sheet->n_columns >= LXW_COL_MAX;
}

static size_t longest_word(const char *text)
{
    size_t longest = 0, n = 0;
    for (; *text; text++) {
        n = *text == ' ' ? 0 : n + ((*text & 0xC0) != 0x80);
        longest = n > longest ? n : longest;
    }
    return longest;
}

/* Wide enough for its heading in two lines, of whole words, and for most cells. */
static double width_of(const struct fault_sheet *sheet, size_t column)
{
    const char *head = sheet->columns[column];
    size_t width = xlsx_length(head) / 2 + 3, word = longest_word(head) + 4;
    width = word > width ? word : width;
    for (size_t r = 0; r < sheet->n_rows; r++) {
        const struct source_cell *cell =
            column < sheet->rows[r].n ? &sheet->rows[r].cells[column] : NULL;
        size_t need = cell && cell->text ? xlsx_length(cell->text) + 2 : 0;
        if (cell && cell->kind == SOURCE_CELL_NUMBER && need > NUMBER_WIDTH)
            need = NUMBER_WIDTH; /* a sheet rounds what it shows */
        width = need > width ? need : width;
    }
    return (double)(width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width);
}

static void put_heads(struct fault_book *book, const struct fault_writing *writing)
{
    const struct source_cell ours = {SOURCE_CELL_TEXT, FORM_COLUMN_ROW};
    lxw_format *head = book->file.formats[F_HEAD];
    if (writing->first == 1) {
        worksheet_set_column(writing->out, 0, 0, NUMBER_WIDTH, NULL);
        xlsx_keep_error(&book->file, worksheet_write_string(writing->out, 0, 0, ours.text, head));
    }
    for (size_t c = 0; c < writing->sheet->n_columns; c++) {
        lxw_col_t at = (lxw_col_t)(c + writing->first);
        worksheet_set_column(writing->out, at, at, width_of(writing->sheet, c), NULL);
        fault_put_text(&book->file, writing->out, 0, at, writing->sheet->columns[c], head);
    }
    worksheet_set_row(writing->out, 0, HEAD_HEIGHT, NULL);
    worksheet_freeze_panes(writing->out, 1, writing->first);
    worksheet_set_landscape(writing->out);
    worksheet_repeat_rows(writing->out, 0, 0);
    worksheet_ignore_errors(writing->out, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
}

static bool put_sheet(struct fault_book *book, size_t at)
{
    struct fault_writing writing = {.sheet = &book->report->sheets[at]};
    if (writing.sheet->n_rows == 0)
        return true;
    const char *name = sheet_name(book, writing.sheet, at);
    if (!name || !sort_faults(book, &writing) || !find_kinds(book, &writing))
        return err_no_memory(book->file.err);
    writing.first = has_our_column(writing.sheet) ? 0 : 1;
    if (!(writing.out = xlsx_add_sheet(&book->file, name)))
        return false;
    put_heads(book, &writing);
    return put_rows(book, &writing) || err_no_memory(book->file.err);
}

static lxw_row_t put_words(struct fault_book *book, lxw_worksheet *sheet, lxw_row_t row,
                           const char *name, struct buf *words)
{
    size_t to = 0;
    if (buf_failed(words))
        xlsx_keep_error(&book->file, LXW_ERROR_MEMORY_MALLOC_FAILED);
    for (size_t from = 0; words->data && from <= words->len; from++) /* with its NUL */
        if (words->data[from] != FAULT_CODE[0])
            words->data[to++] = words->data[from];
    return words->data ? xlsx_put_pair(&book->file, sheet, row, name, words->data) : row;
}

static bool put_help(struct fault_book *book)
{
    static const char *const names[] = {"Qué hacer ahora", "", "", ""};
    struct buf words;
    const char *title = fault_book_needed(book->report) ? "Filas por corregir" : FORM_SHEET_PLACES;
    lxw_worksheet *sheet = xlsx_add_words(&book->file, FORM_SHEET_HELP, title);
    if (!sheet)
        return false;
    buf_init(&words);
    fault_put_summary(&words, book->report);
    lxw_row_t row = put_words(book, sheet, 2, "Qué pasó", &words);
    for (size_t step = 0; step < 4; step++) {
        buf_clear(&words);
        if (fault_put_step(&words, book->report, step))
            row = put_words(book, sheet, row, names[step], &words);
    }
    if (book->comments > FAULT_BOOK_COMMENTS)
        buf_printf(&book->left_out, "%zu celdas con falta tienen color, pero no comentario.\n",
                   book->comments - FAULT_BOOK_COMMENTS);
    if (book->left_out.len)
        put_words(book, sheet, row, "Lo que no está aquí", &book->left_out);
    buf_free(&words);
    return true;
}

bool fault_book_needed(const struct fault_report *report)
{
    for (size_t s = 0; s < report->n_sheets; s++)
        if (report->sheets[s].n_rows > 0)
            return true;
    return false;
}

bool fault_book_write(const struct fault_report *report, struct buf *out, struct err *err)
{
    struct fault_book book = {.file = {.err = err}, .report = report, .arena = arena_new()};
    bool ok = book.arena != NULL;
    buf_init(&book.left_out);
    if (!ok)
        return err_no_memory(err);
    ok = xlsx_open(&book.file, "Filas por corregir", "Lo que una importación rechazó", NULL) &&
         (fault_formats_make(&book.file, &book.formats) || err_no_memory(err));
    for (size_t s = 0; ok && s < report->n_sheets; s++)
        ok = put_sheet(&book, s);
    ok = ok && fault_book_put_places(&book.file, report);
    ok = ok && put_help(&book);
    ok = xlsx_close(&book.file, ok, out);
    buf_free(&book.left_out);
    arena_free(book.arena);
    return ok;
}
