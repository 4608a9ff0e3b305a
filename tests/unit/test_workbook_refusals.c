/* test_workbook_refusals.c - tests of geo/sheets/workbook: what is damaged or too large. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/workbook_parts.h"

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
        {"sheets", "xl/workbook.xml", "<workbook><sheets>", "<sheet/>", 7, "</sheets></workbook>",
         GEO_LIMIT_ENTRIES, 6, "--max-entries"},
        {"relations", "xl/_rels/workbook.xml.rels", "<Relationships>",
         "<Relationship Id=\"a\" Type=\"b\" Target=\"c\"/>", 7, "</Relationships>",
         GEO_LIMIT_ENTRIES, 6, "--max-entries"},
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

#define SHARED "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>"
#define SHARED_TEN_TIMES SHARED SHARED SHARED SHARED SHARED SHARED SHARED SHARED SHARED SHARED
#define SHARED_MANY_TIMES                                                                        \
    "<worksheet><sheetData>" SHARED_TEN_TIMES SHARED_TEN_TIMES SHARED_TEN_TIMES SHARED_TEN_TIMES \
    "</sheetData></worksheet>"

/* Small files that come to more than two megabytes. */
static void what_is_shared_or_repeated_counts_each_time(void **state)
{
    (void)state;
    struct geo_source_limits limits = geo_source_usual_limits;
    struct stored_zip zip = {0};
    limits.at[GEO_LIMIT_SOURCE_MB] = 1;
    make_ods(&zip, "",
             TABLE("Datos", "<table:table-row table:number-rows-repeated=\"200\"><table:table-cell "
                            "table:number-columns-repeated=\"10000\" office:value-type=\"float\" "
                            "office:value=\"7\"/></table:table-row>"));
    expect_refusal("ODS", &zip, &limits, "--max-size");
    zip = (struct stored_zip){0};
    char text[20000], strings[sizeof text + 100];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    snprintf(strings, sizeof strings, STRINGS("<si><t>%s</t></si>"), text);
    const struct part parts[PARTS] = {
        {"xl/sharedStrings.xml", strings, 0},
        {"xl/worksheets/sheet1.xml", SHARED_MANY_TIMES, 0},
    };
    make_xlsx(&zip, parts);
    expect_refusal("XLSX", &zip, &limits, "--max-size");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_damaged_is_refused),
        cmocka_unit_test(what_is_damaged_in_ods_is_refused),
        cmocka_unit_test(what_has_a_password_or_is_no_workbook_is_refused),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(what_is_shared_or_repeated_counts_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
