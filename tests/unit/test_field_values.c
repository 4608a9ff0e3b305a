/* test_field_values.c - tests of geo/fields/fields: single values, and the faults of a row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/buf.h"
#include "geo/fields/fields.h"

static const struct geo_field *field_of(const char *table, const char *name)
{
    const struct geo_table *found = geo_table_find(table);
    return &found->fields[geo_table_field(found, name)];
}

static void values_become_what_the_store_keeps(void **state)
{
    (void)state;
    static const struct {
        const char *table, *field, *text;
        bool typed;
        const char *expect; /* as text; NULL: refused */
    } cases[] = {
        {"alianzas", "comprometido_cts", "1.234.567,89", false, "123456789"},
        {"alianzas", "comprometido_cts", "1,234,567.89", false, "123456789"},
        {"alianzas", "comprometido_cts", "1234567.89", false, "123456789"},
        {"alianzas", "comprometido_cts", "1234567,8", false, "123456780"},
        {"alianzas", "comprometido_cts", "Bs 1.234", false, "123400"},
        {"alianzas", "comprometido_cts", "Bs. 1 234,50", false, "123450"},
        {"alianzas", "comprometido_cts", "12,50 Bs", false, "1250"},
        {"alianzas", "comprometido_cts", "0.1", false, "10"},
        {"alianzas", "comprometido_cts", "0,29", false, "29"},
        {"alianzas", "comprometido_cts", "999999999999.99", false, "99999999999999"},
        {"alianzas", "comprometido_cts", "1.5000", false, "150"},
        {"alianzas", "comprometido_cts", "1.234", true, NULL},
        {"alianzas", "comprometido_cts", "1234.5", true, "123450"},
        {"alianzas", "comprometido_cts", "12.345,678", false, NULL},
        {"alianzas", "comprometido_cts", "1.23.456", false, NULL},
        {"alianzas", "comprometido_cts", "-5", false, NULL},
        {"alianzas", "comprometido_cts", "1e6", false, NULL},
        {"alianzas", "comprometido_cts", "$us 5", false, NULL},
        {"alianzas", "comprometido_cts", ",5", false, "50"},
        {"alianzas", "comprometido_cts", "5,", false, NULL},
        {"alianzas", "comprometido_cts",
         "1111111111111111111111111111111111111111111111111111111111111111", false, NULL},
        {"alianzas", "familias", "1.234", false, "1234"},
        {"alianzas", "familias", "1,234", false, "1234"},
        {"alianzas", "familias", "12.0", true, "12"},
        {"alianzas", "familias", "12.5", false, NULL},
        {"alianzas", "familias", "-3", false, NULL},
        {"alianzas", "familias", "100001", false, NULL},
        {"alianzas", "familias", "doce", false, NULL},
        {"alianzas", "familias", "", false, "NULL"},
        {"alianzas", "modelo", "4", false, NULL},
        {"alianzas", "modelo", "3", false, "3"},
        {"alianzas", "rubro", "Riego tecnificado", false, "riego_tecnificado"},
        {"alianzas", "rubro", "AGUA PARA GANADERIA", false, "agua_ganaderia"},
        {"alianzas", "rubro", "agua_ganaderia", false, "agua_ganaderia"},
        {"alianzas", "rubro", "minería", false, NULL},
        {"alianzas", "financiamiento", "fa", false, "FA"},
        {"alianzas", "fecha_convenio", "2022-06-30", false, "2022-06-30"},
        {"alianzas", "fecha_convenio", "2022/06/30 00:00:00+00", false, "2022-06-30"},
        {"alianzas", "fecha_convenio", "2022-06-30T12:00:00Z", false, "2022-06-30"},
        {"alianzas", "fecha_convenio", "30/06/2022", false, "2022-06-30"},
        {"alianzas", "fecha_convenio", "5/6/2022", false, "2022-06-05"},
        {"alianzas", "fecha_convenio", "05-06-2022", false, "2022-06-05"},
        {"alianzas", "fecha_convenio", "06/30/2022", false, NULL},
        {"alianzas", "fecha_convenio", "31/06/2022", false, NULL},
        {"alianzas", "fecha_convenio", "29/02/2021", false, NULL},
        {"alianzas", "fecha_convenio", "30/06/22", false, NULL},
        {"alianzas", "fecha_convenio", "2022-06/30", false, NULL},
        {"alianzas", "fecha_convenio", "44742", true, NULL},
        {"alianzas", "nombre", "  Los \t Tajibos ", false, "Los Tajibos"},
        {"alianzas", "nombre", " ", false, NULL},
        {"alianzas", "opp", "\xFF", false, NULL},
        {"areas_riego", "declarado_ha", "12,5", false, "12.5"},
        {"areas_riego", "declarado_ha", "1.234,5", false, "1234.5"},
        {"areas_riego", "declarado_ha", "1.234", false, NULL},
        {"areas_riego", "declarado_ha", "1.234.567", false, NULL},
        {"areas_riego", "declarado_ha", "123.456", true, "123.456"},
        {"areas_riego", "declarado_ha", "1e-05", true, "1e-05"},
        {"areas_riego", "declarado_ha", "nan", false, NULL},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_value value = {0};
        struct err err = {0};
        bool ok = geo_field_parse(field_of(cases[i].table, cases[i].field), cases[i].text,
                                  cases[i].typed, arena, &value, &err);
        struct buf text;
        buf_init(&text);
        buf_puts(&text, "");
        if (!ok) /* amounts are shown as people know them: comprometido_bs */
            assert_memory_equal(err.message, cases[i].field, strcspn(cases[i].field, "_"));
        else if (value.kind == GEO_INT_VALUE)
            buf_put_int(&text, value.integer);
        else if (value.kind == GEO_REAL_VALUE)
            buf_put_real(&text, value.real);
        else
            buf_puts(&text, value.kind == GEO_NULL ? "NULL" : value.text);
        if (ok != (cases[i].expect != NULL) || (ok && strcmp(text.data, cases[i].expect) != 0))
            fail_msg("%s «%s»: %s", cases[i].field, cases[i].text, ok ? text.data : err.message);
        buf_free(&text);
    }
    arena_free(arena);
}

static void messages_say_field_value_and_what_is_accepted(void **state)
{
    (void)state;
    static const struct {
        const char *field, *text, *message;
    } cases[] = {
        {"familias", "-3", "familias: «-3» no es un entero de 0 a 100.000"},
        {"modelo", "5", "modelo: «5» no es un entero de 1 a 3"},
        {"financiamiento", "X",
         "financiamiento: «X» no es uno de: Financiamiento inicial o Financiamiento adicional"},
        {"nombre", "", "nombre: falta, y es obligatorio"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_value value;
        struct err err = {0};
        assert_false(geo_field_parse(field_of("alianzas", cases[i].field), cases[i].text, false,
                                     arena, &value, &err));
        assert_string_equal(err.message, cases[i].message);
        assert_int_equal(err.kind, ERR_INPUT);
    }
    arena_free(arena);
}

static void every_fault_of_a_row_is_listed(void **state)
{
    (void)state;
    static const char *const columns[] = {"codigo", "nombre", "familias", "etapa"};
    struct source_cell cells[] = {{SOURCE_CELL_TEXT, "A-1"},
                                  {SOURCE_CELL_EMPTY, NULL},
                                  {SOURCE_CELL_TEXT, "doce"},
                                  {SOURCE_CELL_TEXT, "x"}};
    struct source_cells row = {7, 4, cells};
    const struct geo_table *table = geo_table_find("alianzas");
    struct geo_value values[64];
    struct arena *arena = arena_new();
    struct import_faults faults = import_faults_new(arena);
    struct err err = {0};
    struct geo_fields *fields = geo_fields_new(table, columns, 4, NULL, &err);
    assert_false(geo_fields_read(fields, &row, arena, values, &faults));
    assert_int_equal(faults.n, 3);
    assert_string_equal(faults.items[0].field, "nombre");
    assert_int_equal(faults.items[2].column, 2);
    assert_string_equal(faults.items[2].value, "doce");
    assert_string_equal(values[0].text, "A-1");
    assert_int_equal(values[geo_table_field(table, "familias")].kind, GEO_NULL);
    assert_false(import_faults_to_err(&faults, &err));
    assert_non_null(
        strstr(err.message, "nombre: falta, y es obligatorio; etapa: «x» no es uno de: "));
    geo_fields_free(fields);
    arena_free(arena);
}

static void faults_that_do_not_fit_are_counted(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct import_faults faults = import_faults_new(arena);
    struct err err = {0};
    assert_true(import_faults_to_err(&faults, &err));
    import_faults_add(&faults, NULL, -1, NULL, true, "solo un aviso");
    assert_true(import_faults_to_err(&faults, &err));
    for (int i = 0; i < 100; i++)
        import_faults_add(&faults, NULL, i, "v", false, "falta número %d: una frase más larga", i);
    assert_false(import_faults_to_err(&faults, &err));
    assert_int_equal(faults.errors, 100);
    assert_non_null(strstr(err.message, "falta número 0: una frase más larga; falta número 1:"));
    int more = 0;
    assert_int_equal(sscanf(strstr(err.message, "; y "), "; y %d más", &more), 1);
    assert_in_range(more, 60, 90);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_become_what_the_store_keeps),
        cmocka_unit_test(messages_say_field_value_and_what_is_accepted),
        cmocka_unit_test(every_fault_of_a_row_is_listed),
        cmocka_unit_test(faults_that_do_not_fit_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
