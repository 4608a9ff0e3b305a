/* test_definitions.c - tests of definitions of indicators.
 * The program's own are complete; an error in one is refused with its place. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/figures/definitions.h"

static void the_embedded_definitions_are_the_framework(void **state)
{
    static const char *const computed[] = {"R1",  "R2",   "R3",   "R5",   "R5.1", "R5.2",
                                           "1.1", "1.2a", "1.2b", "1.3",  "2.1",  "2.2",
                                           "2.3", "2.6",  "2.7",  "3.2.1"};
    struct err err = {0};
    struct geo_definitions *own = geo_definitions_read(NULL, 0, &err);
    (void)state;
    if (!own)
        fail_msg("%s", err.message);
    assert_int_equal(own->n, 22);
    for (size_t i = 0; i < sizeof computed / sizeof *computed; i++) {
        const struct geo_definition *one = geo_definitions_find(own, computed[i]);
        assert_non_null(one);
        assert_true(one->numerator.kind != GEO_TERM_NONE);
        assert_true(one->max <= 100 || strcmp(one->unit, "porcentaje") != 0 ||
                    strcmp(one->code, "R1") == 0);
    }
    assert_true(geo_definitions_find(own, "R3")->population.kind == GEO_TERM_SUM);
    assert_true(isnan(geo_definitions_find(own, "R3")->baseline));
    assert_null(geo_definitions_find(own, "R9"));
    geo_definitions_free(own);
}

#define ONE(rest) \
    "{\"indicadores\":[{\"indicador\":\"X\",\"nombre\":\"n\",\"unidad\":\"u\"" rest "}]}"
#define TERM(rest) \
    ONE(",\"numerador\":{\"cuenta\":\"alianzas\",\"fecha\":\"fecha_convenio\"" rest "}")

static void what_is_wrong_is_named(void **state)
{
    static const struct {
        const char *name, *text, *part; /* part NULL: the definition is valid */
    } cases[] = {
        {"the least", ONE(""), NULL},
        {"a count", TERM(""), NULL},
        {"conditions", TERM(",\"donde\":[[\"modelo\",\">=\",2],[\"rubro\",\"en\",[\"otro\"]]]"),
         NULL},
        {"not JSON", "{", "no es JSON válido: línea 1"},
        {"twice the same member", "{\"indicadores\":[],\"indicadores\":[]}", "no es JSON válido"},
        {"no list", "{}", "indicadores: se espera una lista"},
        {"an empty list", "{\"indicadores\":[]}", "indicadores: se espera una lista"},
        {"a text for an object", "{\"indicadores\":[1]}", "indicadores[0]: se espera un objeto"},
        {"no name", "{\"indicadores\":[{\"indicador\":\"X\"}]}",
         "indicadores[0] (X): nombre: falta"},
        {"an unknown member", ONE(",\"metta\":3"), "no hay un campo «metta»; hay: indicador"},
        {"a goal in words", ONE(",\"meta\":\"tres\""), "meta: se espera un número"},
        {"factor 0", ONE(",\"factor\":0"), "factor: se espera un número mayor que 0"},
        {"bounds", ONE(",\"minimo\":3,\"maximo\":1"), "minimo: es mayor que maximo"},
        {"no kind of term", ONE(",\"numerador\":{\"fecha\":\"fecha_convenio\"}"),
         "numerador: se espera cuenta, suma o figura"},
        {"an unknown table", ONE(",\"numerador\":{\"cuenta\":\"nada\"}"),
         "numerador: no hay una capa «nada»"},
        {"a table without place", ONE(",\"numerador\":{\"cuenta\":\"municipios\"}"),
         "no tienen municipio ni alianza"},
        {"an unknown column", TERM(",\"donde\":[[\"color\",\"=\",1]]"),
         "indicadores[0] (X): numerador.donde: alianzas no tiene la columna «color»"},
        {"an unknown operator", TERM(",\"donde\":[[\"modelo\",\"~\",1]]"),
         "donde: el operador no es"},
        {"a number for a word", TERM(",\"donde\":[[\"rubro\",\"=\",1]]"),
         "donde: se espera un texto"},
        {"a word for a number", TERM(",\"donde\":[[\"modelo\",\"=\",\"1\"]]"),
         "donde: se espera un número"},
        {"a choice there is not", TERM(",\"donde\":[[\"rubro\",\"=\",\"minas\"]]"),
         "alianzas.rubro no puede ser «minas»"},
        {"nothing to compare with", TERM(",\"donde\":[[\"modelo\",\"=\"]]"), "falta con qué"},
        {"exists with a value", TERM(",\"donde\":[[\"modelo\",\"existe\",1]]"), "no lleva valor"},
        {"days between numbers",
         TERM(",\"donde\":[[{\"dias\":[\"modelo\",\"familias\"]},\"<\",1]]"),
         "dias: se esperan dos fechas"},
        {"a date that is none",
         ONE(",\"numerador\":{\"cuenta\":\"alianzas\",\"fecha\":\"nombre\"}"),
         "fecha: «nombre» no es una fecha"},
        {"no date", ONE(",\"numerador\":{\"cuenta\":\"alianzas\"}"), "se espera el nombre de una"},
        {"year end without a year", TERM(",\"sin_fecha\":\"fin_de_anio\""),
         "alianzas no tiene la columna «anio»"},
        {"undated how", TERM(",\"sin_fecha\":\"nunca\""), "sin_fecha no es excluye"},
        {"a sum of words",
         ONE(",\"numerador\":{\"suma\":\"nombre\",\"de\":\"alianzas\",\"fecha\":\"fecha_plan\"}"),
         "suma: alianzas no tiene una columna de números «nombre»"},
        {"a sum of nothing",
         ONE(",\"numerador\":{\"suma\":[],\"de\":\"alianzas\",\"fecha\":\"fecha_plan\"}"),
         "suma: se esperan de 1 a 4 columnas"},
        {"a figure there is not", ONE(",\"numerador\":{\"figura\":\"lluvia\"}"),
         "solo hay riego_neto_ha"},
        {"a figure with more", ONE(",\"numerador\":{\"figura\":\"riego_neto_ha\",\"fecha\":\"x\"}"),
         "no lleva nada más"},
        {"a denominator alone",
         ONE(",\"denominador\":{\"cuenta\":\"alianzas\",\"fecha\":\"fecha_convenio\"}"),
         "denominador: no hay numerador"},
        {"a population of no rate",
         TERM("},\"poblacion\":{\"cuenta\":\"alianzas\",\"fecha\":\"fecha_convenio\""),
         "poblacion: vale para una proporción"},
        {"related by nothing", TERM(",\"relacionados\":{\"de\":\"practicas\",\"fecha\":\"fecha\"}"),
         "relacionados: se espera el nombre"},
        {"at least none",
         TERM(",\"relacionados\":{\"de\":\"practicas\",\"fecha\":\"fecha\",\"por\":"
              "\"alianza_codigo\",\"minimo\":0}"),
         "minimo: se espera un número mayor que 0"},
        {"twice the same",
         "{\"indicadores\":[{\"indicador\":\"X\",\"nombre\":\"n\",\"unidad\":\"u\"},"
         "{\"indicador\":\"X\",\"nombre\":\"n\",\"unidad\":\"u\"}]}",
         "indicadores[1] (X): indicador: ya está definido"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        struct geo_definitions *made =
            geo_definitions_read(cases[i].text, strlen(cases[i].text), &err);
        if (!cases[i].part && !made)
            fail_msg("%s: %s", cases[i].name, err.message);
        if (cases[i].part && (made || err.kind != ERR_INPUT || !strstr(err.message, cases[i].part)))
            fail_msg("%s: wanted «%s», got «%s»", cases[i].name, cases[i].part, err.message);
        geo_definitions_free(made);
    }
}

static void a_file_that_is_not_there_is_named(void **state)
{
    struct err err = {0};
    (void)state;
    assert_null(geo_definitions_open("/no/hay/tal.json", &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.message, "/no/hay/tal.json"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_embedded_definitions_are_the_framework),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(a_file_that_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
