/* style_breaks.c - reads the class breaks that a style asks for; computes them. */
#include "styles/style_breaks.h"

#include <stdlib.h>
#include <string.h>

static const char *const color_of[] = {
    [STYLE_BACKGROUND] = "",         [STYLE_FILL] = "fill-color",   [STYLE_LINE] = "line-color",
    [STYLE_CIRCLE] = "circle-color", [STYLE_SYMBOL] = "text-color",
};

static const struct expr_value *member(const struct expr_value *object, const char *name)
{
    return object && object->kind == EXPR_OBJECT ? expr_member_find(object->object, name) : NULL;
}

static const char *text_of(const struct expr_value *object, const char *name)
{
    const struct expr_value *value = member(object, name);
    return value && value->kind == EXPR_STRING ? value->string : "";
}

static bool is_call(const struct expr_value *json, const char *operator)
{
    return json->kind == EXPR_ARRAY && json->array->n > 1 &&
           json->array->at[0].kind == EXPR_STRING &&
           strcmp(json->array->at[0].string, operator) == 0;
}

static bool reads(const struct expr_value *json, const char *property)
{
    if (is_call(json, "get") && json->array->at[1].kind == EXPR_STRING)
        return strcmp(json->array->at[1].string, property) == 0;
    for (size_t i = 0; json->kind == EXPR_ARRAY && i < json->array->n; i++)
        if (reads(&json->array->at[i], property))
            return true;
    return false;
}

/* Finds the step over the property: [step, input, output, stop, output, …]. */
static const struct expr_items *find_step(const struct expr_value *json, const char *property)
{
    if (!json || json->kind != EXPR_ARRAY)
        return NULL;
    if (is_call(json, "step") && json->array->n >= 5 && json->array->n % 2 == 1 &&
        reads(&json->array->at[1], property))
        return json->array;
    const struct expr_items *found = NULL;
    for (size_t i = 0; i < json->array->n && !found; i++)
        found = find_step(&json->array->at[i], property);
    return found;
}

struct style_breaks_parts style_breaks_parts_of(const struct expr_value *layer,
                                                enum style_layer_type type)
{
    const struct expr_value *metadata = member(layer, "metadata");
    struct style_breaks_parts parts = {member(metadata, "sigg:breaks"),
                                       member(metadata, "sigg:leyenda"), NULL};
    if (parts.breaks)
        parts.step = find_step(member(member(layer, "paint"), color_of[type]),
                               text_of(parts.breaks, "property"));
    return parts;
}

/* Reading ------------------------------------------------------------------ */

static bool read_members(struct style_reader *reader, const struct expr_path *path,
                         const struct expr_value *json, struct style_breaks *out)
{
    static const char *const known[] = {"property", "method", "classes", "whole",
                                        "unit",     "one",    "prefix",  NULL};
    for (size_t i = 0; i < json->object->n; i++) {
        const char *const *name = known;
        while (*name && strcmp(*name, json->object->at[i].name) != 0)
            name++;
        if (!*name)
            return style_problem(reader, style_path(reader, path, json->object->at[i].name, 0),
                                 "no se conoce: property, method, classes, whole, unit, one o "
                                 "prefix");
    }
    const struct expr_value *whole = member(json, "whole");
    out->property = text_of(json, "property");
    out->unit = text_of(json, "unit");
    out->one = text_of(json, "one");
    out->prefix = text_of(json, "prefix");
    out->whole = whole && whole->kind == EXPR_BOOLEAN && whole->boolean;
    if (!out->property[0])
        return style_problem(reader, style_path(reader, path, "property", 0), "falta la propiedad");
    return breaks_method_of(text_of(json, "method"), &out->method) ||
           style_problem(reader, style_path(reader, path, "method", 0),
                         "«%s» no es quantile, equal, jenks ni manual", text_of(json, "method"));
}

static bool read_one(struct style_reader *reader, const struct expr_value *json,
                     const struct style_layer *layer, const struct expr_path *path,
                     struct style_breaks *out)
{
    struct style_breaks_parts parts = style_breaks_parts_of(json, layer->type);
    if (parts.breaks->kind != EXPR_OBJECT)
        return style_problem(reader, path, "se esperaba un objeto");
    *out = (struct style_breaks){.layer_id = layer->id, .source_layer = layer->source};
    if (!read_members(reader, path, parts.breaks, out))
        return false;
    if (!parts.step)
        return style_problem(reader, path, "«%s» no tiene un «step» de [\"get\", \"%s\"]",
                             color_of[layer->type], out->property);
    out->n_classes = (parts.step->n - 3) / 2;
    const struct expr_value *classes = member(parts.breaks, "classes");
    if (classes && (classes->kind != EXPR_NUMBER || classes->number != (double)out->n_classes))
        return style_problem(reader, style_path(reader, path, "classes", 0),
                             "el «step» tiene %zu clases", out->n_classes);
    if (out->n_classes > BREAKS_MAX_CLASSES)
        return style_problem(reader, path, "más de %d clases", BREAKS_MAX_CLASSES);
    for (size_t i = 0; i < out->n_classes; i++) {
        const struct expr_value *stop = &parts.step->at[3 + 2 * i];
        if (stop->kind != EXPR_NUMBER)
            return style_problem(reader, path, "los cortes del «step» deben ser números");
        if (i)
            out->given[i - 1] = stop->number;
        else
            out->from = stop->number;
    }
    if (parts.labels && parts.labels->kind == EXPR_ARRAY && parts.labels->array->n < out->n_classes)
        return style_problem(reader, path, "hay menos etiquetas que clases");
    return true;
}

void style_breaks_read(struct style_reader *reader, const struct expr_value *layers)
{
    struct style *style = reader->style;
    if (reader->first.kind != ERR_NONE || style->n_layers == 0)
        return; /* errors in layers are reported elsewhere */
    style->breaks = arena_array(reader->arena, style->n_layers, sizeof *style->breaks);
    if (!style->breaks) {
        err_no_memory(&reader->first);
        return;
    }
    for (size_t i = 0; i < style->n_layers; i++) {
        const struct expr_path root = {NULL, "layers", 0}, at = {&root, NULL, i};
        const struct expr_path metadata = {&at, "metadata", 0};
        const struct expr_path path = {&metadata, "sigg:breaks", 0};
        const struct expr_value *layer = &layers->array->at[i];
        if (style_breaks_parts_of(layer, style->layers[i].type).breaks &&
            read_one(reader, layer, &style->layers[i], &path, &style->breaks[style->n_breaks]))
            style->n_breaks++;
    }
}

size_t style_breaks(const struct style *style, const struct style_breaks **breaks)
{
    *breaks = style->breaks;
    return style->n_breaks;
}

bool style_breaks_computed(const struct style *style)
{
    for (size_t i = 0; i < style->n_breaks; i++)
        if (style->breaks[i].method != BREAKS_MANUAL)
            return true;
    return false;
}

bool style_breaks_of(const struct style_breaks *asked, const double *values, size_t n,
                     struct breaks *out, struct err *err)
{
    double *kept = malloc((n + 1) * sizeof *kept);
    size_t n_kept = 0;
    if (!kept)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++)
        if (values[i] >= asked->from)
            kept[n_kept++] = values[i];
    bool ok = asked->method == BREAKS_MANUAL
                  ? breaks_manual(asked->given, asked->n_classes, kept, n_kept, out, err)
                  : breaks_compute(asked->method, kept, n_kept, asked->n_classes, out, err);
    free(kept);
    return ok || err_wrap(err, "sigg:breaks");
}
