/* expr_type_names.c - types: their names, and which fit where. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "styles/expr_value.h"

const struct expr_type expr_type_null = {.kind = EXPR_NULL};
const struct expr_type expr_type_number = {.kind = EXPR_NUMBER};
const struct expr_type expr_type_string = {.kind = EXPR_STRING};
const struct expr_type expr_type_boolean = {.kind = EXPR_BOOLEAN};
const struct expr_type expr_type_color = {.kind = EXPR_COLOR};
const struct expr_type expr_type_object = {.kind = EXPR_OBJECT};
const struct expr_type expr_type_value = {.kind = EXPR_VALUE};
const struct expr_type expr_type_array = {EXPR_ARRAY, &expr_type_value, EXPR_ANY_LENGTH};
const struct expr_type expr_type_formatted = {.kind = EXPR_FORMATTED};
const struct expr_type expr_type_image = {.kind = EXPR_IMAGE};
const struct expr_type expr_type_collator = {.kind = EXPR_COLLATOR};
const struct expr_type expr_type_error = {.kind = EXPR_ERROR};
const struct expr_type expr_type_padding = {.kind = EXPR_PADDING};
const struct expr_type expr_type_numbers = {.kind = EXPR_NUMBERS};
const struct expr_type expr_type_colors = {.kind = EXPR_COLORS};
const struct expr_type expr_type_anchors = {.kind = EXPR_ANCHORS};
const struct expr_type expr_type_projection = {.kind = EXPR_PROJECTION};

static const struct {
    const char *name;
    const struct expr_type *type;
} type_names[] = {
    {"null", &expr_type_null},
    {"number", &expr_type_number},
    {"string", &expr_type_string},
    {"boolean", &expr_type_boolean},
    {"color", &expr_type_color},
    {"object", &expr_type_object},
    {"value", &expr_type_value},
    {"array", &expr_type_array},
    {"formatted", &expr_type_formatted},
    {"resolvedImage", &expr_type_image},
    {"collator", &expr_type_collator},
    {"error", &expr_type_error},
    {"padding", &expr_type_padding},
    {"numberArray", &expr_type_numbers},
    {"colorArray", &expr_type_colors},
    {"variableAnchorOffsetCollection", &expr_type_anchors},
    {"projectionDefinition", &expr_type_projection},
};

enum { N_TYPE_NAMES = sizeof type_names / sizeof *type_names };

const struct expr_type *expr_type_array_of(struct arena *arena, const struct expr_type *item,
                                           double length)
{
    struct expr_type *type = arena_alloc(arena, sizeof *type);
    if (type)
        *type = (struct expr_type){EXPR_ARRAY, item, length};
    return type;
}

bool expr_type_fits(const struct expr_type *expected, const struct expr_type *actual)
{
    if (actual->kind == EXPR_ERROR)
        return true;
    if (expected->kind == EXPR_ARRAY) {
        if (actual->kind != EXPR_ARRAY)
            return false;
        bool empty = actual->length == 0 && actual->item->kind == EXPR_VALUE;
        return (empty || expr_type_fits(expected->item, actual->item)) &&
               (expected->length == EXPR_ANY_LENGTH || expected->length == actual->length);
    }
    if (expected->kind == EXPR_VALUE)
        return actual->kind != EXPR_COLLATOR &&
               (actual->kind != EXPR_ARRAY || expr_type_fits(&expr_type_value, actual->item));
    return expected->kind == actual->kind;
}

static const char *kind_name(enum expr_kind kind)
{
    for (size_t i = 0; i < N_TYPE_NAMES; i++)
        if (type_names[i].type->kind == kind)
            return type_names[i].name;
    return "";
}

const char *expr_type_name(struct arena *arena, const struct expr_type *type)
{
    if (type->kind != EXPR_ARRAY)
        return kind_name(type->kind);
    const char *item = expr_type_name(arena, type->item);
    if (!item)
        return NULL;
    if (type->length != EXPR_ANY_LENGTH)
        return arena_printf(arena, "array<%s, %.0f>", item, type->length);
    return type->item->kind == EXPR_VALUE ? "array" : arena_printf(arena, "array<%s>", item);
}

/* Parses one type at *at, and moves past it. */
static const struct expr_type *parse_type(struct arena *arena, const char **at, int depth)
{
    size_t len = 0;
    while (isalpha((unsigned char)(*at)[len]))
        len++;
    const struct expr_type *type = NULL;
    for (size_t i = 0; i < N_TYPE_NAMES && !type; i++)
        if (strlen(type_names[i].name) == len && memcmp(type_names[i].name, *at, len) == 0)
            type = type_names[i].type;
    *at += len;
    if (!type || type->kind != EXPR_ARRAY || **at != '<' || depth > 8)
        return type;
    ++*at;
    const struct expr_type *item = parse_type(arena, at, depth + 1);
    double length = EXPR_ANY_LENGTH;
    if (**at == ',') {
        *at += strspn(*at + 1, " ") + 1;
        size_t digits = strspn(*at, "0123456789");
        if (!digits || digits > 9)
            return NULL;
        length = strtod(*at, NULL);
        *at += digits;
    }
    if (!item || **at != '>')
        return NULL;
    ++*at;
    return expr_type_array_of(arena, item, length);
}

const struct expr_type *expr_type_parse(struct arena *arena, const char *name)
{
    const struct expr_type *type = parse_type(arena, &name, 0);
    return *name ? NULL : type;
}

const struct expr_type *expr_type_of(struct arena *arena, const struct expr_value *value)
{
    if (value->kind != EXPR_ARRAY) {
        for (size_t i = 0; i < N_TYPE_NAMES; i++)
            if (type_names[i].type->kind == value->kind)
                return type_names[i].type;
        return &expr_type_value;
    }
    /* Items of different types make array<value>. So do several items that are arrays,
     * because each has a type of its own. */
    const struct expr_type *item = NULL;
    for (size_t i = 0; i < value->array->n && item != &expr_type_value; i++) {
        const struct expr_type *type = expr_type_of(arena, &value->array->at[i]);
        if (!type)
            return NULL;
        item = !item || item == type ? type : &expr_type_value;
    }
    return expr_type_array_of(arena, item ? item : &expr_type_value, (double)value->array->n);
}
