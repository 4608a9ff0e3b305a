/* test_workbook.c - tests of geo/sheets/workbook: what cells become.
 * The workbooks are made by hand, part by part; tests/cli/test_workbook reads those of other
 * programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/workbook_parts.h"

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
        {"raised and struck out letters",
         ROW("1", "<c t=\"inlineStr\"><is><r><t>120</t></r><r><rPr><vertAlign val=\"superscript\"/>"
                  "</rPr><t>1</t></r></is></c><c t=\"inlineStr\"><is><r><rPr><vertAlign "
                  "val=\"superscript\"/></rPr><t>er</t></r><r><rPr><strike/></rPr><t>no</t></r><r>"
                  "<rPr><strike val=\"false\"/><vertAlign val=\"subscript\"/></rPr><t>2x</t></r>"
                  "</is></c><c t=\"inlineStr\"><is><r><rPr><strike/></rPr><t>no</t></r></is></c>"),
         "1: '120¹' 'er₂x'"},
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

static void a_merged_cell_is_seen_in_all_its_columns(void **state)
{
    (void)state;
    static const struct source_cell cells[] = {{SOURCE_CELL_TEXT, "a"},
                                               {SOURCE_CELL_TEXT, "b"},
                                               {0},
                                               {SOURCE_CELL_TEXT, "d"},
                                               {SOURCE_CELL_TEXT, "debajo"}};
    static const struct geo_workbook_merge merges[] = {{5, 5, 1, 2, {SOURCE_CELL_TEXT, "b"}},
                                                       {4, 6, 4, 4, {SOURCE_CELL_TEXT, "E"}},
                                                       {5, 6, 6, 7, {0}}};
    static const struct {
        const char *text;
        bool covered;
    } wanted[] = {{"a", false},  {"b", false},  {"b", true},  {"d", false}, {"E", true},
                  {NULL, false}, {NULL, false}, {NULL, true}, {NULL, false}};
    const struct geo_workbook_row row = {.cells = {5, 5, cells}, .merges = merges, .n_merges = 3};
    for (size_t column = 0; column < sizeof wanted / sizeof *wanted; column++) {
        bool covered;
        const char *text = geo_workbook_shown(&row, column, &covered)->text;
        if (covered != wanted[column].covered || !text != !wanted[column].text ||
            (text && strcmp(text, wanted[column].text) != 0))
            fail_msg("column %zu: %s, covered: %d", column, text ? text : "-", covered);
    }
}

/* ODS -------------------------------------------------------------------------------- */

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
        {"codes with zeros in front",
         LINE("<table:table-cell office:value-type=\"float\" office:value=\"10101\">" P(
             "010101") "</table:table-cell><table:table-cell office:value-type=\"float\" "
                       "office:value=\"0.5\">" P(
                           "00") "</table:table-cell><table:table-cell "
                                 "office:value-type=\"float\" office:value=\"0\">" P(
                                     "0") "</table:table-cell>"),
         "1: 010101 0.5 0"},
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
        {"a type that LibreOffice adds",
         LINE("<table:table-cell calcext:value-type=\"float\" office:value-type=\"percentage\" "
              "office:value=\"0.5\"/>"),
         "1: 50%"},
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
        cmocka_unit_test(a_merged_cell_is_seen_in_all_its_columns),
        cmocka_unit_test(cells_of_ods_are_what_they_show),
        cmocka_unit_test(sheets_of_ods_are_named_and_hidden),
        cmocka_unit_test(sheets_can_be_read_again_and_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
