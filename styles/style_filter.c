/* style_filter.c - converts filters of the old syntax to expressions.
 *
 * ["==", "etapa", "convenio"] -> ["filter-==", ["get", "etapa"], "convenio"].
 */
#include <string.h>

#include "styles/style_layer.h"

static bool is_text(const struct expr_value *value)
{
    return value->kind == EXPR_STRING;
}

static const char *operator_of(const struct expr_value *json)
{
    return json->kind == EXPR_ARRAY && json->array->n > 0 && is_text(&json->array->at[0])
               ? json->array->at[0].string
               : NULL;
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static const char *const comparisons[] = {"==", "!=", "<", "<=", ">", ">=", NULL};
static const char *const groups[] = {"all", "any", "none", NULL};

enum syntax { NEUTRAL, LEGACY, EXPRESSION };

/* Parts that are valid in both syntaxes do not decide; one part that can only be an
 * expression does (classifyFilter of the reference implementation). */
static enum syntax syntax_of(const struct expr_value *json)
{
    if (json->kind == EXPR_BOOLEAN)
        return NEUTRAL;
    const char *name = operator_of(json);
    if (!name)
        return LEGACY;
    const struct expr_items *items = json->array;
    if (strcmp(name, "has") == 0) {
        if (items->n < 2 || (is_text(&items->at[1]) && items->at[1].string[0] == '$'))
            return LEGACY;
        return items->n == 2 ? NEUTRAL : EXPRESSION;
    }
    if (strcmp(name, "in") == 0)
        return items->n >= 3 && (!is_text(&items->at[1]) || items->at[2].kind == EXPR_ARRAY)
                   ? EXPRESSION
                   : LEGACY;
    if (strcmp(name, "!in") == 0 || strcmp(name, "!has") == 0 || strcmp(name, "none") == 0)
        return LEGACY;
    if (is_one_of(name, comparisons))
        return items->n != 3 || items->at[1].kind == EXPR_ARRAY || items->at[2].kind == EXPR_ARRAY
                   ? EXPRESSION
                   : LEGACY;
    if (!is_one_of(name, groups))
        return EXPRESSION;
    enum syntax syntax = NEUTRAL;
    for (size_t i = 1; i < items->n && syntax != EXPRESSION; i++) {
        enum syntax part = syntax_of(&items->at[i]);
        syntax = part > syntax ? part : syntax;
    }
    return syntax;
}

/* An array of n values. */
static bool list(struct arena *arena, const struct expr_value *values, size_t n,
                 struct expr_value *out)
{
    struct expr_items *items = arena_alloc(arena, sizeof *items);
    struct expr_value *at = arena_array(arena, n, sizeof *at);
    if (!items || !at)
        return false;
    for (size_t i = 0; i < n; i++)
        at[i] = values[i];
    *items = (struct expr_items){n, at};
    *out = (struct expr_value){.kind = EXPR_ARRAY, .array = items};
    return true;
}

static bool call(struct arena *arena, const char *name, const struct expr_value *a,
                 const struct expr_value *b, struct expr_value *out)
{
    struct expr_value values[3] = {expr_string(name), a ? *a : expr_null(), b ? *b : expr_null()};
    return list(arena, values, a ? b ? 3 : 2 : 1, out);
}

/* What a key refers to: "$type", "$id", or a property. */
static bool read_key(struct arena *arena, const struct expr_value *key, struct expr_value *out)
{
    if (!is_text(key))
        return false;
    if (strcmp(key->string, "$type") == 0)
        return call(arena, "geometry-type", NULL, NULL, out);
    if (strcmp(key->string, "$id") == 0)
        return call(arena, "id", NULL, NULL, out);
    return call(arena, "get", key, NULL, out);
}

static bool convert(struct arena *arena, const struct expr_value *json, struct expr_value *out);

static bool convert_group(struct arena *arena, const char *name, const struct expr_items *items,
                          struct expr_value *out)
{
    bool none = strcmp(name, "none") == 0;
    struct expr_value *parts = arena_array(arena, items->n, sizeof *parts);
    if (!parts)
        return false;
    parts[0] = expr_string(none ? "any" : name);
    for (size_t i = 1; i < items->n; i++)
        if (!convert(arena, &items->at[i], &parts[i]))
            return false;
    struct expr_value group;
    if (!list(arena, parts, items->n, &group))
        return false;
    if (none)
        return call(arena, "!", &group, NULL, out);
    *out = group;
    return true;
}

/* in, has, and their negations with "!" in front. */
static bool convert_test(struct arena *arena, const char *name, const struct expr_items *items,
                         struct expr_value *out)
{
    bool negated = name[0] == '!';
    struct expr_value key, values, literal, test;
    name += negated;
    if (!read_key(arena, &items->at[1], &key))
        return false;
    if (strcmp(name, "in") == 0) {
        /* The specification's validator wants scalars here. */
        for (size_t i = 2; i < items->n; i++)
            if (items->at[i].kind == EXPR_NULL || items->at[i].kind == EXPR_ARRAY ||
                items->at[i].kind == EXPR_OBJECT)
                return false;
        if (!list(arena, items->at + 2, items->n - 2, &values) ||
            !call(arena, "literal", &values, NULL, &literal) ||
            !call(arena, "in", &key, &literal, &test))
            return false;
    } else if (strcmp(items->at[1].string, "$type") == 0)
        test = expr_boolean(true);
    else if (strcmp(items->at[1].string, "$id") == 0) {
        struct expr_value values_of_call[3] = {expr_string("!="), key, expr_null()};
        if (!list(arena, values_of_call, 3, &test))
            return false;
    } else if (!call(arena, "has", &items->at[1], NULL, &test))
        return false;
    if (negated)
        return call(arena, "!", &test, NULL, out);
    *out = test;
    return true;
}

static bool convert(struct arena *arena, const struct expr_value *json, struct expr_value *out)
{
    if (json->kind == EXPR_BOOLEAN || json->kind == EXPR_NULL) {
        *out = expr_boolean(json->kind == EXPR_NULL || json->boolean);
        return true;
    }
    const char *name = operator_of(json);
    if (!name)
        return false;
    const struct expr_items *items = json->array;
    if (is_one_of(name, groups))
        return convert_group(arena, name, items, out);
    if (items->n < 2)
        return false;
    if (!is_one_of(name, comparisons))
        return (strcmp(name, "in") == 0 || strcmp(name, "!in") == 0 || strcmp(name, "has") == 0 ||
                strcmp(name, "!has") == 0) &&
               convert_test(arena, name, items, out);
    if (items->n != 3)
        return false;
    struct expr_value key, test;
    bool negated = strcmp(name, "!=") == 0;
    const char *full = arena_printf(arena, "filter-%s", negated ? "==" : name);
    if (!full || !read_key(arena, &items->at[1], &key))
        return false;
    struct expr_value values[3] = {expr_string(full), key, items->at[2]};
    if (!list(arena, values, 3, &test))
        return false;
    if (negated)
        return call(arena, "!", &test, NULL, out);
    *out = test;
    return true;
}

bool style_filter_convert(struct arena *arena, const struct expr_value *json,
                          struct expr_value *out)
{
    if (syntax_of(json) == LEGACY)
        return convert(arena, json, out);
    *out = *json;
    return true;
}
