/* definitions.c - reads the indicator definitions from JSON. */
#include "geo/figures/definitions.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/embed.h"
#include "geo/base/file.h"
#include "geo/base/text.h"
#include "geo/figures/definitions_internal.h"

enum { MAX_BYTES = 1 << 24 }; /* of a document given by the user */

EMBED(definitions_own, "data/indicadores.json");

static bool read_text(struct definitions_reading *reading, json_t *object, const char *name,
                      bool required, const char **out)
{
    json_t *value = json_object_get(object, name);
    if (!value || json_is_null(value))
        return !required || reading_wrong(reading, name, "falta, y es obligatorio");
    if (!json_is_string(value) || !json_string_value(value)[0])
        return reading_wrong(reading, name, "se espera un texto");
    *out = arena_strdup(reading->arena, json_string_value(value));
    return *out || err_no_memory(reading->err);
}

/* Indicators --------------------------------------------------------------- */

static bool read_indicator(struct definitions_reading *reading, json_t *object,
                           struct geo_definition *made)
{
    static const char *const members[] = {"indicador", "nombre",     "unidad",      "linea_base",
                                          "meta",      "frecuencia", "fuente",      "metodo",
                                          "factor",    "numerador",  "denominador", "poblacion",
                                          "minimo",    "maximo",     NULL};
    *made = (struct geo_definition){.baseline = NAN,
                                    .goal = NAN,
                                    .min = -HUGE_VAL,
                                    .max = HUGE_VAL,
                                    .factor = 1,
                                    .frequency = "",
                                    .source = "",
                                    .method = ""};
    if (!reading_members(reading, "", object, members) ||
        !read_text(reading, object, "indicador", true, &made->code))
        return false;
    size_t used = strlen(reading->at);
    snprintf(reading->at + used, sizeof reading->at - used, " (%.*s)", text_cut(made->code, 20),
             made->code);
    if (!read_text(reading, object, "nombre", true, &made->name) ||
        !read_text(reading, object, "unidad", true, &made->unit) ||
        !read_text(reading, object, "frecuencia", false, &made->frequency) ||
        !read_text(reading, object, "fuente", false, &made->source) ||
        !read_text(reading, object, "metodo", false, &made->method) ||
        !reading_number(reading, object, "linea_base", &made->baseline) ||
        !reading_number(reading, object, "meta", &made->goal) ||
        !reading_number(reading, object, "minimo", &made->min) ||
        !reading_number(reading, object, "maximo", &made->max) ||
        !reading_number(reading, object, "factor", &made->factor) ||
        !reading_term(reading, object, "numerador", &made->numerator) ||
        !reading_term(reading, object, "denominador", &made->denominator) ||
        !reading_term(reading, object, "poblacion", &made->population))
        return false;
    if (!(made->factor > 0))
        return reading_wrong(reading, "factor", "se espera un número mayor que 0");
    if (made->min > made->max)
        return reading_wrong(reading, "minimo", "es mayor que maximo");
    if (made->denominator.kind && !made->numerator.kind)
        return reading_wrong(reading, "denominador", "no hay numerador");
    return !made->population.kind || made->denominator.kind ||
           reading_wrong(reading, "poblacion",
                         "vale para una proporción: faltan numerador o denominador");
}

static bool read_all(struct geo_definitions *made, json_t *root, struct err *err)
{
    static const char *const members[] = {"indicadores", "nota", NULL};
    struct definitions_reading reading = {.arena = made->arena, .err = err, .at = "definiciones"};
    json_t *list = json_object_get(root, "indicadores");
    if (!reading_members(&reading, "", root, members))
        return false;
    if (!json_is_array(list) || json_array_size(list) == 0)
        return reading_wrong(&reading, "indicadores", "se espera una lista de indicadores");
    made->list = arena_array(made->arena, json_array_size(list), sizeof *made->list);
    if (!made->list)
        return err_no_memory(err);
    for (; made->n < json_array_size(list); made->n++) {
        struct geo_definition *one = &made->list[made->n];
        snprintf(reading.at, sizeof reading.at, "indicadores[%zu]", made->n);
        if (!read_indicator(&reading, json_array_get(list, made->n), one))
            return false;
        if (geo_definitions_find(made, one->code))
            return reading_wrong(&reading, "indicador", "ya está definido");
    }
    return true;
}

struct geo_definitions *geo_definitions_read(const char *text, size_t len, struct err *err)
{
    struct geo_definitions *made = calloc(1, sizeof *made);
    json_error_t error;
    if (!text) {
        text = definitions_own;
        len = strlen(definitions_own);
    }
    if (!made || !(made->arena = arena_new())) {
        geo_definitions_free(made);
        err_no_memory(err);
        return NULL;
    }
    errno = 0;
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
    /* jansson quotes the text, and may cut a character in two. */
    char *shown = root ? NULL : strstr(error.text, " near ");
    if (shown && !text_is_utf8(error.text, strlen(error.text)))
        *shown = '\0';
    bool ok = root != NULL;
    if (!ok && errno == ENOMEM) /* jansson reports it as an error in the text */
        err_no_memory(err);
    else if (!ok)
        err_set(err, ERR_INPUT, "no es JSON válido: línea %d, columna %d: %s", error.line,
                error.column, error.text);
    ok = ok && read_all(made, root, err);
    json_decref(root);
    if (ok)
        return made;
    geo_definitions_free(made);
    return NULL;
}

struct geo_definitions *geo_definitions_open(const char *path, struct err *err)
{
    struct geo_definitions *made = NULL;
    struct buf text;
    buf_init(&text);
    if (file_read(path, MAX_BYTES, &text, err) &&
        !(made = geo_definitions_read(text.data ? text.data : "", text.len, err)))
        err_wrap(err, "%s", path);
    buf_free(&text);
    return made;
}

void geo_definitions_free(struct geo_definitions *definitions)
{
    if (!definitions)
        return;
    arena_free(definitions->arena);
    free(definitions);
}

const struct geo_definition *geo_definitions_find(const struct geo_definitions *definitions,
                                                  const char *code)
{
    for (size_t i = 0; code && i < definitions->n; i++)
        if (strcmp(definitions->list[i].code, code) == 0)
            return &definitions->list[i];
    return NULL;
}
