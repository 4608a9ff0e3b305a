/* expr_compare.c - the operators == != < > <= >=. */
#include <string.h>

#include "styles/expr_node.h"

enum relation { EQUAL, UNEQUAL, LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL };

struct expr_comparison {
    enum relation relation;
    bool untyped; /* the type of one side is only known at evaluation */
};

static enum relation relation_of(const char *name)
{
    static const char *const names[] = {"==", "!=", "<", ">", "<=", ">="};
    size_t i = 0;
    while (strcmp(names[i], name) != 0)
        i++;
    return (enum relation)i;
}

static bool holds(enum relation relation, int order)
{
    switch (relation) {
    case LESS:
        return order < 0;
    case GREATER:
        return order > 0;
    case LESS_OR_EQUAL:
        return order <= 0;
    case GREATER_OR_EQUAL:
        return order >= 0;
    case EQUAL:
        return order == 0;
    case UNEQUAL:
        break;
    }
    return order != 0;
}

/* NaN is neither less, nor equal, nor greater. */
static bool numbers_hold(enum relation relation, double a, double b)
{
    switch (relation) {
    case LESS:
        return a < b;
    case GREATER:
        return a > b;
    case LESS_OR_EQUAL:
        return a <= b;
    default:
        return a >= b;
    }
}

static bool eval_compare(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    const struct expr_comparison *comparison = expr->data;
    enum relation relation = comparison->relation;
    struct expr_value a, b, collator;
    if (!expr_eval(expr->args[0], env, &a) || !expr_eval(expr->args[1], env, &b))
        return false;
    bool ordering = relation > UNEQUAL, strings = a.kind == EXPR_STRING && b.kind == EXPR_STRING;
    if (ordering && comparison->untyped && !strings &&
        (a.kind != EXPR_NUMBER || b.kind != EXPR_NUMBER))
        return expr_fail(expr, env, "«%s» compara dos textos o dos números, y aquí hay %s y %s",
                         expr->op->name, expr_kind_name(env, &a), expr_kind_name(env, &b));
    bool result;
    if (expr->n_args == 3 && strings) {
        int order;
        if (!expr_eval(expr->args[2], env, &collator) ||
            !expr_collate(expr, env, &collator, a.string, b.string, &order))
            return false;
        result = holds(relation, order);
    } else if (!ordering)
        result = expr_same(&a, &b) == (relation == EQUAL);
    else if (strings)
        result = holds(relation, expr_string_order(a.string, b.string));
    else
        result = numbers_hold(relation, a.number, b.number);
    *out = expr_boolean(result);
    return true;
}

bool expr_eval_filter_compare(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    enum relation relation = relation_of(expr->op->name + sizeof "filter");
    struct expr_value a, b;
    bool result = false;
    if (!expr_eval(expr->args[0], env, &a) || !expr_eval(expr->args[1], env, &b))
        return false;
    if (relation == EQUAL)
        result = expr_same(&a, &b);
    else if (a.kind == EXPR_STRING && b.kind == EXPR_STRING)
        result = holds(relation, expr_string_order(a.string, b.string));
    else if (a.kind == EXPR_NUMBER && b.kind == EXPR_NUMBER)
        result = numbers_hold(relation, a.number, b.number);
    *out = expr_boolean(result);
    return true;
}

static bool comparable(enum relation relation, enum expr_kind kind)
{
    if (kind == EXPR_STRING || kind == EXPR_NUMBER || kind == EXPR_VALUE)
        return true;
    return relation <= UNEQUAL && (kind == EXPR_BOOLEAN || kind == EXPR_NULL);
}

struct expr *expr_parse_compare(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n != 3 && items->n != 4)
        return expr_refuse_count(parser, "dos o tres argumentos", items);
    struct expr_comparison *comparison = arena_alloc(parser->arena, sizeof *comparison);
    struct expr *expr = expr_node(parser, eval_compare, &expr_type_boolean, items->n - 1);
    if (!expr || !comparison)
        return expr_refuse_memory(parser);
    expr->data = comparison;
    comparison->relation = relation_of(parser->op->name);
    for (size_t i = 0; i < 2; i++) {
        expr->args[i] = expr_parse_item(parser, items, i + 1, &expr_type_value);
        if (!expr->args[i])
            return NULL;
        if (!comparable(comparison->relation, expr->args[i]->type->kind))
            return expr_refuse_item(parser, i + 1, "«%s» no compara %s", parser->op->name,
                                    expr_parser_type_name(parser, expr->args[i]->type));
    }
    enum expr_kind a = expr->args[0]->type->kind, b = expr->args[1]->type->kind;
    if (a != b && a != EXPR_VALUE && b != EXPR_VALUE)
        return expr_refuse(parser, "no se compara %s con %s",
                           expr_parser_type_name(parser, expr->args[0]->type),
                           expr_parser_type_name(parser, expr->args[1]->type));
    /* The side of unknown type must have the type of the other. */
    if (comparison->relation > UNEQUAL && a != b) {
        size_t open = a == EXPR_VALUE ? 0 : 1;
        expr->args[open] = expr_assertion(parser, expr->args[open], expr->args[1 - open]->type);
        if (!expr->args[open])
            return NULL;
        a = b = expr->args[1 - open]->type->kind;
    }
    comparison->untyped = a == EXPR_VALUE || b == EXPR_VALUE;
    if (items->n == 4) {
        if (a != EXPR_STRING && b != EXPR_STRING && a != EXPR_VALUE && b != EXPR_VALUE)
            return expr_refuse(parser, "«collator» compara solo textos");
        expr->args[2] = expr_parse_item(parser, items, 3, &expr_type_collator);
        if (!expr->args[2])
            return NULL;
    }
    return expr_seal(parser, expr);
}
