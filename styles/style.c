/* style.c - reads a style document. */
#include "styles/style.h"

#include <string.h>

#include "styles/json.h"
#include "styles/style_breaks.h"

/* Reading ------------------------------------------------------------------ */

static const char *text_member(const struct expr_members *object, const char *name,
                               const char *fallback)
{
    const struct expr_value *value = expr_member_find(object, name);
    return value && value->kind == EXPR_STRING ? value->string : fallback;
}

/* Members of the root that have no effect here, or that are read elsewhere. */
static bool known_member(const char *name)
{
    static const char *const names[] = {"version", "name",       "metadata", "center", "zoom",
                                        "bearing", "pitch",      "sources",  "layers", "glyphs",
                                        "sprite",  "transition", "state"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void read_sources(struct style_reader *reader, const struct expr_value *json)
{
    const struct expr_path root = {NULL, "sources", 0};
    if (!json || json->kind != EXPR_OBJECT) {
        style_problem(reader, &root, "falta el objeto con las fuentes");
        return;
    }
    reader->sources = json;
    for (size_t i = 0; i < json->object->n; i++) {
        const struct expr_member *source = &json->object->at[i];
        const struct expr_path path = {&root, source->name, 0};
        const struct expr_path at = {&path, "type", 0};
        if (source->value.kind != EXPR_OBJECT)
            style_problem(reader, &path, "se esperaba un objeto");
        else if (strcmp(text_member(source->value.object, "type", ""), "vector") != 0)
            style_problem(reader, &at, "solo se admiten fuentes «vector»");
    }
}

/* "state": {"x": {"default": 1}} */
static void read_state(struct style_reader *reader, const struct expr_value *json)
{
    const struct expr_path root = {NULL, "state", 0};
    if (!json)
        return;
    if (json->kind != EXPR_OBJECT) {
        style_problem(reader, &root, "se esperaba un objeto");
        return;
    }
    struct expr_members *state = arena_alloc(reader->arena, sizeof *state);
    struct expr_member *at = arena_array(reader->arena, json->object->n + 1, sizeof *at);
    if (!state || !at) {
        err_no_memory(&reader->first);
        return;
    }
    for (size_t i = 0; i < json->object->n; i++) {
        const struct expr_member *entry = &json->object->at[i];
        const struct expr_path path = {&root, entry->name, 0};
        const struct expr_value *value = entry->value.kind == EXPR_OBJECT
                                             ? expr_member_find(entry->value.object, "default")
                                             : NULL;
        if (!value)
            style_problem(reader, &path, "se esperaba un objeto con \"default\"");
        at[i] = (struct expr_member){entry->name, value ? *value : expr_null()};
    }
    *state = (struct expr_members){json->object->n, at};
    reader->style->state = state;
}

static void check_unique_ids(struct style_reader *reader, const struct expr_path *root)
{
    const struct style *style = reader->style;
    for (size_t i = 1; i < style->n_layers; i++)
        for (size_t k = 0; k < i; k++)
            if (style->layers[i].id[0] && strcmp(style->layers[i].id, style->layers[k].id) == 0) {
                const struct expr_path layer = {root, NULL, i};
                const struct expr_path path = {&layer, "id", 0};
                style_problem(reader, &path, "el identificador «%s» ya está en layers[%zu]",
                              style->layers[i].id, k);
                break;
            }
}

static bool read_layers(struct style_reader *reader, const struct expr_value *json)
{
    struct style *style = reader->style;
    const struct expr_path *root = style_path(reader, NULL, "layers", 0);
    if (!json || json->kind != EXPR_ARRAY)
        return style_problem(reader, root, "falta la lista de capas");
    if (json->array->n > STYLE_MAX_LAYERS)
        return style_problem(reader, root, "más de %d capas", STYLE_MAX_LAYERS);
    style->layers = arena_array(reader->arena, json->array->n, sizeof *style->layers);
    if (!style->layers)
        return err_no_memory(&reader->first);
    style->n_layers = json->array->n;
    for (size_t i = 0; i < json->array->n; i++)
        style_layer_read(reader, &json->array->at[i], style_path(reader, root, NULL, i),
                         &style->layers[i]);
    check_unique_ids(reader, root);
    return true;
}

static void read_root(struct style_reader *reader, const struct expr_value *json)
{
    struct style *style = reader->style;
    if (json->kind != EXPR_OBJECT) {
        style_problem(reader, NULL, "un estilo es un objeto JSON");
        return;
    }
    for (size_t i = 0; i < json->object->n; i++) {
        const struct expr_path path = {NULL, json->object->at[i].name, 0};
        if (!known_member(path.name))
            style_problem(reader, &path, "fuera del subconjunto, o mal escrito");
    }
    const struct expr_value *version = expr_member_find(json->object, "version");
    if (!version || version->kind != EXPR_NUMBER || version->number != 8)
        style_problem(reader, &(struct expr_path){NULL, "version", 0}, "debe ser 8");
    style->title = text_member(json->object, "name", "");
    const struct expr_value *metadata = expr_member_find(json->object, "metadata");
    style->heading = style->title;
    if (metadata && metadata->kind == EXPR_OBJECT) {
        style->id = text_member(metadata->object, "sigg:id", "");
        style->heading = text_member(metadata->object, "sigg:encabezado", style->title);
    }
    read_sources(reader, expr_member_find(json->object, "sources"));
    read_state(reader, expr_member_find(json->object, "state"));
    const struct expr_value *layers = expr_member_find(json->object, "layers");
    if (read_layers(reader, layers)) {
        style_legend_read(reader);
        style_breaks_read(reader, layers);
    }
}

static struct style *read_style(struct style_reader *reader, const char *json, size_t len)
{
    struct arena *arena = arena_new();
    struct style *style = arena ? arena_alloc(arena, sizeof *style) : NULL;
    char *copy = style ? arena_strndup(arena, json, len) : NULL;
    struct expr_value value;
    struct err err = {0};
    if (!copy) {
        arena_free(arena);
        reader->n_problems = 1;
        err_no_memory(&reader->first);
        return NULL;
    }
    *style = (struct style){
        .arena = arena, .json = copy, .len = len, .id = "", .title = "", .heading = ""};
    reader->style = style;
    reader->arena = arena;
    if (styles_json_read(json, len, arena, &value, &err))
        read_root(reader, &value);
    else
        style_problem_err(reader, &err);
    if (reader->first.kind == ERR_NONE)
        return style;
    style_free(style);
    return NULL;
}

struct style *style_parse(const char *json, size_t len, struct err *err)
{
    struct style_reader reader = {0};
    struct style *style = read_style(&reader, json, len);
    if (!style && err)
        *err = reader.first;
    return style;
}

size_t style_check(const char *json, size_t len, style_problem_fn *fn, void *arg)
{
    struct style_reader reader = {.fn = fn, .arg = arg};
    style_free(read_style(&reader, json, len));
    return reader.n_problems;
}

void style_free(struct style *style)
{
    if (style)
        arena_free(style->arena);
}

/* What was read ------------------------------------------------------------- */

const char *style_id(const struct style *style)
{
    return style->id;
}

const char *style_title(const struct style *style)
{
    return style->title;
}

const char *style_heading(const struct style *style)
{
    return style->heading;
}

const char *style_json(const struct style *style, size_t *len)
{
    *len = style->len;
    return style->json;
}

size_t style_slots(const struct style *style, const char *const **names)
{
    *names = style->names.at;
    return style->names.n;
}

size_t style_layer_count(const struct style *style)
{
    return style->n_layers;
}

const struct style_layer *style_layer_at(const struct style *style, size_t index)
{
    return &style->layers[index];
}

enum style_layer_type style_layer_type(const struct style_layer *layer)
{
    return layer->type;
}

const char *style_layer_id(const struct style_layer *layer)
{
    return layer->id;
}

const char *style_layer_source(const struct style_layer *layer)
{
    return layer->source;
}

bool style_layer_shows(const struct style_layer *layer, double zoom)
{
    /* A minzoom of 0 is no limit, as in MapLibre: 256 px tiles of z 0 are its zoom -1. */
    return layer->visible && (layer->minzoom == 0 || zoom >= layer->minzoom) &&
           zoom < layer->maxzoom;
}

size_t style_legend(const struct style *style, const struct style_legend_entry **entries)
{
    *entries = style->legend;
    return style->n_legend;
}
