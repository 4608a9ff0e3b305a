/* rows.c - tables of results, written as aligned text, CSV, JSON or HTML. */
#include "geo/base/rows.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "geo/base/array.h"
#include "geo/base/cell.h"
#include "geo/base/number.h"

/* Kept small: the largest tables have more than a million cells. */
struct rows_cell {
    uint32_t at; /* in rows->text */
    uint32_t len : 29;
    uint32_t kind : 3; /* enum rows_kind */
};

enum { CELL_MAX = (1 << 29) - 1 };

struct rows {
    const struct rows_column *columns;
    size_t n_columns;
    const char *const *brief; /* columns of the table; NULL: all */
    struct rows_cell *cells;
    size_t n_cells, cap;
    struct buf text; /* every cell's text, NUL-terminated, one after the other */
    bool failed;
};

struct rows *rows_new(const struct rows_column *columns, size_t n_columns)
{
    struct rows *rows = calloc(1, sizeof *rows);
    if (!rows)
        return NULL;
    rows->columns = columns;
    rows->n_columns = n_columns;
    buf_init(&rows->text);
    return rows;
}

void rows_free(struct rows *rows)
{
    if (!rows)
        return;
    buf_free(&rows->text);
    free(rows->cells);
    free(rows);
}

/* Adds a cell with the text that was appended to rows->text since `at`. */
static void close_cell(struct rows *rows, enum rows_kind kind, size_t at)
{
    if (!array_reserve(rows->cells, rows->cap, rows->n_cells + 1)) {
        rows->failed = true;
        return;
    }
    size_t len = rows->text.len - at;
    if (at > UINT32_MAX || len > CELL_MAX) {
        rows->failed = true;
        return;
    }
    rows->cells[rows->n_cells++] = (struct rows_cell){
        .at = (uint32_t)at, .len = (uint32_t)len & CELL_MAX, .kind = (uint32_t)kind & 7};
    buf_putc(&rows->text, '\0');
}

void rows_text(struct rows *rows, const char *text)
{
    size_t at = rows->text.len;
    if (text)
        buf_puts(&rows->text, text);
    close_cell(rows, text ? ROWS_TEXT : ROWS_NULL, at);
}

void rows_words(struct rows *rows, const struct buf *words)
{
    rows_text(rows, words->len ? words->data : NULL);
    rows->text.failed = rows->text.failed || words->failed;
}

void rows_int(struct rows *rows, int64_t value)
{
    size_t at = rows->text.len;
    buf_put_int(&rows->text, value);
    close_cell(rows, ROWS_NUMBER, at);
}

void rows_real(struct rows *rows, double value)
{
    size_t at = rows->text.len;
    bool finite = isfinite(value);
    if (finite)
        buf_put_fixed(&rows->text, value, rows->columns[rows->n_cells % rows->n_columns].decimals);
    close_cell(rows, finite ? ROWS_NUMBER : ROWS_NULL, at);
}

void rows_bool(struct rows *rows, bool value)
{
    size_t at = rows->text.len;
    buf_putc(&rows->text, value ? '1' : '0');
    close_cell(rows, ROWS_BOOL, at);
}

void rows_null(struct rows *rows)
{
    close_cell(rows, ROWS_NULL, rows->text.len);
}

void rows_money(struct rows *rows, int64_t amount_cts)
{
    size_t at = rows->text.len;
    uint64_t cts = amount_cts < 0 ? 0 - (uint64_t)amount_cts : (uint64_t)amount_cts;
    buf_printf(&rows->text, "%s%llu", amount_cts < 0 ? "-" : "", (unsigned long long)(cts / 100));
    if (cts % 100)
        buf_printf(&rows->text, ".%02d", (int)(cts % 100));
    close_cell(rows, ROWS_NUMBER, at);
}

void rows_brief(struct rows *rows, const char *const *names)
{
    rows->brief = names;
}

size_t rows_count(const struct rows *rows)
{
    return rows->n_columns ? rows->n_cells / rows->n_columns : 0;
}

static const struct rows_cell *cell_at(const struct rows *rows, size_t row, size_t column)
{
    return &rows->cells[row * rows->n_columns + column];
}

static const char *cell_text(const struct rows *rows, const struct rows_cell *cell)
{
    return rows->text.data + cell->at;
}

size_t rows_columns(const struct rows *rows, const struct rows_column **columns)
{
    *columns = rows->columns;
    return rows->n_columns;
}

const char *rows_cell(const struct rows *rows, size_t row, size_t column, enum rows_kind *kind)
{
    const struct rows_cell *cell = cell_at(rows, row, column);
    *kind = (enum rows_kind)cell->kind;
    return cell_text(rows, cell);
}

bool rows_failed(const struct rows *rows)
{
    return rows->failed || buf_failed(&rows->text);
}

void rows_append(struct rows *rows, const struct rows *more)
{
    rows->failed = rows->failed || rows_failed(more);
    for (size_t i = 0; i < more->n_cells && !rows->failed; i++) {
        const struct rows_cell *cell = &more->cells[i];
        size_t at = rows->text.len;
        buf_put(&rows->text, cell_text(more, cell), cell->len);
        close_cell(rows, (enum rows_kind)cell->kind, at);
    }
}

/* A number with a decimal comma. */
static void put_comma(struct buf *out, const char *number)
{
    size_t whole = strcspn(number, ".");
    buf_put(out, number, whole);
    if (number[whole])
        buf_printf(out, ",%s", number + whole + 1);
}

/* The two dialects of CSV. */
struct csv {
    const char *start, *line_end;
    char separator;
};
static const struct csv plain = {"", "\n", ','}, excel = {"\xEF\xBB\xBF", "\r\n", ';'};

static void put_csv_cell(const struct rows *rows, const struct rows_cell *cell,
                         const struct csv *csv, struct buf *out)
{
    const char *text = cell_text(rows, cell);
    if (cell->kind == ROWS_NUMBER && csv == &excel)
        put_comma(out, text);
    else if (cell->kind == ROWS_TEXT)
        cell_put_csv(out, text);
    else
        buf_put_csv(out, text);
}

static void write_csv(const struct rows *rows, const struct csv *csv, struct buf *out)
{
    buf_puts(out, csv->start);
    for (size_t c = 0; c < rows->n_columns; c++) {
        if (c)
            buf_putc(out, csv->separator);
        buf_put_csv(out, rows->columns[c].name);
    }
    buf_puts(out, csv->line_end);
    for (size_t r = 0; r < rows_count(rows); r++) {
        for (size_t c = 0; c < rows->n_columns; c++) {
            if (c)
                buf_putc(out, csv->separator);
            put_csv_cell(rows, cell_at(rows, r, c), csv, out);
        }
        buf_puts(out, csv->line_end);
    }
}

static void write_object(const struct rows *rows, size_t row, bool typed, struct buf *out)
{
    buf_putc(out, '{');
    for (size_t c = 0; c < rows->n_columns; c++) {
        const struct rows_cell *cell = cell_at(rows, row, c);
        const char *text = cell_text(rows, cell);
        buf_puts(out, c ? "," : "");
        buf_put_json(out, rows->columns[c].name);
        buf_putc(out, ':');
        if (cell->kind == ROWS_NULL)
            buf_puts(out, "null");
        else if (cell->kind == ROWS_TEXT)
            buf_put_json(out, text);
        else if (cell->kind == ROWS_BOOL)
            buf_puts(out, text[0] == '1' ? "true" : "false");
        else
            buf_puts(out, text);
        if (typed && cell->kind == ROWS_NUMBER && rows->columns[c].decimals > 0 &&
            !text[strcspn(text, ".eE")])
            buf_puts(out, ".0");
    }
    buf_putc(out, '}');
}

void rows_write_object(const struct rows *rows, size_t row, struct buf *out)
{
    write_object(rows, row, false, out);
}

void rows_write_typed_object(const struct rows *rows, size_t row, struct buf *out)
{
    write_object(rows, row, true, out);
}

void rows_keep(struct rows *rows, rows_keep_fn *fn, void *arg)
{
    size_t kept = 0;
    for (size_t r = 0, n = rows_count(rows); r < n; r++) {
        if (!fn(arg, rows, r))
            continue;
        memmove(&rows->cells[kept * rows->n_columns], &rows->cells[r * rows->n_columns],
                rows->n_columns * sizeof *rows->cells);
        kept++;
    }
    rows->n_cells = kept * rows->n_columns;
}

static void write_json(const struct rows *rows, struct buf *out)
{
    buf_putc(out, '[');
    for (size_t r = 0; r < rows_count(rows); r++) {
        buf_puts(out, r ? ",\n" : "\n");
        rows_write_object(rows, r, out);
    }
    buf_puts(out, rows_count(rows) ? "\n]\n" : "]\n");
}

/* Display width of a text on a terminal, in columns. */
static size_t width_of(const char *text, size_t len)
{
    size_t width = 0;
    for (size_t i = 0; i < len;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
                                              (utf8proc_ssize_t)(len - i), &code);
        if (n <= 0)
            break;
        width += (size_t)utf8proc_charwidth(code);
        i += (size_t)n;
    }
    return width;
}

static void put_padded(struct buf *out, const char *text, size_t width, bool right, bool last)
{
    size_t own = width_of(text, strlen(text));
    size_t pad = own < width ? width - own : 0;
    for (size_t i = 0; right && i < pad; i++)
        buf_putc(out, ' ');
    buf_puts(out, text);
    for (size_t i = 0; !right && !last && i < pad; i++)
        buf_putc(out, ' ');
}

static bool is_shown(const struct rows *rows, size_t column)
{
    if (!rows->brief)
        return true;
    for (const char *const *name = rows->brief; *name; name++)
        if (strcmp(*name, rows->columns[column].name) == 0)
            return true;
    return false;
}

/* Width and alignment of a column of ROWS_TABLE. */
struct shown {
    size_t column, width;
    bool right;
};

static struct shown measure_column(const struct rows *rows, size_t column)
{
    const char *name = rows->columns[column].name;
    struct shown shown = {column, width_of(name, strlen(name)), false};
    for (size_t r = 0; r < rows_count(rows); r++) {
        const struct rows_cell *cell = cell_at(rows, r, column);
        size_t width = width_of(cell_text(rows, cell), cell->len);
        if (width > shown.width)
            shown.width = width;
        shown.right |= cell->kind == ROWS_NUMBER;
    }
    return shown;
}

static void write_table(const struct rows *rows, struct buf *out)
{
    struct shown *shown = calloc(rows->n_columns + 1, sizeof *shown);
    size_t n = 0;
    if (!shown) {
        out->failed = true;
        return;
    }
    for (size_t c = 0; c < rows->n_columns; c++)
        if (is_shown(rows, c))
            shown[n++] = measure_column(rows, c);
    for (size_t i = 0; i < n; i++) {
        buf_puts(out, i ? "  " : "");
        put_padded(out, rows->columns[shown[i].column].name, shown[i].width, shown[i].right,
                   i + 1 == n);
    }
    buf_putc(out, '\n');
    for (size_t r = 0; r < rows_count(rows); r++) {
        for (size_t i = 0; i < n; i++) {
            buf_puts(out, i ? "  " : "");
            put_padded(out, cell_text(rows, cell_at(rows, r, shown[i].column)), shown[i].width,
                       shown[i].right, i + 1 == n);
        }
        buf_putc(out, '\n');
    }
    free(shown);
}

static void write_html(const struct rows *rows, struct buf *out)
{
    buf_puts(out, "<table>\n<thead><tr>");
    for (size_t c = 0; c < rows->n_columns; c++) {
        buf_puts(out, "<th scope=\"col\">");
        buf_put_html(out, rows->columns[c].name);
        buf_puts(out, "</th>");
    }
    buf_puts(out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < rows_count(rows); r++) {
        buf_puts(out, "<tr>");
        for (size_t c = 0; c < rows->n_columns; c++) {
            const struct rows_cell *cell = cell_at(rows, r, c);
            const char *text = cell_text(rows, cell);
            buf_puts(out, cell->kind == ROWS_NUMBER ? "<td class=\"n\">" : "<td>");
            if (cell->kind == ROWS_NUMBER)
                number_put_digits(out, text, "-");
            else if (cell->kind == ROWS_BOOL)
                buf_puts(out, text[0] == '1' ? "sí" : "no");
            else
                buf_put_html(out, text);
            buf_puts(out, "</td>");
        }
        buf_puts(out, "</tr>\n");
    }
    buf_puts(out, "</tbody>\n</table>\n");
}

void rows_write(const struct rows *rows, enum rows_format format, struct buf *out)
{
    if (rows->failed || buf_failed(&rows->text)) {
        out->failed = true;
        return;
    }
    switch (format) {
    case ROWS_TABLE:
        write_table(rows, out);
        break;
    case ROWS_CSV:
        write_csv(rows, &plain, out);
        break;
    case ROWS_CSV_EXCEL:
        write_csv(rows, &excel, out);
        break;
    case ROWS_JSON:
        write_json(rows, out);
        break;
    case ROWS_HTML:
        write_html(rows, out);
        break;
    }
}

bool rows_format_of(const char *word, enum rows_format *format)
{
    static const char *const words[] = {"table", "csv", "json"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *format = (enum rows_format)i;
            return true;
        }
    return false;
}
