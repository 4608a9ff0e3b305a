/* test_explanation.c - tests of geo/fields/explanation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/fields/explanation.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct explained_column columns[] = {
    {0, "Cód.", "codigo", EXPLAINED_BY_ALIAS, "texto", "«000102»", NULL},
    {1, "Alianza", "nombre", EXPLAINED_BY_TITLE, NULL, NULL, NULL},
    {2, "Monto", "comprometido_bs", EXPLAINED_BY_MAP, "monto, coma decimal", "«1.234,5» es 1234,5",
     NULL},
    {3, "Sup.", NULL, EXPLAINED_BY_NAME, NULL, NULL, "no se parece a ningún campo"},
    {27, "GPS", "coordenada", EXPLAINED_BY_CONTENT, NULL, NULL, NULL}};
static const char *const missing[] = {"etapa", "opp", "comprador"};
static const struct explained_count rescues[] = {{"utm_zona", NULL, 8}, {"signo", NULL, 4}};
static const char *const notes[] = {"Las filas 1 y 2 son título y no se leen."};

static char *text_of(const struct explained_sheet *sheets, size_t n)
{
    const struct explanation explanation = {.source = "registro.xlsx",
                                            .layer = "alianzas",
                                            .layer_title = "Alianzas",
                                            .sheets = sheets,
                                            .n_sheets = n};
    struct buf out;
    buf_init(&out);
    explanation_put_text(&explanation, &out);
    assert_false(buf_failed(&out));
    return buf_take(&out, NULL);
}

static void has(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("«%s» is not in:\n%s", words, text);
}

static void a_sheet_is_explained(void **state)
{
    (void)state;
    struct explained_count places[25];
    char names[25][16];
    for (size_t i = 0; i < 25; i++) {
        snprintf(names[i], sizeof names[i], "Municipio %zu", i);
        places[i] = (struct explained_count){names[i], "Potosí", (int64_t)i + 1};
    }
    const struct explained_sheet sheets[] = {
        {.name = "Portada", .skipped = "no se lee: ninguna columna es de alianzas"},
        {.name = "Registro",
         .place = "fila",
         .rows = 1412,
         .rejected = 3,
         .warned = 1,
         .columns = columns,
         .n_columns = COUNT(columns),
         .missing = missing,
         .n_missing = 3,
         .n_required = 1,
         .crs = "lon/lat WGS 84",
         .rescues = rescues,
         .n_rescues = 2,
         .places = places,
         .n_places = 25,
         .points = 325,
         .conflicts = 2,
         .outside = 1,
         .notes = notes,
         .n_notes = 1}};
    char *text = text_of(sheets, 2);
    has(text, "registro.xlsx\n");
    has(text, "Hoja «Portada»: no se lee: ninguna columna es de alianzas\n");
    has(text, "Hoja «Registro»: 1.412 filas de datos para alianzas (Alianzas)\n");
    has(text, "  faltas: 3 registros se rechazarían\n  avisos: en 1 registro\n");
    has(text, "  A        Cód.        codigo           otro nombre suyo  texto");
    has(text, "«1.234,5» es 1234,5");
    has(text, "  AB       GPS         coordenada       su contenido");
    has(text, "  sin usar: D «Sup.»: no se parece a ningún campo\n");
    has(text, "  FALTAN, y son obligatorios: etapa\n  sin columna: opp, comprador\n");
    has(text, "  se corregirían: 12 coordenadas (en UTM sin zona: 8, sin su signo: 4)\n");
    has(text, "  dónde caen: 325 puntos; 2 en otro municipio que el declarado; 1 fuera de todo "
              "municipio\n");
    has(text, "  y 5 municipios más, con 15 puntos\n");
    has(text, "No se escribió nada.\n");
    assert_true(strstr(text, "Municipio 24") < strstr(text, "Municipio 23"));
    assert_null(strstr(text, "Municipio 4 "));
    free(text);
}

static void what_is_not_there_is_not_said(void **state)
{
    (void)state;
    const struct explained_sheet sheet = {.name = "", .place = "línea", .rows = 1};
    char *text = text_of(&sheet, 1);
    assert_string_equal(text, "registro.xlsx\n\n1 línea de datos para alianzas (Alianzas)\n"
                              "  ninguna columna llena un campo\n\nNo se escribió nada.\n");
    free(text);
}

static void a_heading_does_not_command_the_terminal(void **state)
{
    (void)state;
    static const struct explained_column evil = {0,    "\x1B[2J", NULL, EXPLAINED_BY_NAME,
                                                 NULL, NULL,      "\a"};
    const struct explained_sheet sheet = {
        .name = "", .place = "línea", .columns = &evil, .n_columns = 1};
    char *text = text_of(&sheet, 1);
    has(text, "  sin usar: A « [2J»:  \n");
    assert_null(strpbrk(text, "\x1B\a"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_is_explained),
        cmocka_unit_test(what_is_not_there_is_not_said),
        cmocka_unit_test(a_heading_does_not_command_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
