/* expr_lists.c - at, in, index-of, slice and length, of arrays and strings.
 *
 * Positions in strings count code points. The start of a search counts UTF-16
 * code units, as the reference implementation has it (they differ only past
 * U+FFFF). */
#include <math.h>
#include <string.h>

#include "styles/expr_node.h"

static bool is_simple(const struct expr_value *value)
{
    return value->kind == EXPR_NULL || value->kind == EXPR_BOOLEAN || value->kind == EXPR_NUMBER ||
           value->kind == EXPR_STRING;
}

static size_t count_points(const char *text, const char *end)
{
    size_t n = 0;
    for (; text < end; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

/* The position of code point n in the text (the end, if there are fewer). */
static const char *skip_points(const char *text, size_t n)
{
    while (*text && n--) {
        text++;
        while (((unsigned char)*text & 0xC0) == 0x80)
            text++;
    }
    return text;
}

/* ToIntegerOrInfinity */
static double to_integer(double x)
{
    return isnan(x) ? 0 : trunc(x);
}

/* Converts an end of a slice to an index from 0 to n; negative counts from the end. */
static size_t slice_end(double end, size_t n)
{
    end = to_integer(end);
    if (end < 0)
        end = fmax(end + (double)n, 0);
    return end < (double)n ? (size_t)end : n;
}

/* at ----------------------------------------------------------------------- */

static bool eval_at(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value index, array;
    if (!expr_eval(expr->args[0], env, &index) || !expr_eval(expr->args[1], env, &array))
        return false;
    double i = index.number, n = (double)array.array->n;
    if (i < 0 || i >= n)
        return expr_fail(expr, env, "el índice %g está fuera de la lista, que tiene %zu", i,
                         array.array->n);
    if (i != floor(i))
        return expr_fail(expr, env, "el índice %g no es un entero", i);
    *out = array.array->at[(size_t)i];
    return true;
}

struct expr *expr_parse_at(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n != 3)
        return expr_refuse_count(parser, "2 argumentos", items);
    const struct expr_type *item = parser->expected ? parser->expected : &expr_type_value;
    const struct expr_type *array = expr_type_array_of(parser->arena, item, EXPR_ANY_LENGTH);
    struct expr *expr = expr_node(parser, eval_at, NULL, 2);
    if (!array || !expr)
        return expr_refuse_memory(parser);
    expr->args[0] = expr_parse_item(parser, items, 1, &expr_type_number);
    if (!expr->args[0])
        return NULL;
    expr->args[1] = expr_parse_item(parser, items, 2, array);
    if (!expr->args[1])
        return NULL;
    const struct expr_type *type = expr->args[1]->type;
    expr->type = type->kind == EXPR_ARRAY ? type->item : &expr_type_value;
    return expr_seal(parser, expr);
}

/* in, index-of -------------------------------------------------------------- */

static bool needle_type(const struct expr_type *type)
{
    return type->kind == EXPR_BOOLEAN || type->kind == EXPR_STRING || type->kind == EXPR_NUMBER ||
           type->kind == EXPR_NULL || type->kind == EXPR_VALUE;
}

/* Parses needle and haystack as args 0 and 1. */
static bool parse_search(struct expr_parser *parser, const struct expr_items *items,
                         struct expr *expr)
{
    for (size_t i = 0; i < 2; i++) {
        expr->args[i] = expr_parse_item(parser, items, i + 1, &expr_type_value);
        if (!expr->args[i])
            return false;
    }
    if (!needle_type(expr->args[0]->type))
        return expr_refuse_item(parser, 1, "se busca boolean, string, number o null, y es %s",
                                expr_parser_type_name(parser, expr->args[0]->type));
    return true;
}

/* Position of needle in haystack from `from` on; -1: not there. */
static bool search(const struct expr *expr, struct expr_env *env, const struct expr_value *needle,
                   const struct expr_value *haystack, double from, double *position)
{
    *position = -1;
    if (!is_simple(needle))
        return expr_fail(expr, env, "se busca boolean, string, number o null, y es %s",
                         expr_kind_name(env, needle));
    if (haystack->kind == EXPR_ARRAY) {
        size_t n = haystack->array->n;
        for (size_t i = slice_end(from, n); i < n; i++)
            if (expr_same(&haystack->array->at[i], needle)) {
                *position = (double)i;
                return true;
            }
        return true;
    }
    if (haystack->kind != EXPR_STRING)
        return expr_fail(expr, env, "se busca en una lista o un texto, y es %s",
                         expr_kind_name(env, haystack));
    const char *text = needle->kind == EXPR_NULL ? "null" : expr_to_text(env->arena, needle);
    if (!text)
        return err_no_memory(env->err);
    const char *at = haystack->string;
    for (double units = to_integer(from); units > 0 && *at;) {
        units -= (unsigned char)*at >= 0xF0 ? 2 : 1;
        at = skip_points(at, 1);
    }
    const char *found = strstr(at, text);
    if (found)
        *position = (double)count_points(haystack->string, found);
    return true;
}

static bool eval_in(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value needle, haystack;
    double position = -1;
    if (!expr_eval(expr->args[0], env, &needle) || !expr_eval(expr->args[1], env, &haystack))
        return false;
    /* null, false, 0 and "" contain nothing. */
    if (expr_to_boolean(&haystack) && !search(expr, env, &needle, &haystack, 0, &position))
        return false;
    *out = expr_boolean(position >= 0);
    return true;
}

struct expr *expr_parse_in(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n != 3)
        return expr_refuse_count(parser, "2 argumentos", items);
    struct expr *expr = expr_node(parser, eval_in, &expr_type_boolean, 2);
    return expr && parse_search(parser, items, expr) ? expr_seal(parser, expr) : NULL;
}

static bool eval_index_of(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value needle, haystack, from = expr_number(0);
    double position;
    if (!expr_eval(expr->args[0], env, &needle) || !expr_eval(expr->args[1], env, &haystack) ||
        (expr->n_args == 3 && !expr_eval(expr->args[2], env, &from)) ||
        !search(expr, env, &needle, &haystack, from.number, &position))
        return false;
    *out = expr_number(position);
    return true;
}

struct expr *expr_parse_index_of(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n < 3 || items->n > 4)
        return expr_refuse_count(parser, "2 o 3 argumentos", items);
    struct expr *expr = expr_node(parser, eval_index_of, &expr_type_number, items->n - 1);
    if (!expr || !parse_search(parser, items, expr))
        return NULL;
    if (items->n == 4) {
        expr->args[2] = expr_parse_item(parser, items, 3, &expr_type_number);
        if (!expr->args[2])
            return NULL;
    }
    return expr_seal(parser, expr);
}

/* slice, length --------------------------------------------------------------- */

static bool eval_slice(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value input, begin, end = expr_number(INFINITY);
    if (!expr_eval(expr->args[0], env, &input) || !expr_eval(expr->args[1], env, &begin) ||
        (expr->n_args == 3 && !expr_eval(expr->args[2], env, &end)))
        return false;
    if (input.kind == EXPR_STRING) {
        size_t n = count_points(input.string, input.string + strlen(input.string));
        size_t from = slice_end(begin.number, n), to = slice_end(end.number, n);
        const char *at = skip_points(input.string, from);
        const char *stop = from < to ? skip_points(at, to - from) : at;
        *out = expr_string(arena_strndup(env->arena, at, (size_t)(stop - at)));
        return out->kind == EXPR_STRING || err_no_memory(env->err);
    }
    if (input.kind != EXPR_ARRAY)
        return expr_fail(expr, env, "«slice» toma una lista o un texto, y es %s",
                         expr_kind_name(env, &input));
    size_t n = input.array->n, from = slice_end(begin.number, n), to = slice_end(end.number, n);
    struct expr_items *items = arena_alloc(env->arena, sizeof *items);
    if (!items)
        return err_no_memory(env->err);
    *items = (struct expr_items){from < to ? to - from : 0, input.array->at + from};
    *out = (struct expr_value){.kind = EXPR_ARRAY, .array = items};
    return true;
}

static bool takes_list(const struct expr_type *type)
{
    return type->kind == EXPR_ARRAY || type->kind == EXPR_STRING || type->kind == EXPR_VALUE;
}

struct expr *expr_parse_slice(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n < 3 || items->n > 4)
        return expr_refuse_count(parser, "2 o 3 argumentos", items);
    struct expr *expr = expr_node(parser, eval_slice, NULL, items->n - 1);
    if (!expr)
        return NULL;
    for (size_t i = 0; i < expr->n_args; i++) {
        expr->args[i] =
            expr_parse_item(parser, items, i + 1, i ? &expr_type_number : &expr_type_value);
        if (!expr->args[i])
            return NULL;
    }
    expr->type = expr->args[0]->type;
    if (!takes_list(expr->type))
        return expr_refuse_item(parser, 1, "«slice» toma una lista o un texto, y es %s",
                                expr_parser_type_name(parser, expr->type));
    return expr_seal(parser, expr);
}

static bool eval_length(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value input;
    if (!expr_eval(expr->args[0], env, &input))
        return false;
    if (input.kind == EXPR_STRING)
        *out = expr_number((double)count_points(input.string, input.string + strlen(input.string)));
    else if (input.kind == EXPR_ARRAY)
        *out = expr_number((double)input.array->n);
    else
        return expr_fail(expr, env, "«length» toma una lista o un texto, y es %s",
                         expr_kind_name(env, &input));
    return true;
}

struct expr *expr_parse_length(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n != 2)
        return expr_refuse_count(parser, "un argumento", items);
    struct expr *expr = expr_node(parser, eval_length, &expr_type_number, 1);
    if (!expr)
        return NULL;
    expr->args[0] = expr_parse_item(parser, items, 1, NULL);
    if (!expr->args[0])
        return NULL;
    if (!takes_list(expr->args[0]->type))
        return expr_refuse_item(parser, 1, "«length» toma una lista o un texto, y es %s",
                                expr_parser_type_name(parser, expr->args[0]->type));
    return expr_seal(parser, expr);
}
