/* test_form_sheets.c - tests of geo/fields/form_sheets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/fields/form_sheets.h"

static void only_sheets_of_our_workbooks_are_passed_over(void **state)
{
    (void)state;
    static const char *const template[] = {"Datos", "Ejemplos", "Instrucciones", "Municipios",
                                           "Listas"};
    static const char *const corrections[] = {"Registro 2021", "Instrucciones"};
    static const char *const foreign[] = {"Municipios", "Ejemplos"};
    assert_false(form_sheet_is_ours(template, 5, 0));
    for (size_t i = 1; i < 5; i++)
        assert_true(form_sheet_is_ours(template, 5, i));
    assert_false(form_sheet_is_ours(corrections, 2, 0));
    assert_true(form_sheet_is_ours(corrections, 2, 1));
    assert_false(form_sheet_is_ours(foreign, 2, 0));
    assert_false(form_sheet_is_ours(foreign, 2, 1));
}

static void only_the_added_column_is_ours(void **state)
{
    (void)state;
    assert_true(form_column_is_ours("Fila de origen"));
    assert_false(form_column_is_ours("Fila"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_sheets_of_our_workbooks_are_passed_over),
        cmocka_unit_test(only_the_added_column_is_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
