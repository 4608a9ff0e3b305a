/* style_breaks.c - reads the class breaks that a style asks for; writes computed ones. */
#include "styles/style_breaks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "styles/json.h"

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

/* The parts of a layer's JSON that are changed. */
struct parts {
    const struct expr_value *breaks, *labels;
    const struct expr_items *step;
};

static struct parts parts_of(const struct expr_value *layer, enum style_layer_type type)
{
    const struct expr_value *metadata = member(layer, "metadata");
    struct parts parts = {member(metadata, "sigg:breaks"), member(metadata, "sigg:leyenda"), NULL};
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
    struct parts parts = parts_of(json, layer->type);
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
        if (parts_of(layer, style->layers[i].type).breaks &&
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

/* Writing ------------------------------------------------------------------ */

/* A replacement for an array or a number of the document. */
struct change {
    const struct expr_items *old, *new;
    const struct expr_value *number;
    double to;
};

struct changes {
    struct arena *arena;
    struct change *at;
    size_t n;
    bool failed;
};

static struct expr_value changed(struct changes *changes, const struct expr_value *json)
{
    struct expr_value out = *json;
    for (size_t i = 0; json->kind == EXPR_NUMBER && i < changes->n; i++)
        if (changes->at[i].number == json)
            out.number = changes->at[i].to;
    if (json->kind == EXPR_ARRAY) {
        const struct expr_items *items = json->array;
        for (size_t i = 0; i < changes->n; i++)
            if (changes->at[i].old == items)
                items = changes->at[i].new;
        struct expr_items *copy = arena_alloc(changes->arena, sizeof *copy);
        struct expr_value *at = arena_array(changes->arena, items->n + 1, sizeof *at);
        changes->failed |= !copy || !at;
        for (size_t i = 0; i < items->n && !changes->failed; i++)
            at[i] = changed(changes, &items->at[i]);
        if (!changes->failed)
            *copy = (struct expr_items){items->n, at};
        out.array = copy;
    } else if (json->kind == EXPR_OBJECT) {
        struct expr_members *copy = arena_alloc(changes->arena, sizeof *copy);
        struct expr_member *at = arena_array(changes->arena, json->object->n + 1, sizeof *at);
        changes->failed |= !copy || !at;
        for (size_t i = 0; i < json->object->n && !changes->failed; i++)
            at[i] = (struct expr_member){json->object->at[i].name,
                                         changed(changes, &json->object->at[i].value)};
        if (!changes->failed)
            *copy = (struct expr_members){json->object->n, at};
        out.object = copy;
    }
    return out;
}

/* The colour of a class if there are fewer classes than colours: the two ends of the
 * scale, and the colours between at equal steps. */
static size_t color_index(size_t class, size_t classes, size_t colors)
{
    if (classes == 1)
        return colors / 2;
    return (class * (colors - 1) + (classes - 1) / 2) / (classes - 1);
}

static bool set_items(struct changes *changes, const struct expr_items *old,
                      const struct expr_value *at, size_t n)
{
    struct expr_items *new = arena_alloc(changes->arena, sizeof *new);
    if (!new)
        return false;
    *new = (struct expr_items){n, at};
    changes->at[changes->n++] = (struct change){.old = old, .new = new};
    return true;
}

static bool change_layer(struct changes *changes, const struct parts *parts,
                         const struct style_breaks *asked, const struct breaks *breaks)
{
    size_t n = breaks->n_classes, colors = asked->n_classes;
    struct expr_value *step = arena_array(changes->arena, 3 + 2 * n, sizeof *step);
    if (!step)
        return false;
    memcpy(step, parts->step->at, 4 * sizeof *step); /* name, input, output, first stop */
    for (size_t i = 0; i < n; i++) {
        if (i)
            step[3 + 2 * i] = expr_number(breaks->at[i - 1]);
        step[4 + 2 * i] = parts->step->at[4 + 2 * color_index(i, n, colors)];
    }
    if (!set_items(changes, parts->step, step, 3 + 2 * n))
        return false;
    const struct expr_value *classes = member(parts->breaks, "classes");
    if (classes) /* fewer distinct values give fewer classes */
        changes->at[changes->n++] = (struct change){.number = classes, .to = (double)n};
    if (!parts->labels || parts->labels->kind != EXPR_ARRAY || asked->method == BREAKS_MANUAL)
        return true;
    size_t before = parts->labels->array->n - colors;
    struct expr_value *labels = arena_array(changes->arena, before + n, sizeof *labels);
    if (!labels)
        return false;
    if (before)
        memcpy(labels, parts->labels->array->at, before * sizeof *labels);
    for (size_t i = 0; i < n; i++) {
        labels[before + i] = expr_string(style_breaks_label(asked, breaks, i, changes->arena));
        if (labels[before + i].kind == EXPR_NULL)
            return false;
    }
    return set_items(changes, parts->labels->array, labels, before + n);
}

static bool change_all(const struct style *style, const struct expr_value *layers,
                       style_values_fn *fn, void *arg, struct changes *changes, struct err *err)
{
    for (size_t b = 0; b < style->n_breaks; b++) {
        const struct style_breaks *asked = &style->breaks[b];
        struct breaks breaks;
        double *values = NULL;
        size_t n = 0, i = 0;
        while (strcmp(style->layers[i].id, asked->layer_id) != 0)
            i++;
        bool ok = fn(arg, asked->source_layer, asked->property, &values, &n, err) &&
                  style_breaks_of(asked, values, n, &breaks, err);
        free(values);
        if (!ok)
            return false;
        struct parts parts = parts_of(&layers->array->at[i], style->layers[i].type);
        /* Without values the document's own numbers stay. */
        if (breaks.n_classes > 0 && !change_layer(changes, &parts, asked, &breaks))
            return err_no_memory(err);
    }
    return true;
}

struct style *style_with_breaks(const struct style *style, style_values_fn *fn, void *arg,
                                struct err *err)
{
    struct changes changes = {.arena = arena_new()};
    struct expr_value root;
    struct style *made = NULL;
    struct buf json;
    buf_init(&json);
    if (changes.arena)
        changes.at = arena_array(changes.arena, 3 * style->n_breaks + 1, sizeof *changes.at);
    if (!changes.at) {
        err_no_memory(err);
        goto done;
    }
    if (!styles_json_read(style->json, style->len, changes.arena, &root, err) ||
        !change_all(style, member(&root, "layers"), fn, arg, &changes, err))
        goto done;
    root = changed(&changes, &root);
    if (!changes.failed)
        expr_put_json(&json, &root);
    if (changes.failed || buf_failed(&json))
        err_no_memory(err);
    else
        made = style_parse(json.data, json.len, err);
done:
    buf_free(&json);
    arena_free(changes.arena);
    return made;
}
