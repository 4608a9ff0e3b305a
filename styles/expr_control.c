/* expr_control.c - case, match, coalesce, let and var. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "styles/expr_node.h"

/* The type that all outputs must have, if one is expected. */
static const struct expr_type *wanted_output(const struct expr_parser *parser)
{
    const struct expr_type *expected = parser->expected;
    return expected && expected->kind != EXPR_VALUE ? expected : NULL;
}

/* case: [test, output]…, otherwise -------------------------------------- */

struct expr *expr_parse_case(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n < 4)
        return expr_refuse_count(parser, "al menos 3 argumentos", items);
    if (items->n % 2 != 0)
        return expr_refuse_count(parser, "un número impar de argumentos", items);
    const struct expr_type *output = wanted_output(parser);
    struct expr *expr = expr_node(parser, expr_eval_case, output, items->n - 1);
    if (!expr)
        return NULL;
    for (size_t i = 1; i < items->n; i++) {
        bool test = i % 2 == 1 && i + 1 < items->n;
        struct expr *arg = expr_parse_item(parser, items, i, test ? &expr_type_boolean : output);
        if (!arg)
            return NULL;
        expr->args[i - 1] = arg;
        if (!test && !output)
            output = arg->type;
    }
    expr->type = output;
    return expr_seal(parser, expr);
}

bool expr_eval_case(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    size_t i = 0;
    for (; i + 1 < expr->n_args; i += 2) {
        struct expr_value test;
        if (!expr_eval(expr->args[i], env, &test))
            return false;
        if (test.boolean)
            return expr_eval(expr->args[i + 1], env, out);
    }
    return expr_eval(expr->args[i], env, out);
}

/* match: input, [labels, output]…, otherwise ----------------------------- */

struct expr_control_label {
    union {
        double number;
        const char *string;
    };
    size_t output; /* index in args */
};

struct expr_control_labels {
    enum expr_kind kind;
    size_t n;
    struct expr_control_label *at; /* in order */
};

static int compare_strings(const void *a, const void *b)
{
    return strcmp(((const struct expr_control_label *)a)->string,
                  ((const struct expr_control_label *)b)->string);
}

static int compare_numbers(const void *a, const void *b)
{
    double x = ((const struct expr_control_label *)a)->number,
           y = ((const struct expr_control_label *)b)->number;
    return (x > y) - (x < y);
}

static bool add_label(struct expr_parser *parser, struct expr_control_labels *labels,
                      const struct expr_value *value, size_t item, size_t output)
{
    const double max_integer = 9007199254740991;
    if (value->kind != EXPR_NUMBER && value->kind != EXPR_STRING)
        return expr_refuse_item(parser, item, "los casos de «match» deben ser números o textos");
    if (value->kind == EXPR_NUMBER && fabs(value->number) > max_integer)
        return expr_refuse_item(parser, item, "los casos de «match» no pueden pasar de %.0f",
                                max_integer);
    if (value->kind == EXPR_NUMBER && value->number != floor(value->number))
        return expr_refuse_item(parser, item, "los casos numéricos de «match» deben ser enteros");
    if (labels->n == 0)
        labels->kind = value->kind;
    else if (labels->kind != value->kind)
        return expr_refuse_item(parser, item,
                                "los casos de «match» deben ser todos números o "
                                "todos textos");
    struct expr_control_label *label = &labels->at[labels->n++];
    label->output = output;
    if (value->kind == EXPR_STRING)
        label->string = value->string;
    else
        label->number = value->number;
    return true;
}

static const struct expr_items *labels_at(const struct expr_items *items, size_t i,
                                          struct expr_items *one)
{
    if (items->at[i].kind == EXPR_ARRAY)
        return items->at[i].array;
    *one = (struct expr_items){1, &items->at[i]};
    return one;
}

static struct expr_control_labels *read_labels(struct expr_parser *parser,
                                               const struct expr_items *items)
{
    struct expr_items one;
    size_t n = 0;
    for (size_t i = 2; i + 1 < items->n; i += 2)
        n += labels_at(items, i, &one)->n;
    struct expr_control_labels *labels = arena_alloc(parser->arena, sizeof *labels);
    struct expr_control_label *at = arena_array(parser->arena, n, sizeof *at);
    if (!labels || !at) {
        expr_refuse_memory(parser);
        return NULL;
    }
    labels->at = at;
    for (size_t i = 2; i + 1 < items->n; i += 2) {
        const struct expr_items *group = labels_at(items, i, &one);
        if (group->n == 0) {
            expr_refuse_item(parser, i, "falta al menos un caso");
            return NULL;
        }
        for (size_t k = 0; k < group->n; k++)
            if (!add_label(parser, labels, &group->at[k], i, i / 2))
                return NULL;
    }
    int (*compare)(const void *, const void *) =
        labels->kind == EXPR_STRING ? compare_strings : compare_numbers;
    qsort(labels->at, labels->n, sizeof *labels->at, compare);
    for (size_t i = 1; i < labels->n; i++)
        if (compare(&labels->at[i - 1], &labels->at[i]) == 0) {
            expr_refuse_item(parser, labels->at[i].output * 2, "un caso de «match» está dos veces");
            return NULL;
        }
    return labels;
}

struct expr *expr_parse_match(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n < 5)
        return expr_refuse_count(parser, "al menos 4 argumentos", items);
    if (items->n % 2 != 1)
        return expr_refuse_count(parser, "un número par de argumentos", items);
    const struct expr_control_labels *labels = read_labels(parser, items);
    const struct expr_type *output = wanted_output(parser);
    /* args: the input, the outputs, otherwise */
    struct expr *expr = expr_node(parser, expr_eval_match, output, items->n / 2 + 1);
    if (!labels || !expr)
        return NULL;
    expr->data = labels;
    for (size_t i = 3; i < items->n; i += 2) {
        struct expr *arg = expr_parse_item(parser, items, i, output);
        if (!arg)
            return NULL;
        expr->args[i / 2] = arg;
        output = output ? output : arg->type;
    }
    expr->args[0] = expr_parse_item(parser, items, 1, &expr_type_value);
    if (!expr->args[0])
        return NULL;
    struct expr *otherwise = expr_parse_item(parser, items, items->n - 1, output);
    if (!otherwise)
        return NULL;
    expr->args[expr->n_args - 1] = otherwise;
    const struct expr_type *input = expr->args[0]->type;
    if (input->kind != EXPR_VALUE && input->kind != labels->kind && input->kind != EXPR_ERROR)
        return expr_refuse_item(parser, 1, "los casos son %s, y la entrada es %s",
                                labels->kind == EXPR_STRING ? "string" : "number",
                                expr_parser_type_name(parser, input));
    expr->type = output;
    return expr_seal(parser, expr);
}

bool expr_eval_match(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    const struct expr_control_labels *labels = expr->data;
    struct expr_value input;
    if (!expr_eval(expr->args[0], env, &input))
        return false;
    const struct expr_control_label *found = NULL;
    if (input.kind == labels->kind) {
        struct expr_control_label key = {.output = 0};
        if (input.kind == EXPR_STRING)
            key.string = input.string;
        else
            key.number = input.number;
        if (input.kind == EXPR_STRING || !isnan(key.number))
            found = bsearch(&key, labels->at, labels->n, sizeof key,
                            input.kind == EXPR_STRING ? compare_strings : compare_numbers);
    }
    return expr_eval(expr->args[found ? found->output : expr->n_args - 1], env, out);
}

/* coalesce ---------------------------------------------------------------- */

/* The arguments get no assertions of their own: an assertion would make null an error
 * before the next argument is tried. If one is needed it is put around the whole. */
struct expr *expr_parse_coalesce(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n < 2)
        return expr_refuse_count(parser, "al menos un argumento", items);
    const struct expr_type *output = wanted_output(parser);
    struct expr *expr = expr_node(parser, expr_eval_coalesce, output, items->n - 1);
    if (!expr)
        return NULL;
    bool needs_annotation = false;
    for (size_t i = 1; i < items->n; i++) {
        struct expr *arg = expr_parse_item_as(parser, items, i, output, EXPR_OMIT);
        if (!arg)
            return NULL;
        expr->args[i - 1] = arg;
        output = output ? output : arg->type;
        if (parser->expected && !expr_type_fits(parser->expected, arg->type))
            needs_annotation = true;
    }
    expr->type = needs_annotation ? &expr_type_value : output;
    return expr_seal(parser, expr);
}

bool expr_eval_coalesce(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    const char *missing = NULL; /* the first requested image that does not exist */
    for (size_t i = 0; i < expr->n_args; i++) {
        if (!expr_eval(expr->args[i], env, out))
            return false;
        if (out->kind == EXPR_IMAGE && !out->image->available) {
            missing = missing ? missing : out->image->name;
            *out = i + 1 == expr->n_args ? expr_string(missing) : expr_null();
        }
        if (out->kind != EXPR_NULL)
            break;
    }
    return true;
}

/* let: name, value…, result · var: name ----------------------------------- */

static bool is_name(const char *text)
{
    return !text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")];
}

struct expr *expr_parse_let(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n < 4)
        return expr_refuse_count(parser, "al menos 3 argumentos", items);
    /* Without an expression after the last pair, the value of that pair is the result, as
     * in the reference implementation. */
    struct expr *expr = expr_node(parser, expr_eval_let, NULL, (items->n - 1) / 2 + 1);
    if (!expr)
        return NULL;
    struct expr_parser inside = *parser;
    for (size_t i = 1; i + 1 < items->n; i += 2) {
        if (items->at[i].kind != EXPR_STRING || !is_name(items->at[i].string))
            return expr_refuse_item(parser, i,
                                    "el nombre de una variable lleva solo letras sin "
                                    "acento, dígitos y «_»");
        struct expr_binding *binding = arena_alloc(parser->arena, sizeof *binding);
        if (!binding)
            return expr_refuse_memory(parser);
        binding->name = items->at[i].string;
        binding->value = expr_parse_item(parser, items, i + 1, NULL);
        if (!binding->value)
            return NULL;
        binding->up = inside.scope;
        inside.scope = binding;
        expr->args[i / 2] = binding->value;
    }
    struct expr *result = expr_parse_item(&inside, items, items->n - 1, parser->expected);
    if (!result)
        return NULL;
    expr->args[expr->n_args - 1] = result;
    expr->type = result->type;
    return expr_seal(parser, expr);
}

bool expr_eval_let(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    return expr_eval(expr->args[expr->n_args - 1], env, out);
}

static bool eval_var(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    return expr_eval(expr->data, env, out);
}

struct expr *expr_parse_var(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n != 2 || items->at[1].kind != EXPR_STRING)
        return expr_refuse(parser, "«var» necesita el nombre de una variable");
    const char *name = items->at[1].string;
    const struct expr_binding *binding = parser->scope;
    while (binding && strcmp(binding->name, name) != 0)
        binding = binding->up;
    if (!binding)
        return expr_refuse_item(parser, 1,
                                "no hay una variable «%s»: la define un «let» que "
                                "encierre esta expresión",
                                name);
    struct expr *expr = expr_node(parser, eval_var, binding->value->type, 0);
    if (!expr || !expr_seal(parser, expr))
        return NULL;
    expr->data = binding->value;
    expr->flags = binding->value->flags;
    expr->cost += binding->value->cost;
    return expr;
}

/* A value of the style, by name. */
static bool eval_state(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    const struct expr_value *value = env->state ? expr_member_find(env->state, expr->data) : NULL;
    *out = value ? *value : expr_null();
    return true;
}

/* Operators on the geometry of tiles, which is clipped and rounded; the server's pictures
 * have none. */
struct expr *expr_parse_refused(struct expr_parser *parser, const struct expr_items *items)
{
    (void)items;
    return expr_refuse_item(parser, 0, "«%s» no está en el subconjunto de SIGG", parser->op->name);
}

struct expr *expr_parse_state(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n != 2)
        return expr_refuse_count(parser, "1", items);
    if (items->at[1].kind != EXPR_STRING)
        return expr_refuse(parser, "«global-state» necesita el nombre de un valor");
    struct expr *expr = expr_node(parser, eval_state, &expr_type_value, 0);
    if (!expr || !expr_seal(parser, expr))
        return NULL;
    expr->data = items->at[1].string;
    expr->flags = EXPR_VOLATILE;
    return expr;
}
