/* style_read.c - a layer's JSON, checked against the rows of the specification
 * that the program draws. What is not in a row is outside the subset. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "styles/style_layer.h"

static const char *const caps[] = {"butt", "round", "square", NULL};
static const char *const joins[] = {"miter", "bevel", "round", NULL};

#define COLOR(word, type, by_data)                                                               \
    {                                                                                            \
        .name = word, .layer = type, .kind = EXPR_COLOR, .color = {0, 0, 0, 1}, .data = by_data, \
        .interpolate = true                                                                      \
    }
#define NUMBER(word, type, value, low, high, by_data)                                    \
    {                                                                                    \
        .name = word, .layer = type, .kind = EXPR_NUMBER, .fallback = value, .min = low, \
        .max = high, .data = by_data, .interpolate = true                                \
    }
#define WORD(word, type, list)                                                           \
    {                                                                                    \
        .name = word, .layer = type, .layout = true, .kind = EXPR_STRING, .words = list, \
        .data = true                                                                     \
    }

/* MapLibre style specification v8, reference/v8.json. */
const struct style_row style_rows[STYLE_N_PROPERTIES] = {
    [STYLE_BACKGROUND_COLOR] = COLOR("background-color", STYLE_BACKGROUND, false),
    [STYLE_BACKGROUND_OPACITY] = NUMBER("background-opacity", STYLE_BACKGROUND, 1, 0, 1, false),
    [STYLE_FILL_COLOR] = COLOR("fill-color", STYLE_FILL, true),
    [STYLE_FILL_OPACITY] = NUMBER("fill-opacity", STYLE_FILL, 1, 0, 1, true),
    [STYLE_FILL_OUTLINE_COLOR] = COLOR("fill-outline-color", STYLE_FILL, true),
    [STYLE_LINE_COLOR] = COLOR("line-color", STYLE_LINE, true),
    [STYLE_LINE_WIDTH] = NUMBER("line-width", STYLE_LINE, 1, 0, INFINITY, true),
    [STYLE_LINE_OPACITY] = NUMBER("line-opacity", STYLE_LINE, 1, 0, 1, true),
    [STYLE_LINE_DASHARRAY] = {.name = "line-dasharray",
                              .layer = STYLE_LINE,
                              .kind = EXPR_ARRAY,
                              .max = INFINITY,
                              .data = true},
    [STYLE_LINE_CAP] = WORD("line-cap", STYLE_LINE, caps),
    [STYLE_LINE_JOIN] = WORD("line-join", STYLE_LINE, joins),
    [STYLE_CIRCLE_COLOR] = COLOR("circle-color", STYLE_CIRCLE, true),
    [STYLE_CIRCLE_RADIUS] = NUMBER("circle-radius", STYLE_CIRCLE, 5, 0, INFINITY, true),
    [STYLE_CIRCLE_OPACITY] = NUMBER("circle-opacity", STYLE_CIRCLE, 1, 0, 1, true),
    [STYLE_CIRCLE_STROKE_COLOR] = COLOR("circle-stroke-color", STYLE_CIRCLE, true),
    [STYLE_CIRCLE_STROKE_WIDTH] = NUMBER("circle-stroke-width", STYLE_CIRCLE, 0, 0, INFINITY, true),
    [STYLE_CIRCLE_STROKE_OPACITY] = NUMBER("circle-stroke-opacity", STYLE_CIRCLE, 1, 0, 1, true),
    [STYLE_CIRCLE_SORT_KEY] = {.name = "circle-sort-key",
                               .layer = STYLE_CIRCLE,
                               .layout = true,
                               .kind = EXPR_NUMBER,
                               .min = -INFINITY,
                               .max = INFINITY,
                               .data = true},
};

static const char *const type_names[] = {
    [STYLE_BACKGROUND] = "background",
    [STYLE_FILL] = "fill",
    [STYLE_LINE] = "line",
    [STYLE_CIRCLE] = "circle",
};

enum { N_TYPES = sizeof type_names / sizeof *type_names };

const char *style_type_name(enum style_layer_type type)
{
    return (size_t)type < N_TYPES ? type_names[type] : "symbol";
}

/* Problems ---------------------------------------------------------------- */

bool style_problem_err(struct style_reader *reader, const struct err *err)
{
    if (reader->n_problems++ == 0)
        reader->first = *err;
    if (reader->fn)
        reader->fn(reader->arg, err->message);
    return false;
}

bool style_problem(struct style_reader *reader, const struct expr_path *path, const char *format,
                   ...)
{
    char message[ERR_MESSAGE_MAX];
    struct err err = {0};
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    expr_path_error(&err, path, "%s", message);
    return style_problem_err(reader, &err);
}

const struct expr_path *style_path(struct style_reader *reader, const struct expr_path *path,
                                   const char *name, size_t index)
{
    struct expr_path *down = arena_alloc(reader->arena, sizeof *down);
    if (!down)
        return path;
    *down = (struct expr_path){path, name, index};
    return down;
}

/* Values ------------------------------------------------------------------ */

static const struct expr_type numbers_type = {EXPR_ARRAY, &expr_type_number, EXPR_ANY_LENGTH};

static const struct expr_type *row_type(const struct style_row *row)
{
    switch (row->kind) {
    case EXPR_COLOR:
        return &expr_type_color;
    case EXPR_STRING:
        return &expr_type_string;
    case EXPR_ARRAY:
        return &numbers_type;
    default:
        return &expr_type_number;
    }
}

static bool is_word_of(const struct style_row *row, const char *word)
{
    for (const char *const *w = row->words; *w; w++)
        if (strcmp(*w, word) == 0)
            return true;
    return false;
}

static bool check_number(struct style_reader *reader, const struct expr_path *path,
                         const struct style_row *row, const struct expr_value *value)
{
    if (value->kind != EXPR_NUMBER)
        return style_problem(reader, path, "se esperaba un número");
    if (value->number < row->min)
        return style_problem(reader, path, "%g es menor que el mínimo, %g", value->number,
                             row->min);
    if (value->number > row->max)
        return style_problem(reader, path, "%g es mayor que el máximo, %g", value->number,
                             row->max);
    return true;
}

static bool read_constant(struct style_reader *reader, const struct expr_path *path,
                          const struct style_row *row, const struct expr_value *json,
                          struct expr_value *out)
{
    struct color color;
    if (json->kind == EXPR_OBJECT)
        return style_problem(reader, path,
                             "las funciones con «stops» no se admiten: escriba una "
                             "expresión («interpolate», «step», «match»)");
    switch (row->kind) {
    case EXPR_COLOR:
        if (json->kind != EXPR_STRING || !color_parse(json->string, &color))
            return style_problem(reader, path,
                                 "se esperaba un color, como \"#1b7837\" o "
                                 "\"rgba(27, 120, 55, 0.5)\"");
        *out = expr_color(color);
        return true;
    case EXPR_STRING:
        if (json->kind != EXPR_STRING || !is_word_of(row, json->string))
            return style_problem(reader, path, "se esperaba %s, %s o %s", row->words[0],
                                 row->words[1], row->words[2]);
        break;
    case EXPR_ARRAY:
        if (json->kind != EXPR_ARRAY)
            return style_problem(reader, path, "se esperaba una lista de números");
        for (size_t i = 0; i < json->array->n; i++)
            if (!check_number(reader, style_path(reader, path, NULL, i), row, &json->array->at[i]))
                return false;
        break;
    default:
        if (!check_number(reader, path, row, json))
            return false;
    }
    *out = *json;
    return true;
}

static void read_setting(struct style_reader *reader, const struct expr_path *path,
                         const struct style_row *row, const struct expr_value *json,
                         struct style_setting *setting)
{
    if (!expr_is_expression(json)) {
        read_constant(reader, path, row, json, &setting->constant);
        return;
    }
    struct err err = {0};
    struct expr_wants wants = {
        .type = row_type(row), .data = row->data, .zoom = true, .interpolate = row->interpolate};
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
    struct expr_wants wants = {
        .type = &expr_type_boolean, .data = true, .zoom = true, .zoom_anywhere = true};
    struct expr_value converted;
    if (!style_filter_convert(reader->arena, json, &converted)) {
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
                         "«%s» está fuera del subconjunto: background, fill, line o "
                         "circle",
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
                                  .names = &reader->style->names};
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
