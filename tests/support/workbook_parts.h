/* workbook_parts.h - makes workbooks of hand-made parts, and writes what geo/sheets/workbook
 * reads of them in one line. Include it in one place a program.
 *
 *   " | 2: 'A-1' 12.5% - @2021-01-31 <2:0-3:1 'x'>"   a row: its line, its cells by kind
 *   (' text, % percentage, - empty, @ date, ? flag, ! error, {} formula), its merged cells.
 */
#ifndef TESTS_SUPPORT_WORKBOOK_PARTS_H
#define TESTS_SUPPORT_WORKBOOK_PARTS_H

#include "geo/sheets/workbook.h"
#include "geo/source/source.h"
#include "tests/support/stored_zip.h"

/* XLSX ------------------------------------------------------------------------------- */

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define DOCUMENT "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS(text)                                                                           \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" text \
    "</Relationships>"
#define RELATION(id, type, target) \
    "<Relationship Id=\"" id "\" Type=\"" DOCUMENT "/" type "\" Target=\"" target "\"/>"
#define BOOK(text) "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" DOCUMENT "\">" text "</workbook>"
#define TAB(name, id) "<sheet name=\"" name "\" sheetId=\"1\" r:id=\"" id "\"/>"
#define SHEET(rows) "<worksheet xmlns=\"" MAIN "\"><sheetData>" rows "</sheetData></worksheet>"
#define STRINGS(text) "<sst xmlns=\"" MAIN "\">" text "</sst>"
#define ROW(line, cells) "<row r=\"" line "\">" cells "</row>"
#define INLINE(place, text) "<c r=\"" place "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define CELL(place, attributes, value) "<c r=\"" place "\" " attributes "><v>" value "</v></c>"

#define ROOT_RELATIONS RELATIONS(RELATION("r1", "officeDocument", "xl/workbook.xml"))
#define BOOK_RELATIONS                                                       \
    RELATIONS(RELATION("r1", "worksheet", "worksheets/sheet1.xml") RELATION( \
        "r2", "styles", "styles.xml") RELATION("r3", "sharedStrings", "sharedStrings.xml"))
#define PLAIN_BOOK BOOK("<sheets>" TAB("Datos", "r1") "</sheets>")
/* Styles: 0 general, 1 a date, 2 a percentage, 3 date and time, 4 hours, 5 a custom format. */
#define STYLES                                                                                     \
    "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" "                \
    "formatCode=\"dd/mm/yyyy;@\"/></numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>"     \
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"22\"/>" \
    "<xf numFmtId=\"46\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"

struct part {
    const char *name, *text;
    size_t len; /* 0: of the text */
};

enum { PARTS = 8 };

/* An XLSX of one sheet: its rows, and parts that replace the usual ones or are added. */
static const struct part usual[] = {
    {"_rels/.rels", ROOT_RELATIONS, 0},
    {"xl/workbook.xml", PLAIN_BOOK, 0},
    {"xl/_rels/workbook.xml.rels", BOOK_RELATIONS, 0},
    {"xl/styles.xml", STYLES, 0},
    {"xl/sharedStrings.xml",
     STRINGS("<si><t>uno</t></si><si><t xml:space=\"preserve\"> dos </t></si>"
             "<si><r><rPr><b/></rPr><t>Su</t></r><r><t>cre</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t>"
             "</rPh><phoneticPr fontId=\"1\"/></si><si><t>a_x000D_\nb</t></si><si><t/></si>"
             "<si><r><t>_x00</t></r><r><t>41_</t></r></si>"),
     0},
};

static const struct part *find(const struct part *parts, size_t n, const char *name)
{
    for (size_t i = 0; i < n && parts[i].name; i++)
        if (strcmp(parts[i].name, name) == 0)
            return &parts[i];
    return NULL;
}

static void add(struct stored_zip *zip, const struct part *part)
{
    if (part->text) /* else the usual part is left out */
        stored_zip_add(zip, part->name, part->text, part->len ? part->len : strlen(part->text));
}

static void make_xlsx(struct stored_zip *zip, const struct part parts[PARTS])
{
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (!find(parts, PARTS, usual[i].name))
            add(zip, &usual[i]);
    for (size_t i = 0; i < PARTS && parts[i].name; i++)
        add(zip, &parts[i]);
    stored_zip_end(zip);
}

/* ODS -------------------------------------------------------------------------------- */

#define P(text) "<text:p>" text "</text:p>"
#define VALUE(type, attribute, value)                                                      \
    "<table:table-cell office:value-type=\"" type "\" office:" attribute "=\"" value "\">" \
    "<text:p>mostrado</text:p></table:table-cell>"
#define STRING(paragraphs) \
    "<table:table-cell office:value-type=\"string\">" paragraphs "</table:table-cell>"
#define LINE(cells) "<table:table-row>" cells "</table:table-row>"
#define TABLE(name, rows) "<table:table table:name=\"" name "\">" rows "</table:table>"

static void make_ods(struct stored_zip *zip, const char *styles, const char *tables)
{
    struct buf content;
    buf_init(&content);
    buf_printf(&content,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content "
               "xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" "
               "xmlns:calcext=\"c\"><office:automatic-styles>%s</office:automatic-styles>"
               "<office:body><office:spreadsheet>%s</office:spreadsheet></office:body>"
               "</office:document-content>",
               styles, tables);
    stored_zip_add(zip, "content.xml", content.data, content.len);
    stored_zip_end(zip);
    buf_free(&content);
}

/* What is read ------------------------------------------------------------------------- */

static void put_cell(struct buf *out, const struct source_cell *cell)
{
    static const char *const forms[SOURCE_CELL_KINDS] = {
        [SOURCE_CELL_TEXT] = "'%s'",     [SOURCE_CELL_NUMBER] = "%s",
        [SOURCE_CELL_PERCENT] = "%s%%",  [SOURCE_CELL_DATE] = "@%s",
        [SOURCE_CELL_FLAG] = "?%s",      [SOURCE_CELL_ERROR] = "!%s",
        [SOURCE_CELL_NO_VALUE] = "{%s}", [SOURCE_CELL_FOREIGN] = "$%s"};
    if (cell->kind == SOURCE_CELL_EMPTY) {
        buf_puts(out, "-");
        return;
    }
    static const char mark[] = "%s";
    const char *form = forms[cell->kind], *at = strstr(form, mark);
    buf_put(out, form, (size_t)(at - form));
    buf_puts(out, cell->text);
    buf_puts(out, at[2] == '%' ? "%" : at + 2);
}

static void put_row(struct buf *out, const struct geo_workbook_row *row)
{
    const char *part = !out->len ? "" : out->data[out->len - 1] == ']' ? " " : " | ";
    buf_printf(out, "%s%lld:", part, (long long)row->cells.line);
    for (size_t i = 0; i < row->cells.n; i++) {
        buf_putc(out, ' ');
        put_cell(out, &row->cells.cells[i]);
    }
    for (size_t i = 0; i < row->n_merges; i++) {
        const struct geo_workbook_merge *merge = &row->merges[i];
        buf_printf(out, " <%lld:%zu-%lld:%zu ", (long long)merge->first_line, merge->first_column,
                   (long long)merge->last_line, merge->last_column);
        put_cell(out, &merge->value);
        buf_putc(out, '>');
    }
}

/* Appends the rows of a sheet, or of all: sheet -1. */
static bool put_rows(struct geo_workbook *workbook, int sheet, struct buf *out, struct err *err)
{
    const struct geo_workbook_sheet *sheets;
    size_t n = geo_workbook_sheets(workbook, &sheets);
    bool ok = true, more = true;
    for (size_t i = 0; ok && i < n; i++) {
        if (sheet >= 0 && (size_t)sheet != i)
            continue;
        if (sheet < 0)
            buf_printf(out, "%s[%s%s]", out->len ? " " : "", sheets[i].name,
                       sheets[i].hidden ? " oculta" : "");
        struct geo_workbook_row row;
        struct geo_workbook_rows *rows = geo_workbook_rows_open(workbook, i, err);
        ok = rows != NULL;
        while (ok && (ok = geo_workbook_rows_next(rows, &row, &more, err)) && more)
            put_row(out, &row);
        geo_workbook_rows_close(rows);
    }
    return ok;
}

/* Reads the zip; what it has, or its error, is in out. */
static bool read_all(const struct stored_zip *zip, const struct geo_source_limits *limits,
                     int sheet, struct buf *out)
{
    struct err err = {0};
    buf_clear(out);
    assert_true(geo_source_put_memory("libro", zip->bytes.data, zip->bytes.len, &err));
    struct geo_workbook *workbook = geo_workbook_open("/vsimem/libro", limits, &err);
    bool ok = workbook && put_rows(workbook, sheet, out, &err);
    if (!ok) {
        assert_int_not_equal(err.kind, ERR_NONE);
        buf_clear(out);
        buf_puts(out, err.message);
    }
    geo_workbook_close(workbook);
    geo_source_drop_memory("libro");
    return ok;
}

#endif
