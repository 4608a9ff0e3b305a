/* style_read.c - reads a layer's JSON, checks it against the table of properties.
 *
 * A property without a row in style_rows.c is outside the subset.
 */
#include <math.h>
#include <string.h>

#include "styles/style_function.h"
#include "styles/style_layer.h"

static const char *const type_names[] = {
    [STYLE_BACKGROUND] = "background", [STYLE_FILL] = "fill",     [STYLE_LINE] = "line",
    [STYLE_CIRCLE] = "circle",         [STYLE_SYMBOL] = "symbol",
};

enum { N_TYPES = sizeof type_names / sizeof *type_names };

static const char *style_type_name(enum style_layer_type type)
{
    return type_names[type];
}

/* Values ------------------------------------------------------------------ */

/* Converts a value in the old syntax to an expression; anything else is kept. */
static bool modern(struct style_reader *reader, const struct expr_path *path,
                   const struct style_row *row, struct expr_value *json)
{
    bool tokens = row->kind == EXPR_FORMATTED || row->kind == EXPR_IMAGE;
    struct expr_items *words = arena_alloc(reader->arena, sizeof *words);
    struct expr_value *names = NULL;
    if (!words)
        return err_no_memory(&reader->first);
    *words = (struct expr_items){0};
    struct style_function_spec spec = {.kind = row->kind,
                                       .item = row->texts ? "string" : "number",
                                       .length = (double)row->length,
                                       .interpolated = row->interpolate,
                                       .tokens = tokens,
                                       .fallback = style_row_default(row)};
    if (json->kind == EXPR_STRING && tokens && strchr(json->string, '{'))
        return style_tokens_convert(reader->arena, json->string, json) ||
               err_no_memory(&reader->first);
    if (json->kind != EXPR_OBJECT)
        return true;
    if (row->kind == EXPR_STRING) {
        while (row->words[words->n])
            words->n++;
        names = arena_array(reader->arena, words->n, sizeof *names);
        for (size_t i = 0; names && i < words->n; i++)
            names[i] = expr_string(row->words[i]);
        words->at = names;
        spec.words = names ? words : NULL;
    }
    struct expr_value made;
    if (!style_function_convert(reader->arena, json, &spec, &made))
        return style_problem(reader, path,
                             "no es una función: {\"stops\": [[entrada, valor], …]}, con "
                             "\"property\" y \"type\" si depende de los datos");
    *json = made;
    return true;
}

static void read_setting(struct style_reader *reader, const struct expr_path *path,
                         const struct style_row *row, const struct expr_value *given,
                         struct style_setting *setting)
{
    struct expr_value *json = arena_alloc(reader->arena, sizeof *json);
    if (!json) {
        err_no_memory(&reader->first);
        return;
    }
    *json = *given;
    if (!modern(reader, path, row, json))
        return;
    if (!expr_is_expression(json)) {
        if (!style_constant_read(reader, path, row, json, &setting->constant))
            setting->constant = expr_null();
        return;
    }
    struct err err = {0};
    struct expr_wants wants = {.type = style_row_type(row),
                               .data = row->data,
                               .zoom = true,
                               .interpolate = row->interpolate,
                               .no_state = row->layout,
                               .written = row->texts};
    setting->expr = expr_parse(reader->arena, json, path, &wants, &reader->style->names, &err);
    if (!setting->expr)
        style_problem_err(reader, &err);
}

static const struct style_row *find_row(enum style_layer_type type, bool layout, const char *name)
{
    for (size_t i = 0; i < STYLE_N_PROPERTIES; i++)
        if (style_rows[i].layer == type && style_rows[i].layout == layout &&
            strcmp(style_rows[i].name, name) == 0)
            return &style_rows[i];
    return NULL;
}

/* "paint" or "layout". */
static void read_group(struct style_reader *reader, const struct expr_value *json,
                       const struct expr_path *path, bool layout, struct style_layer *layer)
{
    if (json->kind != EXPR_OBJECT) {
        style_problem(reader, path, "se esperaba un objeto");
        return;
    }
    for (size_t i = 0; i < json->object->n; i++) {
        const struct expr_member *member = &json->object->at[i];
        const struct expr_path *at = style_path(reader, path, member->name, 0);
        if (layout && strcmp(member->name, "visibility") == 0) {
            bool word = member->value.kind == EXPR_STRING;
            layer->visible = !word || strcmp(member->value.string, "none") != 0;
            if (!word || (layer->visible && strcmp(member->value.string, "visible") != 0))
                style_problem(reader, at, "se esperaba visible o none");
            continue;
        }
        const struct style_row *row = find_row(layer->type, layout, member->name);
        if (row)
            read_setting(reader, at, row, &member->value, &layer->settings[row - style_rows]);
        else
            style_problem(reader, at,
                          "no se admite en una capa «%s» (fuera del subconjunto, o "
                          "mal escrita)",
                          style_type_name(layer->type));
    }
}

/* Layers ------------------------------------------------------------------ */

static bool read_zoom(struct style_reader *reader, const struct expr_value *json,
                      const struct expr_path *path, double *out)
{
    if (json->kind != EXPR_NUMBER || !(json->number >= 0 && json->number <= 24))
        return style_problem(reader, path, "se esperaba un número de 0 a 24");
    *out = json->number;
    return true;
}

static void read_filter(struct style_reader *reader, const struct expr_value *json,
                        const struct expr_path *path, struct style_layer *layer)
{
    struct err err = {0};
    struct expr_wants wants = {.type = &expr_type_boolean,
                               .data = true,
                               .zoom = true,
                               .zoom_anywhere = true,
                               .no_state = true};
    struct expr_value converted;
    if (json->kind == EXPR_NULL || !style_filter_convert(reader->arena, json, &converted)) {
        style_problem(reader, path, "no es un filtro");
        return;
    }
    layer->filter =
        expr_parse(reader->arena, &converted, path, &wants, &reader->style->names, &err);
    if (!layer->filter)
        style_problem_err(reader, &err);
}

static bool read_type(struct style_reader *reader, const struct expr_value *json,
                      const struct expr_path *path, enum style_layer_type *out)
{
    const struct expr_value *type = expr_member_find(json->object, "type");
    const struct expr_path *at = style_path(reader, path, "type", 0);
    if (!type || type->kind != EXPR_STRING)
        return style_problem(reader, at, "falta la clase de capa");
    for (size_t i = 0; i < N_TYPES; i++)
        if (strcmp(type_names[i], type->string) == 0) {
            *out = (enum style_layer_type)i;
            return true;
        }
    return style_problem(reader, at,
                         "«%s» está fuera del subconjunto: background, fill, line, "
                         "circle o symbol",
                         type->string);
}

static const char *read_text(struct style_reader *reader, const struct expr_value *json,
                             const struct expr_path *path, const char *name)
{
    const struct expr_value *value = expr_member_find(json->object, name);
    if (value && value->kind == EXPR_STRING && value->string[0])
        return value->string;
    style_problem(reader, style_path(reader, path, name, 0), "falta, y debe ser un texto");
    return "";
}

static void read_source(struct style_reader *reader, const struct expr_value *json,
                        const struct expr_path *path, struct style_layer *layer)
{
    const char *source = read_text(reader, json, path, "source");
    layer->source = read_text(reader, json, path, "source-layer");
    if (source[0] && reader->sources && !expr_member_find(reader->sources->object, source))
        style_problem(reader, style_path(reader, path, "source", 0), "no hay una fuente «%s»",
                      source);
}

void style_layer_read(struct style_reader *reader, const struct expr_value *json,
                      const struct expr_path *path, struct style_layer *layer)
{
    *layer = (struct style_layer){.id = "",
                                  .source = "",
                                  .maxzoom = INFINITY,
                                  .visible = true,
                                  .names = &reader->style->names,
                                  .state = reader->style->state};
    if (json->kind != EXPR_OBJECT) {
        style_problem(reader, path, "se esperaba un objeto");
        return;
    }
    layer->id = read_text(reader, json, path, "id");
    if (!read_type(reader, json, path, &layer->type))
        return;
    if (layer->type != STYLE_BACKGROUND)
        read_source(reader, json, path, layer);
    for (size_t i = 0; i < json->object->n; i++) {
        const char *name = json->object->at[i].name;
        const struct expr_value *value = &json->object->at[i].value;
        const struct expr_path *at = style_path(reader, path, name, 0);
        if (strcmp(name, "minzoom") == 0)
            read_zoom(reader, value, at, &layer->minzoom);
        else if (strcmp(name, "maxzoom") == 0)
            read_zoom(reader, value, at, &layer->maxzoom);
        else if (strcmp(name, "filter") == 0)
            read_filter(reader, value, at, layer);
        else if (strcmp(name, "paint") == 0 || strcmp(name, "layout") == 0)
            read_group(reader, value, at, name[0] == 'l', layer);
        else if (strcmp(name, "metadata") == 0)
            layer->labels =
                value->kind == EXPR_OBJECT ? expr_member_find(value->object, "sigg:leyenda") : NULL;
        else if (strcmp(name, "id") != 0 && strcmp(name, "type") != 0 &&
                 (layer->type == STYLE_BACKGROUND ||
                  (strcmp(name, "source") != 0 && strcmp(name, "source-layer") != 0)))
            style_problem(reader, at, "no se admite en una capa");
    }
}
