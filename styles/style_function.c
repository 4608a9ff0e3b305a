/* style_function.c - converts the old function and token syntax to expressions. */
#include "styles/style_function.h"

#include <string.h>

/* A list that grows. */
struct style_function_list {
    struct arena *arena;
    struct expr_value *at;
    size_t n, room;
    bool failed;
};

static void push(struct style_function_list *list, struct expr_value value)
{
    if (list->n == list->room) {
        size_t room = 2 * list->room + 8;
        struct expr_value *grown = arena_array(list->arena, room, sizeof *grown);
        if (!grown) {
            list->failed = true;
            return;
        }
        if (list->n)
            memcpy(grown, list->at, list->n * sizeof *grown);
        list->at = grown;
        list->room = room;
    }
    list->at[list->n++] = value;
}

static struct style_function_list begin(struct style_function_list *parent, const char *name)
{
    struct style_function_list list = {.arena = parent->arena};
    push(&list, expr_string(name));
    return list;
}

/* The list as a value; if it failed its parent fails. */
static struct expr_value end(struct style_function_list *parent,
                             const struct style_function_list *list)
{
    struct expr_items *items = arena_alloc(parent->arena, sizeof *items);
    if (list->failed || !items) {
        parent->failed = true;
        return expr_null();
    }
    *items = (struct expr_items){list->n, list->at};
    return (struct expr_value){.kind = EXPR_ARRAY, .array = items};
}

static struct expr_value call(struct style_function_list *parent, const char *name,
                              const struct expr_value *a, const struct expr_value *b)
{
    struct style_function_list list = begin(parent, name);
    if (a)
        push(&list, *a);
    if (b)
        push(&list, *b);
    return end(parent, &list);
}

static struct expr_value literal(struct style_function_list *parent, struct expr_value value)
{
    return value.kind == EXPR_ARRAY || value.kind == EXPR_OBJECT
               ? call(parent, "literal", &value, NULL)
               : value;
}

/* The members of a function. */
struct style_function {
    const struct style_function_spec *spec;
    const struct expr_value *fallback; /* NULL: none */
    const char *type, *curve;          /* curve: how an "exponential" one is interpolated */
    double base;
    struct expr_value get;
};

static const struct expr_value *member(const struct expr_value *json, const char *name)
{
    const struct expr_value *value = expr_member_find(json->object, name);
    return value && value->kind != EXPR_NULL ? value : NULL;
}

static struct expr_value get_of(struct style_function_list *parent, const struct expr_value *json)
{
    const struct expr_value *property = member(json, "property");
    return call(parent, "get", property, NULL);
}

/* The property's value, or the fallback if it is missing or of another type. */
static struct expr_value identity(struct style_function_list *parent,
                                  const struct style_function *function)
{
    static const char *const names[] = {[EXPR_NUMBER] = "number",
                                        [EXPR_STRING] = "string",
                                        [EXPR_BOOLEAN] = "boolean",
                                        [EXPR_COLOR] = "to-color",
                                        /* No such operators exist, so the result is
                                         * refused. */
                                        [EXPR_PADDING] = "padding",
                                        [EXPR_NUMBERS] = "numberArray",
                                        [EXPR_COLORS] = "colorArray",
                                        [EXPR_ANCHORS] = "variableAnchorOffsetCollection",
                                        [EXPR_PROJECTION] = "projectionDefinition"};
    const struct style_function_spec *spec = function->spec;
    if (!function->fallback)
        return spec->kind == EXPR_STRING && !spec->words
                   ? call(parent, "string", &function->get, NULL)
                   : function->get;
    if (spec->words) {
        struct style_function_list match = begin(parent, "match");
        push(&match, function->get);
        push(&match, (struct expr_value){.kind = EXPR_ARRAY, .array = spec->words});
        push(&match, function->get);
        push(&match, *function->fallback);
        return end(parent, &match);
    }
    struct expr_value other = literal(parent, *function->fallback);
    if (spec->kind != EXPR_ARRAY)
        return spec->kind < sizeof names / sizeof *names && names[spec->kind]
                   ? call(parent, names[spec->kind], &function->get, &other)
                   : function->get;
    struct style_function_list array = begin(parent, "array");
    if (spec->item) {
        push(&array, expr_string(spec->item));
        push(&array, spec->length > 0 ? expr_number(spec->length) : expr_null());
    }
    push(&array, function->get);
    push(&array, other);
    return end(parent, &array);
}

/* Adds a stop of a curve. Of several with the same input the first counts. The input of a
 * step's first stop is ignored. */
static void push_stop(struct style_function_list *curve, struct expr_value input,
                      struct expr_value output, bool step)
{
    if (curve->n > 3 && expr_same(&input, &curve->at[curve->n - 2]))
        return;
    if (!step || curve->n > 2)
        push(curve, input);
    push(curve, output);
}

/* A step needs at least one stop. */
static struct expr_value end_step(struct style_function_list *parent,
                                  struct style_function_list *step)
{
    if (step->n == 3) {
        push(step, expr_number(0));
        push(step, step->at[2]);
    }
    return end(parent, step);
}

static struct expr_value interpolation(struct style_function_list *parent, double base)
{
    struct expr_value number = expr_number(base);
    return base == 1 ? call(parent, "linear", NULL, NULL)
                     : call(parent, "exponential", &number, NULL);
}

/* stops: [input, output] pairs whose outputs are expressions already. */
static struct expr_value curve_over(struct style_function_list *parent,
                                    const struct style_function *function, struct expr_value input,
                                    const struct style_function_list *stops)
{
    bool step = strcmp(function->type, "interval") == 0;
    struct style_function_list curve = begin(parent, step ? "step" : function->curve);
    if (!step)
        push(&curve, interpolation(parent, function->base));
    push(&curve, input);
    for (size_t i = 0; i + 1 < stops->n; i += 2)
        push_stop(&curve, stops->at[i], stops->at[i + 1], step);
    return step ? end_step(parent, &curve) : end(parent, &curve);
}

static struct expr_value fallback_of(struct style_function_list *parent,
                                     const struct style_function *function)
{
    return literal(parent, function->fallback ? *function->fallback : function->spec->fallback);
}

static struct expr_value by_property(struct style_function_list *parent,
                                     const struct style_function *function,
                                     const struct style_function_list *stops)
{
    const struct expr_value *get = &function->get;
    if (strcmp(function->type, "categorical") == 0) {
        bool flags = stops->at[0].kind == EXPR_BOOLEAN;
        struct style_function_list choice = begin(parent, flags ? "case" : "match");
        if (!flags)
            push(&choice, *get);
        for (size_t i = 0; i + 1 < stops->n; i += 2)
            if (flags) {
                push(&choice, call(parent, "==", get, &stops->at[i]));
                push(&choice, stops->at[i + 1]);
            } else
                push_stop(&choice, stops->at[i], stops->at[i + 1], false);
        push(&choice, fallback_of(parent, function));
        return end(parent, &choice);
    }
    struct expr_value curve =
        curve_over(parent, function, call(parent, "number", get, NULL), stops);
    if (!function->fallback)
        return curve;
    struct expr_value kind = call(parent, "typeof", get, NULL), number = expr_string("number");
    struct style_function_list choice = begin(parent, "case");
    push(&choice, call(parent, "==", &kind, &number));
    push(&choice, curve);
    push(&choice, literal(parent, *function->fallback));
    return end(parent, &choice);
}

/* For stops {"zoom", "value"}: at each zoom a function of the property, and a curve over
 * the zoom between them. */
static struct expr_value by_zoom_and_property(struct style_function_list *parent,
                                              const struct style_function *function,
                                              const struct style_function_list *stops)
{
    bool step = !function->spec->interpolated;
    struct style_function_list curve = begin(parent, step ? "step" : function->curve);
    if (!step)
        push(&curve, interpolation(parent, 1));
    push(&curve, call(parent, "zoom", NULL, NULL));
    struct style_function inner = *function;
    inner.base = 1;
    inner.curve = "interpolate";
    for (size_t i = 0; i + 1 < stops->n; i += 2) {
        const struct expr_value *zoom = member(&stops->at[i], "zoom");
        struct style_function_list here = {.arena = parent->arena};
        bool seen = false;
        for (size_t k = 0; k + 1 < stops->n && zoom; k += 2) {
            const struct expr_value *other = member(&stops->at[k], "zoom");
            const struct expr_value *value = member(&stops->at[k], "value");
            if (!other || !value || !expr_same(zoom, other))
                continue;
            seen |= k < i;
            push(&here, *value);
            push(&here, stops->at[k + 1]);
        }
        if (!seen && here.n)
            push_stop(&curve, *zoom, by_property(parent, &inner, &here), step);
    }
    return step ? end_step(parent, &curve) : end(parent, &curve);
}

/* Reads the stops as pairs in one list; false: they are none. */
static bool read_stops(struct style_function_list *parent, const struct expr_value *json,
                       bool tokens, struct style_function_list *out)
{
    if (json->kind != EXPR_ARRAY || json->array->n == 0)
        return false;
    for (size_t i = 0; i < json->array->n; i++) {
        const struct expr_value *stop = &json->array->at[i];
        if (stop->kind != EXPR_ARRAY || stop->array->n != 2 ||
            (stop->array->at[0].kind == EXPR_OBJECT) !=
                (json->array->at[0].array->at[0].kind == EXPR_OBJECT))
            return false;
        struct expr_value output = stop->array->at[1];
        if (tokens && output.kind == EXPR_STRING) {
            if (!style_tokens_convert(parent->arena, output.string, &output))
                return false;
        } else
            output = literal(parent, output);
        push(out, stop->array->at[0]);
        push(out, output);
    }
    return !out->failed;
}

static const char *curve_of(const struct expr_value *json)
{
    const struct expr_value *space = member(json, "colorSpace");
    const char *name = space && space->kind == EXPR_STRING ? space->string : "";
    return strcmp(name, "hcl") == 0   ? "interpolate-hcl"
           : strcmp(name, "lab") == 0 ? "interpolate-lab"
                                      : "interpolate";
}

bool style_function_convert(struct arena *arena, const struct expr_value *json,
                            const struct style_function_spec *spec, struct expr_value *out)
{
    struct style_function_list root = {.arena = arena}, stops = {.arena = arena};
    if (json->kind != EXPR_OBJECT)
        return false;
    const struct expr_value *given = member(json, "stops"), *base = member(json, "base");
    const struct expr_value *type = member(json, "type"), *property = member(json, "property");
    struct style_function function = {.spec = spec,
                                      .fallback = member(json, "default"),
                                      .type = spec->interpolated ? "exponential" : "interval",
                                      .curve = curve_of(json),
                                      .base = base && base->kind == EXPR_NUMBER ? base->number : 1};
    if ((type && type->kind != EXPR_STRING) || (property && property->kind != EXPR_STRING))
        return false;
    if (type)
        function.type = type->string;
    if (property)
        function.get = get_of(&root, json);
    bool identical = strcmp(function.type, "identity") == 0;
    if (!identical && strcmp(function.type, "categorical") != 0 &&
        strcmp(function.type, "interval") != 0 && strcmp(function.type, "exponential") != 0)
        return false;
    if (!given || identical) {
        if (!property)
            return false;
        *out = identity(&root, &function);
        return !root.failed;
    }
    if (!read_stops(&root, given, spec->tokens && !property, &stops))
        return false;
    bool composite = stops.at[0].kind == EXPR_OBJECT;
    if (composite ? !property : !property && strcmp(function.type, "categorical") == 0)
        return false;
    *out = composite  ? by_zoom_and_property(&root, &function, &stops)
           : property ? by_property(&root, &function, &stops)
                      : curve_over(&root, &function, call(&root, "zoom", NULL, NULL), &stops);
    return !root.failed;
}

bool style_tokens_convert(struct arena *arena, const char *text, struct expr_value *out)
{
    struct style_function_list root = {.arena = arena}, concat = begin(&root, "concat");
    const char *rest = text, *open = text;
    while ((open = strchr(open, '{')) != NULL) {
        size_t len = strcspn(open + 1, "{}");
        if (len == 0 || open[1 + len] != '}') {
            open++;
            continue;
        }
        if (open > rest)
            push(&concat, expr_string(arena_strndup(arena, rest, (size_t)(open - rest))));
        struct expr_value name = expr_string(arena_strndup(arena, open + 1, len));
        push(&concat, call(&root, "get", &name, NULL));
        rest = open += len + 2;
    }
    if (concat.n == 1)
        *out = expr_string(text);
    else {
        if (*rest)
            push(&concat, expr_string(rest));
        *out = !*rest && concat.n == 2 ? call(&root, "to-string", &concat.at[1], NULL)
                                       : end(&root, &concat);
    }
    return !root.failed && !concat.failed;
}
