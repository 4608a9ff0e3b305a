/* test_header.c - tests of geo/sheets/header.
 * Titles, headers in two rows, units, numbers of columns, names that lack or repeat. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/buf.h"
#include "geo/sheets/header.h"
#include "tests/support/known_names.h"
#include "tests/support/must.h"

enum { ROWS = 60, COLUMNS = 12 };

struct sheet {
    char text[4096];
    struct source_cell cells[ROWS][COLUMNS];
    struct source_cells rows[ROWS];
    size_t n;
};

/* Rows of cells: "a;b|c;d". A row that begins with '#' has numbers, as in a workbook. */
static void fill(struct sheet *sheet, const char *table)
{
    memset(sheet, 0, sizeof *sheet);
    snprintf(sheet->text, sizeof sheet->text, "%s", table);
    char *at = sheet->text;
    for (bool more = *at; more;) {
        struct source_cell *cells = sheet->cells[sheet->n];
        enum source_cell_kind kind = *at == '#' ? SOURCE_CELL_NUMBER : SOURCE_CELL_TEXT;
        size_t n = 0;
        at += *at == '#';
        for (bool same = true; same; at++) {
            size_t len = strcspn(at, ";|");
            same = at[len] == ';';
            more = at[len];
            at[len] = '\0';
            cells[n++] = (struct source_cell){*at ? kind : SOURCE_CELL_EMPTY, *at ? at : NULL};
            at += len;
        }
        sheet->rows[sheet->n] = (struct source_cells){(int64_t)sheet->n + 1, n, cells};
        sheet->n++;
    }
}

static const struct {
    const char *name, *table;
    bool is_text, known;
    int64_t line; /* stated */
    int64_t first, last;
    const char *names; /* "name>match" where they differ, '*': no name and values */
    const char *note;
} cases[] = {
    {"plain", "codigo;nombre;lon|C-1;Uno;-65", true, true, 0, 1, 1, "codigo;nombre;lon", ""},
    {"plain, unknown names", "clave;rubro|1;papa|2;trigo", true, false, 0, 1, 1, "clave;rubro", ""},
    {"all words, unknown", "clave;rubro|uno;papa|dos;trigo", true, true, 0, 1, 1, "clave;rubro",
     ""},
    {"years", "zona;2019;2020|A;1;2|B;3;4", true, false, 0, 1, 1, "zona;2019;2020", ""},
    {"title", "PROGRAMA EMPODERAR|Lista al 31/12/2021||codigo;nombre;lon;lat|C;Uno;1;2", false,
     true, 0, 4, 4, "codigo;nombre;lon;lat",
     "las filas 1 a 3 son título y no se leen: «PROGRAMA EMPODERAR», «Lista al 31/12/2021»"},
    {"title, unknown names", "Lista||a;b;c|1;2;3|4;5;6", true, false, 0, 3, 3, "a;b;c",
     "las líneas 1 a 2 son título y no se leen: «Lista»"},
    {"title of pairs", "Municipio;Sucre|Fecha;ayer|codigo;nombre;lon;lat|C;Uno;1;2", true, true, 0,
     3, 3, "codigo;nombre;lon;lat",
     "las líneas 1 a 2 son título y no se leen: «Municipio», «Sucre», «Fecha», «ayer»"},
    {"narrow title of words, unknown names", "Lista;anual|a;b;c;d;e|1;2;3;4;x|1;2;3;4;y", true,
     false, 0, 2, 2, "a;b;c;d;e", "la línea 1 es título y no se lee: «Lista», «anual»"},
    {"blank first", ";;|codigo;nombre;lon|C;Uno;1", true, true, 0, 2, 2, "codigo;nombre;lon", ""},
    {"header repeated below", "codigo;nombre;otra|C;Uno;x|codigo;nombre;lon|D;Dos;1", true, true, 0,
     1, 1, "codigo;nombre;otra", ""},
    {"line breaks, guard and blanks", " codigo ;nombre de\nla comunidad;'=x|1;2;3", true, true, 0,
     1, 1, "codigo;nombre de la comunidad;=x", ""},
    {"names decoded twice", "cÃ³digo;nombre|1;2", true, true, 0, 1, 1, "código;nombre", ""},
    {"no name", "codigo;\a;nombre;|C;x;Uno;", true, true, 0, 1, 1,
     "codigo;columna B*;nombre;columna D", ""},
    {"no name, in a sheet", "codigo;nombre|C;Uno;;x", false, true, 0, 1, 1,
     "codigo;nombre;columna C;columna D*", ""},
    {"more values than names", "codigo;nombre|C;Uno;;x", true, true, 0, 1, 1, "codigo;nombre", ""},
    {"name twice", "codigo;Nombre;NOMBRE;nombre|C;1;2;3", true, true, 0, 1, 1,
     "codigo;Nombre;NOMBRE (columna C);nombre (columna D)", ""},
    {"groups", "Código;Nombre;Coordenadas;;Familias|;;Longitud;Latitud;|C;Uno;-65;-18;3", true,
     true, 0, 1, 2,
     "Código;Nombre;Coordenadas / Longitud>Longitud;Coordenadas / Latitud>Latitud;Familias", ""},
    {"groups below a title",
     "Lista|Código;Nombre;Coordenadas;;Familias;|;;Longitud;Latitud;Hombres;Mujeres|C;Uno;-65;-18;"
     "3;4",
     true, true, 0, 2, 3,
     "Código;Nombre;Coordenadas / Longitud>Longitud;Coordenadas / Latitud>Latitud;Familias / "
     "Hombres;Familias / Mujeres",
     "la línea 1 es título y no se lee: «Lista»"},
    {"groups, unknown names", "zona;riego;|;bruto;neto|A;1;2|B;3;4", true, false, 0, 1, 2,
     "zona;riego / bruto;riego / neto", ""},
    {"groups over names that repeat", ";;Familias;;Socios;|codigo;nombre;H;M;H;M|C;Uno;1;2;3;4",
     true, true, 0, 1, 2, "codigo;nombre;Familias / H;Familias / M;Socios / H;Socios / M", ""},
    {"lower names that are known twice", ";WGS84;;PSAD56;|codigo;lon;lat;lon;lat|C;1;2;3;4", true,
     true, 0, 1, 2, "codigo;WGS84 / lon;WGS84 / lat;PSAD56 / lon;PSAD56 / lat", ""},
    {"a title that looks like groups", "Zona;;La Paz;|codigo;nombre;lon;lat|C;Uno;1;2", true, true,
     0, 2, 2, "codigo;nombre;lon;lat", "la línea 1 es título y no se lee: «Zona», «La Paz»"},
    {"a group whose name is not seen", "codigo;\xEF\xBB\xBF;;Otra|;lon;lat;|C;1;2;3", true, true, 0,
     1, 2, "codigo;lon;lat;Otra", ""},
    {"groups of years", "codigo;Familias;;Otra|;2019;2020;|C;1;2;3", true, true, 0, 1, 2,
     "codigo;Familias / 2019;Familias / 2020;Otra", ""},
    {"a first row with gaps is data", "codigo;nombre;lon;lat|C;Uno;;|D;Dos;;", true, true, 0, 1, 1,
     "codigo;nombre;lon;lat", ""},
    {"numbers of columns", "codigo;nombre;lon|#1;2;3|C;Uno;1", false, true, 0, 1, 2,
     "codigo;nombre;lon", "la fila 2 numera las columnas y no se lee: «1», «2», «3»"},
    {"numbers in parentheses and units", "codigo;nombre;area|(1);(2);(3)|;;(ha)|C;Uno;1", true,
     true, 0, 1, 3, "codigo;nombre;area",
     "la línea 2 numera las columnas y no se lee: «(1)», «(2)», «(3)»; la línea 3 da las unidades "
     "y "
     "no se lee: «(ha)»"},
    {"labels below the names", "codigo;nombre;lon;lat|Código;Nombre;Longitud;¿Latitud?|C;Uno;1;2",
     true, true, 0, 1, 2, "codigo;nombre;lon;lat",
     "la línea 2 nombra las columnas otra vez y no se lee: «Código», «Nombre», «Longitud», "
     "«¿Latitud?»"},
    {"labels above the names",
     "Código;Nombre de ella;Longitud;La lat|codigo;nombre;lon;lat|C;Uno;1;2", false, true, 0, 2, 2,
     "codigo;nombre;lon;lat",
     "la fila 1 es título y no se lee: «Código», «Nombre de ella», «Longitud», «La lat»"},
    {"names, labels and types",
     "codigo;nombre;lon;lat|Código;Nombre;Longitud;Latitud|texto;TEXT(255);decimal;decimal|C;Uno;1;"
     "2",
     true, true, 0, 1, 3, "codigo;nombre;lon;lat",
     "la línea 2 nombra las columnas otra vez y no se lee: «Código», «Nombre», «Longitud», "
     "«Latitud»; la línea 3 da los tipos de las columnas y no se lee: «texto», «TEXT(255)», "
     "«decimal», «decimal»"},
    {"questions below", "codigo;nombre;lon|¿Qué código?;2. ¿Qué nombre?;x|C;Uno;1", true, true, 0,
     1, 2, "codigo;nombre;lon",
     "la línea 2 da las preguntas del formulario y no se lee: «¿Qué código?», «2. ¿Qué nombre?», "
     "«x»"},
    {"tags below", "codigo;nombre;lon|;#loc+name;#geo+lon|C;Uno;1", true, true, 0, 1, 2,
     "codigo;nombre;lon",
     "la línea 2 da las etiquetas de las columnas y no se lee: «#loc+name», «#geo+lon»"},
    {"examples below", "codigo;nombre;lon|Ej.: C-1;Ejemplo: Uno;1|C;Uno;1", true, true, 0, 1, 2,
     "codigo;nombre;lon", "la línea 2 da ejemplos y no se lee: «Ej.: C-1», «Ejemplo: Uno», «1»"},
    {"one cell like a name is data", "codigo;nombre;lon;lat|C;Nombre;1;2|D;Lat;1;2", true, true, 0,
     1, 1, "codigo;nombre;lon;lat", ""},
    {"one cell like a type is data", "codigo;nombre;otra|C;Fecha;texto|texto;Uno;x", true, true, 0,
     1, 1, "codigo;nombre;otra", ""},
    {"numbers that are data", "a;b;c|#1;2;3|#2;3;4", false, false, 0, 1, 1, "a;b;c", ""},
    {"words that are data", "codigo;nombre;rubro|ha;Uno;m2", true, true, 0, 1, 1,
     "codigo;nombre;rubro", ""},
    {"stated", "codigo;nombre|x;y|C;Uno", true, true, 2, 2, 2, "x;y",
     "la línea 1 es título y no se lee: «codigo», «nombre»"},
    {"one column", "codigo|1|2", true, true, 0, 1, 1, "codigo", ""},
};

static void put_names(struct buf *out, const struct header *header)
{
    for (size_t c = 0; c < header->n_columns; c++) {
        const struct header_column *column = &header->columns[c];
        bool differs = strcmp(column->name, column->match) != 0;
        buf_printf(out, "%s%s%s%s%s", c ? ";" : "", column->name, differs ? ">" : "",
                   differs ? column->match : "", !column->named && column->filled ? "*" : "");
    }
}

static void each_table_has_its_header(void **state)
{
    (void)state;
    static struct sheet sheet;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fill(&sheet, cases[i].table);
        struct header_input input = {.rows = sheet.rows,
                                     .n_rows = sheet.n,
                                     .is_text = cases[i].is_text,
                                     .line = cases[i].line,
                                     .known = cases[i].known ? known_name : NULL};
        struct arena *arena = arena_new();
        struct header header;
        struct err err = {0};
        struct buf names;
        buf_init(&names);
        must(header_find(&input, arena, &header, &err), &err);
        put_names(&names, &header);
        const char *note = header.note ? header.note : "";
        if (header.first_line != cases[i].first || header.last_line != cases[i].last ||
            strcmp(names.data, cases[i].names) != 0 || strcmp(note, cases[i].note) != 0)
            fail_msg("%s: lines %d to %d, %s, «%s»", cases[i].name, (int)header.first_line,
                     (int)header.last_line, names.data, note);
        buf_free(&names);
        arena_free(arena);
    }
}

static void merged_cells_make_groups(void **state)
{
    (void)state;
    static const struct {
        const char *name, *table, *names;
        struct header_merge merges[3];
        size_t n;
    } sheets[] = {
        {"over all columns: a title",
         "Lista;;|codigo;nombre;lon|C;Uno;1",
         "codigo;nombre;lon",
         {{1, 1, 0, 2}},
         1},
        {"groups over every column",
         "Datos;;Coordenadas;|codigo;nombre;lon;lat|C;Uno;1;2",
         "Datos / codigo>codigo;Datos / nombre>nombre;Coordenadas / lon>lon;Coordenadas / lat>lat",
         {{1, 1, 0, 1}, {1, 1, 2, 3}},
         2},
        {"a blank cell beside is no part of it",
         "codigo;Coordenadas;;|;lon;lat;obs|C;1;2;x",
         "codigo;Coordenadas / lon>lon;Coordenadas / lat>lat;obs",
         {{1, 2, 0, 0}, {1, 1, 1, 2}},
         2},
    };
    static struct sheet sheet;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        fill(&sheet, sheets[i].table);
        struct header_input input = {.rows = sheet.rows,
                                     .n_rows = sheet.n,
                                     .merges = sheets[i].merges,
                                     .n_merges = sheets[i].n,
                                     .known = known_name};
        struct arena *arena = arena_new();
        struct header header;
        struct err err = {0};
        struct buf names;
        buf_init(&names);
        must(header_find(&input, arena, &header, &err), &err);
        put_names(&names, &header);
        if (strcmp(names.data, sheets[i].names) != 0 || header.last_line != 2)
            fail_msg("%s: %s, line %d", sheets[i].name, names.data, (int)header.last_line);
        buf_free(&names);
        arena_free(arena);
    }
}

static void rows_wider_than_the_header_are_faulty(void **state)
{
    (void)state;
    static struct sheet sheet;
    struct header header;
    struct err err = {0};
    struct arena *arena = arena_new();
    fill(&sheet, "codigo;nombre|C;Uno;3|C;Uno;;");
    struct header_input input = {.rows = sheet.rows, .n_rows = sheet.n, .is_text = true};
    must(header_find(&input, arena, &header, &err), &err);
    assert_false(header_fits(&header, &sheet.rows[1], &err));
    assert_string_equal(err.message,
                        "tiene 3 valores y el encabezado 2 columnas: puede ser una coma decimal, o "
                        "un texto con el separador, sin comillas");
    assert_true(header_fits(&header, &sheet.rows[2], &err));
    arena_free(arena);
}

static void sheets_without_a_header_say_so(void **state)
{
    (void)state;
    static struct sheet sheet;
    struct header header;
    struct err err = {0};
    struct arena *arena = arena_new();
    fill(&sheet, ";|\t; ");
    struct header_input input = {.rows = sheet.rows, .n_rows = sheet.n};
    assert_false(header_find(&input, arena, &header, &err));
    assert_string_equal(err.message, "no hay ninguna fila con datos");
    input.line = 2;
    assert_false(header_find(&input, arena, &header, &err));
    assert_string_equal(err.message, "la fila 2, que debe ser el encabezado, no tiene nada");
    assert_true(header_is_blank(&sheet.rows[1]));
    arena_free(arena);
}

static void columns_have_letters(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const struct {
        size_t column;
        const char *letters;
    } columns[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        assert_string_equal(header_letters(columns[i].column, arena), columns[i].letters);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_table_has_its_header),
        cmocka_unit_test(merged_cells_make_groups),
        cmocka_unit_test(rows_wider_than_the_header_are_faulty),
        cmocka_unit_test(sheets_without_a_header_say_so),
        cmocka_unit_test(columns_have_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
