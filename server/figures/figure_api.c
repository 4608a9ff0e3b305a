/* figure_api.c - adds the figures to the description of the API. */
#include "server/figures/figure_api.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/version.h"
#include "geo/catalog/column_words.h"
#include "server/figures/figure_http.h"
#include "server/figures/figure_output.h"

/* "agrupación de las filas" as a sentence: "Agrupación de las filas." */
static json_t *sentence(const char *text)
{
    static const struct {
        const char *small, *capital;
    } accents[] = {{"á", "Á"}, {"é", "É"}, {"í", "Í"}, {"ó", "Ó"}, {"ú", "Ú"}};
    struct buf out;
    buf_init(&out);
    size_t len = strlen(text), skip = 0;
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        if (strncmp(text, accents[i].small, 2) == 0) {
            buf_puts(&out, accents[i].capital);
            skip = 2;
        }
    if (!skip && len) {
        buf_putc(&out, text[0] >= 'a' && text[0] <= 'z' ? (char)(text[0] - 32) : text[0]);
        skip = 1;
    }
    buf_puts(&out, text + skip);
    if (len && text[len - 1] != '.')
        buf_putc(&out, '.');
    json_t *made = buf_failed(&out) ? NULL : json_string(out.data);
    buf_free(&out);
    return made;
}

static json_t *number(const struct param *param, double value)
{
    return param->kind == PARAM_INT ? json_integer((json_int_t)value) : json_real(value);
}

static json_t *schema_of(const struct param *param)
{
    static const char *const types[] = {
        [PARAM_TEXT] = "string", [PARAM_INT] = "integer", [PARAM_REAL] = "number",
        [PARAM_DATE] = "string", [PARAM_BOX] = "string",  [PARAM_CHOICE] = "string",
        [PARAM_FLAG] = "string"};
    json_t *schema = json_pack("{s:s}", "type", types[param->kind]);
    double max = param_max(param, true);
    struct param_value value = {0};
    if (param->kind == PARAM_TEXT)
        json_object_set_new(schema, "maxLength", json_integer(PARAM_TEXT_MAX));
    if (param->kind == PARAM_DATE)
        json_object_set_new(schema, "format", json_string("date"));
    if (param->kind == PARAM_INT || param->kind == PARAM_REAL) {
        json_object_set_new(schema, "minimum", number(param, param->min));
        if (param->above_min)
            json_object_set_new(schema, "exclusiveMinimum", json_true());
        if (max > 0)
            json_object_set_new(schema, "maximum", number(param, max));
        if (param->fallback && param_read(param, param->fallback, true, &value, NULL))
            json_object_set_new(
                schema, "default",
                number(param, param->kind == PARAM_INT ? (double)value.integer : value.real));
    } else if (param->fallback) {
        json_object_set_new(schema, "default", json_string(param->fallback));
    }
    if (param->kind == PARAM_CHOICE || param->kind == PARAM_FLAG) {
        static const char *const yes_no[] = {"true", "false", NULL};
        json_t *list = json_array();
        for (const char *const *choice = param->kind == PARAM_FLAG ? yes_no : param_choices(param);
             *choice; choice++)
            json_array_append_new(list, json_string(*choice));
        json_object_set_new(schema, "enum", list);
    }
    if (param->kind == PARAM_FLAG)
        json_object_set_new(schema, "default", json_string("false"));
    return schema;
}

static json_t *description_of(const struct param *param)
{
    char text[1024];
    snprintf(text, sizeof text, "%s%s", param->title,
             param->list && !strstr(param->title, "comas") ? "; varios, separados por comas" : "");
    return sentence(text);
}

static json_t *parameter(const struct param *param)
{
    return json_pack("{s:s, s:s, s:b, s:o, s:o, s:s, s:b}", "name", param->name, "in", "query",
                     "required", param->required, "description", description_of(param), "schema",
                     schema_of(param), "style", "form", "explode", 0);
}

/* The columns of a row, each with its meaning. */
static json_t *row_schema(const struct figure *figure, const struct column_words *words)
{
    json_t *properties = json_object();
    char name[96];
    for (const char *at = figure->columns; *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        if (len >= sizeof name)
            len = sizeof name - 1;
        memcpy(name, at, len);
        name[len] = '\0';
        const char *text = column_definition(words, figure->name, name);
        json_object_set_new(properties, name, json_pack("{s:s?}", "description", text));
        at += len;
    }
    return json_pack("{s:s, s:o}", "type", "object", "properties", properties);
}

/* What the figure answers in each format. */
static json_t *contents(const struct figure *figure, const struct column_words *words)
{
    json_t *content = json_object();
    const char *const *choices = figure_format_choices(figure, true);
    for (size_t i = 0; choices[i]; i++) {
        const char *type = figure_formats[FIGURE_JSON + i].type;
        json_t *schema;
        if (strcmp(choices[i], "json") == 0)
            schema = json_pack("{s:s, s:{s:{s:s, s:o}}}", "type", "object", "properties", "filas",
                               "type", "array", "items", row_schema(figure, words));
        else if (strcmp(choices[i], "xlsx") == 0)
            schema = json_pack("{s:s, s:s}", "type", "string", "format", "binary");
        else
            schema = json_pack("{s:s}", "type",
                               strcmp(choices[i], "geojson") == 0 ? "object" : "string");
        json_object_set_new(content, type, json_pack("{s:o}", "schema", schema));
    }
    return content;
}

static json_t *reference(const char *response)
{
    return json_pack("{s:s+}", "$ref", "#/components/responses/", response);
}

static json_t *operation(const struct figure *figure, const struct column_words *words)
{
    struct param params[PARAMS_MAX];
    struct route route;
    json_t *parameters = json_array();
    figure_http_route(figure, params, &route);
    for (const struct param *param = params; param->name; param++)
        json_array_append_new(parameters, parameter(param));
    json_t *responses =
        json_pack("{s:{s:s, s:o}, s:{s:s}, s:o, s:o, s:o, s:o, s:o}", "200", "description", "Bien.",
                  "content", contents(figure, words), "304", "description",
                  "Sin cambios desde el ETag de If-None-Match.", "400", reference("Peticion"),
                  "404", reference("NoExiste"), "429", reference("Demasiado"), "503",
                  reference("Ocupado"), "default", reference("Error"));
    return json_pack("{s:{s:s, s:s, s:s, s:[s], s:o, s:o}}", "get", "operationId", figure->name,
                     "summary", figure->summary, "description", figure->about, "tags", "cifras",
                     "parameters", parameters, "responses", responses);
}

static bool add_figures(json_t *api, const struct column_words *words)
{
    json_t *paths = json_object_get(api, "paths");
    bool ok = json_object_set_new(json_object_get(api, "info"), "version",
                                  json_string(SIGG_VERSION)) == 0;
    for (size_t i = 0; ok && figures[i]; i++)
        if (figures[i]->path)
            ok = json_object_set_new(paths, figures[i]->path, operation(figures[i], words)) == 0;
    return ok;
}

static bool set_server(json_t *api, const char *url)
{
    return json_object_set_new(api, "servers", json_pack("[{s:s}]", "url", url)) == 0;
}

bool figure_api_put(const char *json, size_t len, const char *server, struct buf *out,
                    struct err *err)
{
    json_error_t problem;
    struct column_words *words = column_words_load(err);
    json_t *api = words ? json_loadb(json, len, JSON_REJECT_DUPLICATES, &problem) : NULL;
    if (words && !api)
        err_set(err, ERR_SETUP, "openapi.json: línea %d: %s", problem.line, problem.text);
    bool ok = api && ((set_server(api, server) && add_figures(api, words)) || err_no_memory(err));
    char *text = ok ? json_dumps(api, JSON_INDENT(1)) : NULL;
    if (text) {
        buf_puts(out, text);
        buf_putc(out, '\n');
    } else if (ok) {
        ok = err_no_memory(err);
    }
    free(text);
    json_decref(api);
    column_words_free(words);
    return ok;
}
