/* test_workbook_memory.c - tests of geo/sheets/workbook when memory is short.
 * Whichever allocation fails, a workbook is read whole or with an error; nothing is left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/failing.h"
#include "tests/support/workbook_parts.h"

#ifdef FAILING_WORKS
/* C++'s operator new, by which GDAL opens files: it never fails, because GDAL ends the process
 * then, which in the program is a child's. */
void *_Znwm(size_t size);
void *_Znwm(size_t size)
{
    return __libc_malloc(size);
}
#endif

enum { MOST = 20000 /* allocations of one reading */ };

static void read_with_failures(struct stored_zip *zip, const char *name)
{
    struct buf whole, out;
    size_t n = 1;
    buf_init(&whole);
    buf_init(&out);
    assert_true(read_all(zip, &geo_source_usual_limits, -1, &whole));
    for (bool failed = true; failed && n < MOST; n++) {
        struct err err = {0};
        buf_reserve(&out, 4096);
        buf_clear(&out);
        assert_true(geo_source_put_memory("libro", zip->bytes.data, zip->bytes.len, &err));
        allocations = 0;
        failing = n;
        struct geo_workbook *workbook =
            geo_workbook_open("/vsimem/libro", &geo_source_usual_limits, &err);
        bool ok = workbook && put_rows(workbook, -1, &out, &err);
        failing = 0;
        failed = allocations >= n;
        geo_workbook_close(workbook);
        geo_source_drop_memory("libro");
        if (ok ? strcmp(out.data, whole.data) != 0 : err.kind == ERR_NONE)
            fail_msg("%s, allocation %zu: %s%s", name, n, ok ? out.data : "", err.message);
    }
    assert_true(n > 100 && n < MOST);
    buf_free(&whole);
    buf_free(&out);
    stored_zip_free(zip);
}

static void nothing_is_left_out(void **state)
{
    (void)state;
#ifndef FAILING_WORKS
    skip();
#endif
    static const struct part parts[PARTS] = {
        {"xl/worksheets/sheet1.xml",
         "<worksheet><sheetData>" ROW("1", CELL("A1", "t=\"s\"", "0") CELL("B1", "s=\"2\"", "0.125")
                                               INLINE("C1", "texto"))
             ROW("2", "<c r=\"A2\"><f t=\"shared\" si=\"0\">B1*2</f></c>")
                 ROW("3", "<c r=\"A3\"><f t=\"shared\" si=\"0\"/></c>" CELL(
                              "Z3", "s=\"1\"", "7")) "</sheetData><mergeCells><mergeCell "
                                                     "ref=\"C1:D3\"/></mergeCells></worksheet>",
         0}};
    struct stored_zip zip = {0};
    make_xlsx(&zip, parts);
    read_with_failures(&zip, "XLSX");
    zip = (struct stored_zip){0};
    make_ods(&zip, "",
             TABLE("Datos", LINE(STRING(P("uno") P("dos")) VALUE(
                                "float", "value",
                                "7") "<table:table-cell table:number-columns-spanned=\"2\" "
                                     "office:value-type=\"string\">" P("x") "</table:table-cell>")
                                LINE(VALUE("percentage", "value", "0.5"))));
    read_with_failures(&zip, "ODS");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_left_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
