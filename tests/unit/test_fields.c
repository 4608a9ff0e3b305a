/* test_fields.c - tests of geo/fields/fields: which column fills which field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/fields/fields.h"

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

enum { HEADINGS = 10 };

static size_t count(const char *const *list)
{
    size_t n = 0;
    while (n < HEADINGS && list[n])
        n++;
    return n;
}

static int column_of(const struct geo_fields *fields, const struct geo_table *table,
                     const char *name)
{
    struct geo_position at = geo_fields_position(fields);
    int field = geo_table_field(table, name);
    return field >= 0                 ? geo_fields_column(fields, field)
           : strcmp(name, "lon") == 0 ? at.lon
           : strcmp(name, "lat") == 0 ? at.lat
           : strcmp(name, "x") == 0   ? at.x
           : strcmp(name, "y") == 0   ? at.y
                                      : at.text;
}

static void headings_are_recognised_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *table, *headings[HEADINGS];
        const char *fields[HEADINGS]; /* what each heading fills; "-": nothing */
    } cases[] = {
        {"alianzas",
         {"Cód. Alianza *", "Nombre de la\nAlianza:", "N° de familias", "Monto comprometido (Bs.)",
          "Latitud (S)", "LONGITUD (W)"},
         {"codigo", "nombre", "familias", "comprometido_cts", "lat", "lon"}},
        {"alianzas",
         {"Nº", "CÓDIGO", "Nombre Alianza", "Nro. familias", "X (UTM)", "Y (UTM)", "Depto.",
          "Cod. Municipio"},
         {"-", "codigo", "nombre", "familias", "x", "y", "municipio_departamento",
          "municipio_codigo"}},
        {"alianzas",
         {"ORGANIZACIÓN DE PRODUCTORES (OPP)", "Municipio (Cód. INE)", "Código (ID)",
          "Familias (indígenas)", "Monto comprometido (monto)"},
         {"opp", "-", "codigo", "-", "comprometido_cts"}},
        {"alianzas",
         {"% de familias", "familias indígenas", "N° de convenio", "Bs/ha", "Fecha"},
         {"-", "-", "-", "-", "-"}},
        {"alianzas",
         {"datos/codigo", "datos/nombre", "ubicacion/municipio", "gps-Latitude", "gps-Longitude",
          "gps-Altitude", "_id", "_uuid"},
         {"codigo", "nombre", "municipio_nombre", "lat", "lon", "-", "-", "-"}},
        {"comunidades",
         {"_datos_codigo", "_datos_nombre", "_gps_latitude", "_gps_longitude", "_gps_precision"},
         {"codigo", "nombre", "lat", "lon", "-"}},
        {"comunidades",
         {"datos.codigo", "datos.nombre", "Coordenadas / Longitud", "Coordenadas / Latitud"},
         {"codigo", "nombre", "lon", "lat"}},
        {"alianzas",
         {"codigo", "comprador/nombre", "total/solicitado"},
         {"codigo", "-", "solicitado_cts"}},
        {"comunidades",
         {"CODIGO", "COMUNIDAD", "ADM3_PCODE", "ADM1_ES", "ESTE", "Coordenada Norte"},
         {"codigo", "nombre", "municipio_codigo", "municipio_departamento", "x", "y"}},
        {"municipios",
         {"ADM3_ES", "ADM3_PCODE", "ADM2_ES", "ADM1_ES", "ADM2_PCODE"},
         {"nombre", "codigo", "provincia", "departamento", "-"}},
        {"municipios",
         {"c_ut", "NOM_MUN", "NOM_PROV", "NOM_DEP"},
         {"codigo", "nombre", "provincia", "departamento"}},
        {"areas_riego",
         {"Código", "Código de la alianza", "Superficie (ha)", "Área (m2)", "Fecha"},
         {"codigo", "alianza_codigo", "declarado_ha", "-", "fecha_operacion"}},
        {"resultados_alianza",
         {"Alianza", "Año", "Volumen de ventas sin proyecto (t)", "Ingreso neto con proyecto"},
         {"alianza_codigo", "anio", "volumen_sin_t", "ingreso_con_cts"}},
        /* A shapefile cuts names, and numbers those that would be alike. */
        {"alianzas",
         {"codigo", "fecha_conv", "municipio_", "municipi_1", "municipi_2"},
         {"codigo", "fecha_convenio", "municipio_codigo", "municipio_nombre",
          "municipio_departamento"}},
        {"alianzas", {"codigo", "municipio_"}, {"codigo", "-"}},
        /* A workbook of ours has the link beside what was declared. */
        {"alianzas",
         {"Código", "Municipio declarado", "Municipio (código)", "Municipio", "Cómo se vinculó",
          "Datum incierto"},
         {"codigo", "municipio_nombre", "-", "-", "-", "-"}},
        {"alianzas", {"Código", "Municipio"}, {"codigo", "municipio_nombre"}},
        {"alianzas", {"codigo", "coordenada", "datum_inci"}, {"codigo", "coordenada", "-"}},
        {"eventos", {"codigo", "participan"}, {"codigo", "-"}},
        {"eventos", {"codigo", "participan", "vinculo_me"}, {"codigo", "participantes", "-"}},
        {"alianzas",
         {"codigo", "vinculo_municipio", "simulado", "rescate"},
         {"codigo", "-", "-", "-"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct geo_table *table = geo_table_find(cases[i].table);
        size_t n = count(cases[i].headings);
        struct err err = {0};
        struct geo_fields *fields = geo_fields_new(table, cases[i].headings, n, NULL, &err);
        if (!fields)
            fail_msg("case %zu: %s", i, err.message);
        for (size_t c = 0; c < n; c++) {
            bool nothing = strcmp(cases[i].fields[c], "-") == 0;
            if (nothing ? geo_fields_uses(fields, c)
                        : column_of(fields, table, cases[i].fields[c]) != (int)c)
                fail_msg("case %zu: «%s» does not fill %s", i, cases[i].headings[c],
                         cases[i].fields[c]);
        }
        geo_fields_free(fields);
    }
}

static void two_columns_for_one_field_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *headings[HEADINGS], *message; /* message NULL: no doubt */
    } cases[] = {
        {{"codigo", "comunidad", "nombre_comunidad"},
         "las columnas «comunidad» y «nombre_comunidad» sirven las dos para el campo «nombre»"},
        {{"codigo", "nombre", "comunidad"}, NULL},
        {{"nombre", "a/codigo", "a/nombre", "b/codigo", "b/nombre"},
         "«a/codigo» y «b/codigo» sirven las dos para el campo «codigo»"},
        {{"codigo", "nombre", "lon", "lat", "longitud"}, NULL},
        {{"codigo", "nombre", "_a_latitude", "_b_latitude"}, "para el campo «lat»"},
        {{"codigo", "Código", "nombre"}, NULL},
        {{"CODIGO", "Código", "nombre"}, "«CODIGO» y «Código»"},
        {{"Comunidad", "datos/nombre", "datos/codigo"}, "«Comunidad» y «datos/nombre»"},
    };
    const struct geo_table *table = geo_table_find("comunidades");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        struct geo_fields *fields =
            geo_fields_new(table, cases[i].headings, count(cases[i].headings), NULL, &err);
        if (!fields != (cases[i].message != NULL) ||
            (!fields && !strstr(err.message, cases[i].message)))
            fail_msg("case %zu: %s", i, fields ? "no error" : err.message);
        geo_fields_free(fields);
    }
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
        cmocka_unit_test(columns_are_found_by_alias),
        cmocka_unit_test(every_title_is_a_heading),
        cmocka_unit_test(a_map_that_names_nothing_lists_what_there_is),
        cmocka_unit_test(a_required_field_without_a_column_is_named),
        cmocka_unit_test(headings_are_recognised_as_people_write_them),
        cmocka_unit_test(two_columns_for_one_field_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
