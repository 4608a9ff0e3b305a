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
        {"familias", "-3", "familias: «-3» no es un entero de 0 a 100000"},
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

/* Headings ---------------------------------------------------------------------- */

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

/* Whole tables --------------------------------------------------------------------- */

enum { ROWS = 4 };

struct sheet {
    const char *name, *table;
    const char *headings[HEADINGS];
    const char *cells[ROWS][HEADINGS];
    const char *option;  /* one of "--decimal coma", "--decimal punto", "--ignore X", ... */
    const char *error;   /* of the table; NULL: it is read */
    const char *warning; /* NULL: none */
    const char *field;   /* its values in each row, as text; "!": refused */
    const char *values[ROWS];
};

static struct source_cell cell_of(const char *text)
{
    if (!text)
        return (struct source_cell){SOURCE_CELL_EMPTY, NULL};
    if (text[0] == '=' || text[0] == '^')
        return (struct source_cell){text[0] == '=' ? SOURCE_CELL_NUMBER : SOURCE_CELL_PERCENT,
                                    text + 1};
    return (struct source_cell){text[0] == '!'   ? SOURCE_CELL_ERROR
                                : text[0] == '@' ? SOURCE_CELL_DATE
                                                 : SOURCE_CELL_TEXT,
                                text + (text[0] == '@')};
}

static void put_value(struct buf *text, const struct geo_value *value)
{
    if (value->kind == GEO_INT_VALUE)
        buf_put_int(text, value->integer);
    else if (value->kind == GEO_REAL_VALUE)
        buf_put_real(text, value->real);
    else
        buf_puts(text, value->kind == GEO_NULL ? "NULL" : value->text);
}

static void check_rows(const struct sheet *sheet, const struct geo_fields *fields,
                       struct arena *arena)
{
    const struct geo_table *table = geo_table_find(sheet->table);
    struct geo_value values[64];
    for (int r = 0; sheet->field && r < ROWS && sheet->values[r]; r++) {
        struct source_cell cells[HEADINGS];
        struct source_cells row = {r + 2, count(sheet->headings), cells};
        struct import_faults faults = import_faults_new(arena);
        struct buf text;
        for (size_t c = 0; c < row.n; c++)
            cells[c] = cell_of(sheet->cells[r][c]);
        bool ok = geo_fields_read(fields, &row, arena, values, &faults);
        buf_init(&text);
        if (!ok)
            buf_puts(&text, "!");
        else
            put_value(&text, &values[geo_table_field(table, sheet->field)]);
        if (strcmp(text.data, sheet->values[r]) != 0)
            fail_msg("%s: row %d is %s %s", sheet->name, r, text.data,
                     faults.n ? faults.items[0].message : "");
        buf_free(&text);
    }
}

static struct geo_fields_options options_of(const char *option, const char *list[2])
{
    struct geo_fields_options options = {0};
    if (!option)
        return options;
    list[0] = strchr(option, ' ') ? strchr(option, ' ') + 1 : NULL;
    if (strncmp(option, "--ignore ", 9) == 0)
        options.ignore = list;
    else if (strncmp(option, "--map ", 6) == 0)
        options.map = list;
    options.ignore_unused = strcmp(option, "--ignore-unused") == 0;
    options.has_geometry = strcmp(option, "geometry") == 0;
    options.decimal = strcmp(option, "--decimal coma") == 0    ? MARK_COMMA
                      : strcmp(option, "--decimal punto") == 0 ? MARK_POINT
                                                               : MARK_OPEN;
    return options;
}

static void check_sheet(const struct sheet *sheet)
{
    struct arena *arena = arena_new();
    size_t n = count(sheet->headings);
    struct column_facts facts[HEADINGS] = {0};
    struct import_faults notes = import_faults_new(arena);
    struct err err = {0};
    const char *list[2] = {NULL, NULL};
    struct geo_fields_options options = options_of(sheet->option, list);
    for (int r = 0; r < ROWS; r++)
        for (size_t c = 0; c < n; c++) {
            struct source_cell cell = cell_of(sheet->cells[r][c]);
            column_facts_add(&facts[c], &cell, r + 2);
        }
    struct geo_fields *fields =
        geo_fields_new(geo_table_find(sheet->table), sheet->headings, n, &options, &err);
    if (!fields)
        fail_msg("%s: %s", sheet->name, err.message);
    bool ok = geo_fields_settle(fields, facts, NULL, &notes, &err);
    if (ok != !sheet->error || (!ok && !strstr(err.message, sheet->error)))
        fail_msg("%s: %s", sheet->name, ok ? "no error" : err.message);
    if (ok && ((notes.n > 0) != (sheet->warning != NULL) ||
               (notes.n && !strstr(notes.items[0].message, sheet->warning))))
        fail_msg("%s: %s", sheet->name, notes.n ? notes.items[0].message : "no warning");
    if (ok)
        check_rows(sheet, fields, arena);
    geo_fields_free(fields);
    arena_free(arena);
}

static void numbers_are_read_by_their_column(void **state)
{
    (void)state;
    static const struct sheet sheets[] = {
        {"own groups",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "1.250"}, {"R-2", "1.250,50"}},
         NULL,
         NULL,
         NULL,
         "declarado_ha",
         {"1250", "1250.5"}},
        {"open",
         "resultados_alianza",
         {"alianza_codigo", "anio", "volumen_sin_t", "ingreso_sin"},
         {{"A", "2021", "1.250", "1.250"}},
         NULL,
         "columna «volumen_sin_t»: «1.250» (línea 2) puede ser 1250 o 1,250, y ningún otro número "
         "de la fuente lo aclara; dígalo con --decimal coma (1250) o --decimal punto (1,250)",
         NULL,
         NULL,
         {NULL}},
        {"open with a comma",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "1,250"}},
         NULL,
         "dígalo con --decimal punto (1250) o --decimal coma (1,250)",
         NULL,
         NULL,
         {NULL}},
        {"stated comma",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "1.250"}},
         "--decimal coma",
         NULL,
         NULL,
         "declarado_ha",
         {"1250"}},
        {"stated point",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "1.250"}, {"R-2", "1.250,5"}},
         "--decimal punto",
         NULL,
         NULL,
         "declarado_ha",
         {"1.25", "!"}},
        {"by another column",
         "resultados_alianza",
         {"alianza_codigo", "anio", "volumen_sin_t", "ingreso_sin"},
         {{"A", "2021", "1.250", "12,50"}},
         NULL,
         NULL,
         NULL,
         "volumen_sin_t",
         {"1250"}},
        {"only one reading fits",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "-1.250"}},
         NULL,
         NULL,
         NULL,
         "declarado_ha",
         {"!"}},
        {"typed",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "=1.25"}, {"R-2", "=1e-05"}},
         NULL,
         NULL,
         NULL,
         "declarado_ha",
         {"1.25", "1e-05"}},
        {"our own export",
         "areas_riego",
         {"codigo", "declarado_ha", "vinculo_metodo"},
         {{"R-1", "1.234", "geometria"}},
         NULL,
         NULL,
         NULL,
         "declarado_ha",
         {"1.234"}},
        {"counts have no decimals",
         "alianzas",
         {"codigo", "nombre", "familias"},
         {{"A", "a", "1.234"}, {"B", "b", "1.000"}, {"C", "c", "12.5"}, {"D", "d", "=12.0"}},
         NULL,
         NULL,
         NULL,
         "familias",
         {"!", "!", "!", "12"}},
        {"counts in groups",
         "alianzas",
         {"codigo", "nombre", "familias"},
         {{"A", "a", "1.234"}, {"B", "b", "1.000"}, {"C", "c", "1,000"}, {"D", "d", "12"}},
         NULL,
         NULL,
         NULL,
         "familias",
         {"1234", "1000", "1000", "12"}},
        {"counts beside decimals",
         "alianzas",
         {"codigo", "nombre", "familias", "comprometido"},
         {{"A", "a", "1.000", "12.50"}},
         NULL,
         NULL,
         NULL,
         "familias",
         {"1000"}},
        {"amounts in groups",
         "alianzas",
         {"codigo", "nombre", "monto"},
         {{"A", "a", "1.234"}, {"B", "b", "Bs 5"}},
         NULL,
         NULL,
         NULL,
         "comprometido_cts",
         {"123400", "500"}},
        {"amounts with a point",
         "alianzas",
         {"codigo", "nombre", "monto"},
         {{"A", "a", "1.234"}, {"B", "b", "12.50"}},
         NULL,
         NULL,
         NULL,
         "comprometido_cts",
         {"!", "1250"}},
        {"mixed",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "1.234,5"}, {"R-2", "1,234.5"}, {"R-3", "1.250"}, {"R-4", "12,5"}},
         NULL,
         NULL,
         NULL,
         "declarado_ha",
         {"1234.5", "!", "!", "12.5"}},
        {"shown rounded",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "1,25E+03"}},
         NULL,
         NULL,
         NULL,
         "declarado_ha",
         {"!"}},
        {"another unit",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "Bs 5"}, {"R-2", "5%"}, {"R-3", "^5"}, {"R-4", "@2021-01-05"}},
         NULL,
         NULL,
         NULL,
         "declarado_ha",
         {"!", "!", "!", "!"}},
        {"percentages",
         "valores_indicador",
         {"indicador", "fecha", "valor", "fuente"},
         {{"1", "2021-01-31", "12,5%", "f"},
          {"1", "2021-01-31", "0,125", "f"},
          {"1", "2021-01-31", "40", "f"},
          {"1", "2021-01-31", "^12.5", "f"}},
         NULL,
         NULL,
         NULL,
         "valor",
         {"12.5", "!", "40", "12.5"}},
        {"no data",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "12,5"}, {"R-2", "s/d"}, {"R-3", "13*"}, {"R-4", "…"}},
         NULL,
         NULL,
         "columna «declarado_ha»: 2 celdas dicen que no hay dato («s/d», línea 3)",
         "declarado_ha",
         {"12.5", "NULL", "13", "NULL"}},
        {"no data among words",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "poca"}, {"R-2", "s/d"}, {"R-3", "mucha"}, {"R-4", "13*"}},
         NULL,
         NULL,
         NULL,
         "declarado_ha",
         {"!", "!", "!", "!"}},
        {"an error of the sheet",
         "areas_riego",
         {"codigo", "declarado_ha"},
         {{"R-1", "=12.5"}, {"R-2", "!DIV/0!"}},
         NULL,
         NULL,
         NULL,
         "declarado_ha",
         {"12.5", "!"}},
    };
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        check_sheet(&sheets[i]);
}

static void codes_and_dates_are_read_by_their_column(void **state)
{
    (void)state;
    static const struct sheet sheets[] = {
        {"codes as numbers",
         "comunidades",
         {"codigo", "nombre"},
         {{"=1203", "a"}, {"1203", "b"}, {"=1203.000000", "c"}, {"=1.5", "d"}},
         NULL,
         NULL,
         NULL,
         "codigo",
         {"1203", "1203", "1203", "!"}},
        {"codes with zeros, all",
         "comunidades",
         {"codigo", "nombre"},
         {{"1203.0", "a"}, {"1204.0", "b"}},
         NULL,
         NULL,
         NULL,
         "codigo",
         {"1203", "1204"}},
        {"codes with zeros, some",
         "comunidades",
         {"codigo", "nombre"},
         {{"1.0", "a"}, {"1.1", "b"}},
         NULL,
         NULL,
         NULL,
         "codigo",
         {"1.0", "1.1"}},
        {"codes too long",
         "comunidades",
         {"codigo", "nombre"},
         {{"=9223372036854775807", "a"},
          {"=1.23e+16", "b"},
          {"1,23E+16", "c"},
          {"@2021-03-01", "d"}},
         NULL,
         NULL,
         NULL,
         "codigo",
         {"!", "!", "!", "!"}},
        {"municipalities",
         "comunidades",
         {"codigo", "nombre", "municipio_codigo"},
         {{"1", "a", "BO010101"},
          {"2", "b", "=10101"},
          {"3", "c", "10101.000000"},
          {"4", "d", "010101 "}},
         NULL,
         NULL,
         NULL,
         "municipio_codigo",
         {"010101", "010101", "010101", "010101"}},
        {"day first",
         "alianzas",
         {"codigo", "nombre", "fecha_convenio"},
         {{"1", "a", "03/04/2021"},
          {"2", "b", "31/12/2021"},
          {"3", "c", "5 de marzo de 2021"},
          {"4", "d", "31/12/21"}},
         NULL,
         NULL,
         NULL,
         "fecha_convenio",
         {"2021-04-03", "2021-12-31", "2021-03-05", "!"}},
        {"month first",
         "alianzas",
         {"codigo", "nombre", "fecha_convenio"},
         {{"1", "a", "03/04/2021"},
          {"2", "b", "12/31/2021"},
          {"3", "c", "2021-01-31"},
          {"4", "d", "@2021-01-31T10:00:00"}},
         NULL,
         NULL,
         NULL,
         "fecha_convenio",
         {"!", "!", "2021-01-31", "2021-01-31"}},
    };
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        check_sheet(&sheets[i]);
}

static void unused_columns_that_look_like_a_field_stop(void **state)
{
    (void)state;
    static const struct sheet sheets[] = {
        {"a misspelt name",
         "comunidades",
         {"codigo", "nombre", "viviendaz"},
         {{"1", "a", "3"}},
         NULL,
         "la columna «viviendaz» no llena ningún campo, pero su nombre se parece al de "
         "«viviendas»: "
         "dígalo con --map \"viviendas=viviendaz\", o déjela fuera con --ignore \"viviendaz\"",
         NULL,
         NULL,
         {NULL}},
        {"ignored",
         "comunidades",
         {"codigo", "nombre", "viviendaz"},
         {{"1", "a", "3"}},
         "--ignore viviendaz",
         NULL,
         NULL,
         NULL,
         {NULL}},
        {"all ignored",
         "comunidades",
         {"codigo", "nombre", "viviendaz"},
         {{"1", "a", "3"}},
         "--ignore-unused",
         NULL,
         NULL,
         NULL,
         {NULL}},
        {"mapped",
         "comunidades",
         {"codigo", "nombre", "viviendaz"},
         {{"1", "a", "3"}},
         "--map viviendas=viviendaz",
         NULL,
         NULL,
         "viviendas",
         {"3"}},
        {"a rare word",
         "alianzas",
         {"codigo", "nombre", "Nombre del comprador principal"},
         {{"1", "a", "b"}},
         NULL,
         "su nombre se parece al de «comprador»",
         NULL,
         NULL,
         {NULL}},
        {"a field that another column fills",
         "comunidades",
         {"codigo", "nombre", "viviendas", "viviendas_2012"},
         {{"1", "a", "3", "2"}},
         NULL,
         NULL,
         NULL,
         NULL,
         {NULL}},
        {"without values",
         "comunidades",
         {"codigo", "nombre", "viviendaz"},
         {{"1", "a", ""}},
         NULL,
         NULL,
         NULL,
         NULL,
         {NULL}},
        {"codes",
         "comunidades",
         {"codigo", "nombre", "ref"},
         {{"1", "a", "010101"}},
         NULL,
         "pero tiene códigos de municipio («010101», línea 2): dígalo con --map "
         "\"municipio_codigo=ref\"",
         NULL,
         NULL,
         {NULL}},
        {"coordinates",
         "comunidades",
         {"codigo", "nombre", "a", "b"},
         {{"1", "a", "-65.17", "-18.9"}},
         NULL,
         "la columna «a» no llena ningún campo, pero tiene coordenadas",
         NULL,
         NULL,
         {NULL}},
        {"coordinates beside a geometry",
         "comunidades",
         {"codigo", "nombre", "a", "b"},
         {{"1", "a", "-65.17", "-18.9"}},
         "geometry",
         NULL,
         NULL,
         NULL,
         {NULL}},
        {"metres",
         "comunidades",
         {"codigo", "nombre", "a", "b"},
         {{"1", "a", "271234", "7901234"}},
         NULL,
         "tiene coordenadas",
         NULL,
         NULL,
         {NULL}},
        {"a large number",
         "comunidades",
         {"codigo", "nombre", "a"},
         {{"1", "a", "271234"}},
         NULL,
         NULL,
         NULL,
         NULL,
         {NULL}},
        {"a bare date",
         "alianzas",
         {"codigo", "nombre", "Fecha"},
         {{"1", "a", "31/12/2021"}},
         NULL,
         "la columna «Fecha» no llena ningún campo, pero tiene fechas",
         NULL,
         NULL,
         {NULL}},
        {"amounts",
         "alianzas",
         {"codigo", "nombre", "aporte"},
         {{"1", "a", "Bs 100"}},
         NULL,
         "tiene montos en Bs",
         NULL,
         NULL,
         {NULL}},
        {"what surveys add",
         "alianzas",
         {"codigo", "nombre", "_submission_time", "today"},
         {{"1", "a", "2021-12-31", "2021-12-31"}},
         NULL,
         NULL,
         NULL,
         NULL,
         {NULL}},
        {"remarks",
         "alianzas",
         {"codigo", "nombre", "Observaciones"},
         {{"1", "a", "buena"}},
         NULL,
         NULL,
         NULL,
         NULL,
         {NULL}},
    };
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        check_sheet(&sheets[i]);
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
        cmocka_unit_test(headings_are_recognised_as_people_write_them),
        cmocka_unit_test(two_columns_for_one_field_are_named),
        cmocka_unit_test(numbers_are_read_by_their_column),
        cmocka_unit_test(codes_and_dates_are_read_by_their_column),
        cmocka_unit_test(unused_columns_that_look_like_a_field_stop),
        cmocka_unit_test(every_fault_of_a_row_is_listed),
        cmocka_unit_test(faults_that_do_not_fit_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
