/* fuzz_workbook.c - any bytes as a workbook.
 * The first byte says as what: 'z' a zip as it is, 'x' the parts of an XLSX, parted by \x1E,
 * which are packed here, 'o' the content of an ODS. Every sheet is read. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/sheets/workbook.h"
#include "geo/source/source.h"
#include "tests/support/stored_zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS = 5000, PART_MARK = 0x1E };

static const struct {
    const char *name, *usual;
} parts[] = {
    {"xl/worksheets/sheet1.xml", "<worksheet/>"},
    {"xl/sharedStrings.xml", "<sst/>"},
    {"xl/styles.xml", "<styleSheet/>"},
    {"xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"a\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
     "<Relationship Id=\"b\" Type=\"/styles\" Target=\"styles.xml\"/><Relationship Id=\"c\" "
     "Type=\"/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"},
    {"xl/worksheets/_rels/sheet1.xml.rels",
     "<Relationships><Relationship Id=\"l\" Type=\"/hyperlink\" TargetMode=\"External\" "
     "Target=\"https://maps.google.com/?q=-19.04,-65.26\"/></Relationships>"},
};

static void pack_xlsx(struct stored_zip *zip, const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const uint8_t *mark = size ? memchr(data, PART_MARK, size) : NULL;
        size_t len = mark ? (size_t)(mark - data) : size;
        if (len)
            stored_zip_add(zip, parts[i].name, data, len);
        else
            stored_zip_add(zip, parts[i].name, parts[i].usual, strlen(parts[i].usual));
        len += mark != NULL;
        data += len;
        size -= len;
    }
    stored_zip_end(zip);
}

static void expect(bool true_of_it)
{
    if (!true_of_it)
        abort();
}

static void check_cell(const struct source_cell *cell)
{
    expect((int)cell->kind < SOURCE_CELL_KINDS);
    expect((cell->kind == SOURCE_CELL_EMPTY) == !cell->text);
    expect(!cell->text || (cell->text[0] && text_is_utf8(cell->text, strlen(cell->text))));
}

static void check_row(const struct geo_workbook_row *row, int64_t last_line)
{
    const struct source_cells *cells = &row->cells;
    expect(cells->line > last_line && cells->n > 0);
    expect(cells->cells[cells->n - 1].kind != SOURCE_CELL_EMPTY);
    for (size_t i = 0; i < cells->n; i++)
        check_cell(&cells->cells[i]);
    for (size_t i = 0; i < row->n_merges; i++) {
        const struct geo_workbook_merge *merge = &row->merges[i];
        expect(merge->first_line <= cells->line && cells->line <= merge->last_line);
        expect(merge->first_column <= merge->last_column);
        expect(!i || row->merges[i - 1].last_column < merge->first_column);
        check_cell(&merge->value);
    }
}

static void read_sheet(struct geo_workbook *workbook, size_t sheet)
{
    struct err err = {0};
    struct geo_workbook_rows *rows = geo_workbook_rows_open(workbook, sheet, &err);
    struct geo_workbook_row row;
    bool more = rows != NULL;
    int64_t line = 0;
    for (int i = 0; more && i < ROWS; i++) {
        if (!geo_workbook_rows_next(rows, &row, &more, &err)) {
            expect(err.kind != ERR_NONE && !more);
            break;
        }
        if (more)
            check_row(&row, line);
        line = more ? row.cells.line : line;
    }
    geo_workbook_rows_close(rows);
}

static void read_workbook(const struct buf *bytes)
{
    struct geo_source_limits limits = geo_source_usual_limits;
    struct err err = {0};
    limits.at[GEO_LIMIT_MEMORY_MB] = 16;
    limits.at[GEO_LIMIT_SOURCE_MB] = 16;
    limits.at[GEO_LIMIT_VALUE_KB] = 64;
    limits.at[GEO_LIMIT_COLUMNS] = 1000;
    if (!geo_source_put_memory("fuzz.xlsx", bytes->data, bytes->len, &err))
        return;
    struct geo_workbook *workbook = geo_workbook_open("/vsimem/fuzz.xlsx", &limits, &err);
    const struct geo_workbook_sheet *sheets;
    size_t n = workbook ? geo_workbook_sheets(workbook, &sheets) : 0;
    expect(workbook ? n > 0 : err.kind != ERR_NONE);
    for (size_t i = 0; i < n && i < 4; i++)
        read_sheet(workbook, i);
    geo_workbook_close(workbook);
    geo_source_drop_memory("fuzz.xlsx");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stored_zip zip = {0};
    if (!size)
        return 0;
    if (data[0] == 'x')
        pack_xlsx(&zip, data + 1, size - 1);
    else if (data[0] == 'o') {
        stored_zip_add(&zip, "content.xml", data + 1, size - 1);
        stored_zip_end(&zip);
    } else
        buf_put(&zip.bytes, data + 1, size - 1);
    if (zip.bytes.len)
        read_workbook(&zip.bytes);
    stored_zip_free(&zip);
    return 0;
}
