/* test_workbook.c - tests of geo/import/workbook.
 * Workbooks made by hand, part by part: what the cells become, what is refused and how.
 * tests/cli/test_workbook reads those of other programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/import/source.h"
#include "geo/import/workbook.h"
#include "tests/support/stored_zip.h"

/* Parts ------------------------------------------------------------------------------ */

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
        [SOURCE_CELL_TEXT] = "'%s'",    [SOURCE_CELL_NUMBER] = "%s", [SOURCE_CELL_PERCENT] = "%s%%",
        [SOURCE_CELL_DATE] = "@%s",     [SOURCE_CELL_FLAG] = "?%s",  [SOURCE_CELL_ERROR] = "!%s",
        [SOURCE_CELL_NO_VALUE] = "{%s}"};
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

/* " | 2: 'A-1' 12.5% - @2021-01-31 <2:0-3:1 'x'>" */
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

static void expect_rows(const char *name, struct stored_zip *zip, int sheet, const char *expect)
{
    struct buf out;
    buf_init(&out);
    bool ok = read_all(zip, &geo_source_usual_limits, sheet, &out);
    if (!ok || strcmp(out.len ? out.data : "", expect) != 0)
        fail_msg("%s: %s\nwanted: %s", name, out.len ? out.data : "", expect);
    buf_free(&out);
    stored_zip_free(zip);
}

static void expect_refusal(const char *name, struct stored_zip *zip,
                           const struct geo_source_limits *limits, const char *expect)
{
    struct buf out;
    buf_init(&out);
    if (read_all(zip, limits, -1, &out) || !strstr(out.len ? out.data : "", expect))
        fail_msg("%s: %s\nwanted: %s", name, out.len ? out.data : "", expect);
    buf_free(&out);
    stored_zip_free(zip);
}

/* XLSX ------------------------------------------------------------------------------- */

static void cells_of_xlsx_are_what_they_show(void **state)
{
    (void)state;
    static const struct {
        const char *name, *rows, *expect;
    } cases[] = {
        {"shared texts",
         ROW("1", CELL("A1", "t=\"s\"", "0") CELL("B1", "t=\"s\"", "1") CELL("C1", "t=\"s\"", "2")
                      CELL("D1", "t=\"s\"", "3")),
         "1: 'uno' ' dos ' 'Sucre' 'a\r\nb'"},
        {"an empty shared text, an escape in two runs",
         ROW("1", CELL("A1", "t=\"s\"", "4") CELL("B1", "t=\"s\"", "5")), "1: - '_x0041_'"},
        {"texts in the cell",
         ROW("1", INLINE("A1", " x &amp; _x00F1_ ") "<c r=\"B1\" t=\"inlineStr\"><is><r><t>a</t>"
                                                    "</r><r><t>b</t></r><rPh sb=\"0\" "
                                                    "eb=\"1\"><t>no</t></rPh></is></c>"),
         "1: ' x & ñ ' 'ab'"},
        {"numbers, percentages, dates",
         ROW("2", CELL("A2", "", "12.50") CELL("B2", "t=\"n\" s=\"2\"", "0.125")
                      CELL("C2", "s=\"1\"", "44197") CELL("D2", "s=\"3\"", "44197.5")
                          CELL("E2", "s=\"4\"", "1.25") CELL("F2", "s=\"5\"", "44561")),
         "2: 12.5 12.5% @2021-01-01 @2021-01-01T12:00:00 '30:00:00' @2021-12-31"},
        {"flags, errors, ISO dates",
         ROW("1",
             CELL("A1", "t=\"b\"", "1") CELL("B1", "t=\"b\"", "false") CELL("C1", "t=\"e\"", "#N/A")
                 CELL("D1", "t=\"d\"", "2021-01-31T00:00:00") CELL("E1", "t=\"b\"", "2")),
         "1: ?1 ?0 !#N/A @2021-01-31 '2'"},
        {"formulas",
         ROW("1", "<c r=\"A1\"><f>10+5</f><v>15</v></c><c r=\"B1\"><f>10+5</f></c><c r=\"C1\">"
                  "<f>1&lt;2</f><v/></c><c r=\"D1\" t=\"str\"><f>\"a\"</f><v>a_x0041_</v></c>"
                  "<c r=\"E1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"F1\" t=\"e\"><f>1/0</f><v>"
                  "#DIV/0!</v></c><c r=\"G1\" t=\"str\"><f>A1</f></c>"),
         "1: 15 {=10+5} {=1<2} 'aA' - !#DIV/0! {=A1}"},
        {"shared formulas",
         ROW("1", "<c r=\"A1\"><f t=\"shared\" ref=\"A1:A3\" si=\"0\">B1*2</f><v>4</v></c>"
                  "<c r=\"C1\"><f t=\"shared\" ref=\"C1:C3\" si=\"1\">B1*3</f></c>")
             ROW("2", "<c r=\"A2\"><f t=\"shared\" si=\"0\"/></c><c r=\"C2\"><f t=\"shared\" "
                      "si=\"1\"/><v>9</v></c>")
                 ROW("3", "<c r=\"A3\"><f t=\"shared\" si=\"0\"/></c><c r=\"C3\"><f t=\"shared\" "
                          "si=\"1\"/></c>"),
         "1: 4 - {=B1*3} | 2: {=B1*2} - 9 | 3: {=B1*2} - {=B1*3}"},
        {"places that are not written",
         "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c r=\"C3\"><v>3</v></c><c><v>4</v>"
         "</c></row>",
         "1: 1 2 | 3: - - 3 4"},
        {"rows and cells without values",
         ROW("1", "<c r=\"A1\" s=\"1\"/>") ROW("5", CELL("B5", "", "7") "<c r=\"Z5\" s=\"1\"/>")
             ROW("7", ""),
         "5: - 7"},
        {"cells in any order", ROW("1", CELL("C1", "", "3") CELL("A1", "", "1")), "1: 1 - 3"},
        {"layout", "\n <row r=\"1\">\n  <c r=\"A1\">\n <v> 5\n</v>\n</c>\n</row>\n", "1: 5"},
        {"what others add",
         ROW("1", "<c r=\"A1\"><extLst><ext><v>9</v></ext></extLst><v>1</v></c><x:c r=\"B1\"><x:v>"
                  "2</x:v></x:c>"),
         "1: 1 2"},
        {"no rows", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf sheet;
        struct stored_zip zip = {0};
        buf_init(&sheet);
        buf_printf(&sheet, SHEET("%s"), cases[i].rows);
        const struct part parts[PARTS] = {{"xl/worksheets/sheet1.xml", sheet.data, 0}};
        make_xlsx(&zip, parts);
        expect_rows(cases[i].name, &zip, 0, cases[i].expect);
        buf_free(&sheet);
    }
}

static void xlsx_is_read_however_it_is_packed(void **state)
{
    (void)state;
    static const char sheet[] = "xl/worksheets/sheet1.xml";
    static const char one[] = SHEET(ROW("1", CELL("A1", "s=\"1\"", "42735")));
    static const struct {
        const char *name;
        struct part parts[PARTS];
        const char *expect;
    } cases[] = {
        {"days from 1904",
         {{"xl/workbook.xml",
           BOOK("<workbookPr date1904=\"1\"/><sheets>" TAB("Datos", "r1") "</sheets>"), 0},
          {sheet, one, 0}},
         "[Datos] 1: @2021-01-01"},
        {"days from 1900",
         {{"xl/workbook.xml",
           BOOK("<workbookPr date1904=\"false\"/><sheets>" TAB("Datos", "r1") "</sheets>"), 0},
          {sheet, one, 0}},
         "[Datos] 1: @2016-12-31"},
        {"prefixes, the strict form",
         {{"_rels/.rels",
           "<p:Relationships xmlns:p=\"x\"><p:Relationship Id=\"a\" Type=\"http://purl.oclc.org/"
           "ooxml/officeDocument/relationships/officeDocument\" Target=\"/xl/workbook.xml\"/>"
           "</p:Relationships>",
           0},
          {"xl/workbook.xml",
           "<x:workbook xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:q=\"q\">"
           "<x:sheets><x:sheet name=\"A &amp; _x0042_\" sheetId=\"1\" q:id=\"r1\"/></x:sheets>"
           "</x:workbook>",
           0},
          {sheet,
           "<x:worksheet xmlns:x=\"x\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" "
           "t=\"inlineStr\"><x:is><x:t>sí</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>",
           0}},
         "[A & B] 1: 'sí'"},
        {"targets from the root, upwards and with backslashes; other names",
         {{"_rels/.rels", RELATIONS(RELATION("r", "officeDocument", "./libro/uno/../w.xml")), 0},
          {"LIBRO\\W.XML", PLAIN_BOOK, 0},
          {"libro/_rels/w.xml.rels",
           RELATIONS(RELATION("r1", "worksheet", "../hojas/./uno.xml")
                         RELATION("r2", "styles", "/xl/styles.xml")),
           0},
          {"hojas/uno.xml", one, 0}},
         "[Datos] 1: @2016-12-31"},
        {"hidden sheets, a chart, no name",
         {{"xl/workbook.xml",
           BOOK("<sheets><sheet name=\"Listas\" state=\"hidden\" r:id=\"r1\"/><sheet "
                "name=\"Gráfico\" r:id=\"g\"/><sheet state=\"veryHidden\" r:id=\"r1\"/><sheet "
                "name=\"Datos\" state=\"visible\" r:id=\"r1\"/></sheets>"),
           0},
          {"xl/_rels/workbook.xml.rels",
           RELATIONS(RELATION("r1", "worksheet", "worksheets/sheet1.xml")
                         RELATION("g", "chartsheet", "chartsheets/sheet1.xml")),
           0},
          {sheet, SHEET(ROW("1", CELL("A1", "", "1"))), 0}},
         "[Listas oculta] 1: 1 [ oculta] 1: 1 [Datos] 1: 1"},
        {"without styles, shared texts, relations of the zip",
         {{"_rels/.rels", NULL, 0},
          {"xl/styles.xml", NULL, 0},
          {"xl/sharedStrings.xml", NULL, 0},
          {sheet, SHEET(ROW("1", CELL("A1", "s=\"0\"", "42735"))), 0}},
         "[Datos] 1: 42735"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stored_zip zip = {0};
        make_xlsx(&zip, cases[i].parts);
        expect_rows(cases[i].name, &zip, -1, cases[i].expect);
    }
}

static void xlsx_may_be_utf_16(void **state)
{
    (void)state;
    static const char text[] = "<worksheet><sheetData>" ROW(
        "1", CELL("A1", "", "7")) "</sheetData><mergeCells>"
                                  "<mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>";
    char wide[2 * sizeof text] = "\xFF\xFE";
    for (size_t i = 0; i + 1 < sizeof text; i++)
        wide[2 + 2 * i] = text[i];
    const struct part parts[PARTS] = {{"xl/worksheets/sheet1.xml", wide, sizeof wide}};
    struct stored_zip zip = {0};
    make_xlsx(&zip, parts);
    expect_rows("UTF-16", &zip, 0, "1: 7 <1:0-2:1 7>");
}

static void merged_cells_come_with_the_rows_they_touch(void **state)
{
    (void)state;
    static const char rows[] = "<worksheet><sheetData>" ROW("1", INLINE("A1", "Título"))
        ROW("3", INLINE("A3", "Sucre") CELL("B3", "", "1") CELL("D3", "", "8"))
            ROW("4", CELL("B4", "", "2") "<c r=\"D4\"/>")
                ROW("6", CELL("B6", "", "3")
                             CELL("C6", "", "4")) "</sheetData><mergeCells>"
                                                  "<mergeCell ref=\"A9:B9\"/><mergeCell "
                                                  "ref=\"D3:E4\"/><mergeCell ref=\"A3:A5\"/>"
                                                  "<mergeCell ref=\"$A$1:$E$1\"/><mergeCell "
                                                  "ref=\"A6:A7\"/><mergeCell ref=\"C5:C6\"/>"
                                                  "</mergeCells></worksheet>";
    const struct part parts[PARTS] = {{"xl/worksheets/sheet1.xml", rows, 0}};
    static const char expect[] =
        "1: 'Título' <1:0-1:4 'Título'> | 3: 'Sucre' 1 - 8 <3:0-5:0 'Sucre'> <3:3-4:4 8> | "
        "4: - 2 <3:0-5:0 'Sucre'> <3:3-4:4 8> | 6: - 3 4 <6:0-7:0 -> <5:2-6:2 ->";
    struct stored_zip zip = {0};
    make_xlsx(&zip, parts);
    expect_rows("XLSX", &zip, 0, expect);
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

static void cells_of_ods_are_what_they_show(void **state)
{
    (void)state;
    static const struct {
        const char *name, *rows, *expect;
    } cases[] = {
        {"values",
         LINE(VALUE("float", "value", "12.50") VALUE("percentage", "value", "0.125")
                  VALUE("currency", "value", "7") VALUE("date", "date-value", "2021-01-31")
                      VALUE("date", "date-value", "2021-01-31T12:30:00")
                          VALUE("time", "time-value", "PT12H30M00S")
                              VALUE("boolean", "boolean-value", "true")
                                  VALUE("boolean", "boolean-value", "false")
                                      VALUE("string", "string-value", "tal cual")),
         "1: 12.5 12.5% 7 @2021-01-31 @2021-01-31T12:30:00 '12:30:00' ?1 ?0 'tal cual'"},
        {"texts",
         LINE(STRING(P("uno") P("dos")) STRING(P("  a \n  b<text:s/><text:s text:c=\"2\"/>c"))
                  STRING(P("x<text:tab/>y<text:line-break/>z")) STRING(P(""))
                      STRING(P("Su<text:span>cre <text:a>y</text:a></text:span> más"))),
         "1: 'uno\ndos' 'a b   c' 'x\ty\nz' - 'Sucre y más'"},
        {"what is not the text of the cell",
         LINE("<table:table-cell office:value-type=\"string\"><office:annotation><text:p>nota"
              "</text:p></office:annotation><text:p>a<office:annotation><text:p>otra</text:p>"
              "</office:annotation><text:ruby><text:ruby-base>b</text:ruby-base><text:ruby-text>x"
              "</text:ruby-text></text:ruby></text:p><draw:frame xmlns:draw=\"d\"><draw:text-box>"
              "<text:p>caja</text:p></draw:text-box></draw:frame></table:table-cell>"),
         "1: 'ab'"},
        {"formulas",
         LINE("<table:table-cell table:formula=\"of:=SUM([.A1:.A2])\"/><table:table-cell "
              "table:formula=\"of:=1+1\" office:value-type=\"float\" office:value=\"2\"/>"
              "<table:table-cell table:formula=\"of:=&quot;&quot;\" office:value-type=\"string\"/>"
              "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" "
              "office:string-value=\"\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p>"
              "</table:table-cell><table:table-cell table:formula=\"=A1\"/>"),
         "1: {=SUM([.A1:.A2])} 2 - !#DIV/0! {=A1}"},
        {"repetitions",
         "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell "
         "table:number-columns-repeated=\"2\"/>" VALUE(
             "float", "value",
             "1") "<table:table-cell "
                  "table:number-columns-repeated=\"3\" office:value-type=\"float\" "
                  "office:value=\"2\"/>"
                  "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>"
                  "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell "
                  "table:number-columns-repeated=\"16384\"/></table:table-row>" LINE(
                      VALUE("float", "value", "3")),
         "1: - - 1 2 2 2 | 2: - - 1 2 2 2 | 1000003: 3"},
        {"empty rows beyond the end",
         LINE(VALUE("float", "value", "1")) "<table:table-row "
                                            "table:number-rows-repeated=\"2000000000\"><table:"
                                            "table-cell/></table:table-row>" LINE(
                                                "<table:table-cell/>"),
         "1: 1"},
        {"groups and headers of rows",
         "<table:table-column/><table:table-header-rows>" LINE(VALUE(
             "float", "value", "1")) "</table:table-header-rows><table:table-row-group>"
                                     "<table:table-row-group>" LINE(VALUE(
                                         "float", "value",
                                         "2")) "</table:table-row-group></table:table-row-group>",
         "1: 1 | 2: 2"},
        {"merged cells",
         LINE("<table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned="
              "\"2\" office:value-type=\"string\"><text:p>Sucre</text:p></table:table-cell>"
              "<table:covered-table-cell/>" VALUE("float", "value", "1"))
             LINE("<table:covered-table-cell table:number-columns-repeated=\"2\"/>" VALUE(
                 "float", "value", "2")) LINE(VALUE("float", "value", "3")),
         "1: 'Sucre' - 1 <1:0-2:1 'Sucre'> | 2: - - 2 <1:0-2:1 'Sucre'> | 3: 3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf table;
        struct stored_zip zip = {0};
        buf_init(&table);
        buf_printf(&table, TABLE("Datos", "%s"), cases[i].rows);
        make_ods(&zip, "", table.data);
        expect_rows(cases[i].name, &zip, 0, cases[i].expect);
        buf_free(&table);
    }
}

static void sheets_of_ods_are_named_and_hidden(void **state)
{
    (void)state;
    struct stored_zip zip = {0};
    make_ods(&zip,
             "<style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties "
             "table:display=\"true\"/></style:style><style:style style:name=\"ta2\" "
             "style:family=\"table\"><style:table-properties table:display=\"false\"/>"
             "</style:style>",
             "<table:tracked-changes><table:table table:name=\"no\"/></table:tracked-changes>"
             "<table:table table:name=\"Listas\" table:style-name=\"ta2\">" LINE(VALUE(
                 "float", "value",
                 "1")) "</table:table><table:table table:name=\"Datos\" "
                       "table:style-name=\"ta1\"><table:shapes><table:table><table:table-row/>"
                       "</table:table></table:shapes>" LINE(
                           VALUE("float", "value", "2")) "</table:table>");
    expect_rows("sheets", &zip, -1, "[Listas oculta] 1: 1 [Datos] 1: 2");
}

/* Refusals --------------------------------------------------------------------------- */

static void what_is_damaged_is_refused(void **state)
{
    (void)state;
    static const char sheet[] = "xl/worksheets/sheet1.xml";
    static const struct {
        const char *name;
        struct part parts[PARTS];
        const char *expect;
    } cases[] = {
        {"no sheet", {{sheet, NULL, 0}}, "hoja «Datos»: al archivo le falta «xl/worksheets/sheet1"},
        {"a sheet without a file",
         {{"xl/_rels/workbook.xml.rels", RELATIONS(""), 0}, {sheet, SHEET(""), 0}},
         "le falta esta hoja"},
        {"no sheets", {{"xl/workbook.xml", BOOK("<sheets/>"), 0}}, "ninguna hoja con celdas"},
        {"cut XML", {{sheet, "<worksheet><sheetData>", 0}}, "está dañado («xl/worksheets/sheet1"},
        {"another document", {{sheet, "<html/>", 0}}, "no es una hoja de cálculo"},
        {"a text document",
         {{"xl/workbook.xml", "<w:document xmlns:w=\"w\"/>", 0}},
         "no es una hoja de cálculo"},
        {"a binary workbook", {{"xl/workbook.bin", "x", 0}}, "guárdelo como .xlsx"},
        {"entities",
         {{sheet, "<!DOCTYPE a [<!ENTITY b \"x\">]>" SHEET(ROW("1", INLINE("A1", "&b;"))), 0}},
         "DOCTYPE"},
        {"a text that is not there",
         {{sheet, SHEET(ROW("1", CELL("B1", "t=\"s\"", "99"))), 0}},
         "celda B1: le falta al libro su texto «99»"},
        {"a negative text", {{sheet, SHEET(ROW("1", CELL("B1", "t=\"s\"", "-1"))), 0}}, "celda B1"},
        {"a style that is not there",
         {{sheet, SHEET(ROW("1", CELL("A1", "s=\"6\"", "1"))), 0}},
         "celda A1: le falta al libro su estilo «6»"},
        {"a negative style", {{sheet, SHEET(ROW("1", CELL("A1", "s=\"-1\"", "1"))), 0}}, "estilo"},
        {"styles that are lost",
         {{"xl/styles.xml", NULL, 0}, {sheet, SHEET(ROW("1", CELL("A1", "s=\"1\"", "1"))), 0}},
         "le falta al libro su estilo «1»"},
        {"a type nobody knows",
         {{sheet, SHEET(ROW("1", CELL("A1", "t=\"zz\"", "1"))), 0}},
         "tipo desconocido, «zz»"},
        {"a row of nowhere", {{sheet, SHEET(ROW("0", "")), 0}}, "«0» no es una fila"},
        {"a negative row", {{sheet, SHEET(ROW("-5", "")), 0}}, "«-5» no es una fila"},
        {"a row too far",
         {{sheet, SHEET(ROW("2000000000", CELL("A2000000000", "", "1"))), 0}},
         "ninguna hoja tiene"},
        {"rows in disorder",
         {{sheet, SHEET(ROW("5", "") ROW("4", "")), 0}},
         "la fila 4 viene después de la 5"},
        {"a cell of another row",
         {{sheet, SHEET(ROW("1", CELL("A2", "", "1"))), 0}},
         "la fila 1 tiene una celda «A2»"},
        {"a cell of nowhere", {{sheet, SHEET(ROW("1", CELL("1A", "", "1"))), 0}}, "«1A»"},
        {"a column too far",
         {{sheet, SHEET(ROW("1", CELL("ZZZZ1", "", "1"))), 0}},
         "pasa de 16384 columnas"},
        {"a column of seven letters",
         {{sheet, SHEET(ROW("1", CELL("ABCDEFG1", "", "1"))), 0}},
         "«ABCDEFG1»"},
        {"one cell twice",
         {{sheet, SHEET(ROW("1", CELL("A1", "", "1") CELL("A1", "", "2"))), 0}},
         "la celda A1 está dos veces"},
        {"merged cells that overlap",
         {{sheet,
           "<worksheet><sheetData>" ROW(
               "1", CELL("A1", "", "1")) "</sheetData><mergeCells>"
                                         "<mergeCell ref=\"A1:C3\"/><mergeCell "
                                         "ref=\"B1:D1\"/></mergeCells></worksheet>",
           0}},
         "la celda combinada B1 se superpone"},
        {"merged cells upside down",
         {{sheet,
           "<worksheet><sheetData/><mergeCells><mergeCell ref=\"B2:A1\"/></mergeCells></worksheet>",
           0}},
         "«B2:A1» no nombra celdas combinadas"},
        {"no workbook", {{"xl/workbook.xml", NULL, 0}}, "le falta «xl/workbook.xml»"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stored_zip zip = {0};
        make_xlsx(&zip, cases[i].parts);
        expect_refusal(cases[i].name, &zip, &geo_source_usual_limits, cases[i].expect);
    }
}

static void what_is_damaged_in_ods_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *rows, *expect;
    } cases[] = {
        {"a negative repetition", "<table:table-row table:number-rows-repeated=\"-1\"/>",
         "«-1» en number-rows-repeated"},
        {"a repetition of columns beyond a number",
         LINE("<table:table-cell table:number-columns-repeated=\"99999999999\"/>"),
         "en number-columns-repeated"},
        {"too many columns",
         LINE("<table:table-cell table:number-columns-repeated=\"20000\" "
              "office:value-type=\"float\" office:value=\"1\"/>"),
         "pasa de 16384 columnas"},
        {"too many rows",
         "<table:table-row table:number-rows-repeated=\"2000000000\">" VALUE(
             "float", "value", "1") "</table:table-row>",
         "ninguna hoja tiene"},
        {"a cell too far",
         "<table:table-row table:number-rows-repeated=\"2000000000\"/>" LINE(
             VALUE("float", "value", "1")),
         "ninguna hoja tiene"},
        {"spans that overlap",
         LINE(
             "<table:table-cell table:number-columns-spanned=\"2\"/><table:table-cell "
             "table:number-columns-spanned=\"2\" office:value-type=\"float\" office:value=\"1\"/>"),
         "se superpone"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf table;
        struct stored_zip zip = {0};
        buf_init(&table);
        buf_printf(&table, TABLE("Datos", "%s"), cases[i].rows);
        make_ods(&zip, "", table.data);
        expect_refusal(cases[i].name, &zip, &geo_source_usual_limits, cases[i].expect);
        buf_free(&table);
    }
}

static void what_has_a_password_or_is_no_workbook_is_refused(void **state)
{
    (void)state;
    static const char manifest[] =
        "<!DOCTYPE manifest><manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    struct stored_zip zip = {0};
    stored_zip_add(&zip, "content.xml", "\1\2\3", 3);
    stored_zip_add(&zip, "META-INF/manifest.xml", manifest, sizeof manifest - 1);
    stored_zip_end(&zip);
    expect_refusal("ODS", &zip, &geo_source_usual_limits, "tiene contraseña");

    zip = (struct stored_zip){0};
    buf_put(&zip.bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 y más", 15);
    expect_refusal("OLE", &zip, &geo_source_usual_limits, "tiene contraseña, o es de un Excel");

    zip = (struct stored_zip){0};
    stored_zip_add(&zip, "foto.jpg", "x", 1);
    stored_zip_end(&zip);
    expect_refusal("another zip", &zip, &geo_source_usual_limits, "no es una hoja de cálculo");

    /* A byte that changed after it was packed: the zip's checksum is wrong. */
    zip = (struct stored_zip){0};
    const struct part parts[PARTS] = {
        {"xl/worksheets/sheet1.xml", SHEET(ROW("1", CELL("A1", "", "12345"))), 0}};
    make_xlsx(&zip, parts);
    char *digit = memmem(zip.bytes.data, zip.bytes.len, "12345", 5);
    assert_non_null(digit);
    *digit = '7';
    expect_refusal("checksum", &zip, &geo_source_usual_limits, "dañado o cortado («xl/worksheets");
}

/* Limits ----------------------------------------------------------------------------- */

/* A sheet of a text repeated `times` between two others. */
static void make_repeated(struct stored_zip *zip, const char *name, const char *before,
                          const char *repeated, int times, const char *after)
{
    struct buf text;
    buf_init(&text);
    buf_puts(&text, before);
    for (int i = 0; i < times; i++)
        buf_puts(&text, repeated);
    buf_puts(&text, after);
    const struct part parts[PARTS] = {{"xl/worksheets/sheet1.xml", SHEET(""), 0},
                                      {name, text.data, text.len}};
    const struct part only[PARTS] = {{name, text.data, text.len}};
    make_xlsx(zip, strcmp(name, parts[0].name) == 0 ? only : parts);
    buf_free(&text);
}

static void limits_hold(void **state)
{
    (void)state;
    static const char sheet[] = "xl/worksheets/sheet1.xml";
    static const struct {
        const char *name, *part, *before, *repeated;
        int times;
        const char *after;
        enum geo_source_limit limit;
        int64_t most;
        const char *expect;
    } cases[] = {
        {"shared texts", "xl/sharedStrings.xml", "<sst>",
         "<si><t>0123456789012345678901234567890123456789</t></si>", 20000, "</sst>",
         GEO_LIMIT_MEMORY_MB, 1, "--max-memory"},
        {"styles", "xl/styles.xml", "<styleSheet><cellXfs>", "<xf/>", 20000,
         "</cellXfs></styleSheet>", GEO_LIMIT_MEMORY_MB, 1, "--max-memory"},
        {"merged cells", sheet, "<worksheet><sheetData/><mergeCells>", "<mergeCell ref=\"A1:B1\"/>",
         50000, "</mergeCells></worksheet>", GEO_LIMIT_MEMORY_MB, 1, "--max-memory"},
        {"one value", sheet, "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>", "0123456789",
         200, "</t></is></c></row></sheetData></worksheet>", GEO_LIMIT_VALUE_KB, 1, "--max-value"},
        {"one shared text", "xl/sharedStrings.xml", "<sst><si><t>", "0123456789", 300,
         "</t></si></sst>", GEO_LIMIT_VALUE_KB, 1, "--max-value"},
        {"one formula", sheet, "<worksheet><sheetData><row><c><f>", "0123456789", 300,
         "</f></c></row></sheetData></worksheet>", GEO_LIMIT_VALUE_KB, 1, "--max-value"},
        {"columns", sheet, "<worksheet><sheetData><row>", "<c><v>1</v></c>", 21,
         "</row></sheetData></worksheet>", GEO_LIMIT_COLUMNS, 20, "--max-columns"},
        {"files", sheet, SHEET(""), "", 0, "", GEO_LIMIT_ENTRIES, 5, "--max-entries"},
        {"size", sheet, SHEET(""), "          ", 250000, "", GEO_LIMIT_SOURCE_MB, 1, "--max-size"},
        {"elements in elements", sheet, "<worksheet>", "<a>", 2000, "", GEO_LIMIT_COLUMNS, 20,
         "anida demasiados elementos"},
        {"a tag without end", sheet, "<worksheet a=\"", "0123456789", 500000, "", GEO_LIMIT_COLUMNS,
         20, "una etiqueta sin fin"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_source_limits limits = geo_source_usual_limits;
        struct stored_zip zip = {0};
        limits.at[cases[i].limit] = cases[i].most;
        make_repeated(&zip, cases[i].part, cases[i].before, cases[i].repeated, cases[i].times,
                      cases[i].after);
        expect_refusal(cases[i].name, &zip, &limits, cases[i].expect);
    }
}

static void sheets_can_be_read_again_and_side_by_side(void **state)
{
    (void)state;
    const struct part parts[PARTS] = {
        {"xl/worksheets/sheet1.xml",
         SHEET(ROW("1", CELL("A1", "", "1")) ROW("2", CELL("A2", "", "2"))), 0}};
    struct stored_zip zip = {0};
    struct err err = {0};
    struct geo_workbook_row row;
    bool more;
    make_xlsx(&zip, parts);
    assert_true(geo_source_put_memory("libro", zip.bytes.data, zip.bytes.len, &err));
    struct geo_workbook *workbook =
        geo_workbook_open("/vsimem/libro", &geo_source_usual_limits, &err);
    assert_non_null(workbook);
    struct geo_workbook_rows *a = geo_workbook_rows_open(workbook, 0, &err);
    struct geo_workbook_rows *b = geo_workbook_rows_open(workbook, 0, &err);
    for (int line = 1; line <= 2; line++) {
        assert_true(geo_workbook_rows_next(a, &row, &more, &err) && more);
        assert_int_equal(row.cells.line, line);
        assert_true(geo_workbook_rows_next(b, &row, &more, &err) && more);
        assert_int_equal(row.cells.line, line);
    }
    for (int after_the_end = 0; after_the_end < 2; after_the_end++) {
        assert_true(geo_workbook_rows_next(a, &row, &more, &err));
        assert_false(more);
    }
    geo_workbook_rows_close(a);
    geo_workbook_rows_close(b);
    geo_workbook_close(workbook);
    geo_source_drop_memory("libro");
    stored_zip_free(&zip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_of_xlsx_are_what_they_show),
        cmocka_unit_test(xlsx_is_read_however_it_is_packed),
        cmocka_unit_test(xlsx_may_be_utf_16),
        cmocka_unit_test(merged_cells_come_with_the_rows_they_touch),
        cmocka_unit_test(cells_of_ods_are_what_they_show),
        cmocka_unit_test(sheets_of_ods_are_named_and_hidden),
        cmocka_unit_test(what_is_damaged_is_refused),
        cmocka_unit_test(what_is_damaged_in_ods_is_refused),
        cmocka_unit_test(what_has_a_password_or_is_no_workbook_is_refused),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(sheets_can_be_read_again_and_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
