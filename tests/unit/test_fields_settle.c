/* test_fields_settle.c - tests of geo/fields/fields: columns read by all their values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/buf.h"
#include "geo/fields/fields.h"

enum { ROWS = 4, HEADINGS = 10 };

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

static size_t columns_of(const struct sheet *sheet)
{
    size_t n = 0;
    while (n < HEADINGS && sheet->headings[n])
        n++;
    return n;
}

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
        struct source_cells row = {r + 2, columns_of(sheet), cells};
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
    size_t n = columns_of(sheet);
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
         "columna «volumen_sin_t»: «1.250» (línea 2) puede ser 1250 o 1,250, y los demás números "
         "no "
         "lo aclaran; dígalo con --decimal coma (1250) o --decimal punto (1,250)",
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
         "su nombre tiene palabras de «comprador», y otras que no lo son",
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_by_their_column),
        cmocka_unit_test(codes_and_dates_are_read_by_their_column),
        cmocka_unit_test(unused_columns_that_look_like_a_field_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
