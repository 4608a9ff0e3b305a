/* test_fields.c - tests of geo/import/fields.
 * Values as people write them, columns as they name them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/buf.h"
#include "geo/import/fields.h"

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
        {"alianzas", "comprometido_cts", ",5", false, NULL},
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
        {"areas_riego", "declarado_ha", "1.234", false, "1.234"},
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
        if (!ok)
            assert_non_null(strstr(err.message, cases[i].field));
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
        {"familias", "-3", "familias: «-3» no es un entero de 0 a 100000"},
        {"modelo", "5", "modelo: «5» no es un entero de 1 a 3"},
        {"financiamiento", "X", "financiamiento: «X» no es uno de: FI, FA"},
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

static void columns_are_found_by_alias(void **state)
{
    (void)state;
    static const char *const columns[] = {"Cód. Alianza", "NOMBRE DE LA ALIANZA", "Nro. Familias",
                                          "Municipio",    "Monto comprometido",   "Longitud",
                                          "Latitud",      "Observaciones"};
    static const char *const map[] = {"nombre=nombre de la alianza", NULL};
    const struct geo_table *table = geo_table_find("alianzas");
    struct err err = {0};
    struct geo_fields *fields =
        geo_fields_new(table, columns, 8, &(struct geo_fields_options){.map = map}, &err);
    assert_non_null(fields);
    assert_true(geo_fields_complete(fields, &err));
    static const struct {
        const char *field;
        int column;
    } expect[] = {{"codigo", 0},           {"nombre", 1}, {"familias", 2}, {"municipio_nombre", 3},
                  {"comprometido_cts", 4}, {"opp", -1},   {"rescate", -1}};
    for (size_t i = 0; i < sizeof expect / sizeof *expect; i++)
        assert_int_equal(geo_fields_column(fields, geo_table_field(table, expect[i].field)),
                         expect[i].column);
    struct geo_position position = geo_fields_position(fields);
    assert_int_equal(position.lon, 5);
    assert_int_equal(position.lat, 6);
    assert_int_equal(position.x, -1);
    assert_int_equal(position.text, -1);
    assert_true(geo_fields_uses(fields, 0));
    assert_false(geo_fields_uses(fields, 7));
    geo_fields_free(fields);
}

static void a_map_that_names_nothing_lists_what_there_is(void **state)
{
    (void)state;
    static const char *const columns[] = {"codigo", "nombre", "x"};
    static const struct {
        const char *map, *message;
    } cases[] = {
        {"familia=x", "--map familia: «familia» no es un campo de alianzas; hay: codigo, nombre"},
        {"familias=z", "--map familias=z: la fuente no tiene la columna «z»; tiene: codigo, "
                       "nombre, x"},
        {"familias", "--map familias: se espera campo=columna"},
        {"=x", "--map =x: se espera campo=columna"},
        {"rescate=x", "no es un campo"},
    };
    const struct geo_table *table = geo_table_find("alianzas");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const map[] = {cases[i].map, NULL};
        struct err err = {0};
        assert_null(
            geo_fields_new(table, columns, 3, &(struct geo_fields_options){.map = map}, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        if (!strstr(err.message, cases[i].message))
            fail_msg("%s", err.message);
    }
}

static void a_required_field_without_a_column_is_named(void **state)
{
    (void)state;
    static const char *const columns[] = {"codigo", "a"};
    struct err err = {0};
    struct geo_fields *fields =
        geo_fields_new(geo_table_find("comunidades"), columns, 2, NULL, &err);
    assert_non_null(fields);
    assert_false(geo_fields_complete(fields, &err));
    assert_non_null(strstr(err.message, "«nombre»; la fuente tiene: codigo, a; dígalo con --map"));
    geo_fields_free(fields);
}

/* A template has them, with an asterisk where a value is required. */
static void every_title_is_a_heading(void **state)
{
    (void)state;
    for (const struct geo_table *table = geo_tables; table->name; table++) {
        char headings[64][128];
        const char *columns[64];
        size_t n = 0;
        int fields[64];
        for (size_t f = 0; f < table->n_fields; f++) {
            const struct geo_field *field = &table->fields[f];
            if (field->flags & GEO_DERIVED)
                continue;
            snprintf(headings[n], sizeof headings[n], "%s%s", field->title,
                     field->flags & GEO_REQUIRED ? " *" : "");
            columns[n] = headings[n];
            fields[n++] = (int)f;
        }
        struct geo_fields *found = geo_fields_new(table, columns, n, NULL, NULL);
        assert_non_null(found);
        for (size_t c = 0; c < n; c++)
            if (geo_fields_column(found, fields[c]) != (int)c)
                fail_msg("%s: «%s» is not the column of %s", table->name, headings[c],
                         table->fields[fields[c]].name);
        geo_fields_free(found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_become_what_the_store_keeps),
        cmocka_unit_test(messages_say_field_value_and_what_is_accepted),
        cmocka_unit_test(columns_are_found_by_alias),
        cmocka_unit_test(every_title_is_a_heading),
        cmocka_unit_test(a_map_that_names_nothing_lists_what_there_is),
        cmocka_unit_test(a_required_field_without_a_column_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
