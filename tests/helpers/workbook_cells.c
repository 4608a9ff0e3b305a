/* workbook_cells.c - prints the cells of a workbook as our own reader sees them.
 *
 *   workbook_cells FILE            one JSON array a line: ["Datos",false,2,"B","NUMBER","12.5"]
 *   workbook_cells --count FILE    how many rows and cells it has
 *
 * An error goes to stderr; the exit status is then 1.
 */
#include <stdio.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/sheets/workbook.h"

static const char *const kinds[SOURCE_CELL_KINDS] = {
    "EMPTY", "TEXT", "NUMBER", "PERCENT", "FOREIGN", "DATE", "FLAG", "ERROR", "NO_VALUE"};

static long long n_rows, n_cells;

static void print_row(const struct geo_workbook_sheet *sheet, const struct source_cells *row,
                      struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < row->n; i++) {
        if (row->cells[i].kind == SOURCE_CELL_EMPTY)
            continue;
        buf_putc(out, '[');
        buf_put_json(out, sheet->name);
        buf_printf(out, ",%s,%lld,%zu,\"%s\",", sheet->hidden ? "true" : "false",
                   (long long)row->line, i + 1, kinds[row->cells[i].kind]);
        buf_put_json(out, row->cells[i].text);
        buf_puts(out, "]\n");
    }
    if (out->len)
        fwrite(out->data, 1, out->len, stdout);
}

static bool read_sheet(struct geo_workbook *workbook, size_t index,
                       const struct geo_workbook_sheet *sheet, bool count, struct err *err)
{
    struct geo_workbook_rows *rows = geo_workbook_rows_open(workbook, index, err);
    struct geo_workbook_row row;
    struct buf out;
    bool more = false, ok = rows != NULL;
    buf_init(&out);
    while (ok && (ok = geo_workbook_rows_next(rows, &row, &more, err)) && more) {
        n_rows++;
        n_cells += (long long)row.cells.n;
        if (!count)
            print_row(sheet, &row.cells, &out);
    }
    buf_free(&out);
    geo_workbook_rows_close(rows);
    return ok;
}

int main(int argc, char **argv)
{
    bool count = argc == 3 && strcmp(argv[1], "--count") == 0;
    if (argc != 2 && !count)
        return 2;
    struct err err = {0};
    struct geo_workbook *workbook =
        geo_workbook_open(argv[argc - 1], &geo_source_usual_limits, &err);
    const struct geo_workbook_sheet *sheets;
    bool ok = workbook != NULL;
    size_t n = ok ? geo_workbook_sheets(workbook, &sheets) : 0;
    for (size_t i = 0; ok && i < n; i++)
        ok = read_sheet(workbook, i, &sheets[i], count, &err);
    geo_workbook_close(workbook);
    if (ok && count)
        printf("%lld rows, %lld cells\n", n_rows, n_cells);
    if (!ok)
        fprintf(stderr, "%s\n", err.message);
    return ok ? 0 : 1;
}
