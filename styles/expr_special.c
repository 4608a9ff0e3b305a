/* expr_special.c - types that only properties have.
 *
 * padding, numberArray, colorArray, variableAnchorOffsetCollection, projectionDefinition.
 * They are read from numbers, strings and arrays, and interpolated item by item.
 */
#include <math.h>
#include <string.h>

#include "styles/expr_node.h"

bool expr_special_takes(enum expr_kind special, enum expr_kind actual)
{
    switch (special) {
    case EXPR_PADDING:
    case EXPR_NUMBERS:
        return actual == EXPR_VALUE || actual == EXPR_NUMBER || actual == EXPR_ARRAY;
    case EXPR_COLORS:
    case EXPR_PROJECTION:
        return actual == EXPR_VALUE || actual == EXPR_STRING || actual == EXPR_ARRAY;
    case EXPR_ANCHORS:
        return actual == EXPR_VALUE || actual == EXPR_ARRAY;
    default:
        return false;
    }
}

static bool give(struct arena *arena, enum expr_kind kind, const struct expr_value *at, size_t n,
                 struct expr_value *out)
{
    struct expr_items *items = arena_alloc(arena, sizeof *items);
    if (!items)
        return false;
    *items = (struct expr_items){n, at};
    *out = (struct expr_value){.kind = kind, .array = items};
    return true;
}

static bool expr_give_items(struct expr_env *env, enum expr_kind kind, const struct expr_value *at,
                            size_t n, struct expr_value *out)
{
    return give(env->arena, kind, at, n, out) || err_no_memory(env->err);
}

/* Reading ------------------------------------------------------------------ */

/* A single value counts as an array of it, which lives as long as the value. */
static struct expr_items items_of(const struct expr_value *value)
{
    return value->kind == EXPR_ARRAY ? *value->array : (struct expr_items){1, value};
}

static bool all_are(const struct expr_items *items, enum expr_kind kind)
{
    for (size_t i = 0; i < items->n; i++)
        if (items->at[i].kind != kind)
            return false;
    return true;
}

/* One to four numbers, as CSS takes them: top, right, bottom, left. */
static bool read_padding(const struct expr_value *value, struct arena *arena,
                         struct expr_value *out)
{
    static const size_t from[5][4] = {
        [1] = {0, 0, 0, 0}, [2] = {0, 1, 0, 1}, [3] = {0, 1, 2, 1}, [4] = {0, 1, 2, 3}};
    struct expr_items items = items_of(value);
    if (items.n < 1 || items.n > 4 || !all_are(&items, EXPR_NUMBER))
        return false;
    struct expr_value *at = arena_array(arena, 4, sizeof *at);
    for (size_t i = 0; at && i < 4; i++)
        at[i] = items.at[from[items.n][i]];
    return at && give(arena, EXPR_PADDING, at, 4, out);
}

static bool read_numbers(const struct expr_value *value, struct arena *arena,
                         struct expr_value *out)
{
    struct expr_items items = items_of(value);
    if (!all_are(&items, EXPR_NUMBER))
        return false;
    struct expr_value *at = arena_array(arena, items.n, sizeof *at);
    for (size_t i = 0; at && i < items.n; i++)
        at[i] = items.at[i];
    return at && give(arena, EXPR_NUMBERS, at, items.n, out);
}

static bool read_colors(const struct expr_value *value, struct arena *arena, struct expr_value *out)
{
    struct expr_items items = items_of(value);
    struct expr_value *at = arena_array(arena, items.n, sizeof *at);
    for (size_t i = 0; at && i < items.n; i++) {
        struct color color;
        if (items.at[i].kind != EXPR_STRING || !color_parse(items.at[i].string, &color))
            return false;
        at[i] = expr_color(color);
    }
    return at && give(arena, EXPR_COLORS, at, items.n, out);
}

static bool is_anchor(const struct expr_value *value)
{
    static const char *const anchors[] = {"center",    "left",        "right",
                                          "top",       "bottom",      "top-left",
                                          "top-right", "bottom-left", "bottom-right"};
    for (size_t i = 0; value->kind == EXPR_STRING && i < sizeof anchors / sizeof *anchors; i++)
        if (strcmp(value->string, anchors[i]) == 0)
            return true;
    return false;
}

/* Anchors and offsets, alternating. */
static bool read_anchors(const struct expr_value *value, struct arena *arena,
                         struct expr_value *out)
{
    if (value->kind != EXPR_ARRAY || value->array->n == 0 || value->array->n % 2 != 0)
        return false;
    for (size_t i = 0; i < value->array->n; i += 2) {
        const struct expr_value *offset = &value->array->at[i + 1];
        if (!is_anchor(&value->array->at[i]) || offset->kind != EXPR_ARRAY ||
            offset->array->n != 2 || !all_are(offset->array, EXPR_NUMBER))
            return false;
    }
    return give(arena, EXPR_ANCHORS, value->array->at, value->array->n, out);
}

/* A name, [from, to, transition] or an object of these; the value is not converted. */
static bool is_projection(const struct expr_value *value)
{
    if (value->kind == EXPR_ARRAY)
        return value->array->n == 3 && value->array->at[0].kind == EXPR_STRING &&
               value->array->at[1].kind == EXPR_STRING && value->array->at[2].kind == EXPR_NUMBER;
    if (value->kind != EXPR_OBJECT)
        return value->kind == EXPR_STRING || value->kind == EXPR_PROJECTION;
    const struct expr_value *from = expr_member_find(value->object, "from");
    const struct expr_value *to = expr_member_find(value->object, "to");
    const struct expr_value *transition = expr_member_find(value->object, "transition");
    return from && to && transition && from->kind == EXPR_STRING && to->kind == EXPR_STRING &&
           transition->kind == EXPR_NUMBER;
}

bool expr_special_read(enum expr_kind special, const struct expr_value *value, struct arena *arena,
                       struct expr_value *out)
{
    *out = *value;
    if (special == EXPR_PROJECTION)
        return is_projection(value);
    if (value->kind == special)
        return true;
    switch (special) {
    case EXPR_PADDING:
        return read_padding(value, arena, out);
    case EXPR_NUMBERS:
        return read_numbers(value, arena, out);
    case EXPR_COLORS:
        return read_colors(value, arena, out);
    default:
        return read_anchors(value, arena, out);
    }
}

/* Interpolation ------------------------------------------------------------ */

static double between(double from, double to, double t)
{
    return from + t * (to - from);
}

/* Mixes as many numbers as `from` has; those missing in `to` give NaN. */
static bool mix_numbers(struct expr_env *env, const struct expr_value *from,
                        const struct expr_value *to, double t, struct expr_value *out)
{
    size_t n = from->array->n;
    struct expr_value *at = arena_array(env->arena, n, sizeof *at);
    if (!at)
        return err_no_memory(env->err);
    for (size_t i = 0; i < n; i++)
        at[i] = expr_number(i < to->array->n
                                ? between(from->array->at[i].number, to->array->at[i].number, t)
                                : NAN);
    return expr_give_items(env, from->kind, at, n, out);
}

static bool mix_colors(const struct expr *expr, struct expr_env *env, const struct expr_value *from,
                       const struct expr_value *to, double t, enum color_space space,
                       struct expr_value *out)
{
    size_t n = from->array->n;
    if (n != to->array->n)
        return expr_fail(expr, env, "no se interpola entre %zu y %zu colores", n, to->array->n);
    struct expr_value *at = arena_array(env->arena, n, sizeof *at);
    if (!at)
        return err_no_memory(env->err);
    for (size_t i = 0; i < n; i++)
        at[i] = expr_color(color_mix(from->array->at[i].color, to->array->at[i].color, t, space));
    return expr_give_items(env, EXPR_COLORS, at, n, out);
}

static bool mix_anchors(const struct expr *expr, struct expr_env *env,
                        const struct expr_value *from, const struct expr_value *to, double t,
                        struct expr_value *out)
{
    size_t n = from->array->n;
    if (n != to->array->n)
        return expr_fail(expr, env, "no se interpola entre %zu y %zu anclas", n / 2,
                         to->array->n / 2);
    struct expr_value *at = arena_array(env->arena, n, sizeof *at);
    if (!at)
        return err_no_memory(env->err);
    for (size_t i = 0; i < n; i += 2) {
        at[i] = from->array->at[i];
        if (!expr_same(&at[i], &to->array->at[i]))
            return expr_fail(expr, env, "no se interpola entre las anclas «%s» y «%s»",
                             at[i].string, to->array->at[i].string);
        if (!mix_numbers(env, &from->array->at[i + 1], &to->array->at[i + 1], t, &at[i + 1]))
            return false;
    }
    return expr_give_items(env, EXPR_ANCHORS, at, n, out);
}

bool expr_special_mix(const struct expr *expr, struct expr_env *env, const struct expr_value *from,
                      const struct expr_value *to, double t, enum color_space space,
                      struct expr_value *out)
{
    if (expr->type->kind == EXPR_PROJECTION) {
        struct expr_value *at = arena_array(env->arena, 3, sizeof *at);
        if (!at)
            return err_no_memory(env->err);
        at[0] = *from;
        at[1] = *to;
        at[2] = expr_number(t);
        return expr_give_items(env, EXPR_PROJECTION, at, 3, out);
    }
    if (from->kind == EXPR_COLORS)
        return mix_colors(expr, env, from, to, t, space, out);
    if (from->kind == EXPR_ANCHORS)
        return mix_anchors(expr, env, from, to, t, out);
    return mix_numbers(env, from, to, t, out);
}
